//! An element in the document.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

use super::{Node, Slot, attributes, document};
use crate::virtual_dom::{Attributes, Listener, ListenerKind, VTag};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element in the document.
pub(super) struct Tag {
    /// What it is.
    pub(super) is: Rc<VTag>,
    pub(super) element: Element,
    ears: Vec<Ear>,
    children: Node,
}

impl Tag {
    /// Puts a new element into another, before a place.
    pub(super) fn attach(is: Rc<VTag>, parent: &Element, behind: &Slot) -> Self {
        let element = create(&is.name, parent);
        // Before it is in the document: the animations of SVG start when they are put in.
        attributes::apply(&element, &is.attributes, &Attributes::default());
        let mut ears = Vec::new();
        hear(&element, &is, &mut ears);
        behind.insert(parent, &element);
        let (_, children) = Node::attach(is.children.clone(), &element, Slot::End);
        is.node_ref.set(Some(element.clone().into()));
        Self { is, element, ears, children }
    }

    /// Makes it another one of its name and key.
    pub(super) fn reconcile(&mut self, is: Rc<VTag>) {
        attributes::apply(&self.element, &is.attributes, &self.is.attributes);
        hear(&self.element, &is, &mut self.ears);
        self.children.reconcile(is.children.clone(), &self.element, Slot::End);
        if is.node_ref != self.is.node_ref {
            self.forget();
            is.node_ref.set(Some(self.element.clone().into()));
        }
        self.is = is;
    }

    pub(super) fn slot(&self) -> Slot {
        Slot::at(&self.element)
    }

    /// Takes it out of the document; `with_parent`: what it stands in is taken out.
    pub(super) fn detach(self, parent: &Element, with_parent: bool) {
        self.forget();
        // Taking it out may be an event itself.
        drop(self.ears);
        self.children.detach(&self.element, true);
        if !with_parent {
            drop(parent.remove_child(&self.element));
        }
    }

    /// Empties its reference, unless that is another element's by now.
    fn forget(&self) {
        if self.is.node_ref.get().as_ref() == Some(&self.element) {
            self.is.node_ref.set(None);
        }
    }
}

/// # Panics
/// Where its name is none.
#[expect(clippy::expect_used, reason = "the names of elements stand in the program")]
fn create(name: &str, parent: &Element) -> Element {
    let is_svg = name == "svg" || parent.namespace_uri().as_deref() == Some(SVG);
    let made = if is_svg {
        document().create_element_ns(Some(SVG), name)
    } else {
        document().create_element(name)
    };
    made.expect("an element")
}

/// What hears one kind of event of an element.
struct Ear {
    element: Element,
    kind: ListenerKind,
    /// What is told: it may be another one with each rendering.
    told: Rc<RefCell<Rc<dyn Listener>>>,
    closure: Closure<dyn Fn(Event)>,
}

/// Has the element's events heard by what hears them now.
fn hear(element: &Element, is: &VTag, ears: &mut Vec<Ear>) {
    let mut count = 0;
    for listener in is.listeners.iter() {
        let kind = listener.kind();
        match ears.get(count) {
            Some(ear) if ear.kind == kind => *ear.told.borrow_mut() = Rc::clone(listener),
            _ => {
                ears.truncate(count);
                ears.push(Ear::new(element, kind, listener));
            }
        }
        count += 1;
    }
    ears.truncate(count);
}

impl Ear {
    fn new(element: &Element, kind: ListenerKind, listener: &Rc<dyn Listener>) -> Self {
        let told = Rc::new(RefCell::new(Rc::clone(listener)));
        let by = Rc::clone(&told);
        let closure = Closure::<dyn Fn(Event)>::new(move |event| {
            let listener = by.borrow().clone();
            listener.handle(event);
        });
        let function = closure.as_ref().unchecked_ref();
        drop(element.add_event_listener_with_callback(kind, function));
        Self { element: element.clone(), kind, told, closure }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        drop(self.element.remove_event_listener_with_callback(self.kind, function));
    }
}
