//! Mistakes that only the meaning shows: each gets a place, a reason and advice.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use expect_test::{Expect, expect};
use racewalk_engine::race::Race;

/// Loads a race with `lines` in place of the actor's lines and compares the report.
#[track_caller]
fn check(lines: &str, expected: Expect) {
    let text = format!(
        "race small \"A small race\"\n\nknob speed = slow | fast  \"how fast\"\n\nmemory\n  count: 0..3 = 0\n  \
         other: bool = no\n  cell: array[2] of 0..1 = 0\n\nactor first \"one()\" letter a\n{lines}"
    );
    let report = match Race::load(&text) {
        Ok(_) => "no mistake".to_owned(),
        Err(report) => report.render(),
    };
    expected.assert_eq(&report);
}

#[test]
fn a_name_that_is_almost_right() {
    check(
        "  A1: coumt = 1    `count = 1`\n      \"It counts.\"\n",
        expect![[r#"
        error: there is no cell `coumt`
          --> race:11:7
           |
        11 |   A1: coumt = 1    `count = 1`
           |       ^^^^^
           |
           = help: did you mean `count`?"#]],
    );
}

#[test]
fn a_step_that_touches_two_locations() {
    check(
        "  A1: `count, other`\n      \"It does too much.\"\n      count = 1\n      other = yes\n",
        expect![[r#"
            error: this step touches 2 shared locations at once: `count`, `other`
              --> race:11:3
               |
            11 |   A1: `count, other`
               |   ^^
               |
               = help: split it, or say that it is indivisible: `A1: atomic …`"#]],
    );
}

#[test]
fn a_type_that_does_not_fit() {
    check(
        "  A1: count = yes    `count = 1`\n      \"It counts.\"\n",
        expect![[r#"
        error: this should be a number, but it is yes or no
          --> race:11:15
           |
        11 |   A1: count = yes    `count = 1`
           |               ^^^"#]],
    );
}

#[test]
fn a_goto_into_nowhere() {
    check(
        "  A1: count = 1    `count = 1`\n      \"It counts.\"\n      goto A9\n",
        expect![[r#"
            error: there is no line of this actor under these knobs: `A9`
              --> race:13:12
               |
            13 |       goto A9
               |            ^^"#]],
    );
}

#[test]
fn a_knob_value_that_is_not_there() {
    check(
        "  when speed is fats\n    A1: count = 1    `count = 1`\n        \"It counts.\"\n",
        expect![[r#"
            error: there is no `fats` here (wanted: one of slow, fast (`speed`))
              --> race:11:17
               |
            11 |   when speed is fats
               |                 ^^^^
               |
               = help: did you mean `fast`?"#]],
    );
}

#[test]
fn a_mistake_behind_a_knob_is_found_when_the_race_is_loaded() {
    check(
        "  A1: count = 1    `count = 1`\n      \"It counts.\"\n      when speed is fast\n        missing = 1\n",
        expect![[r#"
            error: there is no cell `missing`
              --> race:14:9
               |
            14 |         missing = 1
               |         ^^^^^^^"#]],
    );
}

#[test]
fn an_index_outside() {
    check(
        "  A1: cell[2] = 1    `cell[2] = 1`\n      \"It writes.\"\n",
        expect![[r#"
        error: `cell` has no element 2
          --> race:11:12
           |
        11 |   A1: cell[2] = 1    `cell[2] = 1`
           |            ^
           |
           = help: its elements are 0 to 1"#]],
    );
}

#[test]
fn an_array_without_an_index() {
    check(
        "  A1: cell = 1    `cell = 1`\n      \"It writes.\"\n",
        expect![[r#"
        error: `cell` is an array or a record, not a single cell
          --> race:11:7
           |
        11 |   A1: cell = 1    `cell = 1`
           |       ^^^^
           |
           = help: say which element or field: `cell[…]`, `cell.…`"#]],
    );
}

#[test]
fn two_lines_of_one_key() {
    check(
        "  A1: count = 1    `count = 1`\n      \"It counts.\"\n  A1: count = 2    `count = 2`\n      \"It counts.\"\n",
        expect![[r#"
            error: there are two lines of this key: `A1`
              --> race:13:3
               |
            13 |   A1: count = 2    `count = 2`
               |   ^^
               |
               = help: run one of the routines `as` a prefix or `with` other keys, or rename a line"#]],
    );
}

#[test]
fn two_lines_of_one_label() {
    check(
        "  A1: count = 1    `count`\n      \"It counts.\"\n  A2: count = 2    `count`\n      \"It counts.\"\n",
        expect![[r#"
            error: the lines A1 and A2 have the same label
              --> race:13:20
               |
            13 |   A2: count = 2    `count`
               |                    ^^^^^^^
               |
               = help: tables name steps by their labels, so each needs its own"#]],
    );
}

#[test]
fn a_line_without_a_key_that_touches_memory() {
    check(
        "  A1: count = 1    `count = 1`\n      \"It counts.\"\n  other = yes\n",
        expect![[r#"
            error: a line without a key belongs to the step before it and may touch locals only, not `other`
              --> race:13:3
               |
            13 |   other = yes
               |   ^^^^^^^^^^^
               |
               = help: give it a key, a label and a sentence, or move it into an `atomic` step"#]],
    );
}

#[test]
fn a_wait_in_the_middle() {
    check(
        "  A1: `wait`\n      \"It waits.\"\n      count = 1\n      wait until other waiting \"for the other\"\n",
        expect![[r#"
            error: a wait in the middle of a step
              --> race:14:7
               |
            14 |       wait until other waiting "for the other"
               |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: a step waits first, if at all: make a step of its own of this"#]],
    );
}

#[test]
fn a_minus_without_blanks() {
    check(
        "  A1: count = count-1    `count--`\n      \"It counts down.\"\n",
        expect![[r#"
        error: there is no `count-1` here (wanted: a number)
          --> race:11:15
           |
        11 |   A1: count = count-1    `count--`
           |               ^^^^^^^
           |
           = help: `-` belongs to a name; to subtract, put blanks around it"#]],
    );
}

#[test]
fn a_step_that_does_not_say_what_it_does() {
    check(
        "  A1: `count++`\n      \"It counts.\"\n",
        expect![[r#"
        error: this step does not say what it does
          --> race:11:3
           |
        11 |   A1: `count++`
           |   ^^
           |
           = help: write what it does, or `A1: nothing`"#]],
    );
}

#[test]
fn a_routine_that_runs_itself() {
    let text = "race small \"A small race\"\n\nroutine again()\n  run again()\n\nactor first \"one()\" letter a\n  run again()\n";
    let report = Race::load(text).map(|_| ()).expect_err("a mistake").render();
    expect![[r#"
        error: `again` runs itself, or routines are nested too deeply
         --> race:4:3
          |
        4 |   run again()
          |   ^^^^^^^^^^^"#]]
    .assert_eq(&report);
}

#[test]
fn a_race_without_actors() {
    let report =
        Race::load("race small \"A small race\"\n").map(|_| ()).expect_err("a mistake").render();
    expect![[r#"
        error: this race has no actor
         --> race:1:6
          |
        1 | race small "A small race"
          |      ^^^^^
          |
          = help: declare one: `actor walker "get_user_pages_fast()" letter w`"#]]
    .assert_eq(&report);
}

#[test]
fn a_prelude_that_is_not_there() {
    let text = "race small \"A small race\"\n\nuse wating\n\nactor first \"one()\" letter a\n";
    let report = Race::load(text).map(|_| ()).expect_err("a mistake").render();
    expect![[r#"
        error: there is no prelude `wating`
         --> race:3:5
          |
        3 | use wating
          |     ^^^^^^
          |
          = help: did you mean `waiting`?"#]]
    .assert_eq(&report);
}

#[test]
fn a_key_that_the_routine_does_not_have() {
    let text = "race small \"A small race\"\n\nmemory\n  count: 0..3 = 0\n\nroutine up()\n  A1: count = 1    `count = 1`\n      \"It counts.\"\n\nactor first \"one()\" letter a\n  run up() with A1 as B1, A2 as B2\n";
    let report = Race::load(text).map(|_| ()).expect_err("a mistake").render();
    expect![[r#"
        error: there is no line of `up`: `A2`
          --> race:11:27
           |
        11 |   run up() with A1 as B1, A2 as B2
           |                           ^^"#]]
    .assert_eq(&report);
}

/// Each instance stands on a CPU of its own, the next after that of the one before.
#[test]
fn instances_for_which_there_are_no_cpus() {
    let race = |cpu: u8| {
        format!(
            "race small \"A small race\"\n\nactor first \"one()\" on cpu {cpu} letters a b times 2\n  \
             A1: nothing    `nop`\n      \"It waits.\"\n"
        )
    };
    let to_the_last = Race::load(&race(254)).expect("255 is a CPU");
    let model = to_the_last.compile(&to_the_last.settings()).expect("a model");
    assert_eq!(model.actors[1].cpu, Some(255));
    let report = Race::load(&race(255)).expect_err("there is no CPU 256");
    expect![[r#"
        error: 2 instances from CPU 255 on: the last CPU is 255
         --> race:3:28
          |
        3 | actor first "one()" on cpu 255 letters a b times 2
          |                            ^^^"#]]
    .assert_eq(&report.render());
}

/// Loads a race with these lines of `memory`, and compares the report.
#[track_caller]
fn check_memory(lines: &str, expected: Expect) {
    let text = format!(
        "race small \"A small race\"\n\nmemory\n{lines}\nactor first \"one()\" letter a\n  \
         A1: thing.count += 1    `count++`\n      \"It counts.\"\n"
    );
    let report = match Race::load(&text) {
        Ok(_) => "no mistake".to_owned(),
        Err(report) => report.render(),
    };
    expected.assert_eq(&report);
}

#[test]
fn a_record_without_fields() {
    check_memory(
        "  thing \"a thing\"\n",
        expect![[r#"
        error: what can `thing` hold?
         --> race:4:3
          |
        4 |   thing "a thing"
          |   ^^^^^^^^^^^^^^^
          |
          = help: a cell is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`; a record has its fields below it"#]],
    );
    check_memory(
        "  thing \"a thing\"\n      drawn as plain\n",
        expect![[r#"
        error: what can `thing` hold?
         --> race:4:3
          |
        4 |   thing "a thing"
          |   ^^^^^^^^^^^^^^^
          |
          = help: a cell is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`; a record has its fields below it"#]],
    );
    // What is wrong below it has been told.
    check_memory(
        "  thing \"a thing\"\n    count 0..3\n",
        expect![[r#"
        error: a `:` is missing before the type
         --> race:5:11
          |
        5 |     count 0..3
          |           ^
          |
          = help: write `NAME: TYPE`, for example `refcount: 0..3 = 1`"#]],
    );
    check_memory(
        "  thing: array[3]\n",
        expect![[r#"
        error: what can `thing` hold?
         --> race:4:3
          |
        4 |   thing: array[3]
          |   ^^^^^^^^^^^^^^^
          |
          = help: a cell is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`; a record has its fields below it"#]],
    );
}

#[test]
fn a_type_that_depends_on_what_cells_hold() {
    let thing = "  thing\n    count: 0..3 = 1\n";
    check_memory(
        &format!("{thing}  size: 0..thing.count\n"),
        expect![[r#"
        error: this has to be a number known before the race runs
         --> race:6:9
          |
        6 |   size: 0..thing.count
          |         ^^^^^^^^^^^^^^"#]],
    );
    check_memory(
        &format!("  size: 0..thing.count\n{thing}"),
        expect![[r#"
        error: this has to be known before the race runs
         --> race:4:9
          |
        4 |   size: 0..thing.count
          |         ^^^^^^^^^^^^^^
          |
          = help: only knobs, numbers and parameters that are made of them can stand here"#]],
    );
    check_memory(
        &format!("  size: 0..each[1]\n  each: array[2] of bool\n{thing}"),
        expect![[r#"
            error: this has to be known before the race runs
             --> race:4:9
              |
            4 |   size: 0..each[1]
              |         ^^^^^^^^^^
              |
              = help: only knobs, numbers and parameters that are made of them can stand here"#]],
    );
}
