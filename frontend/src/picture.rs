//! What the page and the element show of a run alike: the picture, with how it moves, and the timeline. It knows
//! no model.

use crate::element::{Element, element};
use crate::parts::timeline::Timeline;
use crate::scene::{Motion, SceneProps, scene};
use crate::store::{Moved, SPEEDS, Stand, State};

/// From so many steps in a second on, nothing travels any more.
const FAST: f64 = 3.0;

/// The picture of where a run stands. While a schedule plays, `playing` is its speed: an index of
/// [`SPEEDS`].
pub(crate) fn picture(stand: &Stand, playing: Option<usize>) -> Element {
    let Stand { bench, run } = stand;
    let fast = playing.is_some_and(|it| SPEEDS[it] > FAST);
    let motion = match run.moved {
        Moved::Forward if !fast => Motion::Forward,
        Moved::Back => Motion::Back,
        Moved::Forward | Moved::Jumped => Motion::None,
    };
    let scene = scene(SceneProps {
        stage: bench.stage.clone(),
        scenery: bench.scenery.clone(),
        frame: run.frame.clone(),
        motion,
        left: run.before.clone(),
    });
    element("section")
        .class("scene")
        .attribute("aria-labelledby", "scene-heading")
        .testid("scene")
        .child(element("h2").attribute("id", "scene-heading").child("Memory"))
        .child(scene)
}

/// The timeline of where a run stands; `controls`: with something to press.
pub(crate) fn line<'a>(state: &State, stand: &'a Stand, controls: bool) -> Timeline<'a> {
    let Stand { bench, run } = stand;
    Timeline {
        stage: &bench.stage,
        trace: &run.trace,
        frame: &run.frame,
        branches: &run.branches,
        cut: run.cut.as_ref(),
        playing: state.playing,
        speed: state.speed,
        controls,
    }
}

/// Whether a screen reader is told of each step: not while they pass faster than they can be said.
pub(crate) fn is_spoken(state: &State) -> bool {
    !state.playing || SPEEDS[state.speed] <= 1.0
}
