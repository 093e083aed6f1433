//! `racewalk sweep`: the verdict of every combination of the knobs that are not set, found by as many threads as there are cores.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use racewalk_engine::explore::{Limits, answer, explore};
use racewalk_engine::export::json::{Check, FORMAT, Findings, Pairs, Verdict};
use racewalk_engine::export::{counted, grouped};
use racewalk_engine::race::{Race, Report, Settings, Sweep};

use crate::error::Error;
use crate::{Status, args, source};

/// The most combinations that are swept: an hour's work where each takes some milliseconds.
const MOST_COMBINATIONS: u64 = 1_000_000;
/// So many neighbours are one thread's at a time.
const BLOCK: usize = 32;

pub(crate) fn run(args: &args::Sweep, out: &mut impl Write) -> Result<Status, Error> {
    let start = Instant::now();
    let (race, settings) = source::open(&args.race)?;
    let is_set = |knob: &str| args.race.set.iter().any(|it| it.knob == knob);
    let sweep = Sweep::new(&race, settings, |knob| !is_set(&knob.name));
    let combinations = sweep.combinations();
    if combinations > MOST_COMBINATIONS {
        return Err(Error::TooManyCombinations { combinations, most: MOST_COMBINATIONS });
    }
    let mut tally = Tally::default();
    let shared = Shared {
        race: &race,
        limits: args.limits.into(),
        blocks: Mutex::new((0, sweep)),
        known: Mutex::default(),
    };
    shared.each(|choice| {
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
        Ok(())
    })?;
    let distinct = lock(&shared.known).len();
    // Not on standard output: that is the same for the same question, and a time is not.
    let _ = writeln!(
        io::stderr(),
        "{}: {} ({}): {} safe, {} violated, {} incomplete; {:.2} s",
        race.id,
        counted(&combinations.to_string(), "combination"),
        counted(&distinct.to_string(), "distinct model"),
        grouped(&tally.safe.to_string()),
        grouped(&tally.violated.to_string()),
        grouped(&tally.incomplete.to_string()),
        start.elapsed().as_secs_f64(),
    );
    Ok(if tally.incomplete > 0 { Status::Incomplete } else { Status::Fine })
}

/// A combination, and what was found of the model that it comes to.
struct Choice {
    settings: Settings,
    /// The model's hash.
    model: String,
    found: Arc<Findings>,
}

/// A combination, or why it comes to no model.
type Found = Result<Choice, Report>;

/// What the threads share.
struct Shared<'r> {
    race: &'r Race,
    limits: Limits,
    /// The number of the next block, and what is left.
    blocks: Mutex<(usize, Sweep)>,
    /// What was found of each model, by its hash: many combinations come to the same one.
    known: Mutex<BTreeMap<String, Arc<Findings>>>,
}

impl Shared<'_> {
    /// Has `tell` told of each combination, in their order.
    fn each(&self, mut tell: impl FnMut(Found) -> Result<(), Error>) -> Result<(), Error> {
        thread::scope(|scope| {
            let (sender, found) = mpsc::channel();
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                let sender = sender.clone();
                scope.spawn(move || self.work(&sender));
            }
            drop(sender);
            let mut early = BTreeMap::new();
            let mut next = 0;
            for (number, block) in found {
                early.insert(number, block);
                while let Some(block) = early.remove(&next) {
                    block.into_iter().try_for_each(&mut tell)?;
                    next += 1;
                }
            }
            Ok(())
        })
    }

    /// One block after the other, until there is none or nobody listens.
    fn work(&self, sender: &Sender<(usize, Vec<Found>)>) {
        loop {
            let (number, block) = {
                let mut blocks = lock(&self.blocks);
                let block: Vec<Settings> = blocks.1.by_ref().take(BLOCK).collect();
                blocks.0 += 1;
                (blocks.0 - 1, block)
            };
            if block.is_empty() {
                return;
            }
            let found = block.into_iter().map(|it| self.find(it)).collect();
            if sender.send((number, found)).is_err() {
                return;
            }
        }
    }

    fn find(&self, settings: Settings) -> Found {
        let model = self.race.compile(&settings)?;
        let hash = model.hash();
        let known = lock(&self.known).get(&hash).cloned();
        let found = known.unwrap_or_else(|| {
            let answer = answer(&model, &explore(&model, self.limits));
            let found = Arc::new(Findings::new(&model, &answer));
            lock(&self.known).insert(hash.clone(), Arc::clone(&found));
            found
        });
        Ok(Choice { settings, model: hash, found })
    }
}

/// What another thread has left is whole: nothing is changed in more than one step.
fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
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
