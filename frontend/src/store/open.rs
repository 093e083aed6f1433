//! Opening what a link names: the race, the knobs, the schedule, and in sentences what of it does
//! not exist. Pure; it knows no component and no browser.

use racewalk_engine::race::{SettingError, Settings};
use racewalk_engine::tour::{Beat, tour};

use super::Further;
use crate::engine::{self, OpenRace};
use crate::interchange::Table;
use crate::permalink::{Link, Origin, Promise, clip};
use crate::shared::Shared;
use crate::{interchange, library};

/// What a link leads to, as near as possible.
pub(crate) struct Opened {
    pub(crate) race: Shared<OpenRace>,
    pub(crate) settings: Settings,
    pub(crate) schedule: String,
    pub(crate) at: usize,
    pub(crate) kernel: Option<String>,
    pub(crate) tour: Option<Shared<Stop>>,
    pub(crate) promise: Promise,
    /// What could not be had.
    pub(crate) faults: Vec<String>,
    /// A race of the reader's own that has mistakes: its text, and what they are.
    pub(crate) draft: Option<Draft>,
}

/// A text that is no race yet.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) report: String,
    /// What could be read of it all the same, if it is a table.
    pub(crate) table: Option<Table>,
}

/// Opens a link; without one the first race, at the first question that a reader would ask of it.
/// `current` is the race that is open: it is not loaded again. `Err`: there is nothing to show at all.
pub(crate) fn open(
    link: Option<Link>,
    mut faults: Vec<String>,
    current: Option<&Shared<OpenRace>>,
    further: &Further,
) -> Result<Opened, String> {
    let Some(link) = link else {
        let race = first()?;
        let question = race.race.presets.iter().find(|it| !it.settings.is_empty());
        let settings = question.map_or_else(|| race.race.settings(), |it| race.race.preset(it));
        return Ok(Opened {
            race,
            settings,
            schedule: String::new(),
            at: 0,
            kernel: None,
            tour: None,
            promise: Promise::default(),
            faults,
            draft: None,
        });
    };
    let mut draft = None;
    let race = match current.filter(|it| it.origin.as_ref() == Some(&link.origin)) {
        Some(current) => Some(current.clone()),
        None => race(&link.origin, &mut faults, &mut draft),
    };
    let Some(race) = race else {
        // Knobs and schedule belong to a race that cannot be shown.
        let race = current.map_or_else(first, |it| Ok(it.clone()))?;
        let settings = race.race.settings();
        let (schedule, at, kernel) = (String::new(), 0, None);
        let (tour, promise) = (None, Promise::default());
        return Ok(Opened { race, settings, schedule, at, kernel, tour, promise, faults, draft });
    };
    let mut settings = race.race.settings();
    for (knob, value) in &link.knobs {
        if let Err(error) = settings.set(&race.race, &clip(knob), &clip(value)) {
            let instead = match error {
                SettingError::UnknownKnob { .. } => "It is ignored.",
                SettingError::UnknownValue { .. } => "The default is shown instead.",
            };
            faults.push(format!("In the link, {error}. {instead}"));
        }
    }
    let Link { schedule, at, kernel, tour, promise, .. } = link;
    let tour = tour.and_then(|number| {
        let beats = (further.beats)();
        if number < beats.len() {
            return Some(Shared::new(Stop { beats, number }));
        }
        faults.push(format!("The tour has no beat {}; it has {}.", number + 1, beats.len()));
        None
    });
    Ok(Opened { race, settings, schedule, at, kernel, tour, promise, faults, draft })
}

/// Where a reader of the tour is.
#[derive(Debug)]
pub(crate) struct Stop {
    /// All beats.
    pub(crate) beats: Vec<Beat>,
    /// The number of this one, counted from 0.
    pub(crate) number: usize,
}

impl Stop {
    /// The beat of that number.
    pub(crate) fn at(number: usize) -> Self {
        Self { beats: beats(), number }
    }

    /// The link to it.
    pub(crate) fn link(&self) -> Option<Link> {
        let Beat { race, settings, schedule, at, .. } = self.beats.get(self.number)?.clone();
        let to = Link::to(Origin::Library(race));
        Some(Link { knobs: settings, schedule, at, tour: Some(self.number), ..to })
    }
}

/// The beats of the tour.
pub(crate) fn beats() -> Vec<Beat> {
    // A test of the engine reads the same text.
    tour().unwrap_or_default()
}

/// The race of an origin, or what is wrong with it.
fn race(
    origin: &Origin,
    faults: &mut Vec<String>,
    draft: &mut Option<Draft>,
) -> Option<Shared<OpenRace>> {
    match origin {
        Origin::Library(id) => match engine::open_library(id) {
            Some(race) => return Some(Shared::new(race)),
            None => {
                let ids: Vec<&str> = library::ids().collect();
                faults.push(format!(
                    "There is no race “{}” here. There are: {}.",
                    clip(id),
                    ids.join(", ")
                ));
            }
        },
        Origin::Packed(packed) => match interchange::unpack(packed) {
            Ok(text) => match engine::open_text(text.clone()) {
                Ok(race) => return Some(Shared::new(race)),
                Err(report) => *draft = Some(Draft { text, report, table: None }),
            },
            Err(fault) => faults.push(fault),
        },
    }
    None
}

/// The first race of the library.
fn first() -> Result<Shared<OpenRace>, String> {
    let race = library::ids().next().and_then(engine::open_library);
    race.map(Shared::new).ok_or_else(|| "The library is empty.".to_owned())
}
