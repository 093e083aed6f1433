//! A schedule's course through the graph: at each of its positions, what is still ahead. Imports explore, schedule, state's endings, and the graph's fates and counts.

use super::count::{Count, Counts};
use super::fate::{Fate, Fates};
use super::transitions::{Reached, Transition, Transitions};
use crate::explore::Target;
use crate::schedule::Schedule;
use crate::state::Ending;

/// A schedule as the graph sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Course {
    /// The steps that were possible, in order.
    pub steps: Vec<Transition>,
    /// What was ahead before the first step, and after each: one more than there are steps.
    pub prefixes: Vec<Prefix>,
    /// How the run is over at the end of these steps, if it is.
    pub ending: Option<Ending>,
}

/// What is ahead at a position of a schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prefix {
    /// The state of the graph; `None` after a step that broke something.
    pub state: Option<u32>,
    /// What every completion comes to.
    pub fate: Fate,
    /// How many complete schedules begin like this; `None` when the search is incomplete.
    pub all: Option<Count>,
    /// How many of them fail.
    pub failing: Option<Count>,
}

impl Course {
    /// Follows a schedule as far as it is possible; it stops before a turn that is not, and where a limit
    /// left the rest unknown.
    #[must_use]
    pub fn new(
        transitions: &Transitions,
        fates: &Fates,
        counts: Option<&Counts>,
        schedule: &Schedule,
    ) -> Self {
        let at = |state: u32| Prefix {
            state: Some(state),
            fate: fates.of(state),
            all: counts.map(|it| it.all(state).clone()),
            failing: counts.map(|it| it.failing(state).clone()),
        };
        let broken = Prefix {
            state: None,
            fate: Fate::Lost,
            all: counts.map(|_| Count::Small(1)),
            failing: counts.map(|_| Count::Small(1)),
        };
        let mut course = Self { steps: Vec::new(), prefixes: vec![at(0)], ending: None };
        let mut state = 0;
        for &turn in &schedule.0 {
            let Some(step) = transitions.take(state, turn) else { break };
            course.steps.push(step);
            match step.target {
                Target::State(next) => {
                    state = next;
                    course.prefixes.push(at(next));
                }
                Target::Violation(kind) => {
                    course.prefixes.push(broken);
                    course.ending = Some(Ending::Violated(kind));
                    return course;
                }
            }
        }
        if let Reached::End(ending) = transitions.reached(state) {
            course.ending = Some(ending);
        }
        course
    }

    /// The first position, counted in steps taken, from which every completion fails; `None` when there
    /// is none on this course, or a limit left open whether it is an earlier one.
    #[must_use]
    pub fn point_of_no_return(&self) -> Option<usize> {
        let is_it = |it: &Prefix| matches!(it.fate, Fate::Lost | Fate::Unknown);
        let first = self.prefixes.iter().position(is_it)?;
        (self.prefixes[first].fate == Fate::Lost).then_some(first)
    }
}
