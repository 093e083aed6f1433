//! `cargo xtask bench`, one of its parts: the engine's search beside Stateright's, in turns, on the same compiled models. Imports the engine and Stateright; nobody imports it.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

mod adapter;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use racewalk_engine::explore::{Limits, explore};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, knob_and_value};

use crate::adapter::Outcome;

/// Each model is searched so often by each; the median counts.
const ROUNDS: usize = 3;

/// What one search came to.
#[derive(Clone, Copy)]
struct Run {
    states: usize,
    seconds: f64,
}

/// Each argument is a race, a file or an id of the library's, with the knobs that differ: `ram-unplug walkers=4`.
fn main() -> ExitCode {
    println!(
        "{:34} {:>5} {:>9} {:>11} {:>10} {:>11} {:>7} {:>10}",
        "", "words", "states", "transitions", "M states/s", "Stateright", "ratio", "steps only"
    );
    for asked in std::env::args().skip(1) {
        if let Err(reason) = compare(&asked) {
            eprintln!("{asked}: {reason}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Searches a race by both in turns, and prints the medians in a line; an error where they disagree.
fn compare(asked: &str) -> Result<(), String> {
    let model = Arc::new(compile(asked)?);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut transitions = 0;
    let mut stepping = 0.0;
    for round in 0..ROUNDS {
        let begun = Instant::now();
        let graph = explore(&model, Limits { max_bytes: 4 << 30, ..Limits::default() });
        ours.push(Run { states: graph.states(), seconds: begun.elapsed().as_secs_f64() });
        if graph.stopped().is_some() {
            return Err("the memory is too small for it".to_owned());
        }
        transitions = graph.transitions();
        if round == 0 {
            stepping = adapter::stepping(&model, &graph)?;
        }
        drop(graph);
        let Outcome { states, unbroken, seconds } = adapter::search(&model)?;
        theirs.push(Run { states, seconds });
        // It does not count those that break a property.
        if states != ours[0].states || unbroken > transitions {
            return Err(format!(
                "the engine finds {} states and {transitions} transitions, Stateright {states} and {unbroken}",
                ours[0].states
            ));
        }
    }
    let asked = asked.rsplit('/').next().unwrap_or_default();
    let (ours, theirs) = (rate(&mut ours), rate(&mut theirs));
    let states = theirs.0;
    println!(
        "{asked:34} {:>5} {states:>9} {transitions:>11} {:>10.2} {:>11.3} {:>7.1} {stepping:>10.2}",
        model.words,
        ours.1,
        theirs.1,
        ours.1 / theirs.1
    );
    Ok(())
}

/// Compiles a race, found in a file or the library, under its knobs.
fn compile(asked: &str) -> Result<Model, String> {
    let mut words = asked.split_whitespace();
    let name = words.next().unwrap_or_default();
    let text = match library::race(name) {
        Some(text) => text.to_owned(),
        None => std::fs::read_to_string(name).map_err(|it| it.to_string())?,
    };
    let race = Race::load(&text).map_err(|it| it.to_string())?;
    let mut settings = race.settings();
    for word in words {
        let (knob, value) = knob_and_value(word).ok_or("a knob is set as knob=value")?;
        settings.set(&race, knob, value).map_err(|it| it.to_string())?;
    }
    race.compile(&settings).map_err(|it| it.to_string())
}

/// States, and million states per second, of the median.
fn rate(runs: &mut [Run]) -> (usize, f64) {
    runs.sort_unstable_by(|left, right| left.seconds.total_cmp(&right.seconds));
    let middle = runs[runs.len() / 2];
    (middle.states, middle.states as f64 / middle.seconds / 1e6)
}
