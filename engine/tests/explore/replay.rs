//! Replays of possible and impossible schedules, and the codes that they are written in. Imports the samples and the engine.

use proptest::prelude::*;
use racewalk_engine::ids::{ActorId, CellId, StepId};
use racewalk_engine::model::{Binary, Meaning, Model};
use racewalk_engine::schedule::{CodeFault, MAX_TURNS, Schedule, Turn};
use racewalk_engine::state::{Ending, Write};
use racewalk_engine::trace::{Standing, Trace, Why};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::build::{E, Race, S, bin, eq, line, step_of, val, wait};
use crate::{random, samples};

fn parse(model: &Model, code: &str) -> Schedule {
    Schedule::parse(code, model).expect("a code of this model")
}

/// Replays a code and returns the index and the reason of the first impossible turn.
fn stops(race: &Race, code: &str) -> Option<(usize, Why)> {
    let model = race.model();
    let trace = Trace::replay(&model, &parse(&model, code));
    trace.stopped.map(|it| (it.index, it.why))
}

#[test]
fn a_replay_tells_what_happened() {
    let model = samples::two_locks().model();
    let trace = Trace::replay(&model, &parse(&model, "a2b"));
    let record = &trace.steps[1].record;
    assert_eq!(record.reads, [CellId(1)]);
    let moved = Write { cell: CellId(2), old: 1, new: 2 };
    assert_eq!(record.writes, [Write { cell: CellId(1), old: -1, new: 0 }, moved]);
    // b waits at once for a, which holds its first lock.
    let step = StepId(4);
    assert_eq!(trace.last().actors[1], Standing::Waits { step, on: vec![ActorId(0)] });
    let stopped = trace.stopped.expect("b cannot move");
    assert_eq!((stopped.index, stopped.why), (2, Why::Waits { step, on: vec![ActorId(0)] }));
    assert_eq!(trace.steps.len(), 2);
}

#[test]
fn impossible_turns_name_their_reason() {
    let race = samples::pinned(false);
    let model = race.model();
    let (walk, unplug) = (step_of(&model, 0, 0), step_of(&model, 1, 0));
    assert_eq!(stops(&race, "w.2h"), None);
    assert_eq!(stops(&race, "w2"), Some((1, Why::RunIsOver(Ending::Deadlock))));
    assert_eq!(stops(&race, "wh"), Some((1, Why::RunIsOver(Ending::Deadlock))));
    assert_eq!(stops(&race, "w.2w"), Some((1, Why::Finished)));
    assert_eq!(stops(&race, "hwh"), Some((2, Why::RunIsOver(Ending::Complete))));
    let no_such = Why::NoSuchOutcome { step: walk, outcomes: 2 };
    assert_eq!(stops(&race, "w.3"), Some((0, no_such)));
    let mut shut = race.clone();
    shut.lanes[0].lines[0].ways[1].guard = val(0);
    let shut_out = Why::OutcomeNotEnabled { step: walk, enabled: vec![0] };
    assert_eq!(stops(&shut, "w.2"), Some((0, shut_out)));
    let nobody = Schedule(vec![Turn { actor: ActorId(9), outcome: 0 }]);
    let stopped = Trace::replay(&model, &nobody).stopped.expect("nobody moves");
    assert_eq!(stopped.why, Why::NoSuchActor);
    let last = Trace::replay(&model, &parse(&model, "w"));
    assert_eq!(last.last().actors[1], Standing::Waits { step: unplug, on: vec![] });
}

#[test]
fn a_broken_step_keeps_what_it_did_before() {
    let mut race = Race { kinds: 2, ..Race::default() };
    let cells = [race.cell(0, 1), race.cell(0, 1)];
    let body = vec![S::Set(cells[0], val(1)), S::Check(val(0), 1), S::Set(cells[1], val(1))];
    race.lane('a', vec![line(body), line(vec![])]);
    let model = race.model();
    let trace = Trace::replay(&model, &parse(&model, "a2"));
    let last = trace.last();
    let values: Vec<i32> = (0..3).map(|it| last.read(&model, CellId(it))).collect();
    assert_eq!(values, [1, 0, 0]);
    assert_eq!(trace.stopped.as_ref().map(|it| it.index), Some(1));
    assert_eq!(last.actors[0], Standing::Over { step: StepId(0) });
    assert_eq!(trace.position(0), Some(&trace.initial));
    assert_eq!(trace.position(2), None);
}

/// Who is waited for, for each way in which a guard can name somebody. `a` waits from the start.
#[test]
fn a_guard_names_whom_it_waits_for() {
    let set = E::Cell(0);
    let holder = E::Cell(1);
    let flag = E::Cell(2);
    let position = |actor: u16| E::Cell(3 + actor);
    let not = |it: E| E::Not(Box::new(it));
    let all = |left, right| bin(Binary::And, left, right);
    let inside = E::Where(vec![(1, eq(position(1), val(0))), (2, eq(position(2), val(1)))]);
    check_waits(eq(set.clone(), val(0)), &[1, 2]);
    check_waits(eq(inside, val(0)), &[1]);
    check_waits(not(bin(Binary::Contains, set.clone(), val(2))), &[2]);
    check_waits(eq(holder.clone(), val(-1)), &[2]);
    check_waits(bin(Binary::LessOrEqual, val(1), position(1)), &[1]);
    // Nobody is named: b is the one that writes the flag.
    check_waits(eq(flag.clone(), val(1)), &[1]);
    check_waits(all(eq(flag.clone(), val(0)), eq(holder.clone(), val(-1))), &[2]);
    check_waits(bin(Binary::Or, eq(flag, val(1)), eq(holder, val(-1))), &[1, 2]);
    check_waits(val(0), &[]);
}

#[track_caller]
fn check_waits(guard: E, expected: &[u8]) {
    let mut race = Race::default();
    race.cell_of(0, 7, 6, Meaning::Actors);
    race.cell_of(-1, 2, 2, Meaning::Actor);
    let flag = race.cell(0, 1);
    race.lane('a', vec![wait(guard, vec![])]);
    race.lane('b', vec![line(vec![]), line(vec![S::Set(flag, val(1))])]);
    race.lane('c', vec![line(vec![S::Set(0, val(0))])]);
    let trace = Trace::replay(&race.model(), &Schedule::default());
    let on = expected.iter().map(|&it| ActorId(it)).collect();
    assert_eq!(trace.initial.actors[0], Standing::Waits { step: StepId(0), on });
}

/// The longest code that there can be is replayed at once.
#[test]
fn long_schedules_replay() {
    let model = samples::filter(3).model();
    let trace = Trace::replay(&model, &parse(&model, &format!("c{MAX_TURNS}")));
    assert_eq!(trace.stopped, None);
    assert_eq!(trace.steps.len(), MAX_TURNS);
}

#[test]
fn codes_are_short() {
    let model = samples::pinned(true).model();
    let turn = |actor, outcome| Turn { actor: ActorId(actor), outcome };
    let code = |turns: &[Turn]| Schedule(turns.to_vec()).code(&model);
    assert_eq!(code(&[]), "");
    assert_eq!(code(&[turn(0, 0), turn(0, 0), turn(1, 0), turn(0, 0)]), "w2hw");
    assert_eq!(code(&[turn(0, 1), turn(0, 1), turn(0, 0), turn(0, 0)]), "w.2w.2w2");
    assert_eq!(parse(&model, "w.1h1"), parse(&model, "wh"));
}

#[track_caller]
fn check_fault(code: &str, at: usize, fault: CodeFault) {
    let error = Schedule::parse(code, &samples::pinned(true).model()).expect_err("a bad code");
    assert_eq!((error.at, error.fault), (at, fault));
}

#[test]
fn bad_codes_name_the_place() {
    let unknown = |found| CodeFault::NoSuchLetter { found, letters: vec!['w', 'h'] };
    check_fault("w2é", 2, unknown('é'));
    check_fault("3w", 0, unknown('3'));
    check_fault("w h", 1, unknown(' '));
    check_fault("w0", 1, CodeFault::NoTurns);
    check_fault("w99999999999999999999999", 1, CodeFault::TooManyTurns);
    check_fault(&format!("w{MAX_TURNS}h"), 7, CodeFault::TooManyTurns);
    check_fault("hw.", 2, CodeFault::OutcomeMissing);
    check_fault("hw.x", 2, CodeFault::OutcomeMissing);
    check_fault("hw.0", 2, CodeFault::OutcomeOutOfRange);
    check_fault("hw.257", 2, CodeFault::OutcomeOutOfRange);
    check_fault("hw2.2", 2, CodeFault::CountAndOutcome);
    let error = Schedule::parse("wx", &samples::pinned(true).model()).expect_err("a bad code");
    let words =
        "the schedule's character at offset 1: no actor has the letter `x`; there are `w` `h`";
    assert_eq!(error.to_string(), words);
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let outcome = prop_oneof![3 => Just(0), 1 => 1..=255u8];
    let turn =
        (0..2u8, outcome).prop_map(|(actor, outcome)| Turn { actor: ActorId(actor), outcome });
    prop::collection::vec(turn, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn codes_come_back(turns in turns()) {
        let model = samples::pinned(true).model();
        let schedule = Schedule(turns);
        prop_assert_eq!(Schedule::parse(&schedule.code(&model), &model), Ok(schedule));
    }

    #[test]
    fn any_string_is_read_or_refused(code in prop_oneof!["\\PC*", "[wh0-9.]*"]) {
        let model = samples::pinned(true).model();
        match Schedule::parse(&code, &model) {
            Ok(schedule) => prop_assert!(schedule.len() <= MAX_TURNS),
            Err(error) => prop_assert!(code.is_char_boundary(error.at)),
        }
    }

    /// Any schedule replays as far as it is possible, and that part is possible.
    #[test]
    fn any_schedule_replays(race in random::race(true), turns in turns()) {
        let model = race.model();
        let schedule = Schedule(turns);
        let trace = Trace::replay(&model, &schedule);
        let possible = trace.stopped.as_ref().map_or(schedule.len(), |it| it.index);
        prop_assert_eq!(trace.steps.len(), possible);
        prop_assert_eq!(&trace.schedule().0[..], &schedule.0[..possible]);
        let again = Trace::replay(&model, &trace.schedule());
        prop_assert_eq!(&again.stopped, &None);
        prop_assert_eq!(again.last(), trace.last());
    }
}
