//! Texts that are nearly races: those that there are, each written as one file, and what happens to a
//! text by mistake.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use racewalk_engine::library;

/// Races that are about no kernel, and what each construct is shown by in the book.
const GENERAL: [&str; 9] = [
    include_str!("../races/awkward.race"),
    include_str!("../races/peterson.race"),
    include_str!("../races/peterson3.race"),
    include_str!("../races/philosophers.race"),
    include_str!("../races/rcu_list.race"),
    include_str!("../races/seqlock.race"),
    include_str!("../races/treiber.race"),
    include_str!("../export/large.race"),
    include_str!("../../../cli/tests/cli/races/crowd.race"),
];
const BOOK: &str = include_str!("../../../book/src/language.md");

/// Every race there is: of the library, with the preludes that it uses in its own text; general ones;
/// the book's.
pub(crate) fn races() -> Vec<String> {
    let library = library::races().iter().map(|race| in_one_file(race.text));
    let general = GENERAL.iter().map(|text| (*text).to_owned());
    let book = BOOK.split("```race\n").skip(1);
    let book = book.map(|it| it.split("```").next().unwrap_or_default().to_owned());
    library.chain(general).chain(book).collect()
}

/// A race with the preludes that it uses, and those that they use, behind it.
fn in_one_file(race: &str) -> String {
    let mut text = String::new();
    let mut used: Vec<&str> = Vec::new();
    let mut lines: Vec<&str> = race.split_inclusive('\n').collect();
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        at += 1;
        match line.strip_prefix("use ") {
            Some(names) => {
                for name in names.split(',').map(str::trim) {
                    if !used.contains(&name) {
                        used.push(name);
                        let prelude = library::prelude(name).expect("a prelude");
                        lines.extend(prelude.split_inclusive('\n').skip(1));
                    }
                }
            }
            None => text.push_str(line),
        }
    }
    text
}

/// Pieces that lines are made of, good and bad.
pub(crate) const PIECES: [&str; 120] = [
    "\n",
    "\n  ",
    "\n    ",
    "\n\t",
    "\r\n",
    " ",
    "race r \"R\"\n",
    "prelude p \"P\"\n",
    "use",
    "waiting",
    "about",
    "leaves out",
    "term",
    "violation v \"breaks\"",
    "enum",
    "knob",
    "scale",
    "protects",
    "card c \"C\" adds a to e",
    "preset",
    "storage",
    "lifetime",
    "read of",
    "breaks",
    "memory",
    "in heap",
    "below v",
    "above v",
    "drawn as",
    "table-entry",
    "beside",
    "under",
    "points to frame",
    "copy of",
    "routine",
    "f(",
    ")",
    "n = 2",
    "actor",
    "environment",
    "on cpu 0",
    "letter w",
    "letters a b",
    "times",
    "local",
    "when",
    "otherwise",
    "W2:",
    "W2':",
    "atomic",
    "nothing",
    "as pin",
    "with W2 as W3",
    "if",
    "goto W2",
    "return",
    "finish",
    "break v",
    "run f()",
    "check",
    "else v",
    "wait until",
    "waiting \"for it\"",
    "may be held off",
    "choose",
    "either",
    "or",
    "either when x \"one\"",
    "for each in",
    "say \"{x}\"",
    "deduced",
    "hypothetical",
    "x",
    "a-b'",
    "x: 0..2 = 0",
    "x: bool = no",
    "x: set of actors = empty",
    "x: actor or none = none",
    "x: array[actor] of",
    "x: array[n] of bool = it is 1",
    "bool",
    "=",
    "+=",
    "-=",
    "+",
    "*",
    "mod",
    "is",
    "is not",
    "not",
    "and",
    "has",
    "with",
    "without",
    "<=",
    ">",
    "one of",
    "array[",
    "]",
    "(",
    "..",
    "|",
    ",",
    ".x",
    "[x]",
    "it",
    "self",
    "none",
    "actors where",
    "w past W2",
    "w at W2",
    "w finished",
    "-3",
    "256",
    "2147483647",
    "99999999999",
    "\"ä “text”\"",
    "\"{x[2]} `l`\"",
    "`l`",
    "@ f g v6.1",
];

/// What happens to a text by mistake.
#[derive(Clone, Debug)]
pub(crate) enum Slip {
    Delete(Index),
    Duplicate(Index),
    Swap(Index, Index),
    Indent(Index, usize),
    Cut(Index),
    Insert(Index, &'static str),
    Append(Index, &'static str),
    Lose(Index, usize),
    /// A word becomes another of the same text: a name that is there, but not meant here.
    Confuse(Index, Index),
    /// A number becomes another.
    Miscount(Index, &'static str),
}

const NUMBERS: [&str; 12] =
    ["0", "1", "2", "3", "7", "31", "32", "64", "255", "256", "65536", "2147483647"];

/// Anything that can happen.
pub(crate) fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        1 => (any::<Index>(), 0..12_usize).prop_map(|(line, by)| Slip::Indent(line, by)),
        1 => any::<Index>().prop_map(Slip::Cut),
        1 => (any::<Index>(), select(&PIECES[..])).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        1 => (any::<Index>(), 1..9_usize).prop_map(|(at, bytes)| Slip::Lose(at, bytes)),
        4 => small_slip(),
    ]
}

/// What often leaves a text that can be read, so that what reads it goes on.
pub(crate) fn small_slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        1 => any::<Index>().prop_map(Slip::Delete),
        1 => any::<Index>().prop_map(Slip::Duplicate),
        1 => any::<(Index, Index)>().prop_map(|(a, b)| Slip::Swap(a, b)),
        1 => (any::<Index>(), select(&PIECES[..])).prop_map(|(at, piece)| Slip::Append(at, piece)),
        4 => any::<(Index, Index)>().prop_map(|(a, b)| Slip::Confuse(a, b)),
        2 => (any::<Index>(), select(&NUMBERS[..])).prop_map(|(at, it)| Slip::Miscount(at, it)),
    ]
}

/// Lets it happen.
pub(crate) fn apply(text: &mut String, slip: &Slip) {
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
        Slip::Append(line, piece) => {
            let line = line.index(lines.len());
            let longer = format!("{} {piece}\n", lines[line].trim_end());
            lines[line] = &longer;
            *text = lines.concat();
            return;
        }
        Slip::Lose(at, bytes) => {
            let from = boundary(at);
            let to = text.floor_char_boundary(from + bytes);
            return text.replace_range(from..to, "");
        }
        Slip::Confuse(a, b) => {
            let words = words(text, |it| it.is_alphanumeric() || "_-'".contains(it));
            if !words.is_empty() {
                let other = text[words[b.index(words.len())].clone()].to_owned();
                text.replace_range(words[a.index(words.len())].clone(), &other);
            }
            return;
        }
        Slip::Miscount(at, number) => {
            let numbers = words(text, |it| it.is_ascii_digit());
            if !numbers.is_empty() {
                text.replace_range(numbers[at.index(numbers.len())].clone(), number);
            }
            return;
        }
    }
    *text = lines.concat();
}

/// Where the longest runs of such characters stand.
fn words(text: &str, belongs: impl Fn(char) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices() {
        match (belongs(c), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                words.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    words.extend(from.map(|start| start..text.len()));
    words
}
