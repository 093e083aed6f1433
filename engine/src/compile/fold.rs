//! Constants: folded while expressions are built, and once more when it is known which cells never change.

use super::names::Compiler;
use crate::ids::{ActorId, CellId, ExprId};
use crate::model::{Binary, Expr, Model, Op, Outcome, Piece, Place};

impl Compiler<'_> {
    fn push(&mut self, expr: Expr) -> ExprId {
        push(&mut self.model.exprs, expr)
    }

    pub(super) fn value(&mut self, value: i32) -> ExprId {
        self.push(Expr::Value(value))
    }

    pub(super) fn value_of(&self, id: ExprId) -> Option<i32> {
        value_of(&self.model.exprs, id)
    }

    pub(super) fn read(&mut self, place: Place) -> ExprId {
        self.push(Expr::Read(place))
    }

    pub(super) fn not(&mut self, inner: ExprId) -> ExprId {
        let simple = simplify(&self.model.exprs, Expr::Not(inner));
        self.push(simple)
    }

    pub(super) fn binary(&mut self, operator: Binary, left: ExprId, right: ExprId) -> ExprId {
        let simple = simplify(&self.model.exprs, Expr::Binary(operator, left, right));
        self.push(simple)
    }

    pub(super) fn actors_where(&mut self, members: Vec<(ActorId, ExprId)>) -> ExprId {
        let simple = simplify(&self.model.exprs, Expr::ActorsWhere(members));
        self.push(simple)
    }
}

fn push(exprs: &mut Vec<Expr>, expr: Expr) -> ExprId {
    exprs.push(expr);
    ExprId(exprs.len() as u32 - 1)
}

fn value_of(exprs: &[Expr], id: ExprId) -> Option<i32> {
    match exprs[id.index()] {
        Expr::Value(value) => Some(value),
        _ => None,
    }
}

/// The expression itself, or a simpler one of the same value. Its operands are simple already.
fn simplify(exprs: &[Expr], expr: Expr) -> Expr {
    let value = |id| value_of(exprs, id);
    match &expr {
        Expr::Not(inner) => match (value(*inner), &exprs[inner.index()]) {
            (Some(value), _) => Expr::Value(i32::from(value == 0)),
            (None, Expr::Not(inner)) => exprs[inner.index()].clone(),
            _ => expr,
        },
        Expr::Binary(operator, left, right) => {
            let (operator, left, right) = (*operator, *left, *right);
            match (operator, value(left), value(right)) {
                (Binary::And, Some(0), _) | (Binary::And, _, Some(0)) => Expr::Value(0),
                (Binary::And, Some(_), _) => exprs[right.index()].clone(),
                (Binary::And, _, Some(_)) => exprs[left.index()].clone(),
                (Binary::Or, Some(0), _) => exprs[right.index()].clone(),
                (Binary::Or, _, Some(0)) => exprs[left.index()].clone(),
                (Binary::Or, Some(_), _) | (Binary::Or, _, Some(_)) => Expr::Value(1),
                (operator, Some(left), Some(right)) => Expr::Value(operator.apply(left, right)),
                _ => expr,
            }
        }
        Expr::ActorsWhere(members) => {
            let members: Vec<_> = members
                .iter()
                .filter(|(_, condition)| value(*condition) != Some(0))
                .copied()
                .collect();
            if members.iter().all(|(_, condition)| value(*condition).is_some()) {
                Expr::Value(members.iter().fold(0, |set, (actor, _)| set | 1 << actor.0))
            } else {
                Expr::ActorsWhere(members)
            }
        }
        Expr::Value(_) | Expr::Read(_) => expr,
    }
}

/// Replaces cells that no step writes by their values, drops what can then never run, and keeps only
/// expressions that something uses, each once.
pub(super) fn fold(model: &mut Model) {
    loop {
        let constant = constant_cells(model);
        let before = (model.ops.len(), count_values(model));
        for id in 0..model.exprs.len() {
            let expr = match &model.exprs[id] {
                Expr::Read(Place { base, index: None }) if constant[base.index()] => {
                    Expr::Value(model.cells[base.index()].initial)
                }
                other => simplify(&model.exprs, other.clone()),
            };
            model.exprs[id] = expr;
        }
        prune(model);
        if before == (model.ops.len(), count_values(model)) {
            break;
        }
    }
    compact(model);
}

fn count_values(model: &Model) -> usize {
    model.exprs.iter().filter(|expr| matches!(expr, Expr::Value(_))).count()
}

/// Which cells keep their first value for ever.
pub(super) fn constant_cells(model: &Model) -> Vec<bool> {
    let mut constant = vec![true; model.cells.len()];
    for op in &model.ops {
        if let Op::Assign { place, .. } = op {
            for cell in elements(*place) {
                constant[cell.index()] = false;
            }
        }
    }
    for actor in &model.actors {
        if !actor.steps.is_empty() {
            constant[actor.position.index()] = false;
        }
    }
    constant
}

/// The cells that a place may stand for.
fn elements(place: Place) -> impl Iterator<Item = CellId> {
    let (len, stride) = place.index.map_or((1, 0), |index| (index.len, index.stride));
    (0..len).map(move |element| CellId(place.base.0 + element * stride))
}

/// Drops operations that can never run.
fn prune(model: &mut Model) {
    let mut ops = Vec::new();
    for step in &mut model.steps {
        for outcome in &mut step.outcomes {
            prune_outcome(&model.exprs, &model.ops, outcome, &mut ops);
        }
    }
    model.ops = ops;
}

fn prune_outcome(exprs: &[Expr], old: &[Op], outcome: &mut Outcome, ops: &mut Vec<Op>) {
    let range = outcome.ops.start as usize..outcome.ops.end as usize;
    let start = range.start;
    // All jumps lead forward, so one pass finds what can run.
    let mut reached = vec![false; range.len()];
    let mut kept = vec![None; range.len()];
    reached[0] = true;
    for at in 0..range.len() {
        if !reached[at] {
            continue;
        }
        let mut op = old[start + at];
        if let Op::Unless { condition, to } = op {
            match value_of(exprs, condition) {
                Some(0) => op = Op::Jump { to },
                Some(_) => {
                    reached[at + 1] = true;
                    continue;
                }
                None => {}
            }
        }
        match op {
            Op::Goto { .. } => {}
            Op::Jump { to } => reached[to as usize - start] = true,
            Op::Unless { to, .. } => {
                reached[to as usize - start] = true;
                reached[at + 1] = true;
            }
            Op::Check { condition, .. } if value_of(exprs, condition).is_some_and(|v| v != 0) => {
                reached[at + 1] = true;
                continue;
            }
            // What breaks whenever it is reached ends the run: nothing behind it is reached from here.
            Op::Check { condition, .. } if value_of(exprs, condition) == Some(0) => {}
            _ => reached[at + 1] = true,
        }
        kept[at] = Some(op);
    }
    // A jump to what follows anyway is no operation.
    for at in 0..kept.len() {
        if let Some(Op::Jump { to }) = kept[at]
            && kept[at + 1..to as usize - start].iter().all(Option::is_none)
        {
            kept[at] = None;
        }
    }
    let first = ops.len();
    let mut moved = vec![0; kept.len() + 1];
    let mut next = first as u32;
    for (at, op) in kept.iter().enumerate() {
        moved[at] = next;
        next += u32::from(op.is_some());
    }
    moved[kept.len()] = next;
    for op in kept.into_iter().flatten() {
        ops.push(match op {
            Op::Jump { to } => Op::Jump { to: moved[to as usize - start] },
            Op::Unless { condition, to } => {
                Op::Unless { condition, to: moved[to as usize - start] }
            }
            other => other,
        });
    }
    outcome.ops = first as u32..ops.len() as u32;
}

/// Rebuilds the arena with what is used, equal expressions once.
fn compact(model: &mut Model) {
    let old = std::mem::take(&mut model.exprs);
    let moved = vec![None; old.len()];
    let mut compacted = Compacted { old, moved, new: Vec::new(), sorted: Vec::new() };
    for op in &mut model.ops {
        match op {
            Op::Assign { place, value } => {
                compacted.place(place);
                *value = compacted.expr(*value);
            }
            Op::Check { condition, .. } | Op::Unless { condition, .. } => {
                *condition = compacted.expr(*condition);
            }
            Op::Touch { .. } | Op::Jump { .. } | Op::Say(_) | Op::Goto { .. } => {}
        }
    }
    for outcome in model.steps.iter_mut().flat_map(|step| &mut step.outcomes) {
        outcome.guard = compacted.expr(outcome.guard);
    }
    for piece in model.texts.iter_mut().flatten() {
        if let Piece::Value(id, _) = piece {
            *id = compacted.expr(*id);
        }
    }
    let drawings = model.cells.iter_mut().filter_map(|it| it.drawing.as_mut());
    drawings.filter_map(|it| it.copy_of.as_mut()).for_each(|place| compacted.place(place));
    model.exprs = compacted.new;
}

struct Compacted {
    old: Vec<Expr>,
    /// Where each of the old ones is among the new, if it is used.
    moved: Vec<Option<ExprId>>,
    new: Vec<Expr>,
    /// The new ones in their own order, to find them by.
    sorted: Vec<ExprId>,
}

impl Compacted {
    fn expr(&mut self, id: ExprId) -> ExprId {
        if let Some(moved) = self.moved[id.index()] {
            return moved;
        }
        let mut expr = self.old[id.index()].clone();
        match &mut expr {
            Expr::Value(_) => {}
            Expr::Read(place) => self.place(place),
            Expr::Not(inner) => *inner = self.expr(*inner),
            Expr::Binary(_, left, right) => {
                *left = self.expr(*left);
                *right = self.expr(*right);
            }
            Expr::ActorsWhere(members) => {
                for (_, condition) in members {
                    *condition = self.expr(*condition);
                }
            }
        }
        let known = self.sorted.binary_search_by(|it| self.new[it.index()].cmp(&expr));
        let moved = known.map(|at| self.sorted[at]).unwrap_or_else(|at| {
            let moved = push(&mut self.new, expr);
            self.sorted.insert(at, moved);
            moved
        });
        self.moved[id.index()] = Some(moved);
        moved
    }

    fn place(&mut self, place: &mut Place) {
        if let Some(index) = &mut place.index {
            index.value = self.expr(index.value);
        }
    }
}
