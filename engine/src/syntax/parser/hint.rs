//! What to say about a line that could not be parsed: the mistakes that newcomers make, by name.

use super::input::Expected;
use super::lexer::{Kind, Token};
use super::outline::enumerate;
use crate::syntax::diagnostic::{closest, did_you_mean};

/// A line that could not be parsed.
pub(super) struct Failure<'a> {
    /// The line, or the part of it that was parsed.
    pub(super) tokens: &'a [Token<'a>],
    /// Where in that part.
    pub(super) at: usize,
    /// What would have been right.
    pub(super) expected: &'a [Expected],
}

impl Failure<'_> {
    /// What was expected, and what was found.
    pub(super) fn message(&self) -> String {
        let expected = enumerate(self.expected);
        let found = match self.tokens.get(self.at) {
            Some(token) => "found ".to_owned() + &describe(token),
            None => "the line ends".to_owned(),
        };
        match expected.as_str() {
            "" => ["the line should end here, but ", &found].concat(),
            _ => ["expected ", &expected, ", but ", &found].concat(),
        }
    }

    fn expects(&self, word: &'static str) -> bool {
        self.expected.contains(&Expected::Literal(word))
    }
}

fn describe(token: &Token<'_>) -> String {
    match token.kind {
        Kind::Text => "a text".to_owned(),
        Kind::Label => "a label".to_owned(),
        Kind::Source => "a source".to_owned(),
        Kind::Word | Kind::Number | Kind::Sign => ["`", token.text, "`"].concat(),
    }
}

/// A message, and what to do (nothing: how such a line is written).
pub(super) fn hint(failure: &Failure<'_>) -> Option<(String, Option<String>)> {
    let found = failure.tokens.get(failure.at)?;
    let before = &failure.tokens[..failure.at];
    let asks = before.iter().any(|token| {
        token.kind == Kind::Word
            && matches!(token.text, "if" | "when" | "check" | "until" | "where" | "either" | "or")
    });
    let hint = |message: &str, help: &str| Some((message.to_owned(), Some(help.to_owned())));
    match (found.kind, found.text) {
        (Kind::Sign, "=") if asks => {
            hint("`=` writes a value; it does not compare", "compare with `is`: `if x is 0`")
        }
        (Kind::Sign, "<" | "<=" | ">" | ">=") | (Kind::Word, "is" | "has")
            if before.iter().any(compares) =>
        {
            hint("comparisons cannot be chained", "join two of them with `and`: `0 < x and x < 3`")
        }
        (Kind::Word, "is") if failure.expects("=") => hint(
            "`is` compares, it does not write",
            "write `=` here; a comparison follows `if`, `when`, `check` or `until`",
        ),
        (Kind::Sign, ",") if failure.expects("|") => {
            hint("these are separated by `|`", "write `a | b | c`")
        }
        (Kind::Sign, "(") if before.last().is_some_and(|token| token.kind == Kind::Word) => {
            hint("there are no functions", "a routine is run on a line of its own: `run NAME(…)`")
        }
        (Kind::Word, "then") => hint(
            "there is no `then`",
            "what to do follows the condition right away: `if x is 0 goto W2`",
        ),
        (Kind::Word, "else") => hint(
            "there is no `else` here",
            "write `otherwise` on a line of its own, in the column of its `if`, and what is done then below it",
        ),
        (Kind::Word, "elif" | "elsif") => hint(
            "there is no `elif`",
            "write `otherwise` on a line of its own, and the next `if` below it, indented",
        ),
        (Kind::Word, "if") if before.last().is_some_and(|token| token.text == "otherwise") => hint(
            "`otherwise` stands alone on its line",
            "put the `if` on the next line, indented below `otherwise`",
        ),
        (Kind::Sign, ":") if asks => hint(
            "no `:` stands behind a condition",
            "leave it out; what is done then stands below, indented",
        ),
        (Kind::Word, word) => {
            let words = failure.expected.iter().filter_map(|expected| match expected {
                Expected::Literal(word) => Some(*word),
                _ => None,
            });
            let meant = closest(word, words)?;
            Some((failure.message(), Some(did_you_mean(meant))))
        }
        _ => None,
    }
}

fn compares(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Word => matches!(token.text, "is" | "has"),
        Kind::Sign => matches!(token.text, "<" | "<=" | ">" | ">="),
        _ => false,
    }
}
