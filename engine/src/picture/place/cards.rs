//! Places of the cards: actors without registers, locks, and whatever else is shared. Imports view and the plan, never a frame.

use super::{Dock, EDGE, GAP, Measures, STREET, Slot};
use crate::ids::{ActorId, CellId};
use crate::picture::plan::Card;
use crate::picture::shape::Rect;
use crate::picture::text::{self, Font};
use crate::picture::words;
use crate::view::Stage;

/// A card.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct CardPlace {
    /// Whose it is, if it is an actor's.
    pub(crate) actor: Option<ActorId>,
    /// What it is called.
    pub(crate) title: String,
    /// Its outline.
    pub(crate) rect: Rect,
    /// Where an actor's state is told.
    pub(crate) status: Option<Rect>,
    /// What stands before each value, and its row.
    pub(crate) rows: Vec<(String, CellId, Rect)>,
}

const ROW: i32 = 19;
const HEADER: i32 = 25;
const MARGIN: i32 = 10;
const WIDEST: i32 = 250;

/// The cards and their lower edge.
pub(super) fn place(
    stage: &Stage,
    cards: &[Card],
    measures: &Measures,
    top: i32,
    slots: &mut [Option<Slot>],
) -> (Vec<CardPlace>, i32) {
    let mut places: Vec<CardPlace> = cards.iter().map(|it| unplaced(stage, it)).collect();
    let room = measures.width - 2 * EDGE;
    let width = |abreast: usize| ((room + GAP) / abreast as i32 - GAP).min(WIDEST);
    let abreast = (1..=measures.cards.min(places.len()))
        .rev()
        .find(|it| places.iter().all(|card| needed(card) <= width(*it)));
    let abreast = abreast.unwrap_or(1);
    // No row shorter than it has to be.
    let lines = places.len().div_ceil(abreast).max(1);
    let abreast = places.len().div_ceil(lines).max(1);
    let mut y = top;
    for row in places.chunks_mut(abreast) {
        let height = |it: &CardPlace| {
            HEADER + ROW * (it.rows.len() + usize::from(it.status.is_some())) as i32 + 6
        };
        let tallest = row.iter().map(height).max().unwrap_or(0);
        let mut x = EDGE;
        for card in row {
            card.rect = Rect::new(x, y, width(abreast), tallest);
            x = card.rect.right() + GAP;
            let dock = Dock::Along { x: card.rect.mid_x(), y, street: y - STREET / 2 };
            let mut line = Rect::new(card.rect.x + 4, y + HEADER, card.rect.w - 8, ROW);
            if let Some(status) = &mut card.status {
                *status = line;
                line.y += ROW;
            }
            for (_, cell, rect) in &mut card.rows {
                *rect = line;
                slots[cell.index()] = Some(Slot { rect: line, dock });
                line.y += ROW;
            }
        }
        y += tallest + STREET;
    }
    let bottom = if places.is_empty() { top - STREET } else { y - STREET };
    (places, bottom)
}

fn unplaced(stage: &Stage, card: &Card) -> CardPlace {
    let (actor, title, rows) = match card {
        Card::Cells { title, rows } => (None, title.clone(), rows.clone()),
        Card::Actor(actor) => {
            let cells = actor.context.iter().map(|it| (context_title(stage, *it), *it));
            let locals = actor.registers.iter();
            let locals = locals.map(|it| (stage.cells[it.index()].title.clone(), *it));
            (Some(actor.actor), words::actor(stage, actor.actor), cells.chain(locals).collect())
        }
    };
    let row = |(title, cell)| (title, cell, Rect::default());
    CardPlace {
        actor,
        title,
        rect: Rect::default(),
        status: actor.map(|_| Rect::default()),
        rows: rows.into_iter().map(row).collect(),
    }
}

/// What an element about an actor is called inside that actor's box: the name of its array, or of
/// its field there.
pub(crate) fn context_title(stage: &Stage, cell: CellId) -> String {
    let cell = &stage.cells[cell.index()];
    match &cell.group_title {
        Some(title) if cell.name.ends_with(']') => title.clone(),
        _ => cell.title.clone(),
    }
}

/// What a card's title is set in: identifiers as code.
pub(crate) fn title_font(card: &CardPlace) -> Font {
    let words = card.actor.is_some() || card.title.contains(' ');
    if words { Font::Strong } else { Font::Code }
}

/// The width that a card needs for its names, and for values of usual length.
fn needed(card: &CardPlace) -> i32 {
    let glyph = if card.actor.is_some() { 18 } else { 0 };
    let title = text::width(&card.title, title_font(card)) + glyph;
    let rows = card.rows.iter().map(|(title, ..)| text::width(title, Font::Small) + 58);
    rows.chain([title, 96]).max().unwrap_or(0) + 2 * MARGIN
}
