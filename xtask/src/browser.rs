//! Chromium and its driver, which the tests need.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::run::exists;
use crate::{Error, Result, debian};

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
    if !debian::may_install() {
        return Err(Error::Missing { program: DRIVER, remedy: REMEDY });
    }
    debian::install("Chromium and its driver", &PACKAGES)
}

/// The browsers that tests may run in and their drivers, there or not, and what makes each tell its version.
pub(crate) fn programs() -> Vec<(OsString, &'static str)> {
    let names = ["chromium", "google-chrome", DRIVER, "firefox", "geckodriver"];
    names.map(|name| (name.into(), "--version")).into()
}

/// Where the driver lies, since not everything that starts it looks in `PATH`.
pub(crate) fn driver() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        env::split_paths(&path).map(|folder| folder.join(DRIVER)).find(|path| path.is_file());
    found.ok_or(Error::Missing { program: DRIVER, remedy: REMEDY })
}
