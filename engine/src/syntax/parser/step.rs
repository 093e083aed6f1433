//! Steps: the line with the key, and its sentence, label, sources, marks and statements below it.

use super::file::MARKS;
use super::head;
use super::input::{is_operator, label};
use super::lane::WAITING;
use super::lexer::Kind;
use super::outline::{Outline, Rows};
use super::statement::{STATEMENTS, StepLine, form, starts_with, step_line, waiting};
use crate::syntax::diagnostic::Diagnostic;
use crate::syntax::span::Span;
use crate::syntax::tree::{Name, Quoted, Source, Spanned, Statement, Step};

const STEP: &str = "KEY: STATEMENT `label`, and below it a sentence in quotes";

/// What has been found below the key of a step.
#[derive(Default)]
struct Body {
    label: Option<Quoted>,
    sentence: Option<Quoted>,
    sources: Vec<Source>,
    marks: Vec<Name>,
    statements: Vec<Spanned<Statement>>,
}

impl Outline<'_> {
    /// A step, with what stands below its key.
    pub(super) fn step(&mut self, row: usize) -> Option<Step> {
        let tokens = self.tokens(row);
        let first = tokens.first()?;
        let key = Spanned { node: first.text.to_owned(), span: self.span_of(first) };
        let rest = tokens.get(2..).unwrap_or(&[]);
        let does = rest.iter().find(|token| STATEMENTS.contains(&token.text));
        let written = does.map_or(STEP, |token| form(token.text));
        if is_operator(first.text) {
            let message = ["`", first.text, "` cannot be the key of a step"].concat();
            self.unknown(row, &message, "it is a word of the language; a key is short, like `W2`");
        }
        let head = self.part(row, rest, written, step_line);
        let fine = head.is_some();
        let StepLine { atomic, access, statement, label, sentence } = head.unwrap_or_default();
        let nowhere = Span { start: key.span.end, ..key.span };
        let missing = || Quoted { node: String::new(), span: nowhere };
        let mut body = Body { label, sentence, ..Body::default() };
        body.statements.extend(statement);
        if let Some(Spanned {
            node: Statement::If { then, .. } | Statement::For { body: then, .. },
            ..
        }) = body.statements.first()
            && then.is_empty()
        {
            let help = "put the `if` or `for` on a line of its own below the step, \
                        and its block below that";
            self.misplaced(row, "a block cannot start behind a key", help);
        }
        let mut rows = self.below(row);
        while let Some(row) = self.next(&mut rows) {
            self.step_part(row, &mut rows, &mut body);
        }
        self.waits(&body.statements, fine);
        if fine && body.label.is_none() {
            let help =
                "a few words in backticks, as they would stand in a table: `` `pte = *ptep` ``";
            self.report(Diagnostic::error("this step has no label", key.span).help(help));
        }
        if fine && body.sentence.is_none() {
            let help =
                "say in quotes, below the line, what happens: `\"The walker reads the PTE.\"`";
            self.report(Diagnostic::error("this step has no sentence", key.span).help(help));
        }
        Some(Step {
            label: body.label.unwrap_or_else(missing),
            sentence: body.sentence.unwrap_or_else(missing),
            key,
            atomic,
            access,
            sources: body.sources,
            marks: body.marks,
            body: body.statements,
        })
    }

    /// A line below a step.
    fn step_part(&mut self, row: usize, rows: &mut Rows, body: &mut Body) {
        match self.kind(row) {
            Some(Kind::Text) => {
                let Some(words) = self.paragraph(row, rows) else { return };
                if let Some(first) = &body.sentence {
                    let diagnostic = Diagnostic::error(
                        "this step has a second sentence",
                        words.span,
                    )
                    .also(first.span, "the first one")
                    .help("put both side by side; for words that hold in one case only use `say`");
                    self.report(diagnostic);
                } else {
                    body.sentence = Some(words);
                }
            }
            Some(Kind::Label) => {
                self.nothing_below(row, "a label");
                let Some(found) = self.line(row, "`` `label` ``", label) else { return };
                if let Some(first) = &body.label {
                    let diagnostic = Diagnostic::error("this step has a second label", found.span)
                        .also(first.span, "the first one")
                        .help("keep one of them");
                    self.report(diagnostic);
                } else {
                    body.label = Some(found);
                }
            }
            Some(Kind::Source) => {
                self.nothing_below(row, "a source");
                body.sources.extend(self.source(row));
            }
            Some(Kind::Word) if MARKS.contains(&self.word(row)) && self.tokens(row).len() == 1 => {
                self.nothing_below(row, "a mark");
                body.marks.extend(self.line(row, "a mark", head::mark));
            }
            Some(Kind::Word) if starts_with(self.tokens(row), "waiting") => {
                self.words_of_wait(row, &mut body.statements)
            }
            _ => self.statement_into(row, rows, &mut body.statements),
        }
    }

    /// `@ FILE FUNCTION [VERSION…]`.
    fn source(&mut self, row: usize) -> Option<Source> {
        let span = self.span(row);
        let token = self.tokens(row).first()?;
        let mut words = token.text.split_ascii_whitespace().map(str::to_owned);
        if let (Some(file), Some(function)) = (words.next(), words.next()) {
            return Some(Source { file, function, versions: words.collect(), span });
        }
        self.misplaced(
            row,
            "a source names a file and a function",
            "for example `@ mm/gup.c gup_pte_range v6.1`; without a version it stands for all",
        );
        None
    }

    /// `waiting "…"` on a line of its own.
    fn words_of_wait(&mut self, row: usize, statements: &mut [Spanned<Statement>]) {
        let found = self.line(row, WAITING, waiting);
        match (statements.last_mut(), found) {
            (
                Some(Spanned { node: Statement::Wait { words, may_be_held_off, .. }, .. }),
                Some((text, held_off)),
            ) if words.node.is_empty() => {
                *words = text;
                *may_be_held_off = held_off;
            }
            (_, None) => {}
            _ => self.misplaced(
                row,
                "`waiting` belongs to a `wait until` that has no words yet",
                "put it right below the line with `wait until`",
            ),
        }
        self.nothing_below(row, "`waiting`");
    }

    /// Complains about waits without words, and waits that do not come first.
    fn waits(&mut self, statements: &[Spanned<Statement>], fine: bool) {
        for (at, statement) in statements.iter().enumerate() {
            let Statement::Wait { words, .. } = &statement.node else { continue };
            if words.node.is_empty() {
                let help = "add below it what a reader sees meanwhile: `waiting \"for the lock\"`";
                self.report(
                    Diagnostic::error("this wait does not say what for", statement.span).help(help),
                );
            }
            if at > 0 && fine {
                let help = "a step waits first, if at all: make a step of its own of this";
                self.report(
                    Diagnostic::error("a wait in the middle of a step", statement.span).help(help),
                );
            }
        }
    }
}
