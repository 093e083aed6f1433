//! A schedule as a Mermaid sequence diagram: who moved when, each step with its key and label, and what it came to as a note. Imports model, trace and what the table says.

use std::fmt::Write as _;

use super::layout::wrap;
use super::{headline, reason, table};
use crate::ids::ActorId;
use crate::model::Model;
use crate::race::{Race, Settings};
use crate::state::Ending;
use crate::trace::{Taken, Trace};

/// A note or a label is broken after so many letters.
const WIDTH: usize = 44;

/// The steps of a trace as a Mermaid sequence diagram: the actors that move are its participants, a
/// step is a message to oneself, numbered from 1, and notes tell what broke or who waits at the end.
#[must_use]
pub fn mermaid(race: &Race, settings: &Settings, model: &Model, trace: &Trace) -> String {
    let mut out = String::from("sequenceDiagram\n");
    let mut line = |text: String| {
        out.push_str("    ");
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("title {}", escaped(&headline(race, settings))));
    line("autonumber".to_owned());
    let actors: Vec<ActorId> = (0..model.actors.len()).map(|it| ActorId(it as u8)).collect();
    let moves = |it: &ActorId| trace.steps.iter().any(|step| step.turn.actor == *it);
    let mut shown: Vec<ActorId> = actors.iter().copied().filter(moves).collect();
    if shown.is_empty() {
        // A diagram of nobody is no diagram.
        shown = actors;
    }
    for id in &shown {
        let actor = &model.actors[id.index()];
        let name = match actor.cpu {
            Some(cpu) => format!("CPU {cpu}: {}", actor.name),
            None => actor.name.clone(),
        };
        line(format!("participant {} as {}", participant(*id), escaped(&name)));
    }
    for (index, taken) in trace.steps.iter().enumerate() {
        let who = participant(taken.turn.actor);
        let key = &model.steps[taken.step.index()].key;
        let label = table::label(model, trace, index);
        line(format!("{who}->>{who}: {}", broken(&format!("{key}: {label}"))));
        if let Some(note) = failure(model, taken) {
            line(format!("Note over {who}: {}", broken(&note)));
        }
    }
    let across = match (shown.first(), shown.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("{},{}", participant(*first), participant(*last))
        }
        (Some(only), _) => participant(*only),
        (None, _) => return out,
    };
    if trace.steps.is_empty() {
        line(format!("Note over {across}: nobody has moved"));
    }
    if let Some(note) = end(model, trace) {
        line(format!("Note over {across}: {}", broken(&note)));
    }
    out
}

/// A participant's name in the diagram: no actor's name, which might be a word of the language.
fn participant(actor: ActorId) -> String {
    format!("a{}", actor.0)
}

fn failure(model: &Model, taken: &Taken) -> Option<String> {
    let violation = &model.violations[taken.broken?.violation.index()];
    Some(format!("{}: {}", violation.name, violation.sentence))
}

fn end(model: &Model, trace: &Trace) -> Option<String> {
    let what = match trace.last().ending? {
        Ending::Deadlock => "deadlock",
        Ending::HeldOff => "held off, which is no fault",
        Ending::Complete | Ending::Violated(_) => return None,
    };
    Some(format!("{what}: {}", reason::waiting(model, trace.last()).join("; ")))
}

/// A text in lines.
fn broken(text: &str) -> String {
    let lines = wrap(text, WIDTH, WIDTH);
    lines.iter().map(|it| escaped(it)).collect::<Vec<_>>().join("<br/>")
}

/// A text without anything that Mermaid, or the HTML behind it, would read otherwise.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '#' | ';' | '"' | '&' | '<' | '>' | '%' | '$' | '`' | '\\' | '{' | '}' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "#{};", u32::from(it));
            }
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}
