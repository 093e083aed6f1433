//! The page's style sheets, as one: adopted by whatever the page is mounted in, a document or a
//! shadow root. A strict policy allows that where it forbids style elements. It knows no part.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::CssStyleSheet;

/// All of `styles/` but what shows before this starts, joined by `build.rs`.
const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/styles.css"));

/// Adds the styles to a document's or a shadow root's own.
pub(crate) fn adopt(root: &JsValue) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLES)?;
    let name = JsValue::from_str("adoptedStyleSheets");
    let sheets = Array::from(&Reflect::get(root, &name)?);
    sheets.push(&sheet);
    Reflect::set(root, &name, &sheets).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::STYLES;

    #[test]
    fn what_only_authors_read_is_left_out_and_nothing_else() {
        assert!(!STYLES.contains("/*") && !STYLES.contains("  ") && !STYLES.contains('\n'));
        assert_eq!(STYLES.matches('{').count(), STYLES.matches('}').count());
        assert!(STYLES.starts_with(":root{color-scheme: light dark;--paper: light-dark(#faf9f5,"));
        assert!(STYLES.contains(".lane .source a + a::before{content: \", \";}"));
        assert!(STYLES.contains("calc(100% + 4px)"));
    }
}
