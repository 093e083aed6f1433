//! The one place where the page calls the engine to load, compile, replay and draw. It knows no
//! component and no browser; the search is `search`'s.

use racewalk_engine::ids::ActorId;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::schedule::{Schedule, Turn};
use racewalk_engine::trace::Trace;
use racewalk_engine::view::{ActorState, Frame, Lane, Stage, Words};

use crate::permalink::Origin;
use crate::scene::Scenery;
use crate::shared::Shared;
use crate::{interchange, kernel, library};

/// A race that is open.
#[derive(Debug)]
pub(crate) struct OpenRace {
    /// Where it can be had again; `None`: its text is too long for an address.
    pub(crate) origin: Option<Origin>,
    /// What whoever explores it is given.
    pub(crate) packed: Vec<u8>,
    /// The text of a reader's own.
    text: Option<String>,
    /// What it says.
    pub(crate) race: Race,
}

impl OpenRace {
    /// Whether it is the reader's own.
    pub(crate) fn is_own(&self) -> bool {
        self.text.is_some()
    }

    /// The text of a reader's own.
    pub(crate) fn own_text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Its text; `None` while the part that knows those of the library is not loaded.
    pub(crate) fn text(&self) -> Option<String> {
        self.text.clone().or_else(|| interchange::library_text(&self.race.id))
    }

    /// Compiles it, or says what is wrong.
    fn compile(&self, settings: &Settings) -> Result<Model, String> {
        self.race.compile(settings).map_err(|_| {
            // What is packed knows no places; the text does.
            let pair = |(knob, value): (&str, &str)| [knob.to_owned(), value.to_owned()];
            let knobs = settings.changed(&self.race).flat_map(pair).collect();
            interchange::mistakes(self.text.as_deref().unwrap_or_default(), knobs)
        })
    }
}

/// Opens a race of the library; `None` when there is none of that id, or it is not here yet.
pub(crate) fn open_library(id: &str) -> Option<OpenRace> {
    let packed = library::packed(id)?;
    let race = Race::unpack(&packed);
    Some(OpenRace { origin: Some(Origin::Library(id.to_owned())), packed, text: None, race })
}

/// Opens a reader's own race, or says what is wrong with it, with lines and columns.
pub(crate) fn open_text(text: String) -> Result<OpenRace, String> {
    let packed = interchange::read(&text)?;
    let origin = interchange::pack(&text).map(Origin::Packed);
    let race = Race::unpack(&packed);
    Ok(OpenRace { origin, packed, text: Some(text), race })
}

/// A race under a choice of knobs, ready to run.
#[derive(Debug)]
pub(crate) struct Bench {
    /// What it means.
    pub(crate) model: Model,
    /// What stays in sight.
    pub(crate) stage: Shared<Stage>,
    /// Where it stands in the picture.
    pub(crate) scenery: Shared<Scenery>,
    /// The kernel versions that it cites, oldest first.
    pub(crate) versions: Vec<String>,
}

impl Bench {
    /// Compiles, or says what is wrong.
    pub(crate) fn new(race: &OpenRace, settings: &Settings) -> Result<Self, String> {
        let model = race.compile(settings)?;
        let stage = Shared::new(Stage::of(&model));
        let scenery = Shared::new(Scenery::of(&stage));
        let sources = stage.lanes.iter().flat_map(|it| &it.rows).flat_map(|it| &it.sources);
        let versions = kernel::versions(sources);
        Ok(Self { model, stage, scenery, versions })
    }

    /// The lane of an actor.
    pub(crate) fn lane(&self, actor: ActorId) -> Option<&Lane> {
        self.stage.lanes.iter().find(|it| it.actor == actor)
    }

    /// The key of an actor's line: `W2`.
    pub(crate) fn key(&self, step: racewalk_engine::ids::StepId) -> &str {
        self.model.steps.get(step.index()).map_or("?", |it| &it.key)
    }

    /// What a position of a run looks like.
    pub(crate) fn frame(&self, trace: &Trace, at: usize) -> Frame {
        Frame::at(&self.model, trace, at)
    }

    /// The code of a schedule.
    pub(crate) fn code(&self, turns: impl IntoIterator<Item = Turn>) -> String {
        Schedule(turns.into_iter().collect()).code(&self.model)
    }

    /// Replays a code as far as it makes sense, and says why no further.
    pub(crate) fn replay(&self, code: &str) -> (Trace, Option<String>) {
        let (schedule, unread) = match Schedule::parse(code, &self.model) {
            Ok(schedule) => (schedule, None),
            Err(error) => {
                let known = code.get(..error.at).unwrap_or_default();
                (Schedule::parse(known, &self.model).unwrap_or_default(), Some(error.to_string()))
            }
        };
        let trace = Trace::replay(&self.model, &schedule);
        let impossible = trace.stopped.is_some().then(|| self.why(&trace, schedule.len()));
        (trace, impossible.or(unread))
    }

    /// Why a schedule of `asked` steps could not be followed to its end.
    fn why(&self, trace: &Trace, asked: usize) -> String {
        let Some(stopped) = &trace.stopped else { return String::new() };
        let actor = stopped.turn.actor;
        let name = self.lane(actor).map_or("nobody", |it| &it.name);
        let number = stopped.index + 1;
        let frame = self.frame(trace, trace.steps.len());
        let reason = match frame.actors.get(actor.index()).map(|it| &it.state) {
            Some(ActorState::Waits { step, words, .. }) => {
                format!("{name} waits at {} {}", self.key(*step), plain(words))
            }
            Some(ActorState::Over { .. }) => "the run is over before it".to_owned(),
            Some(ActorState::Finished { .. }) => format!("{name} has finished"),
            Some(ActorState::Ready { step, .. }) => {
                format!("{} of {name} cannot go that way here", self.key(*step))
            }
            None => "there is no such actor".to_owned(),
        };
        format!("Step {number} of {asked} is impossible: {}.", reason.trim_end_matches('.'))
    }
}

/// Words without mark-up.
pub(crate) fn plain(prose: &[Words]) -> String {
    prose
        .iter()
        .map(|it| match it {
            Words::Plain(text) | Words::Code(text) => text.as_str(),
        })
        .collect()
}
