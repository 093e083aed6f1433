//! Sphinx, in the versions that the extension is tried with, and the extension's own tests.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{build_programs, exists, output, program, run, run_tests};
use crate::tally::Tally;
use crate::{Error, Result, debian, project};

/// The version that `cargo xtask test` runs the extension's tests with, and builds documents with.
pub(crate) const VERSION: &str = "9.0.4";

/// The others that the extension is said to work with (`integrations/sphinx/README.md`): the oldest that
/// the kernel's documents ask for, and some between.
pub(crate) const OTHERS: [&str; 3] = ["3.4.3", "5.3.0", "7.4.7"];

/// What makes a PDF of a picture: without it a test is skipped.
pub(crate) const CONVERTER: &str = "rsvg-convert";

const REMEDY: &str = "the Sphinx extension's tests need Python 3.11 or newer with its venv; install it, on \
                      Debian with `sudo apt-get install python3-venv`";

/// Gets a version of Sphinx with all that it needs, in the versions that are written beside the tests, into
/// a folder of its own in `.tools`. What it returns is the Python there.
pub(crate) fn ensure(version: &str) -> Result<PathBuf> {
    let folder = project::tools().join(format!("sphinx-{version}"));
    let python = folder.join("bin/python");
    let wanted = tests().join(format!("versions/{version}.txt"));
    let text = fs::read_to_string(&wanted).map_err(Error::file(&wanted))?;
    let installed = folder.join("installed.txt");
    if python.is_file() && fs::read_to_string(&installed).is_ok_and(|it| it == text) {
        return Ok(python);
    }
    println!("Installing Sphinx {version} into .tools …");
    make_venv(&folder)?;
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run(program(&python).args(quiet).arg(&wanted)).map_err(|source| Error::Install {
        tool: format!("Sphinx {version}"),
        source: Box::new(source),
        by_hand: format!(
            "python3 -m venv .tools/sphinx-{version} && .tools/sphinx-{version}/bin/python -m pip install -r \
             integrations/sphinx/tests/versions/{version}.txt"
        ),
    })?;
    fs::write(&installed, text).map_err(Error::file(&installed))?;
    Ok(python)
}

/// A fresh environment. Debian has the part that makes one in a package of its own.
fn make_venv(folder: &Path) -> Result {
    let make = || {
        let mut make = program("python3");
        make.args(["-m", "venv", "--clear"]).arg(folder);
        make
    };
    if exists("python3") && output(&mut make()).is_some() {
        return Ok(());
    }
    if !debian::may_install() {
        return Err(Error::Missing { program: "Python's venv", remedy: REMEDY });
    }
    debian::install("Python and its venv", &["python3", "python3-venv"])?;
    run(&mut make())
}

/// Gets what makes a PDF of a picture, where that can be done.
pub(crate) fn ensure_converter() -> Result {
    if exists(CONVERTER) || !debian::may_install() {
        return Ok(());
    }
    debian::install("rsvg-convert", &["librsvg2-bin"])
}

/// The programs on which the tests' outcome depends, and what makes them tell their versions.
pub(crate) fn programs() -> Vec<(OsString, &'static str)> {
    ["python3", CONVERTER].map(|name| (name.into(), "--version")).into()
}

/// Runs the extension's tests with one version, and counts them in `tally`; whether all passed.
pub(crate) fn test(version: &str, tally: &mut Tally) -> Result<bool> {
    let python = ensure(version)?;
    build_programs()?;
    let mut tests = program(python);
    // Nothing of it is left in the project's folder.
    tests.args(["-B", "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rs"]).arg(self::tests());
    tests.env("RACEWALK", project::target().join("debug/racewalk"));
    run_tests(&mut tests, tally)
}

fn tests() -> PathBuf {
    project::root().join("integrations/sphinx/tests")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{OTHERS, VERSION, project};

    #[test]
    fn what_is_said_to_be_tried_is_tried() {
        for place in ["integrations/sphinx/README.md", "book/src/embedding.md"] {
            let text = fs::read_to_string(project::root().join(place)).expect("a text");
            for version in OTHERS.iter().chain([&VERSION]) {
                assert!(text.contains(version), "{place} does not name Sphinx {version}");
            }
        }
    }

    #[test]
    fn each_version_is_written_down() {
        for version in OTHERS.iter().chain([&VERSION]) {
            let place = super::tests().join(format!("versions/{version}.txt"));
            let text = fs::read_to_string(&place).expect("a list of packages");
            assert!(text.contains(&format!("\nSphinx=={version}\n")), "{}", place.display());
        }
    }
}
