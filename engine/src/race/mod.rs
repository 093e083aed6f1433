//! A race as loaded: its text and the preludes it uses, what a reader can choose, and what it says
//! about itself. Imports `syntax`, `library` and what `compile` makes of both; explores nothing.

mod citations;
#[cfg(feature = "language")]
mod load;
mod packed;
mod report;
mod settings;
mod sweep;

pub use citations::Citation;
pub use report::Report;
pub(crate) use settings::knobs_and_values;
pub use settings::{SettingError, Settings, knob_and_value};
pub use sweep::{Choice, Sweep, Swept};

use crate::ids::ActorId;
use crate::model::Mark;
use crate::syntax::diagnostic::Sources;
use crate::syntax::tree;

/// A race, and what a reader can choose in it.
///
/// ```
/// use racewalk_engine::{library, race::Race};
///
/// let race = Race::load(library::race("memunmap").unwrap()).unwrap();
/// let mut settings = race.settings();
/// settings.set(&race, "kill_gp", "off").unwrap();
/// let model = race.compile(&settings).unwrap();
/// assert_eq!(model.actors[0].name, "walker");
/// ```
#[derive(Debug)]
pub struct Race {
    /// Its id: `memunmap`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about, in paragraphs; `` `code` `` in them is code.
    pub about: Vec<String>,
    /// What can be turned, in the order of declaration.
    pub knobs: Vec<Knob>,
    /// Choices that a reader would ask for.
    pub presets: Vec<Preset>,
    /// What the model leaves out.
    pub left_out: Vec<String>,
    /// Words that explain themselves.
    pub terms: Vec<Term>,
    pub(crate) files: Vec<tree::File>,
    pub(crate) sources: Sources,
}

/// Something that can be turned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Knob {
    /// Its stable name.
    pub name: String,
    /// What it turns.
    pub text: String,
    /// Its values, the default first; never empty.
    pub values: Vec<KnobValue>,
    /// Whether it keeps its default in a sweep.
    pub scale: bool,
    /// How well founded it is; empty: read in the source.
    pub marks: Vec<Mark>,
}

/// A value of a knob.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnobValue {
    /// Its stable name.
    pub name: String,
    /// What it means; may be empty.
    pub text: String,
    /// How well that is founded; empty: read in the source.
    pub marks: Vec<Mark>,
    /// Whether it is there to make the race safe.
    pub protects: bool,
}

/// What a reader may put between any two lines of any actor, to see whether it helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// Its stable name.
    pub name: String,
    /// What a reader sees on it.
    pub title: String,
}

/// A card between two lines of an actor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Placement {
    /// Which of [`Race::cards`].
    pub card: usize,
    /// Which actor.
    pub actor: ActorId,
    /// Before which line of its lane, counted from 0 and as the lane is without the card; the number of its
    /// lines for behind the last one. Whoever comes to that line, from wherever, comes to the card first.
    pub gap: usize,
}

/// A choice of knobs that a reader would ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preset {
    /// What the reader asks for.
    pub title: String,
    /// Why, and what is to be seen.
    pub text: String,
    /// Knobs that differ from their defaults.
    pub settings: Vec<(String, String)>,
}

/// Words that explain themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Headword, then other spellings.
    pub names: Vec<String>,
    /// The explanation.
    pub text: String,
}

impl Race {
    /// The default of every knob.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings::defaults(self)
    }

    /// The settings of a preset.
    #[must_use]
    pub fn preset(&self, preset: &Preset) -> Settings {
        let mut settings = self.settings();
        for (knob, value) in &preset.settings {
            // Loading has refused presets that name what is not there.
            let _ = settings.set(self, knob, value);
        }
        settings
    }

    /// The race under one choice of knobs.
    ///
    /// # Errors
    /// What is wrong with its text, with lines and columns.
    pub fn compile(&self, settings: &Settings) -> Result<crate::model::Model, Report> {
        self.compile_with(settings, None)
    }

    /// The race under one choice of knobs, and perhaps with a card in one of its lanes. A placement that the
    /// race does not have, for lack of such a card, actor or gap, changes nothing; nor does any in a build
    /// without the feature `cards`.
    ///
    /// # Errors
    /// As for [`Race::compile`]; a card whose lines the lane has already is one.
    pub fn compile_with(
        &self,
        settings: &Settings,
        placement: Option<Placement>,
    ) -> Result<crate::model::Model, Report> {
        crate::compile::compile(self, settings, placement)
            .map_err(|diagnostics| Report { diagnostics, sources: self.sources.clone() })
    }

    /// What a reader may put into any lane, in the order of declaration.
    #[must_use]
    pub fn cards(&self) -> Vec<Card> {
        let card =
            |it: &tree::Card| Card { name: it.name.node.clone(), title: it.title.node.clone() };
        self.declared_cards().map(card).collect()
    }

    pub(crate) fn declared_cards(&self) -> impl Iterator<Item = &tree::Card> {
        self.files.iter().flat_map(|file| &file.items).filter_map(|item| match item {
            tree::Item::Card(card) => Some(card),
            _ => None,
        })
    }
}
