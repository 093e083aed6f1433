//! What can go wrong, each in a sentence that says what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why a command of `cargo xtask` stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the project could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file, or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A program is not on this machine.
    #[error("{program} is not on this machine: {remedy}")]
    Missing {
        /// The program.
        program: &'static str,
        /// How to install it.
        remedy: &'static str,
    },
    /// A program could not be started.
    #[error("{program} could not be started: {source}")]
    Start {
        /// The program.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A program ran and failed.
    #[error("`{command}` failed ({status})")]
    Failed {
        /// The program and its arguments.
        command: String,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// A tool could not be installed.
    #[error("{tool} could not be installed: {source}; install it by hand with `{by_hand}`")]
    Install {
        /// The tool and its version.
        tool: String,
        /// What went wrong.
        source: Box<Error>,
        /// The command that installs it.
        by_hand: String,
    },
    /// A program's report is not what it is taken for.
    #[error("{program} reports something else than expected: {source}")]
    Report {
        /// The program.
        program: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The port is in use, or not allowed.
    #[error("127.0.0.1:{port} cannot be served: {source}; choose another with --port")]
    Port {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// A download is larger than it may be.
    #[error("{what} is {actual} bytes as brotli, {} over its limit of {limit}", actual - limit)]
    TooLarge {
        /// Which.
        what: &'static str,
        /// The whole download as brotli.
        actual: u64,
        /// What it may be.
        limit: u64,
    },
    /// Tests of the engine would not run in a browser.
    #[error("{}: its tests do not run in a browser; import there\n{import}", path.display())]
    NotInBrowser {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        import: &'static str,
    },
    /// A folder does not say which kernel it holds.
    #[error("{}: its Makefile names no version of the kernel; unpack a kernel's source there", tree.display())]
    NoKernel {
        /// The folder.
        tree: PathBuf,
    },
    /// Functions that the library cites are not where it says.
    #[error("{missing} citations do not hold")]
    Citations {
        /// How many.
        missing: usize,
    },
    /// A program's JSON could not be read.
    #[error("{what}: {source}")]
    Json {
        /// The program.
        what: &'static str,
        /// Why not.
        source: serde_json::Error,
    },
    /// A program answered what nobody expected.
    #[error("{program} answered what is not understood: {reason}")]
    Answer {
        /// The program.
        program: &'static str,
        /// What is wrong with its answer.
        reason: String,
    },
    /// The engine and SPIN disagree.
    #[error("the engine and SPIN disagree about {count} models, first about\n{first}")]
    Disagree {
        /// About how many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// A release was changed after it was made.
    #[error("{}: it is not as it was released; a release never changes, so put back what was there", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Tests failed; they have said which themselves.
    #[error("the {0} did not pass")]
    Tests(&'static str),
}

impl Error {
    /// Says which file an error is about.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { path: path.to_path_buf(), source }
    }
}
