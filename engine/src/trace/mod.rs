//! Replaying a schedule: what each step did, and where everybody stands before and after it. Imports ids, model, state and schedules, never a search or a view.

mod blocked;

pub use blocked::{Awaited, awaited};

use crate::ids::{ActorId, CellId, StepId};
use crate::model::Model;
use crate::schedule::{Schedule, Turn};
use crate::state::{self, Attempt, Broken, Ending, Record};

/// A run, from its schedule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// Where the run begins.
    pub initial: Position,
    /// The steps that were possible, in order.
    pub steps: Vec<Taken>,
    /// Why the schedule could not be followed to its end, if it could not.
    pub stopped: Option<Impossible>,
}

/// A step of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Who moved, and how its step went.
    pub turn: Turn,
    /// Which step it was.
    pub step: StepId,
    /// What it read, wrote, accessed and said.
    pub record: Record,
    /// What it broke, if it did; what it did before that is kept.
    pub broken: Option<Broken>,
    /// Where everything stands after it.
    pub after: Position,
}

/// Where everything stands between two steps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// The packed state.
    pub state: Vec<u64>,
    /// Each actor, in order.
    pub actors: Vec<Standing>,
    /// How the run has ended here, if it has.
    pub ending: Option<Ending>,
}

/// What an actor may do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It can take its step, with any of these outcomes (counted from 0).
    CanMove {
        /// Its next step.
        step: StepId,
        /// Never empty.
        outcomes: Vec<u8>,
    },
    /// It waits before its step.
    Waits {
        /// Its next step.
        step: StepId,
        /// For whom, as far as its guard tells; never itself.
        on: Vec<ActorId>,
    },
    /// It has finished.
    Finished,
    /// The run is over while it stands before this step, which it may or may not have been able to
    /// take.
    Over {
        /// The step that it will not take.
        step: StepId,
    },
}

/// A turn that cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Impossible {
    /// The turn's index in the schedule, which is the number of steps that are possible.
    pub index: usize,
    /// The turn.
    pub turn: Turn,
    /// Why not.
    pub why: Why,
}

/// Why a turn cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// The model has no such actor.
    NoSuchActor,
    /// The run is over.
    RunIsOver(Ending),
    /// The actor has finished.
    Finished,
    /// The actor waits.
    Waits {
        /// Before this step.
        step: StepId,
        /// For whom, as in [`Standing::Waits`].
        on: Vec<ActorId>,
    },
    /// Its step does not have so many outcomes.
    NoSuchOutcome {
        /// Its step.
        step: StepId,
        /// How many outcomes that has.
        outcomes: usize,
    },
    /// Its step can be taken, but not with this outcome.
    OutcomeNotEnabled {
        /// Its step.
        step: StepId,
        /// The outcomes, counted from 0, that it can have.
        enabled: Vec<u8>,
    },
}

impl Trace {
    /// Replays a schedule as far as it is possible.
    #[must_use]
    pub fn replay(model: &Model, schedule: &Schedule) -> Self {
        let mut run = Run::new(model);
        schedule.0.iter().all(|it| run.take(*it));
        run.trace
    }

    /// Where everything stands after `at` steps; `None` past the end.
    #[must_use]
    pub fn position(&self, at: usize) -> Option<&Position> {
        match at.checked_sub(1) {
            None => Some(&self.initial),
            Some(index) => self.steps.get(index).map(|it| &it.after),
        }
    }

    /// Where everything stands at the end of what was possible.
    #[must_use]
    pub fn last(&self) -> &Position {
        self.steps.last().map_or(&self.initial, |it| &it.after)
    }

    /// The part of the schedule that is possible.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        Schedule(self.steps.iter().map(|it| it.turn).collect())
    }
}

/// A run under way: a trace that grows turn by turn.
#[derive(Debug)]
pub struct Run<'a> {
    model: &'a Model,
    awaited: Awaited,
    trace: Trace,
}

impl<'a> Run<'a> {
    /// Before the first step.
    #[must_use]
    pub fn new(model: &'a Model) -> Self {
        let awaited = Awaited::new(model);
        let initial = Position::of(model, &awaited, state::initial(model), None);
        Self { model, awaited, trace: Trace { initial, steps: Vec::new(), stopped: None } }
    }

    /// Takes a turn, and tells whether that was possible. One that was not is remembered as what
    /// stopped the trace, until another one is possible.
    pub fn take(&mut self, turn: Turn) -> bool {
        match take(self.model, &self.awaited, self.trace.last(), turn) {
            Ok(taken) => {
                self.trace.steps.push(taken);
                self.trace.stopped = None;
            }
            Err(why) => {
                let index = self.trace.steps.len();
                self.trace.stopped = Some(Impossible { index, turn, why });
            }
        }
        self.trace.stopped.is_none()
    }

    /// What has been taken so far.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.trace
    }
}

impl Position {
    /// The value of a cell.
    ///
    /// # Panics
    /// When the cell is not of this model, or the position of another one.
    #[must_use]
    pub fn read(&self, model: &Model, cell: CellId) -> i32 {
        state::read(model, &self.state, cell)
    }

    /// Where everything stands in a state, into which a step came that broke something or none did.
    fn of(model: &Model, awaited: &Awaited, state: Vec<u64>, broken: Option<Broken>) -> Self {
        let violated = broken.map(|it| Ending::Violated(it.violation));
        let ending = violated.or_else(|| state::ending(model, &state));
        // In a deadlock or a held-off end nobody can move: who waits, and for whom, is the point.
        let over = matches!(ending, Some(Ending::Complete | Ending::Violated(_)));
        let actors = (0..model.actors.len()).map(|actor| {
            let actor = ActorId(actor as u8);
            let Some(step) = state::next_step(model, &state, actor) else {
                return Standing::Finished;
            };
            if over {
                return Standing::Over { step };
            }
            let outcomes: Vec<u8> = state::enabled(model, &state, step).collect();
            if outcomes.is_empty() {
                Standing::Waits { step, on: awaited.by(model, &state, step) }
            } else {
                Standing::CanMove { step, outcomes }
            }
        });
        let actors = actors.collect();
        Self { state, actors, ending }
    }
}

fn take(model: &Model, awaited: &Awaited, from: &Position, turn: Turn) -> Result<Taken, Why> {
    let standing = from.actors.get(turn.actor.index()).ok_or(Why::NoSuchActor)?;
    if let Some(ending) = from.ending {
        return Err(Why::RunIsOver(ending));
    }
    let (step, enabled) = match standing.clone() {
        Standing::Finished | Standing::Over { .. } => return Err(Why::Finished),
        Standing::Waits { step, on } => return Err(Why::Waits { step, on }),
        Standing::CanMove { step, outcomes } => (step, outcomes),
    };
    let outcomes = model.steps[step.index()].outcomes.len();
    let outcome = usize::from(turn.outcome);
    if outcome >= outcomes {
        return Err(Why::NoSuchOutcome { step, outcomes });
    }
    let mut state = from.state.clone();
    let mut record = Record::default();
    let broken = match state::execute(model, &mut state, step, outcome, &mut record) {
        Attempt::NotEnabled => return Err(Why::OutcomeNotEnabled { step, enabled }),
        Attempt::Done => None,
        Attempt::Broken(broken) => Some(broken),
    };
    let after = Position::of(model, awaited, state, broken);
    Ok(Taken { turn, step, record, broken, after })
}
