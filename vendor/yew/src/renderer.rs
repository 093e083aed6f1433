//! How a component gets into a document.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use web_sys::Element;

use crate::dom::Slot;
use crate::html::{BaseComponent, Scope};

/// What fills an element with a component.
pub struct Renderer<COMP: BaseComponent> {
    root: Element,
    props: COMP::Properties,
}

impl<COMP: BaseComponent> Renderer<COMP> {
    /// Fills this element.
    pub fn with_root(root: Element) -> Self
    where
        COMP::Properties: Default,
    {
        Self::with_root_and_props(root, COMP::Properties::default())
    }

    /// Fills this element with a component of these properties.
    pub fn with_root_and_props(root: Element, props: COMP::Properties) -> Self {
        Self { root, props }
    }

    /// Does it.
    pub fn render(self) -> AppHandle<COMP> {
        #[cfg(debug_assertions)]
        console_error_panic_hook::set_once();
        while let Some(child) = self.root.last_child() {
            drop(self.root.remove_child(&child));
        }
        let scope = Scope::new();
        scope.mount(self.root, Slot::default(), Rc::new(self.props));
        AppHandle { scope }
    }
}

impl<COMP: BaseComponent> fmt::Debug for Renderer<COMP> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer").finish_non_exhaustive()
    }
}

/// A component that fills an element: it can be sent messages.
#[derive(Debug)]
pub struct AppHandle<COMP: BaseComponent> {
    scope: Scope<COMP>,
}

impl<COMP: BaseComponent> AppHandle<COMP> {
    /// Empties the element.
    pub fn destroy(self) {
        self.scope.destroy(false);
    }
}

impl<COMP: BaseComponent> Deref for AppHandle<COMP> {
    type Target = Scope<COMP>;

    fn deref(&self) -> &Scope<COMP> {
        &self.scope
    }
}
