//! Light or dark: the reader's choice, kept in the browser and put on the document. It knows no part
//! of the page.

use web_sys::{Document, Storage, window};

const KEY: &str = "racewalk-theme";

/// The reader's choice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Theme {
    /// As the browser says.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name, as it is kept.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What a reader sees.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Auto => "Auto",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The theme of that name; another name means the browser's own.
    pub(crate) fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.name() == name).unwrap_or(Self::Auto)
    }

    /// What was kept; a browser that keeps nothing has the last word itself.
    pub(crate) fn kept() -> Self {
        let kept = storage().and_then(|it| it.get_item(KEY).ok()).flatten();
        kept.map_or(Self::Auto, |it| Self::named(&it))
    }

    /// Puts it on the document, and keeps it where the browser allows that.
    pub(crate) fn apply(self) {
        let root = window().as_ref().and_then(web_sys::Window::document);
        if let Some(root) = root.as_ref().and_then(Document::document_element) {
            drop(match self {
                Self::Auto => root.remove_attribute("data-theme"),
                _ => root.set_attribute("data-theme", self.name()),
            });
        }
        if let Some(storage) = storage() {
            drop(match self {
                Self::Auto => storage.remove_item(KEY),
                _ => storage.set_item(KEY, self.name()),
            });
        }
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::named(theme.name()), theme);
        }
        assert_eq!(Theme::named("sepia"), Theme::Auto);
    }
}
