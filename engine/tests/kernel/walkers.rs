//! Several walkers at once: who they are, and that one more makes nothing less possible.

use std::collections::BTreeSet;

use racewalk_engine::explore::{Limits, answer, explore};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::schedule::Schedule;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const RACES: [&str; 3] = ["reclaim", "memunmap", "ram-unplug"];

fn race(id: &str) -> Race {
    Race::load(library::race(id).expect("the library has it")).expect("it is a race")
}

fn compile(race: &Race, settings: &Settings, walkers: &str) -> Model {
    let mut settings = settings.clone();
    settings.set(race, "walkers", walkers).expect("as many walkers");
    race.compile(&settings).expect("it compiles")
}

/// Kinds of violation, and how many steps the shortest schedule of each has.
fn kinds(model: &Model) -> BTreeSet<(String, usize)> {
    let answer = answer(model, &explore(model, Limits::default()));
    let kind = |it: &racewalk_engine::explore::Found| {
        (model.violations[it.violation.index()].name.clone(), it.schedule.len())
    };
    answer.violations.iter().map(kind).collect()
}

#[test]
fn each_walker_has_a_letter_and_a_cpu_of_its_own() {
    for id in RACES {
        let race = race(id);
        let model = compile(&race, &race.settings(), "4");
        let walkers: String = model.actors[..4].iter().map(|it| it.letter).collect();
        assert_eq!(walkers, "wvut");
        let cpus: Vec<u8> = model.actors.iter().filter_map(|it| it.cpu).collect();
        assert_eq!(cpus.iter().collect::<BTreeSet<_>>().len(), cpus.len(), "{id}");
    }
}

/// What one walker can break, one of two breaks as soon: the other need not move.
#[test]
fn two_walkers_break_what_one_breaks_and_as_soon() {
    for id in RACES {
        let race = race(id);
        for preset in &race.presets {
            let settings = race.preset(preset);
            let one = kinds(&compile(&race, &settings, "1"));
            let two = kinds(&compile(&race, &settings, "2"));
            assert!(one.is_subset(&two), "{id}, {}", preset.title);
        }
    }
}

/// The counterexample that links name, whoever else walks.
#[test]
fn a_schedule_of_one_walker_is_one_of_several() {
    let race = race("memunmap");
    let mut settings = race.settings();
    settings.set(&race, "kill_gp", "off").expect("a value of the knob");
    for walkers in ["1", "2", "3", "4"] {
        let model = compile(&race, &settings, walkers);
        let schedule = Schedule::parse("w2m3h7w", &model).expect("its letters");
        let trace = racewalk_engine::trace::Trace::replay(&model, &schedule);
        assert_eq!(trace.stopped, None);
        let ending = trace.last().ending;
        let Some(racewalk_engine::state::Ending::Violated(kind)) = ending else {
            panic!("it breaks nothing with {walkers} walkers");
        };
        assert_eq!(model.violations[kind.index()].name, "uaf-read");
    }
}
