//! Elements of the page, built by calls: `element("p").class("told").child(text)`. It knows no part.
//!
//! Yew's `html!` writes the construction of every element out where it stands; here it is a few calls
//! of the same code, which made the download of the page a tenth smaller.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::Event;
use yew::virtual_dom::{Key, Listener, ListenerKind, VComp, VList, VTag, VText};
use yew::{AttrValue, BaseComponent, Callback, Html, NodeRef};

/// An element that is being built.
pub(crate) struct Element(Box<Draft>);

struct Draft {
    /// `None`: it is no element, but what stands beside each other in one.
    tag: Option<VTag>,
    children: Vec<Html>,
}

/// An element of this name, with nothing in it.
#[inline(never)]
pub(crate) fn element(name: &'static str) -> Element {
    draft(Some(VTag::new(name)))
}

#[inline(never)]
fn draft(tag: Option<VTag>) -> Element {
    Element(Box::new(Draft { tag, children: Vec::new() }))
}

/// A component; the key tells it from its neighbours.
pub(crate) fn component<C: BaseComponent>(props: C::Properties, key: Option<&str>) -> Html {
    VComp::new::<C>(Rc::new(props), key.map(Key::from)).into()
}

impl Element {
    /// An attribute; of no value, it is not there.
    #[inline]
    pub(crate) fn attribute(self, name: &'static str, value: impl Value) -> Self {
        value.set(self, name)
    }

    /// Changes its tag.
    #[inline]
    fn with(mut self, change: impl FnOnce(&mut VTag)) -> Self {
        if let Some(tag) = &mut self.0.tag {
            change(tag);
        }
        self
    }

    /// An attribute without a value, if it is there.
    pub(crate) fn flag(self, name: &'static str, is: bool) -> Self {
        self.attribute(name, is.then_some(name))
    }

    /// Its class.
    pub(crate) fn class(self, class: &'static str) -> Self {
        self.attribute("class", class)
    }

    /// Its classes; empty ones are left out.
    #[inline(never)]
    pub(crate) fn classes(self, classes: &[&str]) -> Self {
        let mut all = String::new();
        for class in classes.iter().filter(|it| !it.is_empty()) {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(class);
        }
        self.attribute("class", all)
    }

    /// By what tests find it.
    pub(crate) fn testid(self, id: impl Value) -> Self {
        self.attribute("data-testid", id)
    }

    /// What tells it from its neighbours.
    #[inline(never)]
    pub(crate) fn key(self, key: &str) -> Self {
        self.with(|tag| tag.key = Some(Key::from(key)))
    }

    /// A property of the object in the document, set whenever it differs from what was set before.
    #[inline(never)]
    pub(crate) fn property(self, name: &'static str, value: impl Into<JsValue>) -> Self {
        self.with(|tag| tag.add_property(name, value.into()))
    }

    /// Its style, through the CSSOM: the page's policy forbids style attributes.
    pub(crate) fn style(self, declarations: &str) -> Self {
        self.property("style", declarations)
    }

    /// Where it can be found once it is in the document.
    pub(crate) fn node(self, node: NodeRef) -> Self {
        self.with(|tag| tag.node_ref = node)
    }

    /// What happens on an event of this name.
    #[inline(never)]
    pub(crate) fn on(self, event: &'static str, callback: Callback<Event>) -> Self {
        self.with(|tag| {
            tag.add_listener(Rc::new(Handler { event, callback }));
        })
    }

    /// What stands in it, after what stands there already.
    #[inline]
    pub(crate) fn child(self, content: impl Content) -> Self {
        content.add_to(self)
    }

    /// A list that may be longer or shorter the next time.
    #[inline]
    pub(crate) fn list<C: Content>(self, items: impl IntoIterator<Item = C>) -> Self {
        self.child(list(items))
    }

    #[inline(never)]
    fn push(mut self, child: Html) -> Self {
        self.0.children.push(child);
        self
    }
}

/// Yew's own ones are one for each kind of event.
struct Handler {
    event: &'static str,
    callback: Callback<Event>,
}

impl Listener for Handler {
    fn kind(&self) -> ListenerKind {
        self.event
    }

    fn handle(&self, event: Event) {
        self.callback.emit(event);
    }
}

/// A list that may be longer or shorter the next time.
pub(crate) fn list<C: Content>(items: impl IntoIterator<Item = C>) -> Html {
    items.into_iter().fold(draft(None), |all, it| it.add_to(all)).html()
}

/// What can stand in an element.
pub(crate) trait Content: Sized {
    /// Adds it at the end.
    fn add_to(self, element: Element) -> Element;

    /// On its own.
    fn html(self) -> Html {
        self.add_to(draft(None)).html()
    }
}

impl Content for Html {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        element.push(self)
    }

    fn html(self) -> Html {
        self
    }
}

impl Content for Element {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        element.push(self.html())
    }

    #[inline(never)]
    fn html(self) -> Html {
        let Draft { tag, children } = *self.0;
        let all = Html::from(VList::from(children));
        let Some(mut tag) = tag else { return all };
        if let Some(inside) = tag.children_mut() {
            *inside = all;
        }
        Html::from(tag)
    }
}

impl Content for &'static str {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        AttrValue::Static(self).add_to(element)
    }
}

impl Content for AttrValue {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        element.push(Html::VText(VText::new(self)))
    }
}

impl Content for String {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        AttrValue::from(self).add_to(element)
    }
}

impl Content for &String {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        self.clone().add_to(element)
    }
}

impl Content for usize {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        self.to_string().add_to(element)
    }
}

impl Content for char {
    #[inline(never)]
    fn add_to(self, element: Element) -> Element {
        String::from(self).add_to(element)
    }
}

/// Nothing keeps its place, so that what follows stays the same element.
impl<C: Content> Content for Option<C> {
    fn add_to(self, element: Element) -> Element {
        match self {
            Some(it) => it.add_to(element),
            None => Html::default().add_to(element),
        }
    }
}

impl<A: Content, B: Content> Content for (A, B) {
    #[inline]
    fn add_to(self, element: Element) -> Element {
        self.1.add_to(self.0.add_to(element))
    }
}

impl<A: Content, B: Content, C: Content> Content for (A, B, C) {
    #[inline]
    fn add_to(self, element: Element) -> Element {
        self.2.add_to((self.0, self.1).add_to(element))
    }
}

/// What an attribute can be set to.
pub(crate) trait Value {
    /// Sets it.
    fn set(self, element: Element, name: &'static str) -> Element;
}

impl Value for AttrValue {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        element.with(|tag| tag.add_attribute(name, self))
    }
}

impl Value for &'static str {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        AttrValue::Static(self).set(element, name)
    }
}

impl Value for String {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        AttrValue::from(self).set(element, name)
    }
}

impl Value for &String {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        self.clone().set(element, name)
    }
}

impl Value for usize {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        self.to_string().set(element, name)
    }
}

impl Value for i32 {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        self.to_string().set(element, name)
    }
}

/// `true` or `false`, as the states of ARIA are written.
impl Value for bool {
    #[inline(never)]
    fn set(self, element: Element, name: &'static str) -> Element {
        let word = if self { "true" } else { "false" };
        word.set(element, name)
    }
}

impl<V: Value> Value for Option<V> {
    fn set(self, element: Element, name: &'static str) -> Element {
        match self {
            Some(it) => it.set(element, name),
            None => element,
        }
    }
}
