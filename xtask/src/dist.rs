//! Builds the released page into `dist`, unless it is there already.

use std::path::{Path, PathBuf};

use crate::record::{Fingerprint, Record};
use crate::run::{program, run};
use crate::{Result, project, tools};

/// What the page is made from.
const SOURCES: [&str; 6] =
    ["Cargo.toml", "Cargo.lock", "Trunk.toml", "index.html", "engine", "frontend"];

/// Folders of these that are no part of the page.
const APART: [&str; 2] = ["tests", "benches"];

/// Builds `dist` with trunk if its sources changed since it was built.
pub fn build() -> Result {
    tools::ensure()?;
    let sources = sources()?;
    let record = Record::of("dist");
    if project::dist().is_dir() && record.note(&built(&sources)?).is_some() {
        return Ok(());
    }
    println!("Building the page …");
    // Offline, since trunk would fetch tools of its own choice otherwise.
    let mut trunk = program("trunk");
    trunk.args(["build", "--release", "--offline"]);
    run(trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_home()))?;
    record.write(&built(&sources)?, "")
}

/// Keeps the builder's own folders out of what a panic says, and so out of the page.
fn without_home() -> String {
    let home = std::env::var("CARGO_HOME").ok().map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let prefix = |path: &Path, name: &str| format!("--remap-path-prefix={}={name}", path.display());
    let project = prefix(&project::root(), ".");
    home.map_or(project.clone(), |home| format!("{project} {}", prefix(&home, "cargo")))
}

/// A fingerprint of all that the page is made from.
pub(crate) fn sources() -> Result<String> {
    let mut all = Fingerprint::default().fact(&tools::versions()).fact(&without_home());
    for source in SOURCES {
        all = all.files(&project::root().join(source), &APART)?;
    }
    Ok(all.finish())
}

/// Of the page's own parts too: somebody may have built another page by hand since.
fn built(sources: &str) -> Result<String> {
    let all = Fingerprint::default().fact(&sources).program("rustc".as_ref(), "--version");
    Ok(all.files(&project::dist(), &[])?.finish())
}
