//! `cargo xtask test`: every check, those that fail soonest first.

use std::process::Command;

use crate::run::{cargo, native_tests, run, run_tests};
use crate::stage::{Files, Stage};
use crate::tally::Tally;
use crate::{
    Error, Result, browser, conformance, dist, documents, project, single_file, size, sphinx,
    tools, wasm,
};

/// What somebody asks of `cargo xtask test`.
#[derive(Debug, Default, Clone, Copy)]
pub struct Wish {
    /// That what is unchanged since it passed runs, too.
    pub again: bool,
    /// That the Sphinx extension is tried with every version that it is said to work with.
    pub all_sphinx: bool,
    /// That the page is tried in Firefox and WebKit, too.
    pub all_browsers: bool,
}

/// Runs every check until a kind of them fails, and counts what passed in `tally`: also what passed
/// before and is unchanged since, unless everything is to run `again`.
pub fn test(Wish { again, all_sphinx, all_browsers }: Wish, tally: &mut Tally) -> Result {
    let formatting =
        Stage { heading: "formatting", record: "formatting", files: Files::All, programs: vec![] };
    formatting
        .run(again, tally, |tally| tally.check(run(cargo().args(["fmt", "--all", "--check"]))))?;

    let lints = Stage { heading: "lints", record: "lints", files: Files::All, programs: vec![] };
    lints.run(again, tally, |tally| {
        tally.check(clippy(&["--workspace"]))?;
        tools::ensure_target()?;
        let modules = ["engine", "frontend", "interchange", "instrument"];
        let modules = modules.map(|it| format!("--package=racewalk-{it}"));
        let wasm = modules.iter().map(|it| &**it).chain(["--target", tools::WASM]);
        tally.check(clippy(&wasm.collect::<Vec<_>>()))?;
        tally.check(wasm::all_run_in_a_browser())
    })?;

    let native = Stage {
        heading: "unit, property and doc tests",
        record: "native-tests",
        files: Files::All,
        programs: vec![],
    };
    native.run(again, tally, |tally| {
        passed("native tests", run_tests(native_tests().arg("--no-fail-fast"), tally)?)
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

    sphinx::ensure_converter()?;
    let sphinx = Stage {
        heading: "the Sphinx extension",
        record: "sphinx",
        files: SPHINX,
        programs: sphinx::programs(),
    };
    sphinx.run(again, tally, |tally| {
        passed("tests of the Sphinx extension", sphinx::test(sphinx::VERSION, tally)?)
    })?;
    if all_sphinx {
        let others = Stage {
            heading: "the Sphinx extension, with other versions of Sphinx",
            record: "sphinx-others",
            files: SPHINX,
            programs: sphinx::programs(),
        };
        others.run(again, tally, |tally| {
            sphinx::OTHERS.into_iter().try_for_each(|version| {
                println!("Sphinx {version}");
                passed("tests of the Sphinx extension", sphinx::test(version, tally)?)
            })
        })?;
    }

    tools::ensure()?;
    browser::ensure()?;

    let engine = Stage {
        heading: "the engine's tests and the renderer's, as wasm in a browser",
        record: "wasm-tests",
        files: Files::Some { paths: &["engine", "vendor", "cli/tests", "book/src"], apart: &[] },
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

    let [heading, record] = ["the page, in a browser", "page-tests"];
    let browser = Stage { heading, record, files: PAGE, programs: browser::programs() };
    browser.run(again, tally, |tally| test_page(cargo(), tally))?;

    let whole = "the single file, from a disk";
    let own = "the single file, from a disk, as far as it is no page like others";
    let (heading, record, skipped) = match all_browsers {
        true => (whole, "single-file-tests", &[][..]),
        false => (own, "single-file-short", &SEEN_IN_THE_PAGE[..]),
    };
    let single = Stage { heading, record, files: SINGLE_FILE, programs: browser::programs() };
    single.run(again, tally, |tally| test_single_file(cargo(), skipped, tally))?;

    if all_browsers {
        for other in browser::Other::ALL {
            other.ensure()?;
            let [heading, record] = other.page_stage();
            let page = Stage { heading, record, files: PAGE, programs: other.programs() };
            page.run(again, tally, |tally| test_page(other.cargo(), tally))?;
            let [heading, record] = other.single_file_stage();
            let single = Stage { heading, record, files: SINGLE_FILE, programs: other.programs() };
            single.run(again, tally, |tally| test_single_file(other.cargo(), &[], tally))?;
        }
    }
    Ok(())
}

/// What the tests of the page depend on.
const PAGE: Files = Files::Some {
    paths: &["dist", "e2e", "engine", "cli", "integrations", "book/src", "xtask"],
    apart: &["benches", "__pycache__"],
};

/// Runs those, by a cargo that knows in which browser.
fn test_page(mut cargo: Command, tally: &mut Tally) -> Result {
    documents::build()?;
    let tests = ["test", "--package", "racewalk-e2e", "--no-fail-fast"];
    passed("page's tests in a browser", run_tests(cargo.args(tests), tally)?)
}

/// What the tests of the single file depend on.
const SINGLE_FILE: Files =
    Files::Some { paths: &["dist", "e2e", "frontend/scripts", "xtask", "Cargo.lock"], apart: &[] };

/// Tests of what is drawn and of what a hand does with it: the same code, wherever it was loaded from.
const SEEN_IN_THE_PAGE: [&str; 5] = ["access::", "look::", "monkey::", "play::", "structure::"];

/// Makes it, and runs those but the `skipped` ones.
fn test_single_file(mut cargo: Command, skipped: &[&str], tally: &mut Tally) -> Result {
    let file = single_file::single_file(&project::target())?;
    cargo.env("RACEWALK_SINGLE_FILE", file);
    cargo.args(["test", "--package", "racewalk-e2e", "--test", "page", "--no-fail-fast", "--"]);
    // What is served by no site, no site can tell of; and it is no element.
    let absent = ["download", "embed::", "documents::"];
    cargo.args(absent.iter().chain(skipped).flat_map(|it| ["--skip", *it]));
    passed("tests of the single file", run_tests(&mut cargo, tally)?)
}

/// What the Sphinx extension's tests depend on: it, and the program that draws for it.
const SPHINX: Files = Files::Some {
    paths: &[
        "integrations/sphinx",
        "integrations/embed",
        "cli",
        "engine",
        "integrations/sphinx/tests",
    ],
    apart: &["tests", "benches", "__pycache__", ".pytest_cache"],
};

fn clippy(what: &[&str]) -> Result {
    run(cargo().arg("clippy").args(what).args(["--all-targets", "--", "--deny", "warnings"]))
}

fn passed(what: &'static str, passed: bool) -> Result {
    if passed { Ok(()) } else { Err(Error::Tests(what)) }
}
