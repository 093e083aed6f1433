//! Builds the released page into `dist`, unless it is there already.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::record::{Fingerprint, Record};
use crate::run::{cargo, program, run};
use crate::{Result, lean, project, tools};

/// What the page is made from.
const SOURCES: [&str; 13] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "embed.html",
    "engine",
    "interchange",
    "permalink",
    "frontend",
    "instrument",
    "vendor",
    // How it is built.
    "xtask/src/dist.rs",
    "xtask/src/lean.rs",
];

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
    // What the standard library is made of, too: trunk is offline.
    run(compiling(cargo().args(["fetch", "--locked", "--target", tools::WASM])))?;
    // Offline, since trunk would fetch tools of its own choice otherwise.
    let mut trunk = program("trunk");
    run(compiling(trunk.args(["build", "--release", "--offline"])))?;
    let pack =
        ["run", "--quiet", "--package", "racewalk-interchange", "--bin", "pack-library", "--"];
    run(cargo().args(pack).arg(project::dist()))?;
    lean::make(&project::dist())?;
    record.write(&built(&sources)?, "")
}

/// How the page is compiled: with a standard library of its own, where that can be built.
///
/// In that library a panic is a trap and nothing else, and `Debug` prints nothing: what a reader sees may not
/// be made of it. The text of panics and the places in the source would
/// be a fourteenth of the download; the page tells of a trap all the same (`frontend/scripts/start.js`).
fn compiling(command: &mut Command) -> &mut Command {
    let mut flags = without_home();
    if tools::has_std_source() {
        flags.push_str(" -Zunstable-options -Cpanic=immediate-abort");
        flags.push_str(" -Zlocation-detail=none -Zfmt-debug=none");
        command
            // A stable compiler builds its own standard library when it is told so like this only.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
    }
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
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
