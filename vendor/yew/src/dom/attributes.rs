//! The attributes of an element in the document.

use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::virtual_dom::{AttributeOrProperty, Attributes};

/// Gives an element these attributes, where it had those.
pub(super) fn apply(element: &Element, new: &Attributes, old: &Attributes) {
    for (name, value) in (0..new.len()).filter_map(|it| new.nth(it)) {
        if old.get(name) != Some(value) {
            match value {
                AttributeOrProperty::Static(text) => drop(element.set_attribute(name, text)),
                AttributeOrProperty::Attribute(text) => drop(element.set_attribute(name, text)),
                AttributeOrProperty::Property(value) => set_property(element, name, value),
            }
        }
    }
    for (name, value) in (0..old.len()).filter_map(|it| old.nth(it)) {
        if new.get(name).is_none() {
            match value {
                AttributeOrProperty::Property(_) => {
                    set_property(element, name, &JsValue::UNDEFINED);
                }
                _ => drop(element.remove_attribute(name)),
            }
        }
    }
}

fn set_property(element: &Element, name: &str, value: &JsValue) {
    drop(js_sys::Reflect::set(element, &JsValue::from_str(name), value));
}
