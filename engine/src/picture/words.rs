//! The short texts of the picture: names of actors, keys of steps, values as they stand in boxes. Imports ids, model and view, never a coordinate.

use super::Scene;
use crate::ids::{ActorId, CellId, StepId};
use crate::model::Shape;
use crate::view::{ActorState, Lane, Stage, Stale};

/// An actor's lane, if it has one.
pub(super) fn lane(stage: &Stage, actor: ActorId) -> Option<&Lane> {
    stage.lanes.iter().find(|it| it.actor == actor)
}

/// `CPU 0 · walker`.
pub(crate) fn actor(stage: &Stage, actor: ActorId) -> String {
    match lane(stage, actor) {
        Some(Lane { cpu: Some(cpu), name, .. }) => format!("CPU {cpu} · {name}"),
        Some(lane) if lane.hue.is_none() => lane.title.clone(),
        Some(lane) => lane.name.clone(),
        None => String::new(),
    }
}

/// The class of an actor's hue.
pub(crate) fn hue(stage: &Stage, actor: ActorId) -> &'static str {
    match lane(stage, actor).and_then(|it| it.hue) {
        Some(hue) => ["actor-0", "actor-1", "actor-2"][usize::from(hue % 3)],
        None => "actor-env",
    }
}

/// The key of a line.
pub(crate) fn key(stage: &Stage, step: StepId) -> &str {
    let rows = stage.lanes.iter().flat_map(|it| &it.rows);
    rows.filter(|it| it.step == step).map(|it| it.key.as_str()).next().unwrap_or("?")
}

impl Scene<'_> {
    /// The key of the line that ran as the step of this number: `M1`.
    pub(super) fn key_at(self, number: usize) -> String {
        let last = self.frame.last.as_ref().filter(|it| it.number == number);
        if let Some(last) = last {
            return key(self.stage, last.step).to_owned();
        }
        let ran = self.stage.lanes.iter().find_map(|lane| {
            let ran_at = &self.frame.actors.get(lane.actor.index())?.ran_at;
            let row = ran_at.iter().position(|it| *it == Some(number))?;
            lane.rows.get(row)
        });
        // A line that ran again since has forgotten when it ran before.
        ran.map_or_else(|| format!("step {number}"), |row| row.key.clone())
    }

    /// What a box says of a cell's value.
    pub(super) fn value(self, cell: CellId) -> String {
        let (of, now) = (&self.stage.cells[cell.index()], &self.frame.cells[cell.index()]);
        if of.owner.is_some() && now.set_at.is_none() && of.varies && !now.undefined {
            return "not set".to_owned();
        }
        if now.undefined {
            return "undefined".to_owned();
        }
        if of.shape == Some(Shape::Flag) {
            return flag(&now.text).to_owned();
        }
        self.reading(cell, &now.text)
    }

    /// What that box said before the last step, if that changed it.
    pub(super) fn value_before(self, cell: CellId) -> Option<String> {
        let (of, now) = (&self.stage.cells[cell.index()], &self.frame.cells[cell.index()]);
        let before = now.before.as_ref()?;
        if of.shape == Some(Shape::Flag) {
            return Some(flag(before).to_owned());
        }
        if of.owner.is_some() && before == "none" {
            return Some("not set".to_owned());
        }
        Some(self.reading(cell, before))
    }

    /// A value as the thing that it points to is called: `pfn 4`, `vmemmap + 4`, `self`, `table`.
    fn reading(self, cell: CellId, text: &str) -> String {
        let of = &self.stage.cells[cell.index()];
        if text == "none" {
            return text.to_owned();
        }
        match (of.points_to, of.shape) {
            (Some(Shape::Frame), _) => format!("pfn {text}"),
            (Some(Shape::StructPage), Some(Shape::StructPage)) => {
                let own = of.group.as_ref().and_then(|it| it.1).map(|it| it.to_string());
                if own.as_deref() == Some(text) {
                    "self".to_owned()
                } else {
                    format!("page {text}")
                }
            }
            (Some(Shape::StructPage), _) => format!("vmemmap+{text}"),
            (Some(Shape::TableEntry), _) => match self.table_of_several(cell) {
                Some(table) => format!("{table}[{text}]"),
                None => "table".to_owned(),
            },
            _ if text == "{}" => "nobody".to_owned(),
            _ => text.replace('_', " "),
        }
    }

    /// The table that a cell points into, if more than one entry of it is drawn.
    fn table_of_several(&self, cell: CellId) -> Option<&str> {
        let table = &self.frame.cells[cell.index()].pointer.as_ref()?.array;
        let entries = self.stage.cells.iter().filter(|it| {
            it.group.as_ref().is_some_and(|it| it.0 == *table)
                && it.shape == Some(Shape::TableEntry)
        });
        (entries.count() > 1).then_some(table)
    }

    /// What an actor may do, in a few words.
    pub(super) fn status(self, actor: ActorId) -> String {
        let key = |step| key(self.stage, step);
        match self.frame.actors.get(actor.index()).map(|it| &it.state) {
            Some(ActorState::Ready { step, .. }) => format!("next is {}", key(*step)),
            Some(ActorState::Waits { step, .. }) => format!("waits at {}", key(*step)),
            Some(ActorState::Finished { .. }) => "has finished".to_owned(),
            Some(ActorState::Over { step: Some(step) }) => {
                let last = self.frame.last.as_ref().filter(|it| it.broke.is_some());
                let broke = last.is_some_and(|it| it.step == *step && it.actor == actor);
                format!("{} {}", if broke { "broke at" } else { "stopped before" }, key(*step))
            }
            Some(ActorState::Over { step: None }) => "has finished".to_owned(),
            None => String::new(),
        }
    }

    /// Why an arrow must not be trusted, with the step: `M1 changed it`.
    pub(super) fn stale(self, stale: &Stale) -> String {
        match stale {
            Stale::Changed { since, .. } => format!("{} changed it", self.key_at(*since)),
            Stale::Gone { since: 0, .. } => "was never there".to_owned(),
            Stale::Gone { since, .. } => format!("ended at {}", self.key_at(*since)),
        }
    }

    /// Whether the last step broke a property at this cell.
    pub(super) fn broke_at(self, cell: CellId) -> bool {
        let accesses = self.frame.last.iter().flat_map(|it| &it.accesses);
        accesses.filter(|it| it.cell == cell).any(|it| it.broke)
    }
}

/// Flags read as bits do.
fn flag(text: &str) -> &str {
    match text {
        "no" => "0",
        "yes" => "1",
        other => other,
    }
}
