//! Time, while a schedule plays. It knows no schedule.

use gloo::timers::callback::Interval;
use yew::prelude::*;

use crate::store::{Action, SPEEDS};

/// Gives [`Action::Tick`] as often as the speed says, while playing.
#[hook]
pub(crate) fn use_play(playing: bool, speed: usize, act: &Callback<Action>) {
    let act = act.clone();
    use_effect_with((playing, speed), move |&(playing, speed)| {
        let interval = playing.then(|| {
            let every = (1000.0 / SPEEDS[speed]) as u32;
            Interval::new(every, move || act.emit(Action::Tick))
        });
        move || drop(interval)
    });
}
