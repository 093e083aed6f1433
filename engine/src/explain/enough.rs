//! Whether orders are enough: a run that keeps to them and comes to another end is looked for, in the product of the graph and of what of the orders has happened. Imports explore, ids, schedules, state's endings and the transitions.

use super::order::{Event, Time};
use super::transitions::{Reached, Transitions};
use super::window::{Comes, Order};
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
    /// Whether the order in doubt is broken.
    broken: bool,
}

struct Watched<'a> {
    events: Vec<Event>,
    /// Runs that do not keep to these are not looked at.
    orders: &'a [Order],
    /// One that they may break.
    doubted: Option<Order>,
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

/// Whether every run that keeps to the orders, and takes these lines as well, comes to one of these ends.
pub(super) fn enough(
    transitions: &Transitions,
    goal: &[Ending],
    orders: &[Order],
    also: &[StepId],
) -> Enough {
    let Some(watched) = Watched::new(orders, also, None) else { return Enough::Unknown };
    match search(transitions, &watched, |ending, _| !goal.contains(&ending)) {
        Ok(None) => Enough::Yes,
        Ok(Some((schedule, ending))) => Enough::No { schedule, ending },
        Err(TooMany) => Enough::Unknown,
    }
}

/// Whether it is known that every run that keeps to the orders, and takes these lines as well, keeps to one
/// more order.
pub(super) fn is_implied(
    transitions: &Transitions,
    orders: &[Order],
    also: &[StepId],
    doubted: Order,
) -> bool {
    let Some(watched) = Watched::new(orders, also, Some(doubted)) else { return false };
    let first = watched.bit(doubted.first);
    let breaks = |_, it: Happened| it.broken || it.events & first == 0;
    matches!(search(transitions, &watched, breaks), Ok(None))
}

/// More than [`MOST_PAIRS`].
struct TooMany;

/// A shortest run that keeps to what is watched and is one of those that are looked for.
fn search(
    transitions: &Transitions,
    watched: &Watched<'_>,
    is_it: impl Fn(Ending, Happened) -> bool,
) -> Result<Option<(Schedule, Ending)>, TooMany> {
    let start = Turn { actor: crate::ids::ActorId(0), outcome: 0 };
    let mut pairs = vec![Pair { state: 0, happened: Happened::default(), from: 0, turn: start }];
    let mut seen: Vec<Vec<Happened>> = vec![Vec::new(); transitions.states()];
    seen[0].push(Happened::default());
    let found = |ending, it| watched.is_kept(it) && is_it(ending, it);
    // An end is seen where it is come to: looked for later, it would stand behind longer ones.
    let ends = |state, it| match transitions.reached(state) {
        Reached::End(ending) if found(ending, it) => Some(ending),
        _ => None,
    };
    if let Some(ending) = ends(0, Happened::default()) {
        return Ok(Some((Schedule(Vec::new()), ending)));
    }
    let mut at = 0;
    while at < pairs.len() {
        let Pair { state, happened, .. } = pairs[at];
        for it in transitions.of(state) {
            for after in watched.after(happened, it.step).into_iter().flatten() {
                match it.target {
                    Target::Violation(kind) => {
                        let ending = Ending::Violated(kind);
                        if found(ending, after) {
                            return Ok(Some((way(&pairs, at, it.turn), ending)));
                        }
                    }
                    Target::State(next) => {
                        let known = &mut seen[next as usize];
                        if known.contains(&after) {
                            continue;
                        }
                        if let Some(ending) = ends(next, after) {
                            return Ok(Some((way(&pairs, at, it.turn), ending)));
                        }
                        known.push(after);
                        pairs.push(Pair { state: next, happened: after, from: at, turn: it.turn });
                    }
                }
            }
        }
        if pairs.len() > MOST_PAIRS {
            return Err(TooMany);
        }
        at += 1;
    }
    Ok(None)
}

fn way(pairs: &[Pair], mut at: usize, last: Turn) -> Schedule {
    let mut turns = vec![last];
    while at != 0 {
        turns.push(pairs[at].turn);
        at = pairs[at].from;
    }
    turns.reverse();
    Schedule(turns)
}

impl<'a> Watched<'a> {
    /// `None` where there are more than 64 events.
    fn new(orders: &'a [Order], also: &[StepId], doubted: Option<Order>) -> Option<Self> {
        // The first time stands for the line, taken once or several times.
        let also: Vec<Event> = also.iter().map(|&step| Event { step, time: Time::First }).collect();
        let all = orders.iter().chain(&doubted);
        let mut events: Vec<Event> = all.flat_map(|it| [it.first, it.then]).collect();
        events.extend(&also);
        events.sort_unstable();
        events.dedup();
        let mut watched = Self { events, orders, doubted, wanted: 0 };
        if watched.events.len() > 64 {
            return None;
        }
        let then = |it: &Order| (it.comes == Comes::Always).then_some(it.then);
        let wanted = orders.iter().flat_map(|it| [Some(it.first), then(it)]).flatten();
        watched.wanted = wanted.chain(also).fold(0, |all, it| all | watched.bit(it));
        Some(watched)
    }

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
        let breaks = |new: u64, it: &Order| {
            self.bit(it.then) & new != 0 && self.bit(it.first) & happened.events == 0
        };
        let fits = |new: u64, mut after: Happened| {
            after.broken |= self.doubted.iter().any(|it| breaks(new, it));
            (!self.orders.iter().any(|it| breaks(new, it))).then_some(after)
        };
        if last == 0 {
            return [fits(new, goes_on), None];
        }
        if happened.events & last != 0 {
            return [None, None];
        }
        let later = Happened { due: goes_on.due | last, ..goes_on };
        let now = Happened { events: goes_on.events | last, due: goes_on.due & !last, ..goes_on };
        [fits(new, later), fits(new | last, now)]
    }
}
