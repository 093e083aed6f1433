//! Walks the outline of a file: gives each line to the parser that its place asks for, and reports what fails.

use super::hint::{Failure, hint};
use super::input::{Expected, Input, Res, end, input};
use super::layout::Row;
use super::lexer::{Kind, Token};
use super::mistakes::Mistakes;
use crate::syntax::diagnostic::Diagnostic;
use crate::syntax::span::{FileId, Span};
use crate::syntax::tree::{Quoted, Spanned, When};
use std::ops::Range;
use winnow::prelude::*;

/// Rows that stand side by side, with everything below them.
pub(super) type Rows = Range<usize>;

/// The rows of a file, and what is wrong with them.
pub(super) struct Outline<'t> {
    pub(super) tokens: &'t [Token<'t>],
    pub(super) rows: &'t [Row],
    pub(super) file: FileId,
    pub(super) diagnostics: Mistakes,
}

impl<'t> Outline<'t> {
    /// Takes the first of `rows`, and gives it with the rows below it.
    pub(super) fn next(&self, rows: &mut Rows) -> Option<usize> {
        let row = rows.next()?;
        rows.start = self.rows.get(row)?.after;
        Some(row)
    }

    /// The rows below `row`.
    pub(super) fn below(&self, row: usize) -> Rows {
        row + 1..self.rows.get(row).map_or(row + 1, |found| found.after)
    }

    /// The first of `rows`, which stays there.
    pub(super) fn peek(&self, rows: &Rows) -> Option<usize> {
        (rows.start < rows.end).then_some(rows.start)
    }

    /// The tokens of `row`.
    pub(super) fn tokens(&self, row: usize) -> &'t [Token<'t>] {
        self.rows.get(row).and_then(|row| self.tokens.get(row.first..row.last)).unwrap_or(&[])
    }

    /// The first word of `row`; empty if it starts otherwise.
    pub(super) fn word(&self, row: usize) -> &'t str {
        self.tokens(row)
            .first()
            .filter(|token| token.kind == Kind::Word)
            .map_or("", |token| token.text)
    }

    /// What the first token of `row` is.
    pub(super) fn kind(&self, row: usize) -> Option<Kind> {
        self.tokens(row).first().map(|token| token.kind)
    }

    /// All of `row`.
    #[inline(never)]
    pub(super) fn span(&self, row: usize) -> Span {
        let (start, end) = self.rows.get(row).map_or((0, 0), |row| (row.start, row.end));
        Span { file: self.file, start, end }
    }

    /// The span of a token.
    pub(super) fn span_of(&self, token: &Token<'_>) -> Span {
        Span { file: self.file, start: token.start, end: token.end }
    }

    /// Reports a mistake.
    #[cold]
    #[inline(never)]
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.add(diagnostic);
    }

    /// Parses `row`, all of it; `form` says how such a line is written.
    pub(super) fn line<T>(
        &mut self,
        row: usize,
        form: &'static str,
        parser: impl Parser<Input<'t>, T, winnow::error::EmptyError>,
    ) -> Option<T> {
        self.part(row, self.tokens(row), form, parser)
    }

    /// Parses `tokens`, the end of `row`.
    pub(super) fn part<T>(
        &mut self,
        row: usize,
        tokens: &'t [Token<'t>],
        form: &'static str,
        mut parser: impl Parser<Input<'t>, T, winnow::error::EmptyError>,
    ) -> Option<T> {
        let mut input = input(tokens, self.file);
        let parsed: Res<T> = parser.parse_next(&mut input);
        if let Ok(parsed) = parsed
            && end(&mut input).is_ok()
        {
            return Some(parsed);
        }
        self.fail(row, tokens, form, input);
        None
    }

    #[cold]
    #[inline(never)]
    fn fail(&mut self, row: usize, tokens: &[Token<'_>], form: &'static str, input: Input<'_>) {
        if self.rows.get(row).is_none_or(|row| row.damaged) {
            return;
        }
        let state = input.state;
        if let Some(refusal) = state.refusal {
            self.report(Diagnostic::error(refusal.message, refusal.span).help(refusal.help));
            return;
        }
        let at = tokens.len().saturating_sub(state.left);
        let end = tokens.last().map_or(self.span(row).end, |token| token.end);
        let found = tokens.get(at);
        let span =
            found.map_or(Span { file: self.file, start: end, end }, |token| self.span_of(token));
        let failure = Failure { tokens, at, expected: &state.expected };
        let (message, help) = hint(&failure).unwrap_or_else(|| (failure.message(), None));
        let help = help.unwrap_or_else(|| ["such a line is written ", form].concat());
        self.report(Diagnostic::error(message, span).help(help));
    }

    /// Says that nothing can stand below `row`, if something does.
    #[inline(never)]
    pub(super) fn nothing_below(&mut self, row: usize, what: &str) {
        let Some(first) = self.peek(&self.below(row)) else { return };
        if self.rows.get(first).is_none_or(|row| row.damaged) {
            return;
        }
        let message = ["nothing can stand below ", what].concat();
        let diagnostic = Diagnostic::error(message, self.span(first))
            .also(self.span(row), "this line")
            .help("a line that is indented deeper belongs to the line above it: indent both alike");
        self.report(diagnostic);
    }

    /// Reports a line that cannot stand where it does.
    #[cold]
    #[inline(never)]
    pub(super) fn misplaced(&mut self, row: usize, message: &str, help: &str) {
        if self.rows.get(row).is_some_and(|row| !row.damaged) {
            let diagnostic = Diagnostic::error(message, self.span(row)).help(help);
            self.report(diagnostic);
        }
    }

    /// Reports a line whose first word makes no sense where it stands.
    #[cold]
    #[inline(never)]
    pub(super) fn unknown(&mut self, row: usize, message: &str, help: &str) {
        if self.rows.get(row).is_some_and(|row| !row.damaged) {
            let span = self
                .tokens(row)
                .first()
                .map_or_else(|| self.span(row), |token| self.span_of(token));
            self.report(Diagnostic::error(message, span).help(help));
        }
    }

    /// A text that `row` starts with, and those right below and beside it: they are one text.
    #[inline(never)]
    pub(super) fn paragraph(&mut self, row: usize, rows: &mut Rows) -> Option<Quoted> {
        let mut words = self.line(row, "`\"text\"`", super::input::text)?;
        words = self.continued(words, row);
        while let Some(row) = self.peek(rows).filter(|row| self.kind(*row) == Some(Kind::Text)) {
            self.next(rows);
            if let Some(more) = self.line(row, "`\"text\"`", super::input::text) {
                words = join(words, more);
                words = self.continued(words, row);
            }
        }
        Some(words)
    }

    /// `words`, and the texts below `row`, which go on with them.
    #[inline(never)]
    pub(super) fn continued(&mut self, words: Quoted, row: usize) -> Quoted {
        let mut rows = self.below(row);
        let words = self.leading(Some(words), &mut rows).unwrap_or_default();
        if let Some(other) = self.peek(&rows) {
            self.misplaced(
                other,
                "only texts can stand below a text",
                "indent this line like the one that it belongs beside",
            );
        }
        words
    }

    /// `words`, and the texts that `rows` start with.
    #[inline(never)]
    pub(super) fn leading(&mut self, mut words: Option<Quoted>, rows: &mut Rows) -> Option<Quoted> {
        while let Some(row) = self.peek(rows).filter(|row| is_text(self.tokens(*row))) {
            self.next(rows);
            let Some(more) = self.line(row, "`\"text\"`", super::input::text) else { continue };
            let more = self.continued(more, row);
            words = Some(match words {
                Some(words) => join(words, more),
                None => more,
            });
        }
        words
    }

    /// `when COND` in `row`, what stands below it, and the `otherwise` beside it.
    pub(super) fn when<L>(
        &mut self,
        row: usize,
        rows: &mut Rows,
        block: fn(&mut Self, Rows) -> Vec<L>,
    ) -> Option<When<L>> {
        let condition = self.line(
            row,
            "`when CONDITION`, and below it what exists only then",
            |i: &mut Input<'t>| {
                winnow::combinator::preceded(
                    super::input::the("when"),
                    super::expression::expression,
                )
                .parse_next(i)
            },
        );
        let below = self.below(row);
        if self.peek(&below).is_none() && condition.is_some() {
            self.misplaced(
                row,
                "nothing stands below this `when`",
                "indent what exists only then, below it",
            );
        }
        let then = block(self, below);
        let otherwise = self.otherwise(rows, block).unwrap_or_default();
        Some(When { condition: condition?, then, otherwise })
    }

    /// `otherwise` and what stands below it, if it is the next of `rows`.
    pub(super) fn otherwise<L>(
        &mut self,
        rows: &mut Rows,
        block: fn(&mut Self, Rows) -> Vec<L>,
    ) -> Option<Vec<L>> {
        let row = self
            .peek(rows)
            .filter(|row| matches!(self.word(*row), "otherwise" | "else" | "elif"))?;
        self.next(rows);
        let form = "`otherwise`, alone, and below it what is done then";
        let fine = self.line(row, form, super::input::the("otherwise")).is_some();
        let below = self.below(row);
        if self.peek(&below).is_none() && fine {
            self.misplaced(
                row,
                "nothing stands below this `otherwise`",
                "indent what is done then, below it",
            );
        }
        Some(block(self, below))
    }
}

/// A text and nothing else.
fn is_text(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [token] if token.kind == Kind::Text)
}

/// Two texts are one, with a blank between them.
pub(super) fn join(first: Quoted, second: Quoted) -> Quoted {
    let span = Span { end: second.span.end.max(first.span.end), ..first.span };
    let blank = if first.node.is_empty() || second.node.is_empty() { "" } else { " " };
    Spanned { node: [first.node.as_str(), blank, second.node.as_str()].concat(), span }
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn enumerate(expected: &[Expected]) -> String {
    let mut out = String::new();
    let words: Vec<String> = expected
        .iter()
        .filter(|expected| **expected != Expected::End)
        .map(|expected| match expected {
            Expected::Literal(word) => ["`", word, "`"].concat(),
            Expected::Some(what) => (*what).to_owned(),
            Expected::End => String::new(),
        })
        .collect();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push_str(if at + 1 == words.len() { " or " } else { ", " });
        }
        out.push_str(word);
    }
    out
}
