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
        crate::compile::compile(self, settings)
            .map_err(|diagnostics| Report { diagnostics, sources: self.sources.clone() })
    }
}
