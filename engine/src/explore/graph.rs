//! The explored graph: distinct states, and the program that says again what each leads to. Imports ids, the schedule's turn, the search's limits and the program, never a model.

use super::Limit;
use super::batch::{BATCH, Batch, Pending};
use super::program::Program;
use super::table::Table;
use crate::ids::ViolationId;
use crate::schedule::Turn;

/// Where a transition leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// To a state, by its number.
    State(u32),
    /// Nowhere: it broke a property, and the run is over.
    Violation(ViolationId),
}

/// A transition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Edge {
    /// Who moves, and how its step goes.
    pub turn: Turn,
    /// Where that leads.
    pub target: Target,
}

/// How many transitions a graph keeps, about: all that most races have, in less than 1 MiB.
pub(super) const KEPT: usize = 1 << 16;

/// Everything that a search found. States are numbered breadth first, 0 being the initial one.
///
/// Only the first [`KEPT`] transitions are kept, for all of a large graph would take more room than its
/// states: the rest is worked out again where it is asked for.
#[derive(Debug)]
pub struct Graph {
    pub(super) program: Program,
    pub(super) table: Table,
    /// The first state of each depth.
    pub(super) layers: Vec<u32>,
    pub(super) expanded: usize,
    pub(super) transitions: usize,
    /// The transitions of the first states, and where those of each of them end.
    pub(super) kept: Vec<Edge>,
    pub(super) kept_ends: Vec<u32>,
    /// Of all transitions, the ones that break a property.
    pub(super) broken: usize,
    pub(super) stopped: Option<Limit>,
    /// Whether some transition leads back to the initial state.
    pub(super) returns: bool,
    /// For each kind of violation, the states, as near as any, before a step that breaks it.
    pub(super) violated: Vec<Vec<u32>>,
    /// The states where nobody can move though somebody should.
    pub(super) stuck: Vec<u32>,
}

impl Graph {
    /// How many distinct states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.table.len()
    }

    /// How many of them, from the first on, have all their transitions in the graph. The rest is
    /// unknown, since a limit stopped the search.
    #[must_use]
    pub fn expanded(&self) -> usize {
        self.expanded
    }

    /// How many transitions there are, those that break a property included.
    #[must_use]
    pub fn transitions(&self) -> usize {
        self.transitions
    }

    /// The limit that stopped the search, if one did.
    #[must_use]
    pub fn stopped(&self) -> Option<Limit> {
        self.stopped
    }

    /// The packed words of a state.
    ///
    /// # Panics
    /// When there is no such state.
    #[must_use]
    pub fn state(&self, number: u32) -> &[u64] {
        self.table.state(number as usize)
    }

    /// The transitions of a state, by actor and outcome; none when a limit left them unknown.
    ///
    /// Where they are not kept they are worked out each time: [`Graph::each_edge`] does that faster for
    /// many states.
    #[must_use]
    pub fn edges(&self, number: u32) -> std::vec::IntoIter<Edge> {
        let mut edges = Vec::new();
        self.each_edge(number..number + 1, |_, edge| edges.push(edge));
        edges.into_iter()
    }

    /// Tells every transition of these states, by state, actor and outcome.
    pub fn each_edge(&self, numbers: std::ops::Range<u32>, mut tell: impl FnMut(u32, Edge)) {
        self.tell_edges(numbers, &mut tell);
    }

    /// Not generic, so that it is compiled once.
    fn tell_edges(&self, numbers: std::ops::Range<u32>, tell: &mut dyn FnMut(u32, Edge)) {
        let end = numbers.end.min(self.expanded as u32);
        let mut next = numbers.start;
        while next < end
            && let Some(edges) = self.kept(next)
        {
            edges.iter().for_each(|&edge| tell(next, edge));
            next += 1;
        }
        if next >= end {
            return;
        }
        let mut batch = Batch::new(&self.program);
        for number in next..end {
            batch.fill(&self.program, &self.table, number, self.table.words());
            if batch.pending.len() >= BATCH {
                self.look_up(&mut batch, tell);
            }
        }
        self.look_up(&mut batch, tell);
    }

    /// The transitions of an expanded state, where they are kept.
    pub(super) fn kept(&self, number: u32) -> Option<&[Edge]> {
        let number = number as usize;
        let end = *self.kept_ends.get(number)? as usize;
        let start = number.checked_sub(1).map_or(0, |it| self.kept_ends[it] as usize);
        self.kept.get(start..end)
    }

    /// Tells every transition of a batch, and empties it.
    pub(super) fn look_up(&self, batch: &mut Batch, tell: &mut dyn FnMut(u32, Edge)) {
        for at in 0..batch.pending.len() {
            let Pending { hash, from, turn, broken } = batch.pending[at];
            let words = self.table.words();
            let target = match broken {
                Some(violation) => Target::Violation(violation),
                None => match self.table.find(&batch.states[at * words..][..words], hash, words) {
                    Ok(number) => Target::State(number),
                    // What an expanded state leads to has been found.
                    Err(_) => continue,
                },
            };
            tell(from, Edge { turn, target });
        }
        batch.clear();
    }

    /// Steps from the initial state to this one, at least.
    #[must_use]
    pub fn depth(&self, number: u32) -> usize {
        self.layers.partition_point(|&first| first <= number) - 1
    }

    /// Steps to the state farthest from the initial one.
    #[must_use]
    pub fn max_depth(&self) -> usize {
        self.layers.len() - 1
    }

    /// The states that are `depth` steps away.
    #[must_use]
    pub fn layer(&self, depth: usize) -> std::ops::Range<u32> {
        let end = |it: usize| self.layers.get(it).copied().unwrap_or(self.states() as u32);
        end(depth)..end(depth + 1)
    }
}
