//! Keeps the graph where it is under a hand, whatever grows above it: WebKit has no scroll anchoring of its own. It knows the window, no race.

use web_sys::{Element, Window};

/// Where the graph was in the window, and how far the page was scrolled then, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Anchor {
    top: f64,
    scrolled: f64,
}

impl Anchor {
    /// Where it is now.
    pub(super) fn new() -> Option<Self> {
        let (window, graph) = graph()?;
        Some(Self {
            top: graph.get_bounding_client_rect().top(),
            scrolled: window.scroll_y().ok()?,
        })
    }

    /// Scrolls it back to where it was, unless the page was scrolled meanwhile, by the reader or by a browser that anchors;
    /// by how many pixels it had gone down.
    pub(super) fn hold(&mut self) -> i32 {
        let Some(now) = Self::new() else { return 0 };
        let moved = now.top - self.top;
        if now.scrolled != self.scrolled || moved.abs() < 1.0 {
            *self = now;
            return 0;
        }
        if let Some((window, _)) = graph() {
            window.scroll_by_with_x_and_y(0.0, moved);
        }
        // The page may have had no room to scroll as far.
        *self = Self::new().unwrap_or(now);
        (now.top - self.top) as i32
    }
}

fn graph() -> Option<(Window, Element)> {
    let window = web_sys::window()?;
    let graph = window.document()?.query_selector("#instrument [data-graph]").ok()??;
    Some((window, graph))
}
