//! What a step read and wrote, as a reader should see it. Imports ids, model, state and trace; never explores.

use super::Access;
use crate::ids::{CellId, ExprId, StepId, StorageId};
use crate::model::{Meaning, Model, Op, Outcome};
use crate::state::{self, Attempt, Broken, Record, Spot};
use crate::trace::Taken;

/// What a taken step read and wrote: its own position and what only a property looked at are left
/// out, and where it broke something, that place is in.
pub(crate) fn accesses(model: &Model, taken: &Taken) -> Vec<Access> {
    let outcome = &model.steps[taken.step.index()].outcomes[usize::from(taken.turn.outcome)];
    let mut all = actual(model, taken.step, outcome, &taken.record);
    if let Some(broken) = taken.broken {
        let state = &taken.after.state;
        for access in breaking(model, state, outcome, broken) {
            match all.iter_mut().find(|it| it.cell == access.cell) {
                Some(known) => {
                    known.broke = true;
                    known.written |= access.written;
                }
                None => all.push(access),
            }
        }
    }
    all
}

/// The cell whose value the step would have read, had it not broken something on the way: what the
/// read was for.
pub(super) fn undefined(model: &Model, taken: &Taken) -> Option<CellId> {
    let Some(Broken { spot: Spot::Storage { storage, access }, .. }) = taken.broken else {
        return None;
    };
    let outcome = &model.steps[taken.step.index()].outcomes[usize::from(taken.turn.outcome)];
    forbidden(model, &taken.after.state, outcome, storage, access)?.destination
}

/// The shared cells that a step would read or write if it ran now, with its first enabled outcome.
pub(super) fn ahead(model: &Model, state: &[u64], step: StepId, outcome: u8) -> Vec<CellId> {
    let mut after = state.to_vec();
    let mut record = Record::default();
    let attempt = state::execute(model, &mut after, step, usize::from(outcome), &mut record);
    let outcome = &model.steps[step.index()].outcomes[usize::from(outcome)];
    let mut cells: Vec<CellId> =
        actual(model, step, outcome, &record).into_iter().map(|it| it.cell).collect();
    if let Attempt::Broken(broken) = attempt {
        let broke = breaking(model, &after, outcome, broken);
        cells.extend(broke.into_iter().filter(|it| !it.by_property).map(|it| it.cell));
    }
    let shared = |it: &CellId| {
        let cell = &model.cells[it.index()];
        cell.owner.is_none() && model.storages.iter().all(|storage| storage.lifetime != *it)
            || record.writes.iter().any(|write| write.cell == *it) && cell.owner.is_none()
    };
    cells.retain(shared);
    cells
}

/// What an execution really read and wrote.
fn actual(model: &Model, step: StepId, outcome: &Outcome, record: &Record) -> Vec<Access> {
    let own = model.actors[model.steps[step.index()].actor.index()].position;
    let access = |cell, written| Access { cell, written, broke: false, by_property: false };
    let written = |cell| record.writes.iter().any(|it| it.cell == cell);
    let reads = record.reads.iter().filter(|it| written(**it) || used(model, outcome, **it));
    let mut all: Vec<Access> = reads.map(|it| access(*it, written(*it))).collect();
    for write in &record.writes {
        if all.iter().all(|it| it.cell != write.cell) {
            all.push(access(write.cell, true));
        }
    }
    all.retain(|it| it.cell != own);
    all
}

/// Whether anything but a check of the specification may read this cell.
fn used(model: &Model, outcome: &Outcome, cell: CellId) -> bool {
    let reads = |expr| state::may_touch_of(model, expr).reads.contains(cell);
    reads(outcome.guard)
        || ops(model, outcome).iter().any(|op| match *op {
            Op::Touch { storage, .. } => model.storages[storage.index()].lifetime == cell,
            Op::Assign { place, value } => {
                reads(value) || place.index.is_some_and(|it| reads(it.value))
            }
            Op::Unless { condition, .. } => reads(condition),
            Op::Check { .. } | Op::Jump { .. } | Op::Say(_) | Op::Goto { .. } => false,
        })
}

/// Where a step broke something, in the state that it left.
fn breaking(model: &Model, state: &[u64], outcome: &Outcome, broken: Broken) -> Vec<Access> {
    let broke = |cell, written, by_property| Access { cell, written, broke: true, by_property };
    match broken.spot {
        Spot::Cell(cell) => vec![broke(cell, true, false)],
        Spot::Storage { storage, access } => {
            let place = forbidden(model, state, outcome, storage, access);
            place.map(|it| broke(it.cell, it.written, false)).into_iter().collect()
        }
        Spot::Check => {
            let failed = ops(model, outcome).iter().find_map(|op| match *op {
                Op::Check { condition, violation } if violation == broken.violation => {
                    let mut record = Record::default();
                    let holds = state::evaluate(model, state, condition, &mut record);
                    (holds == Ok(0)).then_some(record.reads)
                }
                _ => None,
            });
            let shared = failed.into_iter().flatten().filter(|it| is_shared(model, *it));
            shared.map(|it| broke(it, false, true)).collect()
        }
    }
}

fn is_shared(model: &Model, cell: CellId) -> bool {
    let cell = &model.cells[cell.index()];
    cell.owner.is_none() && !matches!(cell.meaning, Meaning::Position(_))
}

/// An access that a storage's lifetime forbids.
struct Forbidden {
    cell: CellId,
    written: bool,
    destination: Option<CellId>,
}

/// What the first access of this kind was going to touch: the first place in that storage which the
/// operations after the check of its lifetime name.
fn forbidden(
    model: &Model,
    state: &[u64],
    outcome: &Outcome,
    storage: StorageId,
    access: u8,
) -> Option<Forbidden> {
    let touch = Op::Touch { storage, access };
    let reads = |expr: ExprId| {
        let mut record = Record::default();
        // An index out of range ends the reading early; what was read before it still counts.
        let _ = state::evaluate(model, state, expr, &mut record);
        record.reads.into_iter().find(|it| model.cells[it.index()].storage == Some(storage))
    };
    let rest = ops(model, outcome).iter().skip_while(|it| **it != touch);
    let found = rest.skip(1).find_map(|op| match *op {
        Op::Assign { place, value } => {
            let target = state::locate(model, state, place, &mut ()).ok();
            let inside = target.filter(|it| model.cells[it.index()].storage == Some(storage));
            match (inside, reads(value)) {
                (Some(cell), _) => Some(Forbidden { cell, written: true, destination: None }),
                (None, Some(cell)) => Some(Forbidden { cell, written: false, destination: target }),
                (None, None) => None,
            }
        }
        Op::Unless { condition, .. } => {
            reads(condition).map(|cell| Forbidden { cell, written: false, destination: None })
        }
        Op::Touch { .. } | Op::Check { .. } | Op::Jump { .. } | Op::Say(_) | Op::Goto { .. } => {
            None
        }
    });
    found.or_else(|| {
        let cell = reads(outcome.guard)?;
        Some(Forbidden { cell, written: false, destination: None })
    })
}

fn ops<'a>(model: &'a Model, outcome: &Outcome) -> &'a [Op] {
    &model.ops[outcome.ops.start as usize..outcome.ops.end as usize]
}
