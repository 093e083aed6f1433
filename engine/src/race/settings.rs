//! A choice of a value for every knob of a race. Imports nothing but the race's own lists.

use std::fmt;

use super::Race;
use crate::syntax::diagnostic::closest;

/// A value for every knob, by number, in the order of the race's knobs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Settings {
    pub(super) values: Vec<u8>,
}

/// Why a knob cannot be set so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingError {
    /// The race has no such knob.
    UnknownKnob {
        /// The race.
        race: String,
        /// What was asked for.
        knob: String,
        /// The knob that was probably meant.
        closest: Option<String>,
        /// All knobs.
        knobs: Vec<String>,
    },
    /// The knob has no such value.
    UnknownValue {
        /// The knob.
        knob: String,
        /// What was asked for.
        value: String,
        /// The value that was probably meant.
        closest: Option<String>,
        /// All values.
        values: Vec<String>,
    },
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (closest, all, of) = match self {
            Self::UnknownKnob { race, knob, closest, knobs } => {
                write!(f, "race `{race}` has no knob `{knob}`")?;
                (closest, knobs, "knobs")
            }
            Self::UnknownValue { knob, value, closest, values } => {
                write!(f, "knob `{knob}` has no value `{value}`")?;
                (closest, values, "values")
            }
        };
        if let Some(closest) = closest {
            write!(f, "; did you mean `{closest}`?")?;
        }
        if all.is_empty() {
            write!(f, " (there are no {of})")
        } else {
            write!(f, " (its {of}: {})", all.join(", "))
        }
    }
}

impl std::error::Error for SettingError {}

impl Settings {
    pub(super) fn defaults(race: &Race) -> Self {
        Self { values: vec![0; race.knobs.len()] }
    }

    /// Turns one knob.
    ///
    /// # Errors
    /// When the race has no such knob, or the knob no such value.
    pub fn set(&mut self, race: &Race, knob: &str, value: &str) -> Result<(), SettingError> {
        let Some(number) = race.knobs.iter().position(|k| k.name == knob) else {
            let knobs: Vec<String> = race.knobs.iter().map(|k| k.name.clone()).collect();
            return Err(SettingError::UnknownKnob {
                race: race.id.clone(),
                knob: knob.to_owned(),
                closest: closest(knob, knobs.iter().map(String::as_str)).map(str::to_owned),
                knobs,
            });
        };
        let values = &race.knobs[number].values;
        let Some(chosen) = values.iter().position(|v| v.name == value) else {
            let values: Vec<String> = values.iter().map(|v| v.name.clone()).collect();
            return Err(SettingError::UnknownValue {
                knob: knob.to_owned(),
                value: value.to_owned(),
                closest: closest(value, values.iter().map(String::as_str)).map(str::to_owned),
                values,
            });
        };
        self.values[number] = chosen as u8;
        Ok(())
    }

    /// Turns knob number `knob` to its value number `value`; the race has to have both.
    pub(crate) fn turn(&mut self, knob: usize, value: usize) {
        if let Some(known) = self.values.get_mut(knob) {
            *known = value as u8;
        }
    }

    /// The number of the value that knob number `knob` is set to.
    #[must_use]
    pub fn get(&self, knob: usize) -> usize {
        self.values.get(knob).map_or(0, |&value| usize::from(value))
    }

    /// The name of the value of the knob of that name, if there is one.
    #[must_use]
    pub fn value<'r>(&self, race: &'r Race, knob: &str) -> Option<&'r str> {
        let number = race.knobs.iter().position(|k| k.name == knob)?;
        Some(&race.knobs[number].values[self.get(number)].name)
    }

    /// Every knob with its value, in the order of declaration.
    pub fn all<'r>(&self, race: &'r Race) -> impl Iterator<Item = (&'r str, &'r str)> {
        race.knobs
            .iter()
            .zip(&self.values)
            .map(|(knob, &value)| (&*knob.name, &*knob.values[usize::from(value)].name))
    }

    /// The knobs that differ from their defaults.
    pub fn changed<'r>(&self, race: &'r Race) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.all(race).zip(&self.values).filter(|&(_, &value)| value != 0).map(|(pair, _)| pair)
    }
}

/// A knob and its value as they are written everywhere, `kill_gp=off`; `None` where either is missing.
///
/// ```
/// use racewalk_engine::race::knob_and_value;
///
/// assert_eq!(knob_and_value("kill_gp=off"), Some(("kill_gp", "off")));
/// assert_eq!(knob_and_value("kill_gp="), None);
/// ```
#[must_use]
pub fn knob_and_value(text: &str) -> Option<(&str, &str)> {
    text.split_once('=').filter(|(knob, value)| !knob.is_empty() && !value.is_empty())
}

/// Several of them, with blanks between: `kill_gp=off flush=ipi`.
pub(crate) fn knobs_and_values(text: &str) -> Option<Vec<(String, String)>> {
    let owned = |(knob, value): (&str, &str)| (knob.to_owned(), value.to_owned());
    text.split_whitespace().map(|it| knob_and_value(it).map(owned)).collect()
}
