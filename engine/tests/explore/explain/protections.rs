//! Protections: the sets are what the verdicts of all combinations make them.

use std::fmt::Write as _;

use proptest::prelude::*;
use racewalk_engine::explain::{MOST_CHOICES, ProtectionsError, protections};
use racewalk_engine::explore::{Limits, Verdict};
use racewalk_engine::race::Race;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A race that fails under some of the combinations of two knobs that are on or off and one of three values,
/// and under no other.
fn race(fails: &[bool]) -> Race {
    let mut text = String::from("race r \"R\"\n");
    for knob in ["a", "b"] {
        let _ = write!(text, "knob {knob} = off | on \"text\"\n  on \"yes\" protects\n");
    }
    text.push_str("knob c = x | none | y \"text\"\n  x \"one\" protects\n  y \"other\" protects\n");
    text.push_str("knob d = off | on \"no protection\"\n");
    text.push_str("violation bad \"breaks\"\nmemory\n  cell: 0..1 = 0\n");
    text.push_str(
        "actor one \"one\" letter o\n  A1: cell = 1    `cell = 1`\n      \"It writes.\"\n",
    );
    for (number, _) in fails.iter().enumerate().filter(|it| *it.1) {
        let [a, b] = [number / 6 % 2, number / 3 % 2].map(|it| ["off", "on"][it]);
        let c = ["none", "x", "y"][number % 3];
        let _ = write!(
            text,
            "  when a is {a} and b is {b} and c is {c}\n    B{number}: break bad    `bad`\n"
        );
        text.push_str("        \"It breaks.\"\n");
    }
    Race::load(&text).expect("a race")
}

/// What is on: each of the two, and which of the three values.
fn on(number: usize) -> [usize; 3] {
    [number / 6 % 2, number / 3 % 2, number % 3]
}

/// Whether the first has fewer of the protections of the second, and no other.
fn is_less(a: usize, b: usize) -> bool {
    a != b && on(a).iter().zip(on(b)).all(|(a, b)| *a == 0 || *a == b)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn least_and_most(fails in prop::collection::vec(any::<bool>(), 12)) {
        let race = race(&fails);
        let mut settings = race.settings();
        settings.set(&race, "d", "on").expect("a knob");
        let found = protections(&race, &settings, Limits::default()).expect("few combinations");
        prop_assert_eq!(found.choices.len(), 12);
        for (number, choice) in found.choices.iter().enumerate() {
            let expected = if fails[number] { Verdict::Violated } else { Verdict::Safe };
            prop_assert_eq!(choice.tried.verdict, expected);
            prop_assert_eq!(choice.tried.failure.is_some(), fails[number]);
            let is_on: Vec<usize> = choice.on.iter().map(|it| usize::from(it.is_some())).collect();
            prop_assert_eq!(is_on, on(number).map(|it| it.min(1)));
            prop_assert_eq!(choice.settings.value(&race, "d"), Some("on"));
            let c = ["none", "x", "y"][number % 3];
            prop_assert_eq!(choice.settings.value(&race, "c"), Some(c));
        }
        let least = |it: &usize| !fails[*it] && !(0..12).any(|of| !fails[of] && is_less(of, *it));
        let most = |it: &usize| fails[*it] && !(0..12).any(|of| fails[of] && is_less(*it, of));
        prop_assert_eq!(found.minimal_safe, (0..12).filter(least).collect::<Vec<_>>());
        prop_assert_eq!(found.maximal_unsafe, (0..12).filter(most).collect::<Vec<_>>());
        prop_assert_eq!(found.incomplete, 0);
    }
}

/// What a limit left open belongs to neither set.
#[test]
fn a_limit_leaves_it_open() {
    let race = race(&[true; 12]);
    let limits = Limits { max_states: 1, ..Limits::default() };
    let found = protections(&race, &race.settings(), limits).expect("few combinations");
    assert_eq!(found.incomplete, 12);
    assert!(found.minimal_safe.is_empty() && found.maximal_unsafe.is_empty());
}

#[test]
fn too_many_are_refused() {
    let mut text = String::from("race r \"R\"\n");
    for knob in 0..13 {
        let _ = write!(text, "knob k{knob} = off | on \"text\"\n  on \"yes\" protects\n");
    }
    text.push_str("memory\n  cell: 0..1 = 0\nactor one \"one\" letter o\n");
    text.push_str("  A1: cell = 1    `cell = 1`\n      \"It writes.\"\n");
    let race = Race::load(&text).expect("a race");
    let refused = protections(&race, &race.settings(), Limits::default());
    assert!(matches!(refused, Err(ProtectionsError::TooMany(8192))));
    const { assert!(MOST_CHOICES < 8192) };
}
