//! The language from end to end: general races with known answers, and what a newcomer is told about a mistake.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod mistakes;

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
