//! Where everything of a stage stands, for a whole run. Imports ids, model and view, never a frame.

mod cards;
mod left;
mod section;

pub(super) use cards::{CardPlace, context_title, title_font};
pub(super) use left::{BoxPlace, RegisterPlace, TablePlace};
pub(super) use section::{ColumnPlace, SectionPlace};

use super::Layout;
use super::plan::plan;
use super::shape::Rect;
use crate::ids::CellId;
use crate::view::Stage;

/// The places of a stage. Positions never change during a run, so they are made once.
#[derive(Clone, PartialEq, Debug)]
pub struct Places {
    pub(super) layout: Layout,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) tables: Vec<TablePlace>,
    pub(super) boxes: Vec<BoxPlace>,
    pub(super) sections: Vec<SectionPlace>,
    pub(super) cards: Vec<CardPlace>,
    /// Where each cell that is drawn shows its value, at the index of its [`CellId`].
    pub(super) slots: Vec<Option<Slot>>,
    /// Where it says what broke.
    pub(super) broken: Rect,
    /// Between the left column and the sections, for arrows: from here to there.
    pub(super) gutter: (i32, i32),
}

/// A cell's place.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Slot {
    /// What lights up.
    pub(super) rect: Rect,
    /// How a line gets there.
    pub(super) dock: Dock,
}

/// How a line gets from a gutter to a thing, ending at its edge.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Dock {
    /// Straight from the gutter, whose lines run upright.
    Beside(i32, i32),
    /// From the gutter along the street at height `street`, then to the edge at `x`, `y`.
    Along {
        /// Where it ends.
        x: i32,
        /// Where it ends.
        y: i32,
        /// Where it turns.
        street: i32,
    },
}

/// The measures in which the two layouts differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    pub(super) layout: Layout,
    pub(super) width: i32,
    /// Width of the left column, with page tables and CPUs.
    pub(super) left: i32,
    /// Left edge of the sections.
    pub(super) right: i32,
    /// Width of a struct page when there is only one.
    pub(super) page: i32,
    /// Width of the outline of a page that is not modelled.
    pub(super) ghost: i32,
    /// Between the edge of the memmap and its struct pages.
    pub(super) inset: i32,
    /// Cards in a row at most.
    pub(super) cards: usize,
}

/// Room for the outer edge of strokes.
pub(super) const EDGE: i32 = 1;
/// Between neighbours.
pub(super) const GAP: i32 = 8;
/// Between the body and the cards, and between rows of cards: lines run there.
pub(super) const STREET: i32 = 18;

impl Measures {
    fn of(layout: Layout) -> Self {
        match layout {
            Layout::Wide => Self {
                layout,
                width: 764,
                left: 240,
                right: 362,
                page: 140,
                ghost: 62,
                inset: 18,
                cards: 5,
            },
            Layout::Middle => Self {
                layout,
                width: 600,
                left: 234,
                right: 306,
                page: 116,
                ghost: 34,
                inset: 8,
                cards: 4,
            },
            Layout::Tall => Self {
                layout,
                width: 336,
                left: 134,
                right: 158,
                page: 112,
                ghost: 28,
                inset: 8,
                cards: 2,
            },
        }
    }

    pub(super) fn is_tall(&self) -> bool {
        self.layout == Layout::Tall
    }
}

impl Places {
    /// The places of everything that is drawn of a stage.
    #[must_use]
    pub fn of(stage: &Stage, layout: Layout) -> Self {
        let measures = Measures::of(layout);
        let plan = plan(stage);
        let mut slots = vec![None; stage.cells.len()];
        let (tables, boxes, left) = left::place(stage, &plan, &measures, &mut slots);
        let (sections, right) = section::place(stage, &plan.sections, &measures, &mut slots);
        let gutter = (EDGE + measures.left, measures.right);
        let has_left = left > EDGE;
        let broken_height = if measures.is_tall() { 110 } else { 62 };
        // Under the CPUs where there are any: nothing runs through the gutter at that height.
        let broken_width =
            if has_left { measures.right - 2 * EDGE - GAP } else { measures.width - 2 * EDGE };
        let mut broken = Rect::new(EDGE, left + 10, broken_width, broken_height);
        let mut body = right.max(broken.bottom());
        if !has_left {
            broken.y = if right > EDGE { right + GAP } else { EDGE };
            body = broken.bottom();
        }
        let (mut cards, mut bottom) =
            cards::place(stage, &plan.cards, &measures, body + STREET, &mut slots);
        if !has_left && right <= EDGE {
            // Cards alone: they come first.
            slots = vec![None; stage.cells.len()];
            (cards, bottom) =
                cards::place(stage, &plan.cards, &measures, EDGE + STREET, &mut slots);
            broken.y = bottom + GAP;
            bottom = broken.bottom();
        }
        Self {
            layout,
            width: measures.width,
            height: bottom + EDGE,
            tables,
            boxes,
            sections,
            cards,
            slots,
            broken,
            gutter,
        }
    }

    /// Which of the drawings this is.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Width of the picture.
    #[must_use]
    pub fn width(&self) -> i32 {
        self.width
    }

    /// Height of the picture.
    #[must_use]
    pub fn height(&self) -> i32 {
        self.height
    }

    /// Where a cell shows its value, if it is drawn.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> Option<Rect> {
        self.slot(cell).map(|it| it.rect)
    }

    pub(super) fn slot(&self, cell: CellId) -> Option<Slot> {
        self.slots.get(cell.index()).copied().flatten()
    }
}

impl Dock {
    /// The points from the gutter line at `x` to the edge.
    pub(super) fn from(self, x: i32) -> Vec<(i32, i32)> {
        match self {
            Self::Beside(end, y) => vec![(x, y), (end, y)],
            Self::Along { x: end, y, street } => vec![(x, street), (end, street), (end, y)],
        }
    }
}
