//! The place of the picture: hands frames to the scene, and says how they move. It knows no model.

use std::rc::Rc;

use racewalk_engine::view::{Frame, Stage};
use yew::prelude::*;

use crate::scene::{Motion, Scene};
use crate::store::{Moved, SPEEDS};

/// From so many steps in a second on, nothing travels any more.
const FAST: f64 = 3.0;

/// Properties of [`Picture`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PictureProps {
    /// What stays.
    pub(crate) stage: Rc<Stage>,
    /// Where the schedule stands.
    pub(crate) frame: Rc<Frame>,
    /// How it came there.
    pub(crate) moved: Moved,
    /// Whether it plays.
    pub(crate) playing: bool,
    /// How fast: an index of [`SPEEDS`].
    pub(crate) speed: usize,
}

/// The picture.
#[component]
pub(crate) fn Picture(props: &PictureProps) -> Html {
    let motion = match props.moved {
        Moved::Forward if props.playing && SPEEDS[props.speed] > FAST => Motion::None,
        Moved::Forward => Motion::Forward,
        Moved::Back => Motion::Back,
        Moved::Jumped => Motion::None,
    };
    html! {
        <section class="scene" aria-labelledby="scene-heading" data-testid="scene">
            <h2 id="scene-heading">{ "Memory" }</h2>
            <Scene stage={props.stage.clone()} frame={props.frame.clone()} {motion} />
        </section>
    }
}
