//! What comes back into the house: the table of a schedule, as people paste it. Imports race, trace and what the table's export says of a step; knows no screen and no file.
//!
//! A table need not be as it was printed: it may be quoted in a mail, stand in a comment, have lost its
//! headings, have tabs for blanks or lines that a mailer broke.

mod fault;
mod heading;
mod lines;
mod row;
mod steps;

pub use fault::{Fault, Wrong};
pub use heading::{Heading, heading};
pub use steps::{Steps, steps};

use crate::race::{Race, Report, Settings};
use crate::schedule::Schedule;

/// What could be read of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The knobs of its first line; every other one at its default.
    pub settings: Settings,
    /// The steps that could be matched, up to the first impossible one.
    pub schedule: Schedule,
    /// Every line that could not be matched, in order.
    pub faults: Vec<Fault>,
}

/// Reads a table of this race.
///
/// ```
/// use racewalk_engine::{import, library, race::Race};
///
/// let race = Race::load(library::race("reclaim").unwrap()).unwrap();
/// let pasted = "> race reclaim: flush=broadcast
/// >
/// > CPU 0           CPU 1
/// > walker          unmap
/// >
/// > local_irq_save(flags)
/// >                 pte = ptep_get_and_clear(mm, addr, ptep)";
/// let read = import::table(&race, pasted).unwrap();
/// let model = race.compile(&read.settings).unwrap();
/// assert_eq!(read.schedule.code(&model), "wm");
/// assert!(read.faults.is_empty());
/// ```
///
/// # Errors
/// When the race has no model under the knobs of the first line.
pub fn table(race: &Race, text: &str) -> Result<Reading, Report> {
    let (settings, mut faults) = match heading(text) {
        Some(heading) => heading.settings(race),
        None => (race.settings(), Vec::new()),
    };
    let model = race.compile(&settings)?;
    let steps = steps(&model, text);
    faults.extend(steps.faults);
    Ok(Reading { settings, schedule: steps.schedule, faults })
}
