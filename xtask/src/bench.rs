//! `cargo xtask bench`: what exploring costs, natively and in the browser, and what an element costs a reader;
//! printed from one run.

use std::fs::File;

use crate::run::{cargo, run};
use crate::{Error, Result, browser, dist, growth, pan, project};

/// Runs the engine's benchmark, sets SPIN and Stateright beside it, draws for the book how races grow, then runs the released page's and its element's
/// unless it is all to be `native`.
pub fn bench(native: bool) -> Result {
    run(cargo().args(["bench", "--quiet", "--package", "racewalk-engine", "--bench", "explore"]))?;
    println!();
    pan::compare()?;
    pan::compare_reduced()?;
    println!();
    beside_stateright()?;
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
    for part in ["interactions", "searches", "embeds"] {
        println!();
        run(cargo().args(["run", "--quiet", "--package", "racewalk-e2e", "--bin", part]))?;
    }
    Ok(())
}

/// The races that are searched by the engine and by Stateright: of one word, then of two, and the library's largest.
const BESIDE_STATERIGHT: [&str; 5] = [
    "engine/benches/models/peterson4.race",
    "engine/benches/models/peterson5.race",
    "engine/benches/models/philosophers9.race",
    "engine/benches/models/philosophers10.race",
    "ram-unplug walkers=4",
];

/// Prints states per second of the engine and of Stateright's breadth-first search of the same compiled models, one
/// thread each; fails where they find different states.
fn beside_stateright() -> Result {
    let program = ["run", "--quiet", "--release", "--package", "racewalk-stateright", "--"];
    run(cargo().args(program).args(BESIDE_STATERIGHT))
}
