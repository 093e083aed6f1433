//! Runs other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::tally::Tally;
use crate::tools;
use crate::{Error, Result, project};

/// A program that runs in the project's folder and finds the project's own tools first.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(project::root()).env("PATH", tools::path());
    command
}

/// The cargo that runs this xtask.
pub(crate) fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The native tests. The page's need a browser, and the adapter of a benchmark has much to compile.
pub(crate) fn native_tests() -> Command {
    let mut tests = cargo();
    tests.args(["test", "--workspace"]);
    tests.args(["--exclude", "racewalk-e2e", "--exclude", "racewalk-stateright"]);
    tests
}

/// Builds this workspace's programs, with the native tests: without them features would differ, and `cargo xtask test`
/// would compile most crates twice.
pub(crate) fn build_programs() -> Result {
    run(native_tests().args(["--no-run", "--quiet"]))
}

/// Runs it to its end, and makes a failure an error.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(start(command))?;
    if status.success() { Ok(()) } else { Err(failed(command, status)) }
}

/// Runs it to its end, and returns what it prints.
pub(crate) fn stdout(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(start(command))?;
    if !output.status.success() {
        return Err(failed(command, output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What it prints, or `None` where it is not there or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8(output.stdout).ok()
}

/// Runs tests, shows what they print, and counts in `tally` those that passed and failed.
pub(crate) fn run_tests(command: &mut Command, tally: &mut Tally) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(start(command))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(start(command))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally.read(&line);
        }
    }
    Ok(child.wait().map_err(start(command))?.success())
}

/// Whether a program of this name can be started at all.
pub(crate) fn exists(name: &str) -> bool {
    let asked = program(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    !matches!(asked, Err(error) if error.kind() == ErrorKind::NotFound)
}

fn start(command: &Command) -> impl FnOnce(std::io::Error) -> Error + use<> {
    let program = command.get_program().to_string_lossy().into_owned();
    |source| Error::Start { program, source }
}

fn failed(command: &Command, status: std::process::ExitStatus) -> Error {
    // A cargo that runs this is named by its whole path.
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    Error::Failed { command: words.join(" "), status }
}
