//! A loaded race as bytes and back: what a page needs of it, without its text. Imports the packed tree.

use super::{Knob, KnobValue, Preset, Race, Term};
use crate::model::Mark;
use crate::syntax::diagnostic::Sources;
use crate::syntax::packed::{Packed, records, variants};
use crate::syntax::tree::{File, Item};

records! {
    Knob { name, text, values, scale, marks }
    KnobValue { name, text, marks, protects }
    Preset { title, text, settings }
    Term { names, text }
}

variants! {
    Mark {
        Deduced { }
        1 Observed { }
        2 Unverified { }
        3 Hypothetical { }
    }
}

impl Race {
    /// The race as bytes, with the preludes that it uses.
    #[must_use]
    pub fn packed(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.id.pack(&mut out);
        self.title.pack(&mut out);
        self.about.pack(&mut out);
        self.knobs.pack(&mut out);
        self.presets.pack(&mut out);
        self.left_out.pack(&mut out);
        self.terms.pack(&mut out);
        self.files.iter().map(compiled).collect::<Vec<_>>().pack(&mut out);
        out
    }

    /// The race of [`Race::packed`] again. It compiles to the same models; only messages about mistakes, of
    /// which it has none, would name no place.
    ///
    /// Bytes of anything else give a race of no meaning.
    #[must_use]
    pub fn unpack(mut bytes: &[u8]) -> Self {
        let from = &mut bytes;
        Self {
            id: Packed::unpack(from),
            title: Packed::unpack(from),
            about: Packed::unpack(from),
            knobs: Packed::unpack(from),
            presets: Packed::unpack(from),
            left_out: Packed::unpack(from),
            terms: Packed::unpack(from),
            files: Packed::unpack(from),
            sources: Sources::default(),
        }
    }
}

/// What the compiler reads of a file: what a race says of itself stands in its own lists.
fn compiled(file: &File) -> File {
    let is_compiled = |item: &&Item| {
        !matches!(
            item,
            Item::Use(_)
                | Item::About(_)
                | Item::LeavesOut(_)
                | Item::Term { .. }
                | Item::Knob(_)
                | Item::Preset(_)
        )
    };
    let items = file.items.iter().filter(is_compiled).cloned().collect();
    File { head: file.head.clone(), items }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use crate::library;
    use crate::race::{Race, Settings, Sweep};

    fn model(race: &Race, settings: &Settings) -> String {
        format!("{:?}", race.compile(settings).expect("a race of the library compiles"))
    }

    #[test]
    fn a_race_that_was_packed_is_the_same() {
        for of in library::races() {
            let race = Race::load(of.text).expect(of.id);
            let again = Race::unpack(&race.packed());
            let said = |race: &Race| {
                let Race { id, title, about, knobs, presets, left_out, terms, .. } = race;
                format!("{:?}", (id, title, about, knobs, presets, left_out, terms))
            };
            assert_eq!(said(&race), said(&again));
            let all = Sweep::new(&race, race.settings(), |_| true);
            // All choices of a few; of thousands some, with every value of every knob among them.
            let step = if all.combinations() < 200 { 1 } else { 11 };
            for settings in all.step_by(step) {
                assert_eq!(model(&race, &settings), model(&again, &settings), "{}", of.id);
            }
        }
    }
}
