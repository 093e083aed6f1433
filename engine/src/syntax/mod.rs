//! From the text of a race to its tree, and to messages that a newcomer can act on.

pub mod diagnostic;
pub(crate) mod packed;
#[cfg(feature = "language")]
mod parser;
#[cfg(feature = "render")]
pub mod render;
pub mod span;
#[cfg(test)]
mod tests;
pub mod tree;

#[cfg(feature = "language")]
pub use parser::{Parsed, parse};

/// The longest text that is read, in bytes: 1 MB.
pub const MAX_BYTES: usize = 1 << 20;
