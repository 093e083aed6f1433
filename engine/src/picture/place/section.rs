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
    /// Where brackets hang under struct pages.
    pub(crate) folios: Option<i32>,
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
/// Columns that stand side by side.
const ABREAST: i32 = 4;

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
    let wide = measures.is_wide();
    let x = measures.right;
    let outline = Rect::new(x, top, measures.width - EDGE - x, 0);
    let (flags, below) = flags(stage, &section.flags, measures, outline);
    for &(cell, rect) in &flags {
        let dock = Dock::Along { x: rect.mid_x(), y: rect.bottom(), street: below + 10 };
        slots[cell.index()] = Some(Slot { rect, dock });
    }
    let left = x + GAP + 2 + measures.inset;
    let room = outline.right() - GAP - 2 - if wide { 10 } else { 6 } - left;
    let count = section.columns.len() as i32;
    let pitch = if count > 1 { (room + GAP) / count.min(ABREAST) } else { measures.page + GAP };
    let width = measures.page.min(pitch - GAP);
    let column_x = |number: i32| left + number % ABREAST * pitch;

    let content = section.columns.iter().map(|it| it.frame.len() as i32).max().unwrap_or(0);
    let frame_height = if wide { 58 } else { 52 } + content * ROW;
    let fields = section.columns.iter().map(|it| it.page.len() as i32).max().unwrap_or(0);
    let page_height = TITLE + fields * ROW + 6;
    let rows = (count + ABREAST - 1) / ABREAST;

    let mut y = below;
    let frames = section.has_frames.then(|| y + 22);
    let frame_y = y + 32;
    if section.has_frames {
        y = frame_y + rows * (frame_height + GAP) - GAP;
    }
    let band_y = y + if section.has_frames { 66 } else { 8 };
    let caption = band_y + if wide { 18 } else { 16 };
    let mut band_bottom = caption + 2;
    let page_y = band_y + if wide { 32 } else { 58 };
    if count > 0 {
        band_bottom = page_y + rows * (page_height + GAP) - GAP;
    }
    let folios = (fields > 0).then_some(band_bottom + 4);
    if folios.is_some() {
        band_bottom += if wide { 34 } else { 50 };
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
        let row = number / ABREAST;
        let frame =
            Rect::new(column_x(number), frame_y + row * (frame_height + GAP), width, frame_height);
        let page =
            Rect::new(column_x(number), page_y + row * (page_height + GAP), width, page_height);
        let frame = section.has_frames.then_some(frame);
        columns.push(place_column(column, frame, page, number % ABREAST == 0, slots));
    }
    let ghosts = ghosts(section, measures, &columns, room + left);
    SectionPlace {
        storage: section.storage,
        rect: Rect { h: band.bottom() + 10 - top, ..outline },
        flags,
        frames,
        columns,
        ghosts,
        band,
        caption,
        folios,
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
    let (height, start) = if measures.is_wide() {
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
            + if measures.is_wide() { 16 } else { 10 };
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
    is_first: bool,
    slots: &mut [Option<Slot>],
) -> ColumnPlace {
    let mut rows = |cells: &[CellId], holder: Rect, top: i32| -> Vec<(CellId, Rect)> {
        let rows = cells.iter().zip(0..).map(|(&cell, number)| {
            let rect = Rect::new(holder.x + 2, top + number * ROW, holder.w - 4, ROW);
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
    let content =
        frame.map(|it| rows(&column.frame, it, it.bottom() - 4 - ROW * column.frame.len() as i32));
    ColumnPlace {
        index: column.index,
        array: column.array.clone(),
        title: column.title.clone(),
        frame,
        content: content.unwrap_or_default(),
        page,
        fields: rows(&column.page, page, page.y + TITLE),
        is_first,
    }
}

/// Outlines of the pages that follow, as many as there is room for beside the first row.
fn ghosts(
    section: &Section,
    measures: &Measures,
    columns: &[ColumnPlace],
    end: i32,
) -> Vec<(i32, Rect)> {
    let Some(last) = columns.last().filter(|_| section.columns.len() < ABREAST as usize) else {
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
