//! The engine's search beside SPIN's, on the same models, in turns. Imports how programs are run, nothing of the engine.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{cargo, exists, program, stdout};
use crate::{Error, Result, project};

/// The models in `engine/benches/models`: each a race, and Promela that somebody wrote by hand.
const MODELS: [&str; 4] = ["peterson4", "peterson5", "philosophers9", "philosophers10"];

/// Each is searched so often; the median counts.
const ROUNDS: usize = 3;

/// What a search came to.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// Distinct states.
    pub states: u64,
    /// How long it took.
    pub seconds: f64,
}

/// The faster of the verifiers that SPIN makes of a model's export and of what was written by hand, its reductions off.
#[derive(Debug)]
pub struct Pan(PathBuf);

impl Pan {
    /// Makes both of a model in `engine/benches/models`, and tries each once; `None` where SPIN or a C compiler is
    /// missing.
    ///
    /// # Errors
    /// When one of the programs fails.
    pub fn fastest(model: &str) -> Result<Option<Self>> {
        if !exists("spin") || !exists("cc") {
            return Ok(None);
        }
        let [export, by_hand] = verifiers(model, "whole", &["-DNOREDUCE"])?;
        let slower = search(&export)?.seconds > search(&by_hand)?.seconds;
        Ok(Some(Self(if slower { by_hand } else { export })))
    }

    /// Searches the whole model once.
    ///
    /// # Errors
    /// When it fails, or its depth is too small.
    pub fn search(&self) -> Result<Search> {
        search(&self.0)
    }
}

/// Prints states, and states per second, of the engine, of `pan` on the export and of `pan` on the
/// model written by hand. `pan` has its reductions off (`-O2 -DSAFETY -DNOREDUCE`).
pub(crate) fn compare() -> Result {
    if !exists("spin") || !exists("cc") {
        println!("SPIN or a C compiler is missing: nothing is compared with pan.");
        return Ok(());
    }
    println!(
        "{:16} {:>5} {:>9} {:>7} {:>10} {:>12} {:>12} {:>7}",
        "", "words", "states", "B/state", "M states/s", "pan, export", "pan, by hand", "ratio"
    );
    for name in MODELS {
        let race = model(name).with_extension("race");
        let pans = verifiers(name, "whole", &["-DNOREDUCE"])?;
        let mut ours = Vec::new();
        let mut theirs = [Vec::new(), Vec::new()];
        let mut room = (String::new(), 0.0);
        for _ in 0..ROUNDS {
            let bench = ["bench", "--quiet", "--package", "racewalk-engine", "--bench", "explore"];
            let line = stdout(cargo().args(bench).args(["--", "--race"]).arg(&race))?;
            let words: Vec<&str> = line.split_whitespace().collect();
            let number = |at: usize| words.get(at).and_then(|it| it.parse::<f64>().ok());
            let all = (number(0), number(2), number(3), words.get(4));
            let (Some(states), Some(seconds), Some(bytes), Some(words)) = all else {
                return Err(not_understood("the engine's benchmark", &line));
            };
            ours.push(Search { states: states as u64, seconds });
            room = ((*words).to_owned(), bytes / states);
            for (pan, runs) in pans.iter().zip(&mut theirs) {
                runs.push(search(pan)?);
            }
        }
        let states = ours[0].states;
        let [export, by_hand] = theirs.each_mut().map(|it| rate(it));
        let ours = rate(&mut ours);
        println!(
            "{name:16} {:>5} {states:>9} {:>7.1} {ours:>10.2} {export:>12.2} {by_hand:>12.2} {:>7.1}",
            room.0,
            room.1,
            ours / export.max(by_hand),
        );
        for other in theirs.iter().filter(|it| it[0].states != states) {
            println!("  one of SPIN's models has {} states", other[0].states);
        }
    }
    Ok(())
}

/// Prints states and seconds of the reduced searches: the engine's, and `pan` with its default partial-order
/// reduction on the export and on the model written by hand.
pub(crate) fn compare_reduced() -> Result {
    if !exists("spin") || !exists("cc") {
        return Ok(());
    }
    println!(
        "\n{:16} {:>9} {:>9} {:>12} {:>9} {:>12} {:>9} {:>7}",
        "reduced", "states", "s", "pan, export", "s", "pan, by hand", "s", "ratio"
    );
    for name in MODELS {
        let race = model(name).with_extension("race");
        let pans = verifiers(name, "reduced", &[])?;
        let (mut ours, mut theirs) = (Vec::new(), [Vec::new(), Vec::new()]);
        for _ in 0..ROUNDS {
            let bench = ["bench", "--quiet", "--package", "racewalk-engine", "--bench", "explore"];
            let line = stdout(cargo().args(bench).args(["--", "--reduce", "--race"]).arg(&race))?;
            let mut words = line.split_whitespace().map(str::parse::<f64>);
            let (Some(Ok(states)), Some(Ok(seconds))) = (words.next(), words.nth(1)) else {
                return Err(not_understood("the engine's benchmark", &line));
            };
            ours.push(Search { states: states as u64, seconds });
            for (pan, runs) in pans.iter().zip(&mut theirs) {
                runs.push(search(pan)?);
            }
        }
        let [export, by_hand] = theirs.each_mut().map(|it| middle(it));
        let ours = middle(&mut ours);
        println!(
            "{name:16} {:>9} {:>9.4} {:>12} {:>9.2} {:>12} {:>9.2} {:>7.1}",
            ours.states,
            ours.seconds,
            export.states,
            export.seconds,
            by_hand.states,
            by_hand.seconds,
            export.seconds.min(by_hand.seconds) / ours.seconds,
        );
    }
    Ok(())
}

/// The run of the median time.
fn middle(runs: &mut [Search]) -> Search {
    runs.sort_unstable_by(|left, right| left.seconds.total_cmp(&right.seconds));
    runs[runs.len() / 2]
}

/// Million states per second, the median.
fn rate(runs: &mut [Search]) -> f64 {
    let middle = middle(runs);
    middle.states as f64 / middle.seconds / 1e6
}

/// A model's files, without an extension.
fn model(name: &str) -> PathBuf {
    project::root().join("engine/benches/models").join(name)
}

/// Makes the verifiers of a model, of its export and of what was written by hand, for a kind of search.
fn verifiers(name: &str, kind: &str, how: &[&str]) -> Result<[PathBuf; 2]> {
    let export = ["run", "--quiet", "--release", "--package", "racewalk-cli", "--", "export"];
    let race = model(name).with_extension("race");
    let text = stdout(cargo().args(export).arg(race).args(["--to", "promela"]))?;
    let by_hand = model(name).with_extension("pml");
    let by_hand = fs::read_to_string(&by_hand).map_err(Error::file(&by_hand))?;
    Ok([
        build(name, &format!("export-{kind}"), &text, how)?,
        build(name, &format!("by-hand-{kind}"), &by_hand, how)?,
    ])
}

/// Makes the verifier of a model.
fn build(name: &str, kind: &str, promela: &str, how: &[&str]) -> Result<PathBuf> {
    let folder = project::root().join("target/pan").join(format!("{name}-{kind}"));
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let file = folder.join("model.pml");
    fs::write(&file, promela).map_err(Error::file(&file))?;
    stdout(program("spin").args(["-a", "model.pml"]).current_dir(&folder))?;
    let options = ["-O2", "-DSAFETY", "-DMEMLIM=8192", "-w", "-o", "pan", "pan.c"];
    stdout(program("cc").args(how).args(options).current_dir(&folder))?;
    Ok(folder.join("pan"))
}

/// Searches to the end, whatever is broken on the way, with a table and a depth that are large enough.
fn search(pan: &Path) -> Result<Search> {
    let text = stdout(program(pan).args(["-c0", "-E", "-n", "-w24", "-m3000000"]))?;
    let before = |what: &str| {
        let words = text.lines().find(|it| it.contains(what))?.split_whitespace();
        words.filter_map(|it| it.parse::<f64>().ok()).next()
    };
    if text.contains("max search depth too small") {
        return Err(not_understood("pan", &text));
    }
    // It tells hundredths of a second, and none at all where it took less than one.
    match (before("states, stored"), before("pan: elapsed time")) {
        (Some(states), Some(seconds)) => {
            Ok(Search { states: states as u64, seconds: seconds.max(0.01) })
        }
        _ => Err(not_understood("pan", &text)),
    }
}

fn not_understood(who: &'static str, text: &str) -> Error {
    Error::Answer { program: who, reason: format!("it printed {text}") }
}
