//! `racewalk` as a program: what it prints, what it returns, and what it says to bad input.

mod bad_input;
mod explain;
mod export;
mod figures;
mod kernel_rows;
mod list;
mod render;
mod schemas;
mod sweep;
mod table_back;
mod tables;

use snapbox::cmd::{Command, OutputAssert};

/// A race with a deadlock, among those that the engine is tested with.
pub(crate) const PHILOSOPHERS: &str = "../../../../engine/tests/races/philosophers.race";

/// Runs it with these arguments, in the folder of the tests' races.
pub(crate) fn racewalk(args: &[&str]) -> OutputAssert {
    command(args).assert()
}

pub(crate) fn command(args: &[&str]) -> Command {
    let races = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/races");
    Command::new(snapbox::cmd::cargo_bin!("racewalk")).args(args).current_dir(races)
}

/// Its standard output as JSON.
#[track_caller]
pub(crate) fn json(assert: &OutputAssert) -> serde_json::Value {
    serde_json::from_slice(&assert.get_output().stdout).expect("one JSON document")
}
