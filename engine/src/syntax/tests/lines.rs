//! What a newcomer reads about marks, memory and indentation.

use super::complaints;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&complaints(text));
}

#[test]
fn marks() {
    check(
        "race r \"R\"\nknob k = a | b\n  a \"A\" deduced observed\n  b \"B\" observd\n",
        expect![[r#"
            error: expected `deduced`, `observed`, `unverified`, `hypothetical` or `protects`, but found `observd`
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
