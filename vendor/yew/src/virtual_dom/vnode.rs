//! Anything that can be shown.

use std::rc::Rc;

use implicit_clone::ImplicitClone;

use super::{Key, VChild, VComp, VList, VTag, VText};
use crate::html::BaseComponent;

/// Anything that can be shown.
#[derive(Clone, Debug)]
#[must_use = "it is shown only where it is returned"]
pub enum VNode {
    /// An element.
    VTag(Rc<VTag>),
    /// A text.
    VText(VText),
    /// A component.
    VComp(Rc<VComp>),
    /// Nodes beside each other.
    VList(Rc<VList>),
}

impl VNode {
    /// What tells it from its neighbours.
    pub fn key(&self) -> Option<&Key> {
        match self {
            Self::VTag(tag) => tag.key.as_ref(),
            Self::VText(_) => None,
            Self::VComp(component) => component.key.as_ref(),
            Self::VList(list) => list.key.as_ref(),
        }
    }
}

impl ImplicitClone for VNode {}

impl Default for VNode {
    fn default() -> Self {
        VList::default().into()
    }
}

impl From<VText> for VNode {
    fn from(text: VText) -> Self {
        Self::VText(text)
    }
}

impl From<VList> for VNode {
    fn from(list: VList) -> Self {
        Self::VList(Rc::new(list))
    }
}

impl From<VTag> for VNode {
    fn from(tag: VTag) -> Self {
        Self::VTag(Rc::new(tag))
    }
}

impl From<VComp> for VNode {
    fn from(component: VComp) -> Self {
        Self::VComp(Rc::new(component))
    }
}

impl<COMP: BaseComponent> From<VChild<COMP>> for VNode {
    fn from(child: VChild<COMP>) -> Self {
        VComp::from(child).into()
    }
}

impl<T: ToString> From<T> for VNode {
    fn from(text: T) -> Self {
        Self::VText(VText::new(text.to_string()))
    }
}

impl<A: Into<Self>> FromIterator<A> for VNode {
    fn from_iter<T: IntoIterator<Item = A>>(nodes: T) -> Self {
        VList::from(nodes.into_iter().map(Into::into).collect::<Vec<_>>()).into()
    }
}
