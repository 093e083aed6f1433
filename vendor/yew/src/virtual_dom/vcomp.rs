//! A component among what is shown.

use std::any::{Any, TypeId};
use std::fmt;
use std::rc::Rc;

use web_sys::Element;

use super::Key;
use crate::dom::Slot;
use crate::html::scope::AnyScope;
use crate::html::{BaseComponent, Scope};

/// A component, with what it is given.
#[derive(Clone)]
pub struct VComp {
    pub(crate) type_id: TypeId,
    pub(crate) props: Rc<dyn Any>,
    pub(crate) mount: Mount,
    pub(crate) key: Option<Key>,
}

/// Makes the component, within an element, before a place; returns where it will begin.
pub(crate) type Mount = fn(Rc<dyn Any>, Element, Slot) -> Option<(AnyScope, Slot)>;

fn mount<COMP: BaseComponent>(
    props: Rc<dyn Any>,
    parent: Element,
    behind: Slot,
) -> Option<(AnyScope, Slot)> {
    let scope = Scope::<COMP>::new();
    let own = scope.mount(parent, behind, props.downcast().ok()?);
    Some((scope.any(), own))
}

impl VComp {
    /// A component of these properties.
    pub fn new<COMP: BaseComponent>(props: Rc<COMP::Properties>, key: Option<Key>) -> Self {
        Self { type_id: TypeId::of::<COMP>(), props, mount: mount::<COMP>, key }
    }
}

impl fmt::Debug for VComp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VComp").field("key", &self.key).finish_non_exhaustive()
    }
}

/// The same, of a known type.
#[derive(Debug)]
pub struct VChild<COMP: BaseComponent> {
    props: Rc<COMP::Properties>,
    key: Option<Key>,
}

impl<COMP: BaseComponent> VChild<COMP> {
    /// A component of these properties.
    pub fn new(props: COMP::Properties, key: Option<Key>) -> Self {
        Self { props: Rc::new(props), key }
    }
}

impl<COMP: BaseComponent> From<VChild<COMP>> for VComp {
    fn from(child: VChild<COMP>) -> Self {
        Self::new::<COMP>(child.props, child.key)
    }
}
