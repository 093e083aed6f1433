//! What each action does to the store. Pure, like the store.

use racewalk_engine::ids::ActorId;
use racewalk_engine::schedule::Turn;
use racewalk_engine::view::{ActorState, OutcomeFrame};

use super::open::{self, Opened, Stop};
use super::{
    Action, Board, Exploration, Explorer, Figure, Further, Run, SPEEDS, Sheet, Stand, State,
};
use crate::engine::{Bench, OpenRace, plain};
use crate::numbers::counted;
use crate::permalink::{Link, Origin, Promise, clip};
use crate::protocol::{News, Question, Reply};
use crate::shared::Shared;
use crate::theme::Theme;

impl State {
    /// The state after an action; `None`: it changes nothing, so nothing is drawn again.
    pub(crate) fn next(&self, action: Action) -> Option<Self> {
        match action {
            Action::Go(link, faults) => self.go(link, faults),
            Action::Preset(index) => {
                let race = &self.race.race;
                let settings = race.preset(race.presets.get(index)?);
                (settings != self.settings).then(|| self.turned(settings))
            }
            Action::Turn(knob, value) => {
                let race = &self.race.race;
                let knob = race.knobs.get(knob)?;
                let mut settings = self.settings.clone();
                settings.set(race, &knob.name, &knob.values.get(value)?.name).ok()?;
                (settings != self.settings).then(|| self.turned(settings))
            }
            Action::Seek(at) => self.sought(|_| at, false),
            Action::Leap(by) => self.sought(|run| run.at.saturating_add_signed(by), false),
            Action::Forward => self.forward(),
            Action::End => self.sought(Run::len, false),
            Action::Take(turn) => self.taken(turn),
            Action::Let(actor) => self.let_move(actor),
            Action::Choose(outcome) => self.taken(Turn { actor: self.choosing?, outcome }),
            Action::TakeUp(index) => {
                let Stand { bench, run } = self.stand()?;
                Some(self.standing(run.take_up(bench, index)?))
            }
            Action::Follow { code, play } => self.follow(&code, play),
            Action::Play => self.play(),
            Action::Tick => {
                let run = &self.stand().filter(|_| self.playing)?.run;
                let ends = run.at + 1 >= run.len();
                self.sought(|run| run.at + 1, !ends)
            }
            Action::Speed(by) => {
                let speed =
                    self.speed.checked_add_signed(by.into()).filter(|&it| it < SPEEDS.len())?;
                Some(self.with(|it| it.speed = speed))
            }
            Action::News(reply) => self.told(reply),
            Action::Explorer(explorer) => {
                (explorer != self.explorer).then(|| self.with(|it| it.explorer = explorer))
            }
            Action::Kernel(version) => Some(self.with(|it| it.kernel = Some(version))),
            Action::Show(sheet) => (sheet != self.sheet || self.choosing.is_some()).then(|| {
                self.with(|it| {
                    it.sheet = sheet;
                    it.choosing = None;
                    // What is taken away is of where the reader was.
                    it.playing &= !matches!(sheet, Some(Sheet::Take | Sheet::Embed));
                    it.offers = None;
                    it.figure.steps = None;
                    // A sheet says what is said; this was said before it was there.
                    it.said.1.clear();
                })
            }),
            Action::Say(text) => Some(self.saying(text)),
            Action::Fault(text) => Some(self.with(|it| {
                it.faults.retain(|it| *it != text);
                it.faults.push(text);
            })),
            Action::Dismiss => Some(self.with(|it| it.faults.clear())),
            action => (self.further.next)(self, action),
        }
    }

    /// The same for an action that nobody but the page takes.
    pub(super) fn next_of_page(&self, action: Action) -> Option<Self> {
        match action {
            Action::OpenText(text) => Some(self.open_text(text)),
            Action::Pull(told) => {
                let Stand { bench, run } = self.stand()?;
                let (at, code) = told.split_once(' ')?;
                Some(self.standing(run.follow(
                    bench,
                    code,
                    at.parse().ok()?,
                    told.starts_with('+'),
                )))
            }
            Action::AllKnobs => Some(self.with(|it| it.all_knobs = !it.all_knobs)),
            Action::Hover(hovered) => {
                (hovered != self.hovered).then(|| self.with(|it| it.hovered = hovered))
            }
            Action::Tour(None) => Some(self.with(|it| it.tour = None)),
            Action::Tour(Some(number)) => {
                let mut next = self.go(Stop::at(number).link(), Vec::new())?;
                next.visits += 1;
                Some(next)
            }
            Action::Trace(text) => {
                let trace = Some(Shared::new(text));
                Some(self.with(|it| {
                    (it.trace, it.sheet, it.choosing) = (trace, Some(Sheet::Trace), None);
                }))
            }
            Action::Interchange(Ok(())) => Some(self.clone()),
            Action::Interchange(Err(fault)) => {
                let needs_none =
                    |it: &Sheet| matches!(it, Sheet::Keys | Sheet::About | Sheet::Trace);
                let sheet = self.sheet.filter(needs_none);
                self.with(|it| it.sheet = sheet).next(Action::Fault(fault))
            }
            Action::Table(table) => Some(self.follow_table(&table)),
            Action::Figure(figure) => Some(self.with(|it| it.figure = figure)),
            Action::Offers(row) => Some(self.with(|it| it.offers = Some(Shared::new(row)))),
            Action::Judged(id, judged) => (id == self.question.id && self.promise.is_some())
                .then(|| self.with(|it| it.judged = judged)),
            Action::OpenRace(id) => {
                let mut next = self.go(Some(Link::to(Origin::Library(id))), Vec::new())?;
                next.visits += 1;
                Some(next)
            }
            Action::Theme(theme) => Some(self.with(|it| it.theme = theme)),
            _ => None,
        }
    }

    /// The same but for some of it. To take a whole state apart for the rest of it would be more code each time.
    #[inline(never)]
    fn same(&self) -> Self {
        self.clone()
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut next = self.same();
        change(&mut next);
        next
    }

    fn go(&self, link: Option<Link>, faults: Vec<String>) -> Option<Self> {
        if link.is_some() && faults.is_empty() && link == self.link() {
            return None;
        }
        match open::open(link, faults, Some(&self.race), self.further) {
            Ok(opened) => Some(at(opened, Some(self), self.further)),
            Err(fault) => self.next(Action::Fault(fault)),
        }
    }

    /// Under other knobs: the schedule is replayed as far as it goes.
    pub(super) fn turned(&self, settings: racewalk_engine::race::Settings) -> Self {
        let table = match (Bench::new(&self.race, &settings), &self.table) {
            (Ok(bench), Board::Ready(stand)) => {
                let run = stand.run.under(&bench);
                Board::Ready(Stand { run, bench: Shared::new(bench) })
            }
            (Ok(bench), Board::Broken { code, at, .. }) => {
                let run = Run::new(&bench, code, *at);
                Board::Ready(Stand { run, bench: Shared::new(bench) })
            }
            (Err(report), Board::Ready(stand)) => {
                let (code, at) = stand.run.asked();
                Board::Broken { report, code: code.to_owned(), at }
            }
            (Err(report), Board::Broken { code, at, .. }) => {
                Board::Broken { report, code: code.clone(), at: *at }
            }
        };
        let question = question(&self.race, &settings, self.question.id + 1);
        self.with(|it| {
            it.exploration = beginning(&table);
            it.question = Shared::new(question);
            it.settings = settings;
            it.table = table;
            (it.playing, it.choosing) = (false, None);
            it.promise = Promise::default();
            it.judged.clear();
        })
    }

    /// The schedule somewhere else.
    fn standing(&self, run: Run) -> Self {
        let mut next = self.with(|it| (it.playing, it.choosing) = (false, None));
        if let Board::Ready(stand) = &mut next.table {
            stand.run = run;
        }
        next
    }

    fn sought(&self, to: impl FnOnce(&Run) -> usize, playing: bool) -> Option<Self> {
        let Stand { bench, run } = self.stand()?;
        let at = to(run).min(run.len());
        let still = at == run.at && playing == self.playing && self.choosing.is_none();
        (!still).then(|| {
            let run = if at == run.at { run.clone() } else { run.seek(bench, at) };
            Self { playing, ..self.standing(run) }
        })
    }

    /// Past the end of the schedule the only actor that can move goes on.
    fn forward(&self) -> Option<Self> {
        let run = &self.stand()?.run;
        if run.at < run.len() {
            return self.sought(|run| run.at + 1, false);
        }
        let ready = |it: &ActorState| matches!(it, ActorState::Ready { .. });
        let mut able = run.frame.actors.iter().enumerate().filter(|(_, it)| ready(&it.state));
        match (able.next(), able.next()) {
            (Some((actor, _)), None) => self.let_move(ActorId(actor as u8)),
            (Some(_), Some(_)) => {
                Some(self.saying("The schedule ends here. Choose who moves next.".to_owned()))
            }
            (None, _) => Some(self.saying("The run is over.".to_owned())),
        }
    }

    fn taken(&self, turn: Turn) -> Option<Self> {
        let Stand { bench, run } = self.stand()?;
        Some(self.standing(run.take(bench, turn)?))
    }

    fn let_move(&self, actor: ActorId) -> Option<Self> {
        let bench = &self.stand()?.bench;
        let name = &bench.lane(actor)?.name;
        let text = match self.actor(actor)? {
            ActorState::Ready { outcomes, .. } => {
                let mut able = outcomes.iter().filter(|it| it.enabled);
                return match (able.next(), able.next()) {
                    (Some(&OutcomeFrame { outcome, .. }), None) => {
                        self.taken(Turn { actor, outcome })
                    }
                    _ => Some(self.with(|it| (it.choosing, it.playing) = (Some(actor), false))),
                };
            }
            ActorState::Waits { step, words, .. } => {
                format!("{name} waits at {} {}.", bench.key(*step), plain(words))
            }
            ActorState::Finished { .. } => format!("{name} has finished."),
            ActorState::Over { .. } => "The run is over: nobody moves any more.".to_owned(),
        };
        Some(self.saying(text))
    }

    pub(super) fn follow(&self, code: &str, play: bool) -> Option<Self> {
        let Stand { bench, run } = self.stand()?;
        let own = run.possible(bench);
        let found = self.summary().is_some_and(|it| it.all().any(|it| it.schedule == own));
        let at = if play { 0 } else { usize::MAX };
        let run = run.follow(bench, code, at, !found);
        let at = run.at;
        let playing = play && run.len() > 0;
        Some(Self { playing, ..self.standing(if play { run } else { run.seek(bench, at) }) })
    }

    fn play(&self) -> Option<Self> {
        let run = &self.stand()?.run;
        if run.len() == 0 {
            return Some(
                self.saying("There is nothing to play yet: let somebody move.".to_owned()),
            );
        }
        let from = if run.at == run.len() { 0 } else { run.at };
        self.sought(|_| from, !self.playing)
    }

    fn told(&self, Reply { id, news }: Reply) -> Option<Self> {
        if id != self.question.id {
            return None;
        }
        let exploration = match news {
            News::Progress { states, depth } => Exploration::Running { states, depth },
            News::Answer(summary) => Exploration::Known(Shared::new(summary)),
            News::Failed(why) => Exploration::Failed(why),
        };
        Some(self.with(|it| it.exploration = exploration))
    }

    pub(super) fn saying(&self, text: String) -> Self {
        self.with(|it| it.said = (it.said.0.wrapping_add(1), text))
    }
}

/// The state that shows what was opened; the reader's own settings stay as they were `before`.
pub(super) fn at(opened: Opened, before: Option<&State>, further: &'static Further) -> State {
    let Opened { race, settings, schedule, at, kernel, tour, promise, mut faults, draft } = opened;
    let table = match Bench::new(&race, &settings) {
        Ok(bench) => {
            let run = Run::new(&bench, &schedule, at);
            if let Some(cut) = &run.cut {
                faults.push(format!("{} What is possible is shown.", sentence(cut)));
            } else if at > run.len() {
                let long = counted(run.len(), "step", "steps");
                faults.push(format!("The link wants {at} steps taken; the schedule has {long}."));
            }
            if let Some(version) = kernel.as_ref().filter(|it| !bench.versions.contains(it)) {
                faults.push(format!(
                    "The link asks for the source of {}; this race cites {}.",
                    clip(version),
                    bench.versions.join(", ")
                ));
            }
            Board::Ready(Stand { run, bench: Shared::new(bench) })
        }
        Err(report) => Board::Broken { report, code: schedule, at },
    };
    let id = before.map_or(0, |it| it.question.id + 1);
    let question = Shared::new(question(&race, &settings, id));
    State {
        further,
        exploration: beginning(&table),
        race,
        settings,
        table,
        question,
        explorer: before.map_or(Explorer::Starting, |it| it.explorer),
        playing: false,
        speed: before.map_or(1, |it| it.speed),
        choosing: None,
        kernel,
        sheet: draft.is_some().then_some(Sheet::Own),
        all_knobs: before.is_some_and(|it| it.all_knobs),
        theme: before.map_or(Theme::Auto, |it| it.theme),
        hovered: before.is_some_and(|it| it.hovered),
        draft,
        faults,
        promise,
        judged: String::new(),
        figure: before.map_or(Figure { theme: Theme::Auto, steps: None }, |it| it.figure.clone()),
        offers: None,
        said: before.map_or_else(Default::default, |it| it.said.clone()),
        tour,
        trace: None,
        visits: before.map_or(0, |it| it.visits),
    }
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut sentence = text.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

fn question(race: &OpenRace, settings: &racewalk_engine::race::Settings, id: u32) -> Question {
    let pair = |(knob, value): (&str, &str)| (knob.to_owned(), value.to_owned());
    let knobs = settings.changed(&race.race).map(pair).collect();
    Question { id, race: race.packed.clone(), knobs }
}

fn beginning(table: &Board) -> Exploration {
    match table {
        Board::Ready(_) => Exploration::Running { states: 0, depth: 0 },
        Board::Broken { report, .. } => Exploration::Failed(report.clone()),
    }
}
