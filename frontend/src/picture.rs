//! The place of the picture: hands frames to the scene, and says how they move. It knows no model.

use std::rc::Rc;

use racewalk_engine::view::Stage;
use yew::prelude::*;

use crate::scene::{Motion, Scene};
use crate::store::{Moved, Run, SPEEDS};

/// From so many steps in a second on, nothing travels any more.
const FAST: f64 = 3.0;

/// The picture of where a run stands. While a schedule plays, `playing` is its speed: an index of
/// [`SPEEDS`].
pub(crate) fn picture(stage: &Rc<Stage>, run: &Run, playing: Option<usize>) -> Html {
    let fast = playing.is_some_and(|it| SPEEDS[it] > FAST);
    let motion = match run.moved {
        Moved::Forward if fast => Motion::None,
        Moved::Forward => Motion::Forward,
        Moved::Back => Motion::Back,
        Moved::Jumped => Motion::None,
    };
    html! {
        <section class="scene" aria-labelledby="scene-heading" data-testid="scene">
            <h2 id="scene-heading">{ "Memory" }</h2>
            <Scene stage={stage.clone()} frame={run.frame.clone()} {motion} />
        </section>
    }
}
