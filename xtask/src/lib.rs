//! What `cargo xtask` can do: build, serve, test and measure Racewalk, with the tools it needs.

#![expect(clippy::print_stdout, reason = "a command tells its user what it is doing")]

pub mod bench;
pub mod book;
pub mod browser;
pub mod check_sources;
mod compress;
pub mod conformance;
mod debian;
pub mod dist;
pub mod documents;
mod error;
mod growth;
mod lean;
mod licences;
pub mod lighthouse;
pub mod pan;
pub mod project;
mod record;
pub mod release;
mod run;
pub mod screenshots;
pub mod serve;
pub mod single_file;
pub mod site;
pub mod size;
mod sphinx;
mod stage;
pub mod tally;
pub mod test;
pub mod tools;
mod wasm;

pub use error::Error;

/// What every part of `cargo xtask` returns.
pub type Result<T = ()> = std::result::Result<T, Error>;
