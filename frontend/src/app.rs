//! The page.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::MessageEvent;
use yew::prelude::*;

use crate::worker;

/// Where the races are explored.
#[derive(Clone, Copy, PartialEq)]
enum Explorer {
    Starting,
    Worker,
    Page,
}

/// The whole page.
#[component]
pub(crate) fn App() -> Html {
    let explorer = use_state(|| Explorer::Starting);
    {
        let explorer = explorer.clone();
        use_effect_with((), move |()| {
            let worker = worker::start();
            let listeners = worker.as_ref().map(|worker| {
                let found = explorer.clone();
                let ready = EventListener::once(worker, "message", move |event| {
                    let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                    let same = message.and_then(|data| data.as_string()).as_deref()
                        == Some(worker::VERSION);
                    found.set(if same { Explorer::Worker } else { Explorer::Page });
                });
                let lost = explorer.clone();
                let failed = EventListener::once(worker, "error", move |_| {
                    lost.set(Explorer::Page);
                });
                (ready, failed)
            });
            if worker.is_none() {
                explorer.set(Explorer::Page);
            }
            move || {
                drop(listeners);
                if let Some(worker) = worker {
                    worker.terminate();
                }
            }
        });
    }
    let place = match *explorer {
        Explorer::Starting => "…",
        Explorer::Worker => "in a worker",
        Explorer::Page => "on the page’s own thread",
    };
    html! {
        <main>
            <h1>{ "Racewalk" }</h1>
            <p>{ "Races are explored " }<span data-testid="explorer">{ place }</span>{ "." }</p>
        </main>
    }
}
