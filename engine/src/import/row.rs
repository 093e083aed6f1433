//! What a row of a table says by itself: texts in columns, a step with a note beside it. Imports the lines.

use super::lines::Line;
use crate::ids::ActorId;

/// Texts that stand two blanks apart, and where each begins, if each of them is somebody.
pub(super) fn columns(
    row: &Line,
    actor: impl Fn(&str) -> Option<ActorId>,
) -> Option<Vec<(usize, ActorId)>> {
    let mut columns = Vec::new();
    let mut at = row.indent;
    for part in row.text.split("  ") {
        let name = part.trim();
        if !name.is_empty() {
            let before = part.chars().count() - part.trim_start().chars().count();
            columns.push((at + before, actor(name)?));
        }
        at += part.chars().count() + 2;
    }
    (!columns.is_empty()).then_some(columns)
}

/// The text of a row in several lines, and the note beside its last one. `None` where a note begins
/// before the last line.
pub(super) fn joined(rows: &[Line]) -> Option<(String, Option<String>)> {
    let mut text = String::new();
    let mut note = None;
    for row in rows {
        if note.is_some() || row.text.starts_with("<--") || is_behind(row) {
            return None;
        }
        let (step, beside) = match row.text.split_once("  <--") {
            Some((step, beside)) => (step, Some(beside)),
            None => (&*row.text, None),
        };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(step.trim_end());
        note = beside.map(str::to_owned);
    }
    Some((text, note))
}

/// What a mail goes on with behind its table.
pub(super) fn is_behind(row: &Line) -> bool {
    let begins = ["What the model leaves out:", "https://", "http://", "file://"];
    row.text == "--" || begins.iter().any(|it| row.text.starts_with(it))
}

/// Without blanks: a label may have been broken anywhere.
pub(super) fn close(text: &str) -> String {
    text.split_whitespace().collect()
}
