//! [Yew] 0.23 as far as Racewalk uses it: its components, its `html!` and its virtual DOM, for a browser.
//!
//! What a program writes against Yew it writes against this, and `yew-macro` is Yew's own. Left out is what
//! Racewalk does without: function components and hooks, contexts, suspense, portals, raw HTML, rendering on
//! a server, tracing. What is left is kept small rather than fast for pages of many thousands of nodes:
//! attributes, keys and waiting work stand in vectors, where Yew has hash maps and trees, and a listener is
//! its element's own, where Yew listens at the root and finds the element itself.
//!
//! Derived from Yew, which is licensed MIT OR Apache-2.0.
//!
//! [Yew]: https://github.com/yewstack/yew

extern crate self as yew;

pub mod callback;
mod dom;
pub mod html;
mod renderer;
mod scheduler;
pub mod utils;
pub mod virtual_dom;

pub use crate::callback::Callback;
pub use crate::html::{BaseComponent, Component, Context, Html, NodeRef, Properties};
pub use crate::renderer::{AppHandle, Renderer};
pub use crate::virtual_dom::AttrValue;
pub use yew_macro::{html, html_nested};
