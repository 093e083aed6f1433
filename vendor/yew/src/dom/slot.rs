//! Places in an element, each before a node, or at the end.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, Node};

/// A place among the children of an element.
#[derive(Clone, Default)]
pub(crate) enum Slot {
    /// At the end.
    #[default]
    End,
    /// Before a node.
    Before(Node),
    /// Where another is, which may move.
    Same(Rc<RefCell<Slot>>),
}

impl Slot {
    pub(crate) fn at(node: &Node) -> Self {
        Self::Before(node.clone())
    }

    /// One that may move.
    pub(crate) fn moving(at: Self) -> Self {
        Self::Same(Rc::new(RefCell::new(at)))
    }

    /// Where this is, and where it will be when it moves.
    pub(crate) fn chained(&self) -> Self {
        self.clone()
    }

    /// Moves it, if it is one that may.
    pub(crate) fn set(&self, at: Self) {
        if let Self::Same(this) = self {
            *this.borrow_mut() = at;
        }
    }

    /// The node that it is before.
    fn node(&self) -> Option<Node> {
        // A loop, not a recursion: there may be many components beside each other that show nothing.
        let mut slot = self.clone();
        loop {
            slot = match &slot {
                Self::End => return None,
                Self::Before(node) => return Some(node.clone()),
                Self::Same(other) => other.borrow().clone(),
            };
        }
    }

    /// Puts a node there, or moves it there.
    ///
    /// # Panics
    /// Where something else has changed the document: nothing that is shown from then on would be right.
    #[expect(clippy::expect_used, reason = "Yew panics here, too, and the page tells of it")]
    pub(crate) fn insert(&self, parent: &Element, node: &Node) {
        parent.insert_before(node, self.node().as_ref()).expect("the place where it was");
    }
}
