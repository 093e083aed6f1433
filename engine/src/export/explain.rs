//! What the graph knows of a race, in words: fates, windows, a schedule's course, witnesses, swaps. Imports explain, model, race, state and the words of steps.

use std::fmt::Write as _;

use super::layout::paragraph;
use super::{WIDTH, counted, grouped, step_label};
use crate::explain::{
    Choice, Comes, Count, Course, Enough, Event, Failure, Fate, Incomplete, Nearest, Order, Prefix,
    Protections, Tally, Time, Transitions, Tried, Window,
};
use crate::explore::Verdict;
use crate::ids::StepId;
use crate::model::Model;
use crate::race::Race;
use crate::schedule::Schedule;
use crate::state::{self, Ending};
use crate::trace::Trace;
use crate::view::words;

/// A line, for whoever reads a list of them: `walker W2 pte = ptep_get_lockless(ptep)`.
#[must_use]
pub fn line_of(model: &Model, step: StepId) -> String {
    let line = &model.steps[step.index()];
    let actor = &model.actors[line.actor.index()].name;
    let label = words::string(model, &state::initial(model), line.label);
    format!("{actor} {} `{label}`", line.key)
}

/// An end of a run, in a word.
#[must_use]
pub fn end(model: &Model, ending: Ending) -> &str {
    match ending {
        Ending::Complete => "complete",
        Ending::Deadlock => "deadlock",
        Ending::HeldOff => "held off",
        Ending::Violated(kind) => &model.violations[kind.index()].name,
    }
}

/// A number of schedules: `1,234 schedules`, `infinitely many schedules`.
#[must_use]
pub fn schedules(count: &Count) -> String {
    match count {
        Count::Infinite => "infinitely many schedules".to_owned(),
        count => counted(&count.to_string(), "schedule"),
    }
}

/// What every completion comes to, in words.
#[must_use]
pub fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Safe => "safe",
        Fate::Open => "may fail",
        Fate::Lost => "lost",
        Fate::Unknown => "unknown",
    }
}

/// How many states have which fate: a sentence without a full stop.
#[must_use]
pub fn tally(tally: &Tally) -> String {
    let Tally { safe, open, lost, unknown } = tally;
    let number = |it: &usize| grouped(&it.to_string());
    let mut text = format!(
        "{} safe whatever follows, {} can still fail, {} lost",
        number(safe),
        number(open),
        number(lost)
    );
    if *unknown > 0 {
        let _ = write!(text, ", {} unknown", number(unknown));
    }
    text
}

/// The window of the schedules that come to one of these ends; `count` of them there are, if it is known.
#[must_use]
pub fn window(model: &Model, goal: &[Ending], window: &Window) -> String {
    let mut out = String::new();
    for order in &window.orders {
        let Order { first, then, comes } = order;
        let comes = match comes {
            Comes::Always => "",
            Comes::Perhaps => ", if that is taken at all",
            Comes::Never => ", which is still to come",
        };
        text(&mut out, &event(model, *first), 2, 6);
        text(&mut out, &format!("before {}{comes}", event(model, *then)), 4, 6);
    }
    if !window.also.is_empty() {
        let all: Vec<String> = window.also.iter().map(|it| line_of(model, *it)).collect();
        text(&mut out, &format!("taken as well: {}", all.join("; ")), 2, 6);
    }
    let ends: Vec<&str> = goal.iter().map(|it| end(model, *it)).collect();
    let goal = either(&ends);
    let enough = match &window.enough {
        Enough::Yes if window.orders.is_empty() && window.also.is_empty() => {
            format!("Every schedule ends in {goal}.")
        }
        Enough::Yes => format!("That is enough: every schedule that keeps to it ends in {goal}."),
        Enough::No { schedule, ending } => {
            let nothing = window.orders.is_empty() && window.also.is_empty();
            let so =
                if nothing { "They share nothing that others lack" } else { "That is not enough" };
            let (code, end) = (schedule.code(model), ended(model, *ending));
            format!(
                "{so}: {code} {}, and {end}.",
                if nothing { "is none of them" } else { "keeps to it" }
            )
        }
        Enough::Unknown => {
            "Whether that is enough was not settled: there is too much to look at.".to_owned()
        }
    };
    text(&mut out, &enough, 2, 2);
    out
}

/// `uaf-read`, `uaf-read or fault`, `uaf-read, fault or deadlock`.
fn either(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}

fn event(model: &Model, event: Event) -> String {
    let line = line_of(model, event.step);
    match event.time {
        Time::Only => line,
        Time::First => format!("{line} (the first time)"),
        Time::Last => format!("{line} (the last time)"),
    }
}

fn ended(model: &Model, ending: Ending) -> String {
    match ending {
        Ending::Complete => "completes".to_owned(),
        Ending::Deadlock => "ends in a deadlock".to_owned(),
        Ending::HeldOff => "is held off".to_owned(),
        Ending::Violated(_) => format!("ends in {}", end(model, ending)),
    }
}

/// A schedule, position by position: how many complete schedules are still ahead, how many of them fail, the
/// fate; which orders of these windows became fixed with each step; the point of no return.
#[must_use]
pub fn course(model: &Model, course: &Course, orders: &[Order]) -> String {
    let numbers = |it: &Prefix| match (&it.all, &it.failing) {
        (Some(all), Some(failing)) => [number(all), number(failing)],
        _ => ["?".to_owned(), "?".to_owned()],
    };
    let rows: Vec<[String; 2]> = course.prefixes.iter().map(numbers).collect();
    let width = |at: usize, title: &str| {
        rows.iter().map(|it| it[at].len()).max().unwrap_or(0).max(title.len())
    };
    let (all, failing) = (width(0, "schedules"), width(1, "failing"));
    let mut out = String::new();
    let _ = writeln!(out, "  {:>4}  {:>all$}  {:>failing$}  fate", "step", "schedules", "failing");
    let trace = Trace::replay(model, &Schedule(course.steps.iter().map(|it| it.turn).collect()));
    for (at, (prefix, row)) in course.prefixes.iter().zip(&rows).enumerate() {
        let line = at.checked_sub(1).map_or("at the start".to_owned(), |it| {
            let taken = &course.steps[it];
            let before = trace.position(it).map_or(&trace.initial.state, |it| &it.state);
            let label = step_label(model, before, taken.step, taken.turn.outcome);
            format!("{} {label}", key(model, taken.step))
        });
        let fate = fate(prefix.fate);
        let start = format!("  {at:>4}  {:>all$}  {:>failing$}  {fate:<8}  ", row[0], row[1]);
        let indent = start.chars().count();
        // Where the numbers leave too little room, the line stands below them.
        let beside = indent + 30 <= WIDTH;
        if beside {
            let mut below = String::new();
            paragraph(&mut below, &line, WIDTH, indent, indent + 2);
            out.push_str(&start);
            out.push_str(below.trim_start());
        } else {
            out.push_str(start.trim_end());
            out.push('\n');
            text(&mut out, &line, 8, 10);
        }
        let indent = if beside { indent } else { 8 };
        for order in orders.iter().filter(|it| at > 0 && it.fixed_at(course) == Some(at)) {
            let [first, then] = [order.first, order.then].map(|it| key(model, it.step));
            let fixed = format!("fixed: {first} before {then}");
            text(&mut out, &fixed, indent, indent + 2);
        }
        if course.point_of_no_return() == Some(at) {
            text(&mut out, "the point of no return", indent, indent + 2);
        }
    }
    out
}

/// A line's key, and whose it is where several actors have one of that key.
fn key(model: &Model, step: StepId) -> String {
    let line = &model.steps[step.index()];
    let of = model.steps.iter().filter(|it| it.key == line.key).count();
    match of {
        1 => line.key.clone(),
        _ => format!("{} {}", model.actors[line.actor.index()].name, line.key),
    }
}

/// A number of schedules, in digits: `1,234`, `infinite`.
#[must_use]
pub fn number(count: &Count) -> String {
    match count {
        Count::Infinite => "infinite".to_owned(),
        count => grouped(&count.to_string()),
    }
}

/// From bad to good, swap by swap.
#[must_use]
pub fn nearest(model: &Model, nearest: &Nearest) -> String {
    let mut out = String::new();
    for (at, swap) in nearest.swaps.iter().enumerate() {
        let number = at + 1;
        let settles = number == nearest.swaps.len();
        let (first, then) = (line_of(model, swap.first), line_of(model, swap.then));
        text(&mut out, &format!("{number}. {then} before {first}"), 2, 5);
        let after = match (swap.ending, swap.fate) {
            (Some(ending), _) => ended(model, ending),
            (None, Fate::Safe) => "nothing can fail any more".to_owned(),
            (None, Fate::Open) => "it need not fail any more".to_owned(),
            (None, _) => "still lost: it fails however it goes on".to_owned(),
        };
        let settled = if settles { " This swap settles it." } else { "" };
        text(&mut out, &format!("{}: {after}.{settled}", swap.schedule.code(model)), 5, 5);
    }
    let end = ended(model, nearest.ending);
    text(&mut out, &format!("Gone on with, {} {end}.", nearest.good.code(model)), 2, 2);
    out
}

/// The answer to "does a schedule exist where …".
#[must_use]
pub fn witness(
    model: &Model,
    found: &Result<Option<Schedule>, Incomplete>,
    transitions: &Transitions,
) -> String {
    let mut out = String::new();
    let answer = match found {
        Ok(Some(schedule)) => {
            let steps = counted(&schedule.len().to_string(), "step");
            // What a limit cut off may hold a shorter one.
            let whole = transitions.whole().is_ok();
            let shortest = if whole { ", and there is no shorter one" } else { "" };
            format!("yes: {}, {steps}{shortest}", schedule.code(model))
        }
        Ok(None) => format!("none, in {}", counted(&transitions.states().to_string(), "state")),
        Err(incomplete) => format!("not found, and not ruled out: {incomplete}"),
    };
    text(&mut out, &answer, 2, 4);
    out
}

/// A card in every gap of every lane: where it suffices, and where it does not, a shortest failure.
#[cfg(feature = "cards")]
#[must_use]
pub fn placements(model: &Model, gaps: &[crate::explain::Gap]) -> String {
    let mut out = String::new();
    let place = |gap: &crate::explain::Gap| {
        let actor = &model.actors[gap.placement.actor.index()].name;
        match &gap.before {
            Some(key) => format!("{actor}: before {key}"),
            None => format!("{actor}: at the end"),
        }
    };
    let width = gaps.iter().map(|it| place(it).chars().count()).max().unwrap_or(0);
    let start = 2 + width + 2;
    for gap in gaps {
        let mut row = String::new();
        text(&mut row, &found(&gap.tried), start, start + 2);
        let _ = write!(out, "  {:width$}  {}", place(gap), row.trim_start());
    }
    out
}

/// What was found of a variant: `safe`, or a shortest failure.
fn found(tried: &Tried) -> String {
    let failure = tried.failure.as_ref().map(|it| {
        let Failure { kind, steps, schedule } = it;
        format!("{kind} after {}: {schedule}", counted(&steps.to_string(), "step"))
    });
    match (tried.verdict, failure) {
        (Verdict::Safe, _) => "safe".to_owned(),
        (Verdict::Incomplete, None) => "incomplete".to_owned(),
        (_, failure) => failure.unwrap_or_default(),
    }
}

/// The protections of a race: the fewest that are safe, and the most that are not.
#[must_use]
pub fn protections(race: &Race, protections: &Protections) -> String {
    let mut out = String::new();
    let value = |knob: usize, value: usize| {
        let knob = &race.knobs[knob];
        format!("{}={}", knob.name, knob.values[value].name)
    };
    let all = protections.protections.iter().map(|it| {
        let with: Vec<&str> =
            it.with.iter().map(|&value| &*race.knobs[it.knob].values[value].name).collect();
        format!("{}={}", race.knobs[it.knob].name, with.join("|"))
    });
    text(&mut out, &all.collect::<Vec<_>>().join(", "), 2, 4);
    let failing = protections.choices.iter().filter(|it| it.tried.failure.is_some()).count();
    let all = protections.choices.len();
    let safe = grouped(&(all - failing - protections.incomplete).to_string());
    let failing = grouped(&failing.to_string());
    let count = counted(&all.to_string(), "combination");
    let mut numbers = format!("{count}: {safe} safe, {failing} not");
    if protections.incomplete > 0 {
        let _ = write!(numbers, ", {} incomplete", grouped(&protections.incomplete.to_string()));
    }
    text(&mut out, &numbers, 2, 4);
    let name = |it: &Choice| {
        let on = protections.protections.iter().zip(&it.on);
        let on: Vec<String> = on.filter_map(|(of, on)| on.map(|on| value(of.knob, on))).collect();
        if on.is_empty() { "none of them".to_owned() } else { on.join(", ") }
    };
    let mut list = |title: &str, which: &[usize], fails: bool| {
        if which.is_empty() {
            return;
        }
        text(&mut out, title, 2, 4);
        for &it in which {
            let choice = &protections.choices[it];
            let found = if fails { format!(": {}", found(&choice.tried)) } else { String::new() };
            text(&mut out, &format!("{}{found}", name(choice)), 4, 6);
        }
    };
    list("safe, and with fewer of these it is not:", &protections.minimal_safe, false);
    list("not safe, and with more of these it is:", &protections.maximal_unsafe, true);
    out
}

fn text(out: &mut String, text: &str, first: usize, rest: usize) {
    paragraph(out, text, WIDTH, first, rest);
}
