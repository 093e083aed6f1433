//! A packed state and what a step does to it: the one interpreter, for searching, replaying and narrating alike. Imports ids and model, never a schedule, a text's words or a search.

mod ending;
mod footprint;

pub(crate) use ending::standing;
pub use ending::{Ending, ending, is_complete};
pub use footprint::{CellSet, Footprint, Record, Write, may_touch, may_touch_of};

use crate::ids::{ActorId, CellId, ExprId, StepId, StorageId, TextId, ViolationId};
use crate::model::{Binary, Bits, Expr, Model, Op, Place};

/// What an execution tells as it goes along. Every method does nothing unless it is overridden, so
/// that a search, which listens to nothing (`&mut ()`), pays nothing.
pub trait Observer {
    /// A cell was read: an operand, a guard, a lifetime that an access was checked against.
    fn read(&mut self, _cell: CellId) {}
    /// A cell was written; an actor's move to its next line is a write of its position.
    fn write(&mut self, _cell: CellId, _old: i32, _new: i32) {}
    /// A storage was accessed, rightly or not. `access` is an index into the storage's accesses.
    fn touch(&mut self, _storage: StorageId, _access: u8) {}
    /// A sentence was added to the narration.
    fn say(&mut self, _text: TextId) {}
}

impl Observer for () {}

/// Where something broke.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    /// At a cell whose value would have left its range; for an index outside an array, the array's
    /// first cell.
    Cell(CellId),
    /// At an access to a storage.
    Storage {
        /// Which storage.
        storage: StorageId,
        /// Index into the storage's accesses.
        access: u8,
    },
    /// At a check of the specification, which has no place.
    Check,
}

/// A broken property. It ends its run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken {
    /// What kind of violation it is.
    pub violation: ViolationId,
    /// Where it happened.
    pub spot: Spot,
}

/// What became of an attempt to take a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Attempt {
    /// That outcome is not enabled (or does not exist); the state is as it was.
    NotEnabled,
    /// The step was taken.
    Done,
    /// The step broke a property. What it did before that stays in the state; the actor's position
    /// has not moved.
    Broken(Broken),
}

/// The state in which every run begins.
#[must_use]
pub fn initial(model: &Model) -> Vec<u64> {
    let mut state = vec![0; model.words];
    for cell in &model.cells {
        put(&mut state, cell.bits, cell.initial);
    }
    state
}

/// The value of a cell.
///
/// # Panics
/// When the cell is not of this model, or the state has another length.
#[must_use]
#[inline]
pub fn read(model: &Model, state: &[u64], cell: CellId) -> i32 {
    let bits = model.cells[cell.index()].bits;
    if bits.mask == 0 {
        return bits.min;
    }
    let raw = (state[usize::from(bits.word)] >> bits.shift) & bits.mask;
    // The difference of two i32 fits into 32 bits, so the sum is exact modulo 2^32.
    bits.min.wrapping_add(raw as u32 as i32)
}

/// Sets the value of a cell, which has to be within the cell's range; a constant cell stays as it is.
///
/// # Panics
/// When the cell is not of this model, or the state has another length.
#[inline]
pub fn write(model: &Model, state: &mut [u64], cell: CellId, value: i32) {
    put(state, model.cells[cell.index()].bits, value);
}

#[inline]
fn put(state: &mut [u64], bits: Bits, value: i32) {
    if bits.mask == 0 {
        return;
    }
    let raw = u64::from(value.wrapping_sub(bits.min) as u32) & bits.mask;
    let word = &mut state[usize::from(bits.word)];
    *word = (*word & !(bits.mask << bits.shift)) | (raw << bits.shift);
}

/// The step that an actor stands before; `None` when it has finished.
#[must_use]
#[inline]
pub fn next_step(model: &Model, state: &[u64], actor: ActorId) -> Option<StepId> {
    model.step_at(actor, read(model, state, model.actors[actor.index()].position))
}

/// Whether an outcome of a step can be taken now. A guard that cannot be evaluated, since an index
/// in it is out of range, counts as enabled: taking that step is what breaks the run.
#[must_use]
pub fn is_enabled(model: &Model, state: &[u64], step: StepId, outcome: usize) -> bool {
    let outcomes = &model.steps[step.index()].outcomes;
    outcomes.get(outcome).is_some_and(|it| evaluate(model, state, it.guard, &mut ()) != Ok(0))
}

/// The outcomes of a step that can be taken now, counted from 0; none means that its actor waits.
pub fn enabled<'a>(
    model: &'a Model,
    state: &'a [u64],
    step: StepId,
) -> impl Iterator<Item = u8> + 'a {
    let outcomes = model.steps[step.index()].outcomes.len();
    (0..outcomes).filter(move |&it| is_enabled(model, state, step, it)).map(|it| it as u8)
}

/// Takes one outcome (counted from 0) of a step, if it is enabled: evaluates its guard, then runs
/// its operations in order until the actor has its next line or the first thing breaks.
///
/// An assignment evaluates its value, then its index, then looks at the range. A value that does
/// not fit is not stored.
///
/// # Panics
/// When step or state are not of this model.
pub fn execute<O: Observer>(
    model: &Model,
    state: &mut [u64],
    step: StepId,
    outcome: usize,
    observer: &mut O,
) -> Attempt {
    match try_execute(model, state, step, outcome, observer) {
        Ok(true) => Attempt::Done,
        Ok(false) => Attempt::NotEnabled,
        Err(broken) => Attempt::Broken(broken),
    }
}

fn try_execute<O: Observer>(
    model: &Model,
    state: &mut [u64],
    step: StepId,
    outcome: usize,
    observer: &mut O,
) -> Result<bool, Broken> {
    let line = &model.steps[step.index()];
    let Some(way) = line.outcomes.get(outcome) else {
        return Ok(false);
    };
    if evaluate(model, state, way.guard, observer)? == 0 {
        return Ok(false);
    }
    let mut at = way.ops.start;
    while at < way.ops.end {
        let op = &model.ops[at as usize];
        at += 1;
        match *op {
            Op::Touch { storage, access } => touch(model, state, storage, access, observer)?,
            Op::Assign { place, value } => {
                let value = evaluate(model, state, value, observer)?;
                let cell = locate(model, state, place, observer)?;
                assign(model, state, cell, value, observer)?;
            }
            Op::Check { condition, violation } => {
                if evaluate(model, state, condition, observer)? == 0 {
                    return Err(Broken { violation, spot: Spot::Check });
                }
            }
            Op::Unless { condition, to } => {
                debug_assert!(to >= at, "jumps go forward");
                if evaluate(model, state, condition, observer)? == 0 {
                    at = to;
                }
            }
            Op::Jump { to } => {
                debug_assert!(to >= at, "jumps go forward");
                at = to;
            }
            Op::Say(text) => observer.say(text),
            Op::Goto { line: next } => {
                let cell = model.actors[line.actor.index()].position;
                observer.write(cell, read(model, state, cell), i32::from(next));
                write(model, state, cell, i32::from(next));
                return Ok(true);
            }
        }
    }
    Ok(true)
}

fn touch<O: Observer>(
    model: &Model,
    state: &[u64],
    storage: StorageId,
    access: u8,
    observer: &mut O,
) -> Result<(), Broken> {
    let it = &model.storages[storage.index()];
    observer.touch(storage, access);
    observer.read(it.lifetime);
    let lifetime = read(model, state, it.lifetime);
    let lifetime = (lifetime - model.cells[it.lifetime.index()].range.0) as usize;
    match it.rules[usize::from(access)][lifetime] {
        Some(violation) => Err(Broken { violation, spot: Spot::Storage { storage, access } }),
        None => Ok(()),
    }
}

fn assign<O: Observer>(
    model: &Model,
    state: &mut [u64],
    cell: CellId,
    value: i32,
    observer: &mut O,
) -> Result<(), Broken> {
    let it = &model.cells[cell.index()];
    let violation = match value {
        _ if value < it.range.0 => it.out_of_range.0,
        _ if value > it.range.1 => it.out_of_range.1,
        _ => {
            observer.write(cell, read(model, state, cell), value);
            write(model, state, cell, value);
            return Ok(());
        }
    };
    Err(Broken { violation, spot: Spot::Cell(cell) })
}

/// The cell that a place stands for now.
///
/// # Errors
/// When its index is outside the array.
#[inline]
pub fn locate<O: Observer>(
    model: &Model,
    state: &[u64],
    place: Place,
    observer: &mut O,
) -> Result<CellId, Broken> {
    let Some(index) = place.index else {
        return Ok(place.base);
    };
    let value = evaluate(model, state, index.value, observer)?;
    let offset = i64::from(value) - i64::from(index.first);
    if (0..i64::from(index.len)).contains(&offset) {
        Ok(CellId(place.base.0 + offset as u16 * index.stride))
    } else {
        Err(Broken { violation: index.out_of_range, spot: Spot::Cell(place.base) })
    }
}

/// The value of an expression. Sums, differences and products stop at the ends of `i32`, which lie
/// outside every cell's range.
///
/// # Errors
/// When an index in it is outside its array.
///
/// # Panics
/// When expression or state are not of this model.
pub fn evaluate<O: Observer>(
    model: &Model,
    state: &[u64],
    expr: ExprId,
    observer: &mut O,
) -> Result<i32, Broken> {
    Ok(match &model.exprs[expr.index()] {
        Expr::Value(value) => *value,
        Expr::Read(place) => {
            let cell = locate(model, state, *place, observer)?;
            observer.read(cell);
            read(model, state, cell)
        }
        Expr::Not(inner) => i32::from(evaluate(model, state, *inner, observer)? == 0),
        Expr::Binary(operator, left, right) => {
            let left = evaluate(model, state, *left, observer)?;
            match operator {
                Binary::And if left == 0 => return Ok(0),
                Binary::Or if left != 0 => return Ok(1),
                _ => (),
            }
            operator.apply(left, evaluate(model, state, *right, observer)?)
        }
        Expr::ActorsWhere(conditions) => {
            let mut set = 0;
            for (actor, condition) in conditions {
                if evaluate(model, state, *condition, observer)? != 0 {
                    set = Binary::With.apply(set, i32::from(actor.0));
                }
            }
            set
        }
    })
}
