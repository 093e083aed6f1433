//! Every claim of the guided tour is asked of the engine.

use racewalk_engine::explore::{Limits, answer, explore};
use racewalk_engine::library;
use racewalk_engine::model::{Mark, Model};
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::tour::{Beat, That, claims, tour};
use racewalk_engine::trace::Trace;
use racewalk_engine::view::{ActorState, Ending, Frame};
use racewalk_engine::{evidence, export};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn beats() -> Vec<Beat> {
    tour().expect("the tour can be understood")
}

/// The race of a beat under its knobs and some more.
fn compiled(beat: &Beat, with: &[(String, String)]) -> Model {
    let text = library::race(&beat.race).unwrap_or_else(|| panic!("no race {}", beat.race));
    let race = Race::load(text).expect("it loads");
    let mut settings = race.settings();
    for (knob, value) in beat.settings.iter().chain(with) {
        settings.set(&race, knob, value).unwrap_or_else(|error| panic!("{}: {error}", beat.title));
    }
    race.compile(&settings).expect("it compiles")
}

/// The kinds of violation that some run ends with.
fn kinds(model: &Model) -> Vec<String> {
    let answer = answer(model, &explore(model, Limits::default()));
    assert!(answer.deadlocks.is_empty());
    let name =
        |it: &racewalk_engine::explore::Found| model.violations[it.violation.index()].name.clone();
    answer.violations.iter().map(name).collect()
}

fn holds(beat: &Beat, that: &That, with: &[(String, String)]) -> bool {
    let model = compiled(beat, with);
    let trace = |model: &Model| {
        let schedule = Schedule::parse(&beat.schedule, model).expect("a schedule");
        Trace::replay(model, &schedule)
    };
    match that {
        That::Safe => kinds(&model).is_empty(),
        That::Can(kind) => kinds(&model).contains(kind),
        That::Never(kind) => {
            assert!(model.violations.iter().any(|it| it.name == *kind), "{kind} is a violation");
            !kinds(&model).contains(kind)
        }
        That::Ends(expected) => {
            let trace = trace(&model);
            let frame = Frame::at(&model, &trace, trace.steps.len());
            matches!(frame.ending, Some(Ending::Violated { kind, .. }) if kind == *expected)
        }
        That::Waits(actor) => {
            let frame = Frame::at(&model, &trace(&model), beat.at);
            let number = model.actors.iter().position(|it| it.name == *actor).expect("an actor");
            matches!(frame.actors[number].state, ActorState::Waits { .. })
        }
    }
}

#[test]
fn every_claim_holds() {
    let (beats, claims) = (beats(), claims().expect("the claims can be understood"));
    assert_eq!(beats.len(), claims.len());
    for (beat, (title, claims)) in beats.iter().zip(&claims) {
        assert_eq!(beat.title, *title);
        assert!(!claims.is_empty(), "{title} claims something");
        for claim in claims {
            assert!(holds(beat, &claim.that, &claim.with), "{title}: {claim:?}");
        }
    }
}

#[test]
fn every_beat_can_be_played() {
    for beat in beats() {
        let model = compiled(&beat, &[]);
        let schedule = Schedule::parse(&beat.schedule, &model)
            .unwrap_or_else(|error| panic!("{}: {error}", beat.title));
        let trace = Trace::replay(&model, &schedule);
        assert_eq!(export::impossible(&model, &trace), None, "{}", beat.title);
        assert!(beat.at <= trace.steps.len(), "{}: at {}", beat.title, beat.at);
        assert!(!beat.text.is_empty(), "{} has a text", beat.title);
        assert!(
            beat.marks.iter().all(|it| Mark::of(it).is_some()),
            "{}: {:?}",
            beat.title,
            beat.marks
        );
        if let Some(trace) = &beat.trace {
            let read = evidence::readings().expect("readings");
            assert!(read.iter().any(|it| it.trace == *trace && it.race == beat.race), "{trace}");
            assert!(beat.marks.iter().any(|it| it == "observed"), "{}", beat.title);
        }
    }
}

#[test]
fn the_tour_visits_every_race() {
    let beats = beats();
    for race in library::races() {
        assert!(beats.iter().any(|it| it.race == race.id), "{}", race.id);
    }
}
