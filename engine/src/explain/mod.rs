//! What the explored graph knows of a race: fates, counts, the window, witnesses, a nearest good schedule; and, by exploring variants, protections and placements. Imports explore, race, schedule, state and trace, never a view or a screen.
//!
//! Everything here is exact over the whole graph and nothing is sampled. A graph that a limit cut short
//! never gives an answer that more states could overturn: it gives *unknown* or [`Incomplete`].

mod asked;
mod count;
mod course;
mod enough;
mod fate;
mod flow;
mod nearest;
mod order;
#[cfg(feature = "cards")]
mod placements;
mod protections;
mod transitions;
mod tried;
mod window;
mod witness;

pub use asked::{AskedError, asked};
pub use count::{Count, Counts};
pub use course::{Course, Prefix};
pub use enough::Enough;
pub use fate::{Fate, Fates, Tally};
pub use nearest::{MOST_SWAPPED, Nearest, Swap, nearest_good};
pub use order::{Event, Time};
#[cfg(feature = "cards")]
pub use placements::{Gap, placements};
pub use protections::{
    Choice, MOST_CHOICES, Protection, Protections, ProtectionsError, protections,
};
pub use transitions::{Incomplete, MOST_STATES, Reached, Transition, Transitions};
pub use tried::{Failure, Tried};
pub use window::{Comes, Order, Window, failures, window};
pub use witness::{Happening, find};
