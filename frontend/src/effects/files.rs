//! Files: dropped on the page, chosen, or pasted as text. It knows no race; it reads text.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, Element, File};
use yew::prelude::*;

use crate::pack::MOST_TEXT;
use crate::store::Action;

/// Reads a file, and opens what it says.
pub(crate) fn read(file: File, act: Callback<Action>) {
    let name = file.name();
    if file.size() > MOST_TEXT as f64 {
        act.emit(Action::Fault(format!(
            "“{name}” has more than 1 MB, which is more than a race can be. Nothing was opened."
        )));
        return;
    }
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|it| it.as_string());
        act.emit(match text {
            Some(text) if text.contains('\0') => {
                Action::Fault(format!("“{name}” is no text. Nothing was opened."))
            }
            Some(text) => Action::OpenText(text),
            None => Action::Fault(format!("“{name}” could not be read.")),
        });
    });
}

/// Listens for files dropped on the page and for races pasted onto it. `true`: one is held over it.
#[hook]
pub(crate) fn use_files(act: &Callback<Action>) -> bool {
    let over = use_state(|| false);
    let hovers = over.setter();
    let act = act.clone();
    use_effect_with((), move |()| {
        let window = web_sys::window();
        let listen = |name: &'static str, listener: Box<dyn Fn(&Event)>| {
            window.as_ref().map(|window| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(window, name, options, move |event| listener(event))
            })
        };
        let (enters, leaves, drops) = (hovers.clone(), hovers.clone(), hovers);
        let (dropped, pasted) = (act.clone(), act);
        let listeners = [
            listen(
                "dragover",
                Box::new(move |event| {
                    if has_file(event) {
                        event.prevent_default();
                        enters.set(true);
                    }
                }),
            ),
            listen(
                "dragleave",
                Box::new(move |event| {
                    // Only where it leaves the window, not where it passes from part to part.
                    if event.dyn_ref::<DragEvent>().is_some_and(|it| it.related_target().is_none())
                    {
                        leaves.set(false);
                    }
                }),
            ),
            listen(
                "drop",
                Box::new(move |event| {
                    drops.set(false);
                    if !has_file(event) {
                        return;
                    }
                    event.prevent_default();
                    let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                    if let Some(file) = transfer.and_then(|it| it.files()).and_then(|it| it.get(0))
                    {
                        read(file, dropped.clone());
                    }
                }),
            ),
            listen(
                "paste",
                Box::new(move |event| {
                    if let Some(text) = pasted_race(event) {
                        event.prevent_default();
                        pasted.emit(Action::OpenText(text));
                    }
                }),
            ),
        ];
        move || drop(listeners)
    });
    *over
}

fn has_file(event: &Event) -> bool {
    let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    transfer
        .is_some_and(|it| it.types().iter().any(|it| it.as_string().as_deref() == Some("Files")))
}

/// A text that was pasted onto the page, outside of any field, and begins as a race does.
fn pasted_race(event: &Event) -> Option<String> {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if target.is_some_and(|it| matches!(it.tag_name().as_str(), "TEXTAREA" | "INPUT")) {
        return None;
    }
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let text = data.get_data("text/plain").ok()?;
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.next()?.starts_with("race ").then_some(text)
}
