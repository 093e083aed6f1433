//! The reduced search against the whole one, on random races, on races whose numbers are known and on the library's. Imports the test builder, the random races and the engine.

use std::collections::BTreeMap;

use proptest::prelude::*;
use racewalk_engine::explore::{Answer, Limits, Reduced, Verdict, answer, explore, reduced};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;
use racewalk_engine::trace::Trace;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::oracle::Over;
use crate::{laws, random, samples};

/// What a reduction must not change: the verdict, and each end with its shortest length.
fn essence(model: &Model, answer: &Answer) -> (Verdict, BTreeMap<Over, usize>) {
    let ends = laws::ends(model, answer);
    (answer.verdict, ends.into_iter().map(|(over, it)| (over, it.len())).collect())
}

/// Both searches come to the same, and every schedule of the reduced one replays. Returns how many states each
/// looked at.
fn agree(model: &Model) -> (usize, usize) {
    let whole = answer(model, &explore(model, Limits::default()));
    let Reduced { answer: few, shortest, .. } = reduced(model, Limits::default());
    assert!(shortest);
    assert_eq!(essence(model, &few), essence(model, &whole));
    assert_eq!((&few.schedules, &few.bad_schedules, few.stopped), (&None, &None, None));
    assert!(few.states <= whole.states);
    for (over, schedule) in laws::ends(model, &few) {
        laws::replays(model, &schedule, &over);
    }
    (few.states, whole.states)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..Default::default() })]

    #[test]
    fn races_without_loops_come_to_the_same(race in random::race(false)) {
        agree(&race.model());
    }

    #[test]
    fn races_with_loops_come_to_the_same(race in random::race(true)) {
        agree(&race.model());
    }

    #[test]
    fn races_of_twins_come_to_the_same(race in random::twins(false)) {
        agree(&race.model());
    }

    #[test]
    fn races_of_looping_twins_come_to_the_same(race in random::twins(true)) {
        agree(&race.model());
    }

    /// A limit never makes a verdict of what is not known, and what is told then is so.
    #[test]
    fn a_stopped_search_is_incomplete(race in random::race(true), max_states in 1usize..40) {
        let model = race.model();
        let Reduced { answer: few, shortest, .. } =
            reduced(&model, Limits { max_states, ..Limits::default() });
        prop_assert!(few.states <= max_states);
        let whole = answer(&model, &explore(&model, Limits::default()));
        let known = laws::ends(&model, &whole);
        for (over, schedule) in laws::ends(&model, &few) {
            laws::replays(&model, &schedule, &over);
            prop_assert!(known[&over].len() <= schedule.len());
            prop_assert!(!shortest || known[&over].len() == schedule.len());
        }
        match few.stopped {
            Some(_) => prop_assert_eq!(few.verdict, Verdict::Incomplete),
            None => prop_assert_eq!(few.verdict, whole.verdict),
        }
    }
}

#[test]
fn known_races_come_to_the_same() {
    let races = [
        samples::counters(4, 7),
        samples::peterson(false),
        samples::peterson(true),
        samples::two_locks(),
        samples::pinned(false),
        samples::pinned(true),
        samples::philosophers(5),
        samples::filter(3),
    ];
    for race in races {
        agree(&race.model());
    }
}

/// Steps that never meet are taken in one order only.
#[test]
fn what_is_independent_costs_a_line() {
    let model = samples::counters(40, 30).model();
    assert_eq!(agree(&model), (71, 41 * 31));
}

/// Under every preset, with one walker and with two.
#[test]
fn the_librarys_races_come_to_the_same() {
    for it in library::races() {
        let race = Race::load(it.text).expect("a race of the library");
        for preset in &race.presets {
            for walkers in ["1", "2"] {
                let mut settings = race.preset(preset);
                if settings.set(&race, "walkers", walkers).is_err() && walkers != "1" {
                    continue;
                }
                agree(&race.compile(&settings).expect("a race of the library"));
            }
        }
    }
}

/// Three walkers alike are one walker in as many places.
#[test]
fn instances_that_are_alike_are_exchanged() {
    for id in ["reclaim", "memunmap", "ram-unplug"] {
        let race = Race::load(library::race(id).expect("the library has it")).expect("a race");
        let mut settings = race.settings();
        settings.set(&race, "walkers", "3").expect("a value of the knob");
        let (few, all) = agree(&race.compile(&settings).expect("a race of the library"));
        assert!(few * 4 < all, "{id}: {few} of {all}");
    }
}

/// Every renaming of an end is told: who waits is part of what it is.
#[test]
fn each_instance_that_waits_is_told() {
    let text = "race small \"Three and two seats\"\n\nmemory\n  seats: 0..2 = 2\n\n\
        actor guest \"guest()\" letters a b c times 3\n  \
        G1: atomic wait until seats > 0    `sit`\n      waiting \"for a seat\"\n      \
        \"It sits down for good.\"\n      seats -= 1\n";
    let text =
        text.replace("`sit`\n      waiting \"for a seat\"", "waiting \"for a seat\"\n      `sit`");
    let race = Race::load(&text).unwrap_or_else(|it| panic!("{it}"));
    let model = race.compile(&race.settings()).expect("a model");
    let (few, all) = agree(&model);
    assert_eq!((few, all), (3, 7));
    let Reduced { answer, .. } = reduced(&model, Limits::default());
    let codes: Vec<String> = answer.deadlocks.iter().map(|it| it.schedule.code(&model)).collect();
    assert_eq!(codes.len(), 3);
}

/// The last of the actors silences the environment: it is not left out that the environment comes first.
#[test]
fn the_environment_is_not_cut_off() {
    use crate::build::{S, line, val};
    let mut race = crate::build::Race { kinds: 2, ..Default::default() };
    race.cell(0, 1);
    race.lane('a', vec![line(vec![])]);
    race.lane('e', vec![line(vec![S::Check(val(0), 1)])]);
    race.lanes[1].environment = true;
    let model = race.model();
    agree(&model);
    let found = reduced(&model, Limits::default()).answer.violations;
    assert_eq!(found.len(), 1);
    let trace = Trace::replay(&model, &found[0].schedule);
    assert!(matches!(trace.last().ending, Some(Ending::Violated(_))));
    let expected: &Schedule = &found[0].schedule;
    assert_eq!(expected.code(&model), "e");
}
