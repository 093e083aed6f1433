//! `cargo xtask test`: every check, those that fail soonest first.

use crate::run::{cargo, run, run_tests};
use crate::stage::{Files, Stage};
use crate::tally::Tally;
use crate::{Error, Result, browser, conformance, dist, project, single_file, size, tools, wasm};

/// Runs every check until a kind of them fails, and counts what passed in `tally`: also what passed
/// before and is unchanged since, unless everything is to run `again`.
pub fn test(again: bool, tally: &mut Tally) -> Result {
    let formatting =
        Stage { heading: "formatting", record: "formatting", files: Files::All, programs: vec![] };
    formatting
        .run(again, tally, |tally| tally.check(run(cargo().args(["fmt", "--all", "--check"]))))?;

    let lints = Stage { heading: "lints", record: "lints", files: Files::All, programs: vec![] };
    lints.run(again, tally, |tally| {
        tally.check(clippy(&["--workspace"]))?;
        tools::ensure_target()?;
        tally.check(clippy(&["--package", "racewalk-engine", "--target", tools::WASM]))?;
        tally.check(clippy(&["--package", "racewalk-frontend", "--target", tools::WASM]))?;
        for module in ["racewalk-interchange", "racewalk-instrument"] {
            tally.check(clippy(&["--package", module, "--target", tools::WASM]))?;
        }
        tally.check(wasm::all_run_in_a_browser())
    })?;

    let native = Stage {
        heading: "unit, property and doc tests",
        record: "native-tests",
        files: Files::All,
        programs: vec![],
    };
    native.run(again, tally, |tally| {
        let tests = ["test", "--workspace", "--exclude", "racewalk-e2e", "--no-fail-fast"];
        passed("native tests", run_tests(cargo().args(tests), tally)?)
    })?;

    let spin = Stage {
        heading: "the same questions, asked of SPIN",
        record: "spin",
        files: Files::Some {
            paths: &["engine", "engine/tests/races", "cli"],
            apart: &["tests", "benches"],
        },
        programs: conformance::ensure()?,
    };
    spin.run(again, tally, |tally| {
        tally.check(conformance::conformance(conformance::Choice::Covering))
    })?;

    tools::ensure()?;
    browser::ensure()?;

    let engine = Stage {
        heading: "the engine's tests, as wasm in a browser",
        record: "wasm-tests",
        files: Files::Some { paths: &["engine", "cli/tests", "book/src"], apart: &[] },
        programs: browser::programs(),
    };
    engine.run(again, tally, |tally| passed("engine's tests in a browser", wasm::test(tally)?))?;

    // It has a record of its own.
    tally.check(dist::build())?;

    let page = Stage {
        heading: "the page",
        record: "size",
        files: Files::Some { paths: &["dist"], apart: &[] },
        programs: vec![],
    };
    page.run(again, tally, |tally| tally.check(size::size()))?;

    let browser = Stage {
        heading: "the page, in a browser",
        record: "page-tests",
        files: Files::Some { paths: &["dist", "e2e"], apart: &[] },
        programs: browser::programs(),
    };
    browser.run(again, tally, |tally| {
        let tests = ["test", "--package", "racewalk-e2e", "--no-fail-fast"];
        passed("page's tests in a browser", run_tests(cargo().args(tests), tally)?)
    })?;

    let single = Stage {
        heading: "the single file, from a disk",
        record: "single-file-tests",
        files: Files::Some {
            paths: &["dist", "e2e", "frontend/scripts", "xtask", "Cargo.lock"],
            apart: &[],
        },
        programs: browser::programs(),
    };
    single.run(again, tally, |tally| {
        let file = single_file::single_file(&project::target())?;
        let what = ["test", "--package", "racewalk-e2e", "--test", "page", "--no-fail-fast", "--"];
        let mut tests = cargo();
        tests.env("RACEWALK_SINGLE_FILE", file).args(what);
        // What is served by no site, no site can tell of; and it is no element.
        let apart = ["--skip", "download", "--skip", "embed::"];
        passed("tests of the single file", run_tests(tests.args(apart), tally)?)
    })
}

fn clippy(what: &[&str]) -> Result {
    run(cargo().arg("clippy").args(what).args(["--all-targets", "--", "--deny", "warnings"]))
}

fn passed(what: &'static str, passed: bool) -> Result {
    if passed { Ok(()) } else { Err(Error::Tests(what)) }
}
