//! The page's style sheets, as one: adopted by whatever the page is mounted in, a document or a
//! shadow root. A strict policy allows that where it forbids style elements. It knows no part.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::CssStyleSheet;

/// All of `styles/` but what shows before this starts, joined by `build.rs`.
pub(crate) const PAGE: &str = include_str!(concat!(env!("OUT_DIR"), "/page.css"));
/// What of it the element needs, asking for its own width where the page's asks for the window's.
pub(crate) const EMBED: &str = include_str!(concat!(env!("OUT_DIR"), "/embed.css"));

/// Whether a shadow root has styles of its own.
pub(crate) fn is_dressed(root: &JsValue) -> bool {
    Reflect::get(root, &JsValue::from_str("adoptedStyleSheets"))
        .is_ok_and(|sheets| Array::from(&sheets).length() > 0)
}

/// Adds styles to a document's or a shadow root's own.
pub(crate) fn adopt(root: &JsValue, styles: &str) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(styles)?;
    let name = JsValue::from_str("adoptedStyleSheets");
    let sheets = Array::from(&Reflect::get(root, &name)?);
    sheets.push(&sheet);
    Reflect::set(root, &name, &sheets).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::{EMBED, PAGE};

    #[test]
    fn what_only_authors_read_is_left_out_and_nothing_else() {
        for styles in [PAGE, EMBED] {
            assert!(!styles.contains("/*") && !styles.contains("  ") && !styles.contains('\n'));
            assert_eq!(styles.matches('{').count(), styles.matches('}').count());
            assert!(styles.contains(".lane .source a + a::before{content: \", \";}"));
            assert!(styles.contains("calc(100% + 4px)"));
        }
        assert!(PAGE.starts_with(":root{color-scheme: light dark;--paper: light-dark(#faf9f5,"));
    }

    #[test]
    fn the_element_asks_for_nothing_outside_of_it() {
        for part in [":root", "body", "(max-width", "(min-width", "100vw"] {
            let media = part.starts_with('(');
            let found = EMBED.match_indices(part).any(|(at, _)| {
                !media || EMBED[..at].rsplit('}').next().is_some_and(|it| it.contains("@media"))
            });
            assert!(!found, "{part}");
        }
        assert!(EMBED.contains("@container (max-width: 767.9px)"));
    }
}
