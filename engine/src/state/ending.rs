//! When a run is over, and how: the one rule that search and replay share. Imports ids, model and its parent, never a schedule or a search.

use super::{is_enabled, next_step};
use crate::ids::{ActorId, StepId, ViolationId};
use crate::model::Model;

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ending {
    /// Every actor but the environment has finished.
    Complete,
    /// Nobody can move, and some actor waits for what will never come.
    Deadlock,
    /// Nobody can move, and all who wait stand at lines where waiting for ever is no fault.
    HeldOff,
    /// A property broke.
    Violated(ViolationId),
}

/// How the run is over in this state, if it is. A state alone never tells of a broken property: that
/// is seen when the step is taken.
#[must_use]
pub fn ending(model: &Model, state: &[u64]) -> Option<Ending> {
    if is_complete(model, state) {
        return Some(Ending::Complete);
    }
    let mut stuck = true;
    let mut faultless = true;
    for (actor, step) in standing(model, state) {
        stuck = stuck && !can_move(model, state, step);
        if !model.actors[actor.index()].environment {
            let wait = model.steps[step.index()].wait.as_ref();
            faultless = faultless && wait.is_some_and(|it| it.may_be_held_off);
        }
    }
    match (stuck, faultless) {
        (false, _) => None,
        (true, true) => Some(Ending::HeldOff),
        (true, false) => Some(Ending::Deadlock),
    }
}

/// Whether every actor but the environment has finished.
#[must_use]
pub fn is_complete(model: &Model, state: &[u64]) -> bool {
    let finished = |it: usize| next_step(model, state, ActorId(it as u8)).is_none();
    (0..model.actors.len()).all(|it| model.actors[it].environment || finished(it))
}

/// The actors that have not finished, each with the step that it stands before.
pub(crate) fn standing<'a>(
    model: &'a Model,
    state: &'a [u64],
) -> impl Iterator<Item = (ActorId, StepId)> + 'a {
    (0..model.actors.len())
        .map(|it| ActorId(it as u8))
        .filter_map(move |actor| Some((actor, next_step(model, state, actor)?)))
}

fn can_move(model: &Model, state: &[u64], step: StepId) -> bool {
    (0..model.steps[step.index()].outcomes.len()).any(|it| is_enabled(model, state, step, it))
}
