//! What tells a node from its neighbours.

use std::rc::Rc;

/// What tells a node from its neighbours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key(Rc<str>);

impl<T: AsRef<str>> From<T> for Key {
    fn from(key: T) -> Self {
        Self(Rc::from(key.as_ref()))
    }
}
