//! What is shown in the document, and how it becomes what should be shown.

mod attributes;
mod list;
mod slot;
mod tag;

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Text};

pub(crate) use slot::Slot;

use crate::html::scope::AnyScope;
use crate::virtual_dom::{Key, VComp, VNode, VText};
use list::List;
use tag::Tag;

/// What a component shows.
#[derive(Default)]
pub(crate) struct Bundle(Option<Node>);

impl Bundle {
    /// Makes it this; returns where it begins.
    pub(crate) fn reconcile(&mut self, node: VNode, parent: &Element, behind: Slot) -> Slot {
        self.0.get_or_insert_with(|| Node::List(List::default())).reconcile(node, parent, behind)
    }

    /// Takes it out of the document; `with_parent`: what it stands in is taken out.
    pub(crate) fn detach(self, parent: &Element, with_parent: bool) {
        if let Some(node) = self.0 {
            node.detach(parent, with_parent);
        }
    }

    /// Moves it.
    pub(crate) fn shift(&self, parent: &Element, behind: Slot) {
        if let Some(node) = &self.0 {
            node.shift(parent, behind);
        }
    }
}

/// A node that is in the document.
enum Node {
    Tag(Box<Tag>),
    Text(VText, Text),
    Component(Rc<VComp>, AnyScope, Slot),
    List(List),
}

impl Node {
    fn key(&self) -> Option<&Key> {
        match self {
            Self::Tag(tag) => tag.is.key.as_ref(),
            Self::Text(..) => None,
            Self::Component(is, ..) => is.key.as_ref(),
            Self::List(list) => list.key.as_ref(),
        }
    }

    /// Puts a new node into an element, before a place; returns where it begins.
    fn attach(node: VNode, parent: &Element, behind: Slot) -> (Slot, Self) {
        match node {
            VNode::VTag(is) => {
                let tag = Tag::attach(is, parent, &behind);
                (tag.slot(), Self::Tag(Box::new(tag)))
            }
            VNode::VText(is) => {
                let text = document().create_text_node(&is.text);
                behind.insert(parent, &text);
                (Slot::at(&text), Self::Text(is, text))
            }
            VNode::VComp(is) => {
                let mounted = (is.mount)(Rc::clone(&is.props), parent.clone(), behind.clone());
                match mounted {
                    Some((scope, own)) => (own.clone(), Self::Component(is, scope, own)),
                    None => (behind, Self::List(List::default())),
                }
            }
            VNode::VList(is) => {
                let mut list = List::default();
                (list.reconcile(&is, parent, behind), Self::List(list))
            }
        }
    }

    /// Makes it another one; returns where it begins.
    fn reconcile(&mut self, node: VNode, parent: &Element, behind: Slot) -> Slot {
        match (node, &mut *self) {
            (VNode::VTag(is), Self::Tag(tag)) if is.name == tag.is.name && is.key == tag.is.key => {
                // Whoever kept what was shown before has nothing new to show.
                if !Rc::ptr_eq(&is, &tag.is) {
                    tag.reconcile(is);
                }
                tag.slot()
            }
            (VNode::VText(is), Self::Text(old, text)) => {
                if is != *old {
                    text.set_node_value(Some(&is.text));
                    *old = is;
                }
                Slot::at(text)
            }
            (VNode::VComp(is), Self::Component(old, scope, own))
                if is.type_id == old.type_id && is.key == old.key =>
            {
                scope.change(Rc::clone(&is.props), behind);
                *old = is;
                own.clone()
            }
            (VNode::VList(is), Self::List(list)) => list.reconcile(&is, parent, behind),
            (VNode::VList(is), _) => {
                // What stands there may be one of the list.
                let old = std::mem::replace(self, Self::List(List::default()));
                let mut list = List::of(old);
                let first = list.reconcile(&is, parent, behind);
                *self = Self::List(list);
                first
            }
            (node, _) => {
                let (first, new) = Self::attach(node, parent, behind);
                std::mem::replace(self, new).detach(parent, false);
                first
            }
        }
    }

    /// Takes it out of the document; `with_parent`: what it stands in is taken out.
    fn detach(self, parent: &Element, with_parent: bool) {
        match self {
            Self::Tag(tag) => tag.detach(parent, with_parent),
            Self::Text(_, text) => {
                if !with_parent {
                    drop(parent.remove_child(&text));
                }
            }
            Self::Component(_, scope, _) => scope.destroy(with_parent),
            Self::List(list) => list.detach(parent, with_parent),
        }
    }

    /// Moves it; returns where it begins.
    fn shift(&self, parent: &Element, behind: Slot) -> Slot {
        match self {
            Self::Tag(tag) => {
                behind.insert(parent, &tag.element);
                tag.slot()
            }
            Self::Text(_, text) => {
                behind.insert(parent, text);
                Slot::at(text)
            }
            Self::Component(_, scope, own) => {
                scope.shift(parent, behind);
                own.clone()
            }
            Self::List(list) => list.shift(parent, behind),
        }
    }
}

/// The document.
///
/// # Panics
/// Outside of a window.
#[expect(clippy::expect_used, reason = "nothing is shown where there is no window")]
fn document() -> Document {
    let window: web_sys::Window = js_sys::global().unchecked_into();
    window.document().expect("a document")
}
