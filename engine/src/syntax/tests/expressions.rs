//! How tightly the operators bind, and what an expression can be.

use crate::syntax::tree::{Expr, Item, Line, Look, Operator, Spanned, Statement};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn show(expr: &Spanned<Expr>) -> String {
    match &expr.node {
        Expr::Number(number) => number.to_string(),
        Expr::Name(name) => name.clone(),
        Expr::Element(base, index) => format!("{}[{}]", show(base), show(index)),
        Expr::Field(base, field) => format!("{}.{}", show(base), field.node),
        Expr::Text(text) => format!("{text:?}"),
        Expr::Not(inner) => format!("(not {})", show(inner)),
        Expr::Binary(operator, a, b) => format!("({} {} {})", show(a), sign(*operator), show(b)),
        Expr::OneOf(a, all) => {
            let all: Vec<String> = all.iter().map(show).collect();
            format!("({} in {{{}}})", show(a), all.join(", "))
        }
        Expr::ActorsWhere(inner) => format!("(actors where {})", show(inner)),
        Expr::Position { actor, look, key } => {
            let look = match look {
                Look::Past => "past",
                Look::At => "at",
                Look::Finished => "finished",
            };
            format!("({} {look} {:?})", actor.node, key.as_ref().map(|key| &key.node))
        }
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Or => "or",
        Operator::And => "and",
        Operator::Is => "is",
        Operator::IsNot => "is-not",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterOrEqual => ">=",
        Operator::Has => "has",
        Operator::With => "with",
        Operator::Without => "without",
        Operator::Plus => "+",
        Operator::Minus => "-",
        Operator::Times => "*",
        Operator::Mod => "mod",
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let file = super::parsed(&format!("race r \"R\"\nroutine f()\n  x = {text}\n"));
    let [Item::Routine(routine)] = file.items.as_slice() else { panic!("{file:?}") };
    let [Line::Statement(statement)] = routine.lines.as_slice() else { panic!("{routine:?}") };
    let Statement::Assign { value, .. } = &statement.node else { panic!("{statement:?}") };
    assert_eq!(show(value), expected);
    let from = "race r \"R\"\nroutine f()\n  x = ".len();
    assert_eq!(
        (value.span.start as usize, value.span.end as usize),
        (from, from + text.len()),
        "the span"
    );
}

#[test]
fn operators_bind_as_the_tree_says() {
    check("a or b and c", "(a or (b and c))");
    check("a and b or c", "((a and b) or c)");
    check("not a and b", "((not a) and b)");
    check("not a is b", "(not (a is b))");
    check("not not a", "(not (not a))");
    check("a is not b", "(a is-not b)");
    check("a is b or a is c", "((a is b) or (a is c))");
    check("a + b - c", "((a + b) - c)");
    check("a + b * c mod d", "(a + ((b * c) mod d))");
    check("a + 1 <= b * 2", "((a + 1) <= (b * 2))");
    check("waited without self is empty", "((waited without self) is empty)");
    check("s with a has b", "((s with a) has b)");
    check("(a or b) and c", "((a or b) and c)");
    check("((a))", "a");
}

#[test]
fn minus_is_a_sign_or_an_operator() {
    check("-1", "-1");
    check("a - 1", "(a - 1)");
    check("a is -1", "(a is -1)");
    check("a - -1", "(a - -1)");
    check("a-1", "a-1");
    check("f[-1] - 2", "(f[-1] - 2)");
}

#[test]
fn places_and_positions() {
    check("page[folio].owner", "page[folio].owner");
    check("a.b.c[d[e + 1]].f", "a.b.c[d[(e + 1)]].f");
    check("unmap finished", "(unmap finished None)");
    check(
        "not unmap finished and a past W9'",
        "((not (unmap finished None)) and (a past Some(\"W9'\")))",
    );
    check("it at W2 or b", "((it at Some(\"W2\")) or b)");
    check("at is past", "(at is past)");
}

#[test]
fn members_and_sets() {
    check("a is one of b, c", "(a in {b, c})");
    check("a is not one of b, c + 1 and d", "((not (a in {b, (c + 1)})) and d)");
    check("not a is one of b", "(not (a in {b}))");
    check("actors where c[it] is one of irq_off, rcu", "(actors where (c[it] in {irq_off, rcu}))");
    check("actors where a or b", "(actors where (a or b))");
    check(
        "x and (actors where c[it] is mems) is empty",
        "(x and ((actors where (c[it] is mems)) is empty))",
    );
}
