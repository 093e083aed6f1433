//! What a variant of a race comes to: explored, and kept by names, so that equal variants share it. Imports explore, model, race and state's endings.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::explore::{Limits, Verdict, answer, explore};
use crate::model::Model;

/// A shortest failure, by names and not by numbers of rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The kind of violation, or `deadlock`.
    pub kind: String,
    /// How many steps it takes.
    pub steps: usize,
    /// Its schedule's code.
    pub schedule: String,
}

/// What was found of a variant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tried {
    /// In a word.
    pub verdict: Verdict,
    /// A shortest failure, where one was found.
    pub failure: Option<Failure>,
    /// Distinct states.
    pub states: usize,
}

/// What was found of each distinct model, by its hash.
pub(super) struct Trials {
    limits: Limits,
    known: BTreeMap<String, Rc<Tried>>,
}

impl Trials {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, known: BTreeMap::new() }
    }

    pub(super) fn of(&mut self, model: &Model) -> Rc<Tried> {
        let limits = self.limits;
        let found = self.known.entry(model.hash()).or_insert_with(|| Rc::new(tried(model, limits)));
        Rc::clone(found)
    }
}

fn tried(model: &Model, limits: Limits) -> Tried {
    let answer = answer(model, &explore(model, limits));
    let violations = answer.violations.iter().map(|it| {
        let name = &model.violations[it.violation.index()].name;
        (&**name, &it.schedule)
    });
    let deadlocks = answer.deadlocks.iter().map(|it| ("deadlock", &it.schedule));
    let shortest = violations.chain(deadlocks).min_by_key(|it| it.1.len());
    let failure = shortest.map(|(kind, schedule)| Failure {
        kind: kind.to_owned(),
        steps: schedule.len(),
        schedule: schedule.code(model),
    });
    Tried { verdict: answer.verdict, failure, states: answer.states }
}
