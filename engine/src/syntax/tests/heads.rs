//! What a newcomer reads about the left margin.

use super::complaints;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&complaints(text));
}

#[test]
fn heads() {
    check(
        "",
        expect![[r#"
        error: there is nothing in this text
         --> test.race:1:1
          |
        1 |
          | ^
          |
          = help: a race starts with `race NAME "title"`
    "#]],
    );
    check(
        "# nothing\n",
        expect![[r#"
        error: there is nothing in this text
         --> test.race:1:1
          |
        1 | # nothing
          | ^
          |
          = help: a race starts with `race NAME "title"`
    "#]],
    );
    check(
        "actor a \"A\" letter a\n",
        expect![[r#"
        error: the line `race …` is missing
         --> test.race:1:1
          |
        1 | actor a "A" letter a
          | ^^^^^^^^^^^^^^^^^^^^
          |
          = help: a file starts with `race NAME "title"`, or `prelude NAME "title"` for what several races share
    "#]],
    );
    check(
        "race\n",
        expect![[r#"
        error: expected a name, but the line ends
         --> test.race:1:5
          |
        1 | race
          |     ^
          |
          = help: such a line is written `race NAME "title"`, or `prelude NAME "title"` for what several races share
    "#]],
    );
    check(
        "rase r \"R\"\n",
        expect![[r#"
            error: expected `race` or `prelude`, but found `rase`
             --> test.race:1:1
              |
            1 | rase r "R"
              | ^^^^
              |
              = help: did you mean `race`?
        "#]],
    );
    check(
        "race r R\n",
        expect![[r#"
            error: expected a text in double quotes, but found `R`
             --> test.race:1:8
              |
            1 | race r R
              |        ^
              |
              = help: such a line is written `race NAME "title"`, or `prelude NAME "title"` for what several races share
        "#]],
    );
    check(
        "race r \"R\"\nactr w \"W\" letter w\n",
        expect![[r#"
            error: nothing at the left margin starts like this
             --> test.race:2:1
              |
            2 | actr w "W" letter w
              | ^^^^
              |
              = help: did you mean `actor`?
        "#]],
    );
    check(
        "race r \"R\"\nactor w letter w\n",
        expect![[r#"
            error: expected a text in double quotes, but found `letter`
             --> test.race:2:9
              |
            2 | actor w letter w
              |         ^^^^^^
              |
              = help: such a line is written `actor NAME "title" on cpu 0 letter w`; `environment` instead of `actor` for one that need not finish
        "#]],
    );
    check(
        "race r \"R\"\nactor w \"W\"\n",
        expect![[r#"
            error: this actor has no letter
             --> test.race:2:7
              |
            2 | actor w "W"
              |       ^
              |
              = help: schedules know an actor by a letter of its own: write `letter w` behind its title
        "#]],
    );
    check(
        "race r \"R\"\nactor w \"W\" letter walker\n",
        expect![[r#"
            error: expected a single letter, but found `walker`
             --> test.race:2:20
              |
            2 | actor w "W" letter walker
              |                    ^^^^^^
              |
              = help: such a line is written `actor NAME "title" on cpu 0 letter w`; `environment` instead of `actor` for one that need not finish
        "#]],
    );
    check(
        "race r \"R\"\nactor w \"W\" on cpu 300 letter w\n",
        expect![[r#"
        error: there is no such CPU
         --> test.race:2:20
          |
        2 | actor w "W" on cpu 300 letter w
          |                    ^^^
          |
          = help: CPUs are numbered from 0 to 255
    "#]],
    );
    check(
        "race r \"R\"\nknob k on | off\nknob k = on, off\n",
        expect![[r#"
            error: expected `=`, but found `on`
             --> test.race:2:8
              |
            2 | knob k on | off
              |        ^^
              |
              = help: such a line is written `knob NAME = VALUE | VALUE "what it turns"`, the default first

            error: these are separated by `|`
             --> test.race:3:12
              |
            3 | knob k = on, off
              |            ^
              |
              = help: write `a | b | c`
        "#]],
    );
    check(
        "race r \"R\"\npreset \"A\": k is on\npreset \"B\" k=on\n",
        expect![[r#"
            error: `is` compares, it does not write
             --> test.race:2:15
              |
            2 | preset "A": k is on
              |               ^^
              |
              = help: write `=` here; a comparison follows `if`, `when`, `check` or `until`

            error: expected `:`, but found `k`
             --> test.race:3:12
              |
            3 | preset "B" k=on
              |            ^
              |
              = help: such a line is written `preset "title": KNOB=VALUE, KNOB=VALUE`
        "#]],
    );
    check(
        "race r \"R\"\nrace s \"S\"\nx = 3\n",
        expect![[r#"
            error: a file has one such line, its first
             --> test.race:2:1
              |
            2 | race s "S"
              | ^^^^
              |
              = help: delete it, or make a file of its own of what follows

            error: nothing at the left margin starts like this
             --> test.race:3:1
              |
            3 | x = 3
              | ^
              |
              = help: here stand lines that start with `use`, `about`, `leaves out`, `term`, `violation`, `enum`, `knob`, `preset`, `storage`, `memory`, `routine`, `actor`, `environment`, `card`; if it belongs to the line above, indent it
        "#]],
    );
    check(
        "race r \"R\"\nenum none = a | b\nviolation v\n",
        expect![[r#"
        error: `none` cannot be a name
         --> test.race:2:6
          |
        2 | enum none = a | b
          |      ^^^^
          |
          = help: it is a word of the language; choose another name

        error: expected a text in double quotes, but the line ends
         --> test.race:3:12
          |
        3 | violation v
          |            ^
          |
          = help: such a line is written `violation NAME "what goes wrong"`
    "#]],
    );
    check(
        "race r \"R\"\nuse rcu gup\nleaves \"much\"\n",
        expect![[r#"
            error: expected `,`, but found `gup`
             --> test.race:2:9
              |
            2 | use rcu gup
              |         ^^^
              |
              = help: such a line is written `use NAME, NAME`

            error: expected `out`, but found a text
             --> test.race:3:8
              |
            3 | leaves "much"
              |        ^^^^^^
              |
              = help: such a line is written `leaves out "what the model does without"`
        "#]],
    );
}
