//! The stream that line parsers read, and the words, signs, names and texts that they are built of.

use super::lexer::{Kind, Token};
use crate::syntax::span::{FileId, Span};
use crate::syntax::tree::{Name, Quoted, Spanned};
use winnow::combinator::{opt, preceded, repeat};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::{Stateful, Stream, TokenSlice};
use winnow::token::any;

/// The tokens of one line, and what has gone wrong in it so far.
pub(super) type Input<'t> = Stateful<TokenSlice<'t, Token<'t>>, State>;
/// Parsers fail without a word: [`State`] remembers where they came furthest, and what they wanted there.
pub(super) type Res<T> = Result<T, EmptyError>;

/// What parsers of a line remember; never undone when they try something else.
#[derive(Clone, Default, Debug)]
pub(super) struct State {
    /// Which text.
    pub(super) file: FileId,
    /// How many tokens were left where they came furthest.
    pub(super) left: usize,
    /// What would have been right there.
    pub(super) expected: Vec<Expected>,
    /// A more precise complaint.
    pub(super) refusal: Option<Refusal>,
}

/// What would have been right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Expected {
    /// This word or sign.
    Literal(&'static str),
    /// Something of this description.
    Some(&'static str),
    /// Nothing more.
    End,
}

/// A complaint about something that has the right form, but cannot stand here.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// A line to parse.
#[inline(never)]
pub(super) fn input<'t>(tokens: &'t [Token<'t>], file: FileId) -> Input<'t> {
    let state = State { file, left: usize::MAX, ..State::default() };
    Stateful { input: TokenSlice::new(tokens), state }
}

/// Takes a token that passes `test`; notes what was expected otherwise.
#[inline(never)]
fn take<'t>(
    i: &mut Input<'t>,
    expected: Expected,
    test: &dyn Fn(&Token<'t>) -> bool,
) -> Res<&'t Token<'t>> {
    let found: Res<&'t Token<'t>> = any.verify(|token: &&'t Token<'t>| test(token)).parse_next(i);
    if found.is_err() {
        wanted(i, expected);
    }
    found
}

/// Notes what was expected here.
#[inline(never)]
pub(super) fn wanted(i: &mut Input<'_>, expected: Expected) {
    let left = i.eof_offset();
    if left > i.state.left {
        return;
    }
    if left < i.state.left {
        i.state.left = left;
        i.state.expected.clear();
    }
    if !i.state.expected.contains(&expected) {
        i.state.expected.push(expected);
    }
}

/// Fails with a complaint of its own.
pub(super) fn refuse<T>(
    i: &mut Input<'_>,
    span: Span,
    message: String,
    help: impl Into<String>,
) -> Res<T> {
    if i.state.refusal.is_none() {
        i.state.refusal = Some(Refusal { span, message, help: help.into() });
    }
    Err(EmptyError)
}

pub(super) fn is_word(token: &Token<'_>, text: &str) -> bool {
    token.kind == Kind::Word && token.text == text
}

/// A word or a sign of the language.
pub(super) fn the<'t>(text: &'static str) -> impl FnMut(&mut Input<'t>) -> Res<Span> {
    move |i| literal(i, text)
}

#[inline(never)]
fn literal(i: &mut Input<'_>, text: &'static str) -> Res<Span> {
    let token = take(i, Expected::Literal(text), &|token: &Token<'_>| {
        matches!(token.kind, Kind::Word | Kind::Sign) && token.text == text
    })?;
    Ok(span_of(i, token))
}

/// The same, but says nothing if it is not there.
pub(super) fn quiet<'t>(text: &'static str) -> impl FnMut(&mut Input<'t>) -> Res<()> {
    move |i| {
        let test = |token: &&'t Token<'t>| {
            matches!(token.kind, Kind::Word | Kind::Sign) && token.text == text
        };
        any.verify(test).void().parse_next(i)
    }
}

pub(super) fn span_of(i: &Input<'_>, token: &Token<'_>) -> Span {
    Span { file: i.state.file, start: token.start, end: token.end }
}

/// Nothing more in this line.
pub(super) fn end(i: &mut Input<'_>) -> Res<()> {
    if i.eof_offset() == 0 {
        return Ok(());
    }
    wanted(i, Expected::End);
    Err(EmptyError)
}

/// What `parser` gives, and where it stood.
pub(super) fn spanned<'t, T>(
    mut parser: impl Parser<Input<'t>, T, EmptyError>,
) -> impl FnMut(&mut Input<'t>) -> Res<Spanned<T>> {
    move |i| {
        let start = start(i);
        let node = parser.parse_next(i)?;
        Ok(Spanned { node, span: since(i, start) })
    }
}

/// Where the next token starts.
pub(super) fn start(i: &Input<'_>) -> u32 {
    i.peek_token().map_or(0, |token| token.start)
}

/// From `start` to the end of the last token taken.
#[inline(never)]
pub(super) fn since(i: &Input<'_>, start: u32) -> Span {
    let end = i.input.previous_tokens().next().map_or(start, |token| token.end);
    Span { file: i.state.file, start, end: end.max(start) }
}

/// Words that combine values: they can never be names.
const OPERATORS: [&str; 9] = ["and", "or", "not", "is", "has", "with", "without", "mod", "actors"];
/// Words that are values: nothing else can be called so.
const VALUES: [&str; 7] = ["none", "empty", "yes", "no", "it", "self", "actor"];

pub(super) fn is_operator(text: &str) -> bool {
    OPERATORS.contains(&text)
}

/// A name that stands for something declared elsewhere.
pub(super) fn name(i: &mut Input<'_>) -> Res<Name> {
    named(i, "a name")
}

/// The same, and what it is the name of.
#[inline(never)]
pub(super) fn named(i: &mut Input<'_>, what: &'static str) -> Res<Name> {
    let token = take(i, Expected::Some(what), &|token: &Token<'_>| {
        token.kind == Kind::Word && !is_operator(token.text)
    })?;
    Ok(Spanned { node: token.text.to_owned(), span: span_of(i, token) })
}

/// A name that is declared here; words that mean something already are refused.
#[inline(never)]
pub(super) fn new_name(i: &mut Input<'_>) -> Res<Name> {
    let Some(token) = i.peek_token().filter(|token| token.kind == Kind::Word) else {
        return named(i, "a name");
    };
    if is_operator(token.text) || VALUES.contains(&token.text) {
        let message = ["`", token.text, "` cannot be a name"].concat();
        let help = "it is a word of the language; choose another name";
        return refuse(i, span_of(i, token), message, help);
    }
    named(i, "a name")
}

/// A value of a knob: a name or a number.
#[inline(never)]
pub(super) fn value(i: &mut Input<'_>) -> Res<Name> {
    let token = take(i, Expected::Some("a value"), &|token: &Token<'_>| {
        matches!(token.kind, Kind::Word | Kind::Number)
    })?;
    Ok(Spanned { node: token.text.to_owned(), span: span_of(i, token) })
}

/// A text in double quotes.
#[inline(never)]
pub(super) fn text(i: &mut Input<'_>) -> Res<Quoted> {
    let token = take(i, Expected::Some("a text in double quotes"), &|token: &Token<'_>| {
        token.kind == Kind::Text
    })?;
    Ok(Spanned { node: unescape(token.text), span: span_of(i, token) })
}

/// A label in backticks.
#[inline(never)]
pub(super) fn label(i: &mut Input<'_>) -> Res<Quoted> {
    let token = take(i, Expected::Some("a label in backticks"), &|token: &Token<'_>| {
        token.kind == Kind::Label
    })?;
    Ok(Spanned { node: token.text.to_owned(), span: span_of(i, token) })
}

/// A number.
pub(super) fn number(i: &mut Input<'_>) -> Res<i32> {
    let token =
        take(i, Expected::Some("a number"), &|token: &Token<'_>| token.kind == Kind::Number)?;
    // The lexer has complained about those that are too large.
    Ok(token.text.parse().unwrap_or(0))
}

/// `\"` and `\\` become one character; `\{` and the like stay, they are resolved with what they protect.
#[inline(never)]
pub(super) fn unescape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.as_bytes().first() {
            Some(b'"' | b'\\') => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
            _ => out.push('\\'),
        }
    }
    out.push_str(rest);
    out
}

/// `ITEM, ITEM, …`, one at least.
pub(super) fn commas<'t, T>(
    item: fn(&mut Input<'t>) -> Res<T>,
) -> impl FnMut(&mut Input<'t>) -> Res<Vec<T>> {
    list(item, ",")
}

/// `ITEM | ITEM | …`, one at least.
pub(super) fn bars<'t, T>(
    item: fn(&mut Input<'t>) -> Res<T>,
) -> impl FnMut(&mut Input<'t>) -> Res<Vec<T>> {
    list(item, "|")
}

fn list<'t, T>(
    item: fn(&mut Input<'t>) -> Res<T>,
    separator: &'static str,
) -> impl FnMut(&mut Input<'t>) -> Res<Vec<T>> {
    move |i| {
        let first = item(i)?;
        let mut items: Vec<T> = repeat(0.., preceded(the(separator), item)).parse_next(i)?;
        items.insert(0, first);
        Ok(items)
    }
}

/// `WORD ITEM`, or nothing.
pub(super) fn clause<'t, T>(
    word: &'static str,
    item: impl Parser<Input<'t>, T, EmptyError>,
) -> impl Parser<Input<'t>, Option<T>, EmptyError> {
    opt(preceded(the(word), item))
}
