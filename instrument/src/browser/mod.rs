//! The instrument in a browser: its place in the page, its worker, what the reader does. The page's side is `frontend/scripts/load.js`.

mod anchor;
mod app;
mod bench;
mod branches;
mod dispatch;
mod field;
mod fix;
mod graph;
mod hand;
mod loader;
mod neighbours;
mod path;
mod picture;
mod still;
mod swaps;
mod time;
mod window;
mod worker;

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, DedicatedWorkerGlobalScope, Document, Element};
use yew::AppHandle;

use app::{Instrument, Msg};

/// The element that the page keeps for it.
const PLACE: &str = "instrument";
const STYLES: &str = include_str!("../../styles/instrument.css");

thread_local! {
    static SHOWN: RefCell<Option<(Element, AppHandle<Instrument>)>> = const { RefCell::new(None) };
    static DRESSED: RefCell<bool> = const { RefCell::new(false) };
}

/// Runs once the module is there: a worker begins its work, a page waits for [`show`].
pub fn start() {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        worker::serve(&scope);
    }
}

/// Shows what a link leads to, in the page's place for it.
pub fn show(link: &str) {
    let Some(document) = web_sys::window().and_then(|it| it.document()) else { return };
    let Some(place) = document.get_element_by_id(PLACE) else { return };
    DRESSED.with_borrow_mut(|it| {
        if !*it {
            *it = true;
            // A browser that cannot do this shows it as plain text.
            drop(dress(&document));
        }
    });
    SHOWN.with_borrow_mut(|shown| {
        // The page may have been without a place for a while: it has a new one then.
        if shown.as_ref().is_none_or(|it| it.0 != place) {
            if let Some((_, old)) = shown.take() {
                old.destroy();
            }
            let app = yew::Renderer::<Instrument>::with_root(place.clone()).render();
            *shown = Some((place, app));
        }
        if let Some((_, app)) = shown {
            app.send_message(Msg::Show(link.to_owned()));
        }
    });
}

fn dress(document: &Document) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLES)?;
    let name = JsValue::from_str("adoptedStyleSheets");
    let sheets = js_sys::Array::from(&js_sys::Reflect::get(document, &name)?);
    sheets.push(&sheet);
    js_sys::Reflect::set(document, &name, &sheets).map(|_| ())
}
