//! Time, while a schedule plays. It knows no schedule.

use gloo::timers::callback::Interval;
use yew::Callback;

use crate::store::{Action, SPEEDS, State};

/// Gives [`Action::Tick`] as often as the speed says, while playing.
#[derive(Default)]
pub(crate) struct Play {
    /// The speed at which it plays, and what ticks.
    playing: Option<(usize, Interval)>,
}

impl Play {
    /// Plays, or pauses.
    pub(crate) fn follow(&mut self, state: &State, act: &Callback<Action>) {
        let speed = state.playing.then_some(state.speed);
        if speed != self.playing.as_ref().map(|it| it.0) {
            self.playing = speed.map(|speed| {
                let act = act.clone();
                let every = (1000.0 / SPEEDS[speed]) as u32;
                (speed, Interval::new(every, move || act.emit(Action::Tick)))
            });
        }
    }
}
