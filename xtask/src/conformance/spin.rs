//! SPIN: how a machine gets it, how it is asked, and how its answer is read.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::run::{exists, program};
use crate::{Error, Result, debian};

/// Debian's packages of SPIN and of a C compiler, which builds the checker that SPIN writes.
const PACKAGES: [&str; 3] = ["spin", "gcc", "libc6-dev"];

const REMEDY: &str = "the conformance tests need SPIN and a C compiler; install both, on Debian \
                      with `sudo apt-get install spin gcc libc6-dev`, elsewhere from \
                      https://spinroot.com";

/// Installs SPIN from Debian's packages, where that can be done.
pub(super) fn ensure() -> Result {
    let has_compiler = exists(&compiler().to_string_lossy());
    if exists("spin") && has_compiler {
        return Ok(());
    }
    if !debian::may_install() {
        let missing = if exists("spin") { "cc" } else { "spin" };
        return Err(Error::Missing { program: missing, remedy: REMEDY });
    }
    debian::install("SPIN", &PACKAGES)
}

/// The C compiler: as elsewhere, the environment may name another one. A small one such as tcc is
/// several times faster here.
fn compiler() -> OsString {
    env::var_os("CC").unwrap_or_else(|| "cc".into())
}

/// SPIN and the compiler, and what makes each tell its version.
pub(super) fn programs() -> Vec<(OsString, &'static str)> {
    vec![("spin".into(), "-V"), (compiler(), "--version")]
}

/// What SPIN found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Answer {
    /// States that it stored.
    pub(super) states: u64,
    /// Transitions, the initial state counted as one.
    pub(super) transitions: u64,
    /// How often something was broken.
    pub(super) errors: u64,
    /// What was broken, by the race's own names, and `deadlock`.
    pub(super) kinds: BTreeSet<String>,
    /// How long all that took, compiling included.
    pub(super) time: Duration,
}

/// Explores a model with every reduction off, to the end, whatever is broken on the way.
/// `expected` states make its table large enough; there may well be others.
pub(super) fn ask(promela: &str, expected: u64, folder: &Path) -> Result<Answer> {
    let started = Instant::now();
    let file = folder.join("model.pml");
    fs::write(&file, promela).map_err(Error::file(&file))?;
    tell(program("spin").args(["-a", "model.pml"]).current_dir(folder))?;
    let build = ["-O0", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c"];
    tell(program(compiler()).args(build).current_dir(folder))?;
    let table = format!("-w{}", (expected.max(1).ilog2() + 2).clamp(16, 30));
    // A run is no longer than there are states; what is deeper than that disagrees anyhow.
    let depth = format!("-m{}", expected + 10_000);
    let mut pan = program(folder.join("pan"));
    let text = tell(pan.args(["-c0", &depth, &table]).current_dir(folder))?;
    read(promela, &text, started.elapsed())
}

/// What it prints; failing is an error with what it said.
fn tell(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|source| Error::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let program = command.get_program().to_string_lossy();
    Err(not_understood(format!("{program} ended with {}: {text}{told}", output.status)))
}

fn read(promela: &str, text: &str, time: Duration) -> Result<Answer> {
    let cut_short = ["max search depth too small", "Search not completed", "out of memory"];
    if let Some(reason) = cut_short.iter().find(|it| text.contains(**it)) {
        return Err(not_understood(format!("it did not search to the end: {reason}")));
    }
    let names = kinds(promela);
    let mut broken = BTreeSet::new();
    for line in text.lines().filter(|it| it.starts_with("pan:") && it.contains("(at depth")) {
        let number = line.split_once("assertion violated (broken!=").and_then(|(_, rest)| {
            let (number, _) = rest.split_once(')')?;
            names.get(number)
        });
        match number {
            Some(kind) => broken.insert(kind.clone()),
            None => return Err(not_understood(format!("it found something else: {line}"))),
        };
    }
    let count = |what: &str| -> Result<u64> {
        let line = text.lines().find(|it| it.contains(what));
        let number = line.and_then(|it| it.split_whitespace().next()?.parse().ok());
        number.ok_or_else(|| not_understood(format!("it does not tell its {what}: {text}")))
    };
    let errors = text.split_once("errors: ").and_then(|(_, rest)| {
        let digits = rest.split(|it: char| !it.is_ascii_digit()).next()?;
        digits.parse().ok()
    });
    Ok(Answer {
        states: count("states, stored")?,
        transitions: count("transitions (= stored+matched)")?,
        errors: errors.ok_or_else(|| not_understood("it does not tell its errors".to_owned()))?,
        kinds: broken,
        time,
    })
}

/// The numbers under which the export names what can break, and the race's names for it.
fn kinds(promela: &str) -> BTreeMap<String, String> {
    let section = promela.split_once("/* What can break").map_or("", |it| it.1);
    let define = |line: &str| {
        let (_, rest) = line.strip_prefix("#define ")?.split_once(' ')?;
        let (number, name) = rest.split_once(" /* ")?;
        Some((number.to_owned(), name.strip_suffix(" */")?.to_owned()))
    };
    let lines = section.lines().skip(1);
    lines.take_while(|it| it.starts_with("#define")).filter_map(define).collect()
}

fn not_understood(reason: String) -> Error {
    Error::Answer { program: "spin", reason }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::read;

    const PROMELA: &str = "/* What can break: pan names it by this number. */\n\
        #define deadlock 0 /* deadlock */\n#define uaf_read 1 /* uaf-read */\n\n#define x 1\n";

    fn pan(messages: &str) -> String {
        format!(
            "{messages}\nState-vector 56 byte, depth reached 31, errors: 12\n      174 states, \
             stored\n      115 states, matched\n      289 transitions (= stored+matched)\n"
        )
    }

    #[test]
    fn the_kinds_have_the_races_names() {
        let text = pan("pan:1: assertion violated (broken!=1) (at depth 20)\n\
             pan:3: assertion violated (broken!=0) (at depth 9)");
        let answer = read(PROMELA, &text, Duration::ZERO).expect("an answer");
        assert_eq!((answer.states, answer.transitions, answer.errors), (174, 289, 12));
        assert_eq!(answer.kinds.into_iter().collect::<Vec<_>>(), ["deadlock", "uaf-read"]);
    }

    #[test]
    fn what_is_not_expected_is_an_error() {
        let fails = |messages: &str| read(PROMELA, &pan(messages), Duration::ZERO).is_err();
        assert!(!fails(""));
        assert!(fails("pan:1: invalid end state (at depth 3)"));
        assert!(fails("pan:1: assertion violated (broken!=7) (at depth 3)"));
        assert!(fails("error: max search depth too small"));
        assert!(read(PROMELA, "nothing", Duration::ZERO).is_err());
    }
}
