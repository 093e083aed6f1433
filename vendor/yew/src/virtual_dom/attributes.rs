//! The attributes and properties of an element.

use wasm_bindgen::JsValue;

use super::AttrValue;

/// What an attribute or a property is set to.
#[derive(Clone, PartialEq, Debug)]
pub enum AttributeOrProperty {
    /// An attribute.
    Static(&'static str),
    /// An attribute.
    Attribute(AttrValue),
    /// A property of the object in the document.
    Property(JsValue),
}

/// The attributes and properties of an element.
#[derive(Clone, Debug)]
pub enum Attributes {
    /// The same ever.
    Static(&'static [(&'static str, AttributeOrProperty)]),
    /// Always of these names; some may be left out.
    Dynamic {
        /// Their names.
        keys: &'static [&'static str],
        /// As many values.
        values: Box<[Option<AttributeOrProperty>]>,
    },
    /// Added one by one.
    List(Vec<(&'static str, AttributeOrProperty)>),
}

impl Attributes {
    /// How many there may be.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Static(all) => all.len(),
            Self::Dynamic { keys, .. } => keys.len(),
            Self::List(all) => all.len(),
        }
    }

    /// The one of this number, if it is not left out.
    pub(crate) fn nth(&self, number: usize) -> Option<(&'static str, &AttributeOrProperty)> {
        match self {
            Self::Static(all) => all.get(number).map(|it| (it.0, &it.1)),
            Self::Dynamic { keys, values } => {
                keys.get(number).copied().zip(values.get(number)?.as_ref())
            }
            Self::List(all) => all.get(number).map(|it| (it.0, &it.1)),
        }
    }

    /// The value of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&AttributeOrProperty> {
        let all = (0..self.len()).filter_map(|it| self.nth(it));
        all.filter(|it| it.0 == name).map(|it| it.1).next()
    }

    /// Adds one, instead of one that has its name.
    pub(crate) fn add(&mut self, name: &'static str, value: AttributeOrProperty) {
        if !matches!(self, Self::List(_)) {
            let all = (0..self.len()).filter_map(|it| self.nth(it));
            *self = Self::List(all.map(|(name, value)| (name, value.clone())).collect());
        }
        let Self::List(all) = self else { return };
        match all.iter_mut().find(|it| it.0 == name) {
            Some(old) => old.1 = value,
            None => all.push((name, value)),
        }
    }
}

impl Default for Attributes {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}
