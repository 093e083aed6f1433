//! The worker: how the page's side asks it, and what it does. All exploration runs there, none on the page's thread.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Uint8Array;
use racewalk_engine::race::Race;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};
use yew::Callback;

use super::neighbours;
use crate::survey::{Ask, News, Question, Surveyed, answer, survey};

/// This module, as the scripts call it.
const MODULE: &str = "racewalk-instrument";
/// What a worker says first; files carry no hash, so it may be of another release.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is said of a worker that does not come.
const ABSENT: &str = "The worker that explores could not be started.";

/// One who is asked.
pub(super) struct Desk {
    told: Callback<(u32, News)>,
    worker: Option<Running>,
    /// The survey that was asked for last, until all of its answer is there.
    open: Rc<RefCell<Option<Question>>>,
}

struct Running {
    worker: Worker,
    ready: Rc<RefCell<bool>>,
    _listeners: [EventListener; 2],
}

impl Desk {
    /// One who tells this what comes of the questions, each with its number.
    pub(super) fn new(told: Callback<(u32, News)>) -> Self {
        Self { told, worker: None, open: Rc::default() }
    }

    /// Asks; whatever is still being answered is dropped.
    pub(super) fn ask(&mut self, question: Question) {
        let id = question.id;
        let busy = self.open.replace(Some(question)).is_some();
        // A search hears nothing while it runs, so a stale one ends with its worker.
        if busy && let Some(running) = self.worker.take() {
            running.worker.terminate();
        }
        if self.worker.is_none() {
            self.worker = self.start();
        }
        match &self.worker {
            None => self.told.emit((id, News::Failed(ABSENT.to_owned()))),
            Some(running) if *running.ready.borrow() => {
                send(&running.worker, self.open.borrow().as_ref());
            }
            // It is sent once the worker says that it is there.
            Some(_) => {}
        }
    }

    /// Asks of what was surveyed; whoever asks waits for one answer before the next question, so that none queue.
    pub(super) fn ask_more(&self, question: &Question) {
        if let Some(running) = &self.worker {
            send(&running.worker, Some(question));
        }
    }

    fn start(&self) -> Option<Running> {
        let worker = neighbours::worker(&wasm_bindgen::module(), MODULE)?;
        let ready = Rc::<RefCell<bool>>::default();
        let (told, open, own) = (self.told.clone(), Rc::clone(&self.open), worker.clone());
        let is_ready = Rc::clone(&ready);
        let message = EventListener::new(&worker, "message", move |event| {
            let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else {
                return;
            };
            if data == VERSION {
                is_ready.replace(true);
                send(&own, open.borrow().as_ref());
            } else if let Some((id, news)) = read::<(u32, News)>(&data) {
                if let News::Protections(_) | News::Failed(_) = news {
                    open.replace(None);
                }
                told.emit((id, news));
            }
        });
        let (told, open) = (self.told.clone(), Rc::clone(&self.open));
        let error = EventListener::new(&worker, "error", move |_| {
            if let Some(question) = open.take() {
                told.emit((question.id, News::Failed(ABSENT.to_owned())));
            }
        });
        Some(Running { worker, ready, _listeners: [message, error] })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(running) = &self.worker {
            running.worker.terminate();
        }
    }
}

fn send(worker: &Worker, question: Option<&Question>) {
    if let Some(bytes) = question.and_then(written) {
        // Bytes can always be sent.
        drop(worker.post_message(&bytes));
    }
}

fn written(what: &impl Serialize) -> Option<Uint8Array> {
    postcard::to_allocvec(what).ok().map(|it| Uint8Array::from(it.as_slice()))
}

fn read<T: DeserializeOwned>(data: &JsValue) -> Option<T> {
    let bytes = data.dyn_ref::<Uint8Array>()?.to_vec();
    postcard::from_bytes(&bytes).ok()
}

/// Answers whatever is asked, for as long as the worker lives.
pub(super) fn serve(scope: &DedicatedWorkerGlobalScope) {
    let post = scope.clone();
    let known: RefCell<Option<Surveyed>> = RefCell::new(None);
    EventListener::new(scope, "message", move |event| {
        let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
        let Some(question) = data.and_then(|it| read::<Question>(&it)) else { return };
        let tell = |news: News| {
            if let Some(bytes) = written(&(question.id, news)) {
                // They may be many millions: they are handed over, not copied.
                let handed = js_sys::Array::of1(&bytes.buffer());
                drop(post.post_message_with_transfer(&bytes, &handed));
            }
        };
        match question.ask {
            Ask::Survey(race, knobs) => {
                // What was known before goes first: there may be no room for both.
                known.replace(None);
                known.replace(survey(&Race::unpack(&race), &knobs, tell));
            }
            ask => {
                if let Some(news) = known.borrow().as_ref().and_then(|it| answer(it, ask)) {
                    tell(news);
                }
            }
        }
    })
    .forget();
    // Nobody is left to tell when the page is gone.
    drop(scope.post_message(&JsValue::from_str(VERSION)));
}
