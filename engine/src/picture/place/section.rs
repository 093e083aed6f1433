//! Places of the right column: sections with their flags, page frames, and struct pages in the memmap. Imports view and the plan, never a frame.

use super::{Dock, EDGE, GAP, Measures, Slot};
use crate::ids::{CellId, StorageId};
use crate::picture::plan::{Column, Section};
use crate::picture::shape::Rect;
use crate::picture::text::{self, Font};
use crate::view::Stage;

/// A section of memory.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SectionPlace {
    /// What its memmap is; without: pages that live in no storage.
    pub(crate) storage: Option<StorageId>,
    /// Its outline.
    pub(crate) rect: Rect,
    /// Its flags.
    pub(crate) flags: Vec<(CellId, Rect)>,
    /// Baseline of the heading over the page frames.
    pub(crate) frames: Option<i32>,
    /// Its pages.
    pub(crate) columns: Vec<ColumnPlace>,
    /// Outlines of pages that are not modelled, with their numbers.
    pub(crate) ghosts: Vec<(i32, Rect)>,
    /// The memmap: the band in which the struct pages lie.
    pub(crate) band: Rect,
    /// Baseline of what is said of the memmap.
    pub(crate) caption: i32,
    /// Whether brackets hang under struct pages.
    pub(crate) has_folios: bool,
    /// The memory in which the memmap itself lies.
    pub(crate) backing: Option<Rect>,
}

/// A page: its frame and its struct page.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ColumnPlace {
    /// Its number.
    pub(crate) index: i32,
    /// The array of its struct page.
    pub(crate) array: String,
    /// What a picture calls a struct page.
    pub(crate) title: String,
    /// Its frame.
    pub(crate) frame: Option<Rect>,
    /// What is modelled of the frame.
    pub(crate) content: Vec<(CellId, Rect)>,
    /// Its struct page.
    pub(crate) page: Rect,
    /// The fields of its struct page.
    pub(crate) fields: Vec<(CellId, Rect)>,
    /// Whether it is the first from the gutter, so that a line gets there straight.
    pub(crate) is_first: bool,
}

/// A row of a box.
const ROW: i32 = 19;
const TITLE: i32 = 25;
/// A row whose name stands over its value.
const TALL_ROW: i32 = 33;
/// A struct page that is narrower has no room for name and value side by side.
const NARROW: i32 = 100;

/// How the pages of a section stand: measures of a column, and how many stand side by side.
struct Grid {
    abreast: i32,
    rows: i32,
    pitch: i32,
    width: i32,
    frame: i32,
    page: i32,
    folio: i32,
    row: i32,
}

impl Grid {
    fn of(section: &Section, measures: &Measures, room: i32) -> Self {
        let wide = !measures.is_tall();
        let count = section.columns.len() as i32;
        let most = |cells: fn(&Column) -> usize| {
            section.columns.iter().map(|it| cells(it) as i32).max().unwrap_or(0)
        };
        let abreast = count.clamp(1, if wide { 4 } else { 2 });
        let pitch = if count > 1 { (room + GAP) / abreast } else { measures.page + GAP };
        let width = measures.page.min(pitch - GAP);
        let row = if width < NARROW { TALL_ROW } else { ROW };
        Self {
            abreast,
            rows: (count + abreast - 1) / abreast,
            pitch,
            width,
            frame: if wide { 58 } else { 52 } + most(|it| it.frame.len()) * ROW,
            page: TITLE + most(|it| it.page.len()) * row + 6,
            folio: if wide { 34 } else { 50 },
            row,
        }
    }
}

/// The sections and their lower edge.
pub(super) fn place(
    stage: &Stage,
    sections: &[Section],
    measures: &Measures,
    slots: &mut [Option<Slot>],
) -> (Vec<SectionPlace>, i32) {
    let mut y = EDGE;
    let mut places = Vec::new();
    for it in sections {
        let place = section(stage, it, measures, y, slots);
        y = place.rect.bottom() + GAP;
        places.push(place);
    }
    let bottom = places.last().map_or(EDGE, |it: &SectionPlace| it.rect.bottom());
    (places, bottom)
}

fn section(
    stage: &Stage,
    section: &Section,
    measures: &Measures,
    top: i32,
    slots: &mut [Option<Slot>],
) -> SectionPlace {
    let wide = !measures.is_tall();
    let x = measures.right;
    let outline = Rect::new(x, top, measures.width - EDGE - x, 0);
    let (flags, below) = flags(stage, &section.flags, measures, outline);
    for &(cell, rect) in &flags {
        let dock = Dock::Along { x: rect.mid_x(), y: rect.bottom(), street: below + 10 };
        slots[cell.index()] = Some(Slot { rect, dock });
    }
    let left = x + GAP + 2 + measures.inset;
    let room = outline.right() - GAP - 2 - if wide { 10 } else { 6 } - left;
    let grid = Grid::of(section, measures, room);
    // Lines to other than the first column run over the frames and over the struct pages.
    let streets = if section.columns.len() > 1 { 18 } else { 0 };

    let frame_pitch = grid.frame + GAP + streets / 2;

    let mut y = below;
    let frames = section.has_frames.then(|| y + 22);
    let frame_y = y + 32 + streets;
    if section.has_frames {
        y = frame_y + grid.rows * frame_pitch - (frame_pitch - grid.frame);
    }
    let band_y = y + if section.has_frames { 66 } else { 8 };
    let caption = band_y + if wide { 18 } else { 16 };
    let mut band_bottom = caption + 2;
    let page_y = band_y + if wide { 32 } else { 58 } + streets;
    let has_folios = section.columns.iter().any(|it| !it.page.is_empty());
    let page_pitch = grid.page + if has_folios { grid.folio } else { 0 } + GAP;
    if grid.rows > 0 {
        band_bottom = page_y + grid.rows * page_pitch - GAP;
    }
    let backing = section.lifetime.map(|cell| {
        let margin = if wide { 18 } else { 8 };
        let rect = Rect::new(
            x + GAP + 2 + margin,
            band_bottom + 8,
            outline.w - 2 * (GAP + 2 + margin),
            if wide { 32 } else { 44 },
        );
        slots[cell.index()] = Some(Slot { rect, dock: Dock::Beside(rect.x, rect.mid_y()) });
        band_bottom = rect.bottom();
        rect
    });
    let band = Rect::new(x + GAP + 2, band_y, outline.w - 2 * (GAP + 2), band_bottom + 12 - band_y);

    let mut columns = Vec::new();
    for (column, number) in section.columns.iter().zip(0..) {
        let (x, row) = (left + number % grid.abreast * grid.pitch, number / grid.abreast);
        let frame = Rect::new(x, frame_y + row * frame_pitch, grid.width, grid.frame);
        let page = Rect::new(x, page_y + row * page_pitch, grid.width, grid.page);
        let frame = section.has_frames.then_some(frame);
        let is_first = number % grid.abreast == 0;
        columns.push(place_column(column, frame, page, (is_first, grid.row), slots));
    }
    let ghosts = if grid.rows < 2 { ghosts(measures, &columns, room + left) } else { Vec::new() };
    SectionPlace {
        storage: section.storage,
        rect: Rect { h: band.bottom() + 10 - top, ..outline },
        flags,
        frames,
        columns,
        ghosts,
        band,
        caption,
        has_folios,
        backing,
    }
}

/// The flags in lines from the top, and the lower edge of the last line.
fn flags(
    stage: &Stage,
    flags: &[CellId],
    measures: &Measures,
    section: Rect,
) -> (Vec<(CellId, Rect)>, i32) {
    let (height, start) = if !measures.is_tall() {
        (22, Rect::new(section.x + 84, section.y + 8, 0, 0))
    } else {
        (20, Rect::new(section.x + 10, section.y + 28, 0, 0))
    };
    let end = section.right() - 8;
    let (mut x, mut y) = (start.x, start.y);
    let mut places = Vec::new();
    for &cell in flags {
        let width = text::width(&stage.cells[cell.index()].title, Font::Code)
            + text::width(" 0", Font::Code)
            + if measures.is_tall() { 10 } else { 16 };
        if x > start.x && x + width > end {
            x = start.x;
            y += height + 4;
        }
        places.push((cell, Rect::new(x, y, width.min(end - x), height)));
        x += width + GAP;
    }
    let below = places.last().map_or(section.y + 26, |(_, rect)| rect.bottom());
    (places, below)
}

fn place_column(
    column: &Column,
    frame: Option<Rect>,
    page: Rect,
    (is_first, height): (bool, i32),
    slots: &mut [Option<Slot>],
) -> ColumnPlace {
    let mut rows = |cells: &[CellId], holder: Rect, top: i32, row: i32| -> Vec<(CellId, Rect)> {
        let rows = cells.iter().zip(0..).map(|(&cell, number)| {
            let rect = Rect::new(holder.x + 2, top + number * row, holder.w - 4, row);
            let dock = if is_first {
                Dock::Beside(holder.x, rect.mid_y())
            } else {
                Dock::Along { x: holder.x + holder.w - 20, y: holder.y, street: holder.y - 5 }
            };
            slots[cell.index()] = Some(Slot { rect, dock });
            (cell, rect)
        });
        rows.collect()
    };
    let content = frame
        .map(|it| rows(&column.frame, it, it.bottom() - 4 - ROW * column.frame.len() as i32, ROW));
    ColumnPlace {
        index: column.index,
        array: column.array.clone(),
        title: column.title.clone(),
        frame,
        content: content.unwrap_or_default(),
        page,
        fields: rows(&column.page, page, page.y + TITLE, height),
        is_first,
    }
}

/// Outlines of the pages that follow, as many as there is room for beside the first row.
fn ghosts(measures: &Measures, columns: &[ColumnPlace], end: i32) -> Vec<(i32, Rect)> {
    let Some(last) = columns.last() else {
        return Vec::new();
    };
    let mut ghosts = Vec::new();
    let mut x = last.page.right() + GAP;
    let mut index = last.index + 1;
    while x + measures.ghost <= end && ghosts.len() < 3 {
        ghosts.push((index, Rect { x, w: measures.ghost, ..last.page }));
        x += measures.ghost + GAP;
        index += 1;
    }
    ghosts
}
