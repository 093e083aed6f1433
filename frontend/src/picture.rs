//! The place of the picture: hands frames to the scene, and says how they move. It knows no model.

use crate::element::{Element, element};
use crate::scene::{Motion, SceneProps, scene};
use crate::store::{Moved, SPEEDS, Stand};

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
