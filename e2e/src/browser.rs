//! The browsers that the tests can drive.

use std::env;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use crate::{Error, Result};

/// A browser, with the driver that speaks W3C WebDriver for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's small browser, by WebKitWebDriver; it needs a display.
    WebKit,
}

/// Keeps Chromium from calling anybody: only this machine has an address.
const CHROMIUM_ARGUMENTS: [&str; 11] = [
    "--headless",
    "--window-size=1280,900",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

impl Browser {
    /// The one that `RACEWALK_BROWSER` names; Chromium where it names none.
    pub fn from_env() -> Result<Self> {
        env::var("RACEWALK_BROWSER").map_or(Ok(Self::Chromium), |name| name.parse())
    }

    /// The program that drives it.
    pub(crate) fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        }
    }

    /// Whether it cannot do without a display.
    pub(crate) fn needs_display(self) -> bool {
        self == Self::WebKit
    }

    /// What a new session asks for.
    pub(crate) fn capabilities(self) -> Result<Capabilities> {
        let mut capabilities = Capabilities::new();
        for (name, value) in self.wishes() {
            capabilities.set(name, value)?;
        }
        Ok(capabilities)
    }

    fn wishes(self) -> Vec<(&'static str, Value)> {
        match self {
            Self::Chromium => vec![
                ("browserName", json!("chrome")),
                ("goog:chromeOptions", json!({ "args": CHROMIUM_ARGUMENTS })),
                // The console, which W3C WebDriver alone does not tell.
                ("goog:loggingPrefs", json!({ "browser": "ALL" })),
            ],
            Self::Firefox => vec![
                ("browserName", json!("firefox")),
                (
                    "moz:firefoxOptions",
                    json!({ "args": ["-headless", "-width", "1280", "-height", "900"] }),
                ),
            ],
            Self::WebKit => vec![("webkitgtk:browserOptions", mini_browser())],
        }
    }
}

/// WebKit's driver drives this one, which Debian keeps in a folder named after the machine.
fn mini_browser() -> Value {
    let folder = format!("/usr/lib/{}-linux-gnu/webkit2gtk-4.1/MiniBrowser", env::consts::ARCH);
    let found = Path::new(&folder).is_file();
    if found { json!({ "binary": folder, "args": ["--automation"] }) } else { json!({}) }
}

impl FromStr for Browser {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "chromium" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" => Ok(Self::WebKit),
            _ => Err(Error::Unknown { what: "browser", name: name.to_owned() }),
        }
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}
