//! `cargo xtask`: the project's own commands.

#![expect(clippy::print_stdout, reason = "a command tells its user what it found")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use racewalk_xtask::conformance::Choice;
use racewalk_xtask::tally::Tally;
use racewalk_xtask::test::Wish;
use racewalk_xtask::{
    bench, book, check_sources, conformance, dist, lighthouse, project, release, screenshots,
    serve, single_file, size, test,
};

/// Builds, serves and tests Racewalk, and installs into .tools what that needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page and serve it at 127.0.0.1
    Serve {
        /// Open it in a browser
        #[arg(long)]
        open: bool,
        /// The port to serve at
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Run every check and every test
    Test {
        /// Run what is unchanged since it passed, too
        #[arg(long)]
        again: bool,
        /// Try the Sphinx extension with every version of Sphinx that it is said to work with
        #[arg(long)]
        all_sphinx: bool,
        /// Try the page in Firefox and WebKit, too
        #[arg(long)]
        all_browsers: bool,
    },
    /// Ask SPIN the same about every choice of knobs of every race, and compare
    Conformance {
        /// Only about so many that any two values of any two knobs meet, as `test` does
        #[arg(long)]
        covering: bool,
    },
    /// Put the page, licences included, into the next folder `v<N>` for any static host
    Dist {
        /// Where the releases lie beside each other
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// Make one `racewalk.html` that a browser opens from a disk
    SingleFile {
        /// Where to put it
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// Print what a reader of the page downloads; fail where it is too much
    Size,
    /// Print what exploring costs, natively and in the browser
    Bench {
        /// Only natively
        #[arg(long)]
        native: bool,
    },
    /// Print what Lighthouse says of the page on a phone, five times
    Lighthouse,
    /// Build the book into target/book
    Book,
    /// Check that every function of the kernel that the library cites is where it says
    CheckSources {
        /// Unpacked kernel sources, one folder for each version
        #[arg(long = "tree", required = true, num_args = 1.., value_name = "DIR")]
        trees: Vec<PathBuf>,
    },
    /// Photograph the page: `cargo xtask screenshots --help` tells more
    #[command(disable_help_flag = true)]
    Screenshots {
        /// Handed on
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let mut tally = None;
    let done = match Arguments::parse().command {
        Command::Serve { open, port } => serve::serve(port, open),
        Command::Test { again, all_sphinx, all_browsers } => {
            let wish = Wish { again, all_sphinx, all_browsers };
            test::test(wish, tally.insert(Tally::default()))
        }
        Command::Conformance { covering: false } => conformance::conformance(Choice::Every),
        Command::Conformance { covering: true } => conformance::conformance(Choice::Covering),
        Command::Dist { into } => {
            release::release(&into.unwrap_or_else(|| project::target().join("releases")))
        }
        Command::SingleFile { into } => {
            single_file::single_file(&into.unwrap_or_else(project::target)).map(drop)
        }
        Command::Size => dist::build().and_then(|()| size::size()),
        Command::Bench { native } => bench::bench(native),
        Command::Lighthouse => lighthouse::lighthouse(),
        Command::Book => book::book(),
        Command::CheckSources { trees } => check_sources::check_sources(&trees),
        Command::Screenshots { arguments } => screenshots::screenshots(&arguments),
    };
    if let Err(error) = &done {
        eprintln!("\n{error}");
    }
    // Alone on the last line, whatever happened.
    if let Some(mut tally) = tally {
        // What could not even be run has failed too.
        tally.failed = tally.failed.max(u64::from(done.is_err()));
        println!("\n{tally}");
    }
    if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
