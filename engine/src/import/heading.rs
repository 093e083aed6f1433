//! The first line of a table: which race, and which knobs. Imports the lines and race's settings.

use super::fault::{Fault, Wrong};
use super::lines::{Line, lines};
use crate::export::WIDTH;
use crate::race::{Race, Settings};

/// What the first line of a table says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// The race's id.
    pub race: String,
    /// The number of the line, from 1.
    pub line: usize,
    /// The line, with what it was continued by.
    text: String,
    /// Everything behind the race.
    knobs: String,
    /// How many lines there are up to its end.
    pub(super) end: usize,
}

/// The first line of a table in this text, if it has one: `race memunmap: kill_gp=off`.
#[must_use]
pub fn heading(text: &str) -> Option<Heading> {
    of(&lines(text))
}

pub(super) fn of(lines: &[Line]) -> Option<Heading> {
    let begins = |line: &Line| {
        let mut words = line.text.strip_prefix("race ")?.split_whitespace();
        let first = words.next()?;
        let alone = words.next().is_none();
        let race = first.strip_suffix(':').or(alone.then_some(first))?;
        (!race.is_empty()).then(|| race.to_owned())
    };
    let (at, race) = lines.iter().enumerate().find_map(|(at, it)| Some((at, begins(it)?)))?;
    let first = &lines[at];
    let mut text = first.text.clone();
    let mut end = at + 1;
    for line in &lines[end..] {
        // A name as long as a line has been broken in two.
        let before = &lines[end - 1];
        let is_full = before.indent + before.text.chars().count() >= WIDTH;
        let goes_on = text.ends_with([',', ':']) || is_full && line.indent == first.indent + 2;
        // No knob has a colon in it; `walker: label` has.
        let is_row = line.text.contains(':');
        if line.text.is_empty() || is_row || !text.contains(':') || !goes_on {
            break;
        }
        text.push(' ');
        text.push_str(&line.text);
        end += 1;
    }
    let knobs = text.split_once(':').map_or("", |it| it.1);
    let knobs = knobs.split_whitespace().collect();
    Some(Heading { race, line: first.number, text, knobs, end })
}

impl Heading {
    /// The knobs that it names, every other one at its default, and what is wrong with it.
    #[must_use]
    pub fn settings(&self, race: &Race) -> (Settings, Vec<Fault>) {
        let mut settings = race.settings();
        let mut faults = Vec::new();
        let mut fault = |wrong| {
            faults.push(Fault { line: self.line, text: self.text.clone(), wrong });
        };
        if self.race != race.id {
            fault(Wrong::OtherRace { race: race.id.clone() });
            return (settings, faults);
        }
        // As the table says it, without its blanks.
        let knobs = if self.knobs == "everyknobatitsdefault" { "" } else { &self.knobs };
        for part in knobs.split(',').filter(|it| !it.is_empty()) {
            match part.split_once('=') {
                Some((knob, value)) => {
                    if let Err(error) = settings.set(race, knob, value) {
                        fault(Wrong::Setting(error));
                    }
                }
                None => fault(Wrong::NoSetting { part: part.to_owned() }),
            }
        }
        (settings, faults)
    }
}
