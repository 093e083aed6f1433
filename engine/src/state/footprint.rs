//! Footprints: what a step touched in one state, and what it may touch in any. Imports ids, model and its parent's observer, never a search.

use super::Observer;
use crate::ids::{CellId, ExprId, StepId, StorageId, TextId};
use crate::model::{Expr, Model, Op, Place};

/// A write that happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Write {
    /// Which cell.
    pub cell: CellId,
    /// Its value before.
    pub old: i32,
    /// Its value after; it may be the same.
    pub new: i32,
}

/// The exact footprint of one execution, in the order in which things happened, each read and each
/// access once.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Record {
    /// Cells read: operands, guards, lifetimes, looks at positions.
    pub reads: Vec<CellId>,
    /// Cells written, the actor's own position included.
    pub writes: Vec<Write>,
    /// Storages accessed, and how (an index into [`crate::model::Storage::accesses`]).
    pub touches: Vec<(StorageId, u8)>,
    /// Sentences added to the narration.
    pub says: Vec<TextId>,
}

impl Observer for Record {
    fn read(&mut self, cell: CellId) {
        if !self.reads.contains(&cell) {
            self.reads.push(cell);
        }
    }

    fn write(&mut self, cell: CellId, old: i32, new: i32) {
        self.writes.push(Write { cell, old, new });
    }

    fn touch(&mut self, storage: StorageId, access: u8) {
        if !self.touches.contains(&(storage, access)) {
            self.touches.push((storage, access));
        }
    }

    fn say(&mut self, text: TextId) {
        self.says.push(text);
    }
}

/// A set of cells.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct CellSet(Vec<u64>);

impl CellSet {
    /// Adds a cell.
    pub fn insert(&mut self, cell: CellId) {
        let word = cell.index() / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (cell.index() % 64);
    }

    /// Whether a cell is in it.
    #[must_use]
    pub fn contains(&self, cell: CellId) -> bool {
        self.0.get(cell.index() / 64).is_some_and(|word| word >> (cell.index() % 64) & 1 == 1)
    }

    /// Whether some cell is in both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(left, right)| left & right != 0)
    }

    /// Its cells, in order.
    pub fn iter(&self) -> impl Iterator<Item = CellId> + '_ {
        (0..self.0.len() * 64).map(|it| CellId(it as u16)).filter(|&it| self.contains(it))
    }
}

/// What something may touch in some state.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Footprint {
    /// Cells that it may read.
    pub reads: CellSet,
    /// Cells that it may write.
    pub writes: CellSet,
    /// Storages that it may access, and how; each once.
    pub touches: Vec<(StorageId, u8)>,
}

impl Footprint {
    /// Whether the order of the two can make a difference: one may write what the other may read or
    /// write.
    #[must_use]
    pub fn conflicts(&self, other: &Self) -> bool {
        self.writes.meets(&other.writes)
            || self.writes.meets(&other.reads)
            || self.reads.meets(&other.writes)
    }
}

/// What a step may touch, over all states and all its outcomes: guards, lifetimes, sets and positions
/// included, its actor's own position as a write. An index known only at run time stands for the
/// whole array.
#[must_use]
pub fn may_touch(model: &Model, step: StepId) -> Footprint {
    let line = &model.steps[step.index()];
    let mut all = Footprint::default();
    for outcome in &line.outcomes {
        expression(model, outcome.guard, &mut all);
        for op in &model.ops[outcome.ops.start as usize..outcome.ops.end as usize] {
            match *op {
                Op::Touch { storage, access } => {
                    if !all.touches.contains(&(storage, access)) {
                        all.touches.push((storage, access));
                    }
                    all.reads.insert(model.storages[storage.index()].lifetime);
                }
                Op::Assign { place: target, value } => {
                    expression(model, value, &mut all);
                    let cells = place(model, target, &mut all);
                    cells.for_each(|cell| all.writes.insert(cell));
                }
                Op::Check { condition, .. } | Op::Unless { condition, .. } => {
                    expression(model, condition, &mut all);
                }
                Op::Goto { .. } => {
                    all.writes.insert(model.actors[line.actor.index()].position);
                }
                Op::Jump { .. } | Op::Say(_) => {}
            }
        }
    }
    all
}

/// What evaluating an expression may read, over all states.
#[must_use]
pub fn may_touch_of(model: &Model, expr: ExprId) -> Footprint {
    let mut all = Footprint::default();
    expression(model, expr, &mut all);
    all
}

fn expression(model: &Model, expr: ExprId, all: &mut Footprint) {
    match &model.exprs[expr.index()] {
        Expr::Value(_) => {}
        Expr::Read(target) => {
            let cells = place(model, *target, all);
            cells.for_each(|cell| all.reads.insert(cell));
        }
        Expr::Not(inner) => expression(model, *inner, all),
        Expr::Binary(_, left, right) => {
            expression(model, *left, all);
            expression(model, *right, all);
        }
        Expr::ActorsWhere(conditions) => {
            for (_, condition) in conditions {
                expression(model, *condition, all);
            }
        }
    }
}

/// The cells that a place may stand for; what its index reads is added to `all`.
fn place(model: &Model, place: Place, all: &mut Footprint) -> impl Iterator<Item = CellId> + use<> {
    let (len, stride) = place.index.map_or((1, 0), |it| (it.len, it.stride));
    if let Some(index) = place.index {
        expression(model, index.value, all);
    }
    (0..len).map(move |it| CellId(place.base.0 + it * stride))
}
