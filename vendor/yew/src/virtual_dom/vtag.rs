//! An element.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::{AttrValue, AttributeOrProperty, Attributes, Key, Listener, Listeners, VNode};
use crate::html::NodeRef;

/// An element.
#[derive(Clone, Debug)]
pub struct VTag {
    pub(crate) name: AttrValue,
    pub(crate) listeners: Listeners,
    pub(crate) children: VNode,
    /// What becomes of it, once it is in the document.
    pub node_ref: NodeRef,
    /// Its attributes and properties.
    pub attributes: Attributes,
    /// What tells it from its neighbours.
    pub key: Option<Key>,
}

impl VTag {
    /// An element of this name, with nothing in it.
    pub fn new(name: impl Into<AttrValue>) -> Self {
        Self::__new_other(
            name.into(),
            NodeRef::default(),
            None,
            Attributes::default(),
            Listeners::None,
            VNode::default(),
        )
    }

    /// An input; its value and whether it is checked are not kept by this.
    pub fn __new_input(
        _value: Option<std::convert::Infallible>,
        _checked: Option<std::convert::Infallible>,
        node_ref: NodeRef,
        key: Option<Key>,
        attributes: Attributes,
        listeners: Listeners,
    ) -> Self {
        let name = AttrValue::Static("input");
        Self::__new_other(name, node_ref, key, attributes, listeners, VNode::default())
    }

    /// Any other element.
    pub fn __new_other(
        name: AttrValue,
        node_ref: NodeRef,
        key: Option<Key>,
        attributes: Attributes,
        listeners: Listeners,
        children: VNode,
    ) -> Self {
        Self { name, listeners, children, node_ref, attributes, key }
    }

    /// What stands in it.
    pub fn children_mut(&mut self) -> Option<&mut VNode> {
        Some(&mut self.children)
    }

    /// Adds an attribute.
    pub fn add_attribute(&mut self, name: &'static str, value: impl Into<AttrValue>) {
        self.attributes.add(name, AttributeOrProperty::Attribute(value.into()));
    }

    /// Adds a property of the object in the document.
    pub fn add_property(&mut self, name: &'static str, value: impl Into<JsValue>) {
        self.attributes.add(name, AttributeOrProperty::Property(value.into()));
    }

    /// Adds what hears an event of it.
    pub fn add_listener(&mut self, listener: Rc<dyn Listener>) {
        let mut all = match std::mem::take(&mut self.listeners) {
            Listeners::None => Vec::new(),
            Listeners::Pending(all) => all.into_vec(),
        };
        all.push(Some(listener));
        self.listeners = Listeners::Pending(all.into());
    }
}
