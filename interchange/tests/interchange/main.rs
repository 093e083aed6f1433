//! What the page takes away and brings in, asked as the page asks.

mod embed;
mod promise;
mod table;
mod take;

use racewalk_interchange::{Offers, Place};

/// The pairs that the page would tell of the published run, at its end.
const VIOLATED: [(&str, &str); 6] = [
    ("race", "memunmap"),
    ("knob", "kill_gp=off"),
    ("s", "w2m3h7w"),
    ("at", "13"),
    ("page", "https://example.org/racewalk/"),
    ("fragment", "/race/memunmap?kill_gp=off&s=w2m3h7w&at=13"),
];

/// What the page would tell of its verdict.
const VERDICT: [(&str, &str); 2] = [("verdict", "violated"), ("violation", "13 w2m3h7w uaf-read")];

/// A race of a reader's own, with signs in its words that mean something elsewhere.
const OWN: &str = "race two \"Two <writers> & a `tick`\"
memory
  x: 0..3 = 0
actor one \"One\" on cpu 0 letter a
  A1: `x = 1` \"writes\"
    x = 1
actor two \"Two\" on cpu 1 letter b
  B1: `x = 2` \"writes\"
    x = 2
";

#[track_caller]
fn place(pairs: &[(&str, &str)]) -> Place {
    Place::read(pairs.iter().copied()).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn with(more: &[(&str, &str)]) -> Place {
    // The first of a name counts, where one is asked for.
    place(&[more, &VIOLATED].concat())
}

/// The text of an offer, and its hint.
#[track_caller]
fn offer<'a>(offers: &'a Offers, key: &str) -> (&'a str, &'a str) {
    let offer = offers.all.iter().find(|it| it.key == key);
    let offer = offer.unwrap_or_else(|| panic!("no {key}"));
    (&offer.text, &offer.hint)
}
