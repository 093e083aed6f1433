//! Witnesses: a shortest schedule, exactly where one exists.

use proptest::prelude::*;
use racewalk_engine::explain::{Happening, find};
use racewalk_engine::explore::Limits;
use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::model::Model;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::{self, Ending};
use racewalk_engine::trace::Trace;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Known, runs, schedule};
use crate::{build, random, samples};

/// With how many of its steps a schedule has had all that is wanted; one step is one of them, and may be the
/// end as well.
fn has(model: &Model, schedule: &Schedule, wanted: &[Happening]) -> Option<usize> {
    let trace = Trace::replay(model, schedule);
    let mut happened = 0;
    for at in 0..=trace.steps.len() {
        let position = trace.position(at).expect("a position");
        if let Some(taken) = at.checked_sub(1).map(|it| &trace.steps[it])
            && let Some(&Happening::Takes { step, outcome, to }) = wanted.get(happened)
        {
            let actor = &model.actors[taken.turn.actor.index()];
            let stands = state::read(model, &position.state, actor.position);
            let there = to.is_none_or(|it| taken.broken.is_none() && i32::from(it) == stands);
            let so = outcome.is_none_or(|it| it == taken.turn.outcome);
            happened += usize::from(step == taken.step && so && there);
        }
        if let Some(Happening::Ends(ending)) = wanted.get(happened) {
            happened += usize::from(position.ending == Some(*ending));
        }
        if happened == wanted.len() {
            return Some(at);
        }
    }
    None
}

fn agrees(race: &build::Race, wanted: &[Happening]) {
    let known = Known::of(race);
    let Known { model, graph, transitions, .. } = &known;
    let all = runs(race);
    let shortest = all.iter().filter_map(|it| has(model, &schedule(&it.0), wanted)).min();
    let found = find(model, graph, transitions, wanted).expect("a whole graph");
    assert_eq!(found.as_ref().map(Schedule::len), shortest);
    if let Some(found) = found {
        assert_eq!(has(model, &found, wanted), Some(found.len()));
    }
    // In a part of the graph one is found, or it is not said that there is none.
    let part = Known::new(race.model(), Limits { max_states: 7, ..Limits::default() });
    if let Ok(found) = find(&part.model, &part.graph, &part.transitions, wanted) {
        assert_eq!(found.is_some(), shortest.is_some());
    }
}

/// Up to three lines, some with an outcome or the line that they lead to, and perhaps an end.
fn wanted() -> impl Strategy<Value = Vec<(u16, Option<u8>, Option<u16>)>> {
    let outcome = prop::option::weighted(0.3, 0..2u8);
    let to = prop::option::weighted(0.3, 0..4u16);
    prop::collection::vec((0..8u16, outcome, to), 0..3)
}

fn ends() -> impl Strategy<Value = Option<Ending>> {
    let kind = (0..5u8).prop_map(|it| Ending::Violated(racewalk_engine::ids::ViolationId(it)));
    let end = prop_oneof![
        3 => kind,
        1 => Just(Ending::Complete),
        1 => Just(Ending::Deadlock),
        1 => Just(Ending::HeldOff),
    ];
    prop::option::of(end)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_witness_is_shortest_or_there_is_none(
        race in random::race(false), wanted in wanted(), end in ends()
    ) {
        let steps = race.lanes.iter().map(|it| it.lines.len() as u16).sum::<u16>();
        let takes = |(step, outcome, to): (u16, Option<u8>, Option<u16>)| {
            Happening::Takes { step: StepId(step % steps), outcome, to }
        };
        let mut all: Vec<Happening> = wanted.into_iter().map(takes).collect();
        all.extend(end.map(Happening::Ends));
        agrees(&race, &all);
    }
}

#[test]
fn nothing_wanted_is_had_at_once() {
    let known = Known::of(&samples::two_locks());
    let found = find(&known.model, &known.graph, &known.transitions, &[]).expect("whole");
    assert_eq!(found, Some(Schedule::default()));
    let first = known.model.actors[ActorId(1).index()].steps.start;
    let wanted = [
        Happening::Takes { step: StepId(first), outcome: None, to: None },
        Happening::Ends(Ending::Deadlock),
    ];
    let found = find(&known.model, &known.graph, &known.transitions, &wanted).expect("whole");
    assert_eq!(found.map(|it| it.len()), Some(2));
}
