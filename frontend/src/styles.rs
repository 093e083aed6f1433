//! The page's style sheets, as one: adopted by whatever the page is mounted in, a document or a
//! shadow root. A strict policy allows that where it forbids style elements. It knows no part.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::CssStyleSheet;

/// Later files may build on earlier ones.
const STYLES: &str = concat!(
    include_str!("../styles/tokens.css"),
    include_str!("../styles/layout.css"),
    include_str!("../styles/controls.css"),
    include_str!("../styles/masthead.css"),
    include_str!("../styles/verdict.css"),
    include_str!("../styles/narration.css"),
    include_str!("../styles/scene.css"),
    include_str!("../styles/time.css"),
    include_str!("../styles/lanes.css"),
    include_str!("../styles/sheet.css"),
);

/// Adds the styles to a document's or a shadow root's own.
pub(crate) fn adopt(root: &JsValue) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLES)?;
    let name = JsValue::from_str("adoptedStyleSheets");
    let sheets = Array::from(&Reflect::get(root, &name)?);
    sheets.push(&sheet);
    Reflect::set(root, &name, &sheets).map(|_| ())
}
