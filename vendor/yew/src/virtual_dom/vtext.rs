//! A text.

use super::AttrValue;

/// A text.
#[derive(Clone, PartialEq, Debug)]
pub struct VText {
    /// What it says.
    pub text: AttrValue,
}

impl VText {
    /// This text.
    pub fn new(text: impl Into<AttrValue>) -> Self {
        Self { text: text.into() }
    }
}
