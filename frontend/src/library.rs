//! The races of the library as the page runs them: packed by `build.rs`, without their texts. It knows no
//! screen.

use racewalk_engine::race::Race;

include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// Their ids, in the order in which a reader is shown them.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    RACES.iter().map(|it| it.0)
}

/// A race by its id.
pub(crate) fn race(id: &str) -> Option<Race> {
    Some(unpack(RACES.iter().find(|it| it.0 == id)?.1))
}

/// The steps of a race that are marked as observed, each with the trace of a real kernel that shows it.
pub(crate) fn observed(race: &str) -> &'static [(&'static str, &'static str)] {
    OBSERVED.iter().find(|it| it.0 == race).map_or(&[], |it| it.1)
}

/// A race that was read from a text, or one of the library.
pub(crate) fn unpack(bytes: &[u8]) -> Race {
    Race::unpack(bytes, |name| PRELUDES.iter().find(|it| it.0 == name).map(|it| it.1))
}
