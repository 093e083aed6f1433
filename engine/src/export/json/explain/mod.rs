//! What the graph knows of a race, as `racewalk explain --json` has it. Imports the other formats' own.

mod from;

pub use from::digits;

use serde::Serialize;

use super::{Pairs, Verdict};

/// Everything.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Explain {
    /// [`super::FORMAT`].
    pub format: u32,
    /// The race's id.
    pub race: String,
    /// [`Model::hash`].
    pub model: String,
    /// Every knob with its value, in the order of declaration.
    pub knobs: Pairs,
    /// In a word.
    pub verdict: Verdict,
    /// How many states have which fate.
    pub fates: Fates,
    /// How many complete schedules there are, in decimal; `null` where they are infinite or not known.
    pub schedules: Option<String>,
    /// How many of them fail.
    pub bad_schedules: Option<String>,
    /// A window for each kind of failure, before them one for all if there are several.
    pub windows: Vec<Window>,
    /// The schedule that was asked for, or a shortest failure.
    pub schedule: Option<Told>,
    /// The answer to each question.
    pub witnesses: Vec<Witness>,
    /// Each card in each gap.
    pub placements: Vec<Placed>,
    /// The protections; `null` where there are too many combinations.
    pub protections: Option<Protections>,
}

/// How many states have which fate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[expect(missing_docs, reason = "each is the fate that it is named after")]
pub struct Fates {
    pub safe: usize,
    pub open: usize,
    pub lost: usize,
    pub unknown: usize,
}

/// A line of the step table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// Whose it is.
    pub actor: String,
    /// Its key.
    pub key: String,
}

/// What all schedules of a kind share.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Window {
    /// How they end.
    pub ends: Vec<String>,
    /// Whether there are any; `null` where that is not known.
    pub exist: Option<bool>,
    /// The orders.
    pub orders: Vec<Ordered>,
    /// What all of them take besides.
    pub also: Vec<Line>,
    /// Whether all this is enough; `null` where that was not settled.
    pub enough: Option<bool>,
    /// A shortest schedule that keeps to it and ends otherwise.
    pub although: Option<Ended>,
}

/// An order of two steps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Ordered {
    /// The first one.
    pub first: Happens,
    /// The other one.
    pub then: Happens,
    /// Whether that is taken in these schedules: `always`, `perhaps` or `never`.
    pub comes: &'static str,
}

/// A line, and which of its times.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Happens {
    /// The line.
    #[serde(flatten)]
    pub line: Line,
    /// `only`, `first` or `last`.
    pub time: &'static str,
}

/// A schedule and its end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Ended {
    /// The code.
    pub schedule: String,
    /// How it ends; `null` where it does not.
    pub end: Option<String>,
}

/// A schedule, position by position.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Told {
    /// The schedule.
    #[serde(flatten)]
    pub ended: Ended,
    /// Before the first step, and after each.
    pub positions: Vec<Position>,
    /// The first position, counted in steps taken, from which every completion fails.
    pub no_return: Option<usize>,
    /// From bad to good; `null` where nothing is lost, or where there is no such way or it was not found.
    pub nearest: Option<Good>,
}

/// A position of a schedule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Position {
    /// The step that led here.
    pub step: Option<Line>,
    /// What every completion comes to: `safe`, `open`, `lost` or `unknown`.
    pub fate: &'static str,
    /// How many complete schedules are still ahead; `null` where they are infinite or not known.
    pub schedules: Option<String>,
    /// How many of them fail.
    pub bad_schedules: Option<String>,
    /// The orders of the schedule's window that became fixed with this step, by their place there.
    pub fixed: Vec<usize>,
}

/// The way to a good schedule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Good {
    /// The swaps; the last one settles it.
    pub swaps: Vec<Swapped>,
    /// The good schedule.
    #[serde(flatten)]
    pub ended: Ended,
}

/// A swap of two neighbouring steps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Swapped {
    /// The number, from 1, of the first of the two.
    pub at: usize,
    /// What came first, and comes second now.
    pub first: Line,
    /// What comes first now.
    pub then: Line,
    /// What comes of it.
    #[serde(flatten)]
    pub ended: Ended,
    /// What is ahead where that stops.
    pub fate: &'static str,
}

/// The answer to a question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Witness {
    /// The question.
    pub question: String,
    /// Whether there is such a schedule; `null` where a limit left that open.
    pub exists: Option<bool>,
    /// A shortest one.
    pub schedule: Option<String>,
}

/// A card in a gap.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Placed {
    /// The card's name.
    pub card: String,
    /// The actor.
    pub actor: String,
    /// The key of the line behind the gap; `null` at the end of the lane.
    pub before: Option<String>,
    /// What comes of it.
    #[serde(flatten)]
    pub found: Found,
}

/// What a variant of the race comes to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Found {
    /// In a word.
    pub verdict: Verdict,
    /// A shortest failure.
    pub failure: Option<super::Kind>,
    /// Distinct states.
    pub states: usize,
}

/// The protections in all combinations.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Protections {
    /// What can be on.
    pub protections: Vec<Protection>,
    /// Every combination.
    pub choices: Vec<Choice>,
    /// Those that are safe while none with fewer of the same protections is, by their place in the list.
    pub minimal_safe: Vec<usize>,
    /// Those that fail while none with more of the same protections does.
    pub maximal_unsafe: Vec<usize>,
}

/// A knob that protects.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Protection {
    /// Its name.
    pub knob: String,
    /// The values that protect.
    pub with: Vec<String>,
    /// The value that does not.
    pub without: String,
}

/// A combination of protections.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Choice {
    /// The protections that are on.
    pub on: Pairs,
    /// What comes of it.
    #[serde(flatten)]
    pub found: Found,
}
