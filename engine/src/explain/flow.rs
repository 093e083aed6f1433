//! Which lines runs take before and after each state: unions and intersections over all ways, by data flow. Imports explore, ids, state's endings and the transitions.

use super::transitions::{Reached, Transitions};
use crate::explore::Target;
use crate::ids::StepId;
use crate::state::Ending;

/// A set of lines of the step table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Steps(Vec<u64>);

impl Steps {
    pub(super) fn none(lines: usize) -> Self {
        Self(vec![0; lines.div_ceil(64)])
    }

    pub(super) fn all(lines: usize) -> Self {
        Self(vec![u64::MAX; lines.div_ceil(64)])
    }

    pub(super) fn has(&self, step: StepId) -> bool {
        self.0[step.index() / 64] >> (step.index() % 64) & 1 == 1
    }

    fn insert(&mut self, step: StepId) {
        self.0[step.index() / 64] |= 1 << (step.index() % 64);
    }

    /// Adds what is in `more` and not in `except`.
    pub(super) fn add(&mut self, more: &Self, except: Option<&Self>) {
        for (at, word) in self.0.iter_mut().enumerate() {
            *word |= more.0[at] & !except.map_or(0, |it| it.0[at]);
        }
    }

    /// Keeps what is in `these` and not in `except`.
    pub(super) fn keep(&mut self, these: &Self, except: Option<&Self>) {
        for (at, word) in self.0.iter_mut().enumerate() {
            *word &= these.0[at] & !except.map_or(0, |it| it.0[at]);
        }
    }
}

/// The lines that some of a number of ways take, and those that all of them take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Taken {
    pub(super) some: Steps,
    pub(super) all: Steps,
}

impl Taken {
    /// Of the one way that takes nothing.
    pub(super) fn nothing(lines: usize) -> Self {
        Self { some: Steps::none(lines), all: Steps::none(lines) }
    }

    fn and(&self, step: StepId) -> Self {
        let mut taken = self.clone();
        taken.some.insert(step);
        taken.all.insert(step);
        taken
    }
}

/// For each state what is taken on the ways to it, or from it; `None` where there is no such way.
pub(super) type Flow = Vec<Option<Taken>>;

/// Lets `taken` be one more way; whether that is news.
fn join(known: &mut Option<Taken>, taken: Taken) -> bool {
    let Some(known) = known else {
        *known = Some(taken);
        return true;
    };
    let before = known.clone();
    known.some.add(&taken.some, None);
    known.all.keep(&taken.all, None);
    before != *known
}

/// The runs that come to certain ends, and only these.
pub(super) struct Runs<'a> {
    pub(super) transitions: &'a Transitions,
    pub(super) goal: &'a [Ending],
    /// Lines of the step table.
    pub(super) lines: usize,
    /// Whether a state lies on such a run.
    leads: Vec<bool>,
    /// Those that do: as far as there is no loop, each before all that follow it.
    order: Vec<u32>,
}

impl<'a> Runs<'a> {
    pub(super) fn new(transitions: &'a Transitions, goal: &'a [Ending], lines: usize) -> Self {
        let is_end = |state: u32| {
            let breaks = |target| matches!(target, Target::Violation(it) if goal.contains(&Ending::Violated(it)));
            matches!(transitions.reached(state), Reached::End(it) if goal.contains(&it))
                || transitions.of(state).iter().any(|it| breaks(it.target))
        };
        let leads = transitions.leading_to(is_end);
        let order = topological(transitions, &leads);
        Self { transitions, goal, lines, leads, order }
    }

    /// Whether there are any.
    pub(super) fn exist(&self) -> bool {
        self.leads[0]
    }

    /// Every transition that such a run can take, with the state that it goes on in (`None`: it breaks
    /// what the goal says).
    pub(super) fn each(&self) -> impl Iterator<Item = (u32, StepId, Option<u32>)> {
        self.order
            .iter()
            .flat_map(|&state| self.of(state).map(move |(step, next)| (state, step, next)))
    }

    fn of(&self, state: u32) -> impl Iterator<Item = (StepId, Option<u32>)> {
        self.transitions.of(state).iter().filter_map(|it| match it.target {
            Target::State(next) => self.leads[next as usize].then_some((it.step, Some(next))),
            Target::Violation(kind) => {
                self.goal.contains(&Ending::Violated(kind)).then_some((it.step, None))
            }
        })
    }

    /// What is taken on the ways from the initial state to each, on those that never take `without`.
    pub(super) fn before(&self, without: Option<StepId>) -> Flow {
        let mut flow: Flow = vec![None; self.transitions.states()];
        flow[0] = self.exist().then(|| Taken::nothing(self.lines));
        let mut changed = true;
        while changed {
            changed = false;
            for &state in &self.order {
                let Some(here) = flow[state as usize].clone() else { continue };
                for (step, next) in self.of(state).filter(|it| Some(it.0) != without) {
                    let Some(next) = next else { continue };
                    changed |= join(&mut flow[next as usize], here.and(step));
                }
            }
        }
        flow
    }

    /// What is taken on the ways from each state to the goal, on those that never take `without`.
    pub(super) fn after(&self, without: Option<StepId>) -> Flow {
        let mut flow: Flow = vec![None; self.transitions.states()];
        let mut changed = true;
        while changed {
            changed = false;
            for &state in self.order.iter().rev() {
                let over = matches!(self.transitions.reached(state), Reached::End(_));
                let mut here = over.then(|| Taken::nothing(self.lines));
                for (step, next) in self.of(state).filter(|it| Some(it.0) != without) {
                    let rest = match next {
                        Some(next) => flow[next as usize].as_ref().map(|it| it.and(step)),
                        None => Some(Taken::nothing(self.lines).and(step)),
                    };
                    if let Some(rest) = rest {
                        join(&mut here, rest);
                    }
                }
                changed |= flow[state as usize] != here;
                flow[state as usize] = here;
            }
        }
        flow
    }
}

/// The states that are wanted and reached within these, each before those that follow it where there is no
/// loop: the reverse of the order in which a depth-first search leaves them.
fn topological(transitions: &Transitions, wanted: &[bool]) -> Vec<u32> {
    let mut seen = vec![false; transitions.states()];
    let mut order = Vec::new();
    let mut open: Vec<(u32, usize)> = Vec::new();
    if wanted[0] {
        seen[0] = true;
        open.push((0, 0));
    }
    while let Some((state, at)) = open.last_mut() {
        let Some(transition) = transitions.of(*state).get(*at) else {
            order.push(*state);
            open.pop();
            continue;
        };
        *at += 1;
        if let Target::State(next) = transition.target
            && wanted[next as usize]
            && !seen[next as usize]
        {
            seen[next as usize] = true;
            open.push((next, 0));
        }
    }
    order.reverse();
    order
}
