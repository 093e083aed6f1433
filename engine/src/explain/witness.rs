//! Whether there is a schedule in which certain things happen in a certain order: a shortest one, or none. Imports explore, ids, model, schedules, state and the transitions.

use std::collections::VecDeque;

use super::transitions::{Incomplete, Reached, Transition, Transitions};
use crate::explore::{Graph, Target};
use crate::ids::StepId;
use crate::model::Model;
use crate::schedule::{Schedule, Turn};
use crate::state::{self, Ending};

/// Something that a schedule is asked to have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happening {
    /// A line is taken.
    Takes {
        /// Which line.
        step: StepId,
        /// With this outcome, counted from 0; `None`: any.
        outcome: Option<u8>,
        /// And its actor stands before that line of its lane then (its number of lines: finished).
        to: Option<u16>,
    },
    /// The run ends like this. Only as the last of them does it make sense.
    Ends(Ending),
}

/// A shortest schedule in which these happen one after the other, whatever else does; `None` when there is
/// no such schedule. It stops with the last of them. Where a limit stopped the search there may be a shorter
/// one.
///
/// # Errors
/// When there is none in the part of the graph that is known, and that is not all.
pub fn find(
    model: &Model,
    graph: &Graph,
    transitions: &Transitions,
    wanted: &[Happening],
) -> Result<Option<Schedule>, Incomplete> {
    let width = wanted.len() + 1;
    // A node is a state and how many have happened; before it, who came from where.
    let mut before: Vec<Option<(usize, Turn)>> = vec![None; transitions.states() * width];
    let mut queue = VecDeque::from([0]);
    // Looked at where it is come to: later it would stand behind longer ones.
    let is_it = |number, happened| {
        let over = match transitions.reached(number) {
            Reached::End(ending) => wanted.get(happened) == Some(&Happening::Ends(ending)),
            Reached::OnTheWay | Reached::Unknown => false,
        };
        happened + usize::from(over) == wanted.len()
    };
    if is_it(0, 0) {
        return Ok(Some(Schedule(Vec::new())));
    }
    while let Some(node) = queue.pop_front() {
        let (number, happened) = ((node / width) as u32, node % width);
        for it in transitions.of(number) {
            let step = wanted.get(happened).is_some_and(|want| takes(model, graph, want, it));
            let happened = happened + usize::from(step);
            let (found, next) = match it.target {
                Target::Violation(kind) => {
                    let ends =
                        wanted.get(happened) == Some(&Happening::Ends(Ending::Violated(kind)));
                    (happened + usize::from(ends) == wanted.len(), None)
                }
                Target::State(next) => {
                    (is_it(next, happened), Some(next as usize * width + happened))
                }
            };
            if found {
                return Ok(Some(way(&before, node, it.turn)));
            }
            if let Some(next) = next
                && next != 0
                && before[next].is_none()
            {
                before[next] = Some((node, it.turn));
                queue.push_back(next);
            }
        }
    }
    transitions.whole().map(|()| None)
}

fn takes(model: &Model, graph: &Graph, wanted: &Happening, taken: &Transition) -> bool {
    let Happening::Takes { step, outcome, to } = *wanted else { return false };
    let actor = &model.actors[taken.turn.actor.index()];
    step == taken.step
        && outcome.is_none_or(|it| it == taken.turn.outcome)
        && to.is_none_or(|line| match taken.target {
            Target::State(next) => {
                state::read(model, graph.state(next), actor.position) == i32::from(line)
            }
            Target::Violation(_) => false,
        })
}

/// The turns that lead to a node, and one more.
fn way(before: &[Option<(usize, Turn)>], mut node: usize, last: Turn) -> Schedule {
    let mut turns = vec![last];
    while let Some((from, turn)) = before[node] {
        turns.push(turn);
        node = from;
    }
    turns.reverse();
    Schedule(turns)
}
