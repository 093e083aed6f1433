//! The search itself, in slices. Imports model, state, the program, the batch and the table, never a text, a view or a race.

use super::batch::{BATCH, Batch, Pending};
use super::graph::{Edge, Graph, KEPT, Target};
use super::program::Program;
use super::table::{Table, hash};
use super::{Budget, Limit, Limits, Progress, Stats};
use crate::model::Model;
use crate::state;

/// An exact search in slices; its caller owns the time. The order of everything found is fixed by
/// the model alone.
#[derive(Debug)]
pub struct Search {
    limits: Limits,
    graph: Graph,
    batch: Batch,
    /// Where the depth that is being expanded ends.
    layer_end: usize,
}

impl Search {
    /// A search that has found the initial state and expanded nothing.
    #[must_use]
    pub fn new(model: &Model, limits: Limits) -> Self {
        let program = Program::new(model);
        let mut table = Table::new(model.words);
        let initial = state::initial(model);
        let hash = hash(&initial);
        // The first state is had in any case.
        let stopped = table.reserve(1, usize::MAX).err();
        if let (None, Err(slot)) = (stopped, table.find(&initial, hash, model.words)) {
            table.add(slot, &initial, hash);
        }
        let graph = Graph {
            program,
            table,
            layers: vec![0],
            expanded: 0,
            transitions: 0,
            kept: Vec::new(),
            kept_ends: Vec::new(),
            broken: 0,
            stopped,
            returns: false,
            violated: vec![Vec::new(); model.violations.len()],
            stuck: Vec::new(),
        };
        Self { limits, batch: Batch::new(&graph.program), graph, layer_end: 1 }
    }

    /// Expands at most `budget` states.
    pub fn advance(&mut self, budget: Budget) -> Progress {
        let mut left = budget.0;
        while left > 0 && !self.is_done() {
            let before = self.graph.expanded;
            if let Err(limit) = self.expand(left) {
                self.graph.stopped = Some(limit);
            }
            left -= (self.graph.expanded - before) as u32;
        }
        if self.is_done() { Progress::Done(self.stats()) } else { Progress::More(self.stats()) }
    }

    fn is_done(&self) -> bool {
        self.graph.stopped.is_some() || self.graph.expanded == self.graph.table.len()
    }

    /// How far it has come.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let graph = &self.graph;
        Stats {
            states: graph.table.len(),
            expanded: graph.expanded,
            transitions: graph.transitions,
            depth: graph.layers.len() - 1,
            bytes: graph.table.bytes(),
        }
    }

    /// What was found. A search that is not done yet is as one that [`Limit::States`] stopped.
    #[must_use]
    pub fn finish(self) -> Graph {
        let mut graph = self.graph;
        if graph.expanded < graph.table.len() {
            graph.stopped = graph.stopped.or(Some(Limit::States));
        }
        if self.layer_end < graph.table.len() {
            graph.layers.push(self.layer_end as u32);
        }
        graph
    }

    /// Finds every transition of some of the next states, `most` of them or fewer. The order in which
    /// states are found is that of expanding them one by one.
    fn expand(&mut self, most: u32) -> Result<(), Limit> {
        let Graph { program, table, layers, expanded, .. } = &mut self.graph;
        // So many that a batch has room, whatever its last state leads to.
        table.reserve(BATCH + program.fan, self.limits.max_bytes)?;
        if *expanded == self.layer_end {
            layers.push(*expanded as u32);
            self.layer_end = table.len();
        }
        let end = self.layer_end.min(*expanded + most as usize);
        // Compiled apart for the commonest sizes. A page has no room for that.
        let outcome = match program.words {
            1 if cfg!(not(target_arch = "wasm32")) => self.expand_words(end, 1),
            2 if cfg!(not(target_arch = "wasm32")) => self.expand_words(end, 2),
            words => self.expand_words(end, words),
        };
        if outcome.is_err() {
            // What was seen of states whose other transitions are not known is forgotten.
            let Graph { violated, stuck, expanded, .. } = &mut self.graph;
            violated
                .iter_mut()
                .chain([stuck])
                .for_each(|it| it.retain(|&it| (it as usize) < *expanded));
        }
        outcome
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn expand_words(&mut self, end: usize, words: usize) -> Result<(), Limit> {
        let Self { limits, graph, batch, .. } = self;
        batch.clear();
        let mut next = graph.expanded;
        // They are kept without a gap, from the first state on, or not at all.
        let keep = graph.kept.len() == graph.transitions
            && graph.kept.len() < KEPT
            && graph.kept.try_reserve(BATCH + graph.program.fan).is_ok();
        while next < end && batch.pending.len() < BATCH {
            let before = batch.pending.len();
            let complete = batch.fill(&graph.program, &graph.table, next as u32, words);
            if !complete && batch.pending.len() == before {
                push(&mut graph.stuck, next as u32)?;
            }
            next += 1;
            if keep {
                push(&mut graph.kept_ends, (graph.transitions + batch.pending.len()) as u32)?;
            }
        }
        for (at, &Pending { hash, from, turn, broken }) in batch.pending.iter().enumerate() {
            if let Some(violation) = broken {
                let layer = graph.layers[graph.layers.len() - 1];
                let states = &mut graph.violated[violation.index()];
                if states.last().is_none_or(|&it| it >= layer && it != from) {
                    push(states, from)?;
                }
                graph.broken += 1;
                if keep {
                    graph.kept.push(Edge { turn, target: Target::Violation(violation) });
                }
                continue;
            }
            let state = &batch.states[at * words..][..words];
            let number = match graph.table.find(state, hash, words) {
                Ok(number) => number,
                Err(_) if graph.table.len() >= limits.max_states => {
                    graph.expanded = from as usize;
                    graph.transitions += batch.pending.partition_point(|it| it.from < from);
                    return Err(Limit::States);
                }
                Err(slot) => graph.table.add(slot, state, hash),
            };
            graph.returns |= number == 0;
            if keep {
                graph.kept.push(Edge { turn, target: Target::State(number) });
            }
        }
        graph.transitions += batch.pending.len();
        graph.expanded = next;
        Ok(())
    }
}

fn push(list: &mut Vec<u32>, number: u32) -> Result<(), Limit> {
    list.try_reserve(1).map_err(|_| Limit::Bytes)?;
    list.push(number);
    Ok(())
}

/// Searches to the end, or to a limit.
#[must_use]
pub fn explore(model: &Model, limits: Limits) -> Graph {
    let mut search = Search::new(model, limits);
    while let Progress::More(_) = search.advance(Budget(u32::MAX)) {}
    search.finish()
}
