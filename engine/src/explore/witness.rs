//! Whether some run takes certain steps in a certain order. Imports the graph, schedules and state, never a text.

use std::collections::VecDeque;

use super::graph::{Edge, Graph, Target};
use crate::ids::{StepId, ViolationId};
use crate::model::Model;
use crate::schedule::{Schedule, Turn};
use crate::state;

/// Something that a run is seen to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// It takes this step, and goes on.
    Step(StepId),
    /// It ends with a step, whichever it is, that breaks this property.
    Breaks(ViolationId),
}

/// A shortest run in which exactly these events happen in this order: the steps among them happen nowhere
/// else in it, other steps anywhere.
///
/// # Errors
/// How many of the events, from the first on, some run does allow in this order.
pub fn witness(model: &Model, graph: &Graph, events: &[Event]) -> Result<Schedule, usize> {
    let width = events.len() + 1;
    // A node is a state and how many events have happened; before it, who came from where.
    let mut before: Vec<Option<(usize, Turn)>> = vec![None; graph.states() * width];
    let mut queue = VecDeque::from([0]);
    let mut furthest = 0;
    if events.is_empty() {
        return Ok(Schedule::default());
    }
    while let Some(node) = queue.pop_front() {
        let (number, happened) = ((node / width) as u32, node % width);
        furthest = furthest.max(happened);
        for Edge { turn, target } in graph.edges(number) {
            let expected = events.get(happened);
            let Target::State(next) = target else {
                if let Target::Violation(kind) = target
                    && expected == Some(&Event::Breaks(kind))
                    && happened + 1 == events.len()
                {
                    return Ok(run(&before, node, turn));
                }
                continue;
            };
            let step = state::next_step(model, graph.state(number), turn.actor).map(Event::Step);
            let happened = match step {
                Some(step) if expected == Some(&step) => happened + 1,
                Some(step) if events.contains(&step) => continue,
                _ => happened,
            };
            if happened == events.len() {
                return Ok(run(&before, node, turn));
            }
            let next = next as usize * width + happened;
            if next != 0 && before[next].is_none() {
                before[next] = Some((node, turn));
                queue.push_back(next);
            }
        }
    }
    Err(furthest)
}

/// The turns that lead to a node, and one more.
fn run(before: &[Option<(usize, Turn)>], mut node: usize, last: Turn) -> Schedule {
    let mut turns = vec![last];
    while let Some((from, turn)) = before[node] {
        turns.push(turn);
        node = from;
    }
    turns.reverse();
    Schedule(turns)
}
