//! Fonts that the tests bring, so that what is drawn is as wide on every machine: DejaVu, which `cargo xtask test` installs.

use std::fs;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use racewalk_xtask::project;
use serde_json::json;

use crate::{Error, Page, Result};

const FAMILIES: [&str; 3] = ["sans", "serif", "mono"];
const WEIGHTS: [&str; 2] = ["400", "700"];

/// From bytes, which no policy forbids; the page names its fonts in custom properties of these families.
const BRING: &str = r#"
    for (const { family, weight, data } of given)
        document.fonts.add(new FontFace(`Brought ${family}`, Uint8Array.from(atob(data), it => it.charCodeAt(0)), { weight }));
    addEventListener("DOMContentLoaded", () => {
        for (const { family } of given)
            document.documentElement.style.setProperty(`--${family}`, `"Brought ${family}"`);
    });
"#;

impl Page {
    /// Has every page loaded from now on use them.
    ///
    /// # Errors
    ///
    /// Where they are not installed, or this browser cannot be given them.
    pub fn bring_fonts(&self) -> Result {
        let mut given = Vec::new();
        for family in FAMILIES {
            for weight in WEIGHTS {
                let package = format!("node_modules/@fontsource/dejavu-{family}/files");
                let file = format!("dejavu-{family}-latin-{weight}-normal.woff2");
                let path = project::tools().join(package).join(file);
                let bytes = fs::read(&path).map_err(|source| Error::File { path, source })?;
                given.push(
                    json!({ "family": family, "weight": weight, "data": BASE64.encode(bytes) }),
                );
            }
        }
        self.before_load(&format!("{{ const given = {};{BRING}}}", json!(given)))
    }
}
