//! The parts of the page: each is a function of what it shows, and asks back for what the reader
//! wants. They know the store's actions and plain data of the engine; never a model, a search or the
//! address. What has a life of its own beside the store is a component: a tooltip, a sheet.

use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlSelectElement};
use yew::Callback;

use crate::element::{Element, Value, element};
use crate::store::Action;

pub(crate) mod about;
pub(crate) mod choice;
pub(crate) mod faults;
pub(crate) mod footer;
pub(crate) mod glyph;
pub(crate) mod icon;
pub(crate) mod keys;
pub(crate) mod knobs;
pub(crate) mod lane;
pub(crate) mod lanes;
pub(crate) mod masthead;
pub(crate) mod moves;
pub(crate) mod narration;
pub(crate) mod own;
pub(crate) mod premise;
pub(crate) mod scrubber;
pub(crate) mod sheet;
pub(crate) mod take_away;
pub(crate) mod text;
pub(crate) mod timeline;
pub(crate) mod tip;
pub(crate) mod tour;
pub(crate) mod track;
pub(crate) mod transport;
pub(crate) mod verdict;

/// What a part can ask for.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    /// An action of the store.
    Do(Action),
    /// To stop the search.
    Stop,
    /// A text in the clipboard; first what it is called: `The number`.
    Copy(&'static str, String),
    /// A text in a file of that name.
    Save(String, String),
    /// The text for a mail in the clipboard.
    CopyMail,
    /// The link in the clipboard.
    CopyLink,
    /// To show the trace of a real kernel in that file.
    ReadTrace(String),
    /// To open a file.
    Read(File),
}

impl From<Action> for Ask {
    fn from(action: Action) -> Self {
        Self::Do(action)
    }
}

/// Who is asked.
pub(crate) type Asked = Callback<Ask>;

/// Asks whenever something happens.
pub(crate) fn asks(asked: &Asked, ask: impl Into<Ask>) -> Callback<Event> {
    always(asked.clone(), ask.into())
}

// One closure for all: each of its own would be downloaded.
#[inline(never)]
fn always(asked: Asked, ask: Ask) -> Callback<Event> {
    Callback::from(move |_| asked.emit(ask.clone()))
}

/// A button that asks for something.
pub(crate) fn button(class: &'static str, asked: &Asked, ask: impl Into<Ask>) -> Element {
    pressed(asks(asked, ask)).class(class)
}

/// A button.
#[inline(never)]
pub(crate) fn pressed(callback: Callback<Event>) -> Element {
    element("button").attribute("type", "button").on("click", callback)
}

/// What the value of a [`select`] asks for.
type Chosen = Box<dyn Fn(&str) -> Option<Action>>;

/// A choice out of a list, which asks for what `ask` makes of the value.
#[inline(never)]
pub(crate) fn select(asked: &Asked, ask: Chosen) -> Element {
    let asked = asked.clone();
    let callback = Callback::from(move |event: Event| {
        let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
        if let Some(action) = select.and_then(|it| ask(&it.value())) {
            asked.emit(action.into());
        }
    });
    element("select").on("change", callback)
}

/// One of what a [`select`] offers.
pub(crate) fn option(key: &str, value: impl Value, selected: bool) -> Element {
    // The property: the attribute says what is selected at first, and Firefox keeps to that.
    element("option").key(key).attribute("value", value).property("selected", selected)
}
