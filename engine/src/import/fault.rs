//! What is wrong with a line of a table, in words. Imports race's own errors.

use std::fmt;

use crate::race::SettingError;

/// A line that could not be matched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Its number, from 1.
    pub line: usize,
    /// What it says, without what was in front of it.
    pub text: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// The table is of another race.
    OtherRace {
        /// The race that it was read as.
        race: String,
    },
    /// A part of the first line is no `knob=value`.
    NoSetting {
        /// That part.
        part: String,
    },
    /// A knob of the first line cannot be set so.
    Setting(SettingError),
    /// It is no step that could come here.
    NoStep {
        /// What could: the next step of the actor in whose column it stands, or of everybody.
        expected: Vec<String>,
        /// The one that was probably meant.
        closest: Option<String>,
    },
    /// It is a step, but of an actor that is to do something else first.
    NotNext {
        /// Whose.
        actor: String,
        /// What that actor is to do first; `None` when it has finished.
        first: Option<String>,
    },
    /// Several actors could take such a step, and nothing tells which one is meant.
    WhoseStep {
        /// They.
        actors: Vec<String>,
    },
    /// The step cannot be taken here.
    Impossible {
        /// Why not.
        reason: String,
    },
    /// The run is over before it.
    Over {
        /// How it ended.
        ending: String,
    },
    /// It notes an end to which this run does not come.
    Note {
        /// The end that it does come to there.
        instead: Option<String>,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: `{}`: {}", self.line, self.text, self.wrong)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherRace { race } => write!(f, "the table is not of the race `{race}`"),
            Self::NoSetting { part } => write!(f, "`{part}` is no knob=value"),
            Self::Setting(error) => error.fmt(f),
            Self::NoStep { expected, closest } => {
                match &expected[..] {
                    [] => write!(f, "nobody has a step left")?,
                    [only] => write!(f, "expected here: {only}")?,
                    several => write!(f, "expected here one of: {}", several.join("; "))?,
                }
                match closest {
                    Some(closest) if expected.len() > 1 => write!(f, "; closest is {closest}"),
                    _ => Ok(()),
                }
            }
            Self::NotNext { actor, first: Some(first) } => {
                write!(f, "{actor} is not there yet: expected here: {first}")
            }
            Self::NotNext { actor, first: None } => write!(f, "{actor} has no step left"),
            Self::WhoseStep { actors } => {
                let actors = actors.join(" and of ");
                write!(f, "is a step of {actors}: a line with their names over the columns tells")
            }
            Self::Impossible { reason } => f.write_str(reason),
            Self::Over { ending } => write!(f, "the run is over before it: {ending}"),
            Self::Note { instead: Some(instead) } => write!(f, "here it comes to: {instead}"),
            Self::Note { instead: None } => write!(f, "here the run comes to no end"),
        }
    }
}

impl std::error::Error for Fault {}
