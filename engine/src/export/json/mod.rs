//! The JSON of `check`, `explain`, `list` and `replay`, as types. Their fields, and the order of these, are a contract (`cli/schemas/`).

pub mod explain;
mod list;
mod replay;

pub use list::{ListedKnob, ListedPreset, ListedRace};
pub use replay::Replay;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde::{Deserialize, Deserializer};

use crate::explore::{self, Answer};
use crate::model::Model;
use crate::race::{Race, Settings};
use crate::schedule::Schedule;

/// The version of these formats.
pub const FORMAT: u32 = 1;

/// What can happen in a race under one choice of knobs: `racewalk check --json`.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, Deserialize)]
pub struct Check {
    /// [`FORMAT`].
    pub format: u32,
    /// The race's id.
    pub race: String,
    /// [`Model::hash`].
    pub model: String,
    /// Every knob with its value, in the order of declaration.
    pub knobs: Pairs,
    /// What was found.
    #[serde(flatten)]
    pub findings: Findings,
}

/// What an exploration found, as plain data.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, Deserialize)]
pub struct Findings {
    /// In a word.
    pub verdict: Verdict,
    /// Every kind of violation, with a shortest schedule.
    pub violations: Vec<Kind>,
    /// Every way into a deadlock, with a shortest schedule.
    pub deadlocks: Vec<End>,
    /// Every way to be held off, with a shortest schedule.
    pub held_off: Vec<End>,
    /// Distinct states.
    pub states: usize,
    /// Transitions between them, and into violations.
    pub transitions: usize,
    /// How many complete interleavings there are, in decimal; `null` where loops make them infinite
    /// or the search is incomplete.
    pub schedules: Option<String>,
    /// How many of them end in a violation or a deadlock.
    pub bad_schedules: Option<String>,
    /// Whether a reduction was used.
    pub reduced: bool,
    /// Whether the schedules of violations are as short as any; only of a reduced search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortest: Option<bool>,
}

/// A verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No run breaks anything.
    Safe,
    /// Some run does.
    Violated,
    /// A limit stopped the search.
    Incomplete,
}

impl From<explore::Verdict> for Verdict {
    fn from(verdict: explore::Verdict) -> Self {
        match verdict {
            explore::Verdict::Safe => Self::Safe,
            explore::Verdict::Violated => Self::Violated,
            explore::Verdict::Incomplete => Self::Incomplete,
        }
    }
}

/// A kind of violation.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, Deserialize)]
pub struct Kind {
    /// Its stable name.
    pub kind: String,
    /// The length of the schedule.
    pub steps: usize,
    /// A shortest schedule's code.
    pub schedule: String,
}

/// An end in which somebody waits.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, Deserialize)]
pub struct End {
    /// The length of the schedule.
    pub steps: usize,
    /// A shortest schedule's code.
    pub schedule: String,
}

impl Check {
    /// The answer to a race, as data.
    #[must_use]
    pub fn new(race: &Race, settings: &Settings, model: &Model, answer: &Answer) -> Self {
        Self {
            format: FORMAT,
            race: race.id.clone(),
            model: model.hash(),
            knobs: Pairs::all(race, settings),
            findings: Findings::new(model, answer),
        }
    }
}

impl Findings {
    /// What an answer says.
    #[must_use]
    pub fn new(model: &Model, answer: &Answer) -> Self {
        let code = |schedule: &Schedule| (schedule.len(), schedule.code(model));
        let kind = |it: &explore::Found| {
            let (steps, schedule) = code(&it.schedule);
            Kind { kind: model.violations[it.violation.index()].name.clone(), steps, schedule }
        };
        let end = |it: &explore::End| {
            let (steps, schedule) = code(&it.schedule);
            End { steps, schedule }
        };
        Self {
            verdict: answer.verdict.into(),
            violations: answer.violations.iter().map(kind).collect(),
            deadlocks: answer.deadlocks.iter().map(end).collect(),
            held_off: answer.held_off.iter().map(end).collect(),
            states: answer.states,
            transitions: answer.transitions,
            schedules: answer.schedules.as_ref().map(ToString::to_string),
            bad_schedules: answer.bad_schedules.as_ref().map(ToString::to_string),
            reduced: false,
            shortest: None,
        }
    }

    /// What a reduced search says.
    #[must_use]
    pub fn reduced(model: &Model, reduced: &explore::Reduced) -> Self {
        Self {
            reduced: true,
            shortest: Some(reduced.shortest),
            ..Self::new(model, &reduced.answer)
        }
    }
}

/// A JSON object of strings whose order means something.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// Every knob with its value.
    #[must_use]
    pub fn all(race: &Race, settings: &Settings) -> Self {
        settings.all(race).map(|(knob, value)| (knob.to_owned(), value.to_owned())).collect()
    }
}

impl FromIterator<(String, String)> for Pairs {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Serialize for Pairs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Pairs;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("an object of strings")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
