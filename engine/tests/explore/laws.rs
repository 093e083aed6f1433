//! The search against the naive oracle, on random races. Imports the oracle, the random races and the engine.

use std::collections::BTreeMap;

use proptest::prelude::*;
use racewalk_engine::explore::{Answer, Limits, Target, Verdict, answer, explore};
use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::{self, Attempt, Ending, Record};
use racewalk_engine::trace::{Standing, Trace};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::build::{self, step_of};
use crate::oracle::{self, Over};
use crate::random;

/// The answer's ends in the oracle's words.
pub(crate) fn ends(model: &Model, answer: &Answer) -> BTreeMap<Over, Schedule> {
    let line = |it: &(ActorId, StepId)| (it.0.0, it.1.0 - model.actors[it.0.index()].steps.start);
    let lines = |it: &[(ActorId, StepId)]| it.iter().map(line).collect::<Vec<_>>();
    let mut ends = BTreeMap::new();
    for it in &answer.violations {
        ends.insert(Over::Violated(it.violation.0), it.schedule.clone());
    }
    for it in &answer.deadlocks {
        ends.insert(Over::Deadlock(lines(&it.waiting)), it.schedule.clone());
    }
    for it in &answer.held_off {
        ends.insert(Over::HeldOff(lines(&it.waiting)), it.schedule.clone());
    }
    ends
}

fn verdict(ends: &BTreeMap<Over, Schedule>) -> Verdict {
    let bad = ends.keys().any(|it| matches!(it, Over::Violated(_) | Over::Deadlock(_)));
    if bad { Verdict::Violated } else { Verdict::Safe }
}

/// States, transitions, verdict, kinds of ends, their shortest lengths; and that each schedule replays
/// to the end that it is said to have.
fn agrees_on_states(race: &build::Race) -> Answer {
    let model = race.model();
    let answer = answer(&model, &explore(&model, Limits::default()));
    let ends = ends(&model, &answer);
    let found = oracle::States {
        states: answer.states,
        transitions: answer.transitions,
        lengths: ends.iter().map(|it| (it.0.clone(), it.1.len())).collect(),
    };
    assert_eq!(found, oracle::states(race));
    assert_eq!(answer.verdict, verdict(&ends));
    for (over, schedule) in &ends {
        replays(&model, schedule, over);
    }
    answer
}

pub(crate) fn replays(model: &Model, schedule: &Schedule, over: &Over) {
    let trace = Trace::replay(model, schedule);
    assert_eq!(trace.stopped, None);
    assert_eq!(trace.schedule(), *schedule);
    let last = trace.last();
    let (ending, waiting) = match over {
        Over::Complete => (Ending::Complete, None),
        Over::Violated(kind) => (Ending::Violated(racewalk_engine::ids::ViolationId(*kind)), None),
        Over::Deadlock(waiting) => (Ending::Deadlock, Some(waiting)),
        Over::HeldOff(waiting) => (Ending::HeldOff, Some(waiting)),
    };
    assert_eq!(last.ending, Some(ending));
    for (actor, line) in waiting.into_iter().flatten() {
        let Standing::Waits { step, on } = &last.actors[usize::from(*actor)] else {
            panic!("{actor} does not wait");
        };
        assert_eq!(*step, step_of(model, *actor, *line));
        assert!(!on.contains(&ActorId(*actor)));
    }
    // Nothing is over before its end.
    for at in 0..schedule.len() {
        assert_eq!(trace.position(at).and_then(|it| it.ending), None);
    }
    assert_eq!(Schedule::parse(&schedule.code(model), model).as_ref(), Ok(schedule));
}

/// Every schedule that is shown of a race of the library replays to its end, under every preset.
#[test]
fn the_librarys_schedules_replay() {
    for it in library::races() {
        let race = Race::load(it.text).expect("a race of the library");
        let presets = race.presets.iter().map(|preset| race.preset(preset));
        for settings in presets.chain([race.settings()]) {
            let model = race.compile(&settings).expect("a race of the library");
            let answer = answer(&model, &explore(&model, Limits::default()));
            let ends = ends(&model, &answer);
            assert_eq!(answer.verdict, verdict(&ends));
            ends.iter().for_each(|(over, schedule)| replays(&model, schedule, over));
        }
    }
}

/// The number of schedules, and each end's best one, tie-breaks included.
fn agrees_on_schedules(race: &build::Race) {
    let answer = agrees_on_states(race);
    let walked = oracle::schedules(race);
    assert_eq!(answer.schedules, Some(u128::from(walked.all).into()));
    assert_eq!(answer.bad_schedules, Some(u128::from(walked.bad).into()));
    let mut best = walked.best;
    best.remove(&Over::Complete);
    let found = ends(&race.model(), &answer);
    let found: BTreeMap<_, _> =
        found.into_iter().map(|(over, it)| (over, (it.len(), it.switches(), it.0))).collect();
    assert_eq!(found, best);
}

/// What a step touches in any state is within what it may touch; and the graph's transitions are what
/// executing them gives.
fn footprints_hold(race: &build::Race) {
    let model = race.model();
    let graph = explore(&model, Limits { max_states: 300, ..Limits::default() });
    for number in 0..graph.expanded() as u32 {
        for edge in graph.edges(number) {
            let mut words = graph.state(number).to_vec();
            let step = state::next_step(&model, &words, edge.turn.actor).expect("it has moved");
            let mut record = Record::default();
            let outcome = usize::from(edge.turn.outcome);
            match state::execute(&model, &mut words, step, outcome, &mut record) {
                Attempt::Done => {
                    let Target::State(next) = edge.target else { panic!("it broke something") };
                    assert_eq!(graph.state(next), words);
                    assert!(graph.depth(next) <= graph.depth(number) + 1);
                }
                Attempt::Broken(broken) => {
                    assert_eq!(edge.target, Target::Violation(broken.violation));
                }
                Attempt::NotEnabled => panic!("it was not enabled"),
            }
            let may = state::may_touch(&model, step);
            assert!(record.reads.iter().all(|&it| may.reads.contains(it)));
            assert!(record.writes.iter().all(|it| may.writes.contains(it.cell)));
            assert!(record.touches.iter().all(|it| may.touches.contains(it)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn schedules_are_the_oracles(race in random::race(false)) {
        agrees_on_schedules(&race);
    }

    #[test]
    fn loops_are_the_oracles(race in random::race(true)) {
        agrees_on_states(&race);
    }

    #[test]
    fn exact_footprints_are_possible_ones(race in random::race(true)) {
        footprints_hold(&race);
    }
}

/// A state may take several words, or part of one.
#[test]
fn packing_makes_no_difference() {
    for word_bits in [4, 7, 64] {
        let race = build::Race { word_bits, ..crate::samples::peterson(false) };
        agrees_on_schedules(&race);
    }
}
