//! One position of a schedule: what every cell holds and what everybody may do. Imports ids, model, state and trace; never explores.

use super::{ActorFrame, ActorState, CellFrame, Ending, Frame, Move, OutcomeFrame, Pointer, Stale};
use super::{light, words};
use crate::ids::{ActorId, CellId, StorageId};
use crate::model::{Drawing, Meaning, Model, Shape};
use crate::state;
use crate::trace::{Position, Standing, Taken, Trace};

impl Frame {
    /// What a reader sees after `at` steps; after the last one where the trace is shorter.
    #[must_use]
    pub fn at(model: &Model, trace: &Trace, at: usize) -> Self {
        let at = at.min(trace.steps.len());
        let past = Past { model, trace, steps: &trace.steps[..at] };
        let position = trace.position(at).unwrap_or_else(|| trace.last());
        Self {
            at,
            last: past.steps.last().map(|it| taken(model, it, at)),
            cells: past.cells(position),
            actors: past.actors(position),
            ending: position.ending.map(|it| ending(model, it)),
        }
    }
}

fn taken(model: &Model, taken: &Taken, number: usize) -> Move {
    let state = &taken.after.state;
    let line = &model.steps[taken.step.index()];
    let texts = std::iter::once(line.sentence).chain(taken.record.says.iter().copied());
    Move {
        number,
        actor: taken.turn.actor,
        step: taken.step,
        outcome: taken.turn.outcome,
        narration: texts.map(|it| words::prose(model, state, it)).collect(),
        broke: taken.broken.map(|it| it.violation),
        accesses: light::accesses(model, taken),
    }
}

fn ending(model: &Model, ending: state::Ending) -> Ending {
    match ending {
        state::Ending::Complete => Ending::Complete,
        state::Ending::Deadlock => Ending::Deadlock,
        state::Ending::HeldOff => Ending::HeldOff,
        state::Ending::Violated(violation) => {
            let it = &model.violations[violation.index()];
            Ending::Violated { violation, kind: it.name.clone(), sentence: it.sentence.clone() }
        }
    }
}

/// The steps that led to a position.
struct Past<'a> {
    model: &'a Model,
    trace: &'a Trace,
    steps: &'a [Taken],
}

impl Past<'_> {
    fn cells(&self, position: &Position) -> Vec<CellFrame> {
        let undefined = self.steps.last().and_then(|it| light::undefined(self.model, it));
        (0..self.model.cells.len())
            .map(|index| {
                let id = CellId(index as u16);
                let cell = &self.model.cells[index];
                let value = position.read(self.model, id);
                let set_at = self.writes(id).last().map(|(number, ..)| number);
                // A step may write a cell twice, so the position before tells what it read.
                let before = set_at.filter(|it| *it == self.steps.len());
                let before = before.and_then(|it| self.trace.position(it - 1));
                let before = before.map(|it| it.read(self.model, id)).filter(|it| *it != value);
                CellFrame {
                    value,
                    text: words::value(self.model, &cell.meaning, value),
                    set_at,
                    before: before.map(|it| words::value(self.model, &cell.meaning, it)),
                    undefined: undefined == Some(id),
                    pointer: self.pointer(position, id, value, set_at),
                }
            })
            .collect()
    }

    /// The writes of a cell, in order: number of the step, old value, new value.
    fn writes(&self, cell: CellId) -> impl Iterator<Item = (usize, i32, i32)> {
        self.steps.iter().zip(1..).flat_map(move |(step, number)| {
            let writes = step.record.writes.iter().filter(move |it| it.cell == cell);
            writes.map(move |it| (number, it.old, it.new))
        })
    }

    fn pointer(
        &self,
        position: &Position,
        id: CellId,
        value: i32,
        set_at: Option<usize>,
    ) -> Option<Pointer> {
        let cell = &self.model.cells[id.index()];
        let Meaning::Index { array, first } = &cell.meaning else {
            return None;
        };
        let drawing = cell.drawing.as_ref()?;
        let shape = drawing.points_to?;
        if value < *first {
            return None;
        }
        let gone = self.home(array, value, shape).and_then(|it| self.gone(position, it));
        let stale = gone.or_else(|| self.changed(position, drawing, set_at));
        Some(Pointer { shape, array: array.clone(), index: value, stale })
    }

    /// The storage in which what an arrow points to lives.
    fn home(&self, array: &str, index: i32, shape: Shape) -> Option<StorageId> {
        let element = self.model.cells.iter().find(|cell| {
            let drawn = cell.drawing.as_ref().is_some_and(|it| it.shape == shape);
            let in_group =
                cell.group.as_ref().is_some_and(|it| it.0 == array && it.1 == Some(index));
            drawn && in_group && cell.storage.is_some()
        });
        element.and_then(|it| it.storage)
    }

    fn gone(&self, position: &Position, storage: StorageId) -> Option<Stale> {
        let lifetime = self.model.storages[storage.index()].lifetime;
        let healthy = self.model.cells[lifetime.index()].range.0;
        if position.read(self.model, lifetime) == healthy {
            return None;
        }
        let ended = self.writes(lifetime).filter(|(_, old, new)| *old == healthy && new != old);
        Some(Stale::Gone { storage, since: ended.last().map_or(0, |(number, ..)| number) })
    }

    fn changed(
        &self,
        position: &Position,
        drawing: &Drawing,
        set_at: Option<usize>,
    ) -> Option<Stale> {
        let cell = state::locate(self.model, &position.state, drawing.copy_of?, &mut ()).ok()?;
        let mut later =
            self.writes(cell).filter(|(number, old, new)| Some(*number) > set_at && old != new);
        let (since, ..) = later.next().filter(|_| set_at.is_some())?;
        Some(Stale::Changed { cell, since })
    }

    fn actors(&self, position: &Position) -> Vec<ActorFrame> {
        let standings = position.actors.iter().zip(0..);
        standings.map(|(it, id)| self.actor(position, ActorId(id), it)).collect()
    }

    fn actor(&self, position: &Position, id: ActorId, standing: &Standing) -> ActorFrame {
        let actor = &self.model.actors[id.index()];
        let mut ran_at = vec![None; actor.steps.len()];
        let mut last = None;
        for (taken, number) in self.steps.iter().zip(1..).filter(|it| it.0.turn.actor == id) {
            ran_at[taken.step.index() - usize::from(actor.steps.start)] = Some(number);
            last = Some(number);
        }
        let mut will_touch = Vec::new();
        let state = match standing {
            Standing::CanMove { step, outcomes } => {
                if let Some(first) = outcomes.first() {
                    will_touch = light::ahead(self.model, &position.state, *step, *first);
                }
                let ways = &self.model.steps[step.index()].outcomes;
                let ways = ways.iter().zip(0..).map(|(way, outcome)| OutcomeFrame {
                    outcome,
                    title: way.title.map(|it| words::prose(self.model, &position.state, it)),
                    enabled: outcomes.contains(&outcome),
                });
                ActorState::Ready { step: *step, outcomes: ways.collect() }
            }
            Standing::Waits { step, on } => {
                let wait = self.model.steps[step.index()].wait.as_ref();
                let words = wait.map(|it| words::prose(self.model, &position.state, it.words));
                ActorState::Waits {
                    step: *step,
                    words: words.unwrap_or_default(),
                    whom: on.clone(),
                    may_be_held_off: wait.is_some_and(|it| it.may_be_held_off),
                }
            }
            Standing::Finished => ActorState::Finished { at: last },
            Standing::Over { step } => ActorState::Over { step: Some(*step) },
        };
        ActorFrame { state, will_touch, ran_at }
    }
}
