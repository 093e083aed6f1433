//! Files: dropped on the page, chosen, or pasted as text. It knows no race; it reads text.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, Element, Event, File};
use yew::Callback;

use racewalk_engine::syntax::MAX_BYTES;

use crate::interchange;
use crate::store::Action;

/// Reads a file, and opens what it says.
pub(crate) fn read(file: File, act: Callback<Action>) {
    let name = file.name();
    if file.size() > MAX_BYTES as f64 {
        act.emit(Action::Fault(format!(
            "“{name}” has more than 1 MB, which is more than a race can be. Nothing was opened."
        )));
        return;
    }
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|it| it.as_string());
        match text {
            Some(text) if text.contains('\0') => {
                act.emit(Action::Fault(format!("“{name}” is no text. Nothing was opened.")));
            }
            Some(text) => open(text, act).await,
            None => act.emit(Action::Fault(format!("“{name}” could not be read."))),
        }
    });
}

/// Opens a race from its text, once the part that reads it is there.
async fn open(text: String, act: Callback<Action>) {
    let loaded = interchange::load().await;
    act.emit(loaded.map_or_else(Action::Fault, |()| Action::OpenText(text)));
}

/// Listens for files dropped on the page and for races pasted onto it.
pub(crate) struct Files {
    _listeners: Vec<EventListener>,
}

impl Files {
    /// Opens what is dropped or pasted, and tells the store whether a file is held over the page.
    pub(crate) fn new(act: &Callback<Action>) -> Self {
        let mut listeners = Vec::new();
        for name in ["dragover", "dragleave", "drop", "paste"] {
            let act = act.clone();
            let options = EventListenerOptions::enable_prevent_default();
            listeners.extend(web_sys::window().map(|window| {
                EventListener::new_with_options(&window, name, options, move |it| hear(it, &act))
            }));
        }
        Self { _listeners: listeners }
    }
}

fn hear(event: &Event, act: &Callback<Action>) {
    let drag = event.dyn_ref::<DragEvent>();
    match event.type_().as_str() {
        "dragover" if has_file(drag) => {
            event.prevent_default();
            act.emit(Action::Hover(true));
        }
        // Only where it leaves the window, not where it passes from part to part.
        "dragleave" if drag.is_some_and(|it| it.related_target().is_none()) => {
            act.emit(Action::Hover(false));
        }
        "drop" => {
            act.emit(Action::Hover(false));
            if has_file(drag) {
                event.prevent_default();
                let transfer = drag.and_then(DragEvent::data_transfer);
                if let Some(file) = transfer.and_then(|it| it.files()).and_then(|it| it.get(0)) {
                    read(file, act.clone());
                }
            }
        }
        "paste" => {
            if let Some(text) = pasted_race(event) {
                event.prevent_default();
                spawn_local(open(text, act.clone()));
            }
        }
        _ => {}
    }
}

fn has_file(event: Option<&DragEvent>) -> bool {
    let transfer = event.and_then(DragEvent::data_transfer);
    transfer
        .is_some_and(|it| it.types().iter().any(|it| it.as_string().as_deref() == Some("Files")))
}

/// A text that was pasted onto the page, outside of any field, and has a line as a race or a table begins.
fn pasted_race(event: &Event) -> Option<String> {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if target.is_some_and(|it| matches!(it.tag_name().as_str(), "TEXTAREA" | "INPUT")) {
        return None;
    }
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let text = data.get_data("text/plain").ok()?;
    // A table may be quoted or stand in a comment.
    let begins = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>', '*', '/', '#']);
        let race = line
            .strip_prefix("race ")
            .is_some_and(|it| it.contains([':', '"']) || !it.contains(' '));
        race || line.starts_with("CPU")
    };
    text.lines().any(begins).then_some(text)
}
