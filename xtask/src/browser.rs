//! The browsers of the tests, and their drivers: Chromium always, others where they are asked for.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::run::{cargo, exists};
use crate::{Error, Result, debian, tools};

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

/// Chromium under both of its names and its driver, there or not, and what makes each tell its version.
pub(crate) fn programs() -> Vec<(OsString, &'static str)> {
    let names = ["chromium", "google-chrome", DRIVER];
    names.map(|name| (name.into(), "--version")).into()
}

/// Where the driver lies, since not everything that starts it looks in `PATH`.
pub(crate) fn driver() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        env::split_paths(&path).map(|folder| folder.join(DRIVER)).find(|path| path.is_file());
    found.ok_or(Error::Missing { program: DRIVER, remedy: REMEDY })
}

/// A browser that the tests run in besides, with its driver.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Other {
    /// Firefox ESR, by geckodriver.
    Firefox,
    /// WebKitGTK's small browser, by WebKitWebDriver, on a display that nobody sees.
    WebKit,
}

impl Other {
    pub(crate) const ALL: [Self; 2] = [Self::Firefox, Self::WebKit];

    /// What the tests call it.
    fn name(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// How a stage of its tests of the page is headed, and called in the records.
    pub(crate) fn page_stage(self) -> [&'static str; 2] {
        match self {
            Self::Firefox => ["the page, in Firefox", "page-tests-firefox"],
            Self::WebKit => ["the page, in WebKit", "page-tests-webkit"],
        }
    }

    /// The same of its tests of the single file.
    pub(crate) fn single_file_stage(self) -> [&'static str; 2] {
        match self {
            Self::Firefox => ["the single file, in Firefox", "single-file-tests-firefox"],
            Self::WebKit => ["the single file, in WebKit", "single-file-tests-webkit"],
        }
    }

    /// Installs it and its driver, where that can be done.
    pub(crate) fn ensure(self) -> Result {
        let (wanted, packages): (&[&'static str], &[&str]) = match self {
            Self::Firefox => (&["firefox"], &["firefox-esr"]),
            Self::WebKit => (&["WebKitWebDriver", "Xvfb"], &["webkit2gtk-driver", "xvfb"]),
        };
        if let Some(missing) = wanted.iter().find(|it| !exists(it)) {
            if !debian::may_install() {
                let remedy = "the tests in all browsers need it; on Debian it comes with `sudo apt-get \
                              install firefox-esr webkit2gtk-driver xvfb`";
                return Err(Error::Missing { program: missing, remedy });
            }
            debian::install(self.name(), packages)?;
        }
        match self {
            Self::Firefox => tools::ensure_firefox_driver(),
            Self::WebKit => Ok(()),
        }
    }

    /// It and its driver, and what makes each tell its version.
    pub(crate) fn programs(self) -> Vec<(OsString, &'static str)> {
        let names: &[&str] = match self {
            Self::Firefox => &["firefox", "geckodriver"],
            Self::WebKit => &["WebKitWebDriver"],
        };
        names.iter().map(|name| (name.into(), "--version")).collect()
    }

    /// Cargo, whose tests will run in it.
    pub(crate) fn cargo(self) -> Command {
        let mut command = cargo();
        command.env("RACEWALK_BROWSER", self.name());
        command
    }
}
