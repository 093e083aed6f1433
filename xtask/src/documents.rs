//! The documents that the browser tests open: a plain page, a book and a Sphinx project, each built by its own
//! tool, with the released element beside it; once with a stylesheet of its own, once with a hostile one.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::record::{Fingerprint, Record};
use crate::run::{build_programs, program, run};
use crate::{Error, Result, project, sphinx, tools};

/// The stylesheets that the documents are built with: `e2e/documents/<name>.css`, and a folder for each.
pub const STYLES: [&str; 2] = ["friendly", "hostile"];

/// Where the element lies in each document, as its pages name it.
const ELEMENT: &str = "racewalk";

/// What the documents are made from, besides the page.
const SOURCES: [&str; 6] =
    ["Cargo.lock", "cli", "e2e/documents", "engine", "integrations", "xtask/src/documents.rs"];

/// Builds them into `target/documents/<style>/<document>`, unless they are there; `dist` has to be.
///
/// # Errors
/// A tool that cannot be had, or a document that it does not build.
pub fn build() -> Result<PathBuf> {
    // Tests ask side by side, and the first builds.
    static BUILDING: Mutex<()> = Mutex::new(());
    let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let into = project::target().join("documents");
    let record = Record::of("documents");
    let sources = sources()?;
    if record.note(&sources).is_some() && into.is_dir() {
        return Ok(into);
    }
    record.forget()?;
    if into.is_dir() {
        fs::remove_dir_all(&into).map_err(Error::file(&into))?;
    }
    tools::ensure_book()?;
    let python = sphinx::ensure(sphinx::VERSION)?;
    build_programs()?;
    for style in STYLES {
        let folder = into.join(style);
        plain(style, &folder)?;
        book(style, &folder)?;
        sphinx_project(style, &folder, &python)?;
    }
    record.write(&sources, "")?;
    Ok(into)
}

/// A page that somebody has written by hand, with the pictures that `racewalk render` draws.
fn plain(style: &str, folder: &Path) -> Result {
    let page = folder.join("plain");
    project::copy(&fixture("plain"), &page)?;
    dress(style, &page)?;
    run(with_programs("racewalk").arg("render").arg(&page).stdout(std::io::stderr()))?;
    project::copy(&project::dist(), &page.join(ELEMENT))
}

fn book(style: &str, folder: &Path) -> Result {
    let (source, built) = (folder.join("mdbook-source"), folder.join("mdbook"));
    project::copy(&fixture("mdbook"), &source)?;
    dress(style, &source)?;
    run(with_programs("mdbook").arg("build").arg(&source).arg("--dest-dir").arg(&built))?;
    project::copy(&project::dist(), &built.join(ELEMENT))
}

fn sphinx_project(style: &str, folder: &Path, python: &Path) -> Result {
    let (source, built) = (folder.join("sphinx-source"), folder.join("sphinx"));
    project::copy(&fixture("sphinx"), &source)?;
    let files = source.join("_static");
    project::copy(&project::dist(), &files.join(ELEMENT))?;
    dress(style, &files)?;
    let mut build = with_programs(python);
    build.env("PYTHONPATH", project::root().join("integrations/sphinx"));
    // A warning is a mistake.
    build.args(["-B", "-m", "sphinx", "-q", "-W", "-b", "html"]);
    run(build.arg(&source).arg(&built))
}

/// Puts the stylesheet that the document links into a folder of it.
fn dress(style: &str, folder: &Path) -> Result {
    let from = fixture(&format!("{style}.css"));
    fs::copy(&from, folder.join("page.css")).map(drop).map_err(Error::file(&from))
}

fn fixture(name: &str) -> PathBuf {
    project::root().join("e2e/documents").join(name)
}

/// A program that finds the project's own, as cargo has just built them.
fn with_programs(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let path = tools::path();
    let built = project::target().join("debug");
    let all = std::iter::once(built).chain(env::split_paths(&path));
    let path = env::join_paths(all).unwrap_or(path.clone());
    // What is started is looked for in this program's own PATH, not in the one that it gets.
    let found = env::split_paths(&path).map(|it| it.join(name.as_ref())).find(|it| it.is_file());
    let mut command = found.map_or_else(|| program(name.as_ref()), program);
    command.env("PATH", path);
    command
}

fn sources() -> Result<String> {
    let versions = (tools::book_version(), sphinx::VERSION);
    let mut all = Fingerprint::default().fact(&versions).files(&project::dist(), &[])?;
    for source in SOURCES {
        all = all.files(&project::root().join(source), &["tests", "benches", "__pycache__"])?;
    }
    Ok(all.finish())
}
