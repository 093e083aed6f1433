//! Big data that many hold and nobody copies: equal when it is the same. Imports nothing.

use std::ops::Deref;
use std::rc::Rc;

/// A counted reference, compared by identity: handing it to a component never compares what is in it.
#[derive(Debug)]
pub(crate) struct Shared<T: ?Sized>(Rc<T>);

impl<T> Shared<T> {
    /// From now on shared.
    pub(crate) fn new(value: T) -> Self {
        Self(Rc::new(value))
    }

    /// What tells it from all others that are alive.
    pub(crate) fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
