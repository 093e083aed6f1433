//! What the page and the element show of a run alike: the picture, with how it moves, and the timeline. It knows
//! no model.

use yew::Html;

use crate::element::{Element, element};
use crate::parts::Asked;
use crate::parts::timeline::Timeline;
use crate::scene::{Motion, drawing, explained};
use crate::shared::Shared;
use crate::still::{Draw, Pieces};
use crate::store::{Moved, SPEEDS, Stand, State};

/// From so many steps in a second on, nothing travels any more.
const FAST: f64 = 3.0;

/// The picture of where a run stands, wide and tall: the style sheet shows the one for which there is room. `part`: how it
/// is drawn the first time.
pub(crate) fn picture(
    state: &Shared<State>,
    stand: &Stand,
    asked: &Asked,
    part: impl Fn(&Shared<State>, &Asked, [usize; 3], Draw) -> Html,
) -> Element {
    let shown = [stand.run.frame.address(), usize::from(is_fast(state)), 0];
    let frame = element("div")
        .class("picture-frame")
        .child(part(state, asked, shown, |state, _, pieces| drawn(state, 0, pieces)))
        .child(part(state, asked, shown, |state, _, pieces| drawn(state, 1, pieces)))
        .child(part(state, asked, [state.question.id as usize, 0, 0], |state, _, _| {
            state.stand().map_or_else(Html::default, |it| explained(&it.bench.scenery))
        }));
    element("section")
        .class("scene")
        .attribute("aria-labelledby", "scene-heading")
        .testid("scene")
        .child(element("h2").attribute("id", "scene-heading").child("Memory"))
        .child(frame)
}

fn drawn(state: &State, layout: usize, pieces: &mut Pieces) -> Html {
    let Some(Stand { bench, run }) = state.stand() else { return Html::default() };
    let motion = match run.moved {
        Moved::Forward if !is_fast(state) => Motion::Forward,
        Moved::Back => Motion::Back,
        Moved::Forward | Moved::Jumped => Motion::None,
    };
    let (places, before) = (&bench.scenery.places[layout], run.before.as_deref());
    drawing(&bench.stage, places, &run.frame, motion, before, pieces)
}

fn is_fast(state: &State) -> bool {
    state.playing && SPEEDS[state.speed] > FAST
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
