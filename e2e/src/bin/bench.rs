//! `cargo xtask bench`, its second half: the released page in a real browser. How long its worker takes for
//! every choice of knobs of the library's races, and how long a reader waits from a knob to the painted verdict.

#![expect(clippy::print_stdout, reason = "printing the figures is what it is for")]

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use racewalk_e2e::watch::QUESTION;
use racewalk_e2e::{Error, Page, Result, ended};
use serde_json::{Value, json};

/// Measures the built page.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// What `racewalk list --json` prints
    #[arg(long)]
    list: PathBuf,
}

/// Asks a worker of its own, started as the page starts its, one question after the other.
const ASK: &str = r#"
return (async (race, choices) => {
  if (!window.benchWorker) {
    const module = await WebAssembly.compileStreaming(fetch("racewalk-frontend_bg.wasm"));
    const worker = new Worker("worker.js", { type: "module", name: "racewalk-frontend" });
    const started = new Promise(done => worker.addEventListener("message", done, { once: true }));
    worker.postMessage(module);
    await started;
    window.benchWorker = worker;
  }
  const worker = window.benchWorker;
  let id = window.benchId ?? 1;
  const packed = new Uint8Array(await (await fetch(`races/${race}`)).arrayBuffer());
  const ask = knobs => new Promise((done, fail) => {
    const mine = id++;
    const hear = ({ data }) => {
      if (data.startsWith(`p${mine}:`)) return;
      worker.removeEventListener("message", hear);
      data.startsWith(`a${mine}:`) ? done() : fail(new Error(data));
    };
    worker.addEventListener("message", hear);
    worker.postMessage(question(mine, packed, knobs));
  });
  await ask(choices[0]);
  const answers = [];
  for (const knobs of choices) {
    const begun = performance.now();
    await ask(knobs);
    answers.push(performance.now() - begun);
  }
  window.benchId = id;
  return answers;
})(...arguments);
"#;

/// Turns a knob as a reader does and waits for the frame in which the verdict is painted.
const TURN: &str = r#"
return (async (testid, value, word) => {
  const knob = document.querySelector(`[data-testid="${testid}"]`);
  const verdict = () => document.querySelector('[data-testid="verdict"]').innerText;
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const begun = performance.now();
  knob.value = value;
  knob.dispatchEvent(new Event("change", { bubbles: true }));
  while (!verdict().includes(word)) {
    if (performance.now() - begun > 5000) throw new Error(`the verdict is still ${verdict()}`);
    await frame();
  }
  await frame();
  return performance.now() - begun;
})(...arguments);
"#;

/// Questions in one call, so that no call takes longer than a driver allows.
const AT_ONCE: usize = 500;
/// One frame of a screen at 60 Hz, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;
/// How many of the slowest choices are asked again.
const SLOWEST: usize = 20;
/// How often each of them is asked again: what is slow by its own work is slow in most of these.
const AGAIN: usize = 15;

/// A choice of knobs, as the worker wants it: pairs that differ from the defaults.
type Choice = Vec<(String, String)>;

fn main() -> ExitCode {
    ended(bench(&Arguments::parse()))
}

fn bench(arguments: &Arguments) -> Result {
    let list: Value = serde_json::from_str(&read(&arguments.list)?).map_err(|error| {
        Error::Timeout { what: "a list of races".to_owned(), seen: error.to_string() }
    })?;
    let page = Page::start()?;
    page.open("#/race/memunmap")?;
    println!(
        "In the browser's worker, from question to answer, every choice of knobs once, and the"
    );
    println!(
        "{SLOWEST} slowest of them {AGAIN} times more, for one slow answer may be the machine's doing:"
    );
    println!(
        "{:12} {:>8} {:>10} {:>10} {:>10} {:>14} {:>18} {:>16}",
        "race",
        "choices",
        "median/ms",
        "p99/ms",
        "max/ms",
        "over a frame",
        "slowest median/ms",
        "of a 60 Hz frame"
    );
    let mut slow = Vec::new();
    for race in list.as_array().into_iter().flatten() {
        let id = race["id"].as_str().unwrap_or_default();
        let choices = choices(race);
        let mut answers: Vec<(f64, &Choice)> = ask(&page, id, &choices)?.zip(&choices).collect();
        answers.sort_by(|one, other| one.0.total_cmp(&other.0));
        let at = |share: f64| answers[((answers.len() - 1) as f64 * share) as usize].0;
        let (again, slowest) = slowest_again(&page, id, &answers)?;
        println!(
            "{id:12} {:>8} {:>10.2} {:>10.2} {:>10.2} {:>14} {again:>18.2} {:>14.0} %",
            answers.len(),
            at(0.5),
            at(0.99),
            at(1.0),
            answers.iter().filter(|it| it.0 > FRAME).count(),
            again / FRAME * 100.0
        );
        let knobs: Vec<String> =
            slowest.iter().map(|(knob, value)| format!("{knob}={value}")).collect();
        slow.push(format!("{id}: {}", knobs.join(", ")));
    }
    println!("The choices of those slowest medians, where they differ from the defaults:");
    slow.iter().for_each(|it| println!("{it}"));
    println!("\nFrom turning kill_gp to the frame after its verdict stands on the page:");
    ["1", "2"].iter().try_for_each(|walkers| turn(&page, walkers))
}

/// How long a reader waits for the verdict on `memunmap` with so many walkers.
fn turn(page: &Page, walkers: &str) -> Result {
    page.open(&format!("#/race/memunmap?walkers={walkers}"))?;
    page.wait_text("verdict", "safe")?;
    let mut times = Vec::new();
    for _ in 0..15 {
        for (value, word) in [("1", "violated"), ("0", "safe")] {
            let time = page.script(TURN, &[json!("knob-kill_gp"), json!(value), json!(word)])?;
            times.push(milliseconds(&time));
        }
    }
    times.sort_by(f64::total_cmp);
    let (middle, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!("walkers={walkers}: median {middle:.0} ms, max {most:.0} ms of {}", times.len());
    Ok(())
}

/// How long the worker takes for each, in milliseconds.
fn ask(page: &Page, race: &str, choices: &[Choice]) -> Result<impl Iterator<Item = f64>> {
    let mut times = Vec::new();
    for some in choices.chunks(AT_ONCE) {
        let ask = format!("{QUESTION}{ASK}");
        let answers = page.script(&ask, &[json!(race), json!(some)])?;
        times.extend(answers.as_array().into_iter().flatten().map(milliseconds));
    }
    Ok(times.into_iter())
}

/// Asks the slowest again, round after round, and returns the one whose median is the slowest.
fn slowest_again(page: &Page, race: &str, sorted: &[(f64, &Choice)]) -> Result<(f64, Choice)> {
    let slowest = &sorted[sorted.len().saturating_sub(SLOWEST)..];
    let rounds = std::iter::repeat_n(slowest, AGAIN).flatten();
    let choices: Vec<Choice> = rounds.map(|&(_, choice)| choice.clone()).collect();
    let times: Vec<f64> = ask(page, race, &choices)?.collect();
    let medians = slowest.iter().enumerate().map(|(number, &(_, choice))| {
        let mut own: Vec<f64> = times.iter().skip(number).step_by(slowest.len()).copied().collect();
        own.sort_by(f64::total_cmp);
        (own[own.len() / 2], choice)
    });
    let slowest = medians.max_by(|one, other| one.0.total_cmp(&other.0));
    Ok(slowest.map_or((f64::NAN, Choice::new()), |(median, choice)| (median, choice.clone())))
}

fn milliseconds(time: &Value) -> f64 {
    time.as_f64().unwrap_or(f64::NAN)
}

/// Every choice of the race's knobs, the ones that only change the size left as they are.
fn choices(race: &Value) -> Vec<Choice> {
    let mut choices = vec![Vec::new()];
    for knob in race["knobs"].as_array().into_iter().flatten() {
        if knob["scale"] == true {
            continue;
        }
        let name = knob["name"].as_str().unwrap_or_default();
        let values: Vec<&str> =
            knob["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        choices = choices
            .iter()
            .flat_map(|choice: &Choice| {
                values.iter().map(move |value| {
                    let mut choice = choice.clone();
                    if knob["default"].as_str() != Some(value) {
                        choice.push((name.to_owned(), (*value).to_owned()));
                    }
                    choice
                })
            })
            .collect();
    }
    choices
}

fn read(path: &std::path::Path) -> Result<String> {
    fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })
}
