//! A model's hash follows its meaning, and only that.

use std::collections::BTreeSet;

use expect_test::expect;
use racewalk_engine::library;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::bench;

const RACE: &str = r#"race small "A small one"

violation broken "breaks"

memory
  count "a count": 0..2 = 1

actor first "first()" on cpu 0 letter a
  A1: wait until count is 1  waiting "for the count" may be held off
      `take it`
      "The first takes it."
      @ mm/gup.c somewhere
      count -= 1
  A2: check count is 0 else broken    `look`
      "The first looks."

actor second "second()" on cpu 1 letter b
  B1: choose    `maybe`
      "The second may."
      either "it does"
        if count is 2
          count = 0
        otherwise
          count = 1
      or "it does not"
        finish
"#;

fn hash(text: &str) -> String {
    bench(text, &[]).model.hash()
}

#[track_caller]
fn reworded(from: &str, to: &str) -> (String, String) {
    assert!(RACE.contains(from), "{from}");
    (hash(RACE), hash(&RACE.replace(from, to)))
}

#[track_caller]
fn same(from: &str, to: &str) {
    let (before, after) = reworded(from, to);
    assert_eq!(before, after, "{from} -> {to}");
}

#[track_caller]
fn other(from: &str, to: &str) {
    let (before, after) = reworded(from, to);
    assert_ne!(before, after, "{from} -> {to}");
}

/// Links carry it: when this changes, they all say that the model has changed.
#[test]
fn it_is_what_it_was() {
    expect!["bc7093905bd498e6"].assert_eq(&hash(RACE));
}

#[test]
fn rewording_keeps_it() {
    same("A small one", "A little one");
    same("a count", "the number");
    same("count", "number");
    same("first", "one");
    same("A1:", "A7:");
    same("`take it`", "`refcount--`");
    same("The first takes it.", "It is taken.");
    same("@ mm/gup.c somewhere", "@ mm/memory.c elsewhere v6.1");
    same("for the count", "for a while");
    same("it does not", "it would rather not");
    same("cpu 1", "cpu 5");
    same("0..2 = 1\n", "0..2 = 1\n    drawn as plain\n");
    same(
        "          count = 0\n",
        "          say \"Now.\"\n          count = 0\n          say \"Then.\"\n",
    );
    same("      count -= 1\n", "      count -= 1\n      if count is 0\n        say \"Really.\"\n");
    same("breaks\"", "breaks\"\n\nviolation never \"never happens\"");
}

#[test]
fn another_meaning_has_another_hash() {
    other("until count is 1", "until count is 0");
    other("until count is 1", "until count is not 1");
    other("0..2 = 1", "0..3 = 1");
    other("0..2 = 1", "0..2 = 2");
    other(" may be held off", "");
    other("count -= 1", "count = 0");
    other("broken", "shattered");
    other("letter b", "letter c");
    other("actor second", "environment second");
    other("      or \"it does not\"\n        finish\n", "");
    other("        if count is 2\n", "        if count is not 2\n");
}

#[test]
fn every_choice_of_knobs_of_reclaim_is_another_model() {
    let text = library::race("reclaim").expect("the library has it");
    let mut hashes = BTreeSet::new();
    for flush in ["ipi", "broadcast"] {
        for recheck in ["on", "off"] {
            for zero in ["on", "off"] {
                let knobs = [("flush", flush), ("pte_recheck", recheck), ("zero_check", zero)];
                hashes.insert(bench(text, &knobs).model.hash());
            }
        }
    }
    assert_eq!(hashes.len(), 8);
}
