//! The axes of the progress graph: which actors' lines they count. Pure; imports the engine and the census.

use racewalk_engine::ids::StepId;
use racewalk_engine::model::Model;
use serde::{Deserialize, Serialize};

use crate::census::Census;

/// An axis: the lines of actors of whom each begins only when the one before has finished.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Axis {
    /// The actors.
    pub actors: Vec<usize>,
}

/// The two axes.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Axes {
    /// From left to right.
    pub across: Axis,
    /// From top to bottom.
    pub down: Axis,
}

/// What the axes can be.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Candidates {
    /// All that can be an axis.
    pub chains: Vec<Axis>,
    /// The two that tell the most.
    pub best: Axes,
}

/// All that can be an axis: every actor with lines, the environment apart; an actor whom an await always lets begin
/// only when another one has finished follows that one on its axis.
#[must_use]
pub fn chains(model: &Model, census: &Census) -> Vec<Axis> {
    let comes_after = |first: usize, then: usize| {
        let end = len(model, first);
        let stands = &census.stands;
        (0..stands.len())
            .map(|it| stands.at(it))
            .all(|at| at[then] == 0 || usize::from(at[first]) >= end)
    };
    let mut chains: Vec<Axis> = Vec::new();
    for actor in 0..model.actors.len() {
        if model.actors[actor].environment || len(model, actor) == 0 {
            continue;
        }
        let before = chains
            .iter_mut()
            .find(|it| it.actors.last().is_some_and(|&last| comes_after(last, actor)));
        match before {
            Some(chain) => chain.actors.push(actor),
            None => chains.push(Axis { actors: vec![actor] }),
        }
    }
    chains
}

/// Those of whom neither axis tells: every actor with lines, the environment apart.
pub fn apart(model: &Model, axes: &Axes) -> impl Iterator<Item = usize> {
    (0..model.actors.len()).filter(|&it| {
        let drawn = axes.across.has(it) || axes.down.has(it);
        !drawn && !model.actors[it].environment && len(model, it) > 0
    })
}

/// How many lines an actor has.
#[must_use]
pub fn len(model: &Model, actor: usize) -> usize {
    usize::from(model.actors[actor].steps.end - model.actors[actor].steps.start)
}

impl Axis {
    /// How many lines it counts.
    #[must_use]
    pub fn len(&self, model: &Model) -> usize {
        self.actors.iter().map(|&it| len(model, it)).sum()
    }

    /// How far its actors have come, of everybody's places.
    #[must_use]
    pub fn place(&self, at: &[u16]) -> usize {
        self.actors.iter().map(|&it| usize::from(at[it])).sum()
    }

    /// The lines, in order.
    pub fn steps<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = StepId> + 'a {
        self.actors.iter().flat_map(|&it| model.actors[it].steps.clone()).map(StepId)
    }

    /// Whether this actor is one of it.
    #[must_use]
    pub fn has(&self, actor: usize) -> bool {
        self.actors.contains(&actor)
    }

    /// Its actors, by name.
    #[must_use]
    pub fn name(&self, model: &Model) -> String {
        let names: Vec<String> =
            self.actors.iter().map(|&it| model.actors[it].name.clone()).collect();
        names.join(" → ")
    }
}
