//! What a newcomer reads who writes the signs of another language.

use super::complaints;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&complaints(text));
}

#[test]
fn signs_of_other_languages() {
    check(
        "race r \"R\"\nroutine f()\n  if x == 0 && !y goto W\n  x := 1;\n",
        expect![[r#"
            error: there is no `==`
             --> test.race:3:8
              |
            3 |   if x == 0 && !y goto W
              |        ^^
              |
              = help: compare with `is`: `if x is 0`

            error: there is no `&&`
             --> test.race:3:13
              |
            3 |   if x == 0 && !y goto W
              |             ^^
              |
              = help: write `and`

            error: there is no `!`
             --> test.race:3:16
              |
            3 |   if x == 0 && !y goto W
              |                ^
              |
              = help: write `not`

            error: there is no `:=`
             --> test.race:4:5
              |
            4 |   x := 1;
              |     ^^
              |
              = help: a value is written with `=`

            error: there is no `;`
             --> test.race:4:9
              |
            4 |   x := 1;
              |         ^
              |
              = help: a statement ends with its line: leave the `;` out
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  if x = y goto W\n",
        expect![[r#"
        error: `=` writes a value; it does not compare
         --> test.race:3:8
          |
        3 |   if x = y goto W
          |        ^
          |
          = help: compare with `is`: `if x is 0`
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  if (a->b != 3) {\n    return\n  }\n",
        expect![[r#"
            error: there is no `->`
             --> test.race:3:8
              |
            3 |   if (a->b != 3) {
              |        ^^
              |
              = help: a field is reached with `.`: `pgmap.ref`

            error: there is no `!=`
             --> test.race:3:12
              |
            3 |   if (a->b != 3) {
              |            ^^
              |
              = help: compare with `is not`: `if x is not 0`

            error: there is no `{`
             --> test.race:3:18
              |
            3 |   if (a->b != 3) {
              |                  ^
              |
              = help: blocks are made by indentation: leave the brace out and indent the lines that belong to it

            error: there is no `}`
             --> test.race:5:3
              |
            5 |   }
              |   ^
              |
              = help: blocks are made by indentation: leave the brace out
        "#]],
    );
    check(
        "race r \"R\"\nmemory\n  a: bool = true // on\n",
        expect![[r#"
        error: there is no `true`
         --> test.race:3:13
          |
        3 |   a: bool = true // on
          |             ^^^^
          |
          = help: write `yes`

        error: this is no comment here
         --> test.race:3:18
          |
        3 |   a: bool = true // on
          |                  ^^^^^
          |
          = help: a comment starts with `#`
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  say “hello”\n",
        expect![[r#"
        error: a text stands in plain double quotes
         --> test.race:3:7
          |
        3 |   say “hello”
          |       ^^^^^^^
          |
          = help: write `"` before and after it; an editor or a mail program may have changed them
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  say 'hello'\n",
        expect![[r#"
        error: a text stands in plain double quotes
         --> test.race:3:7
          |
        3 |   say 'hello'
          |       ^^^^^^^
          |
          = help: write `"` before and after it; an editor or a mail program may have changed them
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  x = a -1\n  y++\n",
        expect![[r#"
            error: a minus needs a blank on both sides
             --> test.race:3:9
              |
            3 |   x = a -1
              |         ^
              |
              = help: names may contain `-`, so write `a - 1`; a range is written `0..3`

            error: there is no `++`
             --> test.race:4:4
              |
            4 |   y++
              |    ^^
              |
              = help: write `+= 1`
        "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  x = f(3)\n",
        expect![[r#"
        error: there are no functions
         --> test.race:3:8
          |
        3 |   x = f(3)
          |        ^
          |
          = help: a routine is run on a line of its own: `run NAME(…)`
    "#]],
    );
    check(
        "race r \"R\"\nroutine f()\n  if a < b < c goto W\n",
        expect![[r#"
        error: comparisons cannot be chained
         --> test.race:3:12
          |
        3 |   if a < b < c goto W
          |            ^
          |
          = help: join two of them with `and`: `0 < x and x < 3`
    "#]],
    );
    check(
        "race r \"R\"\nmemory\n  größe: 0..3\n",
        expect![[r#"
            error: `öße` cannot stand in a name
             --> test.race:3:5
              |
            3 |   größe: 0..3
              |     ^^^
              |
              = help: names are made of the letters a to z and A to Z, digits, `_` and `-`; any letter may stand in texts
        "#]],
    );
}
