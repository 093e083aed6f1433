//! From lines to an outline: which line stands below which, by indentation.

use super::input::is_word;
use super::lexer::{Kind, MAX_NESTING, Token, lex};
use super::mistakes::Mistakes;
use crate::syntax::diagnostic::Diagnostic;
use crate::syntax::span::{FileId, Span};

/// Lines after this one are not read.
const MAX_LINES: usize = 20_000;
/// A tab counts as this many blanks; it is a mistake anyway.
const TAB: usize = 8;
/// More mistakes than this in the signs of one line say nothing new.
const MAX_MISTAKES_IN_LINE: usize = 3;

/// A line that says something.
pub(super) struct Row {
    /// Its first token.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) last: usize,
    /// First byte.
    pub(super) start: u32,
    /// One past the last byte that counts.
    pub(super) end: u32,
    /// The row after everything that stands below this one.
    pub(super) after: usize,
    /// Something in it has been complained about already.
    pub(super) damaged: bool,
}

/// A text cut into rows and tokens.
pub(super) struct Layout<'s> {
    pub(super) tokens: Vec<Token<'s>>,
    pub(super) rows: Vec<Row>,
    pub(super) diagnostics: Mistakes,
}

/// A row whose block may still go on.
struct Open {
    row: usize,
    indent: usize,
    /// How deep its block is indented, once that is known.
    block: Option<usize>,
}

/// Cuts `text` into rows. It has at most [`MAX_BYTES`](crate::syntax::MAX_BYTES).
pub(super) fn layout(text: &str, file: FileId) -> Layout<'_> {
    let mut layout =
        Layout { tokens: Vec::new(), rows: Vec::new(), diagnostics: Mistakes::default() };
    let mut open: Vec<Open> = Vec::new();
    // The block of the file itself, in which nothing is indented.
    let mut top = Some(0);
    let mut once = Once::default();
    let mut offset = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for (number, line) in text[offset..].split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let line = line.trim_end_matches(['\n', '\r', ' ', '\t']);
        let content = line.trim_start_matches([' ', '\t']);
        let blank = line.len() - content.len();
        let at = (start + blank) as u32;
        let first = layout.tokens.len();
        let mistakes = lex(content, at, &mut layout.tokens);
        let (tokens, damaged) = (&layout.tokens[first..], !mistakes.is_empty());
        let end = tokens.last().map_or(at, |token| token.end);
        let span = |start: u32, end: u32| Span { file, start, end };
        for mistake in mistakes.into_iter().take(MAX_MISTAKES_IN_LINE) {
            let diagnostic = Diagnostic::error(mistake.message, span(mistake.start, mistake.end));
            layout.diagnostics.add(diagnostic.help(mistake.help));
        }
        if tokens.is_empty() {
            continue;
        }
        if number >= MAX_LINES {
            let message = format!("only the first {MAX_LINES} lines of a race are read");
            layout.diagnostics.add(
                Diagnostic::error(message, span(at, end))
                    .label("this line and all below it are not"),
            );
            layout.tokens.truncate(first);
            break;
        }
        let indent = &line[..blank];
        if let Some(tab) = indent.find('\t')
            && !once.tab
        {
            once.tab = true;
            let tab = (start + tab) as u32;
            layout.diagnostics.add(
                Diagnostic::error("a tab in the indentation", span(tab, tab + 1))
                    .help("indent with blanks only: a tab is as wide as each editor likes"),
            );
        }
        let indent = indent.chars().map(|c| if c == '\t' { TAB } else { 1 }).sum::<usize>();

        while open.last().is_some_and(|above| above.indent >= indent) {
            close(&mut open, &mut layout.rows);
        }
        if open.len() >= MAX_NESTING {
            if !once.depth {
                once.depth = true;
                let message = format!("lines are nested deeper than {MAX_NESTING} levels");
                layout.diagnostics.add(
                    Diagnostic::error(message, span(at, end))
                        .help("put the inner lines into a `routine`, and `run` it"),
                );
            }
            layout.tokens.truncate(first);
            continue;
        }
        let row = layout.rows.len();
        if !goes_on(tokens) {
            let block = open.last_mut().map_or(&mut top, |above| &mut above.block);
            match *block {
                None => *block = Some(indent),
                Some(0) if indent > 0 && std::mem::replace(&mut once.margin, true) => {}
                Some(expected) if expected != indent => {
                    layout.diagnostics.add(astray(span(at, end), indent, expected));
                }
                Some(_) => {}
            }
            open.push(Open { row, indent, block: None });
        }
        let last = layout.tokens.len();
        layout.rows.push(Row { first, last, start: at, end, after: row + 1, damaged });
    }
    while !open.is_empty() {
        close(&mut open, &mut layout.rows);
    }
    layout
}

/// What is said once for a text, however often it happens.
#[derive(Default)]
struct Once {
    tab: bool,
    depth: bool,
    margin: bool,
}

fn close(open: &mut Vec<Open>, rows: &mut [Row]) {
    let after = rows.len();
    if let Some(closed) = open.pop()
        && let Some(row) = rows.get_mut(closed.row)
    {
        row.after = after;
    }
}

/// `waiting "…"` goes on with the line above, and is indented as it likes.
fn goes_on(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [word, text, ..] if is_word(word, "waiting") && text.kind == Kind::Text)
}

fn astray(span: Span, indent: usize, expected: usize) -> Diagnostic {
    if expected == 0 {
        return Diagnostic::error("the first line of a text is not indented", span)
            .help("start it at the left margin; what belongs to it is indented below it");
    }
    let message =
        format!("this line is indented by {indent} blanks, the lines beside it by {expected}");
    let help = "lines that belong together start in the same column: \
                indent it like them, or like the line that it belongs below";
    Diagnostic::error(message, span).label("belongs to which line?").help(help)
}
