//! The windows of a race, and which protection makes which of their orders impossible. Imports the engine, no screen.

use racewalk_engine::explain::{
    Comes as EngineComes, Enough, Happening, Transitions, Window as EngineWindow, failures, find,
    window,
};
use racewalk_engine::explore::{Answer, Verdict, answer, explore};
use racewalk_engine::export;
use racewalk_engine::ids::StepId;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::state::Ending;
use serde::{Deserialize, Serialize};

use super::LIMITS;

/// The most orders of the lines of a window that are tried one after the other.
const MOST_LINES_UP: usize = 5_000;

/// What the window of all failures together is called.
pub const ANY: &str = "any failure";

/// What all schedules share that end in one kind of failure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Window {
    /// The kind.
    pub kind: String,
    /// A shortest one's length.
    pub steps: usize,
    /// Its code.
    pub schedule: String,
    /// The orders.
    pub orders: Vec<Order>,
    /// Lines that all of them take besides, by their numbers.
    pub also: Vec<u16>,
    /// Whether the orders bring it about, in a sentence.
    pub enough: String,
    /// What each protection does to it.
    pub effects: Vec<Effect>,
}

/// That a line comes before another actor's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Order {
    /// It happens.
    pub first: Line,
    /// It does not happen before that.
    pub then: Line,
    /// Whether it happens at all.
    pub comes: Comes,
}

/// A line, by its number, and which time it is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Its row in the model's table of steps.
    pub step: u16,
    /// Which time.
    pub time: Time,
}

/// Which time a line is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Time {
    /// It is never taken twice.
    Only,
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// Whether the second line of an order is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Comes {
    /// Always.
    Always,
    /// In some schedules.
    Perhaps,
    /// It is still to come when they are over.
    Never,
}

/// What a protection does to a window.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Effect {
    /// The knob.
    pub knob: String,
    /// Its value.
    pub value: String,
    /// Whether nothing fails any more; `None`: a limit stopped the search.
    pub safe: Option<bool>,
    /// Whether this kind of failure is still there.
    pub remains: bool,
    /// Where it is not: the orders that no schedule has any more, by their numbers in the window: each of them
    /// alone, or, if each is there alone, those without which the others are possible together.
    pub prevents: Vec<usize>,
    /// The orders of which a line does not exist any more.
    pub gone: Vec<usize>,
}

/// The window of every kind of failure; of several kinds, first the one that all of them share.
pub(super) fn found(
    model: &Model,
    answer: &Answer,
    transitions: &Transitions,
) -> Vec<(Vec<Ending>, EngineWindow)> {
    let kinds = failures(answer);
    let mut goals: Vec<Vec<Ending>> = kinds.iter().map(|it| vec![*it]).collect();
    if kinds.len() > 1 {
        goals.insert(0, kinds);
    }
    // What is not known is not told.
    let window = |goal: Vec<Ending>| {
        let found = window(model, transitions, &goal).ok()??;
        Some((goal, found))
    };
    goals.into_iter().filter_map(window).collect()
}

/// The same as data, with the effects of the protections that are off.
pub(super) fn told(
    race: &Race,
    settings: &Settings,
    model: &Model,
    answer: &Answer,
    found: &[(Vec<Ending>, EngineWindow)],
) -> Vec<Window> {
    let shortest = |ending: Ending| match ending {
        Ending::Violated(kind) => {
            answer.violations.iter().find(|it| it.violation == kind).map(|it| &it.schedule)
        }
        _ => answer.deadlocks.first().map(|it| &it.schedule),
    };
    let mut windows = Vec::new();
    for (goal, found) in found {
        let nearest = goal.iter().filter_map(|it| shortest(*it)).min_by_key(|it| it.len());
        let Some(schedule) = nearest else { continue };
        let kind = match goal[..] {
            [ending] => export::explain::end(model, ending),
            _ => ANY,
        };
        windows.push(Window {
            kind: kind.to_owned(),
            steps: schedule.len(),
            schedule: schedule.code(model),
            orders: found.orders.iter().map(order).collect(),
            also: found.also.iter().map(|it| it.0).collect(),
            enough: enough(model, found, kind),
            effects: Vec::new(),
        });
    }
    if !windows.is_empty() {
        for variant in variants(race, settings) {
            let found = Found::new(&variant.model);
            for window in &mut windows {
                window.effects.push(found.effect(&variant, model, window));
            }
        }
    }
    windows
}

fn order(order: &racewalk_engine::explain::Order) -> Order {
    let line = |it: racewalk_engine::explain::Event| Line {
        step: it.step.0,
        time: match it.time {
            racewalk_engine::explain::Time::Only => Time::Only,
            racewalk_engine::explain::Time::First => Time::First,
            racewalk_engine::explain::Time::Last => Time::Last,
        },
    };
    Order {
        first: line(order.first),
        then: line(order.then),
        comes: match order.comes {
            EngineComes::Always => Comes::Always,
            EngineComes::Perhaps => Comes::Perhaps,
            EngineComes::Never => Comes::Never,
        },
    }
}

fn enough(model: &Model, window: &EngineWindow, kind: &str) -> String {
    let kind = if kind == ANY { "a failure" } else { kind };
    match &window.enough {
        Enough::Yes => format!("Every schedule that keeps to it ends in {kind}: it is the race."),
        Enough::No { schedule, ending } => format!(
            "Not every schedule that keeps to it ends in {kind}: {} ends as {}.",
            schedule.code(model),
            export::explain::end(model, *ending)
        ),
        Enough::Unknown => "Whether that is enough was not settled.".to_owned(),
    }
}

/// The race with one protection more.
struct Variant {
    knob: String,
    value: String,
    model: Model,
}

fn variants(race: &Race, settings: &Settings) -> Vec<Variant> {
    let mut variants = Vec::new();
    for (number, knob) in race.knobs.iter().enumerate() {
        if knob.values[settings.get(number)].protects {
            continue;
        }
        for value in knob.values.iter().filter(|it| it.protects) {
            let mut with = settings.clone();
            if with.set(race, &knob.name, &value.name).is_ok()
                && let Ok(model) = race.compile(&with)
            {
                variants.push(Variant {
                    knob: knob.name.clone(),
                    value: value.name.clone(),
                    model,
                });
            }
        }
    }
    variants
}

/// What can happen in a variant.
struct Found<'a> {
    model: &'a Model,
    graph: racewalk_engine::explore::Graph,
    answer: Answer,
}

impl<'a> Found<'a> {
    fn new(model: &'a Model) -> Self {
        let graph = explore(model, LIMITS);
        let answer = answer(model, &graph);
        Self { model, graph, answer }
    }

    fn effect(&self, variant: &Variant, model: &Model, window: &Window) -> Effect {
        let kinds = failures(&self.answer);
        let mut kinds = kinds.iter().map(|it| export::explain::end(self.model, *it));
        let remains = kinds.any(|it| window.kind == ANY || it == window.kind);
        let orders: Vec<Option<[StepId; 2]>> = (window.orders.iter())
            .map(|it| Some([self.step(model, it.first)?, self.step(model, it.then)?]))
            .collect();
        let known: Vec<(usize, [StepId; 2])> =
            orders.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?))).collect();
        Effect {
            knob: variant.knob.clone(),
            value: variant.value.clone(),
            safe: match self.answer.verdict {
                Verdict::Safe => Some(true),
                Verdict::Violated => Some(false),
                Verdict::Incomplete => None,
            },
            prevents: if remains { Vec::new() } else { self.prevented(model, window, &known) },
            remains,
            gone: (0..orders.len()).filter(|&it| orders[it].is_none()).collect(),
        }
    }

    /// The same line in the variant: of the same actor, and with the same key.
    fn step(&self, model: &Model, line: Line) -> Option<StepId> {
        let step = &model.steps[usize::from(line.step)];
        let actor = &model.actors[step.actor.index()].name;
        let same = |it: &racewalk_engine::model::Step| {
            it.key == step.key && self.model.actors[it.actor.index()].name == *actor
        };
        self.model.steps.iter().position(same).map(|it| StepId(it as u16))
    }

    fn prevented(
        &self,
        model: &Model,
        window: &Window,
        orders: &[(usize, [StepId; 2])],
    ) -> Vec<usize> {
        let Ok(transitions) = Transitions::new(self.model, &self.graph) else { return Vec::new() };
        let also = window.also.iter().map(|&step| Line { step, time: Time::Only });
        let also: Vec<StepId> = also.filter_map(|it| self.step(model, it)).collect();
        let possible = |which: &[(usize, [StepId; 2])]| {
            let kept: Vec<_> = which.iter().map(|it| (it.1, window.orders[it.0].comes)).collect();
            let also = if which.len() == 1 { &[][..] } else { &also };
            self.is_possible(&transitions, &kept, also)
        };
        let alone: Vec<usize> =
            orders.iter().filter(|it| possible(&[**it]) == Some(false)).map(|it| it.0).collect();
        if !alone.is_empty() || possible(orders) != Some(false) {
            return alone;
        }
        let without = |it: usize| {
            let rest: Vec<_> = orders.iter().filter(|other| other.0 != it).copied().collect();
            possible(&rest) == Some(true)
        };
        orders.iter().map(|it| it.0).filter(|&it| without(it)).collect()
    }

    /// Whether some schedule has all these orders, and these lines; `None`: that is not known.
    fn is_possible(
        &self,
        transitions: &Transitions,
        orders: &[([StepId; 2], Comes)],
        also: &[StepId],
    ) -> Option<bool> {
        let mut lines: Vec<StepId> = also.to_vec();
        let mut before: Vec<[StepId; 2]> = Vec::new();
        for ([first, then], comes) in orders {
            lines.push(*first);
            if *comes != Comes::Never {
                lines.push(*then);
                before.push([*first, *then]);
            }
        }
        lines.sort_unstable();
        lines.dedup();
        let mut budget = MOST_LINES_UP;
        let mut found = Some(false);
        line_up(&lines, &before, &mut Vec::new(), &mut |line_up: &[StepId]| {
            if found == Some(true) {
                return false;
            }
            budget -= 1;
            let takes = |&step: &StepId| Happening::Takes { step, outcome: None, to: None };
            let wanted: Vec<Happening> = line_up.iter().map(takes).collect();
            match find(self.model, &self.graph, transitions, &wanted) {
                Ok(Some(_)) => found = Some(true),
                Ok(None) if budget > 0 => {}
                Ok(None) | Err(_) => found = None,
            }
            found == Some(false)
        });
        found
    }
}

/// Tells every order of the lines that keeps to these pairs, until it is told to stop; whether to go on.
fn line_up(
    lines: &[StepId],
    before: &[[StepId; 2]],
    so_far: &mut Vec<StepId>,
    tell: &mut impl FnMut(&[StepId]) -> bool,
) -> bool {
    if so_far.len() == lines.len() {
        return tell(so_far);
    }
    for &line in lines {
        let ready = !so_far.contains(&line)
            && before.iter().all(|it| it[1] != line || so_far.contains(&it[0]));
        if ready {
            so_far.push(line);
            let go_on = line_up(lines, before, so_far, tell);
            so_far.pop();
            if !go_on {
                return false;
            }
        }
    }
    true
}
