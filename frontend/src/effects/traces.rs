//! Traces of real kernels: they lie beside the page and are fetched when a reader asks for one.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

use crate::neighbours;
use crate::store::{Action, TraceText};

/// Fetches a trace from beside the page, and shows it.
pub(crate) fn read(file: String, act: Callback<Action>) {
    spawn_local(async move {
        let text = fetch(&file).await;
        act.emit(match text {
            Some(text) => Action::Trace(TraceText { file, text }),
            None => Action::Fault(format!("The trace “{file}” could not be fetched.")),
        });
    });
}

async fn fetch(file: &str) -> Option<String> {
    JsFuture::from(neighbours::trace(file).ok()?).await.ok()?.as_string()
}
