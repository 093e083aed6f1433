//! Components, and what they show.

mod conversion;
mod properties;
pub(crate) mod scope;

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Node;

pub use conversion::{ChildrenRenderer, Classes, ImplicitClone, IntoPropValue};
pub use properties::*;
pub use scope::Scope;

/// What a component shows.
pub type Html = crate::virtual_dom::VNode;

/// What a component is given with each call.
#[derive(Debug)]
pub struct Context<COMP: BaseComponent> {
    pub(crate) scope: Scope<COMP>,
    pub(crate) props: Rc<COMP::Properties>,
}

impl<COMP: BaseComponent> Context<COMP> {
    /// What the component is reached by.
    pub fn link(&self) -> &Scope<COMP> {
        &self.scope
    }

    /// What the component was given by its parent.
    pub fn props(&self) -> &COMP::Properties {
        &self.props
    }
}

/// A part of the page with a state of its own.
pub trait Component: Sized + 'static {
    /// What can happen to it.
    type Message: 'static;
    /// What its parent gives it.
    type Properties: Properties + 'static;

    /// Made, before it is shown.
    fn create(context: &Context<Self>) -> Self;

    /// Something happened; whether it looks different now.
    fn update(&mut self, _context: &Context<Self>, _message: Self::Message) -> bool {
        true
    }

    /// Its properties changed; whether it looks different now.
    fn changed(&mut self, _context: &Context<Self>, _old: &Self::Properties) -> bool {
        true
    }

    /// How it looks.
    fn view(&self, context: &Context<Self>) -> Html;

    /// It is in the document as it looks.
    fn rendered(&mut self, _context: &Context<Self>, _is_first: bool) {}

    /// It goes away.
    fn destroy(&mut self, _context: &Context<Self>) {}
}

/// As `yew-macro` calls it.
pub use Component as BaseComponent;

/// What becomes of an element, once it is in the document.
#[derive(Default, Clone)]
pub struct NodeRef(Rc<RefCell<Option<Node>>>);

impl NodeRef {
    /// The element.
    pub fn get(&self) -> Option<Node> {
        self.0.borrow().clone()
    }

    /// The element, as what it is; it is not looked at whether it is that.
    pub fn cast<INTO: AsRef<Node> + From<JsValue>>(&self) -> Option<INTO> {
        self.get().map(|node| INTO::from(node.unchecked_into()))
    }

    pub(crate) fn set(&self, node: Option<Node>) {
        *self.0.borrow_mut() = node;
    }
}

impl ImplicitClone for NodeRef {}

impl PartialEq for NodeRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for NodeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NodeRef")
    }
}
