//! The address bar: it follows the store, and the store follows it. It knows links, no race.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::permalink::{self, Link};
use crate::store::Action;

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

/// Puts the link into the address: a new entry of the history for each visit, and the same entry for
/// all that happens during one.
#[hook]
pub(crate) fn use_address(link: Option<Link>, visits: u32, act: &Callback<Action>) {
    let pending = use_mut_ref(|| None::<Timeout>);
    let visited = use_mut_ref(|| visits);
    use_effect_with((link, visits), move |(link, visits)| {
        let pushes = *visits != *visited.borrow();
        *visited.borrow_mut() = *visits;
        let link = link.clone();
        let put = move || put(link.as_ref(), pushes);
        // Dropping the one before cancels it.
        let rest = if pushes {
            put();
            None
        } else {
            Some(Timeout::new(REST, put))
        };
        *pending.borrow_mut() = rest;
    });
    let act = act.clone();
    use_effect_with((), move |()| {
        let window = web_sys::window();
        let listeners: Vec<EventListener> = window
            .iter()
            .flat_map(|window| ["hashchange", "popstate"].map(|name| (window, name)))
            .map(|(window, name)| {
                let act = act.clone();
                EventListener::new(window, name, move |_| {
                    let (link, faults) = read();
                    act.emit(Action::Go(link, faults));
                })
            })
            .collect();
        move || drop(listeners)
    });
}

fn put(link: Option<&Link>, pushes: bool) {
    let wanted = link.map(permalink::write).unwrap_or_default();
    if wanted == fragment() {
        return;
    }
    let Some(history) = web_sys::window().and_then(|it| it.history().ok()) else { return };
    let address = absolute(link);
    // Where a browser refuses, the page goes on without; "Copy link" has the link all the same.
    drop(if pushes {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    });
}
