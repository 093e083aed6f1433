//! The clipboard, and what to do where there is none. It knows nothing of what it copies.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlElement, HtmlTextAreaElement, window};
use yew::Callback;

use crate::store::Action;

/// Copies a text, and says that it did: `what` begins the sentence (`The link`).
pub(crate) fn copy(text: String, what: &'static str, act: Callback<Action>) {
    spawn_local(async move {
        // Outside of a secure context there is no clipboard.
        let clipboard = window().filter(web_sys::Window::is_secure_context);
        let copied = match clipboard.map(|it| it.navigator().clipboard()) {
            Some(clipboard) => JsFuture::from(clipboard.write_text(&text)).await.is_ok(),
            None => false,
        };
        act.emit(if copied || by_selection(&text).is_some() {
            Action::Say(format!("{what} is copied."))
        } else {
            Action::Fault(format!(
                "The browser does not let the page copy. {what}, to be copied by hand:\n{text}"
            ))
        });
    });
}

/// The old way: a text area out of sight, selected, and the command to copy.
fn by_selection(text: &str) -> Option<()> {
    let document = window()?.document()?;
    let before = document.active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_class_name("vh");
    area.set_value(text);
    // Nothing outside of a sheet takes the focus while it is there.
    let sheet = document.query_selector("dialog[open]").ok()?;
    sheet.or_else(|| document.body().map(Into::into))?.append_child(&area).ok()?;
    area.select();
    let copied = document
        .dyn_ref::<web_sys::HtmlDocument>()
        .and_then(|it| it.exec_command("copy").ok())
        .filter(|&copied| copied);
    area.remove();
    // The focus goes back to where it was; a button that is gone by now has none.
    drop(before.map(|it| it.focus()));
    copied.map(|_| ())
}
