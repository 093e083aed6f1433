//! `racewalk sweep`: the verdict of every combination of the knobs that are not set.

use std::io::{self, Write};
use std::time::Instant;

use racewalk_engine::explore::{Limits, answer, explore};
use racewalk_engine::export::json::{Check, FORMAT, Findings, Pairs, Verdict};
use racewalk_engine::export::{counted, grouped};
use racewalk_engine::model::Model;
use racewalk_engine::race::{Choice, Race, Settings, Sweep};

use crate::error::Error;
use crate::{Status, args, source};

/// The most combinations that are swept: an hour's work where each takes some milliseconds.
const MOST_COMBINATIONS: u64 = 1_000_000;

pub(crate) fn run(args: &args::Sweep, out: &mut impl Write) -> Result<Status, Error> {
    let start = Instant::now();
    let (race, settings) = source::open(&args.race)?;
    let is_set = |knob: &str| args.race.set.iter().any(|it| it.knob == knob);
    let sweep = Sweep::new(&race, settings, |knob| !is_set(&knob.name));
    let combinations = sweep.combinations();
    if combinations > MOST_COMBINATIONS {
        return Err(Error::TooManyCombinations { combinations, most: MOST_COMBINATIONS });
    }
    let limits: Limits = args.limits.into();
    let find = |model: &Model| Findings::new(model, &answer(model, &explore(model, limits)));
    let mut swept = sweep.of_each_model(&race, find);
    let mut tally = Tally::default();
    for choice in swept.by_ref() {
        let Choice { settings, model, found } = choice.map_err(Error::Race)?;
        tally.add(found.verdict);
        if args.json {
            let check = Check {
                format: FORMAT,
                race: race.id.clone(),
                model,
                knobs: Pairs::all(&race, &settings),
                findings: Findings::clone(&found),
            };
            serde_json::to_writer(&mut *out, &check)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", line(&race, &settings, &found))?;
        }
    }
    // Not on standard output: that is the same for the same question, and a time is not.
    let _ = writeln!(
        io::stderr(),
        "{}: {} ({}): {} safe, {} violated, {} incomplete; {:.2} s",
        race.id,
        counted(&combinations.to_string(), "combination"),
        counted(&swept.distinct().to_string(), "distinct model"),
        grouped(&tally.safe.to_string()),
        grouped(&tally.violated.to_string()),
        grouped(&tally.incomplete.to_string()),
        start.elapsed().as_secs_f64(),
    );
    Ok(if tally.incomplete > 0 { Status::Incomplete } else { Status::Fine })
}

/// How many combinations came to which verdict.
#[derive(Default)]
struct Tally {
    safe: u64,
    violated: u64,
    incomplete: u64,
}

impl Tally {
    fn add(&mut self, verdict: Verdict) {
        *match verdict {
            Verdict::Safe => &mut self.safe,
            Verdict::Violated => &mut self.violated,
            Verdict::Incomplete => &mut self.incomplete,
        } += 1;
    }
}

/// The knobs that differ from their defaults, then what can happen, each with its fewest steps.
fn line(race: &Race, settings: &Settings, findings: &Findings) -> String {
    let changed: Vec<String> =
        settings.changed(race).map(|(knob, value)| format!("{knob}={value}")).collect();
    let mut found: Vec<String> =
        findings.violations.iter().map(|it| format!("{} {}", it.kind, it.steps)).collect();
    found.extend(findings.deadlocks.iter().map(|it| format!("deadlock {}", it.steps)));
    if findings.verdict == Verdict::Incomplete {
        found.push("incomplete".to_owned());
    } else if found.is_empty() {
        found.push("safe".to_owned());
    }
    found.extend(findings.held_off.iter().map(|it| format!("held off {} (no fault)", it.steps)));
    let changed = if changed.is_empty() { "defaults".to_owned() } else { changed.join(" ") };
    format!("{changed}: {}", found.join(", "))
}
