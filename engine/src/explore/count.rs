//! How many schedules there are, exactly: paths of the explored graph, counted in topological order. Imports the graph only, never a model.

use super::graph::{Graph, Target};
use super::natural::Natural;

/// Numbers of schedules; `None` where a loop makes them infinite.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Counts {
    /// Of all maximal runs from the initial state.
    pub(super) all: Option<Natural>,
    /// Of those that break a property or end in a deadlock.
    pub(super) bad: Option<Natural>,
}

/// Counts the schedules of a graph that no limit cut short; `deadlocks` are its deadlocked states, in
/// order.
pub(super) fn count(graph: &Graph, deadlocks: &[u32]) -> Counts {
    // Nearly every count fits into 128 bits; only one that does not pays for unbounded numbers.
    count_with::<u128>(graph, deadlocks)
        .or_else(|| count_with::<Natural>(graph, deadlocks))
        .unwrap_or(Counts { all: None, bad: None })
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
/// many runs lead there. `None` when a number does not fit.
fn count_with<N: Counter>(graph: &Graph, deadlocks: &[u32]) -> Option<Counts> {
    let size = graph.states();
    let mut incoming = vec![0u32; size];
    let mut bad_ends = deadlocks.len();
    for state in 0..size as u32 {
        for edge in graph.edges(state) {
            match edge.target {
                Target::State(next) => incoming[next as usize] += 1,
                Target::Violation(_) => bad_ends += 1,
            }
        }
    }
    let (mut all, mut bad) = (N::default(), N::default());
    let mut ways = vec![N::default(); size];
    ways[0] = N::one();
    let mut ready: Vec<u32> = if incoming[0] == 0 { vec![0] } else { vec![] };
    let mut taken = 0;
    let mut bad_ends_met = 0;
    while let Some(state) = ready.pop() {
        taken += 1;
        let here = std::mem::take(&mut ways[state as usize]);
        let mut is_end = true;
        for edge in graph.edges(state) {
            is_end = false;
            match edge.target {
                Target::State(next) => {
                    let next_index = next as usize;
                    if !ways[next_index].add(&here) {
                        return None;
                    }
                    incoming[next_index] -= 1;
                    if incoming[next_index] == 0 {
                        ready.push(next);
                    }
                }
                Target::Violation(_) => {
                    bad_ends_met += 1;
                    if !(all.add(&here) && bad.add(&here)) {
                        return None;
                    }
                }
            }
        }
        if is_end && !all.add(&here) {
            return None;
        }
        if is_end && deadlocks.binary_search(&state).is_ok() {
            bad_ends_met += 1;
            if !bad.add(&here) {
                return None;
            }
        }
    }
    Some(Counts {
        all: (taken == size).then(|| all.into()),
        bad: (bad_ends_met == bad_ends).then(|| bad.into()),
    })
}
