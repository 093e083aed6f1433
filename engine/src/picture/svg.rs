//! How primitives are said in SVG: the tiles of textures, the names of anchors. Imports shapes only.

use super::shape::{Anchor, Texture};

/// The tile of a texture: its size, how far it is turned, and the stroke in it.
#[derive(Clone, Copy, Debug)]
pub struct Tile {
    /// Width and height.
    pub size: i32,
    /// Degrees.
    pub turn: i32,
    /// SVG path data.
    pub d: &'static str,
}

/// The tile that a texture repeats.
#[must_use]
pub fn tile(texture: Texture) -> Tile {
    match texture {
        Texture::Poisoned => Tile { size: 14, turn: 0, d: "M5 5l4 4M9 5l-4 4" },
        Texture::Freed => Tile { size: 9, turn: 45, d: "M0 0V9" },
        Texture::Reused => Tile { size: 6, turn: -45, d: "M0 0V6" },
    }
}

/// The value of `text-anchor`; `None` for the usual one.
#[must_use]
pub fn anchor_name(anchor: Anchor) -> Option<&'static str> {
    match anchor {
        Anchor::Start => None,
        Anchor::Middle => Some("middle"),
        Anchor::End => Some("end"),
    }
}
