//! What a property or an attribute can be made of.

use std::rc::Rc;

pub use implicit_clone::ImplicitClone;

use crate::virtual_dom::{AttrValue, VList, VNode, VText};

/// What can be made a property, or the value of an attribute.
pub trait IntoPropValue<T> {
    /// Makes it that.
    fn into_prop_value(self) -> T;
}

impl<T> IntoPropValue<T> for T {
    fn into_prop_value(self) -> T {
        self
    }
}

impl<T> IntoPropValue<Option<T>> for T {
    fn into_prop_value(self) -> Option<T> {
        Some(self)
    }
}

impl<T: ImplicitClone> IntoPropValue<T> for &T {
    fn into_prop_value(self) -> T {
        self.clone()
    }
}

impl<T: ImplicitClone> IntoPropValue<Option<T>> for &T {
    fn into_prop_value(self) -> Option<T> {
        Some(self.clone())
    }
}

macro_rules! text {
    ($($from:ty),*) => {$(
        impl IntoPropValue<AttrValue> for $from {
            fn into_prop_value(self) -> AttrValue {
                AttrValue::from(self)
            }
        }

        impl IntoPropValue<Option<AttrValue>> for $from {
            fn into_prop_value(self) -> Option<AttrValue> {
                Some(AttrValue::from(self))
            }
        }

        impl IntoPropValue<Option<AttrValue>> for Option<$from> {
            fn into_prop_value(self) -> Option<AttrValue> {
                self.map(AttrValue::from)
            }
        }
    )*};
}

text!(&'static str, String, Rc<str>);

macro_rules! node {
    ($($from:ty),*) => {$(
        impl IntoPropValue<VNode> for $from {
            fn into_prop_value(self) -> VNode {
                VText::new(self.to_string()).into()
            }
        }
    )*};
}

node!(&str, &String, &&str, char, usize, u32, u64, i32);

impl IntoPropValue<VNode> for String {
    fn into_prop_value(self) -> VNode {
        VText::new(self).into()
    }
}

impl IntoPropValue<VNode> for VText {
    fn into_prop_value(self) -> VNode {
        self.into()
    }
}

impl IntoPropValue<VNode> for Vec<VNode> {
    fn into_prop_value(self) -> VNode {
        VList::from(self).into()
    }
}

impl<T: IntoPropValue<VNode>> IntoPropValue<VNode> for Option<T> {
    fn into_prop_value(self) -> VNode {
        self.map(IntoPropValue::into_prop_value).unwrap_or_default()
    }
}

/// The classes of an element; where there are none, it has no such attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Classes(AttrValue);

impl<T: Into<AttrValue>> From<T> for Classes {
    fn from(classes: T) -> Self {
        Self(classes.into())
    }
}

impl IntoPropValue<Option<AttrValue>> for Classes {
    fn into_prop_value(self) -> Option<AttrValue> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

/// What stands in an element, as `yew-macro` hands it to a component.
#[derive(Clone, PartialEq, Debug)]
pub struct ChildrenRenderer<T>(Vec<T>);

impl<T> ChildrenRenderer<T> {
    /// These.
    pub fn new(children: Vec<T>) -> Self {
        Self(children)
    }
}

impl IntoPropValue<VNode> for ChildrenRenderer<VNode> {
    fn into_prop_value(self) -> VNode {
        VList::from(self.0).into()
    }
}
