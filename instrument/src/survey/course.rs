//! A schedule in time: the fate of each of its beginnings, the way to a good one, and schedules that are asked for. Imports the engine, no screen.

use racewalk_engine::explain::{
    self, Count, Counts, Course, Fates, Order, Transitions, asked, find, nearest_good,
};
use racewalk_engine::explore::Graph;
use racewalk_engine::export;
use racewalk_engine::model::Model;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;
use serde::{Deserialize, Serialize};

use crate::words;

/// What is known of a race once it was surveyed.
pub struct Surveyed {
    pub(super) model: Model,
    pub(super) graph: Graph,
    pub(super) transitions: Transitions,
    pub(super) fates: Fates,
    pub(super) counts: Option<Counts>,
    /// The orders of each kind of failure, all kinds together first.
    pub(super) orders: Vec<(Vec<Ending>, Vec<Order>)>,
}

/// A schedule in time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Times {
    /// Its code.
    pub schedule: String,
    /// At the start, and after each step.
    pub beginnings: Vec<Beginning>,
    /// After so many steps all that can follow fails.
    pub no_return: Option<usize>,
    /// Whether it ends in a failure, or leads to nothing else.
    pub is_lost: bool,
}

/// What is ahead after some steps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Beginning {
    /// What can come of it.
    pub fate: Ahead,
    /// Complete schedules that begin like this, and those of them that fail, in digits; `None`: not counted.
    pub counts: Option<(String, String)>,
    /// The orders that became fixed with the step before: `W2 before M1`.
    pub fixed: Vec<String>,
}

/// What can come of a beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Ahead {
    /// Nothing fails.
    Safe,
    /// Some fails.
    Open,
    /// All fails.
    Lost,
    /// A limit stopped the search.
    Unknown,
}

/// A way from a failing schedule to a good one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mended {
    /// The schedule from which it leads.
    pub from: String,
    /// Each swap of neighbours, in a sentence, and the code of the schedule after it; the last one settles it.
    pub swaps: Vec<(String, String)>,
    /// The code of the good schedule, complete.
    pub good: String,
}

impl Mended {
    /// The codes of the schedules on the way, from the bad one to the good one.
    pub fn stops(&self) -> impl Iterator<Item = &str> {
        let swaps = self.swaps.iter().map(|it| &*it.1);
        [&*self.from].into_iter().chain(swaps).chain([&*self.good])
    }
}

/// An answer to "does a schedule exist where …".
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Witness {
    /// A shortest one's length and code.
    Found(usize, String),
    /// None, in so many states.
    None(usize),
    /// The question makes no sense, or has no exact answer, and why.
    Unknown(String),
}

impl Surveyed {
    /// A schedule in time, as far as it is possible.
    #[must_use]
    pub fn times(&self, code: &str) -> Times {
        let model = &self.model;
        let schedule = Schedule::parse(code, model).unwrap_or_default();
        let course = Course::new(&self.transitions, &self.fates, self.counts.as_ref(), &schedule);
        let of_kind =
            self.orders.iter().find(|it| course.ending.is_some_and(|ending| it.0 == [ending]));
        let orders = of_kind.or(self.orders.first()).map_or(&[][..], |it| &it.1);
        let key = |it: racewalk_engine::ids::StepId| &*model.steps[it.index()].key;
        let beginning = |(at, it): (usize, &explain::Prefix)| Beginning {
            fate: match it.fate {
                explain::Fate::Safe => Ahead::Safe,
                explain::Fate::Open => Ahead::Open,
                explain::Fate::Lost => Ahead::Lost,
                explain::Fate::Unknown => Ahead::Unknown,
            },
            counts: it.all.as_ref().zip(it.failing.as_ref()).map(|(all, failing)| {
                let number = |it: &Count| export::explain::number(it);
                (number(all), number(failing))
            }),
            fixed: (orders.iter())
                .filter(|order| at > 0 && order.fixed_at(&course) == Some(at))
                .map(|it| format!("{} before {}", key(it.first.step), key(it.then.step)))
                .collect(),
        };
        let no_return = course.point_of_no_return();
        Times {
            schedule: code.to_owned(),
            beginnings: course.prefixes.iter().enumerate().map(beginning).collect(),
            no_return,
            is_lost: no_return.is_some(),
        }
    }

    /// The nearest good schedule to a lost one; `Err`: there is none, or it is not known, and why.
    pub fn mended(&self, code: &str) -> Result<Mended, String> {
        let model = &self.model;
        let schedule = Schedule::parse(code, model).map_err(|it| it.to_string())?;
        let found = nearest_good(model, &self.graph, &self.transitions, &self.fates, &schedule);
        let found = found.map_err(|it| it.to_string())?;
        let found = found.ok_or("No number of swaps makes a good schedule of it.")?;
        let swap = |it: &explain::Swap| {
            let [first, then] = [it.first, it.then].map(|it| &*model.steps[it.index()].key);
            (format!("{then} before {first}"), it.schedule.code(model))
        };
        Ok(Mended {
            from: code.to_owned(),
            swaps: found.swaps.iter().map(swap).collect(),
            good: found.good.code(model),
        })
    }

    /// A schedule that is asked for: `W6 before M1`, `H10 before W5 before fault`.
    #[must_use]
    pub fn witness(&self, question: &str) -> Witness {
        let wanted = match asked(&self.model, question) {
            Ok(wanted) => wanted,
            Err(error) => return Witness::Unknown(words::sentence(&error.to_string())),
        };
        match find(&self.model, &self.graph, &self.transitions, &wanted) {
            Ok(Some(schedule)) => Witness::Found(schedule.len(), schedule.code(&self.model)),
            Ok(None) => Witness::None(self.transitions.states()),
            Err(why) => Witness::Unknown(words::sentence(&why.to_string())),
        }
    }
}
