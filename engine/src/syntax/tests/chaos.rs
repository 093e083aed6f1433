//! Whatever the text: no panic, every span lies in it, and every mistake can be shown.

use crate::syntax::diagnostic::Sources;
use crate::syntax::parse;
use crate::syntax::render::render;
use crate::syntax::span::FileId;
use proptest::prelude::*;
use proptest::sample::{Index, select};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const LIBRARY: [&str; 4] = [
    include_str!("../../../races/memunmap.race"),
    include_str!("../../../races/reclaim.race"),
    include_str!("../../../races/prelude/gup_fast.race"),
    include_str!("../../../races/prelude/pages.race"),
];

/// Pieces that lines are made of, good and bad.
const PIECES: [&str; 60] = [
    "\n",
    "\n  ",
    "\n    ",
    "\n\t",
    "\r\n",
    " ",
    "race r \"R\"\n",
    "use",
    "about",
    "leaves out",
    "term",
    "violation",
    "enum",
    "knob",
    "preset",
    "storage",
    "memory",
    "routine",
    "f(",
    ")",
    "actor",
    "letter w",
    "times",
    "local",
    "when",
    "otherwise",
    "W2:",
    "atomic",
    "as",
    "if",
    "goto",
    "run",
    "check",
    "else",
    "wait until",
    "waiting",
    "choose",
    "either",
    "or",
    "for",
    "in",
    "say",
    "x",
    "a-b'",
    "=",
    "+=",
    "is",
    "not",
    "one of",
    "array[",
    "]",
    "..",
    "|",
    ",",
    "actors where",
    "-3",
    "99999999999",
    "\"ä “text”\"",
    "`l`",
    "@ f g",
];

fn survives(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text, FileId(0));
    let good = |start: usize, end: usize| {
        start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
    };
    for diagnostic in &parsed.diagnostics {
        for (span, _) in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
            prop_assert!(good(span.start as usize, span.end as usize), "{diagnostic:?}");
        }
        prop_assert!(
            !diagnostic.message.is_empty() && diagnostic.help.is_some()
                || !diagnostic.primary.1.is_empty()
        );
    }
    // In the alternate form each span is two lines of their own.
    let tree = format!("{:#?}", parsed.file);
    let mut start = 0;
    for line in tree.lines().map(str::trim) {
        let number = |name: &str| line.strip_prefix(name)?.strip_suffix(',')?.parse::<usize>().ok();
        if let Some(found) = number("start: ") {
            start = found;
        } else if let Some(end) = number("end: ") {
            prop_assert!(good(start, end), "{start}..{end}");
        }
    }
    let mut sources = Sources::new();
    sources.add("test.race", text);
    prop_assert_eq!(
        render(&sources, &parsed.diagnostics).is_empty(),
        parsed.diagnostics.is_empty()
    );
    Ok(())
}

/// What happens to a text by mistake.
#[derive(Clone, Debug)]
enum Slip {
    Delete(Index),
    Duplicate(Index),
    Swap(Index, Index),
    Indent(Index, usize),
    Cut(Index),
    Insert(Index, &'static str),
    Lose(Index, usize),
}

fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        any::<Index>().prop_map(Slip::Delete),
        any::<Index>().prop_map(Slip::Duplicate),
        any::<(Index, Index)>().prop_map(|(a, b)| Slip::Swap(a, b)),
        (any::<Index>(), 0..12_usize).prop_map(|(line, by)| Slip::Indent(line, by)),
        any::<Index>().prop_map(Slip::Cut),
        (any::<Index>(), select(&PIECES[..])).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        (any::<Index>(), 1..9_usize).prop_map(|(at, bytes)| Slip::Lose(at, bytes)),
    ]
}

fn apply(text: &mut String, slip: &Slip) {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return;
    }
    let boundary = |at: &Index| text.floor_char_boundary(at.index(text.len() + 1));
    match slip {
        Slip::Delete(line) => drop(lines.remove(line.index(lines.len()))),
        Slip::Duplicate(line) => {
            let line = line.index(lines.len());
            lines.insert(line, lines[line]);
        }
        Slip::Swap(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
        }
        Slip::Indent(line, by) => {
            let line = line.index(lines.len());
            let indented = " ".repeat(*by) + lines[line].trim_start();
            lines[line] = &indented;
            *text = lines.concat();
            return;
        }
        Slip::Cut(at) => return text.truncate(boundary(at)),
        Slip::Insert(at, piece) => return text.insert_str(boundary(at), piece),
        Slip::Lose(at, bytes) => {
            let from = boundary(at);
            let to = text.floor_char_boundary(from + bytes);
            return text.replace_range(from..to, "");
        }
    }
    *text = lines.concat();
}

#[test]
fn empty_and_odd_texts() {
    for text in [
        "",
        "\n",
        "\u{feff}",
        "\u{feff}\r\n",
        "\0",
        "\"",
        "`",
        "'",
        "@",
        "#",
        "\\",
        "\"\\",
        "ä",
        "  ä",
        "-",
        "é́",
    ] {
        survives(text).expect(text);
        survives(&format!("race r \"R\"\nroutine f()\n  {text}")).expect(text);
    }
}

proptest! {
    #[test]
    fn any_text(text in "(?s).{0,200}") {
        survives(&text)?;
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(select(&PIECES[..]), 0..80), joint in select(&[" ", ""][..])) {
        survives(&pieces.join(joint))?;
    }

    #[test]
    fn a_race_with_slips(text in select(&LIBRARY[..]), slips in prop::collection::vec(slip(), 1..8)) {
        let mut text = text.to_owned();
        for slip in &slips {
            apply(&mut text, slip);
        }
        survives(&text)?;
    }
}
