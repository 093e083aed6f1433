//! How the instrument names lines, waits and places. Pure; imports the engine, no screen.

use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::model::{Model, Piece};
use racewalk_engine::view::Stage;

/// What a reader is told of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Its key: `W2`.
    pub key: String,
    /// Its label: `pte = ptep_get_lockless(ptep)`.
    pub label: String,
    /// Whose it is, by number.
    pub actor: usize,
}

/// Every line, by its number.
#[must_use]
pub fn lines(model: &Model, stage: &Stage) -> Vec<Named> {
    let row = |step: usize| {
        let rows = stage.lanes.iter().flat_map(|it| &it.rows);
        rows.into_iter().find(|it| it.step == StepId(step as u16))
    };
    let named = |(number, it): (usize, &racewalk_engine::model::Step)| Named {
        key: it.key.clone(),
        label: row(number).map(|it| it.label.clone()).unwrap_or_default(),
        actor: it.actor.index(),
    };
    model.steps.iter().enumerate().map(named).collect()
}

/// Why an actor does not take a line: `D4 waits for the references to be dropped`; `None`: it never waits there.
#[must_use]
pub fn wait(model: &Model, step: StepId) -> Option<String> {
    let line = &model.steps[step.index()];
    let wait = line.wait.as_ref()?;
    let words: String = (model.texts[wait.words.index()].iter())
        .map(|piece| match piece {
            Piece::Words(text) | Piece::Code(text) => text.as_str(),
            Piece::Value(..) => "…",
        })
        .collect();
    Some(format!("{} waits {}", line.key, words.trim()).trim_end().to_owned())
}

/// Where an actor stands: `walker before W5`, `unmap finished`.
#[must_use]
pub fn place(model: &Model, actor: usize, at: u16) -> String {
    let name = &model.actors[actor].name;
    match model.step_at(ActorId(actor as u8), i32::from(at)) {
        Some(step) => format!("{name} before {}", model.steps[step.index()].key),
        None => format!("{name} finished"),
    }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// `1 state`, `174 states`.
#[must_use]
pub fn states(count: usize) -> String {
    racewalk_engine::export::counted(&count.to_string(), "state")
}

/// With a capital letter and a full stop.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
