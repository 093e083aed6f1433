//! What a newcomer reads about the left margin, memory and indentation.

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
              = help: here stand lines that start with `use`, `about`, `leaves out`, `term`, `violation`, `enum`, `knob`, `preset`, `storage`, `memory`, `routine`, `actor`, `environment`; if it belongs to the line above, indent it
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

#[test]
fn marks() {
    check(
        "race r \"R\"\nknob k = a | b\n  a \"A\" deduced observed\n  b \"B\" observd\n",
        expect![[r#"
            error: expected `deduced`, `observed`, `unverified` or `hypothetical`, but found `observd`
             --> test.race:4:9
              |
            4 |   b "B" observd
              |         ^^^^^^^
              |
              = help: did you mean `observed`?
        "#]],
    );
}

#[test]
fn declarations() {
    check(
        "race r \"R\"\nmemory\n  a = 3\n  b:\n  c: 0-3\n  d 0..3\n",
        expect![[r#"
            error: what can `a` hold?
             --> test.race:3:3
              |
            3 |   a = 3
              |   ^^^^^
              |
              = help: a cell is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`; a record has its fields below it

            error: expected a type, but the line ends
             --> test.race:4:5
              |
            4 |   b:
              |     ^
              |
              = help: such a line is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`

            error: a minus needs a blank on both sides
             --> test.race:5:6
              |
            5 |   c: 0-3
              |      ^^^
              |
              = help: names may contain `-`, so write `a - 1`; a range is written `0..3`

            error: a `:` is missing before the type
             --> test.race:6:5
              |
            6 |   d 0..3
              |     ^
              |
              = help: write `NAME: TYPE`, for example `refcount: 0..3 = 1`
        "#]],
    );
    check(
        "race r \"R\"\nmemory\n  a: 0..3 = 0 over v\n",
        expect![[r#"
            error: expected `below`, `above` or `in`, but found `over`
             --> test.race:3:15
              |
            3 |   a: 0..3 = 0 over v
              |               ^^^^
              |
              = help: such a line is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`
        "#]],
    );
    check(
        "race r \"R\"\nmemory\n  a: bool\n    b: bool\n",
        expect![[r#"
        error: a cell that has a type can have no fields
         --> test.race:4:5
          |
        3 |   a: bool
          |      ---- the type
        4 |     b: bool
          |     ^
          |
          = help: leave the type out to make it a record, or indent the field like the cell
    "#]],
    );
    check(
        "race r \"R\"\nmemory\n  a: array[3 of bool\n  b: array of bool\n",
        expect![[r#"
            error: expected `]`, but found `of`
             --> test.race:3:14
              |
            3 |   a: array[3 of bool
              |              ^^
              |
              = help: such a line is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`

            error: expected `[`, but found `of`
             --> test.race:4:12
              |
            4 |   b: array of bool
              |            ^^
              |
              = help: such a line is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`
        "#]],
    );
    check(
        "race r \"R\"\nmemory\n  a: bool\n    drawn plain\n    drawn as plain\n    drawn as lock\n",
        expect![[r#"
            error: expected `as`, but found `plain`
             --> test.race:4:11
              |
            4 |     drawn plain
              |           ^^^^^
              |
              = help: such a line is written `drawn as SHAPE`, and perhaps `beside NAME`, `under NAME…`, `points to SHAPE`, `copy of PLACE`

            error: this is drawn twice
             --> test.race:6:5
              |
            6 |     drawn as lock
              |     ^^^^^^^^^^^^^
              |
              = help: keep one of the two lines
        "#]],
    );
    check(
        "race r \"R\"\nstorage m\n  lifetimes live\n  read dead breaks v\n",
        expect![[r#"
            error: this starts no line below a storage
             --> test.race:3:3
              |
            3 |   lifetimes live
              |   ^^^^^^^^^^^^^^
              |
              = help: did you mean `lifetime`?

            error: expected `of`, but found `dead`
             --> test.race:4:8
              |
            4 |   read dead breaks v
              |        ^^^^
              |
              = help: such a line is written `read of LIFETIME breaks VIOLATION`; others below a storage are `lifetime NAME` and `drawn as section`
        "#]],
    );
    check(
        "race r \"R\"\nroutine f\nroutine g(a b)\n  local: bool\n",
        expect![[r#"
            error: expected `(`, but the line ends
             --> test.race:2:10
              |
            2 | routine f
              |          ^
              |
              = help: such a line is written `routine NAME(PARAMETER, PARAMETER = DEFAULT)`

            error: expected `=`, `,` or `)`, but found `b`
             --> test.race:3:13
              |
            3 | routine g(a b)
              |             ^
              |
              = help: such a line is written `routine NAME(PARAMETER, PARAMETER = DEFAULT)`

            error: expected a name, but found `:`
             --> test.race:4:8
              |
            4 |   local: bool
              |        ^
              |
              = help: such a line is written `NAME "title": TYPE = INITIAL`, for example `refcount: 0..3 = 1`
        "#]],
    );
    check(
        "race r \"R\"\nmemory\n  a: 0..99999999999\n  2b: bool\n",
        expect![[r#"
        error: this number is too large
         --> test.race:3:9
          |
        3 |   a: 0..99999999999
          |         ^^^^^^^^^^^
          |
          = help: numbers go from -2147483648 to 2147483647, and a cell wants a small range

        error: a name cannot start with a digit
         --> test.race:4:3
          |
        4 |   2b: bool
          |   ^^
          |
          = help: start it with a letter or `_`
    "#]],
    );
}

#[test]
fn layout() {
    check(
        "race r \"R\"\nmemory\n\ta: bool\n\tb: bool\n",
        expect![[r#"
            error: a tab in the indentation
             --> test.race:3:1
              |
            3 |     a: bool
              | ^^^^
              |
              = help: indent with blanks only: a tab is as wide as each editor likes
        "#]],
    );
    check(
        "race r \"R\"\nmemory\n    a: bool\n  b: bool\n",
        expect![[r#"
        error: this line is indented by 2 blanks, the lines beside it by 4
         --> test.race:4:3
          |
        4 |   b: bool
          |   ^^^^^^^ belongs to which line?
          |
          = help: lines that belong together start in the same column: indent it like them, or like the line that it belongs below
    "#]],
    );
    check(
        "  race r \"R\"\n  use a\n",
        expect![[r#"
            error: the first line of a text is not indented
             --> test.race:1:3
              |
            1 |   race r "R"
              |   ^^^^^^^^^^
              |
              = help: start it at the left margin; what belongs to it is indented below it
        "#]],
    );
    check(
        "race r \"R\"\n  use a\n",
        expect![[r#"
        error: nothing can stand below the first line of a file
         --> test.race:2:3
          |
        1 | race r "R"
          | ---------- this line
        2 |   use a
          |   ^^^^^
          |
          = help: a line that is indented deeper belongs to the line above it: indent both alike
    "#]],
    );
    check(
        "race r \"R\"\nuse a\u{7}\n",
        expect![[r#"
        error: the character U+0007 cannot stand in a race
         --> test.race:2:6
          |
        2 | use a␇
          |      ^
          |
          = help: it cannot be seen: delete it
    "#]],
    );
    check(
        "race r \"R\"\nuse a\u{a0}, b\n",
        expect![[r#"
            error: this is a no-break space
             --> test.race:2:6
              |
            2 | use a , b
              |      ^
              |
              = help: write a plain blank
        "#]],
    );
    check(
        "\u{feff}race r \"R\"\r\nuse 3\r\n",
        expect![[r#"
            error: expected the name of a prelude, but found `3`
             --> test.race:2:5
              |
            2 | use 3
              |     ^
              |
              = help: such a line is written `use NAME, NAME`
        "#]],
    );
}
