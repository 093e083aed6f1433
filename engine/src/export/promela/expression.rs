//! Expressions in Promela, and what can break while one is evaluated. Imports ids, model and what the exports share.

use super::super::formal::{Bounds, Element, Inexpressible, Layout, Names, meaning};
use crate::ids::{CellId, ExprId, ViolationId};
use crate::model::{Binary, Expr, Meaning, Model, Place};

/// A condition under which something is broken, and what.
pub(super) type Fault = (String, ViolationId);

/// Says expressions of a model in Promela.
pub(super) struct Speech<'m> {
    pub(super) model: &'m Model,
    pub(super) bounds: Bounds<'m>,
    pub(super) layout: Layout,
    pub(super) names: Names,
}

/// How tightly an expression binds, as in C.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// Signs that are easily misread beside others: always in brackets there.
    Loose,
    Or,
    And,
    Equality,
    Order,
    Sum,
    Product,
    Sign,
    Atom,
}

impl Speech<'_> {
    /// An expression whose indices are known to lie in their arrays.
    pub(super) fn expr(&self, id: ExprId) -> Result<String, Inexpressible> {
        self.bounds.of(id)?;
        Ok(self.say(id, None).0)
    }

    /// The condition that an expression is 0.
    pub(super) fn negated(&self, id: ExprId) -> Result<String, Inexpressible> {
        self.bounds.of(id)?;
        let opposite = |operator| match operator {
            Binary::Equal => Some("!="),
            Binary::NotEqual => Some("=="),
            Binary::Less => Some(">="),
            Binary::LessOrEqual => Some(">"),
            _ => None,
        };
        if let Expr::Binary(operator, left, right) = self.model.exprs[id.index()]
            && let Some(sign) = opposite(operator)
        {
            let (of_left, of_right) = (meaning(self.model, left), meaning(self.model, right));
            let left = self.tied_as(left, Tie::Order, of_right);
            return Ok(format!("{left} {sign} {}", self.tied_as(right, Tie::Order, of_left)));
        }
        if let Expr::Not(inner) = self.model.exprs[id.index()] {
            return Ok(self.say(inner, None).0);
        }
        Ok(format!("!{}", self.tied(id, Tie::Product)))
    }

    /// An expression to be stored where a number means `meaning`.
    pub(super) fn stored(&self, id: ExprId, meaning: &Meaning) -> Result<String, Inexpressible> {
        self.bounds.of(id)?;
        Ok(self.say(id, Some(meaning)).0)
    }

    /// An expression that a number is going to be held against.
    pub(super) fn compared(&self, id: ExprId) -> Result<String, Inexpressible> {
        self.bounds.of(id)?;
        Ok(self.tied(id, Tie::Order))
    }

    /// The cell or element, if its index lies in the array.
    pub(super) fn place(&self, place: Place) -> String {
        let Some(index) = place.index else { return self.cell(place.base) };
        let name = &self.layout.variable(place.base).name;
        format!("{name}[{}]", self.offset(index.value, index.first))
    }

    pub(super) fn cell(&self, cell: CellId) -> String {
        let Element { variable, element } = self.layout.of(cell);
        let name = &self.layout.variables[variable].name;
        element.map_or_else(|| name.clone(), |it| format!("{name}[{it}]"))
    }

    /// A number, by its name where it has one.
    pub(super) fn number(&self, value: i32, meaning: Option<&Meaning>) -> String {
        match (meaning, value) {
            (Some(Meaning::Bool), 0) => "false".to_owned(),
            (Some(Meaning::Bool), 1) => "true".to_owned(),
            _ => meaning
                .and_then(|it| self.names.value(it, value))
                .map_or_else(|| value.to_string(), str::to_owned),
        }
    }

    /// What can break while the expression is evaluated, in that order. Each condition has a value
    /// where the ones before it do not hold.
    pub(super) fn faults(&self, id: ExprId) -> Result<Vec<Fault>, Inexpressible> {
        Ok(match &self.model.exprs[id.index()] {
            Expr::Value(_) => Vec::new(),
            Expr::Read(place) => self.index_faults(*place)?,
            Expr::Not(inner) => self.faults(*inner)?,
            Expr::Binary(operator, left, right) => {
                let mut all = self.faults(*left)?;
                let right = self.faults(*right)?;
                // The right side is looked at only where the left one does not decide.
                let reached = match operator {
                    Binary::And if !right.is_empty() => Some(self.tied(*left, Tie::And)),
                    Binary::Or if !right.is_empty() => {
                        Some(format!("!{}", self.tied(*left, Tie::Sign)))
                    }
                    _ => None,
                };
                all.extend(right.into_iter().map(|(fault, kind)| match &reached {
                    Some(reached) => (format!("{reached} && ({fault})"), kind),
                    None => (fault, kind),
                }));
                all
            }
            Expr::ActorsWhere(members) => {
                let mut all = Vec::new();
                for (_, condition) in members {
                    all.extend(self.faults(*condition)?);
                }
                all
            }
        })
    }

    /// What can break while a place is found.
    pub(super) fn index_faults(&self, place: Place) -> Result<Vec<Fault>, Inexpressible> {
        let Some(index) = place.index else { return Ok(Vec::new()) };
        let mut all = self.faults(index.value)?;
        if !self.bounds.index_fits(place)? {
            let value = self.tied(index.value, Tie::Order);
            let (low, high) = self.bounds.of(index.value)?;
            let (first, last) =
                (i64::from(index.first), i64::from(index.first) + i64::from(index.len) - 1);
            let below = (low < first).then(|| format!("{value} < {first}"));
            let above = (high > last).then(|| format!("{value} > {last}"));
            let fault: Vec<String> = below.into_iter().chain(above).collect();
            all.push((fault.join(" || "), index.out_of_range));
        }
        Ok(all)
    }

    fn offset(&self, index: ExprId, first: i32) -> String {
        match (&self.model.exprs[index.index()], first) {
            (Expr::Value(value), _) => value.wrapping_sub(first).to_string(),
            (_, 0) => self.say(index, None).0,
            (_, ..0) => format!("{} + {}", self.tied(index, Tie::Sum), first.unsigned_abs()),
            _ => format!("{} - {first}", self.tied(index, Tie::Sum)),
        }
    }

    /// In brackets unless it binds more tightly than what stands around it.
    fn tied(&self, id: ExprId, around: Tie) -> String {
        self.tied_as(id, around, None)
    }

    fn tied_as(&self, id: ExprId, around: Tie, meaning: Option<&Meaning>) -> String {
        let (text, tie) = self.say(id, meaning);
        if tie > around { text } else { format!("({text})") }
    }

    fn say(&self, id: ExprId, meant: Option<&Meaning>) -> (String, Tie) {
        match &self.model.exprs[id.index()] {
            Expr::Value(value) => {
                let tie = if *value < 0 { Tie::Sign } else { Tie::Atom };
                (self.number(*value, meant), tie)
            }
            Expr::Read(place) => (self.place(*place), Tie::Atom),
            Expr::Not(inner) => (format!("!{}", self.tied(*inner, Tie::Product)), Tie::Sign),
            Expr::Binary(operator, left, right) => self.binary(*operator, *left, *right),
            Expr::ActorsWhere(members) => {
                let member = |(actor, condition): &(crate::ids::ActorId, ExprId)| {
                    let bit = 1i64 << actor.0;
                    format!("({} -> {bit} : 0)", self.say(*condition, None).0)
                };
                let members: Vec<String> = members.iter().map(member).collect();
                match members.len() {
                    0 => ("0".to_owned(), Tie::Atom),
                    1 => (members.concat(), Tie::Atom),
                    _ => (members.join(" | "), Tie::Loose),
                }
            }
        }
    }

    fn binary(&self, operator: Binary, left: ExprId, right: ExprId) -> (String, Tie) {
        let infix = |sign: &str, tie: Tie| {
            // A number reads as what it is held against.
            let (of_left, of_right) = (meaning(self.model, left), meaning(self.model, right));
            let chained = |it: ExprId| {
                matches!(tie, Tie::And | Tie::Or)
                    && matches!(&self.model.exprs[it.index()], Expr::Binary(other, ..) if *other == operator)
            };
            let side = |it: ExprId, meaning: Option<&Meaning>| {
                let as_it_is = chained(it);
                if as_it_is { self.say(it, None).0 } else { self.tied_as(it, tie, meaning) }
            };
            (format!("{} {sign} {}", side(left, of_right), side(right, of_left)), tie)
        };
        let actor = |it: ExprId| self.say(it, Some(&Meaning::Actor));
        match operator {
            Binary::And => infix("&&", Tie::And),
            Binary::Or => infix("||", Tie::Or),
            Binary::Equal => infix("==", Tie::Equality),
            Binary::NotEqual => infix("!=", Tie::Equality),
            Binary::Less => infix("<", Tie::Order),
            Binary::LessOrEqual => infix("<=", Tie::Order),
            Binary::Add => infix("+", Tie::Sum),
            Binary::Subtract => infix("-", Tie::Sum),
            Binary::Multiply => infix("*", Tie::Product),
            Binary::Remainder => (self.remainder(left, right), Tie::Atom),
            Binary::Without => {
                let set = self.tied(left, Tie::Product);
                (format!("{set} & ~{}", self.member(right, actor(right))), Tie::Loose)
            }
            Binary::With => {
                let set = self.tied(left, Tie::Product);
                (format!("{set} | {}", self.member(right, actor(right))), Tie::Loose)
            }
            Binary::Contains => {
                let set = self.tied(left, Tie::Product);
                (format!("({set} & {}) != 0", self.member(right, actor(right))), Tie::Equality)
            }
        }
    }

    /// The set of one actor; of none it is empty.
    fn member(&self, id: ExprId, (actor, tie): (String, Tie)) -> String {
        let actor = if tie == Tie::Atom { actor } else { format!("({actor})") };
        if self.bounds.of(id).is_ok_and(|(low, _)| low >= 0) {
            format!("(1 << {actor})")
        } else {
            format!("({actor} < 0 -> 0 : 1 << {actor})")
        }
    }

    /// Never negative, and 0 by 0; the remainder of C has the sign of its left side.
    fn remainder(&self, left: ExprId, right: ExprId) -> String {
        let bounds = |it| self.bounds.of(it).unwrap_or((i64::MIN, i64::MAX));
        let (l, r) = (self.tied(left, Tie::Product), self.tied(right, Tie::Product));
        if bounds(left).0 >= 0 && bounds(right).0 > 0 {
            return format!("({l} % {r})");
        }
        let size =
            if bounds(right).0 >= 0 { r.clone() } else { format!("({r} < 0 -> 0 - {r} : {r})") };
        format!("({r} == 0 -> 0 : (({l} % {r}) + {size}) % {size})")
    }
}
