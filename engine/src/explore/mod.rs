//! The search: every interleaving of a model, breadth first over distinct packed states, in slices. Imports ids, model, state and the schedule's type, never a text, a view or a race.

mod answer;
mod count;
mod graph;
mod natural;
mod shortest;
mod table;
mod witness;

pub use answer::{Answer, End, Found, Verdict, answer};
pub use graph::{Edge, Graph, Target};
pub use natural::Natural;
pub use witness::{Event, witness};

use std::ops::Deref;

use crate::ids::ActorId;
use crate::model::Model;
use crate::schedule::Turn;
use crate::state::{self, Attempt};
use graph::Edges;
use table::Table;

/// What a search may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Distinct states that it may keep.
    pub max_states: usize,
    /// Bytes that states, table and transitions may take.
    pub max_bytes: usize,
}

impl Default for Limits {
    /// As many states as fit into 1 GiB.
    fn default() -> Self {
        Self { max_states: usize::MAX, max_bytes: 1 << 30 }
    }
}

/// The limit that stopped a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// [`Limits::max_states`], or the 2^32 - 2^16 states that the numbering has room for.
    States,
    /// [`Limits::max_bytes`], or memory that could not be had.
    Bytes,
}

/// How many states one slice of a search may expand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget(pub u32);

/// How far a search has come.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Stats {
    /// Distinct states found.
    pub states: usize,
    /// Of these, the ones whose steps are known.
    pub expanded: usize,
    /// Transitions found.
    pub transitions: usize,
    /// Steps from the initial state to the state that is expanded next.
    pub depth: usize,
    /// Bytes held.
    pub bytes: usize,
}

/// What a slice of a search came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Progress {
    /// There is more to do.
    More(Stats),
    /// Everything is explored, or a limit was met.
    Done(Stats),
}

/// An exact search in slices; its caller owns the time. The order of everything found is fixed by
/// the model alone.
pub struct Search<M> {
    model: M,
    core: Core,
}

impl<M: Deref<Target = Model>> Search<M> {
    /// A search that has found the initial state and expanded nothing.
    #[must_use]
    pub fn new(model: M, limits: Limits) -> Self {
        let core = Core::new(&model, limits);
        Self { model, core }
    }

    /// Expands at most `budget` states.
    pub fn advance(&mut self, budget: Budget) -> Progress {
        self.core.advance(&self.model, budget)
    }

    /// How far it has come.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.core.stats()
    }

    /// What was found. A search that is not done yet is as one that [`Limit::States`] stopped.
    #[must_use]
    pub fn finish(self) -> Graph {
        self.core.finish()
    }
}

/// The search without its model. It is not generic, so that it is compiled here, for speed, and not
/// where it is used, for size.
struct Core {
    limits: Limits,
    table: Table,
    edges: Edges,
    /// The first state of each depth.
    layers: Vec<u32>,
    /// Where the depth that is being expanded ends.
    layer_end: usize,
    /// The next state to expand.
    next: usize,
    /// The most transitions that a state can have.
    fan: usize,
    /// The state that is expanded, and one in which its steps are tried.
    here: Vec<u64>,
    there: Vec<u64>,
    stopped: Option<Limit>,
}

impl Core {
    fn new(model: &Model, limits: Limits) -> Self {
        let here = state::initial(model);
        let mut table = Table::new(here.len());
        let fan = model.actors.iter().map(|it| widest(model, it.steps.clone())).sum();
        table.insert(&here);
        let layers = vec![0];
        let there = here.clone();
        let edges = Edges::default();
        let (layer_end, next, stopped) = (1, 0, None);
        Self { limits, table, edges, layers, layer_end, next, fan, here, there, stopped }
    }

    fn advance(&mut self, model: &Model, budget: Budget) -> Progress {
        let mut left = budget.0;
        while left > 0 && !self.is_done() {
            left -= 1;
            if let Err(limit) = self.reserve().and_then(|()| self.expand(model)) {
                self.stopped = Some(limit);
            }
        }
        if self.is_done() { Progress::Done(self.stats()) } else { Progress::More(self.stats()) }
    }

    fn is_done(&self) -> bool {
        self.stopped.is_some() || self.next == self.table.len()
    }

    fn stats(&self) -> Stats {
        Stats {
            states: self.table.len(),
            expanded: self.next,
            transitions: self.edges.len(),
            depth: self.layers.len() - 1,
            bytes: self.table.bytes() + self.edges.bytes(),
        }
    }

    fn finish(self) -> Graph {
        let unfinished = (self.next < self.table.len()).then_some(Limit::States);
        let mut layers = self.layers;
        if self.layer_end < self.table.len() {
            layers.push(self.layer_end as u32);
        }
        let stopped = self.stopped.or(unfinished);
        let count = self.table.len();
        Graph::new(self.table.into_states(), self.edges, layers, self.next, stopped, count)
    }

    /// Makes room for whatever one state can lead to, so that nothing moves while it is expanded.
    fn reserve(&mut self) -> Result<(), Limit> {
        let most = u32::MAX as usize - (1 << 16);
        if self.table.len() + self.fan > most || self.edges.len() + self.fan > most {
            return Err(Limit::States);
        }
        let rest = self.limits.max_bytes.saturating_sub(self.edges.bytes());
        self.table.reserve(self.fan, rest)?;
        let rest = self.limits.max_bytes.saturating_sub(self.table.bytes());
        self.edges.reserve(self.fan, rest)
    }

    /// Finds every transition of the next state.
    fn expand(&mut self, model: &Model) -> Result<(), Limit> {
        let Self { table, edges, here, there, .. } = self;
        if self.next == self.layer_end {
            self.layers.push(self.next as u32);
            self.layer_end = table.len();
        }
        here.copy_from_slice(table.state(self.next));
        let mut full = false;
        if !state::is_complete(model, here) {
            'all: for actor in 0..model.actors.len() {
                let actor = ActorId(actor as u8);
                let Some(step) = state::next_step(model, here, actor) else { continue };
                for outcome in 0..model.steps[step.index()].outcomes.len() {
                    there.copy_from_slice(here);
                    let target = match state::execute(model, there, step, outcome, &mut ()) {
                        Attempt::NotEnabled => continue,
                        Attempt::Broken(broken) => Target::Violation(broken.violation),
                        Attempt::Done => match table.find(there) {
                            Ok(known) => Target::State(known),
                            Err(_) if table.len() >= self.limits.max_states => {
                                full = true;
                                break 'all;
                            }
                            Err(slot) => Target::State(table.add(slot, there)),
                        },
                    };
                    edges.push(Turn { actor, outcome: outcome as u8 }, target);
                }
            }
        }
        edges.end_row();
        if full {
            return Err(Limit::States);
        }
        self.next += 1;
        Ok(())
    }
}

/// Searches to the end, or to a limit.
#[must_use]
pub fn explore(model: &Model, limits: Limits) -> Graph {
    let mut search = Search::new(model, limits);
    while let Progress::More(_) = search.advance(Budget(u32::MAX)) {}
    search.finish()
}

/// The most outcomes that a line of a lane has.
fn widest(model: &Model, steps: std::ops::Range<u16>) -> usize {
    model.steps[usize::from(steps.start)..usize::from(steps.end)]
        .iter()
        .map(|it| it.outcomes.len())
        .max()
        .unwrap_or(0)
}
