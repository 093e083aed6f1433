//! From bad to good: the fewest swaps of neighbouring steps of different actors that bring a failing schedule to one that can still end well. Imports explore, ids, model, schedules, state, and the graph's fates.

use std::collections::{BTreeSet, VecDeque};

use super::fate::{Fate, Fates};
use super::transitions::{Incomplete, Reached, Transition, Transitions};
use crate::explore::{Graph, Target};
use crate::ids::StepId;
use crate::model::Model;
use crate::schedule::{Schedule, Turn};
use crate::state::{self, Ending};

/// The most orders of the steps that are looked at for a nearest good schedule.
pub const MOST_SWAPPED: usize = 200_000;

/// A swap of two neighbouring steps, and what it comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Swap {
    /// Which step of the schedule before it, counted from 0, is swapped with the next one.
    pub at: usize,
    /// The line that was taken first.
    pub first: StepId,
    /// The line that was taken then, or would have been, and comes first now.
    pub then: StepId,
    /// The schedule after it: as far as it goes, without the turns of actors that have finished earlier.
    pub schedule: Schedule,
    /// How it ends, if it does.
    pub ending: Option<Ending>,
    /// What is ahead where it stops.
    pub fate: Fate,
}

/// A way from a failing schedule to a good one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nearest {
    /// The swaps, none of which can be spared; after each the schedule is possible, and only after the last
    /// one failure is not certain any more: that one settles it.
    pub swaps: Vec<Swap>,
    /// The schedule after the last swap, gone on with as shortly as it can be to an end that is good.
    pub good: Schedule,
    /// How that ends.
    pub ending: Ending,
}

/// The nearest good schedule to one that fails, or that is lost; `None` when no number of swaps gets there.
/// Among equally near ones, one after which nothing can fail any more comes first.
///
/// A swap is allowed where each turn can then be taken as it stands. The step that breaks something, or
/// closes a deadlock, may also be swapped with one that could have come in its place. The turns of an actor that has finished
/// earlier than before fall away, and so does a last turn that has to wait now; what a failure has cut off is kept for when a further swap prevents it.
///
/// # Errors
/// When the graph is not whole, or more than [`MOST_SWAPPED`] orders would have to be looked at.
pub fn nearest_good(
    model: &Model,
    graph: &Graph,
    transitions: &Transitions,
    fates: &Fates,
    schedule: &Schedule,
) -> Result<Option<Nearest>, Incomplete> {
    transitions.whole()?;
    let search = Search { model, graph, transitions, fates };
    let Some(first) = search.run(&schedule.0) else { return Ok(None) };
    let mut seen = BTreeSet::from([first.word.clone()]);
    let mut tried = vec![Tried { run: first, from: 0, at: 0, swaps: 0 }];
    // The first that is not lost, should there be none as near after which nothing fails.
    let mut open: Option<usize> = None;
    let mut next = 0;
    while let Some(Tried { run, swaps, .. }) = tried.get(next) {
        let swaps = *swaps;
        if open.is_some_and(|it| tried[it].swaps < swaps) {
            break;
        }
        match run.fate {
            Fate::Safe => return Ok(search.told(&tried, next)),
            Fate::Open if open.is_none() => open = Some(next),
            _ => {}
        }
        // Nothing farther away is of interest any more.
        let swapped = if open.is_none() { search.swapped(run) } else { Vec::new() };
        for (at, word) in swapped {
            let Some(run) = search.run(&word) else { continue };
            if seen.insert(run.word.clone()) {
                tried.push(Tried { run, from: next, at, swaps: swaps + 1 });
            }
        }
        if tried.len() > MOST_SWAPPED {
            return Err(Incomplete::TooManyCombinations(MOST_SWAPPED));
        }
        next += 1;
    }
    Ok(open.and_then(|it| search.told(&tried, it)))
}

/// An order of the steps, and how it came about.
struct Tried {
    run: Run,
    from: usize,
    at: usize,
    swaps: usize,
}

/// What an order of the steps comes to.
struct Run {
    /// The turns: those that are taken, then those that a failure cut off.
    word: Vec<Turn>,
    steps: Vec<Transition>,
    ending: Option<Ending>,
    fate: Fate,
    /// Where it stands before the last step that it takes.
    before: u32,
    /// Where it stands in the end, or before it broke something.
    state: u32,
}

impl Run {
    fn schedule(&self) -> Schedule {
        Schedule(self.steps.iter().map(|it| it.turn).collect())
    }
}

struct Search<'a> {
    model: &'a Model,
    graph: &'a Graph,
    transitions: &'a Transitions,
    fates: &'a Fates,
}

impl Search<'_> {
    /// What these turns come to; `None` where one of them is not possible.
    fn run(&self, word: &[Turn]) -> Option<Run> {
        let (mut steps, mut taken) = (Vec::new(), Vec::new());
        let (mut before, mut state) = (0, 0);
        for (at, &turn) in word.iter().enumerate() {
            if let Reached::End(_) = self.transitions.reached(state) {
                break;
            }
            let Some(step) = self.transitions.take(state, turn) else {
                if self.falls_away(state, turn, at + 1 == word.len()) {
                    continue;
                }
                return None;
            };
            steps.push(step);
            taken.push(turn);
            before = state;
            match step.target {
                Target::State(next) => state = next,
                Target::Violation(kind) => {
                    taken.extend_from_slice(&word[at + 1..]);
                    let ending = Some(Ending::Violated(kind));
                    return Some(Run {
                        word: taken,
                        steps,
                        ending,
                        fate: Fate::Lost,
                        before,
                        state,
                    });
                }
            }
        }
        let ending = match self.transitions.reached(state) {
            Reached::End(ending) => Some(ending),
            Reached::OnTheWay | Reached::Unknown => None,
        };
        let fate = self.fates.of(state);
        Some(Run { word: taken, steps, ending, fate, before, state })
    }

    /// Whether a turn that cannot be taken in this state does not matter: its actor has finished, or this is
    /// the last turn and its actor has to wait.
    fn falls_away(&self, state: u32, turn: Turn, is_last: bool) -> bool {
        let step = state::next_step(self.model, self.graph.state(state), turn.actor);
        let waits = || self.transitions.of(state).iter().all(|it| it.turn.actor != turn.actor);
        step.is_none() || (is_last && waits())
    }

    /// Every order that one swap makes of this one, with the place of the swap.
    fn swapped(&self, run: &Run) -> Vec<(usize, Vec<Turn>)> {
        let mut all = Vec::new();
        for at in 0..run.steps.len() {
            let mut word = run.word.clone();
            if let Some(then) = word.get(at + 1) {
                if then.actor != word[at].actor {
                    word.swap(at, at + 1);
                    all.push((at, word));
                }
            } else if let Some(Ending::Violated(_) | Ending::Deadlock) = run.ending {
                for it in self.transitions.of(run.before) {
                    if it.turn.actor != word[at].actor {
                        let mut word = word.clone();
                        word.insert(at, it.turn);
                        all.push((at, word));
                    }
                }
            }
        }
        all
    }

    /// The swaps that led to one of the orders that were tried, and how it goes on.
    fn told(&self, tried: &[Tried], last: usize) -> Option<Nearest> {
        let mut swaps = Vec::new();
        let mut at = last;
        while at != 0 {
            let Tried { run, from, at: place, .. } = &tried[at];
            swaps.push(Swap {
                at: *place,
                first: tried[*from].run.steps[*place].step,
                // Nobody else's step changes where an actor stands.
                then: run.steps[*place].step,
                schedule: run.schedule(),
                ending: run.ending,
                fate: run.fate,
            });
            at = *from;
        }
        swaps.reverse();
        let run = &tried[last].run;
        let (mut turns, (rest, ending)) = (run.schedule().0, self.to_a_good_end(run.state)?);
        turns.extend(rest);
        Some(Nearest { swaps, good: Schedule(turns), ending })
    }

    /// The fewest turns from a state to an end that is no failure, and that end.
    fn to_a_good_end(&self, start: u32) -> Option<(Vec<Turn>, Ending)> {
        let mut before: Vec<Option<(u32, Turn)>> = vec![None; self.transitions.states()];
        let mut queue = VecDeque::from([start]);
        while let Some(state) = queue.pop_front() {
            if let Reached::End(ending @ (Ending::Complete | Ending::HeldOff)) =
                self.transitions.reached(state)
            {
                let mut turns = Vec::new();
                let mut at = state;
                while at != start
                    && let Some((from, turn)) = before[at as usize]
                {
                    turns.push(turn);
                    at = from;
                }
                turns.reverse();
                return Some((turns, ending));
            }
            for it in self.transitions.of(state) {
                if let Target::State(next) = it.target
                    && next != start
                    && before[next as usize].is_none()
                {
                    before[next as usize] = Some((state, it.turn));
                    queue.push_back(next);
                }
            }
        }
        None
    }
}
