//! The language from end to end: general races with known answers, and what a newcomer is told about a mistake.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod chaos;
mod mistakes;
mod slips;

use expect_test::{Expect, expect};
use racewalk_engine::explore::{Budget, Limits, Progress, Search, answer};
use racewalk_engine::race::Race;

/// Explores `text` under `settings` and compares a summary.
#[track_caller]
fn check(text: &str, settings: &[(&str, &str)], expected: Expect) {
    let race = Race::load(text).unwrap_or_else(|report| panic!("{report}"));
    let mut chosen = race.settings();
    for (knob, value) in settings {
        chosen.set(&race, knob, value).expect("a knob of the race");
    }
    let model = race.compile(&chosen).unwrap_or_else(|report| panic!("{report}"));
    let mut search = Search::new(&model, Limits::default());
    while let Progress::More(_) = search.advance(Budget(1000)) {}
    let answer = answer(&model, &search.finish());
    let mut summary = format!("{:?}: {} states", answer.verdict, answer.states);
    for found in &answer.violations {
        let name = &model.violations[found.violation.index()].name;
        summary += &format!("; {name} {}", found.schedule.code(&model));
    }
    for end in &answer.deadlocks {
        summary += &format!("; deadlock {}", end.schedule.code(&model));
    }
    expected.assert_eq(&summary);
}

#[test]
fn peterson_excludes() {
    let text = include_str!("../races/peterson.race");
    check(text, &[], expect!["Safe: 42 states"]);
}

#[test]
fn peterson_with_the_writes_the_other_way_round_does_not() {
    let text = include_str!("../races/peterson.race");
    check(text, &[("order", "turn-first")], expect!["Violated: 83 states; both-inside ab4a3"]);
}

/// All take their left forks and wait for ever: the published deadlock, three steps to it.
#[test]
fn philosophers_starve() {
    let text = include_str!("../races/philosophers.race");
    check(text, &[], expect!["Violated: 75 states; deadlock ahp"]);
}

#[test]
fn one_philosopher_who_is_different_saves_all() {
    let text = include_str!("../races/philosophers.race");
    check(text, &[("table", "one-right-first")], expect!["Safe: 75 states"]);
}

/// The routine's own `goto` still finds its line; others see the line by the name that it has here.
#[test]
fn a_routine_runs_twice_under_other_keys() {
    let text = "race twice \"Twice\"\n\nmemory\n  count: 0..4 = 0\n\nroutine up(name)\n  A1: count += 1    `{name}: count++`\n      \"It counts.\"\n      if count is 1 goto A1\n      if count is 3 goto A1\n\nactor first \"one()\" letter a\n  run up(\"once\")\n  run up(\"again\") with A1 as A2\n\nactor second \"two()\" letter b\n  B1: wait until first past A2\n        waiting \"for the other\"\n      `wait`\n      \"It waits.\"\n  B2: check count is 4 else wrong    `look`\n      \"It looks.\"\n\nviolation wrong \"counts wrongly\"\n";
    check(text, &[], expect!["Safe: 7 states"]);
}

/// Peterson, Myths about the mutual exclusion problem, 1981: with n - 1 doors nobody meets anybody
/// inside; with one too few, somebody does. It makes no difference whether they come once or again
/// and again.
#[test]
fn petersons_lock_for_three() {
    let text = include_str!("../races/peterson3.race");
    check(text, &[], expect!["Safe: 1056 states"]);
    check(text, &[("entries", "for-ever")], expect!["Safe: 1599 states"]);
    check(text, &[("doors", "one")], expect!["Violated: 567 states; both-inside a6b3c3b3"]);
    check(
        text,
        &[("doors", "one"), ("entries", "for-ever")],
        expect!["Violated: 450 states; both-inside a6b3c3b3"],
    );
}

/// The textbook's ABA: the slow one has read the top and what lies below; the fast one pops both and
/// pushes the first back; the slow one's compare-and-swap succeeds.
#[test]
fn a_stack_falls_for_aba() {
    let text = include_str!("../races/treiber.race");
    check(text, &[], expect!["Violated: 90 states; popped-twice s2f9s"]);
    check(text, &[("tag", "on")], expect!["Safe: 92 states"]);
}

/// Each of the reader's two looks at the number is needed.
#[test]
fn a_seqlock_needs_both_looks() {
    let text = include_str!("../races/seqlock.race");
    check(text, &[], expect!["Safe: 61 states"]);
    check(text, &[("writes", "two")], expect!["Safe: 240 states"]);
    check(text, &[("recheck", "off")], expect!["Violated: 32 states; torn-read rw2r2"]);
    check(text, &[("odd_check", "off")], expect!["Violated: 91 states; torn-read w2r4"]);
}

/// The grace period is needed, and is of use only to readers that are inside an RCU section.
#[test]
fn a_list_under_rcu_needs_its_grace_period() {
    let text = include_str!("../races/rcu_list.race");
    check(text, &[], expect!["Safe: 31 states"]);
    check(text, &[("readers", "2")], expect!["Safe: 205 states"]);
    check(text, &[("grace_period", "off")], expect!["Violated: 19 states; use-after-free r2d2r"]);
    check(text, &[("read_lock", "off")], expect!["Violated: 28 states; use-after-free rd4r"]);
}
