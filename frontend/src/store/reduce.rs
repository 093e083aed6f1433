//! What each action does to the store. Pure, like the store.

use racewalk_engine::ids::ActorId;
use racewalk_engine::schedule::Turn;
use racewalk_engine::view::{ActorState, OutcomeFrame};

use super::open::{self, Draft, Opened, Stop};
use super::{Action, Exploration, Explorer, Run, SPEEDS, Sheet, Stand, State, Table};
use crate::engine::{self, Bench, OpenRace, plain};
use crate::numbers::counted;
use crate::permalink::{Link, Origin, clip};
use crate::protocol::{News, Question, Reply};
use crate::shared::Shared;
use crate::theme::Theme;

impl State {
    /// The state after an action; `None`: it changes nothing, so nothing is drawn again.
    pub(crate) fn next(&self, action: Action) -> Option<Self> {
        match action {
            Action::Go(link, faults) => self.go(link, faults),
            Action::OpenRace(id) => {
                let mut next = self.go(Some(Link::to(Origin::Library(id))), Vec::new())?;
                next.visits += 1;
                Some(next)
            }
            Action::OpenText(text) => Some(self.open_text(text)),
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
            Action::Back => self.sought(|run| run.at.saturating_sub(1), false),
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
                Some(Self { speed, ..self.clone() })
            }
            Action::News(reply) => self.told(reply),
            Action::Explorer(explorer) => {
                (explorer != self.explorer).then(|| Self { explorer, ..self.clone() })
            }
            Action::Kernel(version) => Some(Self { kernel: Some(version), ..self.clone() }),
            Action::Show(sheet) => (sheet != self.sheet || self.choosing.is_some()).then(|| Self {
                sheet,
                choosing: None,
                ..self.clone()
            }),
            Action::AllKnobs => Some(Self { all_knobs: !self.all_knobs, ..self.clone() }),
            Action::Theme(theme) => Some(Self { theme, ..self.clone() }),
            Action::Hover(hovered) => {
                (hovered != self.hovered).then(|| Self { hovered, ..self.clone() })
            }
            Action::Say(text) => Some(self.saying(text)),
            Action::Fault(text) => {
                let mut next = self.clone();
                next.faults.retain(|it| *it != text);
                next.faults.push(text);
                Some(next)
            }
            Action::Tour(None) => Some(Self { tour: None, ..self.clone() }),
            Action::Tour(Some(number)) => {
                let stop = Stop { beats: open::beats(), number };
                let mut next = self.go(stop.link(), Vec::new())?;
                next.visits += 1;
                Some(next)
            }
            Action::Trace(text) => {
                let (trace, sheet) = (Some(Shared::new(text)), Some(Sheet::Trace));
                Some(Self { trace, sheet, choosing: None, ..self.clone() })
            }
            Action::Interchange(Ok(())) => Some(self.clone()),
            Action::Interchange(Err(fault)) => {
                let sheet = self.sheet.filter(|&it| it != Sheet::Own);
                Self { sheet, ..self.clone() }.next(Action::Fault(fault))
            }
            Action::Dismiss => Some(Self { faults: Vec::new(), ..self.clone() }),
        }
    }

    fn go(&self, link: Option<Link>, faults: Vec<String>) -> Option<Self> {
        if link.is_some() && faults.is_empty() && link == self.link() {
            return None;
        }
        match open::open(link, faults, Some(&self.race)) {
            Ok(opened) => Some(at(opened, Some(self))),
            Err(fault) => self.next(Action::Fault(fault)),
        }
    }

    fn open_text(&self, text: String) -> Self {
        match engine::open_text(text.clone()) {
            Ok(race) => {
                let mut faults = Vec::new();
                if race.origin.is_none() {
                    faults.push(
                        "This race is too long for a link (more than 64 kB packed), so a reload \
                         forgets it. Keep its file."
                            .to_owned(),
                    );
                }
                let opened = Opened {
                    settings: race.race.settings(),
                    race: Shared::new(race),
                    schedule: String::new(),
                    at: 0,
                    kernel: None,
                    tour: None,
                    faults,
                    draft: None,
                };
                let mut next = at(opened, Some(self)).saying("Your race is open.".to_owned());
                next.visits += 1;
                next
            }
            Err(report) => {
                let draft = Some(Draft { text, report });
                Self { draft, sheet: Some(Sheet::Own), playing: false, ..self.clone() }
            }
        }
    }

    /// Under other knobs: the schedule is replayed as far as it goes.
    fn turned(&self, settings: racewalk_engine::race::Settings) -> Self {
        let table = match (Bench::new(&self.race, &settings), &self.table) {
            (Ok(bench), Table::Ready(stand)) => {
                let run = stand.run.under(&bench);
                Table::Ready(Stand { run, bench: Shared::new(bench) })
            }
            (Ok(bench), Table::Broken { code, at, .. }) => {
                let run = Run::new(&bench, code, *at);
                Table::Ready(Stand { run, bench: Shared::new(bench) })
            }
            (Err(report), Table::Ready(stand)) => {
                let (code, at) = stand.run.asked();
                Table::Broken { report, code: code.to_owned(), at }
            }
            (Err(report), Table::Broken { code, at, .. }) => {
                Table::Broken { report, code: code.clone(), at: *at }
            }
        };
        let question = question(&self.race, &settings, self.question.id + 1);
        Self {
            exploration: beginning(&table),
            question: Shared::new(question),
            settings,
            table,
            playing: false,
            choosing: None,
            ..self.clone()
        }
    }

    /// The schedule somewhere else.
    fn standing(&self, run: Run) -> Self {
        let mut next = Self { playing: false, choosing: None, ..self.clone() };
        if let Table::Ready(stand) = &mut next.table {
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
                    _ => Some(Self { choosing: Some(actor), playing: false, ..self.clone() }),
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

    fn follow(&self, code: &str, play: bool) -> Option<Self> {
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
        Some(Self { exploration, ..self.clone() })
    }

    fn saying(&self, text: String) -> Self {
        Self { said: (self.said.0.wrapping_add(1), text), ..self.clone() }
    }
}

/// The state that shows what was opened; the reader's own settings stay as they were `before`.
pub(super) fn at(opened: Opened, before: Option<&State>) -> State {
    let Opened { race, settings, schedule, at, kernel, tour, mut faults, draft } = opened;
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
            Table::Ready(Stand { run, bench: Shared::new(bench) })
        }
        Err(report) => Table::Broken { report, code: schedule, at },
    };
    let id = before.map_or(0, |it| it.question.id + 1);
    let question = Shared::new(question(&race, &settings, id));
    State {
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
    Question { id, race: race.source.clone(), knobs }
}

fn beginning(table: &Table) -> Exploration {
    match table {
        Table::Ready(_) => Exploration::Running { states: 0, depth: 0 },
        Table::Broken { report, .. } => Exploration::Failed(report.clone()),
    }
}
