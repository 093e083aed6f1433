//! What was found of a race, made into the types of its JSON. Imports explain, model, race, schedules and the words for ends.

use super::{
    Choice, Ended, Fates, Found, Good, Happens, Line, Ordered, Position, Protection, Protections,
    Swapped, Told, Window, Witness,
};
use crate::explain::{
    self, Comes, Count, Course, Enough, Event, Fate, Incomplete, Nearest, Order, Swap, Tally, Time,
    Tried,
};
use crate::export::explain::end;
use crate::export::json::{Kind, Verdict};
use crate::ids::StepId;
use crate::model::Model;
use crate::race::Race;
use crate::schedule::Schedule;
use crate::state::Ending;

impl From<Tally> for Fates {
    fn from(Tally { safe, open, lost, unknown }: Tally) -> Self {
        Self { safe, open, lost, unknown }
    }
}

impl Line {
    fn new(model: &Model, step: StepId) -> Self {
        let line = &model.steps[step.index()];
        Self { actor: model.actors[line.actor.index()].name.clone(), key: line.key.clone() }
    }
}

impl Ended {
    fn new(model: &Model, schedule: &Schedule, ending: Option<Ending>) -> Self {
        let end = ending.map(|it| end(model, it).to_owned());
        Self { schedule: schedule.code(model), end }
    }
}

/// A number in decimal; none where it is infinite.
#[must_use]
pub fn digits(count: &Count) -> Option<String> {
    count.natural().map(|it| it.to_string())
}

impl Window {
    /// A window, or that there is none.
    #[must_use]
    pub fn new(
        model: &Model,
        goal: &[Ending],
        found: &Result<Option<explain::Window>, Incomplete>,
    ) -> Self {
        let ends = goal.iter().map(|it| end(model, *it).to_owned()).collect();
        let Ok(Some(window)) = found else {
            let exist = found.is_ok().then_some(false);
            let (orders, also) = (Vec::new(), Vec::new());
            return Self { ends, exist, orders, also, enough: None, although: None };
        };
        let (enough, although) = match &window.enough {
            Enough::Yes => (Some(true), None),
            Enough::No { schedule, ending } => {
                (Some(false), Some(Ended::new(model, schedule, Some(*ending))))
            }
            Enough::Unknown => (None, None),
        };
        Self {
            ends,
            exist: Some(true),
            orders: window.orders.iter().map(|it| Ordered::new(model, it)).collect(),
            also: window.also.iter().map(|it| Line::new(model, *it)).collect(),
            enough,
            although,
        }
    }
}

impl Ordered {
    fn new(model: &Model, order: &Order) -> Self {
        let happens = |it: Event| Happens {
            line: Line::new(model, it.step),
            time: match it.time {
                Time::Only => "only",
                Time::First => "first",
                Time::Last => "last",
            },
        };
        let comes = match order.comes {
            Comes::Always => "always",
            Comes::Perhaps => "perhaps",
            Comes::Never => "never",
        };
        Self { first: happens(order.first), then: happens(order.then), comes }
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Safe => "safe",
        Fate::Open => "open",
        Fate::Lost => "lost",
        Fate::Unknown => "unknown",
    }
}

impl Told {
    /// A schedule's course, with the orders of its window, and the way from it to a good one.
    #[must_use]
    pub fn new(
        model: &Model,
        course: &Course,
        orders: &[Order],
        nearest: Option<&Nearest>,
    ) -> Self {
        let turns = course.steps.iter().map(|it| it.turn).collect();
        let position = |(at, it): (usize, &explain::Prefix)| Position {
            step: at.checked_sub(1).map(|it| Line::new(model, course.steps[it].step)),
            fate: fate(it.fate),
            schedules: it.all.as_ref().and_then(digits),
            bad_schedules: it.failing.as_ref().and_then(digits),
            fixed: (0..orders.len())
                .filter(|&it| at > 0 && orders[it].fixed_at(course) == Some(at))
                .collect(),
        };
        Self {
            ended: Ended::new(model, &Schedule(turns), course.ending),
            positions: course.prefixes.iter().enumerate().map(position).collect(),
            no_return: course.point_of_no_return(),
            nearest: nearest.map(|it| Good {
                swaps: it.swaps.iter().map(|it| Swapped::new(model, it)).collect(),
                ended: Ended::new(model, &it.good, Some(it.ending)),
            }),
        }
    }
}

impl Swapped {
    fn new(model: &Model, swap: &Swap) -> Self {
        Self {
            at: swap.at + 1,
            first: Line::new(model, swap.first),
            then: Line::new(model, swap.then),
            ended: Ended::new(model, &swap.schedule, swap.ending),
            fate: fate(swap.fate),
        }
    }
}

impl Witness {
    /// The answer to a question.
    #[must_use]
    pub fn new(
        model: &Model,
        question: &str,
        found: &Result<Option<Schedule>, Incomplete>,
    ) -> Self {
        let schedule = found.as_ref().ok().and_then(Option::as_ref);
        Self {
            question: question.to_owned(),
            exists: found.as_ref().ok().map(Option::is_some),
            schedule: schedule.map(|it| it.code(model)),
        }
    }
}

impl Found {
    fn new(tried: &Tried) -> Self {
        let failure = tried.failure.as_ref().map(|it| Kind {
            kind: it.kind.clone(),
            steps: it.steps,
            schedule: it.schedule.clone(),
        });
        Self { verdict: Verdict::from(tried.verdict), failure, states: tried.states }
    }
}

#[cfg(feature = "cards")]
impl super::Placed {
    /// A card in a gap.
    #[must_use]
    pub fn new(model: &Model, card: &crate::race::Card, gap: &explain::Gap) -> Self {
        Self {
            card: card.name.clone(),
            actor: model.actors[gap.placement.actor.index()].name.clone(),
            before: gap.before.clone(),
            found: Found::new(&gap.tried),
        }
    }
}

impl Protections {
    /// All combinations.
    #[must_use]
    pub fn new(race: &Race, found: &explain::Protections) -> Self {
        let name = |knob: usize, value: usize| race.knobs[knob].values[value].name.clone();
        let protection = |it: &explain::Protection| Protection {
            knob: race.knobs[it.knob].name.clone(),
            with: it.with.iter().map(|&value| name(it.knob, value)).collect(),
            without: name(it.knob, it.without),
        };
        let choice = |it: &explain::Choice| {
            let on = found.protections.iter().zip(&it.on);
            let on = on.filter_map(|(of, on)| {
                Some((race.knobs[of.knob].name.clone(), name(of.knob, (*on)?)))
            });
            Choice { on: on.collect(), found: Found::new(&it.tried) }
        };
        Self {
            protections: found.protections.iter().map(protection).collect(),
            choices: found.choices.iter().map(choice).collect(),
            minimal_safe: found.minimal_safe.clone(),
            maximal_unsafe: found.maximal_unsafe.clone(),
        }
    }
}
