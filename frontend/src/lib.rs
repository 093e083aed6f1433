//! The page and the `<race-walk>` element: each a wasm module (`src/bin`), and each its own worker, too.

mod app;
mod desk;
mod effects;
mod element;
mod embed;
mod engine;
mod interchange;
mod kernel;
mod keyboard;
mod library;
mod neighbours;
mod numbers;
mod parts;
mod picture;
mod place;
mod protocol;
mod scene;
mod search;
mod shared;
mod still;
mod store;
mod styles;
mod terms;
mod theme;
mod wanted;
mod wire;
mod worker;

use racewalk_permalink as permalink;
use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, Document, Element, HtmlElement, ShadowRoot, Window};

pub use embed::Handle;

/// The element of `index.html` that the page fills.
const MOUNT: &str = "racewalk";

/// Starts the module as what it finds itself in: the page, or the page's worker.
pub fn page() {
    let Some(window) = window_or_worker() else { return };
    if let Some(document) = window.document()
        && let Some(mount) = document.get_element_by_id(MOUNT)
    {
        wasm_bindgen_futures::spawn_local(start(document, mount));
    }
}

/// Starts the module of the element: where it is a worker, it explores; elsewhere it waits to be asked for
/// elements ([`embed()`]).
pub fn element() {
    drop(window_or_worker());
}

/// Fills the shadow root of an element, and follows its attributes until the handle is dropped.
///
/// # Errors
/// What the browser refuses.
pub fn embed(host: HtmlElement, root: &ShadowRoot) -> Result<Handle, wasm_bindgen::JsValue> {
    embed::fill(host, root)
}

/// The window; in a worker, the work is begun.
fn window_or_worker() -> Option<Window> {
    let global = js_sys::global();
    let scope = match global.dyn_into::<Window>() {
        Ok(window) => return Some(window),
        Err(other) => other.dyn_into::<DedicatedWorkerGlobalScope>().ok()?,
    };
    worker::serve(&scope);
    None
}

/// Shows the page, once all that its address asks for is there.
async fn start(document: Document, mount: Element) {
    // The page says so where something could not be had.
    drop(wanted::load(effects::address::read().0.as_ref()).await);
    // Together with the page, since the first picture would move under its styles. A browser that cannot do this shows
    // the page as plain text, in reading order.
    drop(styles::adopt(&document, styles::PAGE));
    yew::Renderer::<app::Page>::with_root(mount).render();
}
