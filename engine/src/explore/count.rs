//! How many schedules there are, exactly: paths of the explored graph, counted in topological order. Imports the graph and its batches, never a model.

use super::batch::{BATCH, Batch};
use super::graph::{Graph, Target};
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
    let (mut all, mut bad) = (N::default(), N::default());
    ways[0] = N::one();
    let mut ready: Vec<u32> = if incoming[0] == 0 { vec![0] } else { vec![] };
    let (mut taken, mut bad_ends_met, mut fits) = (0, 0, true);
    let mut batch = Batch::new(&graph.program);
    while !ready.is_empty() && fits {
        while let Some(state) = ready.pop() {
            taken += 1;
            let before = batch.pending.len();
            batch.fill(&graph.program, &graph.table, state, graph.table.words());
            if batch.pending.len() == before {
                let here = &ways[state as usize];
                fits &= all.add(here);
                if deadlocks.binary_search(&state).is_ok() {
                    bad_ends_met += 1;
                    fits &= bad.add(here);
                }
            }
            if batch.pending.len() >= BATCH {
                break;
            }
        }
        let (mut last, mut here) = (None, N::default());
        graph.look_up(&mut batch, &mut |state, edge| {
            if last.replace(state) != Some(state) {
                here = std::mem::take(&mut ways[state as usize]);
            }
            match edge.target {
                Target::State(next) => {
                    let at = next as usize;
                    fits &= ways[at].add(&here);
                    incoming[at] -= 1;
                    if incoming[at] == 0 {
                        ready.push(next);
                    }
                }
                Target::Violation(_) => {
                    bad_ends_met += 1;
                    fits &= all.add(&here) && bad.add(&here);
                }
            }
        });
    }
    fits.then(|| Counts {
        all: (taken == size).then(|| all.into()),
        bad: (bad_ends_met == graph.broken + deadlocks.len()).then(|| bad.into()),
    })
}

/// As many zeroes, if there is memory for them.
fn filled<T: Clone + Default>(size: usize) -> Option<Vec<T>> {
    let mut list = Vec::new();
    list.try_reserve_exact(size).ok()?;
    list.resize(size, T::default());
    Some(list)
}
