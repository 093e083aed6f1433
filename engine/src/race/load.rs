//! Loading: a race's text and the preludes that it uses become a [`Race`], or a report of what is wrong.

use super::{Knob, KnobValue, Placement, Preset, Race, Report, Term};
use crate::ids::ActorId;
use crate::library;
use crate::model::Mark;
use crate::syntax::diagnostic::{Diagnostic, Sources, closest};
use crate::syntax::span::FileId;
use crate::syntax::tree::{self, Item};
use crate::syntax::{self};

/// Names that permalinks use for themselves.
const RESERVED: [&str; 7] = ["s", "at", "m", "expect", "kernel", "view", "tour"];
/// Values of a knob: they are numbered in a byte, and a reader has to choose among them.
const MOST_VALUES: usize = 64;

impl Race {
    /// Loads a race from its text. Besides the defaults every value of every knob, and every card, is compiled
    /// once, so that a mistake behind it is found now and not when a reader turns or places it.
    ///
    /// # Errors
    /// What is wrong, with lines and columns.
    pub fn load(text: &str) -> Result<Self, Report> {
        Self::load_as("race", text)
    }

    /// Loads a race whose text has a name, such as a file's path: it stands before the line and column
    /// of whatever is wrong.
    ///
    /// # Errors
    /// As for [`Race::load`].
    pub fn load_as(name: &str, text: &str) -> Result<Self, Report> {
        let race = Self::parse(name, text)?;
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut each = vec![race.settings()];
        for knob in &race.knobs {
            for value in &knob.values[1..] {
                let mut settings = race.settings();
                if settings.set(&race, &knob.name, &value.name).is_ok() {
                    each.push(settings);
                }
            }
        }
        each.extend(race.presets.iter().map(|preset| race.preset(preset)));
        let mut each: Vec<_> = each.into_iter().map(|settings| (settings, None)).collect();
        for card in 0..race.declared_cards().count() {
            let placement = Placement { card, actor: ActorId(0), gap: 0 };
            each.push((race.settings(), Some(placement)));
        }
        for (settings, placement) in each {
            if let Err(report) = race.compile_with(&settings, placement) {
                for diagnostic in report.diagnostics {
                    if !found.contains(&diagnostic) {
                        found.push(diagnostic);
                    }
                }
            }
        }
        if found.is_empty() {
            Ok(race)
        } else {
            Err(Report { diagnostics: found, sources: race.sources })
        }
    }

    /// Reads the text and what it says about itself; its steps are not compiled yet.
    fn parse(name: &str, text: &str) -> Result<Self, Report> {
        let mut loader = Loader::default();
        loader.read(name, text);
        if loader.diagnostics.is_empty() {
            loader.check_head();
        }
        let mut race = Self {
            id: String::new(),
            title: String::new(),
            about: Vec::new(),
            knobs: Vec::new(),
            presets: Vec::new(),
            left_out: Vec::new(),
            terms: Vec::new(),
            files: Vec::new(),
            sources: Sources::default(),
        };
        if loader.diagnostics.is_empty() {
            loader.describe(&mut race);
        }
        if !loader.diagnostics.is_empty() {
            return Err(Report { diagnostics: loader.diagnostics, sources: loader.sources });
        }
        race.files = loader.files;
        race.sources = loader.sources;
        Ok(race)
    }
}

#[derive(Default)]
struct Loader {
    files: Vec<tree::File>,
    sources: Sources,
    used: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Loader {
    fn read(&mut self, name: &str, text: &str) {
        let id: FileId = self.sources.add(name, text);
        let parsed = syntax::parse(text, id);
        self.diagnostics.extend(parsed.diagnostics);
        let Some(file) = parsed.file else { return };
        let uses: Vec<tree::Name> = file
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Use(names) => Some(names.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        self.files.push(file);
        for name in uses {
            if self.used.contains(&name.node) {
                continue;
            }
            match library::prelude(&name.node) {
                Some(text) => {
                    self.used.push(name.node.clone());
                    self.read(&name.node, text);
                }
                None => {
                    let names = library::preludes().iter().map(|prelude| prelude.id);
                    let mut diagnostic = Diagnostic::error(
                        format!("there is no prelude `{}`", name.node),
                        name.span,
                    );
                    diagnostic.help = Some(match closest(&name.node, names.clone()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("there are: {}", names.collect::<Vec<_>>().join(", ")),
                    });
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }

    fn error(&mut self, span: syntax::span::Span, message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::error(message, span);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }

    fn check_head(&mut self) {
        if let Some(head) = self.files.first().map(|file| &file.head)
            && !head.is_race
        {
            let (span, name) = (head.name.span, head.name.node.clone());
            let help = Some("a race begins with `race id \"title\"`".to_owned());
            self.error(span, format!("`{name}` is a prelude: it is used by races, not run"), help);
        }
    }

    fn describe(&mut self, race: &mut Race) {
        let files = std::mem::take(&mut self.files);
        race.id.clone_from(&files[0].head.name.node);
        race.title.clone_from(&files[0].head.title.node);
        for item in files.iter().flat_map(|file| &file.items) {
            match item {
                Item::About(paragraphs) => {
                    race.about.extend(paragraphs.iter().map(|text| text.node.clone()));
                }
                Item::LeavesOut(text) => race.left_out.push(text.node.clone()),
                Item::Term { names, text } => race.terms.push(Term {
                    names: names.iter().map(|name| name.node.clone()).collect(),
                    text: text.node.clone(),
                }),
                Item::Knob(knob) => self.knob(knob, race),
                _ => {}
            }
        }
        for item in files.iter().flat_map(|file| &file.items) {
            if let Item::Preset(preset) = item {
                self.preset(preset, race);
            }
        }
        self.files = files;
    }

    fn knob(&mut self, knob: &tree::Knob, race: &mut Race) {
        let name = &knob.name.node;
        if RESERVED.contains(&name.as_str()) {
            let help = format!("links keep these names for themselves: {}", RESERVED.join(", "));
            self.error(knob.name.span, format!("`{name}` cannot name a knob"), Some(help));
        }
        if race.knobs.iter().any(|known| known.name == *name) {
            self.error(knob.name.span, format!("there are two knobs `{name}`"), None);
        }
        if knob.values.is_empty() || knob.values.len() > MOST_VALUES {
            let message = format!("a knob has 1 to {MOST_VALUES} values");
            self.error(knob.name.span, message, None);
            return;
        }
        let mut values: Vec<KnobValue> = Vec::new();
        for value in &knob.values {
            if values.iter().any(|known| known.name == value.node) {
                let message = format!("knob `{name}` has the value `{}` twice", value.node);
                self.error(value.span, message, None);
            }
            let meaning = knob.meanings.iter().find(|of| of.value.node == value.node);
            values.push(KnobValue {
                name: value.node.clone(),
                text: meaning.map(|of| of.text.node.clone()).unwrap_or_default(),
                marks: self.marks(meaning.map_or(&[], |of| &of.marks)),
                protects: meaning.is_some_and(|of| of.protects),
            });
        }
        for tree::Meaning { value: of, .. } in &knob.meanings {
            if !values.iter().any(|value| value.name == of.node) {
                let names = values.iter().map(|value| value.name.as_str());
                let help = closest(&of.node, names).map(|near| format!("did you mean `{near}`?"));
                self.error(of.span, format!("knob `{name}` has no value `{}`", of.node), help);
            }
        }
        let marks = self.marks(&knob.marks);
        race.knobs.push(Knob {
            name: name.clone(),
            text: knob.text.as_ref().map(|text| text.node.clone()).unwrap_or_default(),
            values,
            scale: knob.scale,
            marks,
        });
    }

    fn marks(&mut self, words: &[tree::Name]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for word in words {
            match Mark::of(&word.node) {
                Some(mark) => marks.push(mark),
                None => {
                    let help = "there are: deduced, observed, unverified, hypothetical";
                    let message = format!("there is no mark `{}`", word.node);
                    self.error(word.span, message, Some(help.to_owned()));
                }
            }
        }
        marks
    }

    fn preset(&mut self, preset: &tree::Preset, race: &mut Race) {
        let mut settings = race.settings();
        for (knob, value) in &preset.settings {
            if let Err(problem) = settings.set(race, &knob.node, &value.node) {
                self.error(knob.span, problem.to_string(), None);
            }
        }
        race.presets.push(Preset {
            title: preset.title.node.clone(),
            text: preset.text.as_ref().map(|text| text.node.clone()).unwrap_or_default(),
            settings: preset
                .settings
                .iter()
                .map(|(knob, value)| (knob.node.clone(), value.node.clone()))
                .collect(),
        });
    }
}
