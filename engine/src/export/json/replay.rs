//! A run as data: `racewalk replay --format json`. Each step is worked out while it is written, so that a long run needs no room for all of them.

use serde::{Serialize, Serializer};

use super::{FORMAT, Pairs};
use crate::export::reason;
use crate::ids::{ActorId, CellId, TextId};
use crate::model::{Mark, Model, Source};
use crate::race::{Race, Settings};
use crate::state;
use crate::trace::{Position, Standing, Taken, Trace};
use crate::view::{light, words};

/// A trace, ready to be written.
#[derive(Serialize)]
pub struct Replay<'a> {
    format: u32,
    race: &'a str,
    title: &'a str,
    model: String,
    knobs: Pairs,
    /// The code of the part that is possible.
    schedule: String,
    actors: Vec<Actor<'a>>,
    start: Stand<'a>,
    steps: Steps<'a>,
    ending: Option<Ending<'a>>,
    impossible: Option<Impossible>,
}

#[derive(Serialize)]
struct Actor<'a> {
    name: &'a str,
    title: &'a str,
    letter: char,
    cpu: Option<u8>,
    environment: bool,
}

/// Where everything stands.
#[derive(Serialize)]
struct Stand<'a> {
    state: Pairs,
    ready: Vec<Ready<'a>>,
    waits: Vec<Waits<'a>>,
}

/// Who can move, and how.
#[derive(Serialize)]
struct Ready<'a> {
    actor: &'a str,
    key: &'a str,
    /// Counted from 1.
    outcomes: Vec<usize>,
}

#[derive(Serialize)]
struct Waits<'a> {
    actor: &'a str,
    key: &'a str,
    words: String,
    on: Vec<&'a str>,
    may_be_held_off: bool,
}

#[derive(Serialize)]
struct Step<'a> {
    number: usize,
    actor: &'a str,
    key: &'a str,
    label: String,
    outcome: Option<Outcome>,
    sentence: String,
    sources: &'a [Source],
    marks: &'a [Mark],
    reads: Vec<Read<'a>>,
    writes: Vec<Write<'a>>,
    broke: Option<Broke<'a>>,
    #[serde(flatten)]
    after: Stand<'a>,
}

#[derive(Serialize)]
struct Outcome {
    number: usize,
    title: String,
}

#[derive(Serialize)]
struct Read<'a> {
    cell: &'a str,
    value: String,
}

#[derive(Serialize)]
struct Write<'a> {
    cell: &'a str,
    before: String,
    after: String,
}

#[derive(Serialize)]
struct Broke<'a> {
    kind: &'a str,
    sentence: &'a str,
    /// Where.
    cells: Vec<&'a str>,
}

#[derive(Serialize)]
struct Ending<'a> {
    /// `complete`, `violated`, `deadlock` or `held_off`.
    how: &'static str,
    /// The property that broke.
    kind: Option<&'a str>,
}

#[derive(Serialize)]
struct Impossible {
    /// The number of the first step that is impossible.
    step: usize,
    actor: Option<String>,
    reason: String,
}

struct Steps<'a> {
    model: &'a Model,
    trace: &'a Trace,
}

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let before =
            std::iter::once(&self.trace.initial).chain(self.trace.steps.iter().map(|it| &it.after));
        let steps = self.trace.steps.iter().zip(before).zip(1..);
        serializer
            .collect_seq(steps.map(|((taken, before), it)| step(self.model, before, taken, it)))
    }
}

impl<'a> Replay<'a> {
    /// A trace of this race's model under these settings.
    #[must_use]
    pub fn new(race: &'a Race, settings: &Settings, model: &'a Model, trace: &'a Trace) -> Self {
        let actors = model.actors.iter().map(|it| Actor {
            name: &it.name,
            title: &it.title,
            letter: it.letter,
            cpu: it.cpu,
            environment: it.environment,
        });
        let impossible = trace.stopped.as_ref().map(|it| Impossible {
            step: it.index + 1,
            actor: model.actors.get(it.turn.actor.index()).map(|it| it.name.clone()),
            reason: reason::impossible(model, trace).unwrap_or_default(),
        });
        Self {
            format: FORMAT,
            race: &race.id,
            title: &race.title,
            model: model.hash(),
            knobs: Pairs::all(race, settings),
            schedule: trace.schedule().code(model),
            actors: actors.collect(),
            start: stand(model, &trace.initial),
            steps: Steps { model, trace },
            ending: trace.last().ending.map(|it| ending(model, it)),
            impossible,
        }
    }
}

fn step<'a>(model: &'a Model, before: &Position, taken: &'a Taken, number: usize) -> Step<'a> {
    let line = &model.steps[taken.step.index()];
    let outcome = usize::from(taken.turn.outcome);
    let said = |text: TextId| words::string(model, &taken.after.state, text);
    let says = std::iter::once(line.sentence).chain(taken.record.says.iter().copied());
    let sentence: Vec<String> = says.map(said).filter(|it| !it.is_empty()).collect();
    let read = |&cell: &CellId| Read {
        cell: &model.cells[cell.index()].name,
        value: text(model, cell, before.read(model, cell)),
    };
    let written = |cell: CellId| taken.record.writes.iter().any(|it| it.cell == cell);
    let not_written = |cell: &&CellId| !written(**cell);
    let write = |it: &state::Write| Write {
        cell: &model.cells[it.cell.index()].name,
        before: text(model, it.cell, it.old),
        after: text(model, it.cell, it.new),
    };
    Step {
        number,
        actor: &model.actors[line.actor.index()].name,
        key: &line.key,
        label: words::string(model, &before.state, line.label),
        outcome: (line.outcomes.len() > 1).then(|| Outcome {
            number: outcome + 1,
            title: reason::title(model, &before.state, taken.step, outcome),
        }),
        sentence: sentence.join(" "),
        sources: &line.sources,
        marks: &line.marks,
        reads: taken.record.reads.iter().filter(not_written).map(read).collect(),
        writes: taken.record.writes.iter().map(write).collect(),
        broke: taken.broken.map(|it| {
            let violation = &model.violations[it.violation.index()];
            let accesses = light::accesses(model, taken).into_iter().filter(|it| it.broke);
            let cells = accesses.map(|it| &*model.cells[it.cell.index()].name).collect();
            Broke { kind: &violation.name, sentence: &violation.sentence, cells }
        }),
        after: stand(model, &taken.after),
    }
}

fn stand<'a>(model: &'a Model, position: &Position) -> Stand<'a> {
    let cells = model.cells.iter().zip(0..).map(|(cell, id)| {
        let id = CellId(id);
        (cell.name.clone(), text(model, id, position.read(model, id)))
    });
    let over = position.ending.is_some();
    let ready = position.actors.iter().filter_map(|it| match it {
        Standing::CanMove { step, outcomes } if !over => {
            let line = &model.steps[step.index()];
            let outcomes = outcomes.iter().map(|it| usize::from(*it) + 1).collect();
            Some(Ready { actor: name(model, line.actor), key: &line.key, outcomes })
        }
        _ => None,
    });
    let waits = position.actors.iter().filter_map(|it| match it {
        Standing::Waits { step, on } => Some((*step, on)),
        _ => None,
    });
    let waits = waits.map(|(step, on)| {
        let line = &model.steps[step.index()];
        let wait = line.wait.as_ref();
        let words = wait.map(|it| words::string(model, &position.state, it.words));
        Waits {
            actor: name(model, line.actor),
            key: &line.key,
            words: words.unwrap_or_default(),
            on: on.iter().map(|it| name(model, *it)).collect(),
            may_be_held_off: wait.is_some_and(|it| it.may_be_held_off),
        }
    });
    Stand { state: cells.collect(), ready: ready.collect(), waits: waits.collect() }
}

fn name(model: &Model, actor: ActorId) -> &str {
    &model.actors[actor.index()].name
}

fn text(model: &Model, cell: CellId, value: i32) -> String {
    words::value(model, &model.cells[cell.index()].meaning, value)
}

fn ending(model: &Model, ending: state::Ending) -> Ending<'_> {
    let how = match ending {
        state::Ending::Complete => "complete",
        state::Ending::Violated(_) => "violated",
        state::Ending::Deadlock => "deadlock",
        state::Ending::HeldOff => "held_off",
    };
    let kind = match ending {
        state::Ending::Violated(it) => Some(&*model.violations[it.index()].name),
        _ => None,
    };
    Ending { how, kind }
}
