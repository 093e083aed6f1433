//! What the front of the language promises.

mod library;
