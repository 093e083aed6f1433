//! What the worker does: it explores what it is asked, in slices, so that a new question or a stop is
//! heard between them. It knows the protocol, no page.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{Reply, Request};
use crate::search::{Job, Known};
use crate::wire;

/// How long it explores before it listens again, in milliseconds.
const SLICE: f64 = 40.0;
/// How often it tells how far it has come, in milliseconds.
const NEWS: f64 = 200.0;

struct Desk {
    scope: DedicatedWorkerGlobalScope,
    known: Known,
    job: Option<Job>,
    told: f64,
}

/// Listens, for as long as the worker lives.
pub(crate) fn open(scope: &DedicatedWorkerGlobalScope) {
    let desk = Rc::new(RefCell::new(Desk {
        scope: scope.clone(),
        known: Known::default(),
        job: None,
        told: 0.0,
    }));
    EventListener::new(scope, "message", move |event| {
        let data = event.dyn_ref::<MessageEvent>().and_then(|it| it.data().as_string());
        if let Some(request) = data.as_deref().and_then(wire::read) {
            hear(&desk, request);
        }
    })
    .forget();
}

fn hear(desk: &Rc<RefCell<Desk>>, request: Request) {
    let mut at = desk.borrow_mut();
    match request {
        Request::Explore(question) => match Job::begin(&question, &mut at.known) {
            Ok(job) => {
                at.told = js_sys::Date::now();
                let idle = at.job.replace(job).is_none();
                drop(at);
                if idle {
                    slice(desk);
                }
            }
            Err(reply) => {
                at.job = None;
                at.tell(&reply);
            }
        },
        Request::Stop(id) => {
            if let Some(job) = at.job.take_if(|it| it.id() == id) {
                at.tell(&job.finish(true));
            }
        }
    }
}

/// Explores for a while, and comes back after whatever has arrived meanwhile.
fn slice(desk: &Rc<RefCell<Desk>>) {
    let mut at = desk.borrow_mut();
    let Some(mut job) = at.job.take() else { return };
    let begun = js_sys::Date::now();
    let mut more = true;
    while more && js_sys::Date::now() - begun < SLICE {
        more = job.advance();
    }
    if !more {
        at.tell(&job.finish(false));
        return;
    }
    if begun - at.told > NEWS {
        at.told = begun;
        at.tell(&job.progress());
    }
    at.job = Some(job);
    let desk = Rc::clone(desk);
    Timeout::new(0, move || slice(&desk)).forget();
}

impl Desk {
    fn tell(&self, reply: &Reply) {
        // Nobody is left to tell when the page is gone.
        drop(self.scope.post_message(&JsValue::from_str(&wire::write(reply))));
    }
}
