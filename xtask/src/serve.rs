//! `cargo xtask serve`: the released page at an address of this machine, built again as it changes.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::site::Site;
use crate::{Result, dist, project};

/// How long a change of the source may go unseen.
const LOOK: Duration = Duration::from_millis(500);

/// Builds and serves until it is interrupted.
pub fn serve(port: u16, open: bool) -> Result {
    dist::build()?;
    let site = Site::start(project::dist(), port)?;
    let url = site.url();
    println!("Racewalk is at {url} (Ctrl-C ends it; a change in the source builds it again)");
    if open && !open_browser(&url) {
        println!("No browser could be opened from here; open {url} by hand.");
    }
    let mut seen = dist::sources()?;
    loop {
        thread::sleep(LOOK);
        // A file may be gone for a moment while an editor saves it.
        let Ok(now) = dist::sources() else { continue };
        if now != seen {
            match dist::build() {
                Ok(()) => println!("Built; reload the page."),
                Err(error) => println!("{error}; the page stays as it was."),
            }
            seen = now;
        }
    }
}

fn open_browser(url: &str) -> bool {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(url).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success() || cfg!(windows))
}
