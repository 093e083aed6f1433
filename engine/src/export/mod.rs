//! What leaves the house as text: the table of a schedule, the text for a mail, the JSON, models for other checkers. Imports race, model, explore's answer, trace and view; knows no screen and no file.

pub mod explain;
mod formal;
pub mod json;
mod layout;
mod mail;
mod mermaid;
mod numbers;
mod promela;
mod reason;
mod svg;
mod table;
mod tla;

pub use formal::Refused;
pub use mail::mail;
pub use mermaid::mermaid;
pub use numbers::{counted, grouped};
pub use promela::promela;
pub use reason::{impossible, waiting};
pub use svg::{Theme, animation, svg};
pub(crate) use table::step_label;
pub use table::table;
pub use tla::{Tla, tla};

use crate::race::{Race, Settings};

/// No line of a text export is wider.
pub const WIDTH: usize = 75;

/// A paragraph of at most [`WIDTH`] columns, each of its lines behind so many spaces.
#[must_use]
pub fn paragraph(text: &str, indent: usize) -> String {
    let mut out = String::new();
    layout::paragraph(&mut out, text, WIDTH, indent, indent);
    out
}

/// The race and the knobs that differ from their defaults, all that is needed to repeat a run:
/// `race memunmap: kill_gp=off`.
#[must_use]
pub fn headline(race: &Race, settings: &Settings) -> String {
    let knobs: Vec<String> =
        settings.changed(race).map(|(knob, value)| format!("{knob}={value}")).collect();
    match (knobs.is_empty(), race.knobs.is_empty()) {
        (true, true) => format!("race {}", race.id),
        (true, false) => format!("race {}: every knob at its default", race.id),
        (false, _) => format!("race {}: {}", race.id, knobs.join(", ")),
    }
}
