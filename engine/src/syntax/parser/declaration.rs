//! Lines that declare something that holds a value: cells, fields, locals, and how they are drawn.

use super::expression::{expression, place, sum};
use super::input::{
    Expected, Input, Res, bars, clause, is_operator, is_word, name, named, new_name, quiet, refuse,
    span_of, spanned, text, the, value, wanted,
};
use super::lexer::Kind;
use crate::syntax::tree::{ArrayIndex, Declaration, Drawing, Expr, Name, Spanned, Type};
use winnow::combinator::{alt, delimited, opt, peek, preceded, repeat, separated_pair};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::Stream;

/// A declaration; whether it says what it can hold (otherwise fields have to follow below it).
pub(super) struct Declared {
    pub(super) declaration: Declaration,
    pub(super) typed: bool,
}

/// `NAME ["title"]: [array[…] of] TYPE [= INITIAL] [below V] [above V] [in STORAGE]`.
pub(super) fn declaration(i: &mut Input<'_>) -> Res<Declared> {
    let (name, title) = (new_name, opt(text)).parse_next(i)?;
    let (array, type_) = match i.peek_token() {
        Some(token) if token.text == ":" && token.kind == Kind::Sign => array_and_type(i)?,
        Some(token) if token.kind != Kind::Text && !CLAUSES.contains(&token.text) => {
            let message = "a `:` is missing before the type".to_owned();
            return refuse(
                i,
                span_of(i, token),
                message,
                "write `NAME: TYPE`, for example `refcount: 0..3 = 1`",
            );
        }
        _ => (None, None),
    };
    let initial = clause("=", expression).parse_next(i)?;
    let (mut below, mut above, mut storage) = (None, None, None);
    repeat::<_, _, (), _, _>(0.., |i: &mut Input<'_>| {
        let violation = |i: &mut Input<'_>| named(i, "the name of a violation");
        alt((
            preceded(the("below"), violation).map(|name| below = Some(name)),
            preceded(the("above"), violation).map(|name| above = Some(name)),
            preceded(the("in"), |i: &mut Input<'_>| named(i, "the name of a storage"))
                .map(|name| storage = Some(name)),
        ))
        .parse_next(i)
    })
    .parse_next(i)?;
    let typed = type_.is_some();
    let type_ = type_.unwrap_or(Spanned { node: Type::Record(Vec::new()), span: name.span });
    let declaration =
        Declaration { name, title, array, type_, initial, below, above, storage, drawing: None };
    Ok(Declared { declaration, typed })
}

/// What a cell holds, as far as it is written.
type Held = (Option<Spanned<ArrayIndex>>, Option<Spanned<Type>>);

/// The words that may follow a type.
const CLAUSES: [&str; 4] = ["=", "below", "above", "in"];

/// `: [array[…] [of]] TYPE`; the type may be missing behind an array, whose elements are records then.
fn array_and_type(i: &mut Input<'_>) -> Res<Held> {
    the(":").parse_next(i)?;
    if !i.peek_token().is_some_and(|token| is_word(token, "array")) {
        return type_(i).map(|found| (None, Some(found)));
    }
    let array = array(i)?;
    let more = i.peek_token().is_some_and(|token| !CLAUSES.contains(&token.text));
    let found = if more { Some(type_(i)?) } else { None };
    Ok((Some(array), found))
}

/// `array[…]`, and `of` if a type follows.
fn array(i: &mut Input<'_>) -> Res<Spanned<ArrayIndex>> {
    let index = alt((
        separated_pair(sum, quiet(".."), sum)
            .map(|(from, to)| ArrayIndex::Range(from.node, to.node)),
        sum.map(|length| match length.node {
            Expr::Name(name) => ArrayIndex::Named(name),
            other => ArrayIndex::Length(other),
        }),
    ));
    let index =
        spanned(preceded(quiet("array"), delimited(the("["), index, the("]")))).parse_next(i)?;
    opt(the("of")).parse_next(i)?;
    Ok(index)
}

fn type_(i: &mut Input<'_>) -> Res<Spanned<Type>> {
    let words =
        |i: &Input<'_>, at: usize, text: &str| i.get(at).is_some_and(|token| token.text == text);
    // `in` after `array[…]` starts a clause, as does `below`; nothing that is named so is a type.
    let first =
        i.peek_token().filter(|token| !matches!(token.text, "in" | "below" | "above" | "="));
    let Some(first) = first else {
        wanted(i, Expected::Some("a type"));
        return Err(EmptyError);
    };
    let plain = first.kind == Kind::Word && !is_operator(first.text);
    if plain && first.text == "set" && words(i, 1, "of") {
        return spanned((the("set"), the("of"), the("actors")).map(|_| Type::Actors)).parse_next(i);
    }
    if plain && words(i, 1, "|") {
        return spanned(bars(value).map(Type::Names)).parse_next(i);
    }
    if plain && words(i, 1, "or") {
        return spanned((name, the("or"), the("none")).map(|(name, _, _)| Type::OrNone(name)))
            .parse_next(i);
    }
    if plain && !words(i, 1, "..") {
        let named = name.map(|name: Name| match name.node.as_str() {
            "bool" => Type::Bool,
            _ => Type::Named(name),
        });
        let operator = |i: &Input<'_>| {
            i.get(1).is_some_and(|token| matches!(token.text, "+" | "-" | "*" | "mod"))
        };
        if !operator(i) {
            return spanned(named).parse_next(i);
        }
    }
    let range = (sum, the(".."), sum).map(|(from, _, to)| Type::Range(from.node, to.node));
    spanned(range).parse_next(i)
}

/// `drawn as SHAPE [beside NAME] [under NAME…] [points to SHAPE] [copy of PLACE]`.
pub(super) fn drawing(i: &mut Input<'_>) -> Res<Drawing> {
    let shape = preceded((the("drawn"), the("as")), |i: &mut Input<'_>| named(i, "a shape"))
        .parse_next(i)?;
    let mut drawing =
        Drawing { shape, beside: None, under: Vec::new(), points_to: None, copy_of: None };
    repeat::<_, _, (), _, _>(0.., |i: &mut Input<'_>| {
        alt((
            preceded(the("beside"), name).map(|name| drawing.beside = Some(name)),
            preceded(the("under"), repeat(1.., level_name))
                .map(|names: Vec<Name>| drawing.under = names),
            preceded((the("points"), the("to")), name).map(|name| drawing.points_to = Some(name)),
            preceded((the("copy"), the("of")), place).map(|place| drawing.copy_of = Some(place)),
        ))
        .parse_next(i)
    })
    .parse_next(i)?;
    Ok(drawing)
}

/// A name that does not start another clause of a drawing.
fn level_name(i: &mut Input<'_>) -> Res<Name> {
    let clause = |word: &str| matches!(word, "beside" | "points" | "copy" | "under");
    match peek(name).parse_next(i) {
        Ok(found) if !clause(&found.node) => name(i),
        _ => Err(EmptyError),
    }
}

/// Whether these tokens start a `drawn as` line.
pub(super) fn is_drawing(tokens: &[super::lexer::Token<'_>]) -> bool {
    matches!(tokens, [first, second, ..] if is_word(first, "drawn") && second.kind == Kind::Word)
}
