//! Everything that the reader has chosen and what follows from it, in one store with a closed set of
//! actions. Pure: no component, no browser, no clock; effects watch it from outside.

mod bring;
mod open;
mod reduce;
mod run;

use racewalk_engine::ids::ActorId;
use racewalk_engine::race::{Preset, Settings};
use racewalk_engine::schedule::Turn;
use racewalk_engine::tour::Beat;
use racewalk_engine::view::ActorState;

use crate::engine::{Bench, OpenRace};
use crate::interchange::Table;
use crate::permalink::{Link, Origin, Promise};
use crate::protocol::{Question, Reply, Summary};
use crate::shared::Shared;
use crate::theme::Theme;

pub(crate) use open::{Draft, Stop};
pub(crate) use run::{Branch, Moved, Run};

/// Steps that are played in a second, slowest first.
pub(crate) const SPEEDS: [f64; 5] = [0.5, 1.0, 2.0, 4.0, 8.0];

/// What can be done.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Open what a link says, and tell what was wrong with it.
    Go(Option<Link>, Vec<String>),
    /// Open a race of the library.
    OpenRace(String),
    /// Open a text as a race of the reader's own.
    OpenText(String),
    /// Set the knobs as a preset does.
    Preset(usize),
    /// Set one knob, by its number and its value's.
    Turn(usize, usize),
    /// Stand after so many steps.
    Seek(usize),
    /// Stand so many steps further on, or back, and not past the ends of the schedule.
    Leap(isize),
    /// One step forward.
    Forward,
    /// To the end of the schedule.
    End,
    /// Take a step.
    Take(Turn),
    /// Let an actor take its step, or ask which way it goes.
    Let(ActorId),
    /// The outcome, counted from 0, of the choice that stands open.
    Choose(u8),
    /// Take up the branch of that number.
    TakeUp(usize),
    /// Load a schedule that was found, at its end, or to play it from its start.
    Follow {
        /// Its code.
        code: String,
        /// Whether to play it.
        play: bool,
    },
    /// Stand in another schedule: the steps taken, a blank, its code. With `+` before all that the one before becomes a
    /// branch; of a path that is dragged, only the first does.
    Pull(String),
    /// Play, or pause.
    Play,
    /// Time for the next step, while playing.
    Tick,
    /// Play slower (-1) or faster (1).
    Speed(i8),
    /// News of the search.
    News(Reply),
    /// Where the search runs.
    Explorer(Explorer),
    /// Show the sources of this kernel version.
    Kernel(String),
    /// Open a sheet, or close it.
    Show(Option<Sheet>),
    /// Show all knobs, or only those that are turned.
    AllKnobs,
    /// Light or dark.
    Theme(Theme),
    /// A file is held over the page, or no more.
    Hover(bool),
    /// Say something that needs no answer.
    Say(String),
    /// A fault that the reader has to see.
    Fault(String),
    /// Take the faults away.
    Dismiss,
    /// To a beat of the tour, by its number from 0; or leave the tour.
    Tour(Option<usize>),
    /// Show the trace of a real kernel.
    Trace(TraceText),
    /// The part for what is brought in and taken away is there, or why not.
    Interchange(Result<(), String>),
    /// Follow what was read of a table.
    Table(Table),
    /// How figures are to look.
    Figure(Figure),
    /// What the sheet offers.
    Offers(Vec<String>),
    /// What became of what the link promised, by the number of the question whose answer tells.
    Judged(u32, String),
}

impl Action {
    /// What it opens, if it opens something; `Some(None)` is the first race of the library.
    pub(crate) fn leads_to(&self) -> Option<Option<Link>> {
        match self {
            Self::Go(link, _) => Some(link.clone()),
            Self::OpenRace(id) => Some(Some(Link::to(Origin::Library(id.clone())))),
            Self::Tour(Some(number)) => Some(Stop::at(*number).link()),
            _ => None,
        }
    }
}

/// What lies over the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sheet {
    /// The keys.
    Keys,
    /// What the race is about, and what it leaves out.
    About,
    /// A race of the reader's own.
    Own,
    /// The trace of a real kernel.
    Trace,
    /// What can be saved.
    Take,
    /// What can be written into other documents.
    Embed,
}

/// How figures are to look that are taken away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Figure {
    /// In which colours.
    pub(crate) theme: Theme,
    /// The steps of a strip, as the reader writes them; `None`: as usual.
    pub(crate) steps: Option<String>,
}

/// The trace of a real kernel, as fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TraceText {
    /// Its file.
    pub(crate) file: String,
    /// Its text.
    pub(crate) text: String,
}

/// Where races are explored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Explorer {
    /// Not known yet.
    Starting,
    /// In a worker.
    Worker,
    /// In slices on the page's own thread.
    Page,
}

/// What is known of the question that was asked last.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Exploration {
    /// Nothing yet; so many states were looked at.
    Running {
        /// Distinct states.
        states: usize,
        /// Steps from the start.
        depth: usize,
    },
    /// The answer.
    Known(Shared<Summary>),
    /// It could not be explored, and why.
    Failed(String),
}

/// The race under these knobs, and the reader's schedule in it.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    /// The race under these knobs.
    pub(crate) bench: Shared<Bench>,
    /// The schedule.
    pub(crate) run: Run,
}

/// Whether the race makes sense under these knobs.
#[derive(Clone, Debug)]
pub(crate) enum Board {
    /// It does.
    Ready(Stand),
    /// It does not; the schedule is kept.
    Broken {
        /// What is wrong.
        report: String,
        /// The code of the schedule.
        code: String,
        /// Where it stood.
        at: usize,
    },
}

/// What the page can do and the element cannot. The element does without the code, too: it is not even
/// downloaded with it.
#[derive(Debug)]
pub(crate) struct Further {
    /// What an action does that no other takes.
    next: fn(&State, Action) -> Option<State>,
    /// The guided tour.
    beats: fn() -> Vec<Beat>,
}

impl Further {
    /// All of it.
    pub(crate) const PAGE: &Self = &Self { next: State::next_of_page, beats: open::beats };
    /// Nothing of it.
    pub(crate) const NOTHING: &Self = &Self { next: |_, _| None, beats: Vec::new };
}

/// The store.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// What it can do besides.
    further: &'static Further,
    /// The race.
    pub(crate) race: Shared<OpenRace>,
    /// The knobs.
    pub(crate) settings: Settings,
    /// What can be done with them.
    pub(crate) table: Board,
    /// What the search was asked last.
    pub(crate) question: Shared<Question>,
    /// What it knows.
    pub(crate) exploration: Exploration,
    /// Where it runs.
    pub(crate) explorer: Explorer,
    /// Whether the schedule is playing.
    pub(crate) playing: bool,
    /// How fast: an index of [`SPEEDS`].
    pub(crate) speed: usize,
    /// Who was let move, where its step can go several ways.
    pub(crate) choosing: Option<ActorId>,
    /// The kernel version that the reader chose.
    kernel: Option<String>,
    /// What lies over the page.
    pub(crate) sheet: Option<Sheet>,
    /// Whether knobs are shown that stand at their defaults, where there is little room.
    pub(crate) all_knobs: bool,
    /// Light or dark.
    pub(crate) theme: Theme,
    /// Whether a file is held over the page.
    pub(crate) hovered: bool,
    /// A race of the reader's own that has mistakes.
    pub(crate) draft: Option<Draft>,
    /// What the reader has to see until it is taken away.
    pub(crate) faults: Vec<String>,
    /// What was said last, and how often something was said.
    pub(crate) said: (u32, String),
    /// The beat of the tour that the reader is at.
    pub(crate) tour: Option<Shared<Stop>>,
    /// The trace that is shown.
    pub(crate) trace: Option<Shared<TraceText>>,
    /// What the link promised, until a knob is turned.
    pub(crate) promise: Promise,
    /// What became of that, in sentences; empty: not known.
    pub(crate) judged: String,
    /// How figures are to look.
    pub(crate) figure: Figure,
    /// What the sheet offers; `None`: that is not known yet.
    pub(crate) offers: Option<Shared<Vec<String>>>,
    /// How often another race was opened: each is an entry of the browser's history.
    pub(crate) visits: u32,
}

impl State {
    /// The state that a fragment leads to. `Err`: there is nothing to show at all.
    pub(crate) fn start(
        link: Option<Link>,
        faults: Vec<String>,
        theme: Theme,
        further: &'static Further,
    ) -> Result<Self, String> {
        let opened = open::open(link, faults, None, further)?;
        Ok(Self { theme, ..reduce::at(opened, None, further) })
    }

    /// Takes an action; whether it changed anything.
    pub(crate) fn act(state: &mut Shared<Self>, action: Action) -> bool {
        let next = state.next(action);
        let changed = next.is_some();
        if let Some(next) = next {
            *state = Shared::new(next);
        }
        changed
    }

    /// The race under these knobs and the schedule, if they make sense.
    pub(crate) fn stand(&self) -> Option<&Stand> {
        match &self.table {
            Board::Ready(stand) => Some(stand),
            Board::Broken { .. } => None,
        }
    }

    /// The answer, if it is known.
    pub(crate) fn summary(&self) -> Option<&Shared<Summary>> {
        match &self.exploration {
            Exploration::Known(summary) => Some(summary),
            _ => None,
        }
    }

    /// The kernel version whose sources are shown; `None`: the race names no version.
    pub(crate) fn kernel(&self) -> Option<&str> {
        let versions = &self.stand()?.bench.versions;
        let chosen = self.kernel.as_ref().filter(|it| versions.contains(it));
        chosen.or_else(|| versions.first()).map(String::as_str)
    }

    /// The preset that the knobs are set to.
    pub(crate) fn preset(&self) -> Option<(usize, &Preset)> {
        let race = &self.race.race;
        race.presets.iter().enumerate().find(|(_, it)| race.preset(it) == self.settings)
    }

    /// Whether the reader has gone elsewhere from the beat of the tour.
    pub(crate) fn has_strayed(&self) -> bool {
        let here = || Some(Link { promise: Promise::default(), ..self.link()? });
        self.tour.as_ref().is_some_and(|it| it.link() != here())
    }

    /// What the actor may do.
    pub(crate) fn actor(&self, actor: ActorId) -> Option<&ActorState> {
        Some(&self.stand()?.run.frame.actors.get(actor.index())?.state)
    }

    /// The link to here; `None` for a race that is too long for one.
    pub(crate) fn link(&self) -> Option<Link> {
        let pair = |(knob, value): (&str, &str)| (knob.to_owned(), value.to_owned());
        let mut link = Link::to(self.race.origin.clone()?);
        link.promise = self.promise.clone();
        link.knobs = self.settings.changed(&self.race.race).map(pair).collect();
        if let Some(Stand { bench, run }) = self.stand() {
            link.schedule = run.possible(bench);
            link.at = run.at;
            link.tour = self.tour.as_ref().map(|it| it.number);
            link.kernel = self.kernel.clone().filter(|it| bench.versions.first() != Some(it));
        }
        Some(link)
    }
}

#[cfg(test)]
mod tests;
