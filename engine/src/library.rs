//! The races and preludes that come with the engine, as text. Imports nothing.

/// A race of the library.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LibraryRace {
    /// Its id.
    pub id: &'static str,
    /// Its text.
    pub text: &'static str,
}

const RACES: &[LibraryRace] = &[
    LibraryRace { id: "memunmap", text: include_str!("../races/memunmap.race") },
    LibraryRace { id: "ram-unplug", text: include_str!("../races/ram-unplug.race") },
    LibraryRace { id: "reclaim", text: include_str!("../races/reclaim.race") },
    LibraryRace { id: "thp-split", text: include_str!("../races/thp-split.race") },
    LibraryRace { id: "thp-collapse", text: include_str!("../races/thp-collapse.race") },
    LibraryRace { id: "table-free", text: include_str!("../races/table-free.race") },
    LibraryRace { id: "pae-torn-pte", text: include_str!("../races/pae-torn-pte.race") },
];

const PRELUDES: &[LibraryRace] = &[
    LibraryRace { id: "gup_fast", text: include_str!("../races/prelude/gup_fast.race") },
    LibraryRace { id: "hotplug", text: include_str!("../races/prelude/hotplug.race") },
    LibraryRace { id: "mapped_page", text: include_str!("../races/prelude/mapped_page.race") },
    LibraryRace { id: "mapped_pages", text: include_str!("../races/prelude/mapped_pages.race") },
    LibraryRace { id: "pages", text: include_str!("../races/prelude/pages.race") },
    LibraryRace { id: "unmap", text: include_str!("../races/prelude/unmap.race") },
    LibraryRace { id: "waiting", text: include_str!("../races/prelude/waiting.race") },
];

/// The races, in the order in which a reader is shown them.
#[must_use]
pub fn races() -> &'static [LibraryRace] {
    RACES
}

/// The preludes that a race can `use`.
#[must_use]
pub fn preludes() -> &'static [LibraryRace] {
    PRELUDES
}

/// The text of the race with that id.
#[must_use]
pub fn race(id: &str) -> Option<&'static str> {
    RACES.iter().find(|race| race.id == id).map(|race| race.text)
}

/// The text of the prelude of that name.
#[must_use]
pub fn prelude(name: &str) -> Option<&'static str> {
    PRELUDES.iter().find(|prelude| prelude.id == name).map(|prelude| prelude.text)
}
