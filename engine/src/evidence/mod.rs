//! Traces of real kernels, and the runs of a race that they are. A trace is data from outside; a claim that
//! it bears out is asked of the engine, never written down beside it.

mod readings;
mod trace;

pub use readings::{Reading, ReadingError, Sign};
pub use trace::{TraceError, TraceLine, header, lines};

use std::fmt;

use crate::explore::{Event, Graph, witness};
use crate::ids::{StepId, ViolationId};
use crate::model::Model;
use crate::schedule::Schedule;

macro_rules! traces {
    ($($file:literal),* $(,)?) => { &[$(($file, include_str!(concat!("../../evidence/", $file)))),*] };
}

const TRACES: &[(&str, &str)] = traces![
    "dev-6.1.txt",
    "dev-6.12.txt",
    "dev-7.2.txt",
    "dev-begin-skips-6.12.txt",
    "ext4-dax-6.1.txt",
    "ext4-dax-6.12.txt",
    "ext4-dax-7.2-exit.txt",
    "ext4-dax-7.2.txt",
    "hold-dev-control-7.2.txt",
    "hold-dev-irqoff-6.12.txt",
    "hold-dev-irqoff-7.2.txt",
    "hold-dev-rcu-6.1.txt",
    "hold-ram-control-idle-6.1.txt",
    "hold-ram-irqoff-6.1.txt",
    "hold-ram-irqoff-6.12.txt",
    "hold-ram-irqoff-7.2.txt",
    "hold-ram-rcu-6.1.txt",
    "hold-ram-rcu-6.12.txt",
    "hold-ram-rcu-7.2.txt",
    "hold-ram-rcu-separate-6.1.txt",
    "ram-6.1.txt",
    "ram-6.12.txt",
    "ram-7.2.txt",
    "ram-lastnode-6.1.txt",
    "ram-lastnode-6.12.txt",
];

/// Every trace, by file name, and its text.
#[must_use]
pub fn traces() -> &'static [(&'static str, &'static str)] {
    TRACES
}

/// The text of the trace in that file.
#[must_use]
pub fn trace(file: &str) -> Option<&'static str> {
    TRACES.iter().find(|(name, _)| *name == file).map(|&(_, text)| text)
}

/// How the traces read as runs of races.
///
/// # Errors
/// The first line of `engine/evidence/readings` that cannot be understood.
pub fn readings() -> Result<Vec<Reading>, ReadingError> {
    readings::parse(include_str!("../../evidence/readings"))
}

/// A line of a trace, and the event of the race that it is a sign of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    /// The line's number in its file, from 1.
    pub line: usize,
    /// What it is a sign of.
    pub event: Event,
}

/// Why a trace is no run of a race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mismatch {
    /// The reading names a step that the model does not have.
    NoSuchStep(String),
    /// The reading names a property that the model does not have.
    NoSuchViolation(String),
    /// No line of the trace is a sign of anything.
    Nothing,
    /// The model forbids this line after those before it.
    Forbidden {
        /// Its number in its file, from 1.
        line: usize,
    },
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchStep(key) => write!(f, "under these knobs the race has no step {key}"),
            Self::NoSuchViolation(kind) => write!(f, "the race has no violation {kind}"),
            Self::Nothing => f.write_str("no line of the trace shows a step of the race"),
            Self::Forbidden { line } => {
                write!(
                    f,
                    "the race does not allow what line {line} shows after the lines before it"
                )
            }
        }
    }
}

impl std::error::Error for Mismatch {}

/// The lines that show events of the race, in the order of the trace.
///
/// # Errors
/// When the reading names what the model does not have.
pub fn matches(
    reading: &Reading,
    lines: &[TraceLine<'_>],
    model: &Model,
) -> Result<Vec<Match>, Mismatch> {
    let mut found = Vec::new();
    for line in lines {
        let inside = |at| (reading.part.0..=reading.part.1).contains(&at);
        let Some(sign) = line.at.is_none_or(inside).then(|| reading.sign(line.event)).flatten()
        else {
            continue;
        };
        let event = match sign {
            Sign::Step(key) => {
                let step = model.steps.iter().position(|it| it.key == *key);
                let step = step.ok_or_else(|| Mismatch::NoSuchStep(key.clone()))?;
                Event::Step(StepId(step as u16))
            }
            Sign::Breaks(kind) => {
                let kinds = &model.violations;
                let violation = kinds.iter().position(|it| it.name == *kind);
                let violation = violation.ok_or_else(|| Mismatch::NoSuchViolation(kind.clone()))?;
                Event::Breaks(ViolationId(violation as u8))
            }
        };
        found.push(Match { line: line.number, event });
    }
    Ok(found)
}

/// The runs that a trace is. The kernel does some steps once for each section of the range, the model has
/// one section: the first run takes the first line of each step, the second the second where there is one,
/// and so on.
///
/// # Errors
/// The first line that no run allows after those before it.
pub fn runs(matches: &[Match], model: &Model, graph: &Graph) -> Result<Vec<Schedule>, Mismatch> {
    let nth = |matched: &Match| {
        let earlier = matches.iter().take_while(|it| it.line < matched.line);
        earlier.filter(|it| it.event == matched.event).count()
    };
    let times = matches.iter().map(nth).max().ok_or(Mismatch::Nothing)? + 1;
    (0..times)
        .map(|pass| {
            let last =
                |matched: &Match| matches.iter().filter(|it| it.event == matched.event).count() - 1;
            let of_pass = matches.iter().filter(|it| nth(it) == pass.min(last(it)));
            let (lines, events): (Vec<usize>, Vec<Event>) =
                of_pass.map(|it| (it.line, it.event)).unzip();
            witness(model, graph, &events).map_err(|allowed| Mismatch::Forbidden {
                line: lines[allowed.min(lines.len() - 1)],
            })
        })
        .collect()
}
