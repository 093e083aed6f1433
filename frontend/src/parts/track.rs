//! A schedule as a row of steps, each in its actor's row. It knows frames and traces, no model.

use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::view::{Lane, Stage};

use super::glyph::hue_class;
use super::{Asked, asks, pressed};
use crate::element::{Content, Element, element};
use crate::still::Pieces;
use crate::store::Action;

/// A step of a schedule, as the timeline shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    /// Who moved.
    pub(crate) actor: ActorId,
    /// Which line.
    pub(crate) step: StepId,
    /// Whether it broke something.
    pub(crate) broke: bool,
}

/// The lanes that have a row: all that have lines, with their numbers.
pub(crate) fn rows(stage: &Stage) -> impl Iterator<Item = &Lane> {
    stage.lanes.iter().filter(|it| !it.rows.is_empty())
}

/// The number of an actor's row.
fn row(stage: &Stage, actor: ActorId) -> usize {
    rows(stage).position(|it| it.actor == actor).unwrap_or(0)
}

/// The class of a row, counted from 0; beyond the last class rows coincide.
pub(crate) fn row_class(row: usize) -> String {
    format!("row-{}", row.min(11))
}

/// The key of a step: `W2`.
pub(crate) fn key(stage: &Stage, token: Token) -> &str {
    let lane = stage.lanes.iter().find(|it| it.actor == token.actor);
    let row = lane.and_then(|it| it.rows.iter().find(|it| it.step == token.step));
    row.map_or("?", |it| &it.key)
}

/// The steps of a schedule from number `first` on, counted from 0, after `at` steps.
pub(crate) fn track(
    stage: &Stage,
    tokens: &[Token],
    first: usize,
    at: usize,
    asked: &Asked,
    pieces: &mut Pieces,
) -> Element {
    let tokens = tokens.iter().enumerate().map(|(index, &token)| {
        let number = first + index + 1;
        let lane = stage.lanes.iter().find(|it| it.actor == token.actor);
        let is = match (number <= at, token.broke) {
            (true, true) => "fail",
            (true, false) => "done",
            (false, _) => "todo",
        };
        let step = Step {
            number,
            key: key(stage, token).to_owned(),
            actor: lane.map_or_else(|| "?".to_owned(), |it| it.name.clone()),
            hue: lane.and_then(|it| it.hue),
            row: row(stage, token.actor),
            is,
            is_last: number == at,
        };
        pieces.keep(step, |step| step.drawn(asked).html())
    });
    element("ol").class("track").testid("track").list(tokens)
}

/// A step in its row.
#[derive(PartialEq)]
struct Step {
    number: usize,
    key: String,
    actor: String,
    hue: Option<u8>,
    row: usize,
    is: &'static str,
    is_last: bool,
}

impl Step {
    fn drawn(&self, asked: &Asked) -> Element {
        let Self { number, key, actor, .. } = self;
        let button = pressed(asks(asked, Action::Seek(*number)))
            .classes(&["token", hue_class(self.hue)])
            .attribute("data-is", self.is)
            .attribute("aria-label", format!("step {number}: {key} of {actor}"))
            .attribute("aria-current", self.is_last.then_some("step"))
            .attribute("tabindex", "-1")
            .testid(format!("token-{number}"))
            .child(element("span").child(key));
        element("li").key(&number.to_string()).attribute("class", row_class(self.row)).child(button)
    }
}

/// The line that leads from step to step: in units of half columns and half rows, for a drawing
/// stretched over the track.
pub(crate) fn thread(stage: &Stage, tokens: &[Token]) -> String {
    use std::fmt::Write as _;
    let mut path = String::new();
    let mut before = None;
    for (index, token) in tokens.iter().enumerate() {
        let y = row(stage, token.actor) * 2 + 1;
        // Writing to a string cannot fail.
        let _ = match before {
            None => write!(path, "M{} {y}", index * 2 + 1),
            Some(old) if old != y => write!(path, "H{}V{y}", index * 2),
            Some(_) => Ok(()),
        };
        before = Some(y);
    }
    if !tokens.is_empty() {
        let _ = write!(path, "H{}", tokens.len() * 2 - 1);
    }
    path
}
