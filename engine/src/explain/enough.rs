//! Whether orders are enough: a run that keeps to them and comes to another end is looked for, in the product of the graph and of what of the orders has happened. Imports explore, ids, schedules, state's endings and the transitions.

use super::order::{Event, Time};
use super::transitions::{Reached, Transitions};
use super::window::Order;
use crate::explore::Target;
use crate::ids::StepId;
use crate::schedule::{Schedule, Turn};
use crate::state::Ending;

/// The most pairs of a state and of what has happened that are looked at.
pub(super) const MOST_PAIRS: usize = 4_000_000;

/// Whether orders bring an end about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Enough {
    /// Every schedule that keeps to them comes to that end.
    Yes,
    /// A shortest schedule that keeps to them and comes to another end.
    No {
        /// The schedule, complete.
        schedule: Schedule,
        /// How it ends.
        ending: Ending,
    },
    /// It was not settled: more than 4,000,000 pairs of a state and of what has happened, or more than 64
    /// steps in the orders.
    Unknown,
}

/// What of the orders has happened on a way to a state.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Happened {
    /// Which of the events.
    events: u64,
    /// Which last times are still to come, since the line has been taken and that was said not to be it.
    due: u64,
}

struct Watched<'a> {
    events: Vec<Event>,
    orders: &'a [Order],
    /// What has to have happened in the end.
    wanted: u64,
}

/// A pair, and how it was come to.
struct Pair {
    state: u32,
    happened: Happened,
    from: usize,
    turn: Turn,
}

pub(super) fn enough(
    transitions: &Transitions,
    goal: &[Ending],
    orders: &[Order],
    also: &[StepId],
) -> Enough {
    let mut events: Vec<Event> = orders.iter().flat_map(|it| [it.first, it.then]).collect();
    events.extend(also.iter().map(|&step| Event { step, time: Time::First }));
    events.sort_unstable();
    events.dedup();
    if events.len() > 64 {
        return Enough::Unknown;
    }
    let mut watched = Watched { events, orders, wanted: 0 };
    let wanted =
        orders.iter().flat_map(|it| [Some(it.first), it.both.then_some(it.then)]).flatten();
    let also = also.iter().map(|&step| Event { step, time: Time::First });
    watched.wanted = wanted.chain(also).map(|it| watched.bit(it)).fold(0, |all, it| all | it);
    search(transitions, goal, &watched)
}

fn search(transitions: &Transitions, goal: &[Ending], watched: &Watched<'_>) -> Enough {
    let start = Turn { actor: crate::ids::ActorId(0), outcome: 0 };
    let mut pairs = vec![Pair { state: 0, happened: Happened::default(), from: 0, turn: start }];
    let mut seen: Vec<Vec<Happened>> = vec![Vec::new(); transitions.states()];
    seen[0].push(Happened::default());
    let mut at = 0;
    while at < pairs.len() {
        let Pair { state, happened, .. } = pairs[at];
        if let Reached::End(ending) = transitions.reached(state)
            && !goal.contains(&ending)
            && watched.is_kept(happened)
        {
            return Enough::No { schedule: way(&pairs, at, None), ending };
        }
        for it in transitions.of(state) {
            for after in watched.after(happened, it.step).into_iter().flatten() {
                match it.target {
                    Target::Violation(kind) => {
                        let ending = Ending::Violated(kind);
                        if !goal.contains(&ending) && watched.is_kept(after) {
                            return Enough::No { schedule: way(&pairs, at, Some(it.turn)), ending };
                        }
                    }
                    Target::State(next) => {
                        let known = &mut seen[next as usize];
                        if known.contains(&after) {
                            continue;
                        }
                        known.push(after);
                        pairs.push(Pair { state: next, happened: after, from: at, turn: it.turn });
                    }
                }
            }
        }
        if pairs.len() > MOST_PAIRS {
            return Enough::Unknown;
        }
        at += 1;
    }
    Enough::Yes
}

fn way(pairs: &[Pair], mut at: usize, last: Option<Turn>) -> Schedule {
    let mut turns: Vec<Turn> = last.into_iter().collect();
    while at != 0 {
        turns.push(pairs[at].turn);
        at = pairs[at].from;
    }
    turns.reverse();
    Schedule(turns)
}

impl Watched<'_> {
    fn bit(&self, event: Event) -> u64 {
        self.events.iter().position(|it| *it == event).map_or(0, |it| 1 << it)
    }

    fn is_kept(&self, happened: Happened) -> bool {
        happened.events & self.wanted == self.wanted && happened.due == 0
    }

    /// What has happened after a step: none where it breaks an order; two where this may or may not be the
    /// last time of its line.
    fn after(&self, happened: Happened, step: StepId) -> [Option<Happened>; 2] {
        let bit = |time| self.bit(Event { step, time });
        let (once, last) = (bit(Time::Only) | bit(Time::First), bit(Time::Last));
        let new = once & !happened.events;
        let goes_on = Happened { events: happened.events | new, ..happened };
        let fits = |new: u64, after: Happened| {
            let breaks = |it: &Order| {
                self.bit(it.then) & new != 0 && self.bit(it.first) & happened.events == 0
            };
            (!self.orders.iter().any(breaks)).then_some(after)
        };
        if last == 0 {
            return [fits(new, goes_on), None];
        }
        if happened.events & last != 0 {
            return [None, None];
        }
        let later = Happened { due: goes_on.due | last, ..goes_on };
        let now = Happened { events: goes_on.events | last, due: goes_on.due & !last };
        [fits(new, later), fits(new | last, now)]
    }
}
