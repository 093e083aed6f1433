//! Builds the released page into `dist`, unless it is there already.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{cargo, output, program, run};
use crate::{Error, Result, lean, project, tools};

/// What the page is made from.
const SOURCES: [&str; 7] =
    ["Cargo.toml", "Cargo.lock", "Trunk.toml", "index.html", "engine", "language", "frontend"];

/// Folders of these that are no part of the page.
const APART: [&str; 2] = ["tests", "benches"];

/// Builds `dist` with trunk if its sources changed since it was built.
pub fn build() -> Result {
    tools::ensure()?;
    let sources = sources()?;
    if is_built_from(&sources)? {
        return Ok(());
    }
    println!("Building the page …");
    // What the standard library is made of, too: trunk is offline.
    run(compiling(cargo().args(["fetch", "--locked", "--target", tools::WASM])))?;
    // Offline, since trunk would fetch tools of its own choice otherwise.
    let mut trunk = program("trunk");
    run(compiling(trunk.args(["build", "--release", "--offline"])))?;
    lean::make(&project::dist())?;
    let stamp = stamp();
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    fs::write(&stamp, record(&sources)?).map_err(Error::file(&stamp))
}

/// How the page is compiled: with a standard library of its own, where that can be built.
///
/// In that library a panic is a trap and nothing else. The text of panics and the places in the source would
/// be a fourteenth of the download; the page tells of a trap all the same (`frontend/race-walk.js`).
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
    let mut hash = DefaultHasher::new();
    tools::versions().hash(&mut hash);
    without_home().hash(&mut hash);
    for source in SOURCES {
        hash_into(&project::root().join(source), &mut hash)?;
    }
    Ok(format!("{:016x}", hash.finish()))
}

fn is_built_from(sources: &str) -> Result<bool> {
    let built = fs::read_to_string(stamp()).unwrap_or_default();
    Ok(!built.is_empty() && project::dist().is_dir() && built == record(sources)?)
}

/// Names the page's parts too: somebody may have built another page by hand since.
fn record(sources: &str) -> Result<String> {
    let mut hash = DefaultHasher::new();
    hash_into(&project::dist(), &mut hash)?;
    let rustc = output(program("rustc").arg("--version")).unwrap_or_default();
    Ok(format!("{sources} {:016x} {rustc}", hash.finish()))
}

fn stamp() -> PathBuf {
    project::target().join("xtask").join("dist-is-built-from")
}

fn hash_into(path: &Path, hash: &mut impl Hasher) -> Result {
    if path.is_dir() {
        for entry in entries(path)? {
            if !APART.iter().any(|apart| entry.ends_with(apart)) {
                hash_into(&entry, hash)?;
            }
        }
    } else {
        path.hash(hash);
        fs::read(path).map_err(Error::file(path))?.hash(hash);
    }
    Ok(())
}

/// What a folder holds, in an order that does not depend on the file system.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).map_err(Error::file(folder))?;
    let mut paths = Vec::new();
    for entry in listed {
        paths.push(entry.map_err(Error::file(folder))?.path());
    }
    paths.sort();
    Ok(paths)
}
