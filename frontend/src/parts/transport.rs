//! The controls of the schedule: start, back, play, forward, end, speed. It knows no schedule.

use yew::prelude::*;

use super::icon::{Sign, icon};
use super::on;
use crate::store::{Action, SPEEDS};

/// What [`transport`] shows.
#[derive(Clone, Copy)]
pub(crate) struct TransportProps<'a> {
    /// Steps taken.
    pub(crate) at: usize,
    /// Steps of the schedule.
    pub(crate) len: usize,
    /// Whether it plays.
    pub(crate) playing: bool,
    /// How fast: an index of [`SPEEDS`].
    pub(crate) speed: usize,
    /// Told what to do.
    pub(crate) act: &'a Callback<Action>,
}

/// The controls of the schedule.
pub(crate) fn transport(props: TransportProps<'_>) -> Html {
    let TransportProps { at, len, playing, speed, act } = props;
    let button = |testid: &'static str, label: &'static str, sign, action: Action, able: bool| {
        let onclick = on(act, action);
        html! {
            <button
                key={testid}
                class="button"
                type="button"
                aria-label={label}
                title={label}
                disabled={!able}
                {onclick}
                data-testid={testid}
            >
                { icon(sign) }
            </button>
        }
    };
    let (sign, word) = if playing { (Sign::Pause, "Pause") } else { (Sign::Play, "Play") };
    html! {
        <div class="transport" role="group" aria-label="Schedule">
            { button("start", "To the start", Sign::Start, Action::Seek(0), at > 0) }
            { button("back", "Back one step", Sign::Back, Action::Back, at > 0) }
            <button
                key="play"
                class="button play"
                type="button"
                disabled={len == 0}
                onclick={on(act, Action::Play)}
                data-testid="play"
            >
                { icon(sign) }<span class="label">{ word }</span>
            </button>
            { button("forward", "Forward one step", Sign::Forward, Action::Forward, at < len) }
            { button("end", "To the end", Sign::End, Action::End, at < len) }
            <span key="speed" class="speed">
                <button
                    class="button"
                    type="button"
                    aria-label="Slower"
                    title="Slower"
                    disabled={speed == 0}
                    onclick={on(act, Action::Speed(-1))}
                    data-testid="slower"
                >
                    { "−" }
                </button>
                <span class="rate" data-testid="speed" title="steps in a second">
                    { rate(SPEEDS[speed]) }<span class="vh">{ " steps in a second" }</span>
                </span>
                <button
                    class="button"
                    type="button"
                    aria-label="Faster"
                    title="Faster"
                    disabled={speed + 1 == SPEEDS.len()}
                    onclick={on(act, Action::Speed(1))}
                    data-testid="faster"
                >
                    { "+" }
                </button>
            </span>
        </div>
    }
}

/// Formatted as a whole number: the code that formats others is large.
fn rate(speed: f64) -> String {
    if speed < 1.0 { "½/s".to_owned() } else { format!("{}/s", speed as u32) }
}
