//! After a panic: what went wrong, the permalink to where, and a reload, instead of a dead page.

use std::panic::PanicHookInfo;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

/// From now on a panic replaces what `mount` holds by a message.
pub(crate) fn show_in(mount: Element) {
    // By Yew's own means, since it would put another hook in its place when it starts.
    yew::set_custom_panic_hook(Box::new(move |info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // Whatever fails here fails silently: a panic inside this hook could not be told either.
        drop(show(&mount, info));
    }));
}

fn show(mount: &Element, info: &PanicHookInfo<'_>) -> Result<(), JsValue> {
    let document = mount.owner_document().ok_or("no document")?;
    let location = document.location().ok_or("no location")?;
    let href = location.href()?;

    let link = element(&document, "a", &href)?;
    link.set_attribute("href", &href)?;
    link.set_attribute("data-testid", "panic-link")?;

    let reload: HtmlElement = element(&document, "button", "Reload the page")?.dyn_into()?;
    reload.set_attribute("data-testid", "panic-reload")?;
    // The browser's own function, since no code of this module may run after a panic.
    let function: Function = Reflect::get(&location, &"reload".into())?.dyn_into()?;
    reload.set_onclick(Some(&function.bind0(&location)));

    let message = document.create_element("div")?;
    message.set_class_name("start-up");
    message.set_attribute("role", "alert")?;
    message.set_attribute("data-testid", "panic")?;
    let place = element(&document, "p", "This link leads back to where you were: ")?;
    place.append_with_node_1(&link)?;
    message.append_with_node(&Array::of(&[
        element(&document, "h1", "Racewalk has a bug")?.into(),
        element(&document, "p", "The page met a case its authors did not think of, and stopped.")?
            .into(),
        place.into(),
        reload.into(),
        element(&document, "pre", &info.to_string())?.into(),
    ]))?;
    mount.replace_children_with_node_1(&message);
    Ok(())
}

fn element(document: &Document, name: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(name)?;
    element.set_text_content(Some(text));
    Ok(element)
}
