//! How the document should look, as plain data.

mod attributes;
mod key;
pub mod listeners;
mod vcomp;
mod vlist;
mod vnode;
mod vtag;
mod vtext;

pub use attributes::{AttributeOrProperty, Attributes};
pub use key::Key;
pub use listeners::{Listener, ListenerKind, Listeners};
pub use vcomp::{VChild, VComp};
pub use vlist::{FullyKeyedState, VList};
pub use vnode::VNode;
pub use vtag::VTag;
pub use vtext::VText;

/// A text that is cheap to clone.
pub type AttrValue = implicit_clone::unsync::IString;
