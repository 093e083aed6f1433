//! A compiled race as a model of Stateright's, and its search. Imports the engine's model and interpreter, never its search.

use std::sync::Arc;
use std::time::Instant;

use racewalk_engine::explore::Graph;
use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::model::Model;
use racewalk_engine::state::{self, Attempt};
use stateright::{Checker, Model as Checked, Property};

/// A race of so many words; Stateright keeps the model itself.
#[derive(Clone)]
struct Adapter<const WORDS: usize>(Arc<Model>);

/// An outcome of a step, which may turn out not to be enabled.
type Way = (StepId, u8);

impl<const WORDS: usize> Checked for Adapter<WORDS> {
    type State = [u64; WORDS];
    type Action = Way;

    fn init_states(&self) -> Vec<Self::State> {
        let words = state::initial(&self.0);
        vec![std::array::from_fn(|at| words[at])]
    }

    fn actions(&self, state: &Self::State, ways: &mut Vec<Way>) {
        if state::is_complete(&self.0, state) {
            return;
        }
        for actor in (0..self.0.actors.len()).map(|it| ActorId(it as u8)) {
            if let Some(step) = state::next_step(&self.0, state, actor) {
                let outcomes = self.0.steps[step.index()].outcomes.len();
                ways.extend((0..outcomes).map(|it| (step, it as u8)));
            }
        }
    }

    fn next_state(&self, last: &Self::State, (step, outcome): Way) -> Option<Self::State> {
        let mut next = *last;
        match state::execute(&self.0, &mut next, step, usize::from(outcome), &mut ()) {
            Attempt::Done => Some(next),
            // What breaks ends the run, in no state of its own.
            Attempt::NotEnabled | Attempt::Broken(_) => None,
        }
    }

    fn properties(&self) -> Vec<Property<Self>> {
        // Without one that always holds it would look at no state.
        vec![Property::always("everything is looked at", |_, _| true)]
    }
}

/// What Stateright's search came to.
pub(crate) struct Outcome {
    pub(crate) states: usize,
    /// Transitions that break nothing.
    pub(crate) unbroken: usize,
    pub(crate) seconds: f64,
}

/// Searches breadth first, in one thread.
pub(crate) fn search(model: &Arc<Model>) -> Result<Outcome, String> {
    by_words(model, || search_words::<1>(model), || search_words::<2>(model))
}

/// Takes every step of every state once as [`search`] does, but looks nothing up; million states per second.
pub(crate) fn stepping(model: &Arc<Model>, graph: &Graph) -> Result<f64, String> {
    by_words(model, || step_words::<1>(model, graph), || step_words::<2>(model, graph))
}

fn by_words<T>(
    model: &Model,
    one: impl FnOnce() -> T,
    two: impl FnOnce() -> T,
) -> Result<T, String> {
    match model.words {
        1 => Ok(one()),
        2 => Ok(two()),
        words => Err(format!("a state of {words} words: the adapter knows one and two")),
    }
}

fn search_words<const WORDS: usize>(model: &Arc<Model>) -> Outcome {
    let adapter = Adapter::<WORDS>(Arc::clone(model));
    let begun = Instant::now();
    let checker = adapter.checker().threads(1).spawn_bfs().join();
    let seconds = begun.elapsed().as_secs_f64();
    // The first state is generated, too, by no transition.
    let unbroken = checker.state_count() - 1;
    Outcome { states: checker.unique_state_count(), unbroken, seconds }
}

fn step_words<const WORDS: usize>(model: &Arc<Model>, graph: &Graph) -> f64 {
    let adapter = Adapter::<WORDS>(Arc::clone(model));
    let mut ways = Vec::new();
    let begun = Instant::now();
    for number in 0..graph.states() as u32 {
        let state: [u64; WORDS] = std::array::from_fn(|at| graph.state(number)[at]);
        adapter.actions(&state, &mut ways);
        for way in ways.drain(..) {
            std::hint::black_box(adapter.next_state(&state, way));
        }
    }
    graph.states() as f64 / begun.elapsed().as_secs_f64() / 1e6
}
