//! Expressions in TLA+: numbers, truths and sets are three things there, and one in the model. Imports ids, model and what the exports share.

use std::collections::BTreeMap;

use super::super::formal::{Bounds, Element, Inexpressible, Layout, Names, meaning};
use crate::ids::{CellId, ExprId, ViolationId};
use crate::model::{Binary, Expr, Meaning, Model, Place};

/// A condition under which something is broken, and what.
pub(super) type Fault = (String, ViolationId);

/// What a variable holds in the middle of a step, where that is not what it held before.
pub(super) type Now = BTreeMap<usize, String>;

/// Says expressions of a model in TLA+.
pub(super) struct Speech<'m> {
    pub(super) model: &'m Model,
    pub(super) bounds: Bounds<'m>,
    pub(super) layout: Layout,
    pub(super) names: Names,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    Truth,
    Set,
}

impl Speech<'_> {
    fn sort(&self, id: ExprId) -> Sort {
        match &self.model.exprs[id.index()] {
            Expr::Read(place) if self.is_set(*place) => Sort::Set,
            Expr::Value(_) | Expr::Read(_) => Sort::Number,
            Expr::Not(_) => Sort::Truth,
            Expr::ActorsWhere(_) => Sort::Set,
            Expr::Binary(operator, ..) => match operator {
                Binary::With | Binary::Without => Sort::Set,
                Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Remainder => {
                    Sort::Number
                }
                _ => Sort::Truth,
            },
        }
    }

    pub(super) fn is_set(&self, place: Place) -> bool {
        self.model.cells[place.base.index()].meaning == Meaning::Actors
    }

    /// A condition.
    pub(super) fn truth(&self, id: ExprId, now: &Now) -> Result<String, Inexpressible> {
        self.bounds.of(id)?;
        Ok(match (&self.model.exprs[id.index()], self.sort(id)) {
            (Expr::Value(value), _) => if *value == 0 { "FALSE" } else { "TRUE" }.to_owned(),
            (_, Sort::Number) => format!("{} # 0", self.number(id, None, now)?),
            (_, Sort::Set) => format!("{} # {{}}", self.set(id, now)?),
            (Expr::Not(inner), _) => format!("~({})", self.truth(*inner, now)?),
            (Expr::Binary(operator, left, right), _) => {
                self.comparison(*operator, *left, *right, now)?
            }
            (Expr::Read(_) | Expr::ActorsWhere(_), Sort::Truth) => String::new(),
        })
    }

    fn comparison(
        &self,
        operator: Binary,
        left: ExprId,
        right: ExprId,
        now: &Now,
    ) -> Result<String, Inexpressible> {
        let sign = match operator {
            Binary::And | Binary::Or => {
                let sign = if operator == Binary::And { "/\\" } else { "\\/" };
                let (left, right) = (self.truth(left, now)?, self.truth(right, now)?);
                return Ok(format!("(({left}) {sign} ({right}))"));
            }
            Binary::Contains => {
                let member = self.number(right, Some(&Meaning::Actor), now)?;
                return Ok(format!("{member} \\in {}", self.set(left, now)?));
            }
            Binary::Equal => "=",
            Binary::NotEqual => "#",
            Binary::Less => "<",
            _ => "<=",
        };
        let of_sets = self.sort(left) == Sort::Set || self.sort(right) == Sort::Set;
        if of_sets && matches!(operator, Binary::Equal | Binary::NotEqual) {
            return Ok(format!("{} {sign} {}", self.set(left, now)?, self.set(right, now)?));
        }
        let (of_left, of_right) = (meaning(self.model, left), meaning(self.model, right));
        let left = self.number(left, of_right, now)?;
        Ok(format!("{left} {sign} {}", self.number(right, of_left, now)?))
    }

    /// A number; in brackets where it is more than one word.
    pub(super) fn number(
        &self,
        id: ExprId,
        meant: Option<&Meaning>,
        now: &Now,
    ) -> Result<String, Inexpressible> {
        self.bounds.of(id)?;
        Ok(match (&self.model.exprs[id.index()], self.sort(id)) {
            (_, Sort::Set) => return Err(refused("a set of actors is used as a number")),
            (_, Sort::Truth) => format!("(IF {} THEN 1 ELSE 0)", self.truth(id, now)?),
            (Expr::Value(value), _) => self.constant(*value, meant),
            (Expr::Read(place), _) => self.place(*place, now)?,
            (Expr::Binary(operator, left, right), _) => {
                let (l, r) = (self.number(*left, None, now)?, self.number(*right, None, now)?);
                match operator {
                    Binary::Add => format!("({l} + {r})"),
                    Binary::Subtract => format!("({l} - {r})"),
                    Binary::Multiply => format!("({l} * {r})"),
                    // TLA+ knows the remainder by a positive number only.
                    _ if self.bounds.of(*right)?.0 > 0 => format!("({l} % {r})"),
                    _ => {
                        let size = format!("(IF {r} < 0 THEN 0 - {r} ELSE {r})");
                        format!("(IF {r} = 0 THEN 0 ELSE {l} % {size})")
                    }
                }
            }
            (Expr::Not(_) | Expr::ActorsWhere(_), Sort::Number) => String::new(),
        })
    }

    /// A set of actors.
    pub(super) fn set(&self, id: ExprId, now: &Now) -> Result<String, Inexpressible> {
        self.bounds.of(id)?;
        Ok(match (&self.model.exprs[id.index()], self.sort(id)) {
            (Expr::Value(value), _) => self.members(*value)?,
            (Expr::Read(place), Sort::Set) => self.place(*place, now)?,
            (Expr::ActorsWhere(members), _) => {
                let mut all = Vec::new();
                for (actor, condition) in members {
                    let name = self.names.actor(actor.index());
                    let condition = self.truth(*condition, now)?;
                    all.push(format!("(IF {condition} THEN {{{name}}} ELSE {{}})"));
                }
                if all.is_empty() { "{}".to_owned() } else { format!("({})", all.join(" \\cup ")) }
            }
            (Expr::Binary(operator @ (Binary::With | Binary::Without), left, right), _) => {
                let set = self.set(*left, now)?;
                let actor = self.number(*right, Some(&Meaning::Actor), now)?;
                let sign = if *operator == Binary::With { "\\cup" } else { "\\" };
                let member = if self.bounds.of(*right)?.0 < 0 {
                    format!("(IF {actor} < 0 THEN {{}} ELSE {{{actor}}})")
                } else {
                    format!("{{{actor}}}")
                };
                format!("({set} {sign} {member})")
            }
            _ => return Err(refused("a number is used as a set of actors")),
        })
    }

    /// The set that a mask stands for.
    pub(super) fn members(&self, mask: i32) -> Result<String, Inexpressible> {
        let actors = self.model.actors.len();
        let mask =
            u32::try_from(mask).map_err(|_| refused("a negative number is used as a set"))?;
        if mask.checked_shr(actors as u32).unwrap_or(0) != 0 {
            return Err(refused("a set has a member that is no actor"));
        }
        let members: Vec<&str> =
            (0..actors).filter(|it| mask >> it & 1 == 1).map(|it| self.names.actor(it)).collect();
        Ok(format!("{{{}}}", members.join(", ")))
    }

    /// A number, by its name where it has one.
    pub(super) fn constant(&self, value: i32, meaning: Option<&Meaning>) -> String {
        let name = meaning.and_then(|it| self.names.value(it, value)).map(str::to_owned);
        name.unwrap_or_else(|| if value < 0 { format!("({value})") } else { value.to_string() })
    }

    pub(super) fn cell(&self, cell: CellId, now: &Now) -> String {
        let Element { variable, element } = self.layout.of(cell);
        let name = self.variable(variable, now);
        element.map_or_else(|| name.to_owned(), |it| format!("{name}[{it}]"))
    }

    /// What a variable is called at this point of a step.
    pub(super) fn variable<'a>(&'a self, variable: usize, now: &'a Now) -> &'a str {
        now.get(&variable).unwrap_or(&self.layout.variables[variable].name)
    }

    fn place(&self, place: Place, now: &Now) -> Result<String, Inexpressible> {
        let Some(index) = self.index(place, now)? else { return Ok(self.cell(place.base, now)) };
        let variable = self.layout.of(place.base).variable;
        Ok(format!("{}[{index}]", self.variable(variable, now)))
    }

    /// Which element, if the place is one.
    pub(super) fn index(&self, place: Place, now: &Now) -> Result<Option<String>, Inexpressible> {
        let Some(index) = place.index else {
            return Ok(self.layout.of(place.base).element.map(|it| it.to_string()));
        };
        let value = self.number(index.value, None, now)?;
        Ok(Some(match index.first {
            0 => value,
            first @ ..0 => format!("{value} + {}", first.unsigned_abs()),
            first => format!("{value} - {first}"),
        }))
    }

    /// What can break while the expression is evaluated, in that order. Each condition has a value
    /// where the ones before it do not hold.
    pub(super) fn faults(&self, id: ExprId, now: &Now) -> Result<Vec<Fault>, Inexpressible> {
        Ok(match &self.model.exprs[id.index()] {
            Expr::Value(_) => Vec::new(),
            Expr::Read(place) => self.index_faults(*place, now)?,
            Expr::Not(inner) => self.faults(*inner, now)?,
            Expr::Binary(operator, left, right) => {
                let mut all = self.faults(*left, now)?;
                let right = self.faults(*right, now)?;
                let reached = match operator {
                    _ if right.is_empty() => None,
                    Binary::And => Some(self.truth(*left, now)?),
                    Binary::Or => Some(format!("~({})", self.truth(*left, now)?)),
                    _ => None,
                };
                all.extend(right.into_iter().map(|(fault, kind)| match &reached {
                    Some(reached) => (format!("(({reached}) /\\ ({fault}))"), kind),
                    None => (fault, kind),
                }));
                all
            }
            Expr::ActorsWhere(members) => {
                let mut all = Vec::new();
                for (_, condition) in members {
                    all.extend(self.faults(*condition, now)?);
                }
                all
            }
        })
    }

    /// What can break while a place is found.
    pub(super) fn index_faults(
        &self,
        place: Place,
        now: &Now,
    ) -> Result<Vec<Fault>, Inexpressible> {
        let Some(index) = place.index else { return Ok(Vec::new()) };
        let mut all = self.faults(index.value, now)?;
        if !self.bounds.index_fits(place)? {
            let value = self.number(index.value, None, now)?;
            let (first, len) = (i64::from(index.first), i64::from(index.len));
            let fault = format!("~({value} \\in {first}..{})", first + len - 1);
            all.push((fault, index.out_of_range));
        }
        Ok(all)
    }
}

pub(super) fn refused(reason: &str) -> Inexpressible {
    Inexpressible(reason.to_owned())
}
