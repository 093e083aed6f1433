//! How traces read as runs of a race: the file `engine/evidence/readings`. Imports nothing but the traces' times and how a knob is written.
//!
//! Below `steps RACE` each line is a step of the race and what shows it in a trace: `FUNCTION <-CALLER` as the function
//! tracer prints it, or how a line of the helper module (FTH) or of the console begins. A step may have several lines.
//! `breaks KIND` is a step, whoever takes it, that breaks that property.
//!
//! Below `trace FILE of RACE [knob=value…]` a `from` and a `to` in milliseconds say which part is read, if not all of it;
//! `reads … as STEP` gives a line another meaning there; `shows` says what a reader sees. The page downloads the file, so
//! nothing stands there for authors.

use super::trace::microseconds;
use crate::race::knobs_and_values;

/// How one trace, or a part of it, reads as a run of a race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The trace's file.
    pub trace: String,
    /// The race.
    pub race: String,
    /// Knobs that differ from their defaults.
    pub settings: Vec<(String, String)>,
    /// The part that is read, in microseconds of the trace's clock, both ends included.
    pub part: (u64, u64),
    /// What a reader sees in it.
    pub shows: String,
    /// What shows what, the first that fits deciding.
    pub patterns: Vec<(Sign, String)>,
}

/// What a line of a trace is a sign of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sign {
    /// The step with this key.
    Step(String),
    /// A step that breaks this property.
    Breaks(String),
}

/// A line of the file that is none of its forms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadingError {
    /// Its number, from 1.
    pub line: usize,
}

impl std::fmt::Display for ReadingError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {} of the readings cannot be understood", self.line)
    }
}

impl std::error::Error for ReadingError {}

/// Every reading, in the order of the file; each begins with the patterns of its race.
///
/// # Errors
/// The first line that cannot be understood.
pub(super) fn parse(text: &str) -> Result<Vec<Reading>, ReadingError> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut steps: Vec<(String, Sign, String)> = Vec::new();
    let mut race = None;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let understood = if let Some(name) = line.strip_prefix("steps ") {
            race = Some(name.to_owned());
            Some(())
        } else if let Some(rest) = line.strip_prefix("trace ") {
            race = None;
            reading(rest, &steps).map(|it| readings.push(it))
        } else if let Some(race) = &race {
            pattern(line.trim()).map(|(sign, seen)| steps.push((race.clone(), sign, seen)))
        } else {
            readings.last_mut().and_then(|it| it.detail(line.trim()))
        };
        understood.ok_or(ReadingError { line: number })?;
    }
    Ok(readings)
}

/// `KEY  SEEN` or `breaks KIND  SEEN`.
fn pattern(line: &str) -> Option<(Sign, String)> {
    let (sign, seen) = line.split_once("  ")?;
    let sign = match sign.strip_prefix("breaks ") {
        Some(kind) => Sign::Breaks(kind.to_owned()),
        None => Sign::Step(sign.to_owned()),
    };
    Some((sign, seen.trim().to_owned()))
}

/// `FILE of RACE [knob=value…]`.
fn reading(line: &str, steps: &[(String, Sign, String)]) -> Option<Reading> {
    let (trace, rest) = line.split_once(" of ")?;
    let (race, settings) = rest.split_once(' ').unwrap_or((rest, ""));
    let (race, settings) = (race.to_owned(), knobs_and_values(settings)?);
    let patterns = steps.iter().filter(|(of, ..)| *of == race);
    let patterns = patterns.map(|(_, sign, seen)| (sign.clone(), seen.clone())).collect();
    let trace = trace.to_owned();
    Some(Reading { trace, race, settings, part: (0, u64::MAX), shows: String::new(), patterns })
}

impl Reading {
    /// A line below `trace`.
    fn detail(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "from" => self.part.0 = microseconds(rest)?,
            "to" => self.part.1 = microseconds(rest)?,
            "reads" => {
                let key = rest.split(" as ").last()?;
                let seen = rest.strip_suffix(key)?.strip_suffix(" as ")?;
                self.patterns.insert(0, (Sign::Step(key.to_owned()), seen.to_owned()));
            }
            "shows" => self.shows = rest.strip_prefix('"')?.strip_suffix('"')?.to_owned(),
            _ => return None,
        }
        Some(())
    }

    /// What a line of a trace is a sign of, if it is one: its event begins with a pattern.
    #[must_use]
    pub fn sign(&self, event: &str) -> Option<&Sign> {
        // The console puts its own time before a message.
        let event = match event.strip_prefix('[') {
            Some(console) => console.split_once("] ").map_or(event, |(_, message)| message),
            None => event,
        };
        self.patterns
            .iter()
            .find(|(_, seen)| event.starts_with(seen.as_str()))
            .map(|(sign, _)| sign)
    }
}
