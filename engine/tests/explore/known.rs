//! Races whose numbers can be worked out by hand. Imports the samples and the engine.

use num_bigint::BigUint;
use racewalk_engine::explore::{
    Answer, Budget, Limit, Limits, Natural, Progress, Search, Verdict, answer, explore,
};
use racewalk_engine::model::{Binary, Model};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::build::{E, Race, S, bin, eq, line, val, wait};
use crate::samples;

pub(crate) fn ask(model: &Model) -> Answer {
    answer(model, &explore(model, Limits::default()))
}

/// Compares an answer in one line: verdict, states, transitions, schedules, bad ones, then each kind,
/// deadlock (`!`) and held-off end (`~`) with its schedule.
#[track_caller]
fn check(race: &Race, expected: &str) {
    let model = race.model();
    let answer = ask(&model);
    let number = |it: &Option<Natural>| it.as_ref().map_or("infinite".into(), Natural::to_string);
    let mut line = format!(
        "{:?} {} {} {} {}",
        answer.verdict,
        answer.states,
        answer.transitions,
        number(&answer.schedules),
        number(&answer.bad_schedules)
    );
    for it in &answer.violations {
        let name = &model.violations[it.violation.index()].name;
        line += &format!(" {name}:{}", it.schedule.code(&model));
    }
    answer.deadlocks.iter().for_each(|it| line += &format!(" !{}", it.schedule.code(&model)));
    answer.held_off.iter().for_each(|it| line += &format!(" ~{}", it.schedule.code(&model)));
    assert_eq!(line, expected);
}

/// Two actors that never meet: (n+1)(m+1) states, n(m+1) + m(n+1) transitions, and as many schedules
/// as there are ways to choose which of the n+m steps are the first actor's.
#[test]
fn counters_are_binomial() {
    check(&samples::counters(1, 1), "Safe 4 4 2 0");
    check(&samples::counters(3, 2), "Safe 12 17 10 0");
    check(&samples::counters(10, 10), "Safe 121 220 184756 0");
}

/// C(140, 70) does not fit into 128 bits; the factors are cancelled one by one here.
#[test]
fn counts_are_exact_past_128_bits() {
    let answer = ask(&samples::counters(70, 70).model());
    let ways = (1..=70u32).fold(BigUint::from(1u8), |all, it| all * (70 + it) / it);
    assert!(ways.bits() > 128);
    assert_eq!(answer.schedules.map(|it| it.to_string()), Some(ways.to_string()));
    assert_eq!(answer.bad_schedules, Some(Natural::default()));
}

/// By the two positions p, q (0 before the flag, 1 before giving way, 2 waiting, 3 in, 4 out) and the
/// turn t: nobody has given way: 4. Only a has: p in 2..4 and q in 0..1, 6; only b: 6. Both have, b
/// last (so that a may enter): (2,2) (3,2) (4,2) (4,3) (4,4), 5; a last: 5. Together 26.
#[test]
fn petersons_lock_is_safe() {
    let answer = ask(&samples::peterson(false).model());
    assert_eq!((answer.verdict, answer.states), (Verdict::Safe, 26));
}

/// Whoever claims the turn for itself gets in beside the other. The shortest way is 2 steps each and
/// both entries; with two switches, for b has to claim after a has entered: a3 b3.
#[test]
fn a_flawed_lock_lets_both_in() {
    let model = samples::peterson(true).model();
    let answer = ask(&model);
    let codes: Vec<_> = answer.violations.iter().map(|it| it.schedule.code(&model)).collect();
    assert_eq!((answer.verdict, codes), (Verdict::Violated, vec![String::from("a3b3")]));
}

/// Positions 0..4 each; a holds its first lock at 1..3 and its second at 2, b likewise the other way
/// round. Both cannot hold a lock: of 25 pairs, 5 are excluded; and (3,3) cannot be entered, for each
/// way there passes one of these. One deadlock, (1,1), behind both first steps: 2 schedules.
/// Else one of them takes both locks first, and the other can begin only when its first lock is back:
/// its first step comes before or behind the other's last one, 2 schedules for each.
#[test]
fn two_locks_deadlock() {
    check(&samples::two_locks(), "Violated 19 22 6 2 !ab");
}

/// The unplug may be first (2 outcomes of the walker behind it), or behind a walker that gave up: 3
/// schedules that complete. Behind the pin it waits.
#[test]
fn held_off_is_no_deadlock() {
    check(&samples::pinned(true), "Safe 6 6 4 0 ~w");
    check(&samples::pinned(false), "Violated 6 6 4 1 !w");
}

/// Seven philosophers: the only deadlock is that each holds the left fork.
#[test]
fn philosophers_starve_together() {
    let model = samples::philosophers(7).model();
    let answer = ask(&model);
    let codes: Vec<_> = answer.deadlocks.iter().map(|it| it.schedule.code(&model)).collect();
    assert_eq!(codes, ["abcdefg"]);
    assert_eq!(answer.deadlocks[0].waiting.len(), 7);
}

/// A lock that is taken again and again, as in the literature: nobody ever finishes, so there is no
/// complete schedule and infinitely many runs; none of them is bad.
#[test]
fn a_filter_lock_runs_for_ever() {
    let answer = ask(&samples::filter(3).model());
    assert_eq!(answer.verdict, Verdict::Safe);
    assert_eq!(answer.schedules, None);
    assert_eq!(answer.bad_schedules, Some(Natural::default()));
}

/// `a` goes round in a loop that `b` can end; whoever looks in the meantime breaks something, once
/// before the loop and once behind it.
fn looping(bad_behind: bool) -> Race {
    let mut race = Race { kinds: 2, ..Race::default() };
    let ready = race.cell(0, 1);
    let go_on = vec![S::If(eq(E::Cell(ready), val(0)), vec![S::Goto(1)], vec![])];
    let last = if bad_behind { vec![S::Check(val(0), 1)] } else { vec![] };
    race.lane(
        'a',
        vec![line(vec![S::Check(eq(E::Cell(ready), val(0)), 1)]), line(go_on), line(last)],
    );
    race.lane('b', vec![line(vec![S::Set(ready, val(1))])]);
    race
}

#[test]
fn loops_make_schedules_infinite() {
    check(&looping(false), "Violated 6 7 infinite 1 kind-1:ba");
    check(&looping(true), "Violated 5 7 infinite infinite kind-1:ba");
}

/// A model where nothing can happen is one state, and complete.
#[test]
fn nothing_happens() {
    check(&Race::default(), "Safe 1 0 1 0");
}

/// The environment need not finish: what it could still do is not explored.
#[test]
fn the_environment_need_not_finish() {
    let mut race = samples::counters(2, 5);
    race.lanes[1].environment = true;
    // The states with a = 2 and b < 5 are complete; there are C(1 + k, 1) ways for b = k.
    check(&race, "Safe 18 22 21 0");
}

/// A value past its range, an index past its array, a guard that cannot be evaluated: each breaks
/// its own kind.
#[test]
fn ranges_break() {
    let mut race = Race { kinds: 3, ..Race::default() };
    let count = race.cell(0, 1);
    race.cells[usize::from(count)].outside = (1, 2);
    let down = bin(Binary::Subtract, E::Cell(count), val(1));
    let up = bin(Binary::Add, E::Cell(count), val(2));
    race.lane('a', vec![line(vec![S::Set(count, down)])]);
    race.lane('b', vec![line(vec![S::Set(count, up)])]);
    let outside = crate::build::Array { base: count, first: 0, len: 1, outside: 0 };
    race.lane('c', vec![wait(E::At(outside, Box::new(val(-1))), vec![])]);
    check(&race, "Violated 1 3 3 3 kind-0:c kind-1:a kind-2:b");
}

/// A search in slices of one state finds what a search in one go finds.
#[test]
fn slices_make_no_difference() {
    let model = samples::two_locks().model();
    let mut search = Search::new(&model, Limits::default());
    let mut slices = 0;
    while let Progress::More(stats) = search.advance(Budget(1)) {
        slices += 1;
        assert_eq!(stats.expanded, slices);
    }
    assert_eq!(answer(&model, &search.finish()), ask(&model));
}

/// A limit makes a search incomplete, never safe; what it met before is kept.
#[test]
fn limits_keep_what_was_learned() {
    let model = samples::peterson(true).model();
    let whole = ask(&model);
    for max_states in 1..whole.states {
        let part = answer(&model, &explore(&model, Limits { max_states, ..Limits::default() }));
        assert_eq!(part.verdict, Verdict::Incomplete);
        assert_eq!(part.stopped, Some(Limit::States));
        assert_eq!(part.states, max_states);
        assert_eq!((part.schedules, part.bad_schedules), (None, None));
        assert!(part.violations.iter().all(|it| it.schedule.len() == 6));
    }
    let enough = Limits { max_states: whole.states, ..Limits::default() };
    assert_eq!(answer(&model, &explore(&model, enough)), whole);
}

#[test]
fn memory_is_limited() {
    let model = samples::philosophers(9).model();
    let whole = explore(&model, Limits::default()).states();
    for max_bytes in [0, 5_000, 50_000, 500_000] {
        let mut search = Search::new(&model, Limits { max_bytes, ..Limits::default() });
        while let Progress::More(_) = search.advance(Budget(100)) {}
        // The first table is had in any case.
        assert!(search.stats().bytes <= max_bytes.max(5_000), "{:?}", search.stats());
        let answer = answer(&model, &search.finish());
        assert_eq!(answer.stopped, Some(Limit::Bytes));
        assert!(answer.states < whole);
    }
}
