//! A race under a choice of knobs, as the instrument knows it: how it is opened, what is found out of it, what is worked out for the graph. It draws nothing.

use std::rc::Rc;

use racewalk_engine::model::Model;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::view::Stage;
use racewalk_permalink::{self as permalink, Link, Origin};
use wasm_bindgen_futures::spawn_local;
use yew::Context;

use super::app::{Instrument, Msg};
use super::loader;
use crate::axes::{Axes, Axis, apart};
use crate::census::Census;
use crate::grid::{Grid, Region};
use crate::survey::{Ask, Card, Mended, News, Protections, Question, Times, Window, Witness};
use crate::tried::{self, Tried};
use crate::{pull, words};

/// A race under a choice of knobs.
pub(super) struct Bench {
    pub(super) id: u32,
    /// Where the race comes from: the link may lead to another one already.
    origin: Origin,
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
    /// Of every actor, where it stands in what is drawn, if no axis tells of it.
    pub(super) apart: Vec<Apart>,
    pub(super) drawn: Drawn,
}

/// What was tried of a race under a choice of knobs.
pub(super) struct Shelf {
    origin: Origin,
    knobs: Vec<(String, String)>,
    tried: Vec<Tried>,
}

/// Where an actor stands of whom no axis tells.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Apart {
    /// Where the schedule has brought it.
    #[default]
    Follows,
    /// Before this line of its lane, counted from 0.
    At(u16),
    /// Anywhere: a cell is of all its places.
    Anywhere,
}

/// What is worked out for the graph.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) grid: Rc<Grid>,
    /// The cells wherever those stand of whom no axis tells: the path passes through these.
    pub(super) all: Rc<Grid>,
    /// Where they stand in `grid`.
    pub(super) others: Vec<Option<u16>>,
    pub(super) regions: Vec<Region>,
    pub(super) points: Vec<(usize, usize)>,
    pub(super) breaks: Option<usize>,
}

impl Shelf {
    fn is_of(&self, bench: &Bench) -> bool {
        self.origin == bench.origin && self.knobs == bench.knobs
    }
}

impl Bench {
    /// Where those stand of whom no axis tells, after `at` steps of a schedule.
    fn others(&self, schedule: &Schedule, at: usize) -> Vec<Option<u16>> {
        let mut others = vec![None; self.model.actors.len()];
        let mut places = None;
        for actor in apart(&self.model, &self.axes) {
            others[actor] = match self.apart[actor] {
                Apart::Anywhere => None,
                Apart::At(place) => Some(place),
                Apart::Follows => {
                    let places =
                        places.get_or_insert_with(|| pull::places(&self.model, schedule, at));
                    places.get(actor).copied()
                }
            };
        }
        others
    }
}

impl Instrument {
    pub(super) fn show(&mut self, context: &Context<Self>, text: &str) -> bool {
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
        let echoes = same
            && self.link.as_ref().is_some_and(|it| it.kernel == link.kernel)
            && self.told.as_ref().is_some_and(|it| it.0 == link.schedule && it.1 == link.at);
        self.link = Some(link);
        // The path stands there already, or the hand has taken it on.
        if echoes && self.bench.is_some() {
            return false;
        }
        self.told = None;
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
        // Whatever else is on its way comes for nobody.
        self.wanted = None;
        match (same, &self.next) {
            (true, None) => self.follow(),
            // It is followed once it is there.
            (true, Some(_)) => {}
            (false, _) => self.open(),
        }
        true
    }

    /// Another race or other knobs.
    pub(super) fn open(&mut self) {
        let (Some(link), Some((origin, bytes, race))) = (&self.link, &self.race) else { return };
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
        let ask = Ask::Survey(bytes.clone(), knobs.clone());
        self.desk.ask(Question { id: self.asked, ask });
        self.next = Some(Bench {
            id: self.asked,
            origin: origin.clone(),
            apart: vec![Apart::default(); model.actors.len()],
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
            drawn: Drawn::default(),
        });
    }

    pub(super) fn news(&mut self, id: u32, news: News) -> bool {
        if self.next.as_ref().is_some_and(|it| it.id == id) {
            self.bench = self.next.take();
            (self.hand, self.hover, self.refused, self.placed) = (None, None, None, None);
            self.waits = false;
            // Whatever else comes of it: the schedule was of another race.
            self.read_schedule();
        }
        let Some(bench) = self.bench.as_mut().filter(|it| it.id == id) else { return false };
        self.heard += 1;
        match news {
            News::Census(census, axes) => {
                (bench.chains, bench.axes) = (axes.chains, axes.best);
                bench.census = Some(*census);
                self.draw_axes();
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

    /// The schedule and the place of the link, drawn.
    fn follow(&mut self) {
        self.read_schedule();
        self.draw_path();
    }

    /// The schedule and the place of the link.
    fn read_schedule(&mut self) {
        let (Some(link), Some(bench)) = (&self.link, &self.bench) else { return };
        // What is wrong with a code the page says.
        self.schedule = Schedule::parse(&link.schedule, &bench.model).unwrap_or_default();
        self.at = link.at.min(self.schedule.len());
        self.swapping = None;
        self.keep();
    }

    /// Keeps the schedule as one that was tried.
    pub(super) fn keep(&mut self) {
        // What is being found out is another race, and the link is to that one.
        let (Some(bench), None) = (&self.bench, &self.next) else { return };
        let shelf = self.tried.iter_mut().position(|it| it.is_of(bench));
        let shelf = shelf.unwrap_or_else(|| {
            let (origin, knobs) = (bench.origin.clone(), bench.knobs.clone());
            self.tried.push(Shelf { origin, knobs, tried: Vec::new() });
            self.tried.len() - 1
        });
        tried::keep(&mut self.tried[shelf].tried, &self.schedule);
    }

    /// What was tried here.
    pub(super) fn tried(&self) -> Option<&[Tried]> {
        let bench = self.bench.as_ref()?;
        Some(&self.tried.iter().find(|it| it.is_of(bench))?.tried)
    }

    pub(super) fn tried_mut(&mut self) -> Option<&mut Vec<Tried>> {
        let bench = self.bench.as_ref()?;
        Some(&mut self.tried.iter_mut().find(|it| it.is_of(bench))?.tried)
    }

    /// Asks for the schedule in time, unless that is known or an answer is still to come.
    pub(super) fn ask_times(&mut self) {
        let Some(bench) = &self.bench else { return };
        let code = self.schedule.code(&bench.model);
        let known = bench.times.as_ref().is_some_and(|it| it.schedule == code);
        if self.waits || known || bench.protections.is_none() {
            return;
        }
        self.waits = true;
        self.ask_more(Ask::Times(code));
    }

    pub(super) fn ask_more(&self, ask: Ask) {
        if let Some(bench) = &self.bench {
            self.desk.ask_more(&Question { id: bench.id, ask });
        }
    }

    /// Works out the cells between the axes, and the path through them.
    pub(super) fn draw_axes(&mut self) {
        let Some(bench) = &mut self.bench else { return };
        let Some(census) = &bench.census else { return };
        bench.drawn.all = Rc::new(Grid::new(&bench.model, census, &bench.axes, &[]));
        self.draw();
    }

    /// Works out the cells where those stand of whom no axis tells, and the path through them.
    pub(super) fn draw(&mut self) {
        let Some(bench) = &mut self.bench else { return };
        let Some(census) = &bench.census else { return };
        let others = bench.others(&self.schedule, self.at);
        let all = Rc::clone(&bench.drawn.all);
        let grid = if others.iter().any(Option::is_some) {
            Rc::new(Grid::new(&bench.model, census, &bench.axes, &others))
        } else {
            Rc::clone(&all)
        };
        let regions = grid.regions(&bench.model, &bench.axes);
        let (points, breaks) = pull::points(&bench.model, &bench.axes, &self.schedule);
        bench.drawn = Drawn { grid, all, others, regions, points, breaks };
        self.stamp += 1;
    }

    /// Works out the path only, unless the cells depend on where it stands.
    pub(super) fn draw_path(&mut self) {
        // A hand that moves asks for nothing.
        if self.hand.is_none() {
            self.ask_times();
        }
        let Some(bench) = &mut self.bench else { return };
        // While a hand moves, the cells stand still.
        if self.hand.is_none() && bench.others(&self.schedule, self.at) != bench.drawn.others {
            return self.draw();
        }
        (bench.drawn.points, bench.drawn.breaks) =
            pull::points(&bench.model, &bench.axes, &self.schedule);
    }

    /// The address of a schedule of this race under these knobs, at its end.
    pub(super) fn address(
        &self,
        knobs: &[(String, String)],
        schedule: &str,
        at: usize,
    ) -> Option<String> {
        let (link, bench) = self.link.as_ref().zip(self.bench.as_ref())?;
        let mut to = Link::to(bench.origin.clone());
        to.kernel.clone_from(&link.kernel);
        to.knobs = knobs.to_vec();
        schedule.clone_into(&mut to.schedule);
        to.at = at;
        Some(format!("#{}", permalink::write(&to)))
    }
}
