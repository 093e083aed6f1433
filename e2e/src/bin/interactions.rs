//! `cargo xtask bench`, one of its parts: what a reader does in the built page, race by race, the processor four times slower.
//! How long scripts run in each frame meanwhile, and how many tasks take longer than 50 ms.

#![expect(clippy::print_stdout, reason = "printing the figures is what it is for")]

use std::process::ExitCode;

use clap::Parser;
use racewalk_e2e::{Page, Result, ended};
use serde_json::{Value, json};

/// What a reader does in the built page, measured frame by frame.
#[derive(Parser)]
#[command(name = "interactions")]
struct Arguments {
    /// These races only
    races: Vec<String>,
    /// How many times slower the processor is
    #[arg(long, default_value_t = 4)]
    slower: u32,
}

/// What is done, as `interactions.js` names it.
const DOINGS: [&str; 4] = ["step", "scrub", "drag", "knob"];
const MEASURE: &str = include_str!("interactions.js");

fn main() -> ExitCode {
    ended(bench(&Arguments::parse()))
}

fn bench(arguments: &Arguments) -> Result {
    let slower = arguments.slower;
    println!(
        "Scripts in each frame, the processor {slower} times slower: steps ten a second, scrubbing and dragging twenty places a second, every knob turned and turned back:"
    );
    println!(
        "{:16} {:8} {:>8} {:>8} {:>10} {:>10} {:>10} {:>16}",
        "race", "", "times", "frames", "median/ms", "p95/ms", "max/ms", "tasks over 50 ms"
    );
    let page = Page::start()?;
    page.open("")?;
    let races = if arguments.races.is_empty() { page.races()? } else { arguments.races.clone() };
    for race in &races {
        for doing in DOINGS {
            page.open(&format!("#/race/{race}"))?;
            page.wait_text("ahead", "complete schedule")?;
            page.throttle(slower)?;
            let found = page.script(MEASURE, &[json!(doing)])?;
            page.throttle(1)?;
            told(race, doing, &found);
        }
    }
    Ok(())
}

fn told(race: &str, doing: &str, found: &Value) {
    let milliseconds = |time: &Value| time.as_f64().unwrap_or(f64::NAN);
    let mut times: Vec<f64> =
        found["script"].as_array().into_iter().flatten().map(milliseconds).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let at = (times.len().saturating_sub(1) as f64 * share) as usize;
        times.get(at).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{race:16} {doing:8} {:>8} {:>8} {:>10.1} {:>10.1} {:>10.1} {:>16}",
        found["times"],
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0),
        found["long"]
    );
}
