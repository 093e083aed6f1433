//! Prints a picture as a standalone SVG. Imports shapes only.

use std::fmt::{self, Write};

use super::Picture;
use super::shape::{Anchor, Group, Mark, Rect, Span, Texture};

/// Writes the picture as one SVG element. `prefix` makes its ids unique in a document, and `style` is
/// the style sheet that gives it its colours.
///
/// # Errors
/// When `to` refuses to be written to.
pub fn write(to: &mut impl Write, picture: &Picture, prefix: &str, style: &str) -> fmt::Result {
    let (width, height) = (picture.width, picture.height);
    write!(
        to,
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">"#
    )?;
    writeln!(to, "<title>{}</title>", Escaped(&picture.description))?;
    if !style.is_empty() {
        writeln!(to, "<style>{}</style>", Escaped(style))?;
    }
    to.write_str("<defs>")?;
    for texture in Texture::ALL {
        let (name, tile) = (texture.name(), tile(texture));
        let (size, turn, d) = (tile.size, tile.turn, tile.d);
        write!(
            to,
            r#"<pattern id="{prefix}-{name}" class="pattern-{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})"><path d="{d}"/></pattern>"#
        )?;
    }
    writeln!(to, "</defs>")?;
    for group in &picture.groups {
        write_group(to, group, prefix)?;
    }
    writeln!(to, "</svg>")
}

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

fn write_group(to: &mut impl Write, group: &Group, prefix: &str) -> fmt::Result {
    if group.marks.is_empty() {
        return Ok(());
    }
    write!(to, r#"<g class="{}">"#, Escaped(group.class.trim()))?;
    for mark in &group.marks {
        write_mark(to, mark, prefix)?;
    }
    writeln!(to, "</g>")
}

fn write_mark(to: &mut impl Write, mark: &Mark, prefix: &str) -> fmt::Result {
    match mark {
        Mark::Rect { class, rect: Rect { x, y, w, h }, texture } => {
            write!(to, r#"<rect class="{class}" x="{x}" y="{y}" width="{w}" height="{h}""#)?;
            if let Some(texture) = texture {
                write!(to, r#" fill="url(#{prefix}-{})""#, texture.name())?;
            }
            to.write_str("/>")
        }
        Mark::Path { class, d } => write!(to, r#"<path class="{class}" d="{d}"/>"#),
        Mark::Text { class, x, y, anchor, spans, .. } => {
            write!(to, r#"<text class="{class}" x="{x}" y="{y}""#)?;
            if let Some(anchor) = anchor_name(*anchor) {
                write!(to, r#" text-anchor="{anchor}""#)?;
            }
            to.write_str(">")?;
            for Span { class, text } in spans {
                if class.is_empty() {
                    write!(to, "{}", Escaped(text))?;
                } else {
                    write!(to, r#"<tspan class="{class}">{}</tspan>"#, Escaped(text))?;
                }
            }
            to.write_str("</text>")
        }
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

/// Text as XML writes it.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|it| match it {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            it => f.write_char(it),
        })
    }
}
