//! `cargo xtask bench`, its second half: the released page in a real browser. How long its worker takes for
//! every choice of knobs of the library's races, and how long a reader waits from a knob to the painted verdict.

#![expect(clippy::print_stdout, reason = "printing the figures is what it is for")]

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use racewalk_e2e::{Error, Page, Result};
use serde_json::{Value, json};

/// Measures the built page.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// What `racewalk list --json` prints
    #[arg(long)]
    list: PathBuf,
    /// The folder with the texts of the races
    #[arg(long)]
    races: PathBuf,
}

/// Asks a worker of its own, started as the page starts its, one question after the other.
const ASK: &str = r#"
return (async (text, choices) => {
  if (!window.benchWorker) {
    const module = await WebAssembly.compileStreaming(fetch("racewalk-frontend_bg.wasm"));
    const worker = new Worker("race-walk.js", { type: "module" });
    const started = new Promise(done => worker.addEventListener("message", done, { once: true }));
    worker.postMessage(module);
    await started;
    window.benchWorker = worker;
  }
  const worker = window.benchWorker;
  let id = window.benchId ?? 1;
  // As frontend/src/protocol.rs writes a question: lengths, in bytes, before what they measure.
  const bytes = new TextEncoder();
  const string = text => `${bytes.encode(text).length}:${text}`;
  const question = (id, knobs) =>
    `e${id}:${string(text)}${knobs.length}:${knobs.flat().map(string).join("")}`;
  const ask = knobs => new Promise((done, fail) => {
    const mine = id++;
    const hear = ({ data }) => {
      if (data.startsWith(`p${mine}:`)) return;
      worker.removeEventListener("message", hear);
      data.startsWith(`a${mine}:`) ? done() : fail(new Error(data));
    };
    worker.addEventListener("message", hear);
    worker.postMessage(question(mine, knobs));
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

fn main() -> ExitCode {
    match bench(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(arguments: &Arguments) -> Result {
    let list: Value = serde_json::from_str(&read(&arguments.list)?).map_err(|error| {
        Error::Timeout { what: "a list of races".to_owned(), seen: error.to_string() }
    })?;
    let page = Page::start()?;
    page.open("#/race/memunmap")?;
    println!("In the browser's worker, from question to answer, every choice of knobs:");
    println!(
        "{:10} {:>8} {:>10} {:>10} {:>10} {:>16}",
        "race", "choices", "median/ms", "p99/ms", "max/ms", "of a 60 Hz frame"
    );
    for race in list.as_array().into_iter().flatten() {
        let id = race["id"].as_str().unwrap_or_default();
        let text = read(&arguments.races.join(format!("{id}.race")))?;
        let choices = choices(race);
        let mut times = Vec::new();
        for some in choices.chunks(AT_ONCE) {
            for answer in
                page.script(ASK, &[json!(text), json!(some)])?.as_array().into_iter().flatten()
            {
                times.push(answer.as_f64().unwrap_or(f64::NAN));
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        println!(
            "{id:10} {:>8} {:>10.2} {:>10.2} {:>10.2} {:>14.0} %",
            times.len(),
            at(0.5),
            at(0.99),
            at(1.0),
            at(1.0) / FRAME * 100.0
        );
    }
    let mut times = Vec::new();
    for _ in 0..15 {
        for (value, word) in [("1", "violated"), ("0", "safe")] {
            let time = page.script(TURN, &[json!("knob-kill_gp"), json!(value), json!(word)])?;
            times.push(time.as_f64().unwrap_or(f64::NAN));
        }
    }
    times.sort_by(f64::total_cmp);
    println!("\nFrom turning kill_gp to the frame after its verdict stands on the page:");
    println!(
        "median {:.0} ms, max {:.0} ms of {}",
        times[times.len() / 2],
        times[times.len() - 1],
        times.len()
    );
    Ok(())
}

/// Every choice of the race's knobs, as the worker wants it: pairs that differ from the defaults.
fn choices(race: &Value) -> Vec<Vec<(String, String)>> {
    let mut choices = vec![Vec::new()];
    for knob in race["knobs"].as_array().into_iter().flatten() {
        let name = knob["name"].as_str().unwrap_or_default();
        let values: Vec<&str> =
            knob["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        choices = choices
            .iter()
            .flat_map(|choice: &Vec<(String, String)>| {
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
