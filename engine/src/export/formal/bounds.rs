//! Between which values an expression lies, over all states: what lets a check that cannot fail be left out. Imports ids and model.

use super::{Inexpressible, elements};
use crate::ids::{CellId, ExprId};
use crate::model::{Binary, Expr, Model, Place};

/// The largest member that a set may have, since a set is a mask in a signed 32-bit number.
const MAX_MEMBER: i64 = 30;

/// Smallest and largest value, both possible as far as is known.
pub(in crate::export) type Range = (i64, i64);

/// Works out the bounds of a model's expressions.
pub(in crate::export) struct Bounds<'m> {
    model: &'m Model,
}

impl<'m> Bounds<'m> {
    pub(in crate::export) fn new(model: &'m Model) -> Self {
        Self { model }
    }

    /// The values that an expression can have wherever it has one.
    ///
    /// Arithmetic that could leave 32 bits is refused: the engine stops at their ends, and no other
    /// tool does. So is a set with a member that has no place in 32 bits.
    pub(in crate::export) fn of(&self, expr: ExprId) -> Result<Range, Inexpressible> {
        match &self.model.exprs[expr.index()] {
            Expr::Value(value) => Ok((i64::from(*value), i64::from(*value))),
            Expr::Read(place) => {
                if let Some(index) = place.index {
                    self.of(index.value)?;
                }
                Ok(self.of_place(*place))
            }
            Expr::Not(inner) => self.of(*inner).map(|_| (0, 1)),
            Expr::Binary(operator, left, right) => {
                self.binary(*operator, self.of(*left)?, self.of(*right)?)
            }
            Expr::ActorsWhere(members) => {
                members.iter().try_for_each(|(_, condition)| self.of(*condition).map(|_| ()))?;
                Ok((0, members.iter().map(|(actor, _)| 1i64 << actor.0).sum()))
            }
        }
    }

    /// The values that the cells of a place can hold.
    pub(in crate::export) fn of_place(&self, place: Place) -> Range {
        elements(place).map(|it| self.of_cell(it)).fold((i64::MAX, i64::MIN), hull)
    }

    fn of_cell(&self, cell: CellId) -> Range {
        let cell = &self.model.cells[cell.index()];
        (i64::from(cell.range.0), i64::from(cell.range.1))
    }

    /// Whether the index of a place always lies in its array.
    pub(in crate::export) fn index_fits(&self, place: Place) -> Result<bool, Inexpressible> {
        let Some(index) = place.index else { return Ok(true) };
        let (low, high) = self.of(index.value)?;
        let first = i64::from(index.first);
        Ok(low >= first && high < first + i64::from(index.len))
    }

    fn binary(&self, operator: Binary, left: Range, right: Range) -> Result<Range, Inexpressible> {
        let products = [left.0 * right.0, left.0 * right.1, left.1 * right.0, left.1 * right.1];
        let range = match operator {
            Binary::And
            | Binary::Or
            | Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessOrEqual => (0, 1),
            Binary::Add => (left.0 + right.0, left.1 + right.1),
            Binary::Subtract => (left.0 - right.1, left.1 - right.0),
            Binary::Multiply => {
                products.iter().fold((i64::MAX, i64::MIN), |all, it| hull(all, (*it, *it)))
            }
            Binary::Remainder => {
                let most = right.0.abs().max(right.1.abs()).max(1) - 1;
                (0, most)
            }
            Binary::Contains => member(right).map(|()| (0, 1))?,
            Binary::Without => member(right).map(|()| (left.0.min(0), left.1.max(0)))?,
            Binary::With => {
                member(right)?;
                // As many bits as the larger of the two.
                let high = (left.1.max(0) as u64 | 1 << right.1.max(0)) + 1;
                (left.0.min(0), high.next_power_of_two() as i64 - 1)
            }
        };
        if range.0 < i64::from(i32::MIN) || range.1 > i64::from(i32::MAX) {
            return Err(Inexpressible("its arithmetic may leave 32 bits".to_owned()));
        }
        Ok(range)
    }
}

fn member(range: Range) -> Result<(), Inexpressible> {
    if range.1 <= MAX_MEMBER {
        return Ok(());
    }
    Err(Inexpressible(format!("a set of actors may get a member above number {MAX_MEMBER}")))
}

fn hull(left: Range, right: Range) -> Range {
    (left.0.min(right.0), left.1.max(right.1))
}
