//! `cargo xtask bench`: what exploring costs, natively and in the browser, and what an element costs a reader;
//! printed from one run.

use std::fs::File;

use crate::run::{cargo, run};
use crate::{Error, Result, browser, dist, growth, pan, project};

/// Runs the engine's benchmark, sets SPIN beside it, draws for the book how races grow, then runs the released page's and its element's
/// unless it is all to be `native`.
pub fn bench(native: bool) -> Result {
    run(cargo().args(["bench", "--quiet", "--package", "racewalk-engine", "--bench", "explore"]))?;
    println!();
    pan::compare()?;
    pan::compare_reduced()?;
    println!();
    growth::growth()?;
    if native {
        return Ok(());
    }
    println!();
    dist::build()?;
    browser::ensure()?;
    let path = project::root().join("target/races.json");
    let file = File::create(&path).map_err(Error::file(&path))?;
    let list = ["run", "--quiet", "--package", "racewalk-cli", "--", "list", "--json"];
    run(cargo().args(list).stdout(file))?;
    let page = ["run", "--quiet", "--package", "racewalk-e2e", "--bin", "bench", "--", "--list"];
    run(cargo().args(page).arg(path))?;
    println!();
    run(cargo().args(["run", "--quiet", "--package", "racewalk-e2e", "--bin", "embeds"]))
}
