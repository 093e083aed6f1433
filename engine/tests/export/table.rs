//! Tables as a reader sees them.

use expect_test::{Expect, expect};
use racewalk_engine::export;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::bench;

#[track_caller]
fn check(text: &str, knobs: &[(&str, &str)], code: &str, expected: Expect) {
    let bench = bench(text, knobs);
    let trace = bench.trace(code);
    expected.assert_eq(&export::table(&bench.race, &bench.settings, &bench.model, &trace));
}

const NAMED: &str = r#"race named "Names of every length"

knob one-with-a-rather-long-name = off | on-and-nothing-else  "a knob"
knob two-with-a-rather-long-name = off | on-and-nothing-else  "a knob"

memory
  done "done": bool = no

actor short "short" letter a
  A1: nothing    `one`
      "One."

actor this_actor_has_a_name_that_takes_nearly_all_the_room_there_is "long" letter b
  B1: nothing    `two`
      "Two."

actor other "other" on cpu 7 letter c
  C1: nothing    `three`
      "Three."
  C2: wait until done  waiting "for ever"
      `four`
      "Four."
"#;

/// The knobs fill two lines; a name without room for a column folds the table.
#[test]
fn long_names_fold() {
    let all = [
        ("one-with-a-rather-long-name", "on-and-nothing-else"),
        ("two-with-a-rather-long-name", "on-and-nothing-else"),
    ];
    check(
        NAMED,
        &all,
        "abc",
        expect![[r#"
        race named: one-with-a-rather-long-name=on-and-nothing-else,
          two-with-a-rather-long-name=on-and-nothing-else

          short: one
          this_actor_has_a_name_that_takes_nearly_all_the_room_there_is: two
          other: three
        <-- deadlock: other waits for ever
    "#]],
    );
}

#[test]
fn a_cpu_only_where_the_race_names_one() {
    check(
        NAMED,
        &[],
        "ca",
        expect![[r#"
        race named: every knob at its default

                                             CPU 7
        short                                other

                                             three
        one
    "#]],
    );
    check(
        NAMED,
        &[],
        "a",
        expect![[r#"
        race named: every knob at its default

        short

        one
    "#]],
    );
}
