//! What the page brings in and takes away: texts of races read, tables read back, figures, diagrams and
//! snippets written, links that carry their verdict. The page loads this only when a reader does any of it.

mod embed;
mod escape;
mod figures;
pub mod flat;
mod offer;
mod pack;
mod place;
mod promise;
mod table;
mod text;

use racewalk_engine::export;

pub use embed::embed;
pub use figures::take_away;
pub use offer::{Offer, Offers};
pub use pack::{pack, unpack};
pub use place::Place;
pub use promise::promise;
pub use table::{Table, table};
pub use text::{library_text, mistakes, read};

/// The text for a mail.
#[must_use]
pub fn mail(place: &Place) -> String {
    let link = place.link().unwrap_or_else(|| place.page.clone());
    let Place { race, settings, model, trace, findings, .. } = place;
    export::mail(race, settings, model, trace, findings.as_ref(), &link)
}
