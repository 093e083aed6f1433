//! The scrubber: where the schedule stands, as a slider that can be dragged. It knows no schedule,
//! only its length.

use wasm_bindgen::JsCast;
use web_sys::{Element as Node, Event, KeyboardEvent, PointerEvent};
use yew::Callback;

use super::Asked;
use crate::element::{Element, element};
use crate::store::Action;

/// What the scrubber shows.
#[derive(Clone, Copy)]
pub(crate) struct Scrub {
    /// Steps taken.
    pub(crate) at: usize,
    /// Steps of the schedule.
    pub(crate) len: usize,
    /// The step before the first column that is shown, counted from 0.
    pub(crate) first: usize,
    /// How many columns the schedule has on the screen.
    pub(crate) shown: usize,
}

/// The scrubber. It lies over the columns of the schedule, and nothing else. `text` is what a screen
/// reader says of where it stands.
pub(crate) fn scrubber(scrub: Scrub, text: String, asked: &Asked) -> Element {
    let Scrub { at, len, first, shown } = scrub;
    let pointer = {
        let asked = asked.clone();
        Callback::from(move |event: Event| {
            if let Some(to) = event.dyn_ref().and_then(|it| column(it, shown)) {
                asked.emit(Action::Seek(first + to).into());
            }
        })
    };
    let keydown = {
        let asked = asked.clone();
        Callback::from(move |event: Event| {
            if let Some(action) = event.dyn_ref().and_then(action) {
                event.prevent_default();
                event.stop_propagation();
                asked.emit(action.into());
            }
        })
    };
    let slider = element("div")
        .class("scrub")
        .attribute("role", "slider")
        .attribute("tabindex", "0")
        .attribute("aria-label", "Steps taken")
        .attribute("aria-valuemin", "0")
        .attribute("aria-valuemax", len)
        .attribute("aria-valuenow", at)
        .attribute("aria-valuetext", text)
        .on("keydown", keydown)
        .testid("scrubber")
        .child(element("b").child(at));
    let part = at.saturating_sub(first) * 10_000 / shown.max(1);
    element("div")
        .class("scrub-area")
        .style(&format!("--part: {part}"))
        .on("pointerdown", pointer.clone())
        .on("pointermove", pointer)
        .testid("scrub-area")
        .child(slider)
}

/// The column to which the pointer has dragged, of those that are shown.
fn column(event: &PointerEvent, shown: usize) -> Option<usize> {
    let area = event.target()?.dyn_into::<Node>().ok()?.closest(".scrub-area").ok()??;
    if event.type_() == "pointerdown" {
        if event.button() != 0 {
            return None;
        }
        // Without it, a drag ends where the pointer leaves the strip.
        drop(area.set_pointer_capture(event.pointer_id()));
    } else if !area.has_pointer_capture(event.pointer_id()) {
        return None;
    }
    let rect = area.get_bounding_client_rect();
    let part = (f64::from(event.client_x()) - rect.left()) / rect.width();
    let column = (part * shown as f64).round().clamp(0.0, shown as f64);
    (rect.width() > 0.0).then_some(column as usize)
}

fn action(event: &KeyboardEvent) -> Option<Action> {
    Some(match event.key().as_str() {
        "ArrowLeft" | "ArrowDown" => Action::Leap(-1),
        "ArrowRight" | "ArrowUp" => Action::Leap(1),
        "Home" => Action::Seek(0),
        "End" => Action::End,
        "PageDown" => Action::Leap(-5),
        "PageUp" => Action::Leap(5),
        _ => return None,
    })
}
