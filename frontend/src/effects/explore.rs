//! Who explores: a worker, or the page itself in slices. It asks every new question and gives the
//! store the news. It knows the protocol, no screen.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};
use yew::Callback;

use crate::protocol::{News, Question, Reply, Request};
use crate::search::{Job, Known};
use crate::store::{Action, Explorer};
use crate::{wire, worker};

/// How long the page's own thread explores before it lets the page breathe, in milliseconds.
const SLICE: f64 = 8.0;
/// How long a worker may take to say that it is there, in milliseconds.
const PATIENCE: u32 = 10_000;

/// Who explores.
enum Who {
    /// A worker that has not said anything yet; the last question waits for it.
    Starting(Worker, Option<Request>),
    /// A worker, and the number of the question that it was asked last.
    Worker(Worker, u32),
    /// The page's own thread: what it knows, and the search that runs, with the time of its last news.
    Page(Known, Option<Box<(Job, f64)>>),
}

type Seat = Rc<RefCell<Who>>;

/// Asks every new question.
pub(crate) struct Explore {
    seat: Seat,
    act: Callback<Action>,
    /// The number of the question that was asked last.
    asked: Option<u32>,
    _listeners: Option<(EventListener, EventListener, Timeout)>,
}

impl Explore {
    /// Starts a worker, and tells the store where the search runs and how it gets on.
    pub(crate) fn new(act: &Callback<Action>) -> Self {
        let seat = Rc::new(RefCell::new(Who::Page(Known::default(), None)));
        let listeners = start(&seat, act);
        Self { seat, act: act.clone(), asked: None, _listeners: listeners }
    }

    /// Asks the store's question, if it is a new one.
    pub(crate) fn follow(&mut self, question: &Question) {
        if self.asked.replace(question.id) != Some(question.id) {
            ask(&self.seat, Request::Explore(question.clone()), &self.act);
        }
    }

    /// Stops the search, which gives what is known by now.
    pub(crate) fn stop(&self) {
        if let Some(id) = self.asked {
            ask(&self.seat, Request::Stop(id), &self.act);
        }
    }
}

fn start(seat: &Seat, act: &Callback<Action>) -> Option<(EventListener, EventListener, Timeout)> {
    let Some(worker) = worker::start() else {
        act.emit(Action::Explorer(Explorer::Page));
        return None;
    };
    let message = {
        let (seat, act) = (seat.clone(), act.clone());
        EventListener::new(&worker, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().and_then(|it| it.data().as_string());
            let Some(data) = data else { return };
            if data == worker::VERSION {
                found(&seat, &act);
            } else if let Some(reply) = wire::read::<Reply>(&data) {
                act.emit(Action::News(reply));
            } else {
                // A worker of another release.
                lost(&seat, &act);
            }
        })
    };
    let error = {
        let (seat, act) = (seat.clone(), act.clone());
        EventListener::new(&worker, "error", move |_| lost(&seat, &act))
    };
    let late = {
        let (seat, act) = (seat.clone(), act.clone());
        Timeout::new(PATIENCE, move || {
            let starting = matches!(*seat.borrow(), Who::Starting(..));
            if starting {
                lost(&seat, &act);
            }
        })
    };
    *seat.borrow_mut() = Who::Starting(worker, None);
    Some((message, error, late))
}

/// The worker is there.
fn found(seat: &Seat, act: &Callback<Action>) {
    let mut who = seat.borrow_mut();
    if let Who::Starting(worker, waiting) = &mut *who {
        let worker = worker.clone();
        let mut id = 0;
        if let Some(request) = waiting.take() {
            id = request.id();
            send(&worker, &request);
        }
        *who = Who::Worker(worker, id);
        drop(who);
        act.emit(Action::Explorer(Explorer::Worker));
    }
}

/// The worker is not there, or no more: the page explores itself from now on.
fn lost(seat: &Seat, act: &Callback<Action>) {
    let before = seat.replace(Who::Page(Known::default(), None));
    let waiting = match before {
        Who::Starting(worker, waiting) => {
            worker.terminate();
            waiting
        }
        Who::Worker(worker, id) => {
            worker.terminate();
            let why = "the worker that explores has stopped, perhaps for want of memory".to_owned();
            act.emit(Action::News(Reply { id, news: News::Failed(why) }));
            None
        }
        page @ Who::Page(..) => {
            *seat.borrow_mut() = page;
            return;
        }
    };
    act.emit(Action::Explorer(Explorer::Page));
    if let Some(request) = waiting {
        ask(seat, request, act);
    }
}

fn ask(seat: &Seat, request: Request, act: &Callback<Action>) {
    let mut who = seat.borrow_mut();
    match (&mut *who, request) {
        (Who::Starting(_, waiting), request) => *waiting = Some(request),
        (Who::Worker(worker, id), request) => {
            *id = request.id();
            send(worker, &request);
        }
        (Who::Page(_, slot), Request::Stop(id)) => {
            if slot.as_ref().is_some_and(|it| it.0.id() == id) {
                let job = slot.take();
                drop(who);
                if let Some(job) = job {
                    act.emit(Action::News(job.0.finish(true)));
                }
            }
        }
        (Who::Page(known, slot), Request::Explore(question)) => {
            match Job::begin(&question, known) {
                Ok(job) => {
                    let idle = slot.replace(Box::new((job, now()))).is_none();
                    drop(who);
                    if idle {
                        later(seat.clone(), act.clone());
                    }
                }
                Err(reply) => {
                    *slot = None;
                    drop(who);
                    act.emit(Action::News(*reply));
                }
            }
        }
    }
}

fn send(worker: &Worker, request: &Request) {
    // A string can always be sent.
    drop(worker.post_message(&JsValue::from_str(&wire::write(request))));
}

/// Explores a slice, as soon as the page has had its turn.
fn later(seat: Seat, act: Callback<Action>) {
    Timeout::new(0, move || {
        let mut who = seat.borrow_mut();
        let Who::Page(_, slot) = &mut *who else { return };
        let Some((job, told)) = slot.as_deref_mut() else { return };
        let begun = now();
        let mut more = true;
        while more && now() - begun < SLICE {
            more = job.advance();
        }
        let news = if more {
            (begun - *told > 200.0).then(|| {
                *told = begun;
                job.progress()
            })
        } else {
            slot.take().map(|it| it.0.finish(false))
        };
        drop(who);
        if let Some(news) = news {
            act.emit(Action::News(news));
        }
        if more {
            later(seat, act);
        }
    })
    .forget();
}

/// The time in milliseconds, to be compared with an earlier one.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}
