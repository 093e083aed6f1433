//! `racewalk`: the engine in a terminal and in CI.

mod args;
mod check;
mod error;
mod explain;
mod export;
mod list;
mod output;
mod render;
mod replay;
mod source;
mod sources;
mod sweep;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use error::Error;
use output::Output;

/// What a command came to. Exit status 2 is bad input, for every command and for clap too.
#[derive(Clone, Copy)]
pub(crate) enum Status {
    /// Done; for `check`: safe.
    Fine = 0,
    /// `check` found a failure.
    Violated = 1,
    /// `check`, `explain`, or a combination of `sweep`, was stopped by a limit.
    Incomplete = 3,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = BufWriter::new(Output::new(io::stdout().lock()));
    let status = match args.command {
        Command::List(it) => list::run(&it, &mut out),
        Command::Check(it) => check::run(&it, &mut out),
        Command::Explain(it) => explain::run(&it, &mut out),
        Command::Sweep(it) => sweep::run(&it, &mut out),
        Command::Replay(it) => replay::run(&it, &mut out),
        Command::Export(it) => export::run(&it, &mut out),
        Command::Render(it) => render::run(&it, &mut out),
        Command::Sources(it) => sources::run(&it, &mut out),
    };
    // What was written before an error stands.
    let status = match (status, out.flush().map_err(Error::Output)) {
        (Ok(_), Err(error)) => Err(error),
        (status, _) => status,
    };
    match status {
        Ok(status) => ExitCode::from(status as u8),
        Err(error) => {
            // Where even that cannot be written there is nobody to tell.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(error.status())
        }
    }
}
