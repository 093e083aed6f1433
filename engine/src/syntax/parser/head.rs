//! The lines that stand at the left margin, and those below a knob, a preset and a storage.

use super::expression::expression;
use super::file::MARKS;
use super::input::{
    Expected, Input, Res, bars, clause, commas, name, named, new_name, refuse, span_of, spanned,
    text, the, value, wanted,
};
use super::lexer::Kind;
use super::statement::setting;
use crate::syntax::tree::{
    Actor, Card, Head, Knob, Meaning, Name, Preset, Quoted, Routine, Rule, Spanned,
};
use winnow::combinator::{alt, delimited, opt, preceded, repeat};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::Stream;

/// `race ID "title"` or `prelude NAME "title"`.
pub(super) fn head(i: &mut Input<'_>) -> Res<Head> {
    let kind = alt((the("race").map(|_| true), the("prelude").map(|_| false)));
    let (is_race, name, title) = (kind, new_name, text).parse_next(i)?;
    Ok(Head { is_race, name, title })
}

/// `use NAME, NAME`.
pub(super) fn uses(i: &mut Input<'_>) -> Res<Vec<Name>> {
    preceded(the("use"), commas(|i| named(i, "the name of a prelude"))).parse_next(i)
}

/// `about`, and perhaps its first paragraph.
pub(super) fn about(i: &mut Input<'_>) -> Res<Option<Quoted>> {
    preceded(the("about"), opt(text)).parse_next(i)
}

/// `leaves out "…"`.
pub(super) fn leaves_out(i: &mut Input<'_>) -> Res<Quoted> {
    preceded((the("leaves"), the("out")), text).parse_next(i)
}

/// `term NAME, NAME "…"`.
pub(super) fn term(i: &mut Input<'_>) -> Res<(Vec<Name>, Quoted)> {
    (preceded(the("term"), commas(|i| alt((text, name)).parse_next(i))), text).parse_next(i)
}

/// `violation NAME "…"`.
pub(super) fn violation(i: &mut Input<'_>) -> Res<(Name, Quoted)> {
    (preceded(the("violation"), new_name), text).parse_next(i)
}

/// `enum NAME = a | b`.
pub(super) fn enumeration(i: &mut Input<'_>) -> Res<(Name, Vec<Name>)> {
    (preceded(the("enum"), new_name), preceded(the("="), bars(name))).parse_next(i)
}

/// `knob NAME = v | v ["…"] [scale]`.
pub(super) fn knob(i: &mut Input<'_>) -> Res<Knob> {
    let (name, values) =
        (preceded(the("knob"), new_name), preceded(the("="), bars(value))).parse_next(i)?;
    let (text, scale) = (opt(text), opt(the("scale"))).parse_next(i)?;
    Ok(Knob { name, values, text, scale: scale.is_some(), meanings: Vec::new(), marks: Vec::new() })
}

/// `VALUE "…" [MARK…] [protects]` below a knob.
pub(super) fn meaning(i: &mut Input<'_>) -> Res<Meaning> {
    let (value, text, marks) = (value, text, repeat(0.., mark)).parse_next(i)?;
    let protects = opt(the("protects")).parse_next(i)?.is_some();
    Ok(Meaning { value, text, marks, protects })
}

/// `preset "title"[: k=v, k=v]`.
pub(super) fn preset(i: &mut Input<'_>) -> Res<Preset> {
    let (title, settings) =
        (preceded(the("preset"), text), clause(":", commas(setting))).parse_next(i)?;
    Ok(Preset { title, settings: settings.unwrap_or_default(), text: None })
}

/// `storage NAME`.
pub(super) fn storage(i: &mut Input<'_>) -> Res<Name> {
    preceded(the("storage"), new_name).parse_next(i)
}

/// `lifetime NAME ["caption"]`.
pub(super) fn lifetime(i: &mut Input<'_>) -> Res<(Name, Option<Quoted>)> {
    preceded(the("lifetime"), (new_name, opt(text))).parse_next(i)
}

/// `read of LIFETIME breaks VIOLATION`.
pub(super) fn rule(i: &mut Input<'_>) -> Res<Rule> {
    let access = |i: &mut Input<'_>| named(i, "the name of an access");
    let lifetime = |i: &mut Input<'_>| named(i, "the name of a lifetime");
    let violation = |i: &mut Input<'_>| named(i, "the name of a violation");
    let (access, _, lifetime, _, violation) =
        (access, the("of"), lifetime, the("breaks"), violation).parse_next(i)?;
    Ok(Rule { access, lifetime, violation })
}

/// `memory`.
pub(super) fn memory(i: &mut Input<'_>) -> Res<()> {
    the("memory").void().parse_next(i)
}

/// `routine NAME(PARAMETER [= DEFAULT], …)`.
pub(super) fn routine(i: &mut Input<'_>) -> Res<Routine> {
    fn parameter(i: &mut Input<'_>) -> Res<(Name, Option<Spanned<crate::syntax::tree::Expr>>)> {
        (new_name, clause("=", super::expression::argument)).parse_next(i)
    }
    let parameters = delimited(the("("), opt(commas(parameter)), the(")"));
    let (name, parameters) = (preceded(the("routine"), new_name), parameters).parse_next(i)?;
    Ok(Routine { name, parameters: parameters.unwrap_or_default(), lines: Vec::new() })
}

/// `card NAME "title" [adds VALUE to ENUM]`.
pub(super) fn card(i: &mut Input<'_>) -> Res<Card> {
    let (name, title) = (preceded(the("card"), new_name), text).parse_next(i)?;
    let added = |i: &mut Input<'_>| named(i, "the name of an enumeration");
    let mut adds = opt((preceded(the("adds"), new_name), preceded(the("to"), added)));
    Ok(Card { name, title, adds: adds.parse_next(i)?, lines: Vec::new() })
}

/// `actor NAME "title" [on cpu N] letter L [times EXPR letters A B C]`.
pub(super) fn actor(i: &mut Input<'_>) -> Res<Actor> {
    let kind = alt((the("actor").map(|_| false), the("environment").map(|_| true)));
    let (environment, name, title) = (kind, new_name, text).parse_next(i)?;
    let lines = Vec::new();
    let mut actor =
        Actor { name, environment, title, cpu: None, letters: Vec::new(), times: None, lines };
    repeat::<_, _, (), _, _>(0.., |i: &mut Input<'_>| {
        alt((
            preceded((the("on"), the("cpu")), spanned(cpu)).map(|cpu| actor.cpu = Some(cpu)),
            preceded(alt((the("letter"), the("letters"))), repeat(1.., letter))
                .map(|letters: Vec<_>| actor.letters = letters),
            preceded(the("times"), expression).map(|times| actor.times = Some(times)),
        ))
        .parse_next(i)
    })
    .parse_next(i)?;
    if actor.letters.is_empty() && i.eof_offset() == 0 {
        let help =
            "schedules know an actor by a letter of its own: write `letter w` behind its title";
        return refuse(i, actor.name.span, "this actor has no letter".to_owned(), help);
    }
    Ok(actor)
}

fn cpu(i: &mut Input<'_>) -> Res<u8> {
    let token = i.peek_token();
    let number = super::input::number(i)?;
    match (u8::try_from(number), token) {
        (Ok(cpu), _) => Ok(cpu),
        (Err(_), Some(token)) => refuse(
            i,
            span_of(i, token),
            "there is no such CPU".to_owned(),
            "CPUs are numbered from 0 to 255",
        ),
        (Err(_), None) => Err(EmptyError),
    }
}

/// A letter, by which schedules know an actor.
fn letter(i: &mut Input<'_>) -> Res<Spanned<char>> {
    let token = i.peek_token().filter(|token| token.kind == Kind::Word);
    match token.map(|token| (token, token.text.as_bytes())) {
        Some((_, [letter])) if letter.is_ascii_alphabetic() => {
            spanned(super::input::name.value(char::from(*letter))).parse_next(i)
        }
        _ => {
            wanted(i, Expected::Some("a single letter"));
            Err(EmptyError)
        }
    }
}

/// `deduced`, `observed`, `unverified`, `hypothetical`.
pub(super) fn mark(i: &mut Input<'_>) -> Res<Name> {
    alt(MARKS.map(|mark| the(mark).map(move |span| Spanned { node: mark.to_owned(), span })))
        .parse_next(i)
}
