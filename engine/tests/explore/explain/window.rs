//! The window: everything that all schedules of a kind share follows from it, nothing in it is needless, and it is enough exactly where it is said to be.

use std::collections::BTreeSet;

use proptest::prelude::*;
use racewalk_engine::explain::{Comes, Count, Enough, Event, Order, Time, Window, window};
use racewalk_engine::explore::Limits;
use racewalk_engine::ids::StepId;
use racewalk_engine::model::Model;
use racewalk_engine::state::Ending;
use racewalk_engine::trace::Trace;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Known, ending, lines};
use crate::build::{S, line};
use crate::oracle::{self, Over, Stepped};
use crate::{build, random, samples};

/// Where a schedule has an event, if it does.
fn at(steps: &[StepId], event: Event) -> Option<usize> {
    match event.time {
        Time::Last => steps.iter().rposition(|it| *it == event.step),
        _ => steps.iter().position(|it| *it == event.step),
    }
}

/// Whether `first` happens, and `then` not before it.
fn precedes(steps: &[StepId], first: Event, then: Event) -> bool {
    at(steps, first).is_some_and(|a| at(steps, then).is_none_or(|b| a < b))
}

/// Whether there is no `then` without `first` before it.
fn is_forced(steps: &[StepId], first: Event, then: Event) -> bool {
    at(steps, then).is_none_or(|b| at(steps, first).is_some_and(|a| a < b))
}

fn keeps(window: &Window, steps: &[StepId]) -> bool {
    window.orders.iter().all(|it| {
        precedes(steps, it.first, it.then)
            && (it.comes != Comes::Always || at(steps, it.then).is_some())
    }) && window.also.iter().all(|it| steps.contains(it))
}

/// By definition, over all runs: the events, what is forced, what the runs of a kind share.
struct Naive {
    events: Vec<Event>,
    actors: Vec<u8>,
    /// In all runs, or so in all runs and a link from a step that those of the kind take.
    forced: Vec<Vec<bool>>,
    shared: Vec<Vec<bool>>,
    taken: BTreeSet<StepId>,
}

impl Naive {
    fn new(model: &Model, all: &[Vec<StepId>], kind: &[&Vec<StepId>]) -> Self {
        let taken: BTreeSet<StepId> = all.iter().flatten().copied().collect();
        let twice =
            |step: StepId| all.iter().any(|run| run.iter().filter(|it| **it == step).count() > 1);
        let times =
            |step| if twice(step) { vec![Time::First, Time::Last] } else { vec![Time::Only] };
        let events: Vec<Event> = taken
            .iter()
            .flat_map(|&step| times(step).into_iter().map(move |time| Event { step, time }))
            .collect();
        let actors: Vec<u8> =
            events.iter().map(|it| model.steps[it.step.index()].actor.0).collect();
        let table = |f: &dyn Fn(usize, usize) -> bool| -> Vec<Vec<bool>> {
            let row = |a: usize| (0..events.len()).map(|b| a != b && f(a, b)).collect();
            (0..events.len()).map(row).collect()
        };
        let always = |step: &StepId| kind.iter().all(|it| it.contains(step));
        let never = |a, b| all.iter().all(|it| at(it, a).is_none() || precedes(it, a, b));
        let forced = table(&|a, b| {
            let (a, b) = (events[a], events[b]);
            all.iter().all(|it| is_forced(it, a, b)) || (always(&a.step) && never(a, b))
        });
        let shared = table(&|a, b| {
            actors[a] != actors[b] && kind.iter().all(|it| precedes(it, events[a], events[b]))
        });
        let taken = taken.iter().filter(|it| always(it)).copied().collect();
        Self { events, actors, forced, shared, taken }
    }

    /// What follows from orders and from what is forced.
    fn closure(&self, orders: &[Order]) -> Vec<Vec<bool>> {
        let mut follows = self.forced.clone();
        let number = |it: Event| self.events.iter().position(|of| *of == it).expect("an event");
        for it in orders {
            follows[number(it.first)][number(it.then)] = true;
        }
        for middle in 0..follows.len() {
            for a in 0..follows.len() {
                for b in 0..follows.len() {
                    follows[a][b] |= follows[a][middle] && follows[middle][b];
                }
            }
        }
        follows
    }
}

fn is_right(known: &Known, runs: &[(Vec<Stepped>, Over)], goal: Ending) {
    let model = &known.model;
    let all: Vec<Vec<StepId>> = runs.iter().map(|it| lines(model, &it.0)).collect();
    let is_kind = |it: &usize| ending(&runs[*it].1) == goal;
    let kind: Vec<&Vec<StepId>> = (0..runs.len()).filter(is_kind).map(|it| &all[it]).collect();
    let found = window(model, &known.transitions, &[goal]).expect("a whole graph");
    assert_eq!(found.is_some(), !kind.is_empty());
    let Some(found) = found else { return };
    let naive = Naive::new(model, &all, &kind);
    // Everything that they share holds in whatever run keeps to the window.
    for run in all.iter().filter(|it| keeps(&found, it)) {
        assert!(naive.taken.iter().all(|it| run.contains(it)));
        for (a, row) in naive.shared.iter().enumerate() {
            for (b, shared) in row.iter().enumerate() {
                assert!(!shared || precedes(run, naive.events[a], naive.events[b]));
            }
        }
    }
    for (at, it) in found.orders.iter().enumerate() {
        let number = |it: Event| naive.events.iter().position(|of| *of == it).expect("an event");
        let (a, b) = (number(it.first), number(it.then));
        assert!(naive.shared[a][b] && !naive.forced[a][b] && naive.actors[a] != naive.actors[b]);
        let comes = match kind.iter().filter(|run| run.contains(&it.then.step)).count() {
            0 => Comes::Never,
            some if some == kind.len() => Comes::Always,
            _ => Comes::Perhaps,
        };
        assert_eq!(it.comes, comes);
        let mut rest = found.clone();
        rest.orders.remove(at);
        assert!(!naive.closure(&rest.orders)[a][b], "needless: {it:?} of {:?}", found.orders);
        let says = |run: &Vec<StepId>| keeps(&rest, run) && !precedes(run, it.first, it.then);
        assert!(it.comes == Comes::Always || all.iter().any(says), "needless: {it:?}");
    }
    assert!(found.also.iter().all(|it| naive.taken.contains(it)));
    assert!(kind.iter().all(|it| keeps(&found, it)));
    for it in &kind {
        let turns = runs.iter().map(|it| &it.0).find(|run| lines(model, run) == **it);
        let course = known.course(&super::schedule(turns.expect("it is one of them")));
        assert!(
            found
                .orders
                .iter()
                .all(|order| { order.fixed_at(&course) == at(it, order.first).map(|it| it + 1) })
        );
    }
    let other = all.iter().enumerate().filter(|it| !is_kind(&it.0) && keeps(&found, it.1));
    let shortest = other.map(|it| it.1.len()).min();
    match &found.enough {
        Enough::Yes => assert_eq!(shortest, None),
        Enough::No { schedule, ending } => {
            assert_eq!(Some(schedule.len()), shortest);
            assert_ne!(*ending, goal);
            let trace = Trace::replay(model, schedule);
            assert_eq!(trace.last().ending, Some(*ending));
            assert!(keeps(&found, &trace.steps.iter().map(|it| it.step).collect::<Vec<_>>()));
        }
        Enough::Unknown => panic!("a small race"),
    }
}

/// Every kind of end of a race that has not too many schedules.
fn agrees(race: &build::Race) {
    let known = Known::of(race);
    let counts = known.counts.as_ref().expect("a whole graph");
    let few = matches!(counts.all(0), Count::Small(all) if *all <= 3000);
    if !few {
        return;
    }
    let runs = super::runs(race);
    let ends: BTreeSet<Ending> = runs.iter().map(|it| ending(&it.1)).collect();
    ends.into_iter().for_each(|it| is_right(&known, &runs, it));
}

/// Where loops make the schedules infinite: what is said holds in all short ones.
fn holds(race: &build::Race) {
    let known = Known::of(race);
    let runs = oracle::each_schedule(race, 9, 2000);
    let model = &known.model;
    let ends: BTreeSet<Ending> = runs.iter().map(|it| ending(&it.1)).collect();
    for goal in ends {
        let found = window(model, &known.transitions, &[goal]).expect("a whole graph");
        let found = found.expect("a schedule comes to it");
        for (steps, over) in &runs {
            let steps = lines(model, steps);
            if ending(over) == goal {
                assert!(keeps(&found, &steps));
            } else if keeps(&found, &steps) {
                assert_ne!(found.enough, Enough::Yes);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_window_is_what_all_schedules_share(race in random::race(false)) {
        agrees(&race);
    }

    #[test]
    fn lines_that_are_taken_again(race in random::race(true)) {
        agrees(&race);
        holds(&race);
    }
}

/// Words for a window: `a0<b1`, `a0:last<b1?` where the second step may follow, `!` where it never does, `+a2`.
fn told(model: &Model, found: &Window) -> String {
    let name = |it: StepId| {
        let step = &model.steps[it.index()];
        let actor = &model.actors[step.actor.index()];
        format!("{}{}", actor.letter, it.0 - actor.steps.start)
    };
    let event = |it: Event| match it.time {
        Time::Only => name(it.step),
        Time::First => format!("{}:first", name(it.step)),
        Time::Last => format!("{}:last", name(it.step)),
    };
    let order = |it: &Order| {
        let comes = match it.comes {
            Comes::Always => "",
            Comes::Perhaps => "?",
            Comes::Never => "!",
        };
        format!("{}<{}{comes}", event(it.first), event(it.then))
    };
    let mut words: Vec<String> = found.orders.iter().map(order).collect();
    words.extend(found.also.iter().map(|it| format!("+{}", name(*it))));
    words.push(match &found.enough {
        Enough::Yes => "enough".to_owned(),
        Enough::No { schedule, .. } => format!("but {}", schedule.code(model)),
        Enough::Unknown => "unknown".to_owned(),
    });
    words.join(" ")
}

#[track_caller]
fn check(race: &build::Race, goal: Ending, expected: &str) {
    let known = Known::of(race);
    let found = window(&known.model, &known.transitions, &[goal]).expect("a whole graph");
    assert_eq!(found.map(|it| told(&known.model, &it)), Some(expected.to_owned()));
}

#[test]
fn known_windows() {
    // Each takes its first lock before the other takes its second one.
    check(&samples::two_locks(), Ending::Deadlock, "a0<b1! b0<a1! enough");
    check(&samples::two_locks(), Ending::Complete, "+a3 +b3 enough");
}

/// Twice around, and the other one in between: first and last times are told apart.
#[test]
fn a_line_between_two_times_of_another() {
    let mut race = build::Race { kinds: 2, ..build::Race::default() };
    let round = race.cell(0, 2);
    let seen = race.cell(-1, 2);
    let up = build::bin(racewalk_engine::model::Binary::Add, build::E::Cell(round), build::val(1));
    let again = S::If(build::eq(build::E::Cell(round), build::val(1)), vec![S::Goto(0)], vec![]);
    let middle = build::E::Not(Box::new(build::eq(build::E::Cell(seen), build::val(1))));
    race.lane('a', vec![line(vec![S::Set(round, up), again]), line(vec![S::Check(middle, 1)])]);
    race.lane('b', vec![line(vec![S::Set(seen, build::E::Cell(round))])]);
    let kind = Ending::Violated(racewalk_engine::ids::ViolationId(1));
    check(&race, kind, "a0:first<b0 b0<a0:last +a1 enough");
}

/// What a limit has cut off could overturn it.
#[test]
fn no_window_of_a_part() {
    let limits = Limits { max_states: 9, ..Limits::default() };
    let part = Known::new(samples::two_locks().model(), limits);
    assert!(window(&part.model, &part.transitions, &[Ending::Deadlock]).is_err());
}
