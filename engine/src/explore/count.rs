//! How many schedules there are, exactly: paths of the explored graph, counted in topological order. Imports the graph and its batches, never a model.

use super::batch::{BATCH, Batch};
use super::graph::{Edge, Graph, Target};
use super::natural::Natural;

/// Numbers of schedules; `None` where a loop makes them infinite.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Counts {
    /// Of all maximal runs from the initial state.
    pub(super) all: Option<Natural>,
    /// Of those that break a property or end in a deadlock.
    pub(super) bad: Option<Natural>,
}

/// Counts the schedules of a graph that no limit cut short; `deadlocks` are its deadlocked states, in
/// order. Where there is no memory for that nothing is counted.
pub(super) fn count(graph: &Graph, deadlocks: &[u32]) -> Counts {
    if graph.returns {
        // Everything lies on a loop or behind one.
        let no_bad_end = graph.broken == 0 && deadlocks.is_empty();
        return Counts { all: None, bad: no_bad_end.then(Natural::default) };
    }
    // Nearly every count fits into 128 bits; only one that does not pays for unbounded numbers.
    count_with::<u128>(graph, deadlocks)
        .or_else(|| count_with::<Natural>(graph, deadlocks))
        .unwrap_or_default()
}

/// A number that counts; adding may be too much for it.
trait Counter: Clone + Default + Into<Natural> {
    fn one() -> Self;
    #[must_use]
    fn add(&mut self, other: &Self) -> bool;
}

impl Counter for u128 {
    fn one() -> Self {
        1
    }

    fn add(&mut self, other: &Self) -> bool {
        let sum = self.checked_add(*other);
        *self = sum.unwrap_or(0);
        sum.is_some()
    }
}

impl Counter for Natural {
    fn one() -> Self {
        Self::from(1)
    }

    fn add(&mut self, other: &Self) -> bool {
        *self += other;
        true
    }
}

/// Kahn's algorithm (Topological sorting of large networks, CACM 5, 1962), each state handing on the
/// number of ways to it. The states that it never takes up lie on a loop or behind one: infinitely
/// many runs lead there. `None` when a number does not fit, or there is no memory.
fn count_with<N: Counter>(graph: &Graph, deadlocks: &[u32]) -> Option<Counts> {
    let size = graph.states();
    let mut incoming: Vec<u32> = filled(size)?;
    let mut ways: Vec<N> = filled(size)?;
    graph.each_edge(0..size as u32, |_, edge| {
        if let Target::State(next) = edge.target {
            incoming[next as usize] += 1;
        }
    });
    ways[0] = N::one();
    let ready = if incoming[0] == 0 { vec![0] } else { vec![] };
    let mut on = Tally { incoming, ways, ready, ..Tally::default() };
    let mut taken = 0;
    let mut batch = Batch::new(&graph.program);
    while !on.ready.is_empty() && !on.too_many {
        while let Some(state) = on.ready.pop() {
            taken += 1;
            let before = batch.pending.len();
            let is_end = match graph.kept(state) {
                Some(edges) => {
                    edges.iter().for_each(|&edge| on.hand_on(state, edge));
                    edges.is_empty()
                }
                None => {
                    batch.fill(&graph.program, &graph.table, state, graph.table.words());
                    batch.pending.len() == before
                }
            };
            if is_end {
                on.end(state, deadlocks.binary_search(&state).is_ok());
            }
            if batch.pending.len() >= BATCH {
                break;
            }
        }
        graph.look_up(&mut batch, &mut |state, edge| on.hand_on(state, edge));
    }
    let bad_ends = graph.broken + deadlocks.len();
    (!on.too_many).then(|| Counts {
        all: (taken == size).then(|| on.all.into()),
        bad: (on.bad_ends == bad_ends).then(|| on.bad.into()),
    })
}

/// How far the counting has come.
#[derive(Default)]
struct Tally<N> {
    /// For each state, transitions to it that nothing was handed on by yet.
    incoming: Vec<u32>,
    /// For each state, the ways to it that are known, until they are handed on.
    ways: Vec<N>,
    /// States to which all ways are known.
    ready: Vec<u32>,
    /// The state that hands on, and its ways.
    giver: Option<u32>,
    giving: N,
    all: N,
    bad: N,
    /// Ends in `bad`.
    bad_ends: usize,
    /// Whether a number did not fit.
    too_many: bool,
}

impl<N: Counter> Tally<N> {
    fn hand_on(&mut self, state: u32, edge: Edge) {
        if self.giver.replace(state) != Some(state) {
            self.giving = std::mem::take(&mut self.ways[state as usize]);
        }
        match edge.target {
            Target::State(next) => {
                let at = next as usize;
                self.too_many |= !self.ways[at].add(&self.giving);
                self.incoming[at] -= 1;
                if self.incoming[at] == 0 {
                    self.ready.push(next);
                }
            }
            Target::Violation(_) => {
                self.bad_ends += 1;
                self.too_many |= !(self.all.add(&self.giving) && self.bad.add(&self.giving));
            }
        }
    }

    fn end(&mut self, state: u32, is_bad: bool) {
        let ways = &self.ways[state as usize];
        self.too_many |= !self.all.add(ways);
        if is_bad {
            self.bad_ends += 1;
            self.too_many |= !self.bad.add(ways);
        }
    }
}

/// As many zeroes, if there is memory for them.
fn filled<T: Clone + Default>(size: usize) -> Option<Vec<T>> {
    let mut list = Vec::new();
    list.try_reserve_exact(size).ok()?;
    list.resize(size, T::default());
    Some(list)
}
