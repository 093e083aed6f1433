//! What leaves as text: tables, mails, and the hash that stands for a model.

mod hash;
mod mail;
mod mermaid;
mod paste;
mod promela;
mod read_back;
mod table;
mod tla;

use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;

/// A race that can do whatever a table has to show: choices, long labels, notes, a deadlock.
pub(crate) const CROWD: &str = include_str!("../../../cli/tests/cli/races/crowd.race");

pub(crate) struct Bench {
    pub(crate) race: Race,
    pub(crate) settings: Settings,
    pub(crate) model: Model,
}

#[track_caller]
pub(crate) fn bench(text: &str, knobs: &[(&str, &str)]) -> Bench {
    let race = Race::load(text).unwrap_or_else(|report| panic!("{report}"));
    let mut settings = race.settings();
    for (knob, value) in knobs {
        settings.set(&race, knob, value).expect("a knob of this race");
    }
    let model = race.compile(&settings).unwrap_or_else(|report| panic!("{report}"));
    Bench { race, settings, model }
}

impl Bench {
    #[track_caller]
    pub(crate) fn trace(&self, code: &str) -> Trace {
        let schedule = Schedule::parse(code, &self.model).expect("a schedule of this race");
        Trace::replay(&self.model, &schedule)
    }
}
