//! From a text to its tree. Whatever only unpacks trees does without it.
//!
//! A page downloads all this when a reader brings a race, so what many parsers share is `inline(never)`, and
//! what only speaks of mistakes is `cold`.

mod declaration;
mod expression;
mod file;
mod foreign;
mod head;
mod hint;
mod input;
mod lane;
mod layout;
mod lexer;
mod mistakes;
mod outline;
mod statement;
mod step;

use layout::layout;
use outline::Outline;

use crate::syntax::MAX_BYTES;
use crate::syntax::diagnostic::Diagnostic;
use crate::syntax::span::{FileId, Span};
use crate::syntax::tree::File;

/// What has become of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// Its tree, as far as it could be understood; none if there is nothing in it.
    pub file: Option<File>,
    /// What is wrong with it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a race or a prelude.
///
/// ```
/// use racewalk_engine::syntax::{parse, span::FileId};
/// let parsed = parse("race peterson \"Peterson's lock\"\nknob turns = on | off\n", FileId(0));
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.file.unwrap().head.name.node, "peterson");
/// ```
#[must_use]
pub fn parse(text: &str, file: FileId) -> Parsed {
    let start = Span { file, start: 0, end: 0 };
    if text.len() > MAX_BYTES {
        let help = "a race is a few hundred lines of text; is this the right file?";
        let diagnostics =
            vec![Diagnostic::error("this text is longer than 1 MB", start).help(help)];
        return Parsed { file: None, diagnostics };
    }
    let layout = layout(text, file);
    let mut diagnostics = layout.diagnostics;
    if layout.rows.is_empty() {
        if diagnostics.is_empty() {
            let help = "a race starts with `race NAME \"title\"`";
            diagnostics.add(Diagnostic::error("there is nothing in this text", start).help(help));
        }
        return Parsed { file: None, diagnostics: diagnostics.finish() };
    }
    let mut outline = Outline { tokens: &layout.tokens, rows: &layout.rows, file, diagnostics };
    let file = outline.file();
    Parsed { file: Some(file), diagnostics: outline.diagnostics.finish() }
}
