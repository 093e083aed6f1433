//! The schedule in hand: what becomes of it when its path is pulled through another cell. Pure; imports the engine and axes.

use std::collections::BTreeSet;

use racewalk_engine::ids::ActorId;
use racewalk_engine::model::Model;
use racewalk_engine::schedule::{Schedule, Turn};
use racewalk_engine::state::{self, Attempt};

use crate::axes::Axes;
use crate::census;

/// The most states that are looked at for a way to a cell: a hand does not wait.
const MOST_STATES: usize = 1_500;

/// A schedule, and where the hand is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pulled {
    /// The schedule.
    pub schedule: Schedule,
    /// After how many of its steps it stands in the cell.
    pub at: usize,
}

/// What is held of a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// Any of it.
    Path,
    /// The corner after so many steps, which it reaches from the left, or else from above.
    Corner {
        /// Steps.
        at: usize,
        /// From the left.
        from_left: bool,
    },
}

/// The cells in which a schedule stands, before its first step and after each that is possible; and whose last step
/// breaks something, if it does.
#[must_use]
pub fn points(
    model: &Model,
    axes: &Axes,
    schedule: &Schedule,
) -> (Vec<(usize, usize)>, Option<usize>) {
    let mut run = Run::new(model);
    let mut points = vec![run.cell(axes)];
    for turn in &schedule.0 {
        if !run.take(*turn) {
            break;
        }
        points.push(run.cell(axes));
    }
    let breaks = run.turns.last().map(|it| it.actor.index()).filter(|_| run.broken);
    (points, breaks)
}

/// Where everybody stands after `at` steps.
#[must_use]
pub fn places(model: &Model, schedule: &Schedule, at: usize) -> Vec<u16> {
    let mut run = Run::new(model);
    schedule.0.iter().take(at).all(|it| run.take(*it));
    census::places(model, &run.state).collect()
}

/// Pulls the path of a schedule through a cell: it stays as it was as far as it can, comes there, and goes on as it
/// did as far as that is possible. `way` is some schedule to that cell, for where there is none nearby. `None`: no
/// schedule of all that was tried stands there.
#[must_use]
pub fn pull(
    model: &Model,
    axes: &Axes,
    schedule: &Schedule,
    held: Held,
    to: (usize, usize),
    way: Option<&Schedule>,
) -> Option<Pulled> {
    let before = kept(model, axes, schedule, held, to);
    let near =
        Search { model, axes, to, across_first: across_first(schedule, held, axes), all: false };
    let found = near.from(&before).or_else(|| Search { all: true, ..near }.from(&before));
    let mut run = match found {
        Some(run) => run,
        None => {
            let mut run = Run::new(model);
            way?.0.iter().all(|it| run.take(*it));
            (run.cell(axes) == to).then_some(run)?
        }
    };
    let at = run.turns.len();
    run.go_on(axes, schedule, held);
    Some(Pulled { schedule: Schedule(run.turns), at })
}

/// Whether a way to the cell goes to the right first.
fn across_first(schedule: &Schedule, held: Held, axes: &Axes) -> bool {
    match held {
        // A corner stays a corner of its kind: it is reached as it was.
        Held::Corner { from_left, .. } => !from_left,
        Held::Path => schedule.0.first().is_some_and(|it| axes.across.has(it.actor.index())),
    }
}

/// The part of the schedule that stays as it is.
fn kept<'a>(
    model: &'a Model,
    axes: &Axes,
    schedule: &Schedule,
    held: Held,
    to: (usize, usize),
) -> Run<'a> {
    let (points, _) = points(model, axes, schedule);
    // The leg that leads to a corner is pulled along with it.
    let most = match held {
        Held::Path => points.len(),
        Held::Corner { at, from_left } => {
            let corner = points.get(at).copied().unwrap_or_default();
            let same = |it: &&(usize, usize)| {
                if from_left { it.1 == corner.1 } else { it.0 == corner.0 }
            };
            (at + 1) - points.iter().take(at + 1).rev().take_while(same).count()
        }
    };
    let fits = |it: &&(usize, usize)| it.0 <= to.0 && it.1 <= to.1;
    let keep = points.iter().take_while(fits).count().saturating_sub(1).min(most);
    let mut run = Run::new(model);
    schedule.0.iter().take(keep).all(|it| run.take(*it));
    run
}

/// A run that goes on.
#[derive(Clone)]
struct Run<'a> {
    model: &'a Model,
    state: Vec<u64>,
    turns: Vec<Turn>,
    broken: bool,
}

impl<'a> Run<'a> {
    fn new(model: &'a Model) -> Self {
        Self { model, state: state::initial(model), turns: Vec::new(), broken: false }
    }

    fn cell(&self, axes: &Axes) -> (usize, usize) {
        let at: Vec<u16> = census::places(self.model, &self.state).collect();
        (axes.across.place(&at), axes.down.place(&at))
    }

    fn is_over(&self) -> bool {
        self.broken || state::ending(self.model, &self.state).is_some()
    }

    fn outcomes(&self, actor: ActorId) -> Vec<u8> {
        let step = state::next_step(self.model, &self.state, actor);
        step.map_or_else(Vec::new, |it| state::enabled(self.model, &self.state, it).collect())
    }

    /// Takes a turn; whether it could.
    fn take(&mut self, turn: Turn) -> bool {
        if self.is_over() || turn.actor.index() >= self.model.actors.len() {
            return false;
        }
        let Some(step) = state::next_step(self.model, &self.state, turn.actor) else {
            return false;
        };
        let outcome = usize::from(turn.outcome);
        match state::execute(self.model, &mut self.state, step, outcome, &mut ()) {
            Attempt::NotEnabled => return false,
            Attempt::Done => {}
            Attempt::Broken(_) => self.broken = true,
        }
        self.turns.push(turn);
        true
    }

    /// Takes the turns of the schedule that are left, in its order as far as that is possible: of a corner, the leg
    /// behind it first.
    fn go_on(&mut self, axes: &Axes, schedule: &Schedule, held: Held) {
        let mut had = vec![0usize; self.model.actors.len()];
        for it in &self.turns {
            had[it.actor.index()] += 1;
        }
        let mut left: Vec<Turn> = Vec::new();
        let mut first: Vec<Turn> = Vec::new();
        let mut in_leg = true;
        for (number, turn) in schedule.0.iter().enumerate() {
            let Some(had) = had.get_mut(turn.actor.index()) else { continue };
            let behind = match held {
                Held::Corner { at, from_left } if number >= at => {
                    let actor = turn.actor.index();
                    let along = if from_left { &axes.down } else { &axes.across };
                    let other = if from_left { &axes.across } else { &axes.down };
                    in_leg &= !other.has(actor);
                    in_leg && along.has(actor)
                }
                _ => false,
            };
            if *had > 0 {
                *had -= 1;
            } else if behind {
                first.push(*turn);
            } else {
                left.push(*turn);
            }
        }
        first.append(&mut left);
        while let Some(next) = first.iter().position(|it| self.follow(*it)) {
            first.remove(next);
        }
    }

    /// Takes a turn, or its actor's turn with another outcome where that one is impossible now.
    fn follow(&mut self, turn: Turn) -> bool {
        self.take(turn)
            || (self.outcomes(turn.actor).first().copied())
                .is_some_and(|outcome| self.take(Turn { outcome, ..turn }))
    }
}

/// A search for a cell, without passing it.
#[derive(Clone, Copy)]
struct Search<'a> {
    model: &'a Model,
    axes: &'a Axes,
    to: (usize, usize),
    across_first: bool,
    /// Whether those may move as well who stand on no axis.
    all: bool,
}

impl Search<'_> {
    fn from<'r>(&self, start: &Run<'r>) -> Option<Run<'r>> {
        let mut actors: Vec<usize> = (0..self.model.actors.len()).collect();
        let rank = |it: &usize| match (self.axes.across.has(*it), self.axes.down.has(*it)) {
            (true, _) => usize::from(!self.across_first),
            (_, true) => usize::from(self.across_first),
            _ => 2,
        };
        actors.retain(|it| self.all || rank(it) < 2);
        actors.sort_by_key(rank);
        let mut seen = BTreeSet::from([start.state.clone()]);
        let mut stack = vec![start.clone()];
        while let Some(run) = stack.pop() {
            if run.cell(self.axes) == self.to {
                return Some(run);
            }
            // What is tried last is looked at first.
            for &actor in actors.iter().rev() {
                let actor = ActorId(actor as u8);
                for outcome in run.outcomes(actor).into_iter().rev() {
                    let mut next = run.clone();
                    if !next.take(Turn { actor, outcome }) || next.broken {
                        continue;
                    }
                    let (x, y) = next.cell(self.axes);
                    if x <= self.to.0 && y <= self.to.1 && seen.insert(next.state.clone()) {
                        stack.push(next);
                    }
                }
            }
            if seen.len() > MOST_STATES {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
