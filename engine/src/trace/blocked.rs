//! For whom a waiting actor waits, read off its guard. Imports ids, model and state, never a search or a view.

use crate::ids::{ActorId, CellId, ExprId, StepId};
use crate::model::{Binary, Expr, Meaning, Model, Place};
use crate::state::{self, CellSet, Record};

/// What has to be known of a model to say for whom somebody waits.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// What each step may write.
    writes: Vec<CellSet>,
}

impl Awaited {
    /// Gathers it.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let steps = 0..model.steps.len();
        let writes = steps.map(|it| state::may_touch(model, StepId(it as u16)).writes).collect();
        Self { writes }
    }

    /// For whom the actor of `step`, which waits before it, waits in this state: in order, itself
    /// left out. For each part of the guard that does not hold, that is
    /// - the members of a set that has to be empty, or the actor that must not be in a set;
    /// - else the actors at whose positions it looks, and those held in the cells that it reads;
    /// - else the unfinished actors with some step that may write a cell that it reads.
    #[must_use]
    pub fn by(&self, model: &Model, state: &[u64], step: StepId) -> Vec<ActorId> {
        let line = &model.steps[step.index()];
        let mut parts = Vec::new();
        for outcome in &line.outcomes {
            failing(model, state, outcome.guard, &mut parts);
        }
        let mut on = vec![false; model.actors.len()];
        for part in parts {
            let mut on_part = named(model, state, part);
            on_part.retain(|it| *it != line.actor);
            if on_part.is_empty() {
                on_part = self.writers(model, state, part);
                on_part.retain(|it| *it != line.actor);
            }
            for actor in on_part {
                on[actor.index()] = true;
            }
        }
        actors(model).filter(|it| on[it.index()]).collect()
    }

    /// The unfinished actors with a step that may write what this expression reads.
    fn writers(&self, model: &Model, state: &[u64], part: ExprId) -> Vec<ActorId> {
        let reads = state::may_touch_of(model, part).reads;
        let may = |step: u16| self.writes[usize::from(step)].meets(&reads);
        state::standing(model, state)
            .map(|it| it.0)
            .filter(|it| model.actors[it.index()].steps.clone().any(may))
            .collect()
    }
}

/// For whom the actor of `step` waits, once; see [`Awaited::by`].
#[must_use]
pub fn awaited(model: &Model, state: &[u64], step: StepId) -> Vec<ActorId> {
    Awaited::new(model).by(model, state, step)
}

/// The smallest parts of a condition, between `and`s and `or`s, that do not hold. One that cannot be
/// evaluated is none of them: it is a part to its left that guards it.
fn failing(model: &Model, state: &[u64], condition: ExprId, parts: &mut Vec<ExprId>) {
    if state::evaluate(model, state, condition, &mut ()) != Ok(0) {
        return;
    }
    match model.exprs[condition.index()] {
        Expr::Binary(Binary::And | Binary::Or, left, right) => {
            failing(model, state, left, parts);
            failing(model, state, right, parts);
        }
        _ => parts.push(condition),
    }
}

/// The actors that a part of a guard names: by a set, a position or a holder.
fn named(model: &Model, state: &[u64], part: ExprId) -> Vec<ActorId> {
    let value = |expr| state::evaluate(model, state, expr, &mut ()).unwrap_or(-1);
    let all = actors(model);
    let empty = match model.exprs[part.index()] {
        Expr::Binary(Binary::Equal, set, zero) if is_zero(model, zero) => Some(set),
        Expr::Binary(Binary::Equal, zero, set) if is_zero(model, zero) => Some(set),
        Expr::Not(inner) => match model.exprs[inner.index()] {
            Expr::Binary(Binary::Contains, _, actor) => {
                return all.filter(|it| i32::from(it.0) == value(actor)).collect();
            }
            _ => None,
        },
        _ => None,
    };
    if let Some(set) = empty.filter(|&it| is_set(model, it)) {
        let members = value(set);
        let is_member = |it: &ActorId| {
            1i32.checked_shl(u32::from(it.0)).is_some_and(|member| members & member != 0)
        };
        return all.filter(is_member).collect();
    }
    let mut record = Record::default();
    let _ = state::evaluate(model, state, part, &mut record);
    let holder = |cell: CellId| match model.cells[cell.index()].meaning {
        Meaning::Position(actor) => Some(actor),
        Meaning::Actor => u8::try_from(state::read(model, state, cell)).ok().map(ActorId),
        _ => None,
    };
    record.reads.into_iter().filter_map(holder).collect()
}

fn actors(model: &Model) -> impl Iterator<Item = ActorId> + use<> {
    (0..model.actors.len()).map(|it| ActorId(it as u8))
}

fn is_zero(model: &Model, expr: ExprId) -> bool {
    model.exprs[expr.index()] == Expr::Value(0)
}

/// Whether an expression's value is a set of actors.
fn is_set(model: &Model, expr: ExprId) -> bool {
    match &model.exprs[expr.index()] {
        Expr::ActorsWhere(_) | Expr::Binary(Binary::With | Binary::Without, ..) => true,
        Expr::Read(Place { base, .. }) => model.cells[base.index()].meaning == Meaning::Actors,
        _ => false,
    }
}
