//! Functions that are handed on.

use std::fmt;
use std::rc::Rc;

use implicit_clone::ImplicitClone;

/// A function that is shared. Two are equal where they are the same one.
pub struct Callback<IN, OUT = ()> {
    call: Rc<dyn Fn(IN) -> OUT>,
}

impl<IN, OUT> Callback<IN, OUT> {
    /// Calls it.
    pub fn emit(&self, value: IN) -> OUT {
        (self.call)(value)
    }
}

impl<IN: 'static, OUT: 'static> Callback<IN, OUT> {
    /// One that takes something else, and makes of it what this takes.
    pub fn reform<T>(&self, make: impl Fn(T) -> IN + 'static) -> Callback<T, OUT> {
        let this = self.clone();
        Callback::from(move |it| this.emit(make(it)))
    }
}

impl<IN> Callback<IN> {
    /// One that does nothing.
    pub fn noop() -> Self {
        Self::from(|_| ())
    }
}

impl<IN> Default for Callback<IN> {
    fn default() -> Self {
        Self::noop()
    }
}

impl<IN, OUT, F: Fn(IN) -> OUT + 'static> From<F> for Callback<IN, OUT> {
    fn from(function: F) -> Self {
        Self { call: Rc::new(function) }
    }
}

impl<IN, OUT> Clone for Callback<IN, OUT> {
    fn clone(&self) -> Self {
        Self { call: Rc::clone(&self.call) }
    }
}

impl<IN, OUT> PartialEq for Callback<IN, OUT> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(Rc::as_ptr(&self.call), Rc::as_ptr(&other.call))
    }
}

impl<IN, OUT> fmt::Debug for Callback<IN, OUT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}

impl<IN, OUT> ImplicitClone for Callback<IN, OUT> {}
