//! Where a race and the preludes that it uses cite the kernel's source. Imports the tree, never a model: a
//! step that no choice of knobs keeps has its citations too.

use super::Race;
use crate::syntax::tree::{Item, Line, Step};

/// One `@ FILE FUNCTION [VERSION…]` line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
pub struct Citation {
    /// Path in the kernel's tree: `mm/gup.c`.
    pub file: String,
    /// Function or macro.
    pub function: String,
    /// Versions it is cited for (`v6.1`); empty means all.
    pub versions: Vec<String>,
    /// The race or prelude that cites it.
    pub cited_in: String,
    /// The line there, from 1.
    pub line: usize,
    /// The key of the step: `W2`.
    pub step: String,
}

impl Race {
    /// Every citation in the race and its preludes, in the order of their text, under whatever knobs.
    #[must_use]
    pub fn citations(&self) -> Vec<Citation> {
        let mut found = Vec::new();
        for file in &self.files {
            let name = &file.head.name.node;
            for item in &file.items {
                match item {
                    Item::Routine(routine) => self.cited_by(name, &routine.lines, &mut found),
                    Item::Card(card) => self.cited_by(name, &card.lines, &mut found),
                    Item::Actor(actor) => self.cited_by(name, &actor.lines, &mut found),
                    _ => {}
                }
            }
        }
        found
    }

    fn cited_by(&self, file: &str, lines: &[Line], found: &mut Vec<Citation>) {
        for line in lines {
            match line {
                Line::Step(step) => self.cited_by_step(file, step, found),
                Line::When(when) => {
                    self.cited_by(file, &when.then, found);
                    self.cited_by(file, &when.otherwise, found);
                }
                Line::Local(_) | Line::Run(_) | Line::Statement(_) => {}
            }
        }
    }

    fn cited_by_step(&self, file: &str, step: &Step, found: &mut Vec<Citation>) {
        found.extend(step.sources.iter().map(|source| Citation {
            file: source.file.clone(),
            function: source.function.clone(),
            versions: source.versions.clone(),
            cited_in: file.to_owned(),
            line: self.sources.locate(source.span).line,
            step: step.key.node.clone(),
        }));
    }
}
