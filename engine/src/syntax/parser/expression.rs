//! Expressions: what stands behind `=`, `if`, `until`, `where` and in brackets.

use super::input::{
    Expected, Input, Res, is_word, name, named, number, quiet, refuse, since, spanned, start, text,
    the, wanted,
};
use super::lexer::{Kind, MAX_NESTING};
use crate::syntax::span::Span;
use crate::syntax::tree::{Expr, Look, Name, Operator, Spanned};
use winnow::combinator::{
    Infix, Postfix, alt, delimited, expression as operators, not, opt, preceded, repeat, terminated,
};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::Stream;
use winnow::token::any;

type Node = Spanned<Expr>;

// How tightly operators bind; the list in `tree::Operator` is the contract.
const OR: i64 = 2;
const AND: i64 = 4;
const NOT: i64 = 6;
const COMPARISON: i64 = 8;
const SUM: i64 = 10;
const PRODUCT: i64 = 12;

/// A whole expression.
#[inline(never)]
pub(super) fn expression(i: &mut Input<'_>) -> Res<Node> {
    level(i, 0).and_then(|node| bounded(i, node))
}

/// One that ends before a comparison: the ends of a range, members of a list.
#[inline(never)]
pub(super) fn sum(i: &mut Input<'_>) -> Res<Node> {
    level(i, SUM).and_then(|node| bounded(i, node))
}

/// An argument: an expression or a text.
pub(super) fn argument(i: &mut Input<'_>) -> Res<Node> {
    alt((text.map(|words| Spanned { node: Expr::Text(words.node), span: words.span }), expression))
        .parse_next(i)
}

/// `NAME`, `PLACE[EXPR]` or `PLACE.NAME`: what can be written to.
#[inline(never)]
pub(super) fn place(i: &mut Input<'_>) -> Res<Node> {
    let begin = start(i);
    let base = named(i, "a name")?;
    let mut node = Some(Spanned { node: Expr::Name(base.node), span: base.span });
    repeat::<_, _, (), _, _>(0.., |i: &mut Input<'_>| {
        let step = alt((
            delimited(quiet("["), expression, the("]")).map(|index| (Some(index), None)),
            preceded(quiet("."), name).map(|field| (None, Some(field))),
        ))
        .parse_next(i)?;
        let span = since(i, begin);
        node = node.take().map(|base| Spanned {
            node: match step {
                (Some(index), _) => Expr::Element(Box::new(base), Box::new(index)),
                (None, Some(field)) => Expr::Field(Box::new(base), field),
                (None, None) => base.node,
            },
            span,
        });
        Ok(())
    })
    .parse_next(i)?;
    node.ok_or(EmptyError)
}

/// An expression whose operators bind at least as tightly as `level`.
#[inline(never)]
fn level(i: &mut Input<'_>, level: i64) -> Res<Node> {
    operators(operand).postfix(one_of).infix(infix).current_precedence_level(level).parse_next(i)
}

fn operand(i: &mut Input<'_>) -> Res<Node> {
    let Some(token) = i.peek_token() else {
        wanted(i, Expected::Some("an expression"));
        return Err(EmptyError);
    };
    match (token.kind, token.text) {
        (Kind::Number, _) => spanned(number.map(Expr::Number)).parse_next(i),
        (Kind::Sign, "(") => spanned(delimited(the("("), expression, the(")")))
            .map(|outer| Node { span: outer.span, ..outer.node })
            .parse_next(i),
        (Kind::Word, "not") => spanned(
            preceded(the("not"), |i: &mut Input<'_>| level(i, NOT))
                .map(|inner| Expr::Not(Box::new(inner))),
        )
        .parse_next(i),
        (Kind::Word, "actors") => spanned(
            preceded((the("actors"), the("where")), |i: &mut Input<'_>| level(i, 0))
                .map(|inner| Expr::ActorsWhere(Box::new(inner))),
        )
        .parse_next(i),
        (Kind::Word, word) if !super::input::is_operator(word) => {
            alt((position, place)).parse_next(i)
        }
        _ => {
            wanted(i, Expected::Some("an expression"));
            Err(EmptyError)
        }
    }
}

/// `ACTOR past KEY`, `ACTOR at KEY`, `ACTOR finished`.
fn position(i: &mut Input<'_>) -> Res<Node> {
    let key = |i: &mut Input<'_>| named(i, "the key of a step");
    let look = alt((
        preceded(quiet("past"), key).map(|key| (Look::Past, Some(key))),
        preceded(quiet("at"), key).map(|key| (Look::At, Some(key))),
        quiet("finished").map(|()| (Look::Finished, None)),
    ));
    spanned((name, look).map(|(actor, (look, key)): (Name, _)| Expr::Position { actor, look, key }))
        .parse_next(i)
}

/// `is one of A, B` and `is not one of A, B`; a comma before `NAME =` belongs to the arguments around.
fn one_of<'t>(i: &mut Input<'t>) -> Res<Postfix<Input<'t>, Node, EmptyError>> {
    let negated =
        (quiet("is"), opt(quiet("not")), quiet("one"), the("of")).parse_next(i)?.1.is_some();
    fn members<'t>(i: &mut Input<'t>, left: Node) -> Res<Node> {
        let first = sum(i)?;
        let next = terminated(preceded(the(","), sum), not(quiet("=")));
        let mut members: Vec<Node> = repeat(0.., next).parse_next(i)?;
        members.insert(0, first);
        let span = since(i, left.span.start);
        Ok(Spanned { node: Expr::OneOf(Box::new(left), members), span })
    }
    fn not_members<'t>(i: &mut Input<'t>, left: Node) -> Res<Node> {
        let inner = members(i, left)?;
        let span = inner.span;
        Ok(Spanned { node: Expr::Not(Box::new(inner)), span })
    }
    Ok(Postfix(COMPARISON, if negated { not_members } else { members }))
}

fn infix<'t>(i: &mut Input<'t>) -> Res<Infix<Input<'t>, Node, EmptyError>> {
    use Infix::{Left, Neither};
    let token = any.parse_next(i)?;
    if !matches!(token.kind, Kind::Word | Kind::Sign) {
        return Err(EmptyError);
    }
    Ok(match token.text {
        "or" => Left(OR, |_, a, b| binary(Operator::Or, a, b)),
        "and" => Left(AND, |_, a, b| binary(Operator::And, a, b)),
        "is" if i.peek_token().is_some_and(|token| is_word(token, "not")) => {
            the("not").parse_next(i)?;
            Neither(COMPARISON, |_, a, b| binary(Operator::IsNot, a, b))
        }
        "is" => Neither(COMPARISON, |_, a, b| binary(Operator::Is, a, b)),
        "<" => Neither(COMPARISON, |_, a, b| binary(Operator::Less, a, b)),
        "<=" => Neither(COMPARISON, |_, a, b| binary(Operator::LessOrEqual, a, b)),
        ">" => Neither(COMPARISON, |_, a, b| binary(Operator::Greater, a, b)),
        ">=" => Neither(COMPARISON, |_, a, b| binary(Operator::GreaterOrEqual, a, b)),
        "has" => Neither(COMPARISON, |_, a, b| binary(Operator::Has, a, b)),
        "with" => Left(SUM, |_, a, b| binary(Operator::With, a, b)),
        "without" => Left(SUM, |_, a, b| binary(Operator::Without, a, b)),
        "+" => Left(SUM, |_, a, b| binary(Operator::Plus, a, b)),
        "-" => Left(SUM, |_, a, b| binary(Operator::Minus, a, b)),
        "*" => Left(PRODUCT, |_, a, b| binary(Operator::Times, a, b)),
        "mod" => Left(PRODUCT, |_, a, b| binary(Operator::Mod, a, b)),
        _ => return Err(EmptyError),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the form that winnow's folds have")]
#[inline(never)]
fn binary(operator: Operator, left: Node, right: Node) -> Res<Node> {
    let span = Span { end: right.span.end, ..left.span };
    Ok(Spanned { node: Expr::Binary(operator, Box::new(left), Box::new(right)), span })
}

/// Refuses what is nested so deeply that whoever walks the tree would have to be careful.
#[inline(never)]
fn bounded(i: &mut Input<'_>, node: Node) -> Res<Node> {
    if fits(&node.node, MAX_NESTING) {
        return Ok(node);
    }
    let message = "this expression is nested too deeply".to_owned();
    refuse(i, node.span, message, "cut it in two: give a part of it a name with `local`")
}

fn fits(node: &Expr, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else { return false };
    match node {
        Expr::Number(_) | Expr::Name(_) | Expr::Text(_) | Expr::Position { .. } => true,
        Expr::Field(inner, _) | Expr::Not(inner) | Expr::ActorsWhere(inner) => {
            fits(&inner.node, left)
        }
        Expr::Element(a, b) | Expr::Binary(_, a, b) => fits(&a.node, left) && fits(&b.node, left),
        Expr::OneOf(a, members) => {
            fits(&a.node, left) && members.iter().all(|member| fits(&member.node, left))
        }
    }
}
