//! Texts of races: read, judged, looked up. It knows no link and no screen.

use racewalk_engine::library;
use racewalk_engine::race::Race;
use racewalk_engine::syntax::MAX_BYTES;

/// A race from its text, packed as the page runs it.
///
/// # Errors
/// What is wrong with the text, with lines and columns.
pub fn read(text: &str) -> Result<Vec<u8>, String> {
    load(text).map(|race| race.packed())
}

/// What is wrong with a race under a choice of knobs that was not tried when it was read; empty: nothing.
pub fn mistakes<'a>(text: &str, knobs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let race = match load(text) {
        Ok(race) => race,
        Err(report) => return report,
    };
    let mut settings = race.settings();
    for (knob, value) in knobs {
        if let Err(error) = settings.set(&race, knob, value) {
            return error.to_string();
        }
    }
    race.compile(&settings).err().map(|report| report.to_string()).unwrap_or_default()
}

/// The text of a race of the library.
#[must_use]
pub fn library_text(id: &str) -> Option<&'static str> {
    library::race(id)
}

/// A race from its text.
pub(crate) fn load(text: &str) -> Result<Race, String> {
    if text.len() > MAX_BYTES {
        return Err("This is more than a race can be: at most 1 MB of text is read.".to_owned());
    }
    Race::load(text).map_err(|report| report.to_string())
}
