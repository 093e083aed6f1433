//! Orders between steps, over all runs that come to certain ends: what they share, and what is always so. Imports ids, model, and the flow of the graph.

use super::flow::{Flow, Runs, Steps, Taken};
use crate::ids::StepId;
use crate::model::Model;

/// Which of its times a line that a run can take several times is meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Time {
    /// No run takes it more than once.
    Only,
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// That a line is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Event {
    /// The line.
    pub step: StepId,
    /// Which time.
    pub time: Time,
}

/// What goes before an event, and what comes behind, over all runs of a kind.
struct Around {
    /// Lines whose first time may come before it.
    first_may: Steps,
    /// Lines whose last time may come before it.
    last_may: Steps,
    /// Lines whose first time always comes before it.
    first_must: Steps,
    /// Lines whose last time always comes before it.
    last_must: Steps,
}

/// The orders of events over all runs that come to certain ends.
pub(super) struct Orders {
    around: Vec<Option<Around>>,
    /// The lines that all of these runs take, and those that some of them take.
    pub(super) taken: Taken,
}

/// Every line that some run takes, once or by its first and last time.
pub(super) fn events(model: &Model, runs: &Runs<'_>) -> Vec<Event> {
    let before = runs.before(None);
    let mut taken = vec![None; model.steps.len()];
    for (state, step, _) in runs.each() {
        let again = before[state as usize].as_ref().is_some_and(|it| it.some.has(step));
        let known: &mut Option<bool> = &mut taken[step.index()];
        *known = Some(again || *known == Some(true));
    }
    let mut events = Vec::new();
    for (step, repeats) in taken.into_iter().enumerate() {
        let times: &[Time] = match repeats {
            None => &[],
            Some(false) => &[Time::Only],
            Some(true) => &[Time::First, Time::Last],
        };
        events.extend(times.iter().map(|&time| Event { step: StepId(step as u16), time }));
    }
    events
}

impl Orders {
    /// Works them out for these events.
    pub(super) fn new(runs: &Runs<'_>, events: &[Event]) -> Self {
        let lines = runs.lines;
        let (before, after) = (runs.before(None), runs.after(None));
        // Before the only time there is none yet, and behind it none any more.
        let mut only = around(runs, None, &before, &after);
        let around = events.iter().map(|&Event { step, time }| {
            let mut of_step = match time {
                Time::Only => return only[step.index()].take(),
                Time::First => around(runs, Some(step), &runs.before(Some(step)), &after),
                Time::Last => around(runs, Some(step), &before, &runs.after(Some(step))),
            };
            of_step[step.index()].take()
        });
        let around = around.collect();
        let taken = after[0].clone().unwrap_or_else(|| Taken::nothing(lines));
        Self { around, taken }
    }

    /// Whether every run has this event.
    pub(super) fn has_always(&self, event: Event) -> bool {
        self.taken.all.has(event.step)
    }

    /// Whether in no run that has `first`, `then` comes before it (perhaps not at all). `first` is the
    /// number of an event.
    pub(super) fn is_never_before(&self, then: Event, first: usize) -> bool {
        let Some(Some(around)) = self.around.get(first) else { return false };
        let may = if then.time == Time::Last { &around.last_may } else { &around.first_may };
        !may.has(then.step)
    }

    /// Whether in every run that has `then`, `first` comes before it. `then` is the number of an event.
    pub(super) fn is_forced(&self, first: Event, then: usize) -> bool {
        let Some(Some(around)) = self.around.get(then) else { return true };
        let must = if first.time == Time::Last { &around.last_must } else { &around.first_must };
        must.has(first.step)
    }
}

/// For each line (or this one only) every transition that takes it, with every way there and every way on: the
/// two do not depend on each other, so the unions and intersections over both are exact.
fn around(
    runs: &Runs<'_>,
    only: Option<StepId>,
    before: &Flow,
    after: &Flow,
) -> Vec<Option<Around>> {
    let lines = runs.lines;
    let mut found: Vec<Option<Around>> = (0..lines).map(|_| None).collect();
    let nothing = Taken::nothing(lines);
    for (state, step, next) in runs.each().filter(|it| only.is_none_or(|only| only == it.1)) {
        let Some(before) = &before[state as usize] else { continue };
        let Some(after) = next.map_or(Some(&nothing), |it| after[it as usize].as_ref()) else {
            continue;
        };
        let around = found[step.index()].get_or_insert_with(|| Around {
            first_may: Steps::none(lines),
            last_may: Steps::none(lines),
            first_must: Steps::all(lines),
            last_must: Steps::all(lines),
        });
        around.first_may.add(&before.some, None);
        around.last_may.add(&before.some, Some(&after.all));
        around.first_must.keep(&before.all, None);
        around.last_must.keep(&before.all, Some(&after.some));
    }
    found
}
