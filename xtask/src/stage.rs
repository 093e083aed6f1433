//! A stage of `cargo xtask test`: what its outcome depends on, and that it need not run again where
//! nothing of that has changed since it passed. It knows no check.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::record::{Fingerprint, Record};
use crate::tally::Tally;
use crate::{Result, project};

/// What lies in the project's folder and is no part of it.
const OUTPUTS: [&str; 5] = [".git", ".tools", "dist", "node_modules", "target"];

/// The beginnings of the names of variables by which somebody tells tests and tools what to do.
const VARIABLES: [&str; 15] = [
    "CARGO",
    "CC",
    "CFLAGS",
    "CHROME",
    "GECKO",
    "MDBOOK",
    "PROPTEST",
    "PYTEST",
    "PYTHON",
    "RACEWALK",
    "RUST",
    "SPHINX",
    "UPDATE",
    "WASM",
    "WEBDRIVER",
];

/// Checks of a kind, which pass or fail by the same things.
pub(crate) struct Stage {
    /// What it is called where it begins.
    pub(crate) heading: &'static str,
    /// The name of its record.
    pub(crate) record: &'static str,
    /// The files that it depends on, this program's own apart.
    pub(crate) files: Files,
    /// The programs that it runs, besides cargo and what this program installs in a version of its own,
    /// and what makes them tell their versions.
    pub(crate) programs: Vec<(OsString, &'static str)>,
}

/// Files of the project.
pub(crate) enum Files {
    /// Every one.
    All,
    /// These, and what these folders hold, but nothing that is called as one of `apart`.
    Some { paths: &'static [&'static str], apart: &'static [&'static str] },
}

impl Stage {
    /// Runs a stage's checks, unless it is unchanged since they passed, and counts them in `tally`.
    pub(crate) fn run(
        &self,
        again: bool,
        tally: &mut Tally,
        checks: impl FnOnce(&mut Tally) -> Result,
    ) -> Result {
        println!("\n── {} ──", self.heading);
        // What cannot be told may have changed.
        settle(&Record::of(self.record), || self.fingerprint().ok(), again, tally, checks)
    }

    fn fingerprint(&self) -> Result<String> {
        let own = ["Cargo.toml", "Cargo.lock", ".cargo", "xtask"];
        let root = project::root();
        let (paths, apart) = match &self.files {
            Files::All => (all()?, &[][..]),
            Files::Some { paths, apart } => {
                let paths = own.iter().chain(*paths);
                (paths.map(|it| root.join(it)).collect(), *apart)
            }
        };
        let variables = env::vars_os()
            .filter(|(name, _)| VARIABLES.iter().any(|it| name.to_string_lossy().starts_with(it)));
        let mut variables: Vec<_> = variables.collect();
        variables.sort();
        let mut all = Fingerprint::default().fact(&variables).program("rustc".as_ref(), "-vV");
        for (name, ask) in &self.programs {
            all = all.program(name, ask);
        }
        for path in paths {
            all = all.files(&path, apart)?;
        }
        Ok(all.finish())
    }
}

/// Everything in the project's folder that somebody may have written.
fn all() -> Result<Vec<PathBuf>> {
    let mut entries = project::entries(&project::root())?;
    let target = project::target();
    entries.retain(|it| *it != target && !OUTPUTS.iter().any(|output| it.ends_with(output)));
    Ok(entries)
}

/// Counts what is recorded under the same fingerprint, or else checks and records what passed.
fn settle(
    record: &Record,
    fingerprint: impl Fn() -> Option<String>,
    again: bool,
    tally: &mut Tally,
    checks: impl FnOnce(&mut Tally) -> Result,
) -> Result {
    let before = fingerprint();
    let known = before.as_deref().filter(|_| !again).and_then(|it| counted(&record.note(it)?));
    if let Some(known) = known {
        println!("unchanged since it passed: {known} (--again runs it)");
        tally.add(known);
        return Ok(());
    }
    record.forget()?;
    let mut own = Tally::default();
    let done = checks(&mut own);
    tally.add(own);
    done?;
    match before {
        // Somebody may have changed something meanwhile.
        Some(before) if own.failed == 0 && fingerprint().as_ref() == Some(&before) => {
            record.write(&before, &format!("{} {}", own.passed, own.skipped))
        }
        _ => Ok(()),
    }
}

/// What a record says has passed and was skipped.
fn counted(note: &str) -> Option<Tally> {
    let (passed, skipped) = note.split_once(' ')?;
    let (passed, skipped) = (passed.parse().ok()?, skipped.parse().ok()?);
    Some(Tally { passed, skipped, ..Tally::default() })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::path::PathBuf;

    use super::{Tally, settle};
    use crate::record::{Fingerprint, Record};
    use crate::{Error, project};

    /// A folder with a source and a record, and how often the source was tested.
    struct Bench {
        folder: PathBuf,
        runs: Cell<u32>,
    }

    impl Bench {
        fn new(test: &str) -> Self {
            let folder = project::target().join("xtask-tests").join(test);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(folder.join("source/tests")).expect("a folder");
            let bench = Self { folder, runs: Cell::default() };
            bench.write("main", "good");
            bench
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.folder.join("source").join(name), text).expect("a source");
        }

        fn fingerprint(&self) -> Option<String> {
            let source = self.folder.join("source");
            Some(Fingerprint::default().files(&source, &["apart"]).ok()?.finish())
        }

        /// A test that fails for a bad source, and whether it was run at all.
        fn settle(&self, again: bool) -> (Tally, bool) {
            let mut tally = Tally::default();
            let before = self.runs.get();
            let record = Record::within(&self.folder, "record");
            let done = settle(
                &record,
                || self.fingerprint(),
                again,
                &mut tally,
                |tally| {
                    self.runs.set(before + 1);
                    let text =
                        fs::read_to_string(self.folder.join("source/main")).expect("a source");
                    let good = text.starts_with("good");
                    *tally = Tally { failed: u64::from(!good), ..PASSED };
                    if text == "good until tested" {
                        self.write("main", "good since tested");
                    }
                    if good { Ok(()) } else { Err(Error::Tests("bench")) }
                },
            );
            assert_eq!(done.is_ok(), tally.failed == 0);
            (tally, self.runs.get() > before)
        }
    }

    const PASSED: Tally = Tally { passed: 7, failed: 0, skipped: 2, open: 0 };
    const FAILED: Tally = Tally { failed: 1, ..PASSED };

    #[test]
    fn unchanged_it_is_counted_and_not_run() {
        let bench = Bench::new("unchanged");
        assert_eq!(bench.settle(false), (PASSED, true));
        assert_eq!(bench.settle(false), (PASSED, false));
        assert_eq!(bench.settle(true), (PASSED, true));
        bench.write("apart", "no part of it");
        assert_eq!(bench.settle(false), (PASSED, false));
    }

    #[test]
    fn changed_it_runs_again() {
        let bench = Bench::new("changed");
        bench.settle(false);
        bench.write("main", "good, too");
        assert_eq!(bench.settle(false), (PASSED, true));
        bench.write("tests/one", "a new file");
        assert_eq!(bench.settle(false), (PASSED, true));
        fs::remove_file(bench.folder.join("source/tests/one")).expect("a file");
        assert_eq!(bench.settle(false), (PASSED, true));
        assert_eq!(bench.settle(false), (PASSED, false));
    }

    #[test]
    fn failed_it_runs_again() {
        let bench = Bench::new("failed");
        bench.write("main", "bad");
        assert_eq!(bench.settle(false), (FAILED, true));
        assert_eq!(bench.settle(false), (FAILED, true));
    }

    /// A test that fails now and then is no test that passed.
    #[test]
    fn failed_again_it_has_not_passed() {
        let bench = Bench::new("failed-again");
        bench.settle(false);
        let record = Record::within(&bench.folder, "record");
        let fails = |_: &mut Tally| Err(Error::Tests("bench"));
        let done = settle(&record, || bench.fingerprint(), true, &mut Tally::default(), fails);
        assert!(done.is_err());
        assert_eq!(bench.settle(false), (PASSED, true));
    }

    #[test]
    fn changed_meanwhile_it_runs_again() {
        let bench = Bench::new("meanwhile");
        bench.write("main", "good until tested");
        assert_eq!(bench.settle(false), (PASSED, true));
        assert_eq!(bench.settle(false), (PASSED, true));
        assert_eq!(bench.settle(false), (PASSED, false));
    }

    #[test]
    fn what_cannot_be_read_runs() {
        let bench = Bench::new("unreadable");
        bench.settle(false);
        let missing = bench.folder.join("missing");
        assert!(Fingerprint::default().files(&missing, &[]).is_err());
        let record = Record::within(&bench.folder, "record");
        let mut ran = false;
        let checks = |_: &mut Tally| {
            ran = true;
            Ok(())
        };
        settle(&record, || None, false, &mut Tally::default(), checks).expect("passed");
        assert!(ran);
        assert_eq!(bench.settle(false), (PASSED, true), "nothing was recorded for it");
    }
}
