//! What can be turned in a race, as `racewalk list --json` has it.

use serde::Serialize;

use super::Pairs;
use crate::race::{Knob, KnobValue, Race};

/// A race of the library.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ListedRace {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its knobs, in the order of declaration.
    pub knobs: Vec<ListedKnob>,
    /// Choices that a reader would ask for.
    pub presets: Vec<ListedPreset>,
}

/// A knob.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ListedKnob {
    /// Its stable name.
    pub name: String,
    /// Its values, the default first.
    pub values: Vec<String>,
    /// Its default.
    pub default: String,
    /// Whether it only changes the size of the race, and keeps its default in a sweep.
    pub scale: bool,
    /// Those of its values that are there to make the race safe.
    pub protects: Vec<String>,
}

/// A preset.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ListedPreset {
    /// What the reader asks for.
    pub title: String,
    /// Why, and what is to be seen.
    pub text: String,
    /// The knobs that it sets; all others keep their defaults.
    pub set: Pairs,
}

impl ListedRace {
    /// What a race says of its knobs and presets.
    #[must_use]
    pub fn new(race: &Race) -> Self {
        let knob = |it: &Knob| {
            let names = |all: &mut dyn Iterator<Item = &KnobValue>| -> Vec<String> {
                all.map(|it| it.name.clone()).collect()
            };
            let values = names(&mut it.values.iter());
            ListedKnob {
                name: it.name.clone(),
                default: values[0].clone(),
                values,
                scale: it.scale,
                protects: names(&mut it.values.iter().filter(|it| it.protects)),
            }
        };
        let preset = |it: &crate::race::Preset| ListedPreset {
            title: it.title.clone(),
            text: it.text.clone(),
            set: it.settings.iter().cloned().collect(),
        };
        Self {
            id: race.id.clone(),
            title: race.title.clone(),
            knobs: race.knobs.iter().map(knob).collect(),
            presets: race.presets.iter().map(preset).collect(),
        }
    }
}
