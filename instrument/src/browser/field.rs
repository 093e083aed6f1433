//! A field whose value the instrument sets. It knows nothing of what is written into it.

use yew::Html;
use yew::virtual_dom::VTag;

/// A field with these attributes, and then this value: a slider's has to fit between its ends.
pub(super) fn field(attributes: &[(&'static str, &str)], value: &str) -> Html {
    let mut tag = VTag::new("input");
    for (name, text) in attributes {
        tag.add_attribute(name, (*text).to_owned());
    }
    tag.add_property("value", value);
    tag.into()
}
