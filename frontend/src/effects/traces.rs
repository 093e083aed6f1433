//! Traces of real kernels: they lie beside the page and are fetched when a reader asks for one.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Response, window};
use yew::Callback;

use crate::store::{Action, TraceText};

/// Fetches a trace from beside the page, and shows it.
pub(crate) fn read(file: String, act: Callback<Action>) {
    spawn_local(async move {
        let text = fetch(&format!("evidence/{file}")).await;
        act.emit(match text {
            Some(text) => Action::Trace(TraceText { file, text }),
            None => Action::Fault(format!("The trace “{file}” could not be fetched.")),
        });
    });
}

async fn fetch(path: &str) -> Option<String> {
    let response = JsFuture::from(window()?.fetch_with_str(path)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
