//! What a newcomer reads whose statement is not one.

use super::complaints;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&complaints(text));
}

#[test]
fn statements() {
    check(
        "race r \"R\"\nroutine f()\n  if x is 0\n    goto W\n  else\n    goto V\n",
        expect![[r#"
            error: there is no `else` here
             --> test.race:5:3
              |
            5 |   else
              |   ^^^^
              |
              = help: write `otherwise` on a line of its own, in the column of its `if`, and what is done then below it
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  if x is 0 then goto W\n",
        expect![[r#"
        error: there is no `then`
         --> test.race:3:13
          |
        3 |   if x is 0 then goto W
          |             ^^^^
          |
          = help: what to do follows the condition right away: `if x is 0 goto W2`
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  while x is 0\n    y = 1\n",
        expect![[r#"
            error: no statement starts with `while`
             --> test.race:3:3
              |
            3 |   while x is 0
              |   ^^^^^
              |
              = help: there are no loops: give the first line a key and jump back with `goto KEY`
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  gooto W\n",
        expect![[r#"
            error: no statement starts with `gooto`
             --> test.race:3:3
              |
            3 |   gooto W
              |   ^^^^^
              |
              = help: did you mean `goto`?
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  goto\n",
        expect![[r#"
            error: expected the key of a step, but the line ends
             --> test.race:3:7
              |
            3 |   goto
              |       ^
              |
              = help: such a line is written `goto KEY`; KEY is the key of a step of this lane
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  x =\n  y = (1 +\n",
        expect![[r#"
            error: expected an expression, but the line ends
             --> test.race:3:6
              |
            3 |   x =
              |      ^
              |
              = help: such a line is written `PLACE = VALUE`

            error: expected an expression, but the line ends
             --> test.race:4:11
              |
            4 |   y = (1 +
              |           ^
              |
              = help: such a line is written `PLACE = VALUE`
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  if x is 0\n  goto W\n",
        expect![[r#"
        error: what is done if this holds?
         --> test.race:3:3
          |
        3 |   if x is 0
          |   ^^^^^^^^^
          |
          = help: put it behind the condition (`if x is 0 goto W2`), or below it, indented
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  check x is 0\n  assert x is 0\n",
        expect![[r#"
            error: expected `else`, but the line ends
             --> test.race:3:15
              |
            3 |   check x is 0
              |               ^
              |
              = help: such a line is written `check CONDITION else VIOLATION`

            error: no statement starts with `assert`
             --> test.race:4:3
              |
            4 |   assert x is 0
              |   ^^^^^^
              |
              = help: a property is checked with `check CONDITION else VIOLATION`
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  otherwise\n    x = 1\n",
        expect![[r#"
        error: this `otherwise` has no `if` and no `when`
         --> test.race:3:3
          |
        3 |   otherwise
          |   ^^^^^^^^^
          |
          = help: it stands in the column of its `if`, right below the block of that
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  run g\n  run g(a, b\n",
        expect![[r#"
        error: expected `(`, but the line ends
         --> test.race:3:8
          |
        3 |   run g
          |        ^
          |
          = help: such a line is written `run NAME(ARGUMENT, PARAMETER = ARGUMENT)`

        error: expected `,` or `)`, but the line ends
         --> test.race:4:13
          |
        4 |   run g(a, b
          |             ^
          |
          = help: such a line is written `run NAME(ARGUMENT, PARAMETER = ARGUMENT)`
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  or \"that\"\n",
        expect![[r#"
        error: this branch has no `choose`
         --> test.race:3:3
          |
        3 |   or "that"
          |   ^^^^^^^^^
          |
          = help: write `choose` on a line before the first `either`
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  if x is 0:\n    y = 1\n",
        expect![[r#"
        error: no `:` stands behind a condition
         --> test.race:3:12
          |
        3 |   if x is 0:
          |            ^
          |
          = help: leave it out; what is done then stands below, indented
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  if entry non goto W\n",
        expect![[r#"
            error: expected an operator like `is` or a statement, but found `non`
             --> test.race:3:12
              |
            3 |   if entry non goto W
              |            ^^^
              |
              = help: such a line is written `if CONDITION STATEMENT`, or `if CONDITION` and below it, indented, what is done then
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  goto W\n    x = 1\n",
        expect![[r#"
        error: nothing can stand below this statement
         --> test.race:4:5
          |
        3 |   goto W
          |   ------ this line
        4 |     x = 1
          |     ^^^^^
          |
          = help: a line that is indented deeper belongs to the line above it: indent both alike
    "#]],
    );
}
