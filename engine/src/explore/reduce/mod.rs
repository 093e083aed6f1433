//! The reduced search: fewer states, the same answer, without the counts. Imports model, state, schedules and the search's parts, never a text, a view or a race.
//!
//! **What may be left out.** In a state, a set of actors is *closed* if nobody outside it can, from where it
//! stands, ever take a step that conflicts with the next step of one inside (or, where that step cannot be taken
//! now, may release it). If one of a closed set can move, then every run from here either takes one of the set's
//! next steps at some time, which can as well be taken now, for whatever comes before it neither sees it nor is
//! seen by it; or takes none of them, and then any of them can be taken first without a difference to the run.
//! So only the steps of one closed set are taken: persistent sets (Godefroid, Partial-Order Methods for the
//! Verification of Concurrent Systems, LNCS 1032, 1996), chosen by what each lane may still do. It is closed
//! under what keeps a step waiting as stubborn sets are (Valmari, Stubborn sets for reduced state space
//! generation, 1991).
//!
//! - A run that ends with somebody waiting takes one of the set's steps, or that step could still be taken at its
//!   end. So every such end is found, and as soon as in the whole graph.
//! - A run that breaks a property may take none of them, if none of its steps conflicts with them. It is found
//!   behind one of them, unless it is put off for ever, or that step itself breaks something and ends the run. So
//!   a set is only enough if one of its steps leads to a state that is new or has not been looked at yet
//!   (Bošnački, Leue and Lafuente, Partial-order reduction for general state exploring algorithms, SPIN 2006);
//!   where no lane goes back, if one of them breaks nothing.
//! - Whoever finishes last ends the run for the environment. So a step that may finish conflicts with whatever of
//!   the environment may still break something.
//!
//! **Shortest schedules.** A run that breaks a property is thus found, but perhaps behind steps that it does not
//! need. So where something breaks, a second search looks only for these kinds: everybody who may still break
//! one of them is in the closed set. Then every such run takes one of the set's steps, and none comes first that
//! the run does not take itself: the lengths are those of the whole graph. It ends with the depth at which the
//! last kind is found.
//!
//! **Symmetry.** Instances of one actor are exchanged freely where renaming them gives the very same model, which
//! is checked line by line. A state stands for all its renamings (Ip and Dill, Better verification through
//! symmetry, FMSD 9, 1996); a renaming is a run of the same length with the same end.

mod effects;
mod needs;
mod symmetry;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, End, Found, Limits, Verdict};
use crate::ids::{ActorId, StepId, ViolationId};
use crate::model::Model;
use crate::schedule::{Schedule, Turn};
use crate::state::{self, Attempt, Ending};
use walk::{Aim, Ground, Walk};

/// What a reduced search says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reduced {
    /// The answer. Its states and transitions are those that were looked at to find the verdict; schedules are
    /// not counted. A schedule is a shortest one of its end, but of several no particular one.
    pub answer: Answer,
    /// Whether the schedules of violations are as short as any. Where a limit stopped the search for them they
    /// may be longer than need be.
    pub shortest: bool,
    /// The states that were looked at for the shortest schedules, if something breaks.
    pub more_states: usize,
}

/// Searches a model with what can be left out left out: the verdict, the kinds of violation, the ends and the
/// shortest lengths are those of [`super::explore`] and [`super::answer`].
#[must_use]
pub fn reduced(model: &Model, limits: Limits) -> Reduced {
    let ground = Ground::new(model);
    let walk = Walk::new(&ground, Aim::Kinds, limits);
    let mut answer = Answer {
        verdict: Verdict::Safe,
        violations: violations(&ground, &walk),
        deadlocks: Vec::new(),
        held_off: Vec::new(),
        states: walk.table.len(),
        transitions: walk.transitions,
        schedules: None,
        bad_schedules: None,
        stopped: walk.stopped,
    };
    let ends = ends(&ground, &walk);
    for ((ending, waiting), schedule) in ends {
        let list =
            if ending == Ending::Deadlock { &mut answer.deadlocks } else { &mut answer.held_off };
        let at = list.partition_point(|it: &End| it.schedule.len() <= schedule.len());
        list.insert(at, End { waiting, schedule });
    }
    answer.verdict = match answer.stopped {
        Some(_) => Verdict::Incomplete,
        None if answer.violations.is_empty() && answer.deadlocks.is_empty() => Verdict::Safe,
        None => Verdict::Violated,
    };
    if answer.violations.is_empty() {
        return Reduced { answer, shortest: true, more_states: 0 };
    }
    if answer.stopped.is_some() {
        return Reduced { answer, shortest: false, more_states: 0 };
    }
    let kinds: Vec<bool> = walk.violated.iter().map(Option::is_some).collect();
    drop(walk);
    let walk = Walk::new(&ground, Aim::Shortest(&kinds), limits);
    let shortest = walk.stopped.is_none();
    if shortest {
        answer.violations = violations(&ground, &walk);
    }
    Reduced { answer, shortest, more_states: walk.table.len() }
}

/// A schedule for each kind of violation found, by its length, then by order of declaration.
fn violations(ground: &Ground<'_>, walk: &Walk) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (kind, state) in walk.violated.iter().enumerate() {
        let Some(state) = *state else { continue };
        let violation = ViolationId(kind as u8);
        let (mut schedule, words) = run_to(ground, walk, state);
        let last = schedule.0.last().map(|it| it.actor);
        let breaks = |it: &Attempt| matches!(it, Attempt::Broken(it) if it.violation == violation);
        schedule.0.extend(step(ground.model, &words, last, |it, _| breaks(it)).map(|it| it.0));
        let at = all.partition_point(|it| it.schedule.len() <= schedule.len());
        all.insert(at, Found { violation, schedule });
    }
    all
}

/// Who waits, and where.
type Waiting = Vec<(ActorId, StepId)>;

/// A shortest schedule to each end in which somebody waits, under every renaming.
fn ends(ground: &Ground<'_>, walk: &Walk) -> BTreeMap<(Ending, Waiting), Schedule> {
    let model = ground.model;
    let mut ends = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let waiting = |words: &[u64]| -> Option<(Ending, Waiting)> {
        let ending = state::ending(model, words)?;
        let standing = state::standing(model, words);
        let all = standing.filter(|it| !model.actors[it.0.index()].environment).collect();
        matches!(ending, Ending::Deadlock | Ending::HeldOff).then_some((ending, all))
    };
    let exchanges = ground.symmetry.exchanges(model.actors.len());
    // They were found in the order of their distance.
    for &state in &walk.stuck {
        let Some(end) = waiting(walk.table.state(state as usize)) else { continue };
        if !seen.insert(end) {
            continue;
        }
        let (schedule, words) = run_to(ground, walk, state);
        let Some((ending, standing)) = waiting(&words) else { continue };
        for exchange in &exchanges {
            let rename = |it: ActorId| ActorId(exchange[it.index()]);
            let first = |it: ActorId| model.actors[it.index()].steps.start;
            let mut waiting: Waiting = standing
                .iter()
                .map(|&(actor, StepId(step))| {
                    let there = rename(actor);
                    (there, StepId(step - first(actor) + first(there)))
                })
                .collect();
            waiting.sort_unstable();
            ends.entry((ending, waiting)).or_insert_with(|| {
                let turn = |it: &Turn| Turn { actor: rename(it.actor), ..*it };
                Schedule(schedule.0.iter().map(turn).collect())
            });
        }
    }
    ends
}

/// A run through the states that lead to this one, or through renamings of them, and the state that it ends in.
fn run_to(ground: &Ground<'_>, walk: &Walk, state: u32) -> (Schedule, Vec<u64>) {
    let model = ground.model;
    let mut words = state::initial(model);
    let mut turns: Vec<Turn> = Vec::new();
    for &next in walk.way_to(state).iter().skip(1) {
        let last = turns.last().map(|it| it.actor);
        let leads_there = |attempt: &Attempt, words: &[u64]| {
            let mut normal = words.to_vec();
            ground.symmetry.normalise(&mut normal);
            *attempt == Attempt::Done && normal == walk.table.state(next as usize)
        };
        let Some((turn, there)) = step(model, &words, last, leads_there) else { break };
        turns.push(turn);
        words = there;
    }
    (Schedule(turns), words)
}

/// The first step that does something, by the actor that moved last if one of its steps does.
fn step(
    model: &Model,
    words: &[u64],
    last: Option<ActorId>,
    does: impl Fn(&Attempt, &[u64]) -> bool,
) -> Option<(Turn, Vec<u64>)> {
    let first = state::standing(model, words).filter(|it| Some(it.0) == last);
    for (actor, step) in first.chain(state::standing(model, words)) {
        for outcome in 0..model.steps[step.index()].outcomes.len() {
            let mut there = words.to_vec();
            let attempt = state::execute(model, &mut there, step, outcome, &mut ());
            if does(&attempt, &there) {
                return Some((Turn { actor, outcome: outcome as u8 }, there));
            }
        }
    }
    None
}
