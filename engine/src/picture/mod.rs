//! The picture of a frame: positioned shapes without a colour in them, so that the page and the SVG export draw the same thing. Imports ids, model and view, never a screen.
//!
//! Position is identity: [`Places`] is made from the [`Stage`] alone, so nothing moves during a run.

mod actors;
mod describe;
mod legend;
mod light;
mod memory;
mod page;
mod place;
mod plan;
mod pointer;
mod section;
mod shape;
mod svg;
pub(crate) mod text;
pub(crate) mod words;

#[cfg(test)]
mod tests;

pub(crate) use actors::glyph;
pub use legend::{Legend, legend};
pub use place::Places;
pub use shape::{Anchor, Group, Mark, Rect, Span, Texture, Travel};
pub use svg::{Tile, anchor_name, tile};

use crate::view::{Frame, Stage};

/// Which of the drawings: text keeps its size, so a narrow screen gets another arrangement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// 764 units wide.
    Wide,
    /// 600 units wide, for the column of a document: as wide drawings are, with less around it.
    Middle,
    /// 336 units wide, for phones.
    Tall,
}

/// A drawn frame.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// Width in units; one unit is one CSS pixel at the size that text is meant for.
    pub width: i32,
    /// Height in units.
    pub height: i32,
    /// The same in words, for who cannot see it.
    pub description: String,
    /// What to draw, back to front: the same keys in the same order for every frame of a run.
    pub groups: Vec<Group>,
}

/// Draws one frame at the places of its stage.
#[must_use]
pub fn draw(stage: &Stage, frame: &Frame, places: &Places) -> Picture {
    let scene = Scene { stage, frame, places };
    let mut groups = Vec::new();
    section::draw(scene, &mut groups);
    memory::draw(scene, &mut groups);
    actors::draw(scene, &mut groups);
    pointer::draw(scene, &mut groups);
    light::draw(scene, &mut groups);
    Picture {
        width: places.width,
        height: places.height,
        description: describe::describe(scene),
        groups,
    }
}

/// What every part of a drawing looks at.
#[derive(Clone, Copy)]
struct Scene<'a> {
    stage: &'a Stage,
    frame: &'a Frame,
    places: &'a Places,
}

impl Scene<'_> {
    /// Whether texts stand one below the other, for want of room beside each other.
    fn is_tall(self) -> bool {
        self.places.layout == Layout::Tall
    }
}
