//! What becomes of lines: the tree, in its short form.

use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The items of a race that consists of `text`.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let file = super::parsed(&format!("race r \"R\"\n{text}"));
    let mut items = file.items.iter().map(|item| format!("{item:?}\n")).collect::<String>();
    for nothing in NOTHING {
        items = items
            .replace(&format!(", {nothing}: None"), "")
            .replace(&format!(", {nothing}: []"), "");
    }
    expected.assert_eq(&items);
}

/// What is left out of the short form where it is not there.
const NOTHING: [&str; 21] = [
    "title",
    "array",
    "initial",
    "below",
    "above",
    "storage",
    "drawing",
    "beside",
    "under",
    "points_to",
    "copy_of",
    "text",
    "meanings",
    "marks",
    "sources",
    "access",
    "cpu",
    "times",
    "prefix",
    "renamed",
    "otherwise",
];

#[test]
fn words_about_the_race() {
    check(
        "use rcu, gup\nleaves out \"much\"\n  \"and more\"\nterm PTE, \"page-table entry\" \"An entry\"\n  \"of it.\"",
        expect![[r#"
            Use(["rcu", "gup"])
            LeavesOut("much and more")
            Term { names: ["PTE", "page-table entry"], text: "An entry of it." }
        "#]],
    );
    check(
        "about\n  \"One.\"\n    \"Still one.\"\n  \"Two.\"\n",
        expect![[r#"
        About(["One. Still one.", "Two."])
    "#]],
    );
    check(
        "violation v \"bad: \\\"so\\\"\"\nenum e = a | b\n",
        expect![[r#"
        Violation { name: "v", text: "bad: \"so\"" }
        Enum { name: "e", values: ["a", "b"] }
    "#]],
    );
}

#[test]
fn knobs_and_presets() {
    check(
        "knob k = on | off  \"text\" scale\n  on \"is on\" observed protects\n  off \"is\"\n    \"off\"\n  deduced\n",
        expect![[r#"
            Knob(Knob { name: "k", values: ["on", "off"], text: Some("text"), scale: true, meanings: [Meaning { value: "on", text: "is on", marks: ["observed"], protects: true }, Meaning { value: "off", text: "is off", protects: false }], marks: ["deduced"] })
        "#]],
    );
    check(
        "knob walkers = 1 | 2\n  \"how many\"\n  \"there are\"\n",
        expect![[r#"
            Knob(Knob { name: "walkers", values: ["1", "2"], text: Some("how many there are"), scale: false })
        "#]],
    );
    check(
        "preset \"All\"\npreset \"Some\": a=b, c = 2\n  \"Why\"\n  \"so.\"",
        expect![[r#"
            Preset(Preset { title: "All", settings: [] })
            Preset(Preset { title: "Some", settings: [("a", "b"), ("c", "2")], text: Some("Why so.") })
        "#]],
    );
}

#[test]
fn cards() {
    check(
        "card c \"C()\" adds mine to wait\n  run r(mine) as C\ncard d \"D()\"\n",
        expect![[r#"
        Card(Card { name: "c", title: "C()", adds: Some(("mine", "wait")), lines: [Run(Run { routine: "r", arguments: [(None, Name("mine"))], prefix: Some("C"), span: Span { file: FileId(0), start: 44, end: 60 } })] })
        Card(Card { name: "d", title: "D()", adds: None, lines: [] })
    "#]],
    );
}

#[test]
fn memory() {
    check(
        "memory\n  a: bool\n  b \"B\": 0..3 = 1 below low above high in s\n    drawn as plain\n",
        expect![[r#"
            Memory([Declaration(Declaration { name: "a", type_: Bool }), Declaration(Declaration { name: "b", title: Some("B"), type_: Range(Number(0), Number(3)), initial: Some(Number(1)), below: Some("low"), above: Some("high"), storage: Some("s"), drawing: Some(Drawing { shape: "plain" }) })])
        "#]],
    );
    check(
        "memory\n  n: page or none = none\n  l: a | b = a\n  w: array[wait] of set of actors = empty\n  t: array[2] of actor or none",
        expect![[r#"
            Memory([Declaration(Declaration { name: "n", type_: OrNone("page"), initial: Some(Name("none")) }), Declaration(Declaration { name: "l", type_: Names(["a", "b"]), initial: Some(Name("a")) }), Declaration(Declaration { name: "w", array: Some(Named("wait")), type_: Actors, initial: Some(Name("empty")) }), Declaration(Declaration { name: "t", array: Some(Length(Number(2))), type_: OrNone("actor") })])
        "#]],
    );
    check(
        "memory\n  p \"P\": array[4..5] in s\n    head: p = it\n      drawn as frame points to frame\n  q\n    r: 0..n - 1\n",
        expect![[r#"
            Memory([Declaration(Declaration { name: "p", title: Some("P"), array: Some(Range(Number(4), Number(5))), type_: Record([Declaration { name: "head", type_: Named("p"), initial: Some(Name("it")), drawing: Some(Drawing { shape: "frame", points_to: Some("frame") }) }]), storage: Some("s") }), Declaration(Declaration { name: "q", type_: Record([Declaration { name: "r", type_: Range(Number(0), Binary(Minus, Name("n"), Number(1))) }]) })])
        "#]],
    );
    check(
        "memory\n  when k is on\n    a: bool\n  otherwise\n    a: 0..2\n",
        expect![[r#"
            Memory([When(When { condition: Binary(Is, Name("k"), Name("on")), then: [Declaration(Declaration { name: "a", type_: Bool })], otherwise: [Declaration(Declaration { name: "a", type_: Range(Number(0), Number(2)) })] })])
        "#]],
    );
    check(
        "storage m\n  lifetime live \"L\"\n  lifetime dead\n  read of dead breaks v\n  drawn as section\n",
        expect![[r#"
            Storage(Storage { name: "m", lifetimes: [("live", Some("L")), ("dead", None)], rules: [Rule { access: "read", lifetime: "dead", violation: "v" }], drawing: Some(Drawing { shape: "section" }) })
        "#]],
    );
    check(
        "memory\n  e: e = x\n    drawn as table-entry under pgd p4d points to frame\n  f: bool\n    drawn as register beside m copy of pte[0]\n",
        expect![[r#"
            Memory([Declaration(Declaration { name: "e", type_: Named("e"), initial: Some(Name("x")), drawing: Some(Drawing { shape: "table-entry", under: ["pgd", "p4d"], points_to: Some("frame") }) }), Declaration(Declaration { name: "f", type_: Bool, drawing: Some(Drawing { shape: "register", beside: Some("m"), copy_of: Some(Element(Name("pte"), Number(0))) }) })])
        "#]],
    );
}

#[test]
fn actors_and_routines() {
    check(
        "actor w \"W\" on cpu 3 letter w\n  finish\nenvironment e \"E\" times n + 1 letters a b\n  return",
        expect![[r#"
            Actor(Actor { name: "w", environment: false, title: "W", cpu: Some(3), letters: ['w'], lines: [Statement(Finish)] })
            Actor(Actor { name: "e", environment: true, title: "E", letters: ['a', 'b'], times: Some(Binary(Plus, Name("n"), Number(1))), lines: [Statement(Return)] })
        "#]],
    );
    check(
        "routine f()\nroutine g(a, b = no, c = \"text\")\n  local l \"L\": bool = no\n    drawn as register\n  run f() as P\n  run f() with A as B, C as D'\n  run g(x, c = y is one of p, q, b = \"t\")\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [] })
            Routine(Routine { name: "g", parameters: [("a", None), ("b", Some(Name("no"))), ("c", Some(Text("text")))], lines: [Local(Declaration { name: "l", title: Some("L"), type_: Bool, initial: Some(Name("no")), drawing: Some(Drawing { shape: "register" }) }), Run(Run { routine: "f", arguments: [], prefix: Some("P"), span: Span { file: FileId(0), start: 105, end: 117 } }), Run(Run { routine: "f", arguments: [], renamed: [("A", "B"), ("C", "D'")], span: Span { file: FileId(0), start: 120, end: 148 } }), Run(Run { routine: "g", arguments: [(None, Name("x")), (Some("c"), OneOf(Name("y"), [Name("p"), Name("q")])), (Some("b"), Text("t"))], span: Span { file: FileId(0), start: 151, end: 190 } })] })
        "#]],
    );
    check(
        "routine f()\n  when a\n    X: nothing `x` \"X.\"\n  otherwise\n    goto Y\n  if b return\n  check a is 1 else v\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [When(When { condition: Name("a"), then: [Step(Step { key: "X", atomic: false, label: "x", sentence: "X.", body: [Nothing] })], otherwise: [Statement(Goto("Y"))] }), Statement(If { condition: Name("b"), then: [Return] }), Statement(Check { condition: Binary(Is, Name("a"), Number(1)), violation: "v" })] })
        "#]],
    );
}

#[test]
fn steps() {
    check(
        "routine f()\n  W2: a = b    `a = b`\n      \"One\"\n      \"and two.\"\n      @ mm/gup.c f v6.1 v7 # not a version\n      deduced\n      if a is none\n        say \"None.\"\n        goto W9'\n      otherwise\n        b += 1\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [Step(Step { key: "W2", atomic: false, label: "a = b", sentence: "One and two.", sources: [Source { file: "mm/gup.c", function: "f", versions: ["v6.1", "v7"], span: Span { file: FileId(0), start: 81, end: 101 } }], marks: ["deduced"], body: [Assign { place: Name("a"), value: Name("b") }, If { condition: Binary(Is, Name("a"), Name("none")), then: [Say("None."), Goto("W9'")], otherwise: [Assign { place: Name("b"), value: Binary(Plus, Name("b"), Number(1)) }] }] })] })
        "#]],
    );
    check(
        "routine f()\n  W: atomic as pin `w` \"W.\"\n    x.y -= 2\n    when k\n      break v\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [Step(Step { key: "W", atomic: true, access: Some("pin"), label: "w", sentence: "W.", body: [Assign { place: Field(Name("x"), "y"), value: Binary(Minus, Field(Name("x"), "y"), Number(2)) }, When(When { condition: Name("k"), then: [Break("v")] })] })] })
        "#]],
    );
    check(
        "routine f()\n  D: atomic wait until a\n          waiting \"for a\" may be held off\n     `d`\n     \"D.\"\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [Step(Step { key: "D", atomic: true, label: "d", sentence: "D.", body: [Wait { condition: Name("a"), words: "for a", may_be_held_off: true }] })] })
        "#]],
    );
    check(
        "routine f()\n  D: wait until a waiting \"for a\" `d` \"D.\"\n  E: `e` \"E.\"\n    wait until b\n      waiting \"for b\"\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [Step(Step { key: "D", atomic: false, label: "d", sentence: "D.", body: [Wait { condition: Name("a"), words: "for a", may_be_held_off: false }] }), Step(Step { key: "E", atomic: false, label: "e", sentence: "E.", body: [Wait { condition: Name("b"), words: "for b", may_be_held_off: false }] })] })
        "#]],
    );
    check(
        "routine f()\n  M: choose `m`\n    \"M.\"\n    either when a is 1 \"one\"\n      x = 1\n    or \"none\"\n      finish\n  N: if a is 1 x = 2 `n` \"N.\"\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [Step(Step { key: "M", atomic: false, label: "m", sentence: "M.", body: [Choose([Branch { guard: Some(Binary(Is, Name("a"), Number(1))), title: "one", body: [Assign { place: Name("x"), value: Number(1) }] }, Branch { guard: None, title: "none", body: [Finish] }])] }), Step(Step { key: "N", atomic: false, label: "n", sentence: "N.", body: [If { condition: Binary(Is, Name("a"), Number(1)), then: [Assign { place: Name("x"), value: Number(2) }] }] })] })
        "#]],
    );
    check(
        "routine f()\n  for each in wait\n    waited[each] = waited[each] without self\n  wait = 3\n  if not a break v\n",
        expect![[r#"
            Routine(Routine { name: "f", parameters: [], lines: [Statement(For { variable: "each", over: "wait", body: [Assign { place: Element(Name("waited"), Name("each")), value: Binary(Without, Element(Name("waited"), Name("each")), Name("self")) }] }), Statement(Assign { place: Name("wait"), value: Number(3) }), Statement(If { condition: Not(Name("a")), then: [Break("v")] })] })
        "#]],
    );
}
