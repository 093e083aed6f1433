//! What a search means: the verdict, every kind of failure with a shortest schedule, the numbers. Imports ids, model, state and the graph, never a text or a view.

use super::Limit;
use super::count::{Counts, count};
use super::graph::Graph;
use super::natural::Natural;
use super::shortest::{self, Shortest};
use crate::ids::{ActorId, StepId, ViolationId};
use crate::model::Model;
use crate::schedule::Schedule;
use crate::state::{self, Ending};

/// What can be said of a model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// No run breaks a property or deadlocks.
    Safe,
    /// Some run does.
    Violated,
    /// A limit stopped the search. What was found so far stands; what was not found may exist.
    Incomplete,
}

/// A kind of violation that some run meets first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Which kind.
    pub violation: ViolationId,
    /// A shortest schedule: its last step breaks the property.
    pub schedule: Schedule,
}

/// A way in which runs end though some actor waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// Who waits (the environment left out), before which step.
    pub waiting: Vec<(ActorId, StepId)>,
    /// A shortest schedule to there.
    pub schedule: Schedule,
}

/// The answer to "what can happen in this race?".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// In a word.
    pub verdict: Verdict,
    /// Every kind of violation found, by length of its schedule, then by order of declaration.
    pub violations: Vec<Found>,
    /// Deadlocks, one for each distinct set of waiting actors and steps, ordered by length of the
    /// schedule, then by that set.
    pub deadlocks: Vec<End>,
    /// Ends at which it is no fault to wait, likewise.
    pub held_off: Vec<End>,
    /// Distinct states.
    pub states: usize,
    /// Transitions between them, and into violations.
    pub transitions: usize,
    /// How many maximal runs there are: complete, held off, deadlocked or violated. `None` when a
    /// loop makes them infinite, the search is incomplete, or there is no memory to count in.
    pub schedules: Option<Natural>,
    /// How many of them end in a violation or a deadlock. `None` when these are infinite, or where
    /// nothing is counted.
    pub bad_schedules: Option<Natural>,
    /// The limit that stopped the search, if one did.
    pub stopped: Option<Limit>,
}

/// What the graph, explored from this model, says.
#[must_use]
pub fn answer(model: &Model, graph: &Graph) -> Answer {
    let ends = ends(model, graph);
    let violated: Vec<_> = violated(graph).collect();
    let Counts { all, bad } = match graph.stopped() {
        None => count(graph, &ends.deadlocked),
        Some(_) => Counts::default(),
    };
    let verdict = match graph.stopped() {
        Some(_) => Verdict::Incomplete,
        None if violated.is_empty() && ends.deadlocks.is_empty() => Verdict::Safe,
        None => Verdict::Violated,
    };
    let mut answer = Answer {
        verdict,
        violations: Vec::new(),
        deadlocks: Vec::new(),
        held_off: Vec::new(),
        states: graph.states(),
        transitions: graph.transitions(),
        schedules: all,
        bad_schedules: bad,
        stopped: graph.stopped(),
    };
    let all_ends = || ends.deadlocks.iter().chain(&ends.held_off).map(|it| &it.1);
    let goals = violated.iter().map(|it| it.1).chain(all_ends());
    let mut ways = Shortest::new(graph, goals, usize::MAX);
    let mut shortest = |violation, states: &[u32]| match &mut ways {
        Some(ways) => ways.to(violation, states),
        None => shortest::any(graph, violation, states),
    };
    for (violation, states) in violated {
        let schedule = shortest(Some(violation), states);
        let length = |it: &Found| it.schedule.len();
        let at = answer.violations.partition_point(|it| length(it) <= schedule.len());
        answer.violations.insert(at, Found { violation, schedule });
    }
    answer.deadlocks = nearest(&ends.deadlocks, &mut shortest);
    answer.held_off = nearest(&ends.held_off, &mut shortest);
    answer
}

/// A shortest schedule to each of these ends; by their length, then in the order of the ends.
fn nearest(
    ends: &Waiting,
    shortest: &mut impl FnMut(Option<ViolationId>, &[u32]) -> Schedule,
) -> Vec<End> {
    let mut list: Vec<End> = Vec::new();
    for (waiting, states) in ends {
        let schedule = shortest(None, states);
        let at = list.partition_point(|it| it.schedule.len() <= schedule.len());
        list.insert(at, End { waiting: waiting.clone(), schedule });
    }
    list
}

/// The kinds of violation that some step breaks, each with the states, as near as any, before such a step.
fn violated(graph: &Graph) -> impl Iterator<Item = (ViolationId, &Vec<u32>)> {
    let kinds = graph.violated.iter().enumerate().map(|(kind, it)| (ViolationId(kind as u8), it));
    kinds.filter(|it| !it.1.is_empty())
}

/// The nearest states for each set of actors that wait, and where; in the order of these sets.
type Waiting = Vec<(Vec<(ActorId, StepId)>, Vec<u32>)>;

#[derive(Default)]
struct Ends {
    deadlocks: Waiting,
    held_off: Waiting,
    /// All deadlocked states, in order.
    deadlocked: Vec<u32>,
}

fn ends(model: &Model, graph: &Graph) -> Ends {
    let mut ends = Ends::default();
    for &number in &graph.stuck {
        let words = graph.state(number);
        let list = match state::ending(model, words) {
            Some(Ending::Deadlock) => {
                ends.deadlocked.push(number);
                &mut ends.deadlocks
            }
            Some(Ending::HeldOff) => &mut ends.held_off,
            _ => continue,
        };
        let waiting: Vec<_> = state::standing(model, words)
            .filter(|it| !model.actors[it.0.index()].environment)
            .collect();
        let at = list.binary_search_by(|it| it.0.cmp(&waiting)).unwrap_or_else(|at| {
            list.insert(at, (waiting, Vec::new()));
            at
        });
        let states = &mut list[at].1;
        if states.last().is_none_or(|&it| it >= graph.layers[graph.depth(number)]) {
            states.push(number);
        }
    }
    ends
}
