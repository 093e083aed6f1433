//! What hears the events of an element.

use std::fmt;
use std::rc::Rc;

/// What hears one kind of event of an element.
pub trait Listener {
    /// The kind.
    fn kind(&self) -> ListenerKind;

    /// One happened.
    fn handle(&self, event: web_sys::Event);
}

impl fmt::Debug for dyn Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

/// A kind of event, by its name: `click`.
pub type ListenerKind = &'static str;

/// What hears the events of an element.
#[derive(Clone, Default, Debug)]
pub enum Listeners {
    /// Nothing.
    #[default]
    None,
    /// These.
    Pending(Box<[Option<Rc<dyn Listener>>]>),
}

impl Listeners {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Rc<dyn Listener>> {
        let all: &[_] = match self {
            Self::None => &[],
            Self::Pending(all) => all,
        };
        all.iter().flatten()
    }
}
