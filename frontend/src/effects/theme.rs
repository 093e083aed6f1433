//! Light or dark: kept in the browser, and put on the document. It knows no part of the page.

use web_sys::{Document, Storage, window};

use crate::theme::Theme;

const KEY: &str = "racewalk-theme";

/// What was kept; a browser that keeps nothing has the last word itself.
pub(crate) fn kept() -> Theme {
    let kept = storage().and_then(|it| it.get_item(KEY).ok()).flatten();
    kept.map_or(Theme::Auto, |it| Theme::named(&it))
}

/// Puts it on the document, and keeps it where the browser allows that.
pub(crate) fn apply(theme: Theme) {
    let root = window().as_ref().and_then(web_sys::Window::document);
    if let Some(root) = root.as_ref().and_then(Document::document_element) {
        drop(match theme {
            Theme::Auto => root.remove_attribute("data-theme"),
            _ => root.set_attribute("data-theme", theme.name()),
        });
    }
    if let Some(storage) = storage() {
        drop(match theme {
            Theme::Auto => storage.remove_item(KEY),
            _ => storage.set_item(KEY, theme.name()),
        });
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}
