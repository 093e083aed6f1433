//! The address bar: it follows the store, and the store follows it. It knows links, no race.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CustomEvent;
use yew::Callback;

use crate::neighbours;
use crate::permalink::{self, Link};
use crate::still::afterwards;
use crate::store::{Action, State};

/// How long the address waits for the schedule to come to rest, in milliseconds. Browsers refuse
/// more than a few changes a second.
const REST: u32 = 250;

/// The fragment of the address, without `#`.
fn fragment() -> String {
    let hash = web_sys::window().and_then(|it| it.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// What the address says.
pub(crate) fn read() -> (Option<Link>, Vec<String>) {
    permalink::read(&fragment())
}

/// The whole address of a link.
pub(crate) fn absolute(link: Option<&Link>) -> String {
    let href = web_sys::window().and_then(|it| it.location().href().ok()).unwrap_or_default();
    let base = href.split('#').next().unwrap_or_default();
    match link {
        Some(link) => format!("{base}#{}", permalink::write(link)),
        None => base.to_owned(),
    }
}

/// The address follows the store: a new entry of the history for each visit, and the same entry for
/// all that happens during one.
pub(crate) struct Address {
    /// The link that was put there last, or will be.
    last: Option<Link>,
    /// The visits then.
    visits: u32,
    /// Puts the link there once the schedule has come to rest.
    pending: Option<Timeout>,
    /// What the instrument is still to be told.
    untold: Rc<RefCell<Option<String>>>,
    _listeners: Vec<EventListener>,
}

impl Address {
    /// Tells the store what the reader does to the address.
    pub(crate) fn new(state: &State, act: &Callback<Action>) -> Self {
        let mut listeners = Vec::new();
        for name in ["hashchange", "popstate", "racewalk"] {
            let act = act.clone();
            listeners.extend(web_sys::window().map(|window| {
                EventListener::new(&window, name, move |event| {
                    // Of any other event it is undefined.
                    let told = event.unchecked_ref::<CustomEvent>().detail().as_string();
                    act.emit(match told {
                        // The instrument has the schedule in hand.
                        Some(told) => Action::Pull(told),
                        None => {
                            let (link, faults) = read();
                            Action::Go(link, faults)
                        }
                    });
                })
            }));
        }
        let visits = state.visits;
        Self { last: None, visits, pending: None, untold: Rc::default(), _listeners: listeners }
    }

    /// Tells the instrument, once the page has drawn what there is to draw: of several links the last.
    fn tell(&self, link: &str) {
        if self.untold.replace(Some(link.to_owned())).is_none() {
            let untold = Rc::clone(&self.untold);
            afterwards(move || {
                if let Some(link) = untold.take() {
                    neighbours::show(&link);
                }
            });
        }
    }

    /// Puts the store's link there.
    pub(crate) fn follow(&mut self, state: &State) {
        let (link, pushes) = (state.link(), state.visits != self.visits);
        if link == self.last && !pushes {
            return;
        }
        self.visits = state.visits;
        let wanted = link.as_ref().map(permalink::write).unwrap_or_default();
        self.last = link;
        self.tell(&wanted);
        // Dropping the one before cancels it. A link that came from the address is not put there again: the address may
        // have gone on by then.
        self.pending = if pushes {
            put(&wanted, true);
            None
        } else if wanted == fragment() {
            None
        } else {
            let before = fragment();
            Some(Timeout::new(REST, move || {
                // Where the reader has changed it since, the store is about to hear of it.
                if fragment() == before {
                    put(&wanted, false);
                }
            }))
        };
    }
}

fn put(wanted: &str, pushes: bool) {
    if wanted == fragment() {
        return;
    }
    let Some(history) = web_sys::window().and_then(|it| it.history().ok()) else { return };
    let address = absolute(None) + "#" + wanted;
    // Where a browser refuses, the page goes on without; "Copy link" has the link all the same.
    drop(if pushes {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    });
}
