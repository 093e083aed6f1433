//! What is too much, and how diagnostics point, count and suggest.

use super::complaints;
use crate::syntax::diagnostic::{Diagnostic, Location, Sources, brief, closest};
use crate::syntax::render::{render, render_styled};
use crate::syntax::span::{FileId, Span};
use crate::syntax::{Parsed, parse};
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn first_message(text: &str) -> String {
    let Parsed { diagnostics, .. } = parse(text, FileId(0));
    format!("{} × {}", diagnostics.len(), diagnostics.first().map_or("", |found| &found.message))
}

#[test]
fn too_much_is_one_clear_message() {
    let head = "race r \"R\"\n";
    expect!["1 × this text is longer than 1 MB"]
        .assert_eq(&first_message(&"x".repeat((1 << 20) + 1)));
    expect!["1 × only the first 20000 lines of a race are read"]
        .assert_eq(&first_message(&(head.to_owned() + &"use a\n".repeat(20_005))));

    let deep: String =
        (0..70).map(|level| format!("{}for a in b\n", "  ".repeat(level + 1))).collect();
    expect!["1 × lines are nested deeper than 64 levels"]
        .assert_eq(&first_message(&format!("{head}routine f()\n{deep}")));

    let assign = |value: String| first_message(&format!("{head}routine f()\n  x = {value}\n"));
    expect!["0 × "].assert_eq(&assign("(".repeat(60) + "a" + &")".repeat(60)));
    expect!["1 × this line is nested too deeply or too long"]
        .assert_eq(&assign("(".repeat(70) + "a" + &")".repeat(70)));
    expect!["1 × this line is nested too deeply or too long"]
        .assert_eq(&assign("a[".repeat(70) + "a" + &"]".repeat(70)));
    expect!["1 × this line is nested too deeply or too long"]
        .assert_eq(&assign("not ".repeat(70) + "a"));
    expect!["1 × this line is nested too deeply or too long"]
        .assert_eq(&assign("a + ".repeat(300) + "a"));
    expect!["3 × there is no `!`"].assert_eq(&assign("!".repeat(400) + "a"));
    expect!["3 × there is no `$`"]
        .assert_eq(&first_message(&format!("{head}{}", "$".repeat(500_000))));
    expect!["21 × there is no `$`"]
        .assert_eq(&first_message(&format!("{head}{}", "$\n".repeat(500_000))));
    expect!["1 × this expression is nested too deeply"].assert_eq(&assign("a + ".repeat(70) + "a"));
    expect!["1 × this expression is nested too deeply"]
        .assert_eq(&assign("a".to_owned() + &".b".repeat(70)));
}

#[test]
fn a_long_line_is_shown_in_part() {
    let text = format!("race r \"R\"\nknob k = on | off \"{}\" x y\n", "ä".repeat(10_000));
    expect![[r#"
        error: expected `scale`, but found `x`
         --> test.race:2:10022
          |
        2 | ...ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää" x y
          |                                                                    ^
          |
          = help: such a line is written `knob NAME = VALUE | VALUE "what it turns"`, the default first
    "#]].assert_eq(&complaints(&text));
}

#[test]
fn one_run_tells_of_twenty_mistakes() {
    let text = "race r \"R\"\n".to_owned() + &"knob\n".repeat(30);
    let parsed = parse(&text, FileId(0));
    assert_eq!(parsed.diagnostics.len(), 21);
    expect!["and 10 more"].assert_eq(&parsed.diagnostics[20].message);
    assert_eq!(parsed.diagnostics[20].primary.0.start as usize, text.len() - 46);
}

#[test]
fn a_wait_is_a_step() {
    let text = "race r \"R\"\nroutine f()\n  wait until x\n    waiting \"for x\"\n  A: nothing `a` \"A.\"\n    if x\n      wait until y\n";
    expect![[r#"
        error: this step has no key
         --> test.race:3:3
          |
        3 |   wait until x
          |   ^^^^
          |
          = help: a wait or a choice is a step of its own: give it a key, `W2: …`

        error: a wait in the middle of a step
         --> test.race:7:7
          |
        7 |       wait until y
          |       ^^^^^^^^^^^^
          |
          = help: a step waits first, if at all: make a step of its own of this
    "#]]
    .assert_eq(&complaints(text));
}

#[test]
fn a_mistake_costs_one_line() {
    let text = "race r \"R\"\nrutine f()\n  x == 1\nroutine g()\n  A: x = `a` \"A.\"\n  B: nothing `b` \"B.\"\n  goto\n";
    expect![[r#"
        error: nothing at the left margin starts like this
         --> test.race:2:1
          |
        2 | rutine f()
          | ^^^^^^
          |
          = help: did you mean `routine`?

        error: there is no `==`
         --> test.race:3:5
          |
        3 |   x == 1
          |     ^^
          |
          = help: compare with `is`: `if x is 0`

        error: expected an expression, but found a label
         --> test.race:5:10
          |
        5 |   A: x = `a` "A."
          |          ^^^
          |
          = help: such a line is written KEY: STATEMENT `label`, and below it a sentence in quotes

        error: expected the key of a step, but the line ends
         --> test.race:7:7
          |
        7 |   goto
          |       ^
          |
          = help: such a line is written `goto KEY`; KEY is the key of a step of this lane
    "#]]
    .assert_eq(&complaints(text));
    let tree = format!("{:?}", parse(text, FileId(0)).file);
    assert!(tree.contains("key: \"A\"") && tree.contains("key: \"B\""), "{tree}");
}

#[test]
fn places_count_characters() {
    let mut sources = Sources::new();
    let file = sources.add("a.race", "\u{feff}äö x\r\nyz");
    let span = |start, end| Span { file, start, end };
    let at = |line, column, end_line, end_column| Location { line, column, end_line, end_column };
    assert_eq!(sources.locate(span(8, 9)), at(1, 4, 1, 5));
    assert_eq!(sources.locate(span(11, 13)), at(2, 1, 2, 3));
    assert_eq!(sources.locate(span(8, 12)), at(1, 4, 2, 2));
    assert_eq!(sources.excerpt(span(3, 5)), "ä");
    assert_eq!((sources.line(span(8, 9)), sources.line(span(11, 13))), ("äö x", "yz"));
    // Nonsense is no panic.
    assert_eq!(sources.excerpt(span(4, 900)), "äö x\r\nyz");
    assert_eq!(sources.locate(Span { file: FileId(7), start: 3, end: 1 }), at(1, 1, 1, 1));
}

#[test]
fn a_diagnostic_may_point_into_several_texts() {
    let mut sources = Sources::new();
    let race = sources.add("a.race", "race a \"A\"\r\nuse b\r\nenum e = x\r\n");
    let prelude = sources.add("b", "prelude b \"B\"\nenum e = y\n");
    let diagnostic =
        Diagnostic::warning("`e` is declared twice", Span { file: race, start: 24, end: 25 })
            .label("here")
            .also(Span { file: prelude, start: 19, end: 20 }, "and in the prelude")
            .also(Span { file: race, start: 16, end: 17 }, "which is used here")
            .did_you_mean(closest("ee", ["f", "efe"]));
    expect![[r#"
        warning: `e` is declared twice
         --> a.race:3:6
          |
        2 | use b
          |     - which is used here
        3 | enum e = x
          |      ^ here
          |
         ::: b:2:6
          |
        2 | enum e = y
          |      - and in the prelude"#]]
    .assert_eq(&render(&sources, std::slice::from_ref(&diagnostic)));
    assert!(render_styled(&sources, &[diagnostic]).contains("\u{1b}["));
}

#[test]
fn the_closest_name_is_suggested_only_if_it_is_close() {
    let names = ["refcount", "ref", "owner", "page_wait", "e"];
    assert_eq!(closest("refcuont", names), Some("refcount"));
    assert_eq!(closest("page-wait", names), Some("page_wait"));
    assert_eq!(closest("Owner", names), Some("owner"));
    assert_eq!(closest("ip", ["broadcast", "ipi"]), Some("ipi"));
    assert_eq!(closest("of", ["on", "off"]), Some("off"));
    assert_eq!(closest("no", ["on", "off"]), None);
    assert_eq!(closest("rf", names), None);
    assert_eq!(closest("x", names), None);
    assert_eq!(closest("head", names), None);
    assert_eq!(closest(&"x".repeat(10_000), names), None);
}

#[test]
fn a_reader_with_the_text_at_hand_is_told_in_short() {
    let mut sources = Sources::new();
    let file = sources.add("race", "race x \"X\"\nknob é = a\n");
    let span = Span { file, start: 16, end: 18 };
    let diagnostic = Diagnostic::error("no such thing", span).help("another");
    expect![[r#"
        race:2:6: no such thing
          knob é = a
               ^
          help: another"#]]
    .assert_eq(&brief(&sources, &[diagnostic]));
}
