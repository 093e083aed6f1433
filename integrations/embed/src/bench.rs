//! From what a document asks for to a run of the engine, and whether it is so.

use std::fmt;

use racewalk_engine::explore::{Answer, Limits, Verdict, answer, explore};
use racewalk_engine::export::{counted, impossible};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings, knob_and_value};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;
use racewalk_engine::syntax::diagnostic::closest;
use racewalk_engine::trace::Trace;

use crate::Embed;

/// A race under a choice of knobs.
#[derive(Debug)]
pub struct Bench {
    /// The race.
    pub race: Race,
    /// The knobs.
    pub settings: Settings,
    /// What they make of it.
    pub model: Model,
}

/// What an embed asks for, worked out.
#[derive(Debug)]
pub struct Asked {
    /// The race.
    pub bench: Bench,
    /// The run.
    pub trace: Trace,
    /// How many of its steps have been taken.
    pub at: usize,
    /// Everything that can happen.
    pub answer: Answer,
}

/// Why an embed cannot stand as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It asks for something that there is not.
    Wrong(String),
    /// It is sound, but what it expects is not so.
    NoLonger(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong(reason) | Self::NoLonger(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Problem {}

/// `RACE knob=value…`, with `: CODE` behind it or not: a race, its knobs, and a schedule.
///
/// # Errors
/// What is wrong with it.
pub fn question(text: &str) -> Result<Embed, String> {
    let (question, schedule) = match text.split_once(':') {
        Some((question, schedule)) => (question, schedule.trim()),
        None => (text, ""),
    };
    let mut words = question.split_whitespace();
    let race = words.next().ok_or("the block names no race")?.to_owned();
    let mut embed = Embed { race, ..Embed::default() };
    for word in words {
        let (knob, value) =
            knob_and_value(word).ok_or_else(|| format!("`{word}` is no knob=value"))?;
        embed.set.push((knob.to_owned(), value.to_owned()));
    }
    embed.schedule = schedule.to_owned();
    Ok(embed)
}

impl Embed {
    /// The race that it names, under its knobs.
    ///
    /// # Errors
    /// What there is not.
    pub fn bench(&self) -> Result<Bench, String> {
        let name = &self.race;
        let text = library::race(name).ok_or_else(|| {
            let races = library::races().iter().map(|it| it.id);
            let meant = closest(name, races);
            let meant = meant.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
            format!("there is no race `{name}`{meant}")
        })?;
        let race = Race::load(text).map_err(|report| report.to_string())?;
        let mut settings = race.settings();
        for (knob, value) in &self.set {
            settings.set(&race, knob, value).map_err(|error| error.to_string())?;
        }
        let model = race.compile(&settings).map_err(|report| report.to_string())?;
        Ok(Bench { race, settings, model })
    }

    /// Its run, which has to be possible.
    ///
    /// # Errors
    /// What is wrong with the schedule.
    pub fn trace(&self, model: &Model) -> Result<Trace, String> {
        let schedule = Schedule::parse(&self.schedule, model).map_err(|error| error.to_string())?;
        let trace = Trace::replay(model, &schedule);
        match impossible(model, &trace) {
            Some(reason) => Err(reason),
            None => Ok(trace),
        }
    }

    /// Everything that it asks for.
    ///
    /// # Errors
    /// What there is not, or is not so.
    pub fn ask(&self) -> Result<Asked, Problem> {
        let bench = self.bench().map_err(Problem::Wrong)?;
        let trace = self.trace(&bench.model).map_err(Problem::Wrong)?;
        let steps = trace.steps.len();
        let at = self.at.unwrap_or(steps);
        if at > steps {
            let reason = format!(
                "there is no position {at}: the schedule has {}",
                counted(&steps.to_string(), "step")
            );
            return Err(Problem::Wrong(reason));
        }
        let answer = answer(&bench.model, &explore(&bench.model, Limits::default()));
        if let Some(expected) = &self.expect {
            expect(expected, &bench.model, &trace, &answer)?;
        }
        Ok(Asked { bench, trace, at, answer })
    }
}

/// Whether what was expected is so.
fn expect(expected: &str, model: &Model, trace: &Trace, answer: &Answer) -> Result<(), Problem> {
    let ending = match trace.last().ending {
        None => "none, it goes on",
        Some(Ending::Complete) => "complete",
        Some(Ending::Deadlock) => "deadlock",
        Some(Ending::HeldOff) => "held-off",
        Some(Ending::Violated(it)) => &model.violations[it.index()].name,
    };
    let kinds = || model.violations.iter().map(|it| &*it.name);
    let (found, is_so) = match expected {
        "safe" | "violated" => {
            let found = match answer.verdict {
                Verdict::Safe => "safe",
                Verdict::Violated => "violated",
                Verdict::Incomplete => "incomplete",
            };
            (format!("the verdict is {found}"), found == expected)
        }
        "complete" | "deadlock" | "held-off" => {
            (format!("this schedule's end is: {ending}"), ending == expected)
        }
        _ if kinds().any(|it| it == expected) => {
            (format!("this schedule's end is: {ending}"), ending == expected)
        }
        _ => {
            let all: Vec<&str> = ["safe", "violated", "complete", "deadlock", "held-off"]
                .into_iter()
                .chain(kinds())
                .collect();
            let meant = closest(expected, all.iter().copied());
            let meant = meant.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
            let all = all.join(", ");
            return Err(Problem::Wrong(format!(
                "nothing can be expected that is called `{expected}`{meant} (there are: {all})"
            )));
        }
    };
    if is_so {
        return Ok(());
    }
    Err(Problem::NoLonger(format!("`{expected}` is expected, but {found}")))
}
