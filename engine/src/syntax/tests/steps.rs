//! What a newcomer reads whose step is not complete.

use super::complaints;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&complaints(text));
}

#[test]
fn steps() {
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2 entry = pte    `pte`\n    \"It reads.\"\n",
        expect![[r#"
            error: this step has no key
             --> test.race:3:3
              |
            3 |   W2 entry = pte    `pte`
              |   ^^
              |
              = help: a `:` belongs behind the key: `W2: …`
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: entry = pte    `pte`\n",
        expect![[r#"
        error: this step has no sentence
         --> test.race:3:3
          |
        3 |   W2: entry = pte    `pte`
          |   ^^
          |
          = help: say in quotes, below the line, what happens: `"The walker reads the PTE."`
    "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: entry = pte\n    \"It reads.\"\n",
        expect![[r#"
            error: this step has no label
             --> test.race:3:3
              |
            3 |   W2: entry = pte
              |   ^^
              |
              = help: a few words in backticks, as they would stand in a table: `` `pte = *ptep` ``
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  entry = pte\n    \"It reads.\"\n",
        expect![[r#"
            error: this step has no key
             --> test.race:3:3
              |
            3 |   entry = pte
              |   ^^^^^
              |
              = help: this line has a sentence or a label, so it is a step; a step starts with its key: `W2: …`
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  \"It reads.\"\n",
        expect![[r#"
        error: a sentence, a label or a source belongs to a step
         --> test.race:3:3
          |
        3 |   "It reads."
          |   ^^^^^^^^^^^
          |
          = help: indent it below the line that starts with the step's key: `W2: …`
    "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: nothing `a` \"A.\"\n    @ mm/gup.c\n    \"B.\"\n    `b`\n",
        expect![[r#"
            error: a source names a file and a function
             --> test.race:4:5
              |
            4 |     @ mm/gup.c
              |     ^^^^^^^^^^
              |
              = help: for example `@ mm/gup.c gup_pte_range v6.1`; without a version it stands for all

            error: this step has a second sentence
             --> test.race:5:5
              |
            3 |   W2: nothing `a` "A."
              |                   ---- the first one
            4 |     @ mm/gup.c
            5 |     "B."
              |     ^^^^
              |
              = help: put both side by side; for words that hold in one case only use `say`

            error: this step has a second label
             --> test.race:6:5
              |
            3 |   W2: nothing `a` "A."
              |               --- the first one
            ...
            6 |     `b`
              |     ^^^
              |
              = help: keep one of them
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: wait until x `a`\n    \"A.\"\n",
        expect![[r#"
            error: this wait does not say what for
             --> test.race:3:7
              |
            3 |   W2: wait until x `a`
              |       ^^^^^^^^^^^^
              |
              = help: add below it what a reader sees meanwhile: `waiting "for the lock"`
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: x = 1 `a`\n    \"A.\"\n    wait until y\n      waiting \"for y\"\n",
        expect![[r#"
            error: a wait in the middle of a step
             --> test.race:5:5
              |
            5 |     wait until y
              |     ^^^^^^^^^^^^
              |
              = help: a step waits first, if at all: make a step of its own of this
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: if x is 1 `a`\n    \"A.\"\n",
        expect![[r#"
        error: a block cannot start behind a key
         --> test.race:3:3
          |
        3 |   W2: if x is 1 `a`
          |   ^^^^^^^^^^^^^^^^^
          |
          = help: put the `if` or `for` on a line of its own below the step, and its block below that
    "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  if x is 1\n    W2: nothing `a` \"A.\"\n",
        expect![[r#"
            error: a step cannot stand in a block
             --> test.race:4:5
              |
            4 |     W2: nothing `a` "A."
              |     ^^^^^^^^^^^^^^^^^^^^
              |
              = help: let the `if` jump with `goto KEY` instead; steps under a knob stand below `when`, in the lane
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: x = 1 `a\n    \"A.\n",
        expect![[r#"
        error: the closing backtick of this label is missing
         --> test.race:3:13
          |
        3 |   W2: x = 1 `a
          |             ^^
          |
          = help: a label ends on its line, with a backtick

        error: the closing quote of this text is missing
         --> test.race:4:5
          |
        4 |     "A.
          |     ^^^
          |
          = help: a text ends on its line, with `"`; to go on, write another text in quotes on the next line
    "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  W2: x is 1 `a` \"A.\"\n",
        expect![[r#"
            error: `is` compares, it does not write
             --> test.race:3:9
              |
            3 |   W2: x is 1 `a` "A."
              |         ^^
              |
              = help: write `=` here; a comparison follows `if`, `when`, `check` or `until`
        "#]],
    );
    check(
        "race r \"R\"\nactor a \"A\" letter a\n  is: nothing `a` \"A.\"\n",
        expect![[r#"
            error: `is` cannot be the key of a step
             --> test.race:3:3
              |
            3 |   is: nothing `a` "A."
              |   ^^
              |
              = help: it is a word of the language; a key is short, like `W2`
        "#]],
    );
}
