//! Which actors have to be looked at together: from where each stands, what it may still do to the others' next steps. Imports the effects of steps and the model, never a state.

use super::effects::{Effects, Set, effects};
use crate::model::Model;

/// For each step of an actor that stands before it, the steps that another actor must not stand before if it
/// is to be left out.
#[derive(Debug)]
pub(super) struct Needs {
    /// Where the step can be taken: somebody's step, now or later, may make a difference to it.
    taken: Vec<Set>,
    /// Where it cannot: somebody's step, now or later, may release it.
    blocked: Vec<Set>,
    /// For each step, the kinds of violation that its actor may break from there on.
    pub(super) breaks: Vec<Set>,
    /// Whether some lane goes back.
    pub(super) has_loops: bool,
}

impl Needs {
    pub(super) fn new(model: &Model) -> Self {
        let effects = effects(model);
        let first = |it: &Effects| usize::from(model.actors[it.actor].steps.start);
        let lines = |it: &Effects| model.actors[it.actor].steps.len();
        let has_loops = effects.iter().any(|it| it.goes_to.iter().any(|&to| to <= it.line));
        // From each step, the steps that its actor may still take; and the kinds that these may break.
        let mut futures: Vec<Set> = vec![Set::default(); effects.len()];
        for (number, future) in futures.iter_mut().enumerate() {
            let mut open = vec![number];
            while let Some(step) = open.pop() {
                if !future.contains(step) {
                    future.insert(step);
                    let it = &effects[step];
                    let next = it.goes_to.iter().filter(|&&to| to < lines(it));
                    open.extend(next.map(|to| first(it) + to));
                }
            }
        }
        let mut breaks = vec![Set::default(); effects.len()];
        for (all, future) in breaks.iter_mut().zip(&futures) {
            let steps = effects.iter().enumerate().filter(|it| future.contains(it.0));
            steps.for_each(|it| all.add(&it.1.breaks));
        }
        let (mut taken, mut blocked) = (Vec::new(), Vec::new());
        for it in &effects {
            let (mut conflicts, mut releases) = (Set::default(), Set::default());
            for (number, other) in
                effects.iter().enumerate().filter(|other| other.1.actor != it.actor)
            {
                if it.conflicts(other) {
                    conflicts.insert(number);
                }
                if it.is_released_by(other) {
                    releases.insert(number);
                }
            }
            let (mut to_take, mut to_release) = (Set::default(), Set::default());
            // Whoever may finish ends the run for the environment, which then breaks nothing any more.
            let ends =
                !model.actors[it.actor].environment && it.goes_to.iter().any(|&to| to >= lines(it));
            for (number, other) in
                effects.iter().enumerate().filter(|other| other.1.actor != it.actor)
            {
                let silences =
                    ends && model.actors[other.actor].environment && !breaks[number].is_empty();
                if silences || futures[number].meets(&conflicts) {
                    to_take.insert(number);
                }
                if futures[number].meets(&releases) {
                    to_release.insert(number);
                }
            }
            taken.push(to_take);
            blocked.push(to_release);
        }
        Self { taken, blocked, breaks, has_loops }
    }

    /// The actors, as a set of bits, that a closed set of actors contains if it contains this one. `steps` has
    /// the step that each of them stands before.
    pub(super) fn of(&self, actor: usize, can_move: bool, steps: &[Option<usize>]) -> u32 {
        let Some(step) = steps[actor] else { return 0 };
        let needs = if can_move { &self.taken[step] } else { &self.blocked[step] };
        let mut all = 0;
        for (number, other) in steps.iter().enumerate() {
            if other.is_some_and(|it| needs.contains(it)) {
                all |= 1 << number;
            }
        }
        all
    }
}
