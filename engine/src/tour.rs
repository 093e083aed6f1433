//! The guided tour: beats, each a race under some knobs at some point of a schedule, with what is to be seen
//! there. The text is `engine/races/tour`; what it claims is `engine/races/tour-claims`, and tested.
//!
//! A beat of the text: a race and the knobs that differ from their defaults, a schedule and how far it has been
//! played, two or three sentences, and their marks. The page downloads it, so nothing stands there for authors.

use std::fmt;

use crate::race::knobs_and_values;

/// One stop of the tour.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beat {
    /// What it is about, in a few words.
    pub title: String,
    /// The race.
    pub race: String,
    /// Knobs that differ from their defaults.
    pub settings: Vec<(String, String)>,
    /// The schedule's code.
    pub schedule: String,
    /// How many of its steps have been taken when the beat begins.
    pub at: usize,
    /// Two or three sentences.
    pub text: String,
    /// How well that is founded, in the language's words (`deduced`); empty: read in the source.
    pub marks: Vec<String>,
    /// A trace of a real kernel that shows it.
    pub trace: Option<String>,
}

/// Something that a beat says, under its own knobs and those that the claim adds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// What is to hold.
    pub that: That,
    /// Knobs besides the beat's.
    pub with: Vec<(String, String)>,
}

/// What a claim says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum That {
    /// No run breaks anything.
    Safe,
    /// Some run ends with this kind of violation.
    Can(String),
    /// No run ends with this kind of violation.
    Never(String),
    /// The beat's schedule ends with this kind of violation.
    Ends(String),
    /// Where the beat begins, the actor of this name cannot move.
    Waits(String),
}

/// A line of the tour that is none of its forms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TourError {
    /// Its number, from 1.
    pub line: usize,
}

impl fmt::Display for TourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the tour cannot be understood", self.line)
    }
}

impl std::error::Error for TourError {}

/// The beats, in order.
///
/// # Errors
/// The first line of `engine/races/tour` that cannot be understood.
pub fn tour() -> Result<Vec<Beat>, TourError> {
    parse(include_str!("../races/tour"))
}

/// What each beat's sentences say, as questions to the engine: the beat's title, and its claims.
///
/// # Errors
/// The first line of `engine/races/tour-claims` that cannot be understood.
pub fn claims() -> Result<Vec<(String, Vec<Claim>)>, TourError> {
    let mut all: Vec<(String, Vec<Claim>)> = Vec::new();
    for (number, line) in (1..).zip(include_str!("../races/tour-claims").lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let understood = match line.strip_prefix("  ") {
            None => beat(line).map(|it| all.push((it.title, Vec::new()))),
            Some(said) => all.last_mut().and_then(|it| claim(said).map(|claim| it.1.push(claim))),
        };
        understood.ok_or(TourError { line: number })?;
    }
    Ok(all)
}

fn parse(text: &str) -> Result<Vec<Beat>, TourError> {
    let mut beats: Vec<Beat> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let understood = match line.strip_prefix("  ") {
            None => beat(line).map(|it| beats.push(it)),
            Some(detail) => beats.last_mut().and_then(|it| it.detail(detail)),
        };
        understood.ok_or(TourError { line: number })?;
    }
    Ok(beats)
}

/// `beat "title"`.
fn beat(line: &str) -> Option<Beat> {
    let title = quoted(line.strip_prefix("beat ")?)?.to_owned();
    Some(Beat {
        title,
        race: String::new(),
        settings: Vec::new(),
        schedule: String::new(),
        at: 0,
        text: String::new(),
        marks: Vec::new(),
        trace: None,
    })
}

impl Beat {
    /// A line below `beat`.
    fn detail(&mut self, line: &str) -> Option<()> {
        if line.starts_with('"') {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(quoted(line)?);
            return Some(());
        }
        let (word, rest) = line.split_once(' ')?;
        match word {
            // `race NAME knob=value…`
            "race" => {
                let (race, knobs) = rest.split_once(' ').unwrap_or((rest, ""));
                race.clone_into(&mut self.race);
                self.settings = knobs_and_values(knobs)?;
            }
            // `play CODE at N`
            "play" => {
                let (code, at) = rest.split_once(" at ")?;
                code.clone_into(&mut self.schedule);
                self.at = at.parse().ok()?;
            }
            "marks" => self.marks = rest.split(' ').map(str::to_owned).collect(),
            "trace" => self.trace = Some(rest.to_owned()),
            _ => return None,
        }
        Some(())
    }
}

/// `safe`, `can KIND`, `never KIND`, `ends KIND`, `waits ACTOR`, each perhaps with `with knob=value…`.
fn claim(text: &str) -> Option<Claim> {
    let (that, with) = text.split_once(" with ").unwrap_or((text, ""));
    let that = match that.split_once(' ') {
        None if that == "safe" => That::Safe,
        Some(("can", kind)) => That::Can(kind.to_owned()),
        Some(("never", kind)) => That::Never(kind.to_owned()),
        Some(("ends", kind)) => That::Ends(kind.to_owned()),
        Some(("waits", actor)) => That::Waits(actor.to_owned()),
        _ => return None,
    };
    Some(Claim { that, with: knobs_and_values(with)? })
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}
