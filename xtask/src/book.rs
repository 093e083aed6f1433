//! `cargo xtask book`: builds the book; what it says of a race, the engine is asked meanwhile.

use std::env;

use crate::run::{cargo, program, run};
use crate::{Error, Result, dist, project, tools};

/// Builds `book/` into `target/book`.
///
/// # Errors
/// A chapter that asks for what is not there, with its file and line.
pub fn book() -> Result {
    tools::ensure_book()?;
    run(cargo().args(["build", "--quiet", "--release", "--package", "racewalk-mdbook"]))?;
    // The preprocessor is found where cargo has built it.
    let built = project::target().join("release");
    let path = tools::path();
    let all = std::iter::once(built).chain(env::split_paths(&path));
    let path = env::join_paths(all).unwrap_or(path.clone());
    let into = project::target().join("book");
    run(program("mdbook")
        .env("PATH", path)
        .arg("build")
        .arg(project::root().join("book"))
        .arg("--dest-dir")
        .arg(&into))?;
    let index = into.join("index.html");
    if !index.is_file() {
        return Err(Error::Tests("building of the book"));
    }
    // What its races run on: book/theme/head.hbs loads it from there.
    dist::build()?;
    project::copy(&project::dist(), &into.join("racewalk"))?;
    println!("{}", index.display());
    Ok(())
}
