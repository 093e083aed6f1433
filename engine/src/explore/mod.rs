//! The search: every interleaving of a model, breadth first over distinct packed states, in slices. Imports ids, model, state and the schedule's type, never a text, a view or a race.

mod answer;
mod batch;
mod count;
mod graph;
mod lower;
mod natural;
mod prefetch;
mod program;
mod reduce;
mod search;
mod shortest;
mod table;
mod witness;

pub use answer::{Answer, End, Found, Verdict, answer};
pub use graph::{Edge, Graph, Target};
pub use natural::Natural;
pub use reduce::{Reduced, reduced};
pub use search::{Search, explore};
pub use witness::{Event, witness};

/// What a search may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Distinct states that it may keep.
    pub max_states: usize,
    /// Bytes that the states and the table that finds them may take. What else a search keeps is small:
    /// the first transitions, in less than 1 MiB, and the states at which something ends or breaks.
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
    /// [`Limits::max_states`], or the 3 * 2^30 states that the numbering has room for.
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
