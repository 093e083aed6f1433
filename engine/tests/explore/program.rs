//! What the search runs against the interpreter that everything else runs: step for step the same. Imports the random races, the samples and the engine.

use proptest::prelude::*;
use racewalk_engine::explore::{Edge, Limits, Target, explore};
use racewalk_engine::ids::ActorId;
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Turn;
use racewalk_engine::state::{self, Attempt};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{random, samples};

/// What a transition leads to, by the words of the state and not by its number.
#[derive(Clone, PartialEq, Eq, Debug)]
enum To<'a> {
    State(std::borrow::Cow<'a, [u64]>),
    Violation(racewalk_engine::ids::ViolationId),
}

/// What the interpreter says of a state.
fn interpreted(model: &Model, here: &[u64]) -> Vec<(Turn, To<'static>)> {
    let mut all = Vec::new();
    if state::is_complete(model, here) {
        return all;
    }
    for actor in (0..model.actors.len() as u8).map(ActorId) {
        let Some(step) = state::next_step(model, here, actor) else { continue };
        for outcome in 0..model.steps[step.index()].outcomes.len() {
            let mut there = here.to_vec();
            let to = match state::execute(model, &mut there, step, outcome, &mut ()) {
                Attempt::NotEnabled => continue,
                Attempt::Broken(broken) => To::Violation(broken.violation),
                Attempt::Done => To::State(there.into()),
            };
            all.push((Turn { actor, outcome: outcome as u8 }, to));
        }
    }
    all
}

/// Every transition of every state, and that the states are what these lead to, in their order.
#[track_caller]
fn same_steps(model: &Model) {
    let limits = Limits { max_states: 20_000, ..Limits::default() };
    let graph = explore(model, limits);
    let mut next = 1;
    let mut transitions = 0;
    for number in 0..graph.expanded() as u32 {
        let mut found = Vec::new();
        for Edge { turn, target } in graph.edges(number) {
            let to = match target {
                Target::Violation(violation) => To::Violation(violation),
                Target::State(to) => {
                    assert!(to <= next, "numbers are given in the order of discovery");
                    next = next.max(to + 1);
                    To::State(graph.state(to).into())
                }
            };
            found.push((turn, to));
        }
        transitions += found.len();
        assert_eq!(found, interpreted(model, graph.state(number)), "of state {number}");
    }
    assert_eq!(transitions, graph.transitions());
    let mut told = Vec::new();
    graph.each_edge(0..graph.states() as u32, |from, edge| told.push((from, edge)));
    let each = |from| graph.edges(from).map(move |edge| (from, edge));
    assert_eq!(told, (0..graph.states() as u32).flat_map(each).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]
    #[test]
    fn of_random_races(race in prop_oneof![random::race(false), random::race(true)]) {
        same_steps(&race.model());
    }
}

#[test]
fn of_the_samples() {
    for race in [samples::filter(3), samples::philosophers(7), samples::counters(30, 30)] {
        same_steps(&race.model());
    }
}

/// Every knob of every race of the library, turned by itself.
#[test]
fn of_the_library() {
    for it in library::races() {
        let race = Race::load(it.text).expect("a race of the library");
        let presets = race.presets.iter().map(|it| race.preset(it));
        let values = race.knobs.iter().flat_map(|knob| {
            knob.values.iter().map(|value| {
                let mut settings = race.settings();
                settings.set(&race, &knob.name, &value.name).expect("a value of the knob");
                settings
            })
        });
        for settings in presets.chain(values) {
            same_steps(&race.compile(&settings).expect("it compiles"));
        }
    }
}
