//! The instrument: the set of all schedules of a race, drawn, and taken hold of. All that decides anything is pure; only what is compiled for a browser knows one.
//!
//! The page tells it where the reader is by the link to there ([`racewalk_permalink`]), and is told a schedule back.

pub mod axes;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod census;
pub mod geometry;
pub mod grid;
pub mod lineup;
pub mod pull;
pub mod survey;
pub mod tried;
pub mod words;
