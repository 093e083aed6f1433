//! How values and texts read once their numbers are known. Imports ids, model and state, never a trace.

use super::{Prose, Words};
use crate::ids::TextId;
use crate::model::{Meaning, Model, Piece};
use crate::state;

/// How a number reads.
pub(crate) fn value(model: &Model, meaning: &Meaning, value: i32) -> String {
    let actor = |it: i32| usize::try_from(it).ok().and_then(|it| model.actors.get(it));
    match meaning {
        Meaning::Number => value.to_string(),
        Meaning::Bool => if value == 0 { "no" } else { "yes" }.to_owned(),
        Meaning::Names(names) => {
            let name = usize::try_from(value).ok().and_then(|it| names.get(it));
            name.cloned().unwrap_or_else(|| value.to_string())
        }
        Meaning::Index { first, .. } if value < *first => "none".to_owned(),
        Meaning::Index { .. } => value.to_string(),
        Meaning::Actor => actor(value).map_or_else(|| "none".to_owned(), |it| it.name.clone()),
        Meaning::Actors => {
            let members = model.actors.iter().enumerate();
            let members = members.filter(|(bit, _)| value >> bit & 1 == 1);
            let names: Vec<&str> = members.map(|(_, it)| it.name.as_str()).collect();
            format!("{{{}}}", names.join(", "))
        }
        Meaning::Position(actor) => {
            let step = model.step_at(*actor, value);
            step.map_or_else(|| "end".to_owned(), |it| model.steps[it.index()].key.clone())
        }
    }
}

/// A text with its values filled in from a state.
pub(crate) fn prose(model: &Model, state: &[u64], text: TextId) -> Prose {
    let mut prose = Prose::new();
    for piece in &model.texts[text.index()] {
        match piece {
            Piece::Code(code) => prose.push(Words::Code(code.clone())),
            Piece::Words(words) => push_plain(&mut prose, words),
            Piece::Value(expr, meaning) => {
                let number = state::evaluate(model, state, *expr, &mut ());
                // A text may look where nothing is; the step itself would break there.
                let words = number.map_or_else(|_| "?".to_owned(), |it| value(model, meaning, it));
                push_plain(&mut prose, &words);
            }
        }
    }
    prose
}

/// A text as one string, its code among the words.
pub(crate) fn string(model: &Model, state: &[u64], text: TextId) -> String {
    prose(model, state, text)
        .into_iter()
        .map(|it| match it {
            Words::Plain(text) | Words::Code(text) => text,
        })
        .collect()
}

fn push_plain(prose: &mut Prose, words: &str) {
    match prose.last_mut() {
        Some(Words::Plain(text)) => text.push_str(words),
        _ => prose.push(Words::Plain(words.to_owned())),
    }
}
