//! Writes marks as SVG. Every look gets one class of the document's own, so that nothing of the page in which it stands can touch it, nor it the page. Imports the sheet and the picture's shapes.

use std::fmt::{self, Write as _};

use super::Theme;
use super::sheet::{Declarations, Element, Look, Sheet};
use crate::picture::{Group, Mark, Rect, Span, Texture, anchor_name, tile};

/// What a document has been drawn with so far.
pub(super) struct Ink {
    sheet: Sheet,
    /// Before every class and id: no other document has it.
    prefix: String,
    looks: Vec<Look>,
}

impl Ink {
    pub(super) fn new(prefix: String) -> Self {
        Self { sheet: Sheet::load(), prefix, looks: Vec::new() }
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The marks of a group.
    pub(super) fn group(&mut self, out: &mut String, group: &Group) {
        self.marks(out, &group.class, &group.marks);
    }

    /// Marks in a group of these classes.
    pub(super) fn marks(&mut self, out: &mut String, class: &str, marks: &[Mark]) {
        for mark in marks {
            self.mark(out, class, mark);
        }
    }

    fn mark(&mut self, out: &mut String, group: &str, mark: &Mark) {
        let group = Element { name: "g", class: group };
        match mark {
            Mark::Rect { class, rect: Rect { x, y, w, h }, texture } => {
                let class = self.class(&[group, Element { name: "rect", class }]);
                put(out, format_args!(r#"<rect{class} x="{x}" y="{y}" width="{w}" height="{h}""#));
                if let Some(texture) = texture {
                    put(out, format_args!(r#" fill="url(#{}-{})""#, self.prefix, texture.name()));
                }
                out.push_str("/>\n");
            }
            Mark::Path { class, d } => {
                let class = self.class(&[group, Element { name: "path", class }]);
                put(out, format_args!("<path{class} d=\"{d}\"/>\n"));
            }
            Mark::Text { class, .. } => {
                let element = Element { name: "text", class };
                // The page hides what was there before, and shows it for a moment.
                if class.split_whitespace().any(|it| it == "was") {
                    return;
                }
                let mut look = self.sheet.look(&[group, element]);
                if let Some(halo) = halo(&mut look) {
                    // Its own copy: not every tool can paint strokes before fills.
                    let halo = self.class_of(halo);
                    self.text(
                        out,
                        &[group, element],
                        mark,
                        &format!("{halo} aria-hidden=\"true\""),
                    );
                }
                let class = self.class_of(look);
                self.text(out, &[group, element], mark, &class);
            }
        }
    }

    fn text(&mut self, out: &mut String, around: &[Element<'_>; 2], mark: &Mark, attributes: &str) {
        let Mark::Text { x, y, anchor, spans, .. } = mark else { return };
        put(out, format_args!(r#"<text{attributes} x="{x}" y="{y}""#));
        if let Some(anchor) = anchor_name(*anchor) {
            put(out, format_args!(r#" text-anchor="{anchor}""#));
        }
        if spans.len() > 1 {
            // Some tools trim every part of a text for itself.
            out.push_str(" xml:space=\"preserve\"");
        }
        out.push('>');
        for Span { class, text } in spans {
            if class.is_empty() {
                put(out, format_args!("{}", Escaped(text)));
            } else {
                let class = self.class(&[around[0], around[1], Element { name: "tspan", class }]);
                put(out, format_args!("<tspan{class}>{}</tspan>", Escaped(text)));
            }
        }
        out.push_str("</text>\n");
    }

    /// The textures.
    pub(super) fn patterns(&mut self, out: &mut String) {
        for texture in Texture::ALL {
            let (name, tile) = (texture.name(), tile(texture));
            let pattern = format!("pattern-{name}");
            let around = Element { name: "pattern", class: &pattern };
            let class = self.class(&[around, Element { name: "path", class: "" }]);
            put(
                out,
                format_args!(
                    "<pattern id=\"{prefix}-{name}\" width=\"{size}\" height=\"{size}\" \
                     patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate({turn})\">\
                     <path{class} d=\"{d}\"/></pattern>\n",
                    prefix = self.prefix,
                    size = tile.size,
                    turn = tile.turn,
                    d = tile.d
                ),
            );
        }
    }

    /// The attribute that gives an element the look of the last of these; empty where it has none.
    fn class(&mut self, elements: &[Element<'_>]) -> String {
        let look = self.sheet.look(elements);
        self.class_of(look)
    }

    fn class_of(&mut self, look: Look) -> String {
        if look == Look::default() {
            return String::new();
        }
        let number = self.looks.iter().position(|it| *it == look).unwrap_or_else(|| {
            self.looks.push(look);
            self.looks.len() - 1
        });
        format!(" class=\"{}-{number}\"", self.prefix)
    }

    /// The attribute for the whole document: what everything inherits.
    pub(super) fn base(&mut self) -> String {
        self.class(&[])
    }

    /// The rules of every look that was used.
    pub(super) fn style(&self, theme: Theme) -> String {
        let mut out = String::new();
        let plain = if theme == Theme::Dark {
            |it: &Look| it.dark.clone()
        } else {
            |it: &Look| it.light.clone()
        };
        for (number, look) in self.looks.iter().enumerate() {
            self.rule(&mut out, number, &plain(look));
        }
        if theme == Theme::Auto {
            out.push_str("@media (prefers-color-scheme: dark) {\n");
            for (number, look) in self.looks.iter().enumerate() {
                let differs = |it: &(&String, &String)| look.light.get(it.0) != Some(it.1);
                let dark = look.dark.iter().filter(differs);
                let dark = dark.map(|(name, value)| (name.clone(), value.clone())).collect();
                self.rule(&mut out, number, &dark);
            }
            out.push_str("}\n");
        }
        out
    }

    fn rule(&self, out: &mut String, number: usize, declarations: &Declarations) {
        if declarations.is_empty() {
            return;
        }
        let declarations: Vec<String> =
            declarations.iter().map(|(name, value)| format!("{name}:{value}")).collect();
        put(out, format_args!(".{}-{number}{{{}}}\n", self.prefix, declarations.join(";")));
    }
}

/// Takes the stroke around letters out of a look, as a look of its own.
fn halo(look: &mut Look) -> Option<Look> {
    let mut halo = look.clone();
    for (plain, halo) in [(&mut look.light, &mut halo.light), (&mut look.dark, &mut halo.dark)] {
        plain.remove("paint-order")?;
        halo.remove("paint-order");
        let stroke = plain.remove("stroke")?;
        plain.remove("stroke-width");
        plain.remove("stroke-linejoin");
        halo.insert("fill".to_owned(), stroke);
    }
    Some(halo)
}

pub(super) fn put(out: &mut String, text: fmt::Arguments<'_>) {
    // A string takes whatever is written to it.
    let _ = out.write_fmt(text);
}

/// Text as XML writes it, between tags or between double quotes.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|it| match it {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            // XML has no way to say these.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                f.write_char('\u{fffd}')
            }
            it => f.write_char(it),
        })
    }
}
