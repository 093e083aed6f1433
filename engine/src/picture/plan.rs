//! What is drawn where in kind: which cells belong to a page table, a section, an actor's box or a card. Imports ids, model and view, never a coordinate.

use crate::ids::{ActorId, CellId, StorageId};
use crate::model::Shape;
use crate::view::{Stage, StageCell};

/// Everything of a stage that is drawn, each cell once.
#[derive(Default, Debug)]
pub(super) struct Plan {
    pub(super) tables: Vec<Table>,
    pub(super) sections: Vec<Section>,
    /// Actors with registers.
    pub(super) boxes: Vec<Actor>,
    /// Other actors, and what else there is.
    pub(super) cards: Vec<Card>,
}

/// A page table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) title: String,
    pub(super) levels: Vec<String>,
    pub(super) entries: Vec<CellId>,
}

/// A section of memory; without a storage: pages that live in none.
#[derive(Default, Debug)]
pub(super) struct Section {
    pub(super) storage: Option<StorageId>,
    pub(super) lifetime: Option<CellId>,
    pub(super) flags: Vec<CellId>,
    /// By their numbers.
    pub(super) columns: Vec<Column>,
    /// Whether page frames are drawn above the struct pages.
    pub(super) has_frames: bool,
}

/// A page: its frame, and below it its struct page.
#[derive(Default, Debug)]
pub(super) struct Column {
    pub(super) index: i32,
    /// The array of its struct page.
    pub(super) array: String,
    /// What a picture calls a struct page.
    pub(super) title: String,
    pub(super) frame: Vec<CellId>,
    pub(super) page: Vec<CellId>,
}

/// An actor with what is its own.
#[derive(Debug)]
pub(super) struct Actor {
    pub(super) actor: ActorId,
    pub(super) registers: Vec<CellId>,
    /// Elements of shared arrays that are about it.
    pub(super) context: Vec<CellId>,
}

/// A labelled box.
#[derive(Debug)]
pub(super) enum Card {
    /// An actor without registers.
    Actor(Actor),
    /// Cells that belong together.
    Cells {
        title: String,
        /// Each with what stands before its value; empty where the title says it.
        rows: Vec<(String, CellId)>,
    },
}

/// Sorts every cell of a stage to where it belongs.
pub(super) fn plan(stage: &Stage) -> Plan {
    let mut plan = Plan::default();
    for (number, storage) in stage.storages.iter().enumerate() {
        if stage.cells[storage.lifetime.index()].shape == Some(Shape::Section) {
            plan.sections.push(Section {
                storage: Some(StorageId(number as u8)),
                lifetime: Some(storage.lifetime),
                ..Section::default()
            });
        }
    }
    let mut actors: Vec<Actor> = stage
        .lanes
        .iter()
        .map(|it| Actor { actor: it.actor, registers: Vec::new(), context: Vec::new() })
        .collect();
    let mut rest = Vec::new();
    // A race that draws nothing is drawn as a grid of all it has.
    let draws_nothing = stage.cells.iter().all(|it| it.shape.is_none());
    for (number, cell) in stage.cells.iter().enumerate() {
        let id = CellId(number as u16);
        let hidden = cell.is_position || cell.shape.is_none() && !draws_nothing;
        if hidden || !place_in_memory(stage, &mut plan, id) {
            continue;
        }
        let of = cell.owner.or(cell.about);
        match actors.iter_mut().find(|it| Some(it.actor) == of) {
            Some(actor) if cell.owner.is_some() => actor.registers.push(id),
            Some(actor) if cell.varies => actor.context.push(id),
            Some(_) => {}
            None if cell.varies || draws_nothing => rest.push(id),
            None => {}
        }
    }
    plan.sections.retain(|it| it.storage.is_some() || !it.columns.is_empty());
    let points_to_frames = stage.cells.iter().any(|it| it.points_to == Some(Shape::Frame));
    for section in &mut plan.sections {
        section.has_frames =
            points_to_frames || section.columns.iter().any(|it| !it.frame.is_empty());
    }
    let is_environment =
        |it: &Actor| stage.lanes.iter().any(|lane| lane.actor == it.actor && lane.hue.is_none());
    let (environment, actors): (Vec<_>, Vec<_>) = actors.into_iter().partition(is_environment);
    for actor in actors {
        if actor.registers.is_empty() || draws_nothing {
            plan.cards.push(Card::Actor(actor));
        } else {
            plan.boxes.push(actor);
        }
    }
    push_cards(stage, &rest, &mut plan.cards);
    plan.cards.extend(environment.into_iter().map(Card::Actor));
    plan
}

/// Puts a cell into a table or a section; whether it belongs elsewhere instead.
fn place_in_memory(stage: &Stage, plan: &mut Plan, id: CellId) -> bool {
    let cell = &stage.cells[id.index()];
    match cell.shape {
        Some(Shape::TableEntry) => {
            let title = cell.group_title.as_ref().unwrap_or(&cell.title);
            match plan.tables.iter_mut().find(|it| it.title == *title && it.levels == cell.levels) {
                Some(table) => table.entries.push(id),
                None => plan.tables.push(Table {
                    title: title.clone(),
                    levels: cell.levels.clone(),
                    entries: vec![id],
                }),
            }
            false
        }
        Some(Shape::Section) => plan.sections.iter().all(|it| it.lifetime != Some(id)),
        Some(Shape::Flag) => {
            let beside = |it: &&mut Section| {
                let name = it.storage.map(|it| &stage.storages[it.index()].name);
                name.is_some() && name == cell.beside.as_ref()
            };
            match plan.sections.iter_mut().find(beside) {
                Some(section) => {
                    section.flags.push(id);
                    false
                }
                None => true,
            }
        }
        Some(shape @ (Shape::StructPage | Shape::Frame)) => match &cell.group {
            Some((array, Some(index))) => {
                let column = column(plan, cell, array, *index);
                if shape == Shape::Frame { &mut column.frame } else { &mut column.page }.push(id);
                false
            }
            _ => true,
        },
        _ => true,
    }
}

/// The column of a page, made where it is missing.
fn column<'a>(plan: &'a mut Plan, cell: &StageCell, array: &str, index: i32) -> &'a mut Column {
    let storage = cell.storage.filter(|it| plan.sections.iter().any(|s| s.storage == Some(*it)));
    let is_frame = cell.shape == Some(Shape::Frame);
    // A frame's content lives in no memmap: it stands above the struct page of its number.
    let known = plan.sections.iter().position(|section| {
        let has = |it: &Column| it.index == index && (is_frame || it.array == array);
        section.columns.iter().any(has) || !is_frame && section.storage == storage
    });
    let number = known.unwrap_or_else(|| {
        plan.sections.push(Section::default());
        plan.sections.len() - 1
    });
    let section = &mut plan.sections[number];
    let at = section.columns.binary_search_by_key(&index, |it| it.index).unwrap_or_else(|at| {
        section.columns.insert(at, Column { index, ..Column::default() });
        at
    });
    let column = &mut section.columns[at];
    if !is_frame {
        array.clone_into(&mut column.array);
        column.title = cell.group_title.clone().unwrap_or_else(|| array.to_owned());
    }
    column
}

/// Makes cards of cells: one for each record and each array of plain cells.
fn push_cards(stage: &Stage, cells: &[CellId], cards: &mut Vec<Card>) {
    let mut done = Vec::new();
    for &id in cells {
        let cell = &stage.cells[id.index()];
        let Some((array, _)) = &cell.group else {
            cards.push(Card::Cells { title: cell.title.clone(), rows: vec![(String::new(), id)] });
            continue;
        };
        let key = card_key(cell);
        if done.contains(&key) {
            continue;
        }
        done.push(key.clone());
        let members: Vec<CellId> = cells
            .iter()
            .copied()
            .filter(|it| card_key(&stage.cells[it.index()]) == key && key.is_some())
            .collect();
        let title = cell.group_title.clone().unwrap_or_else(|| array.clone());
        let title = match key.and_then(|it| it.1) {
            Some(index) => format!("{title} {index}"),
            None => title,
        };
        let rows = members.into_iter().map(|it| (stage.cells[it.index()].title.clone(), it));
        cards.push(Card::Cells { title, rows: rows.collect() });
    }
}

/// What tells the card of one cell from another's: an array of records has a card for each record.
fn card_key(cell: &StageCell) -> Option<(String, Option<i32>, Option<ActorId>)> {
    let (array, index) = cell.group.as_ref()?;
    let is_record = cell.name.rsplit(']').next().is_some_and(|it| it.starts_with('.'));
    Some((array.clone(), index.filter(|_| is_record), cell.owner))
}
