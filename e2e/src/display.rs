//! A display that nobody sees, for a browser that cannot do without one. Each has its own: where two share one, a window
//! that opens takes the pointer from the other.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::{Error, Result};

const PROGRAM: &str = "Xvfb";

/// A display; it ends when this is dropped.
pub(crate) struct Display {
    process: Child,
    /// As `DISPLAY` wants it.
    pub(crate) name: String,
}

impl Display {
    /// Starts one under a number that is free.
    pub(crate) fn start() -> Result<Self> {
        let start = |source| Error::Start { program: PROGRAM, source };
        let mut command = Command::new(PROGRAM);
        command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
        let mut process =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(start)?;
        let mut number = String::new();
        // It writes the number once it listens; one that ends writes none.
        if let Some(told) = process.stdout.take() {
            BufReader::new(told).read_line(&mut number).map_err(start)?;
        }
        Ok(Self { process, name: format!(":{}", number.trim()) })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
