//! A tree as bytes and back, so that a page can run a race without the parser. Imports the tree.
//!
//! Places in the text are left out: nothing but a message about a mistake speaks of them, and a race is
//! packed only when there is none. Any bytes unpack to some tree; whoever keeps bytes knows whose they are.

use super::span::Span;
use super::tree::{
    Actor, ArrayIndex, Branch, Card, Declaration, Drawing, Expr, File, Head, Item, Knob, Line,
    Look, Meaning, MemoryLine, Operator, Preset, Routine, Rule, Run, Source, Spanned, Statement,
    Step, Storage, Type, When,
};

/// What can be packed. `unpack` takes from the front what `pack` appended.
pub(crate) trait Packed: Sized {
    /// Appends it.
    fn pack(&self, out: &mut Vec<u8>);
    /// Takes it from the front. A tag that nothing has is the first variant's; past the end all is zero.
    fn unpack(from: &mut &[u8]) -> Self;
}

#[inline(never)]
fn byte(from: &mut &[u8]) -> u8 {
    let Some((first, rest)) = from.split_first() else { return 0 };
    *from = rest;
    *first
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
impl Packed for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    #[inline(never)]
    fn unpack(from: &mut &[u8]) -> Self {
        let (mut all, mut shift) = (0_u32, 0);
        loop {
            let next = byte(from);
            all |= u32::from(next & 0x7f) << shift;
            shift += 7;
            if next < 0x80 || shift > 28 {
                return all;
            }
        }
    }
}

impl Packed for i32 {
    fn pack(&self, out: &mut Vec<u8>) {
        self.cast_unsigned().pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        u32::unpack(from).cast_signed()
    }
}

impl Packed for u8 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        byte(from)
    }
}

impl Packed for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        byte(from) != 0
    }
}

impl Packed for char {
    fn pack(&self, out: &mut Vec<u8>) {
        u32::from(*self).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        Self::from_u32(u32::unpack(from)).unwrap_or_default()
    }
}

impl Packed for String {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u32).pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    #[inline(never)]
    fn unpack(from: &mut &[u8]) -> Self {
        let length = u32::unpack(from) as usize;
        let (text, rest) = from.split_at(length.min(from.len()));
        *from = rest;
        Self::from_utf8(text.to_vec()).unwrap_or_default()
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u32).pack(out);
        self.iter().for_each(|it| it.pack(out));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let mut all = Self::new();
        let mut left = u32::unpack(from);
        while left > 0 && !from.is_empty() {
            all.push(T::unpack(from));
            left -= 1;
        }
        all
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.is_some()));
        self.iter().for_each(|it| it.pack(out));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        (byte(from) != 0).then(|| T::unpack(from))
    }
}

impl<T: Packed> Packed for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        Self::new(T::unpack(from))
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}

impl<T: Packed> Packed for Spanned<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.node.pack(out);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        Self { node: T::unpack(from), span: Span::default() }
    }
}

impl Packed for Span {
    fn pack(&self, _: &mut Vec<u8>) {}

    fn unpack(_: &mut &[u8]) -> Self {
        Self::default()
    }
}

/// Packs records field by field.
macro_rules! records {
    ($($name:ident $(<$of:ident>)? { $($field:ident),* })*) => {
        $(impl $(<$of: Packed>)? Packed for $name $(<$of>)? {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)*
            }

            fn unpack(from: &mut &[u8]) -> Self {
                Self { $($field: Packed::unpack(from)),* }
            }
        })*
    };
}

/// Packs enumerations: a tag and the fields. The first variant is also what an unknown tag is, so it may
/// not contain its own type.
macro_rules! variants {
    ($($name:ident {
        $first:ident { $($first_key:tt: $first_field:ident),* }
        $($tag:literal $variant:ident { $($key:tt: $field:ident),* })*
    })*) => {
        $(impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    Self::$first { $($first_key: $first_field),* } => {
                        out.push(0);
                        $($first_field.pack(out);)*
                    }
                    $(Self::$variant { $($key: $field),* } => {
                        out.push($tag);
                        $($field.pack(out);)*
                    })*
                }
            }

            fn unpack(from: &mut &[u8]) -> Self {
                match u8::unpack(from) {
                    $($tag => Self::$variant { $($key: Packed::unpack(from)),* },)*
                    _ => Self::$first { $($first_key: Packed::unpack(from)),* },
                }
            }
        })*
    };
}

pub(crate) use {records, variants};

records! {
    File { head, items }
    Head { is_race, name, title }
    Knob { name, values, text, scale, meanings, marks }
    Meaning { value, text, marks, protects }
    Preset { title, settings, text }
    Storage { name, lifetimes, rules, drawing }
    Rule { access, lifetime, violation }
    When<L> { condition, then, otherwise }
    Declaration { name, title, array, type_, initial, below, above, storage, drawing }
    Drawing { shape, beside, under, points_to, copy_of }
    Routine { name, parameters, lines }
    Actor { name, environment, title, cpu, letters, times, lines }
    Card { name, title, adds, lines }
    Step { key, atomic, access, label, sentence, sources, marks, body }
    Source { file, function, versions, span }
    Run { routine, arguments, prefix, renamed, span }
    Branch { guard, title, body }
}

variants! {
    Item {
        Use { 0: names }
        1 About { 0: paragraphs }
        2 LeavesOut { 0: text }
        3 Term { names: names, text: text }
        4 Violation { name: name, text: text }
        5 Enum { name: name, values: values }
        6 Knob { 0: knob }
        7 Preset { 0: preset }
        8 Storage { 0: storage }
        9 Memory { 0: lines }
        10 Routine { 0: routine }
        11 Actor { 0: actor }
        12 Card { 0: card }
    }
    MemoryLine {
        Declaration { 0: declaration }
        1 When { 0: when }
    }
    ArrayIndex {
        Named { 0: name }
        1 Length { 0: length }
        2 Range { 0: first, 1: last }
    }
    Type {
        Bool { }
        1 Range { 0: first, 1: last }
        2 Names { 0: names }
        3 Named { 0: name }
        4 OrNone { 0: name }
        5 Actors { }
        6 Record { 0: fields }
    }
    Line {
        Step { 0: step }
        1 Local { 0: declaration }
        2 When { 0: when }
        3 Run { 0: run }
        4 Statement { 0: statement }
    }
    Statement {
        Nothing { }
        1 Assign { place: place, value: value }
        2 If { condition: condition, then: then, otherwise: otherwise }
        3 Goto { 0: key }
        4 Return { }
        5 Finish { }
        6 Check { condition: condition, violation: violation }
        7 Break { 0: violation }
        8 Run { 0: run }
        9 Say { 0: text }
        10 Wait { condition: condition, words: words, may_be_held_off: held_off }
        11 Choose { 0: branches }
        12 For { variable: variable, over: over, body: body }
        13 When { 0: when }
    }
    Expr {
        Number { 0: number }
        1 Name { 0: name }
        2 Element { 0: array, 1: index }
        3 Field { 0: record, 1: name }
        4 Text { 0: text }
        5 Not { 0: operand }
        6 Binary { 0: operator, 1: left, 2: right }
        7 OneOf { 0: value, 1: values }
        8 ActorsWhere { 0: condition }
        9 Position { actor: actor, look: look, key: key }
    }
    Look {
        Past { }
        1 At { }
        2 Finished { }
    }
    Operator {
        Or { }
        1 And { }
        2 Is { }
        3 IsNot { }
        4 Less { }
        5 LessOrEqual { }
        6 Greater { }
        7 GreaterOrEqual { }
        8 Has { }
        9 With { }
        10 Without { }
        11 Plus { }
        12 Minus { }
        13 Times { }
        14 Mod { }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use proptest::prelude::*;

    use super::{File, Packed};
    use crate::library;
    use crate::syntax::{parse, span::FileId};

    fn packed(file: &File) -> Vec<u8> {
        let mut out = Vec::new();
        file.pack(&mut out);
        out
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        for race in library::races().iter().chain(library::preludes()) {
            let file = parse(race.text, FileId(0)).file.expect("a file");
            let bytes = packed(&file);
            let mut rest = bytes.as_slice();
            let again = File::unpack(&mut rest);
            assert!(rest.is_empty(), "{}", race.id);
            assert_eq!(without_places(&again), without_places(&file), "{}", race.id);
        }
    }

    /// `Debug` leaves the places of nodes out, but not those that are fields of their own.
    fn without_places(file: &File) -> String {
        let text = format!("{file:?}");
        let mut parts = text.split("span: Span { ");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| all + part.split_once(" }").map_or("", |it| it.1))
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_tree(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let file = File::unpack(&mut bytes.as_slice());
            let again = File::unpack(&mut packed(&file).as_slice());
            prop_assert_eq!(file, again);
        }
    }
}
