//! What the exports for other model checkers share: variables, names, bounds, and what they refuse. Imports ids and model, never a race or a search.

mod bounds;
mod layout;
mod names;

pub(super) use bounds::Bounds;
pub(super) use layout::{Element, Layout, elements};
pub(super) use names::{Names, Tongue, meaning, sentence};

use std::fmt;

use crate::ids::StepId;
use crate::model::Model;

/// Why a model cannot be said in the language of another tool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The step where it stands, as `W5 of walker`; none when it is about a declaration.
    pub step: Option<String>,
    /// What cannot be said, as a clause.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.step {
            Some(step) => write!(out, "{step} cannot be exported: {}", self.reason),
            None => write!(out, "this race cannot be exported: {}", self.reason),
        }
    }
}

impl std::error::Error for Refused {}

/// A clause that still lacks the step that it is about.
pub(super) struct Inexpressible(pub(super) String);

impl Inexpressible {
    pub(super) fn at(self, model: &Model, step: StepId) -> Refused {
        let line = &model.steps[step.index()];
        let actor = &model.actors[line.actor.index()].name;
        Refused { step: Some(format!("{} of {actor}", line.key)), reason: self.0 }
    }
}
