//! A question for a witness, as a reader writes it: `W6 before M1`, `W6 to W10 before fault`. Imports ids, model, state's endings and what can be wanted.

use std::fmt;

use super::witness::Happening;
use crate::ids::{StepId, ViolationId};
use crate::model::Model;
use crate::state::Ending;
use crate::syntax::diagnostic::closest;

/// What is wrong with a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AskedError {
    /// Neither a line nor an end.
    Unknown {
        /// What stands there.
        word: String,
        /// What was probably meant.
        closest: Option<String>,
    },
    /// Several actors have a line of this key.
    WhoseLine {
        /// The key.
        key: String,
        /// The actors.
        actors: Vec<String>,
    },
    /// The line has no such outcome.
    NoSuchOutcome {
        /// The key.
        key: String,
        /// How many it has.
        outcomes: usize,
    },
    /// Something is to come after the end of the run.
    AfterTheEnd {
        /// The end.
        end: String,
    },
    /// Nothing is asked.
    Nothing,
}

/// Reads a question: what happens, one after the other, with `before` between. Each is
/// - `W6`: the line is taken; `walker W6` where several actors have one of this key; `M4.2` with its second
///   outcome; `W6 to W10`: and its actor stands before W10 then, `W6 to end`: and has finished;
/// - or, as the last, an end: the name of a kind of violation, `deadlock`, `complete`, `held off`.
///
/// # Errors
/// At the first part that says nothing of this model.
pub fn asked(model: &Model, text: &str) -> Result<Vec<Happening>, AskedError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut all = Vec::new();
    for part in words.split(|it| *it == "before") {
        if let Some(Happening::Ends(_)) = all.last() {
            let end = words.split(|it| *it == "before").nth(all.len() - 1).unwrap_or_default();
            return Err(AskedError::AfterTheEnd { end: end.join(" ") });
        }
        all.push(happening(model, part)?);
    }
    Ok(all)
}

fn happening(model: &Model, words: &[&str]) -> Result<Happening, AskedError> {
    let (line, to) = match words {
        [] => return Err(AskedError::Nothing),
        ["held", "off"] => return Ok(Happening::Ends(Ending::HeldOff)),
        [word] => {
            if let Some(ending) = end(model, word) {
                return Ok(Happening::Ends(ending));
            }
            (words, None)
        }
        [line @ .., "to", to] => (line, Some(*to)),
        line => (line, None),
    };
    let (step, outcome) = step(model, line)?;
    let to = to.map(|to| line_of(model, step, to)).transpose()?;
    Ok(Happening::Takes { step, outcome, to })
}

fn end(model: &Model, word: &str) -> Option<Ending> {
    match word {
        "complete" => Some(Ending::Complete),
        "deadlock" => Some(Ending::Deadlock),
        "held-off" => Some(Ending::HeldOff),
        _ => {
            let kind = model.violations.iter().position(|it| it.name == word)?;
            Some(Ending::Violated(ViolationId(kind as u8)))
        }
    }
}

/// A line, and an outcome of it: the actor's name may stand before the key.
fn step(model: &Model, words: &[&str]) -> Result<(StepId, Option<u8>), AskedError> {
    let (&last, actor) = words.split_last().ok_or(AskedError::Nothing)?;
    let actor = actor.join(" ");
    let of = |key: &str| -> Vec<StepId> {
        let is_it = |it: &usize| {
            let step = &model.steps[*it];
            let name = &model.actors[step.actor.index()].name;
            step.key == key && (actor.is_empty() || *name == actor)
        };
        (0..model.steps.len()).filter(is_it).map(|it| StepId(it as u16)).collect()
    };
    let numbered = || {
        let (key, number) = last.rsplit_once('.')?;
        Some((key, number.parse::<usize>().ok()?))
    };
    let (key, outcome, found) = match (of(last), numbered()) {
        (found, Some((key, number))) if found.is_empty() => (key, Some(number), of(key)),
        (found, _) => (last, None, found),
    };
    match (&found[..], outcome) {
        ([], _) => Err(unknown(model, &words.join(" "), key)),
        ([step], None) => Ok((*step, None)),
        ([step], Some(number)) => {
            let outcomes = model.steps[step.index()].outcomes.len();
            if (1..=outcomes).contains(&number) {
                Ok((*step, Some((number - 1) as u8)))
            } else {
                Err(AskedError::NoSuchOutcome { key: key.to_owned(), outcomes })
            }
        }
        (several, _) => {
            let name =
                |it: &StepId| model.actors[model.steps[it.index()].actor.index()].name.clone();
            Err(AskedError::WhoseLine {
                key: key.to_owned(),
                actors: several.iter().map(name).collect(),
            })
        }
    }
}

/// The number of a line in the lane of the actor that takes `step`.
fn line_of(model: &Model, step: StepId, key: &str) -> Result<u16, AskedError> {
    let steps = model.actors[model.steps[step.index()].actor.index()].steps.clone();
    if key == "end" {
        return Ok(steps.end - steps.start);
    }
    let line = steps.clone().position(|it| model.steps[usize::from(it)].key == key);
    line.map(|it| it as u16).ok_or_else(|| unknown(model, key, key))
}

fn unknown(model: &Model, word: &str, key: &str) -> AskedError {
    let names = model.steps.iter().map(|it| &*it.key);
    let names = names.chain(model.violations.iter().map(|it| &*it.name));
    let names = names.chain(["deadlock", "complete", "held-off"]);
    AskedError::Unknown { word: word.to_owned(), closest: closest(key, names).map(str::to_owned) }
}

impl fmt::Display for AskedError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { word, closest } => {
                write!(out, "there is no line, and no end, `{word}`")?;
                match closest {
                    Some(closest) => write!(out, "; did you mean `{closest}`?"),
                    None => Ok(()),
                }
            }
            Self::WhoseLine { key, actors } => {
                let names: Vec<String> = actors.iter().map(|it| format!("`{it} {key}`")).collect();
                write!(out, "several actors have a line `{key}`: write {}", names.join(" or "))
            }
            Self::NoSuchOutcome { key, outcomes } => {
                write!(out, "`{key}` can go {outcomes} ways: write `{key}.1`")?;
                if *outcomes > 1 { write!(out, " to `{key}.{outcomes}`") } else { Ok(()) }
            }
            Self::AfterTheEnd { end } => {
                write!(out, "nothing comes after `{end}`: the run is over")
            }
            Self::Nothing => {
                out.write_str("something is missing: a line like `W6`, or an end like `deadlock`")
            }
        }
    }
}

impl std::error::Error for AskedError {}
