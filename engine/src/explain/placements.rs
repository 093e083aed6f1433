//! A card, such as a grace period, in every gap of every lane: where it suffices. Imports explore's limits, ids, the race and what its variants come to.

use std::rc::Rc;

use super::tried::{Trials, Tried};
use crate::explore::Limits;
use crate::ids::ActorId;
use crate::race::{Placement, Race, Report, Settings};

/// A gap of a lane, with a card in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Which card, and where.
    pub placement: Placement,
    /// The key of the line behind the gap; `None` at the end of the lane.
    pub before: Option<String>,
    /// What was found.
    pub tried: Rc<Tried>,
}

/// Puts one of [`Race::cards`] into every gap of every lane, one at a time, and explores what comes of it.
/// Each search has these limits. Whoever comes to the line behind a gap, from wherever, comes to the card
/// first; it is in the lane of one actor instance only.
///
/// ```
/// use racewalk_engine::{explain::placements, explore::{Limits, Verdict}, library, race::Race};
///
/// let race = Race::load(library::race("memunmap").unwrap()).unwrap();
/// let mut settings = race.settings();
/// settings.set(&race, "kill_gp", "off").unwrap();
/// let gaps = placements(&race, &settings, Limits::default(), 0).unwrap();
/// let at = |key: &str| gaps.iter().find(|it| it.before.as_deref() == Some(key)).unwrap();
/// assert_eq!(at("H9").tried.verdict, Verdict::Safe);
/// assert_eq!(at("H11").tried.verdict, Verdict::Violated);
/// ```
///
/// # Errors
/// When the race, or the race with the card in a gap, does not compile.
pub fn placements(
    race: &Race,
    settings: &Settings,
    limits: Limits,
    card: usize,
) -> Result<Vec<Gap>, Report> {
    let model = race.compile(settings)?;
    let mut trials = Trials::new(limits);
    let mut gaps = Vec::new();
    for (number, actor) in model.actors.iter().enumerate() {
        let lines = usize::from(actor.steps.end - actor.steps.start);
        for gap in 0..=lines {
            let placement = Placement { card, actor: ActorId(number as u8), gap };
            let placed = race.compile_with(settings, Some(placement))?;
            let before = (gap < lines)
                .then(|| model.steps[usize::from(actor.steps.start) + gap].key.clone());
            gaps.push(Gap { placement, before, tried: trials.of(&placed) });
        }
    }
    Ok(gaps)
}
