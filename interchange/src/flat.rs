//! The same for a caller on the other side of a module's border: places, offers and tables as rows of texts.

use racewalk_engine::export::Theme;

use crate::Place;

/// [`crate::mistakes`]; a knob and its value follow each other.
#[must_use]
pub fn mistakes(text: &str, knobs: &[String]) -> String {
    crate::mistakes(text, pairs(knobs))
}

/// [`crate::mail`]; of a place, as of all here, a name and its value follow each other (see [`Place::read`]).
///
/// # Errors
/// When there is no such place.
pub fn mail(place: &[String]) -> Result<String, String> {
    Ok(crate::mail(&read(place)?))
}

/// [`crate::take_away`], or [`crate::embed`] where that is wanted, as [`crate::Offers::flat`] has it. When there
/// is no such place, a row without offers whose fault says so.
#[must_use]
pub fn offers(place: &[String], theme: &str, steps: Option<&str>, embed: bool) -> Vec<String> {
    match read(place) {
        Ok(place) if embed => crate::embed(&place, named(theme)).flat(),
        Ok(place) => crate::take_away(&place, named(theme), steps).flat(),
        Err(reason) => vec![String::new(), reason],
    }
}

/// [`crate::table`], as [`crate::Table::flat`] has it; empty: the text is none, or there is no such place.
#[must_use]
pub fn table(place: &[String], text: &str) -> Vec<String> {
    let table = read(place).ok().and_then(|it| crate::table(&it, text));
    table.map(crate::Table::flat).unwrap_or_default()
}

/// [`crate::promise`]; empty: there is nothing to say.
#[must_use]
pub fn promise(place: &[String], model: Option<&str>, expect: Option<&str>) -> String {
    read(place).ok().and_then(|it| crate::promise(&it, model, expect)).unwrap_or_default()
}

fn read(flat: &[String]) -> Result<Place, String> {
    Place::read(pairs(flat))
}

fn pairs(flat: &[String]) -> impl Iterator<Item = (&str, &str)> + Clone {
    flat.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str()))
}

/// The theme that the page calls so.
fn named(theme: &str) -> Theme {
    match theme {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::Auto,
    }
}
