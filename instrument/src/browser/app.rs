//! The instrument's one component: what it knows, and what becomes of each message. It draws nothing itself.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_permalink::{Link, Origin};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::{Callback, Component, Context, Html, html};

use super::bench::{Apart, Bench, Drawn, Shelf};
use super::dispatch::{self, Pointer};
use super::hand::Hand;
use super::still::Kept;
use super::worker::Desk;
use super::{branches, fix, graph, time, window};
use crate::geometry::{Geometry, corners};
use crate::survey::{Ask, News};

/// What happens.
pub(super) enum Msg {
    /// The reader is here.
    Show(String),
    /// The race of an origin is there, or could not be had.
    Race(Origin, Option<Vec<u8>>),
    /// Something was found out.
    News(u32, News),
    /// Something is pressed, by its `data-do`.
    Do(String),
    /// A key, in the graph.
    Key(String),
    /// A key, at a gap.
    GapKey(String, String),
    /// A key, at a card.
    CardKey(String, String),
    /// The graph has the focus.
    Focused,
    /// A pointer in the graph, and where.
    Pointer(Pointer, i32, i32),
    /// A card is taken up.
    Carry(usize),
    /// It is over a gap, or over none.
    Carried(Option<String>),
    /// It is let go there.
    Dropped(Option<String>),
    /// The window has another width.
    Resized,
    /// It is time to tell the page the schedule.
    Tell,
    /// It is time for the next swap.
    Swap,
}

/// A card in a gap: card, actor, gap.
pub(super) type Placed = (usize, usize, usize);

pub(super) struct Instrument {
    pub(super) race: Option<(Origin, Vec<u8>, Race)>,
    /// Whose bytes are on their way.
    pub(super) wanted: Option<Origin>,
    pub(super) link: Option<Link>,
    pub(super) desk: Desk,
    pub(super) asked: u32,
    /// Whether an answer about the schedule is still to come.
    pub(super) waits: bool,
    pub(super) bench: Option<Bench>,
    /// What is being found out; the one before is drawn until then.
    pub(super) next: Option<Bench>,
    pub(super) schedule: Schedule,
    pub(super) at: usize,
    /// What could not be had, or why there is nothing to show.
    pub(super) fault: Option<&'static str>,
    pub(super) width: i32,
    /// The cell that keys move, once the graph had the focus.
    pub(super) cursor: Option<(usize, usize)>,
    /// The cell under the pointer.
    pub(super) hover: Option<(usize, usize)>,
    pub(super) hand: Option<Hand>,
    /// Why the path does not follow.
    pub(super) refused: Option<String>,
    /// How often something was found out.
    pub(super) heard: usize,
    /// How often the reader did something that is drawn.
    acted: usize,
    /// How often the cells were worked out.
    pub(super) stamp: usize,
    /// What is drawn again only when it changes: window, time, fix, the cells, the cells in words, what was tried.
    pub(super) kept: [Kept; 6],
    /// Which window is shown.
    pub(super) kind: usize,
    /// The card that is chosen.
    pub(super) card: usize,
    pub(super) carried: Option<(usize, Option<(usize, usize)>)>,
    pub(super) placed: Option<Placed>,
    /// What was tried of every race under every choice of knobs that was open.
    pub(super) tried: Vec<Shelf>,
    /// Which of the swaps from bad to good comes next, and when, while they are played.
    pub(super) swapping: Option<(usize, Timeout)>,
    /// Who is told what happens.
    pub(super) say: Callback<Msg>,
    /// That the page is to be told the schedule in the next frame, and whether the one before becomes a branch.
    pub(super) telling: Option<bool>,
    /// What the page was told last: it tells that back, and has nothing new to say by it.
    pub(super) told: Option<(String, usize)>,
    _listeners: Vec<EventListener>,
}

impl Component for Instrument {
    type Message = Msg;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let tell = context.link().callback(|it: Msg| it);
        let document = web_sys::window().and_then(|it| it.document());
        let place = document.and_then(|it| it.get_element_by_id(super::PLACE));
        let mut listeners = place.map_or_else(Vec::new, |it| dispatch::listen(&it, &tell));
        let resized = context.link().callback(|()| Msg::Resized);
        listeners.extend(
            web_sys::window()
                .map(|window| EventListener::new(&window, "resize", move |_| resized.emit(()))),
        );
        Self {
            race: None,
            wanted: None,
            link: None,
            desk: Desk::new(context.link().callback(|(id, news)| Msg::News(id, news))),
            asked: 0,
            waits: false,
            bench: None,
            next: None,
            schedule: Schedule::default(),
            at: 0,
            fault: None,
            width: 0,
            cursor: None,
            hover: None,
            hand: None,
            refused: None,
            heard: 0,
            acted: 0,
            stamp: 0,
            kept: Default::default(),
            kind: 0,
            card: 0,
            carried: None,
            placed: None,
            tried: Vec::new(),
            swapping: None,
            say: tell,
            telling: None,
            told: None,
            _listeners: listeners,
        }
    }

    fn update(&mut self, context: &Context<Self>, msg: Msg) -> bool {
        let acts = matches!(msg, Msg::Do(_) | Msg::Carry(_) | Msg::Carried(_) | Msg::Dropped(_));
        let changed = self.become_of(context, msg);
        self.acted += usize::from(acts && changed);
        changed
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let [window, time, fix, _, _, tried] = &self.kept;
        // While a hand moves, these stand still: they show where it was taken up.
        let moved = self.hand.as_ref().map(|it| &it.before);
        let (schedule, at) = moved.map_or((&self.schedule, self.at), |it| (&it.0, it.1));
        let id = self.bench.as_ref().map_or(0, |it| it.id);
        let code = self.bench.as_ref().map_or_else(String::new, |it| schedule.code(&it.model));
        let kernel = self.link.as_ref().and_then(|it| it.kernel.as_deref()).unwrap_or_default();
        let swap = self.swapping.as_ref().map_or(0, |it| it.0 + 1);
        let of_fix = format!("{id} {} {} {kernel}", self.heard, self.acted);
        let of_tried = format!("{of_fix} {code}");
        let of_window = format!("{of_tried} {at} {swap}");
        let of_time = of_window.clone();
        html! {
            <>
                { graph::graph(self) }
                { window.still(of_window, || window::window(self)) }
                { time.still(of_time, || time::time(self)) }
                { tried.still(of_tried, || branches::branches(self, schedule)) }
                { fix.still(of_fix, || fix::fix(self)) }
            </>
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        if self.width == 0 && self.measure() {
            context.link().send_message(Msg::Resized);
        }
    }
}

impl Instrument {
    /// What becomes of a message; whether there is something to draw again.
    fn become_of(&mut self, context: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Show(link) => self.show(context, &link),
            Msg::Race(origin, bytes) => {
                if self.wanted.as_ref() != Some(&origin) {
                    return false;
                }
                self.wanted = None;
                match bytes {
                    Some(bytes) => {
                        let race = Race::unpack(&bytes);
                        self.race = Some((origin, bytes, race));
                        (self.kind, self.card, self.cursor) = (0, 0, None);
                        self.open();
                    }
                    None => self.fault = Some("This race could not be had."),
                }
                true
            }
            Msg::News(id, news) => self.news(id, news),
            Msg::Do(what) => self.act(&what),
            Msg::Key(key) => self.key(&key),
            Msg::GapKey(gap, key) => fix::step(&gap, &key),
            Msg::CardKey(card, key) => fix::step_card(&card, &key),
            Msg::Focused => {
                let here = self.here();
                self.cursor = self.cursor.or(here);
                true
            }
            Msg::Pointer(what, x, y) => self.pointer(what, x, y),
            Msg::Carry(card) => {
                self.carried = Some((card, None));
                true
            }
            Msg::Carried(gap) => {
                let left = self.hover.take().is_some();
                let over = gap.and_then(|it| fix::read(&it));
                match &mut self.carried {
                    Some(it) if it.1 != over => {
                        it.1 = over;
                        true
                    }
                    _ => left,
                }
            }
            Msg::Dropped(gap) => {
                let Some((card, _)) = self.carried.take() else { return false };
                if let Some((actor, gap)) = gap.and_then(|it| fix::read(&it)) {
                    (self.card, self.placed) = (card, Some((card, actor, gap)));
                }
                true
            }
            Msg::Resized => self.measure(),
            Msg::Swap => self.swap(),
            Msg::Tell => {
                self.tell_now();
                false
            }
        }
    }

    /// The room that the graph has; whether it has changed.
    fn measure(&mut self) -> bool {
        let document = web_sys::window().and_then(|it| it.document());
        let room = document.and_then(|it| it.query_selector("#instrument .graph-room").ok()?);
        let width = room.map_or(0, |it| it.client_width());
        let changed = width != self.width;
        self.width = width;
        self.stamp += usize::from(changed);
        changed
    }

    pub(super) fn geometry(&self) -> Geometry {
        let grid = self.bench.as_ref().map(|it| (it.drawn.grid.columns, it.drawn.grid.rows));
        let (columns, rows) = grid.unwrap_or((1, 1));
        Geometry::new(if self.width > 0 { self.width } else { 640 }, columns, rows)
    }

    /// What the cells were drawn of.
    pub(super) fn stamp(&self) -> String {
        self.stamp.to_string()
    }

    /// The cell where the schedule stands.
    pub(super) fn here(&self) -> Option<(usize, usize)> {
        let points = &self.bench.as_ref()?.drawn.points;
        points.get(self.at).or(points.last()).copied()
    }

    pub(super) fn is_held(&self) -> bool {
        self.hand.is_some()
    }

    /// The corners of the path.
    pub(super) fn corners(&self) -> Vec<crate::geometry::Corner> {
        let Some(bench) = &self.bench else { return Vec::new() };
        let Drawn { points, breaks, .. } = &bench.drawn;
        corners(points, breaks.map(|it| bench.axes.across.has(it)))
    }

    fn act(&mut self, what: &str) -> bool {
        let mut words = what.split(' ');
        let (name, first) = (words.next().unwrap_or_default(), words.next());
        let number = |it: Option<&str>| it.and_then(|it| it.parse::<usize>().ok());
        let first = number(first);
        match name {
            "kind" => self.kind = first.unwrap_or(0),
            "card" => self.card = first.unwrap_or(0),
            "gap" => {
                let Some((actor, gap)) = first.zip(number(words.next())) else { return false };
                let placed = Some((self.card, actor, gap));
                self.placed = if self.placed == placed { None } else { placed };
            }
            "take-back" => self.placed = None,
            "mend" => {
                let code = self.bench.as_ref().map(|it| self.schedule.code(&it.model));
                self.ask_more(Ask::Mend(code.unwrap_or_default()));
                return false;
            }
            "swaps" => {
                self.swapping = match self.swapping {
                    Some(_) => None,
                    None => Some((0, self.soon(0))),
                };
            }
            "name" => {
                let name = what.splitn(3, ' ').nth(2).unwrap_or_default().trim().to_owned();
                let Some(tried) = first.and_then(|it| self.tried_mut()?.get_mut(it)) else {
                    return false;
                };
                tried.name = name;
            }
            "witness" => {
                let question = what.strip_prefix("witness ").unwrap_or_default().trim();
                if !question.is_empty() {
                    self.ask_more(Ask::Witness(question.to_owned()));
                }
                return false;
            }
            "apart" => {
                let Some(bench) = &mut self.bench else { return false };
                let Some(apart) = first.and_then(|it| bench.apart.get_mut(it)) else {
                    return false;
                };
                *apart = match words.next() {
                    Some("follows") => Apart::Follows,
                    Some("anywhere") => Apart::Anywhere,
                    place => match place.and_then(|it| it.parse().ok()) {
                        Some(place) => Apart::At(place),
                        None => return false,
                    },
                };
                self.draw();
            }
            "across" | "down" => {
                let Some(bench) = &mut self.bench else { return false };
                let Some(chosen) = first.and_then(|it| bench.chains.get(it)).cloned() else {
                    return false;
                };
                let (this, other) = match name {
                    "across" => (&mut bench.axes.across, &mut bench.axes.down),
                    _ => (&mut bench.axes.down, &mut bench.axes.across),
                };
                if *other == chosen {
                    std::mem::swap(this, other);
                } else {
                    *this = chosen;
                }
                self.cursor = None;
                self.draw_axes();
            }
            _ => return false,
        }
        true
    }
}

/// Gives an element the focus.
pub(super) fn focus(selector: &str) {
    let document = web_sys::window().and_then(|it| it.document());
    let found = document.and_then(|it| it.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|it: Element| it.dyn_into::<HtmlElement>().ok()) {
        // What cannot have it leaves it where it was.
        drop(element.focus());
    }
}
