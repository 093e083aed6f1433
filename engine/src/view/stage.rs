//! What stays for a whole run, from the model. Imports ids, model and state, never a trace.

use std::ops::Range;

use super::{Lane, Row, Stage, StageCell, StageStorage, words};
use crate::ids::{ActorId, CellId, ExprId, StepId};
use crate::model::{Actor, Binary, Cell, Expr, Meaning, Model, Op, Storage};
use crate::state;

impl Stage {
    /// The stage of a model: its lanes and its cells, as every position of every run has them.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let start = state::initial(model);
        let actors = (0..model.actors.len()).map(|it| ActorId(it as u8));
        let lanes = actors
            .filter(|it| !model.actors[it.index()].steps.is_empty())
            .map(|it| lane(model, &start, it))
            .collect();
        let varying = varying(model);
        let cells = model.cells.iter().zip(varying).map(|(it, varies)| cell(model, it, varies));
        let storages = model.storages.iter().map(|it| storage(model, it));
        Self { lanes, cells: cells.collect(), storages: storages.collect() }
    }
}

fn lane(model: &Model, start: &[u64], id: ActorId) -> Lane {
    let actor = &model.actors[id.index()];
    let rows = actor.steps.clone().map(|it| {
        let step = &model.steps[usize::from(it)];
        Row {
            step: StepId(it),
            key: step.key.clone(),
            label: words::string(model, start, step.label),
            branches: branches(model, actor, StepId(it)),
            sources: step.sources.clone(),
            marks: step.marks.clone(),
            waits: step.wait.is_some(),
        }
    });
    Lane {
        actor: id,
        name: actor.name.clone(),
        title: actor.title.clone(),
        cpu: actor.cpu,
        letter: actor.letter,
        hue: hue(model, id),
        rows: rows.collect(),
    }
}

/// Where else than to the next line a step can lead, in the lane's order. What can never happen under
/// these knobs has left the tables before.
fn branches(model: &Model, actor: &Actor, id: StepId) -> Vec<String> {
    let leads = |line: u16| {
        let ways = model.steps[id.index()].outcomes.iter();
        let mut ways = ways.filter(|it| model.exprs[it.guard.index()] != Expr::Value(0));
        let to = Op::Goto { line };
        ways.any(|it| model.ops[it.ops.start as usize..it.ops.end as usize].contains(&to))
    };
    let Range { start, end } = actor.steps;
    let elsewhere = (start..=end).filter(|&it| it != id.0 + 1 && leads(it - start));
    let name = |it: u16| if it == end { "end" } else { &model.steps[usize::from(it)].key };
    elsewhere.map(|it| name(it).to_owned()).collect()
}

/// The rank of the actor's declaration among those that are not environment. Actors without lines
/// count, so that a knob never changes a hue.
fn hue(model: &Model, id: ActorId) -> Option<u8> {
    let actor = &model.actors[id.index()];
    if actor.environment {
        return None;
    }
    let earlier = model.actors.iter().filter(|it| !it.environment && it.kind < actor.kind);
    // One instance stands for its declaration.
    Some(earlier.filter(|it| it.instance.0 == 1).count() as u8)
}

fn cell(model: &Model, cell: &Cell, varies: bool) -> StageCell {
    let drawing = cell.drawing.as_ref();
    StageCell {
        name: cell.name.clone(),
        title: cell.title.clone(),
        group: cell.group.clone(),
        group_title: cell.group_title.clone(),
        owner: cell.owner,
        about: about(model, cell),
        is_position: matches!(cell.meaning, Meaning::Position(_)),
        storage: cell.storage,
        shape: drawing.map(|it| it.shape),
        points_to: drawing.and_then(|it| it.points_to),
        beside: drawing.and_then(|it| it.parent.clone()),
        levels: drawing.map(|it| it.levels.clone()).unwrap_or_default(),
        varies,
    }
}

fn storage(model: &Model, storage: &Storage) -> StageStorage {
    let cell = &model.cells[storage.lifetime.index()];
    let lifetimes = match &cell.meaning {
        Meaning::Names(names) => names.clone(),
        _ => Vec::new(),
    };
    let occurs = |number: i32| {
        number == cell.initial
            || model.ops.iter().any(|op| match *op {
                Op::Assign { place, value } if place.base == storage.lifetime => {
                    match model.exprs[value.index()] {
                        Expr::Value(it) => it == number,
                        _ => true,
                    }
                }
                _ => false,
            })
    };
    StageStorage {
        name: storage.name.clone(),
        lifetime: storage.lifetime,
        occurs: (0..lifetimes.len()).map(|it| occurs(it as i32)).collect(),
        lifetimes,
        captions: storage.captions.clone(),
    }
}

/// The actor that this element of an array indexed by actors belongs to: such an element is named
/// after it.
fn about(model: &Model, cell: &Cell) -> Option<ActorId> {
    let (array, Some(index)) = cell.group.as_ref()? else {
        return None;
    };
    let id = u8::try_from(*index).ok()?;
    let actor = model.actors.get(usize::from(id))?;
    let element = format!("{array}[{}]", actor.name);
    let rest = cell.name.strip_prefix(&element)?;
    (cell.owner.is_none() && (rest.is_empty() || rest.starts_with('.'))).then_some(ActorId(id))
}

/// For each cell, whether some step can change it. Taking actors out of a set that nobody is ever put
/// into changes nothing.
fn varying(model: &Model) -> Vec<bool> {
    let mut varying = vec![false; model.cells.len()];
    for op in &model.ops {
        let Op::Assign { place, value } = *op else { continue };
        let (len, stride) = place.index.map_or((1, 0), |it| (it.len, it.stride));
        for offset in 0..len {
            let cell = CellId(place.base.0 + offset * stride);
            let of = &model.cells[cell.index()];
            let idle = of.initial == 0 && place.index.is_none() && leaves(model, value, cell);
            varying[cell.index()] |= of.bits.mask != 0 && !idle;
        }
    }
    for actor in &model.actors {
        varying[actor.position.index()] = !actor.steps.is_empty();
    }
    varying
}

/// Whether an expression only takes actors out of what this cell holds.
fn leaves(model: &Model, expr: ExprId, cell: CellId) -> bool {
    match &model.exprs[expr.index()] {
        Expr::Binary(Binary::Without, set, _) => leaves(model, *set, cell),
        Expr::Read(place) => place.index.is_none() && place.base == cell,
        _ => false,
    }
}
