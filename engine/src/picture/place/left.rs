//! Places of the left column: page tables, and CPUs with registers. Imports view and the plan, never a frame.

use super::{Dock, EDGE, GAP, Measures, Slot};
use crate::ids::{ActorId, CellId};
use crate::picture::plan::{Plan, Table};
use crate::picture::shape::Rect;
use crate::picture::text::{self, Font};
use crate::view::Stage;

/// A page table with the levels above it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct TablePlace {
    /// What it holds: `PTE`.
    pub(crate) title: String,
    /// Baseline of the heading; a table right below another has none.
    pub(crate) heading: Option<i32>,
    /// The levels above, not modelled.
    pub(crate) levels: Vec<(String, Rect)>,
    /// The whole table.
    pub(crate) rect: Rect,
    /// Its entries.
    pub(crate) entries: Vec<(CellId, Rect)>,
    /// Where values begin, from the left of an entry.
    pub(crate) values: i32,
}

/// An actor with registers.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct BoxPlace {
    /// Whose.
    pub(crate) actor: ActorId,
    /// Its outline.
    pub(crate) rect: Rect,
    /// What it holds.
    pub(crate) registers: Vec<RegisterPlace>,
    /// What protects it: lines of text.
    pub(crate) context: Vec<(CellId, Rect)>,
}

/// A register.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct RegisterPlace {
    /// Which.
    pub(crate) cell: CellId,
    /// Where its name begins.
    pub(crate) label: i32,
    /// Its value.
    pub(crate) field: Rect,
    /// Where a note about it stands: right in the field, or below it.
    pub(crate) note: Rect,
}

const MARGIN: i32 = 10;
const CONTEXT: i32 = 20;

/// Tables, boxes, and the lower edge of both.
pub(super) fn place(
    stage: &Stage,
    plan: &Plan,
    measures: &Measures,
    slots: &mut [Option<Slot>],
) -> (Vec<TablePlace>, Vec<BoxPlace>, i32) {
    let mut y = EDGE;
    let mut tables = Vec::new();
    for it in &plan.tables {
        let table = table(stage, it, measures, y, slots);
        y = table.rect.bottom() + GAP;
        tables.push(table);
    }
    if !tables.is_empty() && !plan.boxes.is_empty() {
        // Room for a value on its way from an entry to a register.
        y += if measures.is_tall() { 34 } else { 48 };
    }
    let mut boxes = Vec::new();
    for it in &plan.boxes {
        let mut place = BoxPlace {
            actor: it.actor,
            rect: Rect::new(EDGE, y, measures.left, 0),
            registers: Vec::new(),
            context: Vec::new(),
        };
        let names = it
            .registers
            .iter()
            .map(|cell| text::width(&stage.cells[cell.index()].title, Font::Code));
        let names = names.max().unwrap_or(0).clamp(30, measures.left / 2);
        y += if measures.is_tall() { 46 } else { 34 };
        for &cell in &it.registers {
            let register = register(measures, cell, names, y);
            let edge = place.rect.right();
            slots[cell.index()] = Some(Slot {
                rect: register.field,
                dock: Dock::Beside(edge, register.field.mid_y()),
            });
            y = register.note.bottom().max(register.field.bottom()) + 5;
            place.registers.push(register);
        }
        for &cell in &it.context {
            let rect = Rect::new(EDGE + 4, y, measures.left - 8, CONTEXT);
            let dock = Dock::Beside(place.rect.right(), rect.mid_y());
            slots[cell.index()] = Some(Slot { rect, dock });
            place.context.push((cell, rect));
            y += CONTEXT;
        }
        y += 5;
        place.rect.h = y - place.rect.y;
        y += 12;
        boxes.push(place);
    }
    let bottom = match (boxes.last(), tables.last()) {
        (Some(last), _) => last.rect.bottom(),
        (None, Some(last)) => last.rect.bottom(),
        (None, None) => EDGE,
    };
    (tables, boxes, bottom)
}

fn table(
    stage: &Stage,
    table: &Table,
    measures: &Measures,
    top: i32,
    slots: &mut [Option<Slot>],
) -> TablePlace {
    let heading = (top == EDGE || !table.levels.is_empty()).then_some(top + 16);
    let mut y = top + if heading.is_some() { 26 } else { GAP };
    let mut levels = Vec::new();
    if !measures.is_tall() {
        let mut x = EDGE;
        for name in &table.levels {
            let rect = Rect::new(x, y, text::width(name, Font::Code) + 20, 21);
            x = rect.right() + GAP;
            if rect.right() <= EDGE + measures.left {
                levels.push((name.clone(), rect));
            }
        }
        y += if levels.is_empty() { 0 } else { 34 };
    } else {
        for (number, name) in table.levels.iter().enumerate() {
            let shift = number as i32 * 5;
            levels.push((name.clone(), Rect::new(EDGE + shift, y + shift, measures.left - 20, 20)));
        }
        y += levels.last().map_or(0, |(_, rect)| rect.bottom() - y + 10);
    }
    let mut place = TablePlace {
        title: table.title.to_ascii_uppercase(),
        heading,
        levels,
        rect: Rect::new(EDGE, y, measures.left, 0),
        entries: Vec::new(),
        values: 0,
    };
    let names =
        table.entries.iter().map(|cell| text::width(&stage.cells[cell.index()].title, Font::Code));
    place.values = MARGIN + names.max().unwrap_or(0) + 14;
    y += 21;
    let height = if measures.is_tall() { 44 } else { 30 };
    for &cell in &table.entries {
        let rect = Rect::new(EDGE, y, measures.left, height);
        slots[cell.index()] = Some(Slot { rect, dock: Dock::Beside(rect.right(), rect.mid_y()) });
        place.entries.push((cell, rect));
        y += height;
    }
    y += 20;
    place.rect.h = y - place.rect.y;
    place
}

fn register(measures: &Measures, cell: CellId, names: i32, y: i32) -> RegisterPlace {
    let x = EDGE + MARGIN + names + 10;
    let right = EDGE + measures.left - MARGIN;
    let (field, note) = if !measures.is_tall() {
        let field = Rect::new(x, y, right - x, 26);
        (field, Rect::new(field.right() - 84, y, 80, 26))
    } else {
        let field = Rect::new(x - 4, y, right + 4 - (x - 4), 24);
        (field, Rect::new(EDGE + 4, field.bottom() + 1, measures.left - 8, 15))
    };
    RegisterPlace { cell, label: EDGE + MARGIN, field, note }
}
