//! `cargo xtask test`: every check, those that fail soonest first.

use crate::run::{cargo, run, run_tests};
use crate::tally::Tally;
use crate::{Error, Result, browser, conformance, dist, size, tools, wasm};

/// Runs every check until a kind of them fails, and counts what passed in `tally`.
pub fn test(tally: &mut Tally) -> Result {
    heading("formatting");
    tally.check(run(cargo().args(["fmt", "--all", "--check"])))?;

    heading("lints");
    tally.check(clippy(&["--workspace"]))?;
    tools::ensure_target()?;
    tally.check(clippy(&["--package", "racewalk-engine", "--target", tools::WASM]))?;
    tally.check(clippy(&["--package", "racewalk-frontend", "--target", tools::WASM]))?;
    tally.check(wasm::all_run_in_a_browser())?;

    heading("unit, property and doc tests");
    let native = ["test", "--workspace", "--exclude", "racewalk-e2e", "--no-fail-fast"];
    passed("native tests", run_tests(cargo().args(native), tally)?)?;

    heading("the same questions, asked of SPIN");
    tally.check(conformance::conformance(conformance::Choice::Covering))?;

    tools::ensure()?;
    browser::ensure()?;

    heading("the engine's tests, as wasm in a browser");
    passed("engine's tests in a browser", wasm::test(tally)?)?;

    heading("the page");
    tally.check(dist::build())?;
    tally.check(size::size())?;

    heading("the page, in a browser");
    let page = ["test", "--package", "racewalk-e2e", "--no-fail-fast"];
    passed("page's tests in a browser", run_tests(cargo().args(page), tally)?)
}

fn clippy(what: &[&str]) -> Result {
    run(cargo().arg("clippy").args(what).args(["--all-targets", "--", "--deny", "warnings"]))
}

fn heading(what: &str) {
    println!("\n── {what} ──");
}

fn passed(what: &'static str, passed: bool) -> Result {
    if passed { Ok(()) } else { Err(Error::Tests(what)) }
}
