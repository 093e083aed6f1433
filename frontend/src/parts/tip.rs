//! A tooltip: shown on hover and on focus, hoverable itself, closed by Escape, and moved so that it
//! stays within the window. It knows nothing of what it says.

use std::sync::atomic::{AtomicU32, Ordering};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};
use yew::{AttrValue, Component, Context, Html, NodeRef, Properties};

use crate::element::{Content, component, element};

/// Properties of [`Tip`].
#[derive(Properties)]
pub(crate) struct TipProps {
    /// What is explained: a word, or something focusable whose `aria-describedby` is [`TipProps::id`].
    pub(crate) content: Html,
    /// The explanation.
    pub(crate) text: Html,
    /// The id of the explanation; `None`: what is explained is a word, which needs to know of none.
    pub(crate) id: Option<AttrValue>,
    /// Classes of the whole.
    pub(crate) class: &'static str,
}

/// To compare what is explained costs more than to draw it again.
impl PartialEq for TipProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// A word that explains itself.
pub(crate) fn explained(word: &str, text: Html) -> Html {
    tip(TipProps { content: word.to_owned().html(), text, id: None, class: "" }, None)
}

/// Something that explains itself; the key tells it from its neighbours.
pub(crate) fn tip(props: TipProps, key: Option<&str>) -> Html {
    component::<Tip>(props, key)
}

/// Something that explains itself: it knows whether it is open.
pub(crate) struct Tip {
    /// An id that no other element of the page has.
    id: AttrValue,
    open: bool,
    whole: NodeRef,
    text: NodeRef,
}

impl Component for Tip {
    type Message = Event;
    type Properties = TipProps;

    fn create(_: &Context<Self>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let id = AttrValue::from(format!("tip-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
        Self { id, open: false, whole: NodeRef::default(), text: NodeRef::default() }
    }

    fn update(&mut self, _: &Context<Self>, event: Event) -> bool {
        let open = match event.type_().as_str() {
            "mouseenter" => true,
            // Who uses a pointer hovers; a focus that came with a click needs no explanation.
            "focusin" => {
                let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                self.open || target.is_some_and(|it| it.matches(":focus-visible").unwrap_or(true))
            }
            "keydown" => self.open && !is_escape(&event),
            _ => false,
        };
        std::mem::replace(&mut self.open, open) != open
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let TipProps { content, text, id, class } = context.props();
        let link = context.link();
        let (open, tell) = (self.open, link.callback(|event: Event| event));
        let keydown = link.callback(move |event: Event| {
            if open && is_escape(&event) {
                event.stop_propagation();
            }
            event
        });
        let content = match id {
            Some(_) => content.clone(),
            None => element("span")
                .class("term")
                .attribute("tabindex", "0")
                .attribute("aria-describedby", self.id.clone())
                .testid("term")
                .child(content.clone())
                .html(),
        };
        let text = element("span")
            .class("tip-text")
            .attribute("role", "tooltip")
            .attribute("id", id.clone().unwrap_or_else(|| self.id.clone()))
            .node(self.text.clone())
            .child(text.clone());
        let mut whole = element("span")
            .classes(&["tip", class, if open { "open" } else { "" }])
            .node(self.whole.clone())
            .on("keydown", keydown)
            .child((content, text));
        for kind in ["mouseenter", "mouseleave", "focusin", "focusout", "change"] {
            whole = whole.on(kind, tell.clone());
        }
        whole.html()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.open {
            place(&self.whole, &self.text);
        }
    }
}

fn is_escape(event: &Event) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|it| it.key() == "Escape")
}

/// Moves the text sideways so far that it stays within the window, and above where there is no room
/// below.
fn place(whole: &NodeRef, text: &NodeRef) {
    const MARGIN: f64 = 8.0;
    let (Some(whole), Some(text)) = (whole.cast::<Element>(), text.cast::<HtmlElement>()) else {
        return;
    };
    let Some(root) = whole.owner_document().and_then(|it| it.document_element()) else { return };
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let style = text.style();
    // A browser without these properties leaves the text where the style sheet puts it.
    drop(style.set_property("--shift", "0px"));
    let (at, size) = (whole.get_bounding_client_rect(), text.get_bounding_client_rect());
    let over = (size.left() + size.width() + MARGIN - width).max(0.0);
    let shift = -over.min((size.left() - MARGIN).max(0.0));
    drop(style.set_property("--shift", &format!("{}px", shift as i32)));
    let above = at.bottom() + size.height() + MARGIN > height && at.top() > size.height() + MARGIN;
    let list = text.unchecked_ref::<Element>().class_list();
    drop(list.toggle_with_force("above", above));
}
