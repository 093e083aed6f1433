//! Who explores: a worker, or the page itself in slices; one for all that a module shows. It asks every
//! new question in turn and gives each store its own news. It knows the protocol, no screen.

use std::cell::RefCell;

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
/// A worker that has held so many states is replaced when it is done with them: they take some MB, and a memory of wasm
/// never shrinks.
const LARGE: usize = 1 << 18;

thread_local! {
    static HUB: RefCell<Hub> = RefCell::new(Hub::default());
}

/// Who explores, and for whom.
#[derive(Default)]
struct Hub {
    who: Who,
    /// Those who ask, by their numbers.
    clients: Vec<(u32, Callback<Action>)>,
    /// What is being answered.
    running: Option<Asked>,
    /// What is asked next; of each client its last question only.
    waiting: Vec<Asked>,
    /// Numbers that were given to clients and questions so far.
    given: u32,
    /// Whether the worker has held a large search.
    grown: bool,
    listeners: Option<(EventListener, EventListener, Timeout)>,
}

/// Who explores.
#[derive(Default)]
enum Who {
    /// Nobody was asked yet.
    #[default]
    Nobody,
    /// A worker that has not said anything yet; what is asked waits for it.
    Starting(Worker),
    /// A worker.
    Worker(Worker),
    /// The page's own thread: what it knows, and the search that runs, with the time of its last news.
    Page(Known, Option<Box<(Job, f64)>>),
}

/// A question, and whose it is.
struct Asked {
    client: u32,
    /// The number that its client gave it.
    own: u32,
    /// With the number under which it is explored.
    question: Question,
}

/// What there is to tell, once the hub is no longer in use: whoever is told may ask at once.
type Told = Vec<(Callback<Action>, Action)>;

fn with_hub(act: impl FnOnce(&mut Hub, &mut Told)) {
    let mut told = Told::new();
    HUB.with_borrow_mut(|hub| act(hub, &mut told));
    for (client, action) in told {
        client.emit(action);
    }
}

/// One who asks every new question of a store.
pub(crate) struct Explore {
    client: u32,
    /// The number of the question that was asked last.
    asked: Option<u32>,
}

impl Explore {
    /// Starts whoever explores, and tells the store where the search runs and how it gets on.
    pub(crate) fn new(act: &Callback<Action>) -> Self {
        let mut client = 0;
        with_hub(|hub, told| {
            client = hub.number();
            hub.clients.push((client, act.clone()));
            if matches!(hub.who, Who::Nobody) {
                hub.start();
            }
            let explorer = match hub.who {
                Who::Nobody | Who::Starting(_) => return,
                Who::Worker(_) => Explorer::Worker,
                Who::Page(..) => Explorer::Page,
            };
            told.push((act.clone(), Action::Explorer(explorer)));
        });
        Self { client, asked: None }
    }

    /// Asks the store's question, if it is a new one.
    pub(crate) fn follow(&mut self, question: &Question) {
        if self.asked.replace(question.id) != Some(question.id) {
            with_hub(|hub, told| hub.ask(self.client, question.clone(), told));
        }
    }

    /// Stops the search, which gives what is known by now.
    pub(crate) fn stop(&self) {
        with_hub(|hub, told| hub.stop(self.client, told));
    }
}

impl Drop for Explore {
    fn drop(&mut self) {
        with_hub(|hub, told| {
            hub.clients.retain(|it| it.0 != self.client);
            hub.waiting.retain(|it| it.client != self.client);
            hub.stop(self.client, told);
        });
    }
}

impl Hub {
    fn number(&mut self) -> u32 {
        self.given = self.given.wrapping_add(1);
        self.given
    }

    fn start(&mut self) {
        let Some(worker) = worker::start() else {
            self.who = Who::Page(Known::default(), None);
            return;
        };
        let message = EventListener::new(&worker, "message", |event| {
            let data = event.dyn_ref::<MessageEvent>().and_then(|it| it.data().as_string());
            let Some(data) = data else { return };
            with_hub(|hub, told| {
                if data == worker::VERSION {
                    hub.found(told);
                } else if let Some(reply) = wire::read::<Reply>(&data) {
                    hub.hear(reply, told);
                } else {
                    // A worker of another release.
                    hub.lost(told);
                }
            });
        });
        let error = EventListener::new(&worker, "error", |_| with_hub(Self::lost));
        let late = Timeout::new(PATIENCE, || {
            with_hub(|hub, told| {
                if matches!(hub.who, Who::Starting(_)) {
                    hub.lost(told);
                }
            });
        });
        self.who = Who::Starting(worker);
        self.listeners = Some((message, error, late));
    }

    /// The worker is there.
    fn found(&mut self, told: &mut Told) {
        if let Who::Starting(worker) = &self.who {
            self.who = Who::Worker(worker.clone());
            self.tell_all(&Action::Explorer(Explorer::Worker), told);
            self.begin(told);
        }
    }

    /// The worker is not there, or no more: the page explores itself from now on.
    fn lost(&mut self, told: &mut Told) {
        match &self.who {
            Who::Starting(worker) => worker.terminate(),
            Who::Worker(worker) => {
                worker.terminate();
                if let Some(asked) = self.running.take() {
                    let why = "the worker that explores has stopped, perhaps for want of memory"
                        .to_owned();
                    self.tell(&asked, News::Failed(why), told);
                }
            }
            Who::Nobody | Who::Page(..) => return,
        }
        self.who = Who::Page(Known::default(), None);
        self.tell_all(&Action::Explorer(Explorer::Page), told);
        self.begin(told);
    }

    /// Gives a large search's memory back, with its worker.
    fn renew(&mut self) {
        if let Who::Worker(worker) = &self.who
            && std::mem::take(&mut self.grown)
        {
            worker.terminate();
            self.start();
        }
    }

    fn ask(&mut self, client: u32, mut question: Question, told: &mut Told) {
        let own = question.id;
        question.id = self.number();
        self.waiting.retain(|it| it.client != client);
        let asked = Asked { client, own, question };
        match &self.running {
            Some(running) if running.client != client => self.waiting.push(asked),
            // A new question drops the one before.
            _ => {
                self.running = Some(asked);
                self.renew();
                self.begin(told);
            }
        }
    }

    /// Has the running question explored, or else the next one.
    fn begin(&mut self, told: &mut Told) {
        loop {
            if self.running.is_none() {
                self.running = (!self.waiting.is_empty()).then(|| self.waiting.remove(0));
            }
            let Some(asked) = &self.running else { return };
            match &mut self.who {
                Who::Nobody | Who::Starting(_) => return,
                Who::Worker(worker) => {
                    return send(worker, &Request::Explore(asked.question.clone()));
                }
                Who::Page(known, slot) => match Job::begin(&asked.question, known) {
                    Ok(job) => {
                        if slot.replace(Box::new((job, now()))).is_none() {
                            later();
                        }
                        return;
                    }
                    Err(reply) => {
                        *slot = None;
                        self.answer(reply.news, told);
                    }
                },
            }
        }
    }

    fn stop(&mut self, client: u32, told: &mut Told) {
        let Some(asked) = self.running.as_ref().filter(|it| it.client == client) else { return };
        let id = asked.question.id;
        match &mut self.who {
            Who::Worker(worker) => send(worker, &Request::Stop(id)),
            Who::Page(_, slot) => {
                if let Some(job) = slot.take() {
                    self.hear(job.0.finish(true), told);
                }
            }
            Who::Nobody | Who::Starting(_) => {
                self.running = None;
                self.begin(told);
            }
        }
    }

    /// News of the running question; of any other they come too late.
    fn hear(&mut self, reply: Reply, told: &mut Told) {
        let Some(asked) = self.running.as_ref().filter(|it| it.question.id == reply.id) else {
            return;
        };
        let states = match &reply.news {
            News::Progress { states, .. } => *states,
            News::Answer(summary) => summary.states,
            News::Failed(_) => 0,
        };
        self.grown |= states >= LARGE;
        if let News::Progress { .. } = reply.news {
            self.tell(asked, reply.news, told);
        } else {
            self.answer(reply.news, told);
            self.renew();
            self.begin(told);
        }
    }

    /// The last news of the running question.
    fn answer(&mut self, news: News, told: &mut Told) {
        if let Some(asked) = self.running.take() {
            self.tell(&asked, news, told);
        }
    }

    fn tell(&self, asked: &Asked, news: News, told: &mut Told) {
        let client = self.clients.iter().find(|it| it.0 == asked.client);
        if let Some((_, client)) = client {
            told.push((client.clone(), Action::News(Reply { id: asked.own, news })));
        }
    }

    fn tell_all(&self, action: &Action, told: &mut Told) {
        told.extend(self.clients.iter().map(|it| (it.1.clone(), action.clone())));
    }

    /// Explores a slice on the page's own thread; whether there is more to do.
    fn slice(&mut self, told: &mut Told) -> bool {
        let Who::Page(_, slot) = &mut self.who else { return false };
        let Some((job, last)) = slot.as_deref_mut() else { return false };
        let begun = now();
        let mut more = true;
        while more && now() - begun < SLICE {
            more = job.advance();
        }
        if !more {
            if let Some(job) = slot.take() {
                self.hear(job.0.finish(false), told);
            }
            return false;
        }
        if begun - *last > 200.0 {
            *last = begun;
            let progress = job.progress();
            self.hear(progress, told);
        }
        true
    }
}

fn send(worker: &Worker, request: &Request) {
    // A string can always be sent.
    drop(worker.post_message(&JsValue::from_str(&wire::write(request))));
}

/// Explores a slice, as soon as the page has had its turn.
fn later() {
    Timeout::new(0, || {
        let mut more = false;
        with_hub(|hub, told| more = hub.slice(told));
        if more {
            later();
        }
    })
    .forget();
}

/// The time in milliseconds, to be compared with an earlier one.
fn now() -> f64 {
    js_sys::Date::now()
}
