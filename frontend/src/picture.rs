//! The place of the picture: hands frames to the scene, and says how they move. It knows no model.

use std::rc::Rc;

use racewalk_engine::view::{Frame, Stage};
use yew::prelude::*;

use crate::store::Moved;

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
    /// How fast.
    pub(crate) speed: usize,
}

/// The picture.
#[component]
pub(crate) fn Picture(_props: &PictureProps) -> Html {
    html! {
        <section class="scene" aria-labelledby="scene-heading">
            <h2 id="scene-heading">{ "Memory" }</h2>
        </section>
    }
}
