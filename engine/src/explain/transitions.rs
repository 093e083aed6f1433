//! The explored graph with the step that each transition takes, what each state's end is, and the way back. Imports explore, ids, model, schedule and state.

use std::fmt;

use crate::explore::{Graph, Limit, Target};
use crate::ids::StepId;
use crate::model::Model;
use crate::schedule::Turn;
use crate::state::{self, Ending};

/// The most states of which a graph can be explained: with its window each takes some 400 bytes, so this is
/// about 400 MB.
pub const MOST_STATES: usize = 1_000_000;

/// Why a graph gives no exact answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Incomplete {
    /// A limit stopped the search: what was not found may exist.
    Search(Limit),
    /// There are more states than [`MOST_STATES`].
    TooManyStates(usize),
    /// The states are known, but the question itself led to more combinations than this.
    TooManyCombinations(usize),
}

/// A transition, with the line that it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Transition {
    /// Who moves, and how its step goes.
    pub turn: Turn,
    /// The line that it takes.
    pub step: StepId,
    /// Where that leads.
    pub target: Target,
}

/// What is known of the end of the runs that stand in a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reached {
    /// They go on.
    OnTheWay,
    /// They are over: complete, held off or in a deadlock.
    End(Ending),
    /// A limit stopped the search before anybody looked.
    Unknown,
}

/// Every transition of a graph in rows, and back.
#[derive(Debug)]
pub struct Transitions {
    ends: Vec<u32>,
    rows: Vec<Transition>,
    reached: Vec<Reached>,
    before_ends: Vec<u32>,
    before: Vec<u32>,
    stopped: Option<Limit>,
}

impl Transitions {
    /// Of the graph that was explored from this model.
    ///
    /// # Errors
    /// When there are more states than [`MOST_STATES`].
    pub fn new(model: &Model, graph: &Graph) -> Result<Self, Incomplete> {
        let size = graph.states();
        if size > MOST_STATES {
            return Err(Incomplete::TooManyStates(size));
        }
        let mut ends = Vec::with_capacity(size);
        let mut rows: Vec<Transition> = Vec::with_capacity(graph.transitions());
        let mut reached = Vec::with_capacity(size);
        for number in 0..size as u32 {
            let words = graph.state(number);
            let known = (number as usize) < graph.expanded();
            if known {
                rows.extend(graph.edges(number).filter_map(|edge| {
                    let step = state::next_step(model, words, edge.turn.actor)?;
                    Some(Transition { turn: edge.turn, step, target: edge.target })
                }));
            }
            let start = ends.last().map_or(0, |&it| it as usize);
            reached.push(match (known, rows.len() > start) {
                (false, _) => Reached::Unknown,
                (true, true) => Reached::OnTheWay,
                (true, false) => {
                    state::ending(model, words).map_or(Reached::OnTheWay, Reached::End)
                }
            });
            ends.push(rows.len() as u32);
        }
        let (before_ends, before) = backward(&ends, &rows);
        Ok(Self { ends, rows, reached, before_ends, before, stopped: graph.stopped() })
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.ends.len()
    }

    /// Whether the graph is whole.
    ///
    /// # Errors
    /// When a limit stopped the search.
    pub fn whole(&self) -> Result<(), Incomplete> {
        self.stopped.map_or(Ok(()), |limit| Err(Incomplete::Search(limit)))
    }

    /// The transitions of a state, by actor and outcome.
    ///
    /// # Panics
    /// When there is no such state.
    #[must_use]
    pub fn of(&self, state: u32) -> &[Transition] {
        let state = state as usize;
        let start = state.checked_sub(1).map_or(0, |it| self.ends[it] as usize);
        &self.rows[start..self.ends[state] as usize]
    }

    /// The states that lead into this one; one that does so by several transitions several times.
    ///
    /// # Panics
    /// When there is no such state.
    #[must_use]
    pub fn before(&self, state: u32) -> &[u32] {
        let state = state as usize;
        let start = state.checked_sub(1).map_or(0, |it| self.before_ends[it] as usize);
        &self.before[start..self.before_ends[state] as usize]
    }

    /// Whether runs that stand in a state are over there, and how.
    ///
    /// # Panics
    /// When there is no such state.
    #[must_use]
    pub fn reached(&self, state: u32) -> Reached {
        self.reached[state as usize]
    }

    /// The transition that a turn is in this state, if it is possible there.
    #[must_use]
    pub fn take(&self, state: u32, turn: Turn) -> Option<Transition> {
        self.of(state).iter().find(|it| it.turn == turn).copied()
    }

    /// Which states some way leads from to one of these; themselves included.
    pub(super) fn leading_to(&self, is_goal: impl Fn(u32) -> bool) -> Vec<bool> {
        let mut leads: Vec<bool> = (0..self.states() as u32).map(is_goal).collect();
        let mut open: Vec<u32> =
            (0..self.states() as u32).filter(|&it| leads[it as usize]).collect();
        while let Some(state) = open.pop() {
            for &before in self.before(state) {
                if !leads[before as usize] {
                    leads[before as usize] = true;
                    open.push(before);
                }
            }
        }
        leads
    }
}

/// The same transitions by their targets.
fn backward(ends: &[u32], rows: &[Transition]) -> (Vec<u32>, Vec<u32>) {
    let mut before_ends = vec![0u32; ends.len()];
    let target = |it: &Transition| match it.target {
        Target::State(next) => Some(next as usize),
        Target::Violation(_) => None,
    };
    rows.iter().filter_map(target).for_each(|it| before_ends[it] += 1);
    let mut total = 0;
    for end in &mut before_ends {
        total += *end;
        // Where the state's own part starts; filling it moves that up to where it ends.
        *end = total - *end;
    }
    let mut before = vec![0; total as usize];
    let mut at = 0;
    for (state, &end) in ends.iter().enumerate() {
        for next in rows[at..end as usize].iter().filter_map(target) {
            before[before_ends[next] as usize] = state as u32;
            before_ends[next] += 1;
        }
        at = end as usize;
    }
    (before_ends, before)
}

impl fmt::Display for Incomplete {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Search(Limit::States) => out.write_str("the limit of states stopped the search"),
            Self::Search(Limit::Bytes) => out.write_str("the limit of memory stopped the search"),
            Self::TooManyStates(states) => {
                write!(out, "{states} states, and at most {MOST_STATES} are explained")
            }
            Self::TooManyCombinations(most) => {
                write!(out, "more than {most} combinations would have to be looked at")
            }
        }
    }
}

impl std::error::Error for Incomplete {}
