//! Statements: what a step does, as one line says it.

use super::expression::{argument, expression, place};
use super::input::{
    Expected, Input, Res, clause, commas, is_word, name, named, since, spanned, start, text, the,
    value, wanted,
};
use super::lexer::{Kind, Token};
use crate::syntax::tree::{Branch, Expr, Name, Operator, Quoted, Run, Spanned, Statement};
use winnow::combinator::{alt, delimited, opt, preceded, terminated};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::Stream;

/// The words that statements start with.
pub(super) const STATEMENTS: [&str; 13] = [
    "if", "goto", "return", "finish", "check", "break", "run", "say", "wait", "choose", "for",
    "nothing", "when",
];

/// How a statement is written that starts with `word`.
pub(super) fn form(word: &str) -> &'static str {
    match word {
        "if" => {
            "`if CONDITION STATEMENT`, or `if CONDITION` and below it, indented, what is done then"
        }
        "goto" => "`goto KEY`; KEY is the key of a step of this lane",
        "check" => "`check CONDITION else VIOLATION`",
        "break" => "`break VIOLATION`",
        "run" => {
            "`run NAME(ARGUMENT, PARAMETER = ARGUMENT)`, with `as PREFIX` or `with KEY as KEY` behind it if it runs twice"
        }
        "say" => "`say \"what happens\"`",
        "wait" => "`wait until CONDITION`, and below it `waiting \"for what\"`",
        "choose" => "`choose`, and below it `either \"…\"` and `or \"…\"`",
        "for" => "`for NAME in NAME`, and below it what is done for each",
        "return" | "finish" | "nothing" => "as this one word",
        _ => "`PLACE = VALUE`",
    }
}

/// Whether these tokens start with `word` as a word of the language, not as a name that is written to.
pub(super) fn starts_with(tokens: &[Token<'_>], word: &str) -> bool {
    tokens.first().is_some_and(|token| is_word(token, word)) && !is_assignment(tokens)
}

/// `NAME =`, `NAME[`, `NAME.`, `NAME +=`.
pub(super) fn is_assignment(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [name, sign, ..] if name.kind == Kind::Word
        && sign.kind == Kind::Sign
        && matches!(sign.text, "=" | "+=" | "-=" | "[" | "."))
}

/// A statement, as far as its own line says it: blocks below it are added by whoever knows them.
pub(super) fn statement(i: &mut Input<'_>) -> Res<Spanned<Statement>> {
    spanned(statement_node).parse_next(i)
}

fn statement_node(i: &mut Input<'_>) -> Res<Statement> {
    let word =
        i.peek_token().filter(|token| token.kind == Kind::Word).map_or("", |token| token.text);
    if is_assignment(i) {
        return assign(i);
    }
    match word {
        "if" => if_(i),
        "goto" => preceded(the("goto"), |i: &mut Input<'_>| named(i, "the key of a step"))
            .map(Statement::Goto)
            .parse_next(i),
        "return" => the("return").map(|_| Statement::Return).parse_next(i),
        "finish" => the("finish").map(|_| Statement::Finish).parse_next(i),
        "nothing" => the("nothing").map(|_| Statement::Nothing).parse_next(i),
        "check" => check(i),
        "break" => preceded(the("break"), violation).map(Statement::Break).parse_next(i),
        "run" => run.map(Statement::Run).parse_next(i),
        "say" => preceded(the("say"), text).map(Statement::Say).parse_next(i),
        "wait" => wait(i),
        "choose" => the("choose").map(|_| Statement::Choose(Vec::new())).parse_next(i),
        "for" => for_(i),
        "" => {
            wanted(i, Expected::Some("a statement"));
            Err(EmptyError)
        }
        _ => assign(i),
    }
}

fn violation(i: &mut Input<'_>) -> Res<Name> {
    named(i, "the name of a violation")
}

fn assign(i: &mut Input<'_>) -> Res<Statement> {
    let begin = start(i);
    let place = place(i)?;
    let sign = alt((
        the("=").map(|_| None),
        the("+=").map(|_| Some(Operator::Plus)),
        the("-=").map(|_| Some(Operator::Minus)),
    ));
    let (operator, value) = (sign, expression).parse_next(i)?;
    let value = match operator {
        None => value,
        Some(operator) => {
            let node = Expr::Binary(operator, Box::new(place.clone()), Box::new(value));
            Spanned { node, span: since(i, begin) }
        }
    };
    Ok(Statement::Assign { place, value })
}

/// `if EXPR`, and perhaps one statement on the same line.
fn if_(i: &mut Input<'_>) -> Res<Statement> {
    let condition = preceded(the("if"), expression).parse_next(i)?;
    let then = opt(inline).parse_next(i)?.into_iter().collect();
    Ok(Statement::If { condition, then, otherwise: Vec::new() })
}

/// A statement behind the condition of an `if`; a word that starts none is no assignment that lacks its `=`.
fn inline(i: &mut Input<'_>) -> Res<Spanned<Statement>> {
    let simple = |word: &str| {
        STATEMENTS.contains(&word) && !matches!(word, "if" | "wait" | "choose" | "for" | "when")
    };
    let first =
        i.peek_token().filter(|token| token.kind == Kind::Word).map_or("", |token| token.text);
    let writes = i.iter().any(|token| matches!(token.text, "=" | "+=" | "-="));
    if !(simple(first) || is_assignment(i) && writes) {
        wanted(i, Expected::Some("an operator like `is`"));
        wanted(i, Expected::Some("a statement"));
        return Err(EmptyError);
    }
    statement(i)
}

fn check(i: &mut Input<'_>) -> Res<Statement> {
    let (condition, violation) =
        preceded(the("check"), (expression, preceded(the("else"), violation))).parse_next(i)?;
    Ok(Statement::Check { condition, violation })
}

/// `run NAME(args) [as PREFIX] [with KEY as KEY, …]`.
pub(super) fn run(i: &mut Input<'_>) -> Res<Run> {
    let begin = start(i);
    let routine = preceded(the("run"), |i: &mut Input<'_>| named(i, "the name of a routine"))
        .parse_next(i)?;
    fn arguments<'t>(i: &mut Input<'t>) -> Res<(Option<Name>, Spanned<Expr>)> {
        (opt(terminated(name, super::input::quiet("="))), argument).parse_next(i)
    }
    let arguments =
        delimited(the("("), opt(commas(arguments)), the(")")).parse_next(i)?.unwrap_or_default();
    let prefix =
        clause("as", |i: &mut Input<'_>| named(i, "a prefix for its keys")).parse_next(i)?;
    let renamed = clause("with", commas(renaming)).parse_next(i)?.unwrap_or_default();
    Ok(Run { routine, arguments, prefix, renamed, span: since(i, begin) })
}

/// `KEY as KEY` behind a `run`.
fn renaming(i: &mut Input<'_>) -> Res<(Name, Name)> {
    let key = |i: &mut Input<'_>| named(i, "a key of the routine");
    let here = |i: &mut Input<'_>| named(i, "what it is called here");
    (key, preceded(the("as"), here)).parse_next(i)
}

/// `wait until EXPR [waiting "words" [may be held off]]`; the words may also stand on the next line.
fn wait(i: &mut Input<'_>) -> Res<Statement> {
    let condition = preceded((the("wait"), the("until")), expression).parse_next(i)?;
    let end =
        crate::syntax::tree::Quoted { node: String::new(), span: since(i, condition.span.end) };
    let (words, may_be_held_off) = opt(waiting).parse_next(i)?.unwrap_or((end, false));
    Ok(Statement::Wait { condition, words, may_be_held_off })
}

/// `waiting "words" [may be held off]`.
pub(super) fn waiting(i: &mut Input<'_>) -> Res<(Quoted, bool)> {
    let held_off = (the("may"), the("be"), the("held"), the("off"));
    preceded(the("waiting"), (text, opt(held_off).map(|found| found.is_some()))).parse_next(i)
}

fn for_(i: &mut Input<'_>) -> Res<Statement> {
    let (variable, over) =
        (preceded(the("for"), super::input::new_name), preceded(the("in"), name)).parse_next(i)?;
    Ok(Statement::For { variable, over, body: Vec::new() })
}

/// `either [when EXPR] "title"`, `or [when EXPR] "title"`.
pub(super) fn branch(i: &mut Input<'_>) -> Res<Branch> {
    let (guard, title) =
        preceded(alt((the("either"), the("or"))), (clause("when", expression), text))
            .parse_next(i)?;
    Ok(Branch { guard, title, body: Vec::new() })
}

/// What the first line of a step says behind its key.
#[derive(Default)]
pub(super) struct StepLine {
    pub(super) atomic: bool,
    pub(super) access: Option<Name>,
    pub(super) statement: Option<Spanned<Statement>>,
    pub(super) label: Option<Quoted>,
    pub(super) sentence: Option<Quoted>,
}

/// `[atomic] [as ACCESS] [STATEMENT] [`` `label` ``] ["sentence"]`.
pub(super) fn step_line(i: &mut Input<'_>) -> Res<StepLine> {
    let atomic = starts_with(i, "atomic") && the("atomic").parse_next(i).is_ok();
    let access = match starts_with(i, "as") {
        true => Some(
            preceded(the("as"), |i: &mut Input<'_>| named(i, "the name of an access"))
                .parse_next(i)?,
        ),
        false => None,
    };
    let has_statement =
        i.peek_token().is_some_and(|token| !matches!(token.kind, Kind::Label | Kind::Text));
    let statement = if has_statement { Some(statement(i)?) } else { None };
    let (label, sentence) = (opt(super::input::label), opt(text)).parse_next(i)?;
    Ok(StepLine { atomic, access, statement, label, sentence })
}

/// `NAME = VALUE` in a preset.
pub(super) fn setting(i: &mut Input<'_>) -> Res<(Name, Name)> {
    let knob = |i: &mut Input<'_>| named(i, "the name of a knob");
    (terminated(knob, the("=")), value).parse_next(i)
}
