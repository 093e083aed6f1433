//! The instrument's one component: what it knows, what the reader holds, and what becomes of each message. It draws nothing itself.

use gloo::events::EventListener;
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::view::Stage;
use racewalk_permalink::{self as permalink, Link, Origin};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlElement};
use yew::{Component, Context, Html, html};

use super::dispatch::{self, Pointer};
use super::still::Kept;
use super::worker::Desk;
use super::{fix, graph, loader, time, window};
use crate::axes::{Axes, Axis, chains};
use crate::geometry::{Geometry, corners};
use crate::grid::{Fate, Grid, Others, Region, telling};
use crate::pull::{Held, pull};
use crate::survey::{
    Ask, Card, Census, Mended, News, Protections, Question, Times, Window, Witness,
};
use crate::{pull, words};

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
    /// The graph has the focus.
    Focused,
    /// A pointer in the graph, and where.
    Pointer(Pointer, f64, f64),
    /// A card is taken up.
    Carry(usize),
    /// It is over a gap, or over none.
    Carried(Option<String>),
    /// It is let go there.
    Dropped(Option<String>),
    /// The window has another width.
    Resized,
}

/// A race under a choice of knobs.
pub(super) struct Bench {
    pub(super) id: u32,
    pub(super) model: Model,
    pub(super) stage: Stage,
    pub(super) lines: Vec<words::Named>,
    pub(super) knobs: Vec<(String, String)>,
    pub(super) census: Option<Census>,
    pub(super) windows: Option<Vec<Window>>,
    pub(super) cards: Option<Vec<Card>>,
    pub(super) protections: Option<Result<Protections, String>>,
    pub(super) failed: Option<String>,
    pub(super) times: Option<Times>,
    pub(super) mended: Option<Result<Mended, String>>,
    pub(super) witness: Option<(String, Witness)>,
    pub(super) chains: Vec<Axis>,
    pub(super) axes: Axes,
    pub(super) others: bool,
    pub(super) drawn: Drawn,
}

/// What is worked out for the graph.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) grid: Grid,
    pub(super) regions: Vec<Region>,
    pub(super) points: Vec<(usize, usize)>,
    pub(super) breaks: Option<usize>,
}

/// What is held of the path.
struct Hand {
    held: Held,
    /// The schedule as it was when it was taken up, and where it stood.
    before: (Schedule, usize),
    /// Whether the page was told of a schedule since.
    moved: bool,
    cell: (usize, usize),
}

/// A card in a gap: card, actor, gap.
pub(super) type Placed = (usize, usize, usize);

pub(super) struct Instrument {
    race: Option<(Origin, Vec<u8>, Race)>,
    /// Whose bytes are on their way.
    wanted: Option<Origin>,
    link: Option<Link>,
    desk: Desk,
    asked: u32,
    /// Whether an answer about the schedule is still to come.
    waits: bool,
    pub(super) bench: Option<Bench>,
    /// What is being found out; the one before is drawn until then.
    next: Option<Bench>,
    pub(super) schedule: Schedule,
    pub(super) at: usize,
    /// What could not be had, or why there is nothing to show.
    pub(super) fault: Option<&'static str>,
    width: f64,
    /// The cell that keys move, once the graph had the focus.
    pub(super) cursor: Option<(usize, usize)>,
    /// The cell under the pointer.
    pub(super) hover: Option<(usize, usize)>,
    hand: Option<Hand>,
    /// Why the path does not follow.
    pub(super) refused: Option<String>,
    /// How often the cells were worked out.
    stamp: usize,
    /// What is drawn again only when it changes: window, time, fix, the cells, the cells in words.
    pub(super) kept: [Kept; 5],
    /// Which window is shown.
    pub(super) kind: usize,
    /// The card that is chosen.
    pub(super) card: usize,
    pub(super) carried: Option<(usize, Option<(usize, usize)>)>,
    pub(super) placed: Option<Placed>,
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
            width: 0.0,
            cursor: None,
            hover: None,
            hand: None,
            refused: None,
            stamp: 0,
            kept: Default::default(),
            kind: 0,
            card: 0,
            carried: None,
            placed: None,
            _listeners: listeners,
        }
    }

    fn update(&mut self, context: &Context<Self>, msg: Msg) -> bool {
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
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let [window, time, fix, ..] = &self.kept;
        let known = self
            .bench
            .as_ref()
            .map(|it| (it.id, it.windows.is_some(), it.cards.is_some(), it.protections.is_some()));
        // While a hand moves, these stand still: they show where it was taken up.
        let moved = self.hand.as_ref().map(|it| &it.before);
        let (schedule, at) = moved.map_or((&self.schedule, self.at), |it| (&it.0, it.1));
        let code = self.bench.as_ref().map(|it| schedule.code(&it.model));
        let kernel = self.link.as_ref().and_then(|it| it.kernel.clone());
        let answers = self.bench.as_ref().map(|it| {
            let times = it.times.as_ref().map(|it| &it.schedule);
            (times, &it.mended, &it.witness)
        });
        let of_time = stamp(&(known, &kernel, at, answers));
        let of_window = stamp(&(known, &kernel, self.kind, &code, at));
        let of_fix = stamp(&(known, &kernel, self.card, self.carried, self.placed));
        html! {
            <>
                { graph::graph(self) }
                { window.still(of_window, || window::window(self)) }
                { time.still(of_time, || time::time(self)) }
                { fix.still(of_fix, || fix::fix(self)) }
            </>
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        if self.width == 0.0 && self.measure() {
            context.link().send_message(Msg::Resized);
        }
    }
}

impl Instrument {
    /// The room that the graph has; whether it has changed.
    fn measure(&mut self) -> bool {
        let document = web_sys::window().and_then(|it| it.document());
        let room = document.and_then(|it| it.query_selector("#instrument .graph-room").ok()?);
        let width = room.map_or(0.0, |it| f64::from(it.client_width()));
        let changed = width != self.width;
        self.width = width;
        self.stamp += usize::from(changed);
        changed
    }

    pub(super) fn geometry(&self) -> Geometry {
        let grid = self.bench.as_ref().map(|it| (it.drawn.grid.columns, it.drawn.grid.rows));
        let (columns, rows) = grid.unwrap_or((1, 1));
        Geometry::new(if self.width > 0.0 { self.width } else { 640.0 }, columns, rows)
    }

    fn show(&mut self, context: &Context<Self>, text: &str) -> bool {
        let (link, _) = permalink::read(text);
        self.fault = None;
        let Some(link) = link else {
            (self.link, self.bench, self.next) = (None, None, None);
            self.fault = Some(
                "This race is too long for a link, and the instrument knows no other way to it.",
            );
            return true;
        };
        let origin = link.origin.clone();
        let same =
            self.link.as_ref().is_some_and(|it| it.origin == origin && it.knobs == link.knobs);
        self.link = Some(link);
        if self.race.as_ref().is_none_or(|it| it.0 != origin) {
            if self.wanted.as_ref() != Some(&origin) {
                self.wanted = Some(origin.clone());
                let tell = context.link().callback(|it: Msg| it);
                spawn_local(async move {
                    let bytes = loader::bytes(origin.clone()).await;
                    tell.emit(Msg::Race(origin, bytes));
                });
            }
            return true;
        }
        if same {
            self.follow()
        } else {
            self.open()
        }
        true
    }

    /// Another race or other knobs.
    fn open(&mut self) {
        let (Some(link), Some((_, bytes, race))) = (&self.link, &self.race) else { return };
        let mut settings = race.settings();
        for (knob, value) in &link.knobs {
            // The page has said what of it does not exist.
            let _ = settings.set(race, knob, value);
        }
        let Ok(model) = race.compile(&settings) else {
            (self.bench, self.next) = (None, None);
            self.fault = Some("The race has mistakes under this choice of knobs.");
            return;
        };
        self.asked += 1;
        let stage = Stage::of(&model);
        let owned = |(knob, value): (&str, &str)| (knob.to_owned(), value.to_owned());
        let knobs: Vec<_> = settings.changed(race).map(owned).collect();
        self.desk.ask(bytes, Question { id: self.asked, ask: Ask::Survey(knobs.clone()) });
        self.next = Some(Bench {
            id: self.asked,
            lines: words::lines(&model, &stage),
            model,
            stage,
            knobs,
            census: None,
            windows: None,
            cards: None,
            protections: None,
            failed: None,
            times: None,
            mended: None,
            witness: None,
            chains: Vec::new(),
            axes: Axes::default(),
            others: false,
            drawn: Drawn::default(),
        });
    }

    fn news(&mut self, id: u32, news: News) -> bool {
        if self.next.as_ref().is_some_and(|it| it.id == id) {
            self.bench = self.next.take();
            (self.hand, self.hover, self.refused, self.placed) = (None, None, None, None);
            self.waits = false;
        }
        let Some(bench) = self.bench.as_mut().filter(|it| it.id == id) else { return false };
        match news {
            News::Census(census) => {
                bench.chains = chains(&bench.model, &census);
                bench.axes = telling(&bench.model, &census, &bench.chains);
                bench.census = Some(census);
                self.follow();
                self.draw();
                let grid =
                    self.bench.as_ref().map(|it| (it.drawn.grid.columns, it.drawn.grid.rows));
                self.cursor =
                    self.cursor.filter(|it| grid.is_some_and(|of| it.0 < of.0 && it.1 < of.1));
            }
            News::Windows(windows) => {
                self.kind = self.kind.min(windows.len().saturating_sub(1));
                bench.windows = Some(windows);
            }
            News::Cards(cards) => bench.cards = Some(cards),
            News::Protections(found) => {
                bench.protections = Some(found);
                // A survey is over: what is asked of it comes now.
                self.waits = false;
                self.ask_times();
            }
            News::Failed(why) => bench.failed = Some(why),
            News::Times(times) => {
                bench.times = Some(times);
                self.waits = false;
                self.ask_times();
            }
            News::Mended(found) => bench.mended = Some(found),
            News::Witness(question, found) => bench.witness = Some((question, found)),
        }
        true
    }

    /// The schedule and the place of the link.
    fn follow(&mut self) {
        let (Some(link), Some(bench)) = (&self.link, &self.bench) else { return };
        // What is wrong with a code the page says.
        self.schedule = Schedule::parse(&link.schedule, &bench.model).unwrap_or_default();
        self.at = link.at.min(self.schedule.len());
        self.draw_path();
    }

    /// Asks for the schedule in time, unless that is known or an answer is still to come.
    fn ask_times(&mut self) {
        let Some(bench) = &self.bench else { return };
        let code = self.schedule.code(&bench.model);
        let known = bench.times.as_ref().is_some_and(|it| it.schedule == code);
        if self.waits || known || bench.protections.is_none() {
            return;
        }
        self.waits = true;
        self.ask_more(Ask::Times(code));
    }

    fn ask_more(&self, ask: Ask) {
        if let Some(bench) = &self.bench {
            self.desk.ask_more(&Question { id: bench.id, ask });
        }
    }

    /// Works out the cells, and the path through them.
    fn draw(&mut self) {
        let Some(bench) = &mut self.bench else { return };
        let Some(census) = &bench.census else { return };
        let others = match bench.others {
            true => Others::At(pull::places(&bench.model, &self.schedule, self.at)),
            false => Others::Anywhere,
        };
        let grid = Grid::new(&bench.model, census, &bench.axes, &others);
        let regions = grid.regions(&bench.model, &bench.axes);
        let (points, breaks) = pull::points(&bench.model, &bench.axes, &self.schedule);
        bench.drawn = Drawn { grid, regions, points, breaks };
        self.stamp += 1;
    }

    /// Works out the path only, unless the cells depend on where it stands.
    fn draw_path(&mut self) {
        // A hand that moves asks for nothing.
        if self.hand.is_none() {
            self.ask_times();
        }
        let Some(bench) = &mut self.bench else { return };
        if bench.others {
            return self.draw();
        }
        (bench.drawn.points, bench.drawn.breaks) =
            pull::points(&bench.model, &bench.axes, &self.schedule);
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
            "witness" => {
                let question = what.strip_prefix("witness ").unwrap_or_default().trim();
                if !question.is_empty() {
                    self.ask_more(Ask::Witness(question.to_owned()));
                }
                return false;
            }
            "others" => {
                if let Some(bench) = &mut self.bench {
                    bench.others = !bench.others;
                }
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
                self.draw();
            }
            _ => return false,
        }
        true
    }

    fn key(&mut self, key: &str) -> bool {
        let Some(here) = self.here() else { return false };
        let (x, y) = self.cursor.unwrap_or(here);
        let (columns, rows) = match &self.bench {
            Some(bench) => (bench.drawn.grid.columns, bench.drawn.grid.rows),
            None => return false,
        };
        let to = match key {
            "ArrowLeft" => (x.saturating_sub(1), y),
            "ArrowRight" => ((x + 1).min(columns - 1), y),
            "ArrowUp" => (x, y.saturating_sub(1)),
            "ArrowDown" => (x, (y + 1).min(rows - 1)),
            "Home" => here,
            "End" => (columns - 1, rows - 1),
            "Enter" => {
                self.take_up(Held::Path, (x, y));
                self.pull_to((x, y));
                self.let_go();
                return true;
            }
            " " => {
                match self.hand {
                    Some(_) => {
                        self.refused = None;
                        self.let_go();
                    }
                    None => {
                        let corner = self.corners().into_iter().find(|it| it.cell == (x, y));
                        let held = corner.map_or(Held::Path, |it| Held::Corner {
                            at: it.at,
                            from_left: it.from_left,
                        });
                        self.take_up(held, (x, y));
                    }
                }
                return true;
            }
            "Escape" => {
                self.put_back();
                self.cursor = self.here();
                return true;
            }
            _ => return false,
        };
        if self.hand.is_some() {
            if self.pull_to(to) {
                self.cursor = Some(to);
            }
        } else {
            self.cursor = Some(to);
            self.refused = None;
        }
        true
    }

    fn pointer(&mut self, what: Pointer, x: f64, y: f64) -> bool {
        let geometry = self.geometry();
        let cell = geometry.cell_at(x, y);
        match what {
            Pointer::Down(corner, is_touch) => {
                let corner = corner.and_then(|it| self.corners().get(it).copied());
                let (held, from) = match corner {
                    Some(it) => (Held::Corner { at: it.at, from_left: it.from_left }, it.cell),
                    None => (Held::Path, cell),
                };
                self.take_up(held, from);
                // A finger may be about to scroll: it takes when it is lifted.
                if corner.is_none() && !is_touch {
                    self.pull_to(cell);
                }
            }
            Pointer::Move if self.hand.is_some() => {
                self.hover = None;
                if self.hand.as_ref().is_some_and(|it| it.cell == cell) {
                    return false;
                }
                self.pull_to(cell);
            }
            Pointer::Move => {
                let inside = x >= geometry.left && y >= geometry.top;
                let hover = inside.then_some(cell);
                if hover == self.hover {
                    return false;
                }
                self.hover = hover;
            }
            Pointer::Up => {
                // What was only pressed is where the path is to go, a corner's large reach or not.
                if let Some(hand) = self.hand.as_mut().filter(|it| !it.moved) {
                    hand.held = Held::Path;
                    self.pull_to(cell);
                }
                self.cursor = self.here();
                self.let_go();
            }
            Pointer::Cancel => self.let_go(),
        }
        true
    }

    fn take_up(&mut self, held: Held, cell: (usize, usize)) {
        self.refused = None;
        let before = (self.schedule.clone(), self.at);
        self.hand = Some(Hand { held, before, moved: false, cell });
    }

    fn let_go(&mut self) {
        self.hand = None;
        self.ask_times();
    }

    /// Lets go, and has the schedule as it was.
    fn put_back(&mut self) {
        self.refused = None;
        if let Some(hand) = self.hand.take()
            && hand.moved
        {
            (self.schedule, self.at) = hand.before;
            self.draw_path();
            self.tell(false);
        }
    }

    /// Pulls the path to a cell; whether it came.
    fn pull_to(&mut self, to: (usize, usize)) -> bool {
        let (Some(hand), Some(bench)) = (&mut self.hand, &self.bench) else { return false };
        let (Some(census), Some(cell)) = (&bench.census, bench.drawn.grid.cell(to.0, to.1)) else {
            return false;
        };
        hand.cell = to;
        let nearest =
            cell.stands.iter().map(|&it| &census.stands[it].way).min_by_key(|it| it.len());
        let way = nearest.and_then(|it| Schedule::parse(it, &bench.model).ok());
        let before = &hand.before.0;
        let pulled = if cell.fate() == Fate::Unreachable {
            None
        } else {
            pull(&bench.model, &bench.axes, before, hand.held, to, way.as_ref())
        };
        let Some(pulled) = pulled else {
            let told =
                bench.drawn.grid.told(&bench.model, census, &bench.axes, &bench.drawn.regions, to);
            let why = told.get(1).map_or("no schedule stands here.", |it| {
                it.strip_prefix("Unreachable: ").unwrap_or(it)
            });
            self.refused = Some(format!("It does not go there: {why}"));
            return false;
        };
        self.refused = None;
        if pulled.schedule == self.schedule && pulled.at == self.at {
            return true;
        }
        (self.schedule, self.at) = (pulled.schedule, pulled.at);
        // Only the schedule as it was taken up becomes a branch.
        let keep = !std::mem::replace(&mut hand.moved, true);
        self.draw_path();
        self.tell(keep);
        true
    }

    /// Tells the page the schedule; `keep`: that the one before becomes a branch.
    fn tell(&self, keep: bool) {
        let Some(bench) = &self.bench else { return };
        let sign = if keep { "+" } else { "" };
        let told = format!("{sign}{} {}", self.at, self.schedule.code(&bench.model));
        let detail = CustomEventInit::new();
        detail.set_detail(&JsValue::from_str(&told));
        if let (Some(window), Ok(event)) =
            (web_sys::window(), CustomEvent::new_with_event_init_dict("racewalk", &detail))
        {
            // The page takes part in no default.
            drop(window.dispatch_event(&event));
        }
    }

    /// The address of a schedule of this race under these knobs, at its end.
    pub(super) fn address(
        &self,
        knobs: &[(String, String)],
        schedule: &str,
        at: usize,
    ) -> Option<String> {
        let link = self.link.as_ref()?;
        let mut to = Link::to(link.origin.clone());
        to.kernel.clone_from(&link.kernel);
        to.knobs = knobs.to_vec();
        schedule.clone_into(&mut to.schedule);
        to.at = at;
        Some(format!("#{}", permalink::write(&to)))
    }
}

/// What something is drawn of, as text: the released page has no other way to write plain data (`Debug` prints nothing).
fn stamp(of: &impl serde::Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
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
