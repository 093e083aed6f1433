//! What the graph knows, against a naive oracle that walks every schedule. Imports the test races and the engine.

mod asked;
mod fates;
mod nearest;
mod placements;
mod protections;
mod window;
mod witness;

use racewalk_engine::explain::{Counts, Course, Fates, Transitions};
use racewalk_engine::explore::{Graph, Limits, explore};
use racewalk_engine::ids::{StepId, ViolationId};
use racewalk_engine::model::Model;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;

use crate::build::{self, step_of};
use crate::oracle::{self, Over, Stepped};

/// A race, explored and explained, beside every one of its schedules.
struct Known {
    model: Model,
    graph: Graph,
    transitions: Transitions,
    fates: Fates,
    counts: Option<Counts>,
}

impl Known {
    fn new(model: Model, limits: Limits) -> Self {
        let graph = explore(&model, limits);
        let transitions = Transitions::new(&model, &graph).expect("a small graph");
        let fates = Fates::new(&transitions);
        let counts = Counts::new(&transitions);
        Self { model, graph, transitions, fates, counts }
    }

    fn of(race: &build::Race) -> Self {
        Self::new(race.model(), Limits::default())
    }

    fn course(&self, schedule: &Schedule) -> Course {
        Course::new(&self.transitions, &self.fates, self.counts.as_ref(), schedule)
    }
}

/// Every schedule of a race without loops.
fn runs(race: &build::Race) -> Vec<(Vec<Stepped>, Over)> {
    oracle::each_schedule(race, usize::MAX, usize::MAX)
}

fn ending(over: &Over) -> Ending {
    match over {
        Over::Complete => Ending::Complete,
        Over::Violated(kind) => Ending::Violated(ViolationId(*kind)),
        Over::Deadlock(_) => Ending::Deadlock,
        Over::HeldOff(_) => Ending::HeldOff,
    }
}

/// The lines of the step table that a schedule takes.
fn lines(model: &Model, steps: &[Stepped]) -> Vec<StepId> {
    steps.iter().map(|(turn, line)| step_of(model, turn.actor.0, *line)).collect()
}

fn fails(over: &Over) -> bool {
    matches!(over, Over::Violated(_) | Over::Deadlock(_))
}

fn schedule(steps: &[Stepped]) -> Schedule {
    Schedule(steps.iter().map(|it| it.0).collect())
}
