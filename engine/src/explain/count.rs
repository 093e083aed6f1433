//! How many complete schedules, and how many failing ones, are ahead of every state. Imports explore's numbers and targets, and the transitions.

use std::fmt;

use super::fate::is_failing;
use super::transitions::{Reached, Transitions};
use crate::explore::{Natural, Target};
use crate::state::Ending;

/// A number of schedules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Count {
    /// So many.
    Small(u128),
    /// So many, and 128 bits do not hold it.
    Large(Box<Natural>),
    /// A loop makes them infinite.
    Infinite,
}

/// The numbers of schedules ahead of every state of a whole graph.
#[derive(Clone, Debug)]
pub struct Counts {
    all: Vec<Count>,
    failing: Vec<Count>,
}

impl Counts {
    /// Of every state, by its number; `None` when a limit stopped the search.
    #[must_use]
    pub fn new(transitions: &Transitions) -> Option<Self> {
        transitions.whole().ok()?;
        let everywhere = vec![true; transitions.states()];
        let all = ahead(transitions, &everywhere, |it| {
            u128::from(matches!(transitions.reached(it), Reached::End(_)))
        });
        let fails = transitions.leading_to(|it| is_failing(transitions, it));
        let failing = ahead(transitions, &fails, |it| {
            u128::from(transitions.reached(it) == Reached::End(Ending::Deadlock))
        });
        Some(Self { all, failing })
    }

    /// How many complete schedules go on from this state, whatever they come to. Infinite where a loop is
    /// ahead.
    ///
    /// # Panics
    /// When there is no such state.
    #[must_use]
    pub fn all(&self, state: u32) -> &Count {
        &self.all[state as usize]
    }

    /// How many of them break a property or end in a deadlock. Infinite where a loop is ahead from which
    /// there is a way to fail.
    ///
    /// # Panics
    /// When there is no such state.
    #[must_use]
    pub fn failing(&self, state: u32) -> &Count {
        &self.failing[state as usize]
    }
}

/// Counts backward, each state once all that follow it are counted (Kahn's algorithm, as in
/// [`crate::explore`], the other way round); states outside `within` are passed over. Those it never
/// takes up have a loop ahead.
fn ahead(transitions: &Transitions, within: &[bool], at_end: impl Fn(u32) -> u128) -> Vec<Count> {
    let size = transitions.states();
    let counted = |target: Target| match target {
        Target::State(next) => within[next as usize].then_some(next),
        Target::Violation(_) => None,
    };
    let mut counts: Vec<Count> =
        within.iter().map(|&it| if it { Count::Infinite } else { Count::Small(0) }).collect();
    let mut left: Vec<u32> = vec![0; size];
    let mut ready = Vec::new();
    for state in (0..size as u32).filter(|&it| within[it as usize]) {
        let next = transitions.of(state).iter().filter(|it| counted(it.target).is_some());
        left[state as usize] = next.count() as u32;
        if left[state as usize] == 0 {
            ready.push(state);
        }
    }
    while let Some(state) = ready.pop() {
        let mut sum = Count::Small(at_end(state));
        for it in transitions.of(state) {
            match (it.target, counted(it.target)) {
                (_, Some(next)) => sum.add(&counts[next as usize]),
                (Target::Violation(_), None) => sum.add(&Count::Small(1)),
                (Target::State(_), None) => {}
            }
        }
        counts[state as usize] = sum;
        for &before in transitions.before(state) {
            if within[before as usize] {
                left[before as usize] -= 1;
                if left[before as usize] == 0 {
                    ready.push(before);
                }
            }
        }
    }
    counts
}

impl Count {
    fn add(&mut self, other: &Self) {
        if let (Self::Small(left), Self::Small(right)) = (&*self, other)
            && let Some(sum) = left.checked_add(*right)
        {
            *self = Self::Small(sum);
            return;
        }
        *self = match (self.natural(), other.natural()) {
            (Some(mut left), Some(right)) => {
                left += &right;
                Self::Large(Box::new(left))
            }
            _ => Self::Infinite,
        };
    }

    /// The number; `None` where it is infinite.
    #[must_use]
    pub fn natural(&self) -> Option<Natural> {
        match self {
            Self::Small(number) => Some((*number).into()),
            Self::Large(number) => Some(Natural::clone(number)),
            Self::Infinite => None,
        }
    }
}

/// In decimal digits, or `infinite`.
impl fmt::Display for Count {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.natural() {
            Some(number) => number.fmt(out),
            None => out.write_str("infinite"),
        }
    }
}
