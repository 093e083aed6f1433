//! `cargo xtask conformance`: the engine and SPIN, asked the same about every race, have to answer the same.
//!
//! The race is exported as Promela, SPIN explores it with its reductions off, and then the number of
//! distinct states, the number of transitions, the kinds of violation and whether there is a
//! deadlock have to be equal.

mod choices;
mod engine;
mod spin;
mod workers;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::run::build_programs;
use crate::{Error, Result, project};
use engine::{Checked, Findings, Listed, Setting};

/// Which choices of knobs to try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// Every one.
    Every,
    /// The presets, and so many that any two values of any two knobs meet.
    Covering,
}

/// A race, as the program is told of it.
struct Subject {
    /// An id of the library, or a path.
    race: String,
    listed: Listed,
}

/// A model that several choices of knobs may come to.
struct Case {
    subject: usize,
    set: Vec<Setting>,
    checked: Checked,
}

/// What became of a case.
struct Outcome {
    spin: spin::Answer,
    difference: Option<String>,
}

/// Installs SPIN where it is missing and can be; the programs that are asked, and what makes them tell
/// their versions.
pub(crate) fn ensure() -> Result<Vec<(OsString, &'static str)>> {
    spin::ensure()?;
    Ok(spin::programs())
}

/// Asks both, and prints a table.
pub fn conformance(choice: Choice) -> Result {
    spin::ensure()?;
    build_programs()?;
    let started = Instant::now();
    let subjects = subjects()?;
    let mut asked = Vec::new();
    for (number, subject) in subjects.iter().enumerate() {
        let all = match choice {
            Choice::Every => choices::every(&subject.listed),
            Choice::Covering => choices::covering(&subject.listed),
        };
        asked.extend(all.into_iter().map(|set| (number, set)));
    }
    println!("Asking the engine: {} choices of knobs of {} races …", asked.len(), subjects.len());
    let answers =
        workers::each(&asked, |_, (subject, set)| engine::check(&subjects[*subject].race, set))?;
    let mut counts = vec![0; subjects.len()];
    let mut cases: BTreeMap<(usize, String), Case> = BTreeMap::new();
    for ((subject, set), checked) in asked.into_iter().zip(answers) {
        counts[subject] += 1;
        // Choices that come to the same model are asked of SPIN once.
        let key = (subject, checked.model.clone());
        cases.entry(key).or_insert(Case { subject, set, checked });
    }
    let cases: Vec<Case> = cases.into_values().collect();
    println!("Asking SPIN: {} models …", cases.len());
    let outcomes = workers::each(&cases, |scratch, case| ask(&subjects, case, scratch))?;
    table(&subjects, &counts, &cases, &outcomes);
    println!("{} s in all", started.elapsed().as_secs());
    let different: Vec<String> = cases
        .iter()
        .zip(&outcomes)
        .filter_map(|(case, outcome)| {
            let difference = outcome.difference.as_ref()?;
            Some(format!("{}: {difference}", named(&subjects[case.subject], &case.set)))
        })
        .collect();
    different.iter().for_each(|it| println!("{it}"));
    match different.first() {
        None => Ok(()),
        Some(first) => Err(Error::Disagree { count: different.len(), first: first.clone() }),
    }
}

/// The library's races, and those that the engine is tested with.
fn subjects() -> Result<Vec<Subject>> {
    let mut subjects: Vec<Subject> = engine::list(None)?
        .into_iter()
        .map(|listed| Subject { race: listed.id.clone(), listed })
        .collect();
    let folder = project::root().join("engine/tests/races");
    let entries = fs::read_dir(&folder).map_err(Error::file(&folder))?;
    let mut files = Vec::new();
    for entry in entries {
        files.push(entry.map_err(Error::file(&folder))?.path());
    }
    files.retain(|it: &PathBuf| it.extension().is_some_and(|it| it == "race"));
    files.sort();
    for file in files {
        let race = file.display().to_string();
        for listed in engine::list(Some(&race))? {
            subjects.push(Subject { race: race.clone(), listed });
        }
    }
    Ok(subjects)
}

fn ask(subjects: &[Subject], case: &Case, scratch: &workers::Scratch) -> Result<Outcome> {
    let promela = engine::export(&subjects[case.subject].race, &case.set)?;
    let spin = spin::ask(&promela, case.checked.findings.states, scratch.folder())?;
    let difference = difference(&case.checked.findings, &spin);
    Ok(Outcome { spin, difference })
}

/// What the two do not agree about.
fn difference(engine: &Findings, spin: &spin::Answer) -> Option<String> {
    let mut all = Vec::new();
    let mut compare = |what: &str, engine: String, spin: String| {
        if engine != spin {
            all.push(format!("{what}: {engine} by the engine, {spin} by SPIN"));
        }
    };
    compare("states", engine.states.to_string(), spin.states.to_string());
    let mut kinds: Vec<&str> = engine.violations.iter().map(|it| &*it.kind).collect();
    if !engine.deadlocks.is_empty() {
        kinds.push("deadlock");
    }
    kinds.sort_unstable();
    let found: Vec<&str> = spin.kinds.iter().map(String::as_str).collect();
    compare("what can happen", kinds.join(", "), found.join(", "));
    let is_safe = |it: bool| if it { "safe" } else { "violated" }.to_owned();
    compare("verdict", engine.verdict.clone(), is_safe(spin.errors == 0));
    // SPIN counts the initial state as one, and each deadlocked state has one more: to say so.
    let extra = spin.transitions.checked_sub(engine.transitions + 1);
    let is_right = match extra {
        Some(0) => engine.deadlocks.is_empty(),
        Some(deadlocked) => {
            !engine.deadlocks.is_empty() && deadlocked >= engine.deadlocks.len() as u64
        }
        None => false,
    };
    if !is_right {
        compare("transitions", engine.transitions.to_string(), spin.transitions.to_string());
    }
    (!all.is_empty()).then(|| all.join("; "))
}

/// The command that repeats it.
fn named(subject: &Subject, set: &[Setting]) -> String {
    let mut text = subject.race.clone();
    for (knob, value) in set {
        text.push_str(&format!(" --set {knob}={value}"));
    }
    text
}

fn table(subjects: &[Subject], counts: &[usize], cases: &[Case], outcomes: &[Outcome]) {
    println!(
        "\n{:<14} {:>7} {:>7} {:>9} {:>9} {:>9} {:>8} {:>9}",
        "race", "choices", "models", "violated", "states", "to", "SPIN, s", "disagree"
    );
    for (number, subject) in subjects.iter().enumerate() {
        let own = || cases.iter().zip(outcomes).filter(|it| it.0.subject == number);
        let states = || own().map(|it| it.0.checked.findings.states);
        let violated = own().filter(|it| it.0.checked.findings.verdict == "violated").count();
        let time: Duration = own().map(|it| it.1.spin.time).sum();
        let disagree = own().filter(|it| it.1.difference.is_some()).count();
        println!(
            "{:<14} {:>7} {:>7} {violated:>9} {:>9} {:>9} {:>8} {disagree:>9}",
            subject.listed.id,
            counts[number],
            own().count(),
            states().min().unwrap_or(0),
            states().max().unwrap_or(0),
            time.as_secs(),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::difference;
    use super::engine::{Findings, Kind};
    use super::spin::Answer;

    fn findings(kinds: &[&str], deadlocks: usize) -> Findings {
        let end = serde_json::json!({});
        Findings {
            verdict: if kinds.is_empty() && deadlocks == 0 { "safe" } else { "violated" }.into(),
            states: 10,
            transitions: 20,
            violations: kinds.iter().map(|it| Kind { kind: (*it).to_owned() }).collect(),
            deadlocks: vec![end; deadlocks],
        }
    }

    fn answer(kinds: &[&str], states: u64, transitions: u64) -> Answer {
        let kinds: std::collections::BTreeSet<String> =
            kinds.iter().map(|it| (*it).to_owned()).collect();
        Answer { states, transitions, errors: kinds.len() as u64, kinds, time: Duration::ZERO }
    }

    #[test]
    fn equal_answers_agree() {
        assert_eq!(difference(&findings(&[], 0), &answer(&[], 10, 21)), None);
        let broken = findings(&["uaf-read"], 2);
        assert_eq!(difference(&broken, &answer(&["deadlock", "uaf-read"], 10, 25)), None);
    }

    #[test]
    fn anything_else_is_a_disagreement() {
        let differs = |engine: &Findings, spin: &Answer| difference(engine, spin).is_some();
        assert!(differs(&findings(&[], 0), &answer(&[], 11, 21)));
        assert!(differs(&findings(&[], 0), &answer(&[], 10, 22)));
        assert!(differs(&findings(&[], 0), &answer(&["uaf-read"], 10, 21)));
        assert!(differs(&findings(&["uaf-read"], 0), &answer(&[], 10, 21)));
        assert!(differs(&findings(&["uaf-read"], 0), &answer(&["fault"], 10, 21)));
        assert!(differs(&findings(&[], 2), &answer(&["deadlock"], 10, 22)));
        assert!(differs(&findings(&[], 1), &answer(&["deadlock"], 10, 21)));
        assert!(differs(&findings(&[], 0), &answer(&["deadlock"], 10, 22)));
    }
}
