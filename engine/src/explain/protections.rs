//! The protections of a race in all combinations: which are safe with the fewest of them, and which fail with the most. Imports explore's limits and verdicts, the race and what its variants come to.

use std::fmt;
use std::rc::Rc;

use super::tried::{Trials, Tried};
use crate::explore::{Limits, Verdict};
use crate::race::{Race, Report, Settings};

/// The most combinations that are tried.
pub const MOST_CHOICES: usize = 4096;

/// A knob that protects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Protection {
    /// Its number among the knobs of the race.
    pub knob: usize,
    /// The number of the value without the protection: what the knob is set to, or else the first value,
    /// that does not protect.
    pub without: usize,
    /// The numbers of the values that protect, each in its own way.
    pub with: Vec<usize>,
}

/// A combination of protections.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// All knobs.
    pub settings: Settings,
    /// For each protection the value that protects, if it is on.
    pub on: Vec<Option<usize>>,
    /// What was found.
    pub tried: Rc<Tried>,
}

/// All combinations of the protections of a race, its other knobs left as they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Protections {
    /// What can be on or off.
    pub protections: Vec<Protection>,
    /// Every combination, the last protection turning fastest; the first one is without any.
    pub choices: Vec<Choice>,
    /// The numbers of those that are safe while none with fewer of the same protections is.
    pub minimal_safe: Vec<usize>,
    /// The numbers of those that fail while none with more of the same protections does.
    pub maximal_unsafe: Vec<usize>,
    /// How many combinations a limit left undecided. Neither list has one that they could take out of it.
    pub incomplete: usize,
}

/// Why protections were not tried.
#[derive(Debug)]
pub enum ProtectionsError {
    /// There are more combinations than [`MOST_CHOICES`].
    TooMany(usize),
    /// A combination does not compile.
    Race(Report),
}

/// Tries every combination of the protections of a race: of the knobs that have a value marked `protects` and
/// one that is not. Each search has these limits.
///
/// # Errors
/// When there are more than [`MOST_CHOICES`], or when one does not compile.
pub fn protections(
    race: &Race,
    settings: &Settings,
    limits: Limits,
) -> Result<Protections, ProtectionsError> {
    let protections: Vec<Protection> =
        (0..race.knobs.len()).filter_map(|it| protection(race, settings, it)).collect();
    let ways = |it: &Protection| it.with.len() + 1;
    let count = protections.iter().fold(1usize, |all, it| all.saturating_mul(ways(it)));
    if count > MOST_CHOICES {
        return Err(ProtectionsError::TooMany(count));
    }
    let mut trials = Trials::new(limits);
    let mut choices = Vec::with_capacity(count);
    for number in 0..count {
        let mut rest = number;
        let mut on = vec![None; protections.len()];
        for (at, it) in protections.iter().enumerate().rev() {
            on[at] = (rest % ways(it)).checked_sub(1).map(|way| it.with[way]);
            rest /= ways(it);
        }
        let mut settings = settings.clone();
        for (protection, on) in protections.iter().zip(&on) {
            settings.turn(protection.knob, on.unwrap_or(protection.without));
        }
        let model = race.compile(&settings).map_err(ProtectionsError::Race)?;
        choices.push(Choice { settings, on, tried: trials.of(&model) });
    }
    // What was found stands, limit or not.
    let fails = |it: &Choice| it.tried.failure.is_some();
    let is_safe = |it: &Choice| it.tried.verdict == Verdict::Safe;
    let least = |it: &usize| {
        let this = &choices[*it];
        is_safe(this) && choices.iter().all(|of| fails(of) || !of.is_less(this))
    };
    let most = |it: &usize| {
        let this = &choices[*it];
        fails(this) && choices.iter().all(|of| is_safe(of) || !this.is_less(of))
    };
    Ok(Protections {
        minimal_safe: (0..count).filter(least).collect(),
        maximal_unsafe: (0..count).filter(most).collect(),
        incomplete: choices.iter().filter(|it| !fails(it) && !is_safe(it)).count(),
        protections,
        choices,
    })
}

fn protection(race: &Race, settings: &Settings, knob: usize) -> Option<Protection> {
    let values = &race.knobs[knob].values;
    let with: Vec<usize> = (0..values.len()).filter(|&it| values[it].protects).collect();
    let set = Some(settings.get(knob)).filter(|it| !values[*it].protects);
    let without = set.or_else(|| values.iter().position(|it| !it.protects))?;
    (!with.is_empty()).then_some(Protection { knob, without, with })
}

impl Choice {
    /// Whether this has fewer protections, and none that the other does not have.
    fn is_less(&self, other: &Self) -> bool {
        self.on != other.on && self.on.iter().zip(&other.on).all(|(a, b)| a.is_none() || a == b)
    }
}

impl fmt::Display for ProtectionsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany(count) => {
                write!(
                    out,
                    "{count} combinations of protections, and at most {MOST_CHOICES} are tried"
                )
            }
            Self::Race(report) => report.fmt(out),
        }
    }
}

impl std::error::Error for ProtectionsError {}
