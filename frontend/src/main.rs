//! Starts the one wasm module as what it finds itself in: the page, or the page's worker.

mod app;
mod desk;
mod effects;
mod element;
mod engine;
mod kernel;
mod keyboard;
mod mail;
mod numbers;
mod pack;
mod parts;
mod permalink;
mod picture;
mod protocol;
mod scene;
mod search;
mod shared;
mod store;
mod styles;
mod terms;
mod theme;
mod wire;
mod worker;

use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, Window};

/// The element of `index.html` that the page fills.
const MOUNT: &str = "racewalk";

fn main() {
    let global = js_sys::global();
    if let Some(document) = global.dyn_ref::<Window>().and_then(Window::document) {
        if let Some(mount) = document.get_element_by_id(MOUNT) {
            // A browser that cannot do this shows the page as plain text, in reading order.
            drop(styles::adopt(&document));
            yew::Renderer::<app::Page>::with_root(mount).render();
        }
    } else if let Ok(scope) = global.dyn_into::<DedicatedWorkerGlobalScope>() {
        worker::serve(&scope);
    }
}
