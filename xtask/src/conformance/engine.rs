//! What `racewalk` says, as a program: its races, its answers, its exports.

use serde::Deserialize;

use crate::run::program;
use crate::{Error, Result, project};

/// A knob and its value.
pub(super) type Setting = (String, String);

/// A race as `racewalk list --json` has it.
#[derive(Deserialize)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) knobs: Vec<Knob>,
    pub(super) presets: Vec<Preset>,
}

#[derive(Deserialize)]
pub(super) struct Knob {
    pub(super) name: String,
    /// The default first.
    pub(super) values: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Preset {
    pub(super) set: serde_json::Map<String, serde_json::Value>,
}

/// What `racewalk check --json` says.
#[derive(Deserialize)]
pub(super) struct Checked {
    pub(super) model: String,
    #[serde(flatten)]
    pub(super) findings: Findings,
}

/// The part of it that SPIN is asked for too.
#[derive(Deserialize)]
pub(super) struct Findings {
    pub(super) verdict: String,
    pub(super) states: u64,
    pub(super) transitions: u64,
    pub(super) violations: Vec<Kind>,
    pub(super) deadlocks: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
pub(super) struct Kind {
    pub(super) kind: String,
}

/// The races of the library, or the one that is named.
pub(super) fn list(race: Option<&str>) -> Result<Vec<Listed>> {
    let mut arguments = vec!["list".to_owned(), "--json".to_owned()];
    arguments.extend(race.map(str::to_owned));
    read(&racewalk(&arguments, &[0])?)
}

/// The engine's answer under a choice of knobs.
pub(super) fn check(race: &str, set: &[Setting]) -> Result<Checked> {
    let mut arguments = vec!["check".to_owned(), race.to_owned(), "--json".to_owned()];
    arguments.extend(settings(set));
    // Safe or violated; what a limit stopped cannot be compared.
    read(&racewalk(&arguments, &[0, 1])?)
}

/// The model as Promela.
pub(super) fn export(race: &str, set: &[Setting]) -> Result<String> {
    let words = ["export", race, "--to", "promela"];
    let mut arguments: Vec<String> = words.map(str::to_owned).to_vec();
    arguments.extend(settings(set));
    racewalk(&arguments, &[0])
}

fn settings(set: &[Setting]) -> impl Iterator<Item = String> {
    set.iter().flat_map(|(knob, value)| ["--set".to_owned(), format!("{knob}={value}")])
}

fn racewalk(arguments: &[String], fine: &[i32]) -> Result<String> {
    let mut command = program(project::target().join("debug/racewalk"));
    let output = command.args(arguments).output();
    let output =
        output.map_err(|source| Error::Start { program: "racewalk".to_owned(), source })?;
    if !output.status.code().is_some_and(|it| fine.contains(&it)) {
        let told = String::from_utf8_lossy(&output.stderr);
        let reason = format!("racewalk {}: {} {told}", arguments.join(" "), output.status);
        return Err(Error::Answer { program: "racewalk", reason });
    }
    String::from_utf8(output.stdout).map_err(|error| answer(&error))
}

fn read<T: for<'a> Deserialize<'a>>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| answer(&error))
}

fn answer(error: &dyn std::fmt::Display) -> Error {
    Error::Answer { program: "racewalk", reason: error.to_string() }
}
