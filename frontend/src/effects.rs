//! What the page does beside drawing: the address, the keyboard, the search, time, files, the
//! clipboard. Each watches the store from outside and gives it actions; none is known to the parts.

pub(crate) mod address;
pub(crate) mod clipboard;
pub(crate) mod explore;
pub(crate) mod files;
pub(crate) mod keys;
pub(crate) mod play;
