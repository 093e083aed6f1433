//! A browser's driver: a program of its own, which runs as long as a test.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::display::Display;
use crate::{Browser, Error, Result};

const START: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// A running driver.
pub(crate) struct Driver {
    process: Child,
    port: u16,
    _display: Option<Display>,
}

impl Driver {
    /// Starts a browser's driver at a free port, and waits until it listens.
    pub(crate) fn start(browser: Browser) -> Result<Self> {
        let program = browser.driver();
        let start = |source| Error::Start { program, source };
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(start)?;
        let port = free.local_addr().map_err(start)?.port();
        drop(free);
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let display = browser.needs_display().then(Display::start).transpose()?;
        if let Some(display) = &display {
            command.env("DISPLAY", &display.name);
        }
        let process = command.spawn().map_err(start)?;
        let driver = Self { process, port, _display: display };

        let deadline = Instant::now() + START;
        while let Err(source) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            if Instant::now() > deadline {
                return Err(start(source));
            }
            thread::sleep(LOOK);
        }
        Ok(driver)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
