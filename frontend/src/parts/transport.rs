//! The controls of the schedule: start, back, play, forward, end, speed. It knows no schedule.

use super::icon::{Sign, icon};
use super::{Asked, button};
use crate::element::{Content, Element, element};
use crate::store::{Action, SPEEDS};

/// What [`transport`] shows.
#[derive(Clone, Copy)]
pub(crate) struct Transport {
    /// Steps taken.
    pub(crate) at: usize,
    /// Steps of the schedule.
    pub(crate) len: usize,
    /// Whether it plays.
    pub(crate) playing: bool,
    /// How fast: an index of [`SPEEDS`].
    pub(crate) speed: usize,
}

/// The controls of the schedule.
pub(crate) fn transport(of: Transport, asked: &Asked) -> Element {
    let Transport { at, len, playing, speed } = of;
    let (sign, word) = if playing { (Sign::Pause, "Pause") } else { (Sign::Play, "Play") };
    let play = button("button play", asked, Action::Play)
        .key("play")
        .flag("disabled", len == 0)
        .testid("play")
        .child(icon(sign))
        .child(element("span").class("label").child(word));
    let rate = element("span")
        .class("rate")
        .attribute("title", "steps in a second")
        .testid("speed")
        .child(rate(SPEEDS[speed]))
        .child(element("span").class("vh").child(" steps in a second"));
    let fastest = speed + 1 == SPEEDS.len();
    let speed = element("span")
        .key("speed")
        .class("speed")
        .child(control(["slower", "Slower"], "−", asked, Action::Speed(-1), speed > 0))
        .child(rate)
        .child(control(["faster", "Faster"], "+", asked, Action::Speed(1), !fastest));
    let step = |names, sign, action, able| control(names, icon(sign), asked, action, able);
    element("div")
        .class("transport")
        .attribute("role", "group")
        .attribute("aria-label", "Schedule")
        .child(step(["start", "To the start"], Sign::Start, Action::Seek(0), at > 0))
        .child(step(["back", "Back one step"], Sign::Back, Action::Leap(-1), at > 0))
        .child(play)
        .child(step(["forward", "Forward one step"], Sign::Forward, Action::Forward, at < len))
        .child(step(["end", "To the end"], Sign::End, Action::End, at < len))
        .child(speed)
}

fn control(
    [testid, label]: [&'static str; 2],
    sign: impl Content,
    asked: &Asked,
    action: Action,
    able: bool,
) -> Element {
    button("button", asked, action)
        .key(testid)
        .attribute("aria-label", label)
        .attribute("title", label)
        .flag("disabled", !able)
        .testid(testid)
        .child(sign)
}

/// Formatted as a whole number: the code that formats others is large.
fn rate(speed: f64) -> String {
    if speed < 1.0 { "½/s".to_owned() } else { format!("{}/s", speed as u32) }
}
