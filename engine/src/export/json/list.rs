//! What can be turned in a race, as `racewalk list --json` has it.

use serde::Serialize;

use super::Pairs;
use crate::race::Race;

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
        let knob = |it: &crate::race::Knob| {
            let values: Vec<String> = it.values.iter().map(|it| it.name.clone()).collect();
            ListedKnob { name: it.name.clone(), default: values[0].clone(), values }
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
