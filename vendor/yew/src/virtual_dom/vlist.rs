//! Nodes beside each other.

use std::rc::Rc;

use super::{Key, VNode};

/// Nodes beside each other.
#[derive(Clone, Default, Debug)]
pub struct VList {
    pub(crate) children: Rc<[VNode]>,
    pub(crate) key: Option<Key>,
}

/// As far as `yew-macro` knows it; it is looked up instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FullyKeyedState {
    /// Each node has a key.
    KnownFullyKeyed,
    /// Some node has none.
    KnownMissingKeys,
    /// Who knows.
    Unknown,
}

impl VList {
    /// These.
    pub fn with_children(children: Vec<VNode>, key: Option<Key>) -> Self {
        Self { children: children.into(), key }
    }

    /// These.
    pub fn __macro_new(children: Vec<VNode>, key: Option<Key>, _: FullyKeyedState) -> Self {
        Self::with_children(children, key)
    }
}

impl From<Vec<VNode>> for VList {
    fn from(children: Vec<VNode>) -> Self {
        Self::with_children(children, None)
    }
}
