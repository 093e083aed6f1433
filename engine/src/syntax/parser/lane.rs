//! Lanes: the lines of actors and routines, and the statements in them with their blocks.

use super::file::{MARKS, belongs_to_step};
use super::lexer::{Kind, Token};
use super::outline::{Outline, Rows};
use super::statement::{
    STATEMENTS, branch, form, is_assignment, run, starts_with, statement, waiting,
};
use crate::syntax::diagnostic::{Diagnostic, closest, did_you_mean};
use crate::syntax::tree::{Branch, Line, Spanned, Statement};

/// How the words of a wait are written.
pub(super) const WAITING: &str = "`waiting \"for what\"`, and perhaps `may be held off`";

impl Outline<'_> {
    /// The lines of an actor or a routine.
    pub(super) fn lane(&mut self, mut rows: Rows) -> Vec<Line> {
        let mut lines = Vec::new();
        while let Some(row) = self.next(&mut rows) {
            let tokens = self.tokens(row);
            if starts_with(tokens, "local") {
                lines.extend(self.declaration(row, 1).map(|local| Line::Local(Box::new(local))));
            } else if is_step(tokens) {
                lines.extend(self.step(row).map(Line::Step));
            } else if starts_with(tokens, "when") {
                lines.extend(self.when(row, &mut rows, Self::lane).map(Line::When));
            } else if starts_with(tokens, "run") {
                self.nothing_below(row, "`run`");
                lines.extend(
                    self.line(row, "`run NAME(ARGUMENT, PARAMETER = ARGUMENT)`", run)
                        .map(Line::Run),
                );
            } else if self.is_unkeyed_step(row) {
                // Reported; what it does is not known to belong anywhere.
            } else {
                let mut found = Vec::new();
                self.statement_into(row, &mut rows, &mut found);
                if found.iter().any(|found| {
                    matches!(found.node, Statement::Wait { .. } | Statement::Choose(_))
                }) {
                    let help = "a wait or a choice is a step of its own: give it a key, `W2: …`";
                    self.unknown(row, "this step has no key", help);
                }
                lines.extend(found.into_iter().map(Line::Statement));
            }
        }
        lines
    }

    /// Reports a line that has what only steps have, but no key.
    fn is_unkeyed_step(&mut self, row: usize) -> bool {
        let own = belongs_to_step(self.kind(row))
            || MARKS.contains(&self.word(row)) && self.tokens(row).len() == 1;
        let mut below = self.below(row);
        let mut has = self.tokens(row).iter().any(|token| token.kind == Kind::Label);
        while let Some(row) = self.next(&mut below) {
            has |= belongs_to_step(self.kind(row));
        }
        if own {
            let what = "a sentence, a label or a source belongs to a step";
            self.misplaced(
                row,
                what,
                "indent it below the line that starts with the step's key: `W2: …`",
            );
        } else if has && !matches!(self.word(row), "choose" | "say") {
            let first =
                self.tokens(row).first().map(|token| self.span_of(token)).unwrap_or_default();
            let key = self.word(row);
            let help = match self.tokens(row) {
                [_, second, ..] if looks_like_key(key) && second.kind != Kind::Sign => {
                    ["a `:` belongs behind the key: `", key, ": …`"].concat()
                }
                _ => "this line has a sentence or a label, so it is a step; \
                      a step starts with its key: `W2: …`"
                    .to_owned(),
            };
            self.report(Diagnostic::error("this step has no key", first).help(help));
        }
        own || has
    }

    /// The statements of a block.
    fn statements(&mut self, mut rows: Rows) -> Vec<Spanned<Statement>> {
        let mut statements = Vec::new();
        while let Some(row) = self.next(&mut rows) {
            if is_step(self.tokens(row)) {
                let help = "let the `if` jump with `goto KEY` instead; \
                            steps under a knob stand below `when`, in the lane";
                self.misplaced(row, "a step cannot stand in a block", help);
            } else if belongs_to_step(self.kind(row)) {
                let message = "a sentence, a label or a source belongs to the whole step";
                let help = "indent it like the first line below the key; \
                            for words that hold here only use `say \"…\"`";
                self.misplaced(row, message, help);
            } else {
                if starts_with(self.tokens(row), "wait") {
                    let help = "a step waits first, if at all: make a step of its own of this";
                    self.misplaced(row, "a wait in the middle of a step", help);
                }
                self.statement_into(row, &mut rows, &mut statements);
            }
        }
        statements
    }

    /// A statement with the block below it and the `otherwise` beside it.
    pub(super) fn statement_into(
        &mut self,
        row: usize,
        rows: &mut Rows,
        into: &mut Vec<Spanned<Statement>>,
    ) {
        let tokens = self.tokens(row);
        if starts_with(tokens, "when") {
            let when = self.when(row, rows, Self::statements);
            into.extend(
                when.map(|when| Spanned { node: Statement::When(when), span: self.span(row) }),
            );
            return;
        }
        if starts_with(tokens, "either") || starts_with(tokens, "or") {
            self.branch_into(row, into);
            return;
        }
        if starts_with(tokens, "otherwise") {
            self.misplaced(
                row,
                "this `otherwise` has no `if` and no `when`",
                "it stands in the column of its `if`, right below the block of that",
            );
            let below = self.below(row);
            self.statements(below);
            return;
        }
        if self.is_unknown(row) {
            return;
        }
        let parsed = self.line(row, form(self.word(row)), statement);
        let below = self.below(row);
        match parsed {
            None if matches!(self.word(row), "if" | "for") => {
                self.statements(below);
                self.otherwise(rows, Self::statements);
            }
            None => {}
            Some(mut parsed) => {
                self.complete(row, rows, &mut parsed);
                into.push(parsed);
            }
        }
    }

    /// Adds what stands below and beside a statement.
    fn complete(&mut self, row: usize, rows: &mut Rows, parsed: &mut Spanned<Statement>) {
        let below = self.below(row);
        match &mut parsed.node {
            Statement::If { then, otherwise, .. } => {
                if then.is_empty() {
                    if self.peek(&below).is_none() {
                        let help = "put it behind the condition (`if x is 0 goto W2`), or below it, indented";
                        self.misplaced(row, "what is done if this holds?", help);
                    }
                    *then = self.statements(below);
                } else {
                    self.nothing_below(row, "an `if` that has its statement on its own line");
                }
                *otherwise = self.otherwise(rows, Self::statements).unwrap_or_default();
            }
            Statement::For { body, .. } => *body = self.statements(below),
            Statement::Say(words) => *words = self.continued(std::mem::take(words), row),
            Statement::Choose(branches) => {
                let mut found = vec![];
                let mut rows = below;
                while let Some(row) = self.next(&mut rows) {
                    found.extend(self.branch(row));
                }
                *branches = found;
            }
            Statement::Wait { words, may_be_held_off, .. } => {
                let mut rows = below;
                if let Some(row) = self.next(&mut rows)
                    && let Some(found) = self.line(row, WAITING, waiting)
                {
                    (*words, *may_be_held_off) = found;
                }
            }
            _ => self.nothing_below(row, "this statement"),
        }
    }

    fn branch_into(&mut self, row: usize, into: &mut [Spanned<Statement>]) {
        let branch = self.branch(row);
        match into.last_mut() {
            Some(Spanned { node: Statement::Choose(branches), .. }) => branches.extend(branch),
            _ => self.misplaced(
                row,
                "this branch has no `choose`",
                "write `choose` on a line before the first `either`",
            ),
        }
    }

    fn branch(&mut self, row: usize) -> Option<Branch> {
        let form = "`either \"what a reader chooses\"`, the others `or \"…\"`, \
                    with `when CONDITION` before the text if it cannot always be taken";
        let parsed = self.line(row, form, branch);
        let body = self.statements(self.below(row));
        Some(Branch { body, ..parsed? })
    }

    /// Reports a line that starts like no statement.
    fn is_unknown(&mut self, row: usize) -> bool {
        let (tokens, word) = (self.tokens(row), self.word(row));
        if word.is_empty() || STATEMENTS.contains(&word) || is_assignment(tokens) {
            return false;
        }
        let other;
        let help = match word {
            "else" | "elif" | "elsif" => {
                "write `otherwise`, alone on its line, in the column of the `if`"
            }
            "while" | "loop" | "until" | "do" => {
                "there are no loops: give the first line a key and jump back with `goto KEY`"
            }
            "assert" => "a property is checked with `check CONDITION else VIOLATION`",
            "let" | "var" | "int" | "const" => {
                "a local is declared with `local NAME: TYPE = INITIAL`"
            }
            "call" => "a routine is run with `run NAME(…)`",
            "end" | "endif" | "fi" | "done" => {
                "blocks end with their indentation: leave this line out"
            }
            "pass" | "skip" => "a step that does nothing says `nothing`",
            "exit" | "stop" => "an actor is done with `finish`",
            "sleep" | "await" => {
                "write `wait until CONDITION`, and `waiting \"for what\"` below it"
            }
            "local" => "locals are declared in the lane, not inside a step",
            _ if looks_like_key(word) && tokens.len() > 1 => {
                other = ["a `:` belongs behind the key of a step: `", word, ": …`"].concat();
                &other
            }
            _ => match closest(word, STATEMENTS) {
                Some(meant) => {
                    other = did_you_mean(meant);
                    &other
                }
                None => {
                    "a statement starts with the place that it writes to (`PLACE = VALUE`), \
                         or with `if`, `goto`, `check`, `run`, `say` and the like"
                }
            },
        };
        self.unknown(row, &["no statement starts with `", word, "`"].concat(), help);
        true
    }
}

/// `KEY: …`.
fn is_step(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [key, colon, ..] if key.kind == Kind::Word
        && (colon.kind, colon.text) == (Kind::Sign, ":"))
}

/// Like `W2` or `M2a`: a capital letter and a digit.
fn looks_like_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_digit())
}
