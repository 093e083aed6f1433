//! The table of a schedule, as in kernel commit messages.
//!
//! Time runs downwards. Each actor that moves has a column, and a label may run to the right over
//! the columns beside it, since every line is one actor's. What can be read back later: a step
//! begins exactly where its actor's column does; what a line continues stands two or more columns
//! further in; a note begins with `<--`. Between words of a label stands one space.

use super::layout::{paragraph, push, width, wrap};
use super::{WIDTH, headline, reason};
use crate::ids::{ActorId, StepId};
use crate::model::Model;
use crate::race::{Race, Settings};
use crate::state::Ending;
use crate::trace::{Taken, Trace};
use crate::view::words;

/// More actors than this have no columns.
const MOST_COLUMNS: usize = 3;
/// From one column to the next at least: further than any line is indented.
const LEAST_STEP: usize = 8;
/// What a column has to have to the right of where it begins.
const LEAST_ROOM: usize = 24;
/// How much further in a line stands that continues a step.
const CONTINUED: usize = 2;
/// How much further in a line stands that continues a note.
const NOTE_CONTINUED: usize = 4;
/// A note under its step begins no further to the right.
const NOTE_LIMIT: usize = 30;
/// Where a step begins when there are no columns.
const FOLDED: usize = 2;

/// The steps of a trace as a table of at most [`WIDTH`] columns. Its first line names the race and
/// the knobs that differ from their defaults; `<--` tells where it goes wrong, or who waits at the
/// end.
///
/// ```
/// use racewalk_engine::schedule::Schedule;
/// use racewalk_engine::{export, library, race::Race, trace::Trace};
///
/// let race = Race::load(library::race("reclaim").unwrap()).unwrap();
/// let settings = race.settings();
/// let model = race.compile(&settings).unwrap();
/// let schedule = Schedule::parse("w2m", &model).unwrap();
/// let table = export::table(&race, &settings, &model, &Trace::replay(&model, &schedule));
/// assert!(table.starts_with("race reclaim: every knob at its default\n\nCPU 0 "));
/// ```
#[must_use]
pub fn table(race: &Race, settings: &Settings, model: &Model, trace: &Trace) -> String {
    let mut out = String::new();
    paragraph(&mut out, &headline(race, settings), WIDTH, 0, CONTINUED);
    out.push('\n');
    let labels: Vec<String> = (0..trace.steps.len()).map(|it| label(model, trace, it)).collect();
    let columns = columns(model, trace, &labels);
    match &columns {
        Some(columns) => heads(&mut out, model, columns),
        None if labels.is_empty() => out.push_str("(nobody has moved)\n"),
        None => (),
    }
    for (taken, label) in trace.steps.iter().zip(&labels) {
        let actor = taken.turn.actor;
        let (start, text) = match &columns {
            Some(columns) => (columns.start(actor), label.clone()),
            None => (FOLDED, format!("{}: {label}", model.actors[actor.index()].name)),
        };
        let note = broken(model, taken).map(|it| (it, note_start(start, columns.as_ref())));
        row(&mut out, start, &text, note);
    }
    if let Some(note) = end(model, trace) {
        paragraph(&mut out, &note, WIDTH, 0, NOTE_CONTINUED);
    }
    out
}

/// A step's label, with the way it went where it could go several.
pub(super) fn label(model: &Model, trace: &Trace, index: usize) -> String {
    let taken = &trace.steps[index];
    let state = trace.position(index).map_or(&taken.after.state, |it| &it.state);
    step_label(model, state, taken.step, taken.turn.outcome)
}

/// What a table says of a step that is taken in this state.
pub(crate) fn step_label(model: &Model, state: &[u64], step: StepId, outcome: u8) -> String {
    let line = &model.steps[step.index()];
    let label = words::string(model, state, line.label);
    if line.outcomes.len() == 1 {
        return label;
    }
    let way = reason::title(model, state, step, usize::from(outcome));
    format!("{label} [{way}]")
}

/// Where the columns of the actors that move begin.
struct Columns(Vec<(ActorId, usize)>);

impl Columns {
    fn start(&self, actor: ActorId) -> usize {
        self.0.iter().find(|it| it.0 == actor).map_or(0, |it| it.1)
    }
}

/// Columns for those who move, in the order of declaration: evenly spread, further left where a long
/// label needs the room. `None` when there are too many, or their names do not fit.
fn columns(model: &Model, trace: &Trace, labels: &[String]) -> Option<Columns> {
    let moves = |actor: &ActorId| trace.steps.iter().any(|it| it.turn.actor == *actor);
    let actors = (0..model.actors.len()).map(|it| ActorId(it as u8));
    let moving: Vec<ActorId> = actors.filter(moves).collect();
    let count = moving.len();
    if !(1..=MOST_COLUMNS).contains(&count) {
        return None;
    }
    let longest = |actor: ActorId| {
        let own = trace.steps.iter().zip(labels).filter(|it| it.0.turn.actor == actor);
        own.map(|it| width(it.1)).max().unwrap_or(0).clamp(LEAST_ROOM, WIDTH)
    };
    let step = |actor: ActorId| {
        LEAST_STEP.max(2 + head(model, actor).iter().map(|it| width(it)).max().unwrap_or(0))
    };
    let rightmost = |it: usize| WIDTH - longest(moving[it]);
    let last = rightmost(count - 1).min((count - 1) * WIDTH / count);
    let mut starts: Vec<usize> =
        (0..count).map(|it| rightmost(it).min(it * last / (count - 1).max(1))).collect();
    for it in (1..count).rev() {
        starts[it - 1] = starts[it - 1].min(starts[it].saturating_sub(step(moving[it - 1])));
    }
    starts[0] = 0;
    for it in 1..count {
        starts[it] = starts[it].max(starts[it - 1] + step(moving[it - 1]));
    }
    let fits = |it: usize| {
        let room = WIDTH.saturating_sub(starts[it]);
        room >= LEAST_ROOM && room + 2 >= step(moving[it])
    };
    let columns = || moving.iter().copied().zip(starts.iter().copied()).collect();
    (0..count).all(fits).then(|| Columns(columns()))
}

/// What a column is headed with: the CPU, if the race names one, and the actor.
fn head(model: &Model, actor: ActorId) -> [String; 2] {
    let actor = &model.actors[actor.index()];
    [actor.cpu.map(|it| format!("CPU {it}")).unwrap_or_default(), actor.name.clone()]
}

fn heads(out: &mut String, model: &Model, columns: &Columns) {
    for line in 0..2 {
        let mut text = String::new();
        for &(actor, start) in &columns.0 {
            let head = &head(model, actor)[line];
            if !head.is_empty() {
                text.extend(std::iter::repeat_n(' ', start.saturating_sub(width(&text))));
                text.push_str(head);
            }
        }
        if !text.is_empty() {
            out.push_str(&text);
            out.push('\n');
        }
    }
    out.push('\n');
}

/// A step, and beside it what it broke; below it where there is no room beside it.
fn row(out: &mut String, start: usize, label: &str, note: Option<(String, usize)>) {
    let room = WIDTH - start;
    let mut lines = wrap(label, room, room - CONTINUED);
    let mut below = String::new();
    if let Some((note, note_start)) = note {
        let used = lines.last().map_or(0, |it| width(it));
        let room = if lines.len() > 1 { room - CONTINUED } else { room };
        match lines.last_mut() {
            Some(last) if used + 2 + width(&note) <= room => {
                last.push_str("  ");
                last.push_str(&note);
            }
            _ => paragraph(&mut below, &note, WIDTH, note_start, note_start + NOTE_CONTINUED),
        }
    }
    push(out, &lines, start, start + CONTINUED);
    out.push_str(&below);
}

/// Where a note under a step begins: a little further in, but not so far that it has no room. None of
/// its lines begins where a column does.
fn note_start(start: usize, columns: Option<&Columns>) -> usize {
    let taken = |it: usize| {
        let columns = columns.map_or(&[][..], |it| &it.0);
        columns.iter().any(|&(_, start)| start == it || start == it + NOTE_CONTINUED)
    };
    let first = (start + CONTINUED).min(NOTE_LIMIT);
    (CONTINUED..=first).rev().find(|&it| !taken(it)).unwrap_or(first)
}

fn broken(model: &Model, taken: &Taken) -> Option<String> {
    let violation = &model.violations[taken.broken?.violation.index()];
    Some(format!("<-- {}: {}", violation.name, violation.sentence))
}

/// Who waits at the end of a run that nobody can finish.
fn end(model: &Model, trace: &Trace) -> Option<String> {
    let what = match trace.last().ending? {
        Ending::Deadlock => "deadlock",
        Ending::HeldOff => "held off",
        Ending::Complete | Ending::Violated(_) => return None,
    };
    Some(format!("<-- {what}: {}", reason::waiting(model, trace.last()).join("; ")))
}
