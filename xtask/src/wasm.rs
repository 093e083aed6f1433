//! The tests of the engine and of what stands in Yew's place, compiled to wasm and run in a browser.

use std::env;
use std::fs;
use std::path::Path;

use crate::run::{cargo, run_tests};
use crate::tally::Tally;
use crate::{Error, Result, browser, project, tools};

/// What makes a module's plain `#[test]`s tests of a browser too.
const IMPORT: &str =
    "#[cfg(target_arch = \"wasm32\")]\nuse wasm_bindgen_test::wasm_bindgen_test as test;";

/// What a file says whose tests need what a browser lacks.
const NATIVE: &str = "#![cfg(not(target_arch = \"wasm32\"))]";

/// Seconds that one program of tests may take; the runner's own 20 are short for property tests.
const PATIENCE: &str = "300";

/// Runs them, and counts them in `tally`; whether all passed.
pub(crate) fn test(tally: &mut Tally) -> Result<bool> {
    let mut tests = cargo();
    tests.args(["test", "--package", "racewalk-engine", "--package", "yew"]);
    tests.args(["--target", tools::WASM]);
    // Doc tests are the native run's.
    tests.args(["--no-fail-fast", "--lib", "--tests"]);
    tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    tests.env("WASM_BINDGEN_USE_BROWSER", "1").env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE);
    if env::var_os("CHROMEDRIVER").is_none() {
        tests.env("CHROMEDRIVER", browser::driver()?);
    }
    run_tests(&mut tests, tally)
}

/// Fails where a file's tests would be left out in the browser without a word.
pub(crate) fn all_run_in_a_browser() -> Result {
    let engine = project::root().join("engine");
    for folder in ["src", "tests"] {
        look(&engine.join(folder))?;
    }
    Ok(())
}

fn look(path: &Path) -> Result {
    if path.is_dir() {
        return project::entries(path)?.iter().try_for_each(|entry| look(entry));
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return Ok(());
    }
    let text = fs::read_to_string(path).map_err(Error::file(path))?;
    let unindented: Vec<_> = text.lines().map(str::trim_start).collect();
    let settled = unindented.contains(&NATIVE) || unindented.join("\n").contains(IMPORT);
    if unindented.contains(&"#[test]") && !settled {
        return Err(Error::NotInBrowser { path: path.to_path_buf(), import: IMPORT });
    }
    Ok(())
}
