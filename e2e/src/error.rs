//! What can go wrong between a test and the page.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use thirtyfour::error::WebDriverError;

/// Why a test could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The browser, or its driver, refused.
    #[error(transparent)]
    Driver(Box<WebDriverError>),
    /// The driver's program did not start.
    #[error("{program} could not be started: {source}")]
    Start {
        /// The program.
        program: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// What was waited for did not come.
    #[error("waited in vain for {what}; last seen: {seen}")]
    Timeout {
        /// What was waited for.
        what: String,
        /// What was there instead.
        seen: String,
    },
    /// The page has not been built.
    #[error("{} holds no page: `cargo xtask test` builds it first", .0.display())]
    NotBuilt(PathBuf),
    /// The page could not be served.
    #[error(transparent)]
    Site(#[from] racewalk_xtask::Error),
    /// This browser cannot be driven to do that.
    #[error("{browser} cannot {what}")]
    NotOffered {
        /// The browser.
        browser: crate::Browser,
        /// What was asked of it.
        what: &'static str,
    },
    /// A browser or a key of this name is not known.
    #[error("{what} `{name}` is not known")]
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// The name that was given.
        name: String,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// How a program ends: without a word, or with what went wrong.
pub fn ended(outcome: crate::Result) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

impl From<WebDriverError> for Error {
    fn from(error: WebDriverError) -> Self {
        Self::Driver(Box::new(error))
    }
}
