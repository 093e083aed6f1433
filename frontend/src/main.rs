//! Starts the one wasm module as what it finds itself in: the page, or the page's worker.

mod app;
mod desk;
mod effects;
mod element;
mod engine;
mod interchange;
mod kernel;
mod keyboard;
mod library;
mod numbers;
mod parts;
mod permalink;
mod picture;
mod place;
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
use web_sys::{DedicatedWorkerGlobalScope, Element, Window};

/// The element of `index.html` that the page fills.
const MOUNT: &str = "racewalk";

/// Shows the page, once all that its address asks for is there.
async fn start(mount: Element) {
    if interchange::wanted_by(effects::address::read().0.as_ref()) {
        // The page says so where it could not be had.
        drop(interchange::load().await);
    }
    yew::Renderer::<app::Page>::with_root(mount).render();
}

fn main() {
    let global = js_sys::global();
    if let Some(document) = global.dyn_ref::<Window>().and_then(Window::document) {
        if let Some(mount) = document.get_element_by_id(MOUNT) {
            // A browser that cannot do this shows the page as plain text, in reading order.
            drop(styles::adopt(&document));
            wasm_bindgen_futures::spawn_local(start(mount));
        }
    } else if let Ok(scope) = global.dyn_into::<DedicatedWorkerGlobalScope>() {
        worker::serve(&scope);
    }
}
