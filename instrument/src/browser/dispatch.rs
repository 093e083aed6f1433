//! What the reader does: one listener for each kind of event, at the instrument's place. The page around it listens through Yew as well, and each Yew numbers its elements for itself, so nothing here listens through Yew.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};
use yew::Callback;

use super::app::Msg;

/// What a pointer does in the graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pointer {
    /// It is pressed; on which corner of the path, and whether a finger does it.
    Down(Option<usize>, bool),
    /// It moves.
    Move,
    /// It is let go.
    Up,
    /// It is gone, and what it did is not meant.
    Cancel,
}

const EVENTS: [&str; 9] = [
    "click",
    "change",
    "input",
    "keydown",
    "focusin",
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
];

/// Listens there for as long as it is kept.
pub(super) fn listen(place: &Element, tell: &Callback<Msg>) -> Vec<EventListener> {
    EVENTS
        .iter()
        .map(|&name| {
            let tell = tell.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(place, name, options, move |event| {
                if let Some(msg) = message(name, event) {
                    tell.emit(msg);
                }
            })
        })
        .collect()
}

fn message(name: &str, event: &Event) -> Option<Msg> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let closest = |selector: &str| target.closest(selector).ok().flatten();
    match name {
        "click" => Some(Msg::Do(closest("button[data-do]")?.get_attribute("data-do")?)),
        "change" | "input" => {
            // A slider is followed while it moves, a word is taken when it stands there.
            let select = closest(match name {
                "input" => "input[type=range]",
                _ => "select[data-do], input[data-do]:not([type=range])",
            })?;
            let value = js_sys::Reflect::get(&select, &"value".into()).ok()?.as_string()?;
            Some(Msg::Do(format!("{} {value}", select.get_attribute("data-do")?)))
        }
        "keydown" => key(event.dyn_ref()?, &target),
        "focusin" => closest("[data-graph]").map(|_| Msg::Focused),
        _ => pointer(name, event.dyn_ref()?, &target),
    }
}

/// A key, where the instrument has a use for it: the page hears of no such key.
fn key(event: &KeyboardEvent, target: &Element) -> Option<Msg> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let key = event.key();
    let closest = |selector: &str| target.closest(selector).ok().flatten();
    let value = |name: &str| closest(&format!("[{name}]"))?.get_attribute(name);
    let arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
    let is_arrow = arrows.contains(&&*key);
    let used = if closest("[data-graph]").is_some() {
        let is_used = is_arrow || ["Enter", " ", "Escape"].contains(&&*key);
        is_used.then_some(Msg::Key(key))
    } else if let Some(gap) = value("data-gap").filter(|_| is_arrow) {
        Some(Msg::GapKey(gap, key))
    } else if let Some(card) = value("data-card").filter(|_| is_arrow) {
        Some(Msg::CardKey(card, key))
    } else {
        // A select and a button have uses of their own for these, and the page has another one.
        if closest("select, button, a, summary, input").is_some() && key.len() > 1 {
            event.stop_propagation();
        }
        None
    };
    if used.is_some() {
        event.prevent_default();
        event.stop_propagation();
    }
    used
}

fn pointer(name: &str, event: &PointerEvent, target: &Element) -> Option<Msg> {
    let closest = |selector: &str| target.closest(selector).ok().flatten();
    if let Some(element) = closest("[data-card]")
        && name == "pointerdown"
        && event.button() == 0
    {
        // It is heard of wherever it goes.
        drop(element.set_pointer_capture(event.pointer_id()));
        return Some(Msg::Carry(element.get_attribute("data-card")?.parse().ok()?));
    }
    // A browser tells of a resting mouse, too, when what lies under it has moved.
    let rests = (event.movement_x(), event.movement_y()) == (0, 0);
    if name == "pointermove" && rests && event.pointer_type() == "mouse" {
        return None;
    }
    let at = (event.client_x(), event.client_y());
    let Some(graph) = closest("[data-graph]") else {
        return match name {
            "pointermove" => Some(Msg::Carried(over(at))),
            "pointerup" => Some(Msg::Dropped(over(at))),
            "pointercancel" => Some(Msg::Dropped(None)),
            _ => None,
        };
    };
    let rect = graph.get_bounding_client_rect();
    let corner = closest("[data-corner]").and_then(|it| it.get_attribute("data-corner"));
    let is_touch = event.pointer_type() == "touch";
    let what = match name {
        "pointerdown" if event.button() == 0 => {
            let corner = corner.and_then(|it| it.parse().ok());
            if corner.is_some() || !is_touch {
                // It goes on where the pointer leaves the graph; a browser that refuses only lets go earlier.
                drop(graph.set_pointer_capture(event.pointer_id()));
            }
            Pointer::Down(corner, is_touch)
        }
        "pointermove" => Pointer::Move,
        "pointerup" => Pointer::Up,
        "pointercancel" => Pointer::Cancel,
        _ => return None,
    };
    Some(Msg::Pointer(what, at.0 - rect.left() as i32, at.1 - rect.top() as i32))
}

/// The gap at this point.
fn over((x, y): (i32, i32)) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let under = document.element_from_point(x as f32, y as f32)?;
    under.closest("[data-gap]").ok()??.get_attribute("data-gap")
}
