//! Races in other people's documents: how an embed is written in Markdown, in reStructuredText and in HTML, where embeds stand, and whether what they ask for is so. It reads no file.
//!
//! The options are the same everywhere, and stand once, in [`Embed`].

use std::ops::Range;

mod bench;
mod embed;
mod fallback;
mod html;
mod markdown;
mod rst;

pub use bench::{Asked, Bench, Problem, question};
pub use embed::{Embed, OPTIONS};

/// What a document is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Markup {
    /// A fenced block whose language is `race-walk`.
    Markdown,
    /// The directive `.. race-walk:: RACE`, with its options as fields.
    ReStructuredText,
    /// The element `<race-walk race="RACE">`, with its options as attributes.
    Html,
}

/// An embed of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The line in which it begins, from 1.
    pub line: usize,
    /// Where it stands, in bytes. Of an element only its first tag.
    pub place: Range<usize>,
    /// What it asks for, or what is wrong with how it asks.
    pub embed: Result<Embed, String>,
}

impl Markup {
    /// What a file is written in, by the end of its name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        match end.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "rst" => Some(Self::ReStructuredText),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// The embeds of a document, in order.
    #[must_use]
    pub fn embeds(self, document: &str) -> Vec<Found> {
        match self {
            Self::Markdown => markdown::embeds(document),
            Self::ReStructuredText => rst::embeds(document),
            Self::Html => html::embeds(document),
        }
    }
}

/// The line in which a byte of a document stands, from 1.
fn line_of(document: &str, byte: usize) -> usize {
    document.as_bytes().iter().take(byte).filter(|it| **it == b'\n').count() + 1
}
