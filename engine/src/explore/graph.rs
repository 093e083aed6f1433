//! The explored graph: distinct states and, in rows, the transitions of each. Imports ids, the schedule's turn and the search's limits, never a model.

use super::Limit;
use super::table::grow;
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

/// Targets from here up stand for violations.
const VIOLATIONS: u32 = u32::MAX - 255;

/// Transitions as they are found: row after row, 6 bytes each and 4 a row.
#[derive(Default)]
pub(super) struct Edges {
    /// Where each row ends.
    ends: Vec<u32>,
    targets: Vec<u32>,
    turns: Vec<Turn>,
}

impl Edges {
    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.ends.capacity() * size_of::<u32>()
            + self.targets.capacity() * size_of::<u32>()
            + self.turns.capacity() * size_of::<Turn>()
    }

    pub(super) fn push(&mut self, turn: Turn, target: Target) {
        self.turns.push(turn);
        self.targets.push(match target {
            Target::State(number) => number,
            Target::Violation(kind) => VIOLATIONS + u32::from(kind.0),
        });
    }

    pub(super) fn end_row(&mut self) {
        self.ends.push(self.targets.len() as u32);
    }

    /// Makes room for one more row of at most `extra` transitions within `max_bytes`.
    pub(super) fn reserve(&mut self, extra: usize, max_bytes: usize) -> Result<(), Limit> {
        let rest = |used: usize| max_bytes.saturating_sub(used);
        let ends = self.ends.capacity() * size_of::<u32>();
        let targets = self.targets.capacity() * size_of::<u32>();
        let turns = self.turns.capacity() * size_of::<Turn>();
        grow(&mut self.targets, extra, rest(ends + turns))?;
        let targets = targets.max(self.targets.capacity() * size_of::<u32>());
        grow(&mut self.turns, extra, rest(ends + targets))?;
        let turns = turns.max(self.turns.capacity() * size_of::<Turn>());
        grow(&mut self.ends, 1, rest(targets + turns))
    }
}

/// Everything that a search found. States are numbered breadth first, 0 being the initial one.
pub struct Graph {
    states: Vec<u64>,
    edges: Edges,
    layers: Vec<u32>,
    expanded: usize,
    stopped: Option<Limit>,
    /// How many states there are: one, though it has no words, in a model where nothing changes.
    count: usize,
}

impl Graph {
    pub(super) fn new(
        states: Vec<u64>,
        edges: Edges,
        layers: Vec<u32>,
        expanded: usize,
        stopped: Option<Limit>,
        count: usize,
    ) -> Self {
        Self { states, edges, layers, expanded, stopped, count }
    }

    /// How many distinct states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.count
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
        self.edges.len()
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
        let words = self.states.len() / self.count;
        &self.states[number as usize * words..][..words]
    }

    /// The transitions of a state, by actor and outcome; none when a limit left them unknown.
    pub fn edges(&self, number: u32) -> impl DoubleEndedIterator<Item = Edge> + '_ {
        self.row(number).map(|it| Edge { turn: self.edges.turns[it], target: self.target(it) })
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
        let end = |it: usize| self.layers.get(it).copied().unwrap_or(self.count as u32);
        end(depth)..end(depth + 1)
    }

    /// Where a state's transitions stand.
    fn row(&self, number: u32) -> std::ops::Range<usize> {
        let number = number as usize;
        let end = |it: usize| self.edges.ends.get(it).copied();
        let start = number.checked_sub(1).map_or(Some(0), end).unwrap_or(self.edges.len() as u32);
        let end = end(number).unwrap_or(self.edges.len() as u32);
        start as usize..end as usize
    }

    fn target(&self, edge: usize) -> Target {
        match self.edges.targets[edge] {
            number if number < VIOLATIONS => Target::State(number),
            kind => Target::Violation(ViolationId((kind - VIOLATIONS) as u8)),
        }
    }
}
