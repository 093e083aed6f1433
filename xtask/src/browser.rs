//! Chromium and its driver, which the tests need.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::Command;

use crate::run::{exists, output, run};
use crate::{Error, Result};

/// The driver that speaks WebDriver for Chromium.
const DRIVER: &str = "chromedriver";

/// Debian's packages of both, and letters to draw a page with.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];

const REMEDY: &str = "the browser tests need Chromium and its driver; install both, on Debian with \
                      `sudo apt-get install chromium chromium-driver`";

/// Installs Chromium and its driver from Debian's packages, where that can be done.
pub(crate) fn ensure() -> Result {
    if exists(DRIVER) && (exists("chromium") || exists("google-chrome")) {
        return Ok(());
    }
    if !may_install() {
        return Err(Error::Missing { program: DRIVER, remedy: REMEDY });
    }
    println!("Installing Chromium and its driver from Debian's packages …");
    let install = run(apt().args(["update", "-qq"])).and_then(|()| {
        run(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(PACKAGES))
    });
    install.map_err(|source| Error::Install {
        tool: "Chromium".to_owned(),
        source: Box::new(source),
        by_hand: format!("apt-get install {}", PACKAGES.join(" ")),
    })
}

/// Where the driver lies, since not everything that starts it looks in `PATH`.
pub(crate) fn driver() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        env::split_paths(&path).map(|folder| folder.join(DRIVER)).find(|path| path.is_file());
    found.ok_or(Error::Missing { program: DRIVER, remedy: REMEDY })
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    // It must not wait for an answer that nobody gives, and its chatter is no result.
    apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(io::stderr());
    apt
}

fn may_install() -> bool {
    let user = output(Command::new("id").arg("-u"));
    exists("apt-get") && user.is_some_and(|id| id.trim() == "0")
}
