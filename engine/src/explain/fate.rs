//! The fate of every state: what all the ways to complete a run from there come to. Imports explore, ids, state's endings and the transitions.

use super::transitions::{Reached, Transitions};
use crate::explore::Target;
use crate::state::Ending;

/// What every completion of a run from a state comes to. A completion is a run to an end: everybody has
/// finished or is held off (good), a property is broken or there is a deadlock (a failure). Going round a
/// loop for ever is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// No completion fails.
    Safe,
    /// Some completions fail and some do not.
    Open,
    /// Every completion fails, and there is one.
    Lost,
    /// A limit stopped the search before this was known.
    Unknown,
}

/// The fate of every state of a graph.
#[derive(Clone, Debug)]
pub struct Fates {
    fates: Vec<Fate>,
}

/// How many states have which fate.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// [`Fate::Safe`].
    pub safe: usize,
    /// [`Fate::Open`].
    pub open: usize,
    /// [`Fate::Lost`].
    pub lost: usize,
    /// [`Fate::Unknown`].
    pub unknown: usize,
}

impl Fates {
    /// Of every state, by its number.
    #[must_use]
    pub fn new(transitions: &Transitions) -> Self {
        let fails = transitions.leading_to(|it| is_failing(transitions, it));
        let ends_well = transitions.leading_to(|it| {
            let reached = transitions.reached(it);
            matches!(reached, Reached::End(Ending::Complete | Ending::HeldOff))
        });
        let is_unknown = transitions.leading_to(|it| transitions.reached(it) == Reached::Unknown);
        let fate = |state: usize| match (fails[state], ends_well[state], is_unknown[state]) {
            // No further state can overturn this.
            (true, true, _) => Fate::Open,
            (_, _, true) => Fate::Unknown,
            (true, false, false) => Fate::Lost,
            (false, _, false) => Fate::Safe,
        };
        Self { fates: (0..transitions.states()).map(fate).collect() }
    }

    /// The fate of a state.
    ///
    /// # Panics
    /// When there is no such state.
    #[must_use]
    pub fn of(&self, state: u32) -> Fate {
        self.fates[state as usize]
    }

    /// How many states have which fate.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for fate in &self.fates {
            *match fate {
                Fate::Safe => &mut tally.safe,
                Fate::Open => &mut tally.open,
                Fate::Lost => &mut tally.lost,
                Fate::Unknown => &mut tally.unknown,
            } += 1;
        }
        tally
    }
}

/// Whether a run that stands there has deadlocked, or may break something with its very next step.
pub(super) fn is_failing(transitions: &Transitions, state: u32) -> bool {
    transitions.reached(state) == Reached::End(Ending::Deadlock)
        || transitions.of(state).iter().any(|it| matches!(it.target, Target::Violation(_)))
}
