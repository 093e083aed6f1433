//! Questions for a witness, as they are written.

use racewalk_engine::explain::{Happening, asked};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::state::Ending;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn model() -> Model {
    let race = Race::load(library::race("reclaim").expect("a race")).expect("a race");
    race.compile(&race.settings()).expect("it compiles")
}

/// What is asked, in a word for each part.
fn told(model: &Model, text: &str) -> String {
    let all = match asked(model, text) {
        Ok(all) => all,
        Err(error) => return format!("error: {error}"),
    };
    let word = |it: &Happening| match *it {
        Happening::Takes { step, outcome, to } => {
            let step = &model.steps[step.index()];
            let actor = &model.actors[step.actor.index()].name;
            format!("{actor} {} {outcome:?} {to:?}", step.key)
        }
        Happening::Ends(Ending::Violated(kind)) => model.violations[kind.index()].name.clone(),
        Happening::Ends(ending) => format!("{ending:?}"),
    };
    all.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[test]
fn questions() {
    let model = model();
    let check = |text, expected| assert_eq!(told(&model, text), expected);
    check("W6", "walker W6 None None");
    check("  W6   before M1 ", "walker W6 None None, unmap M1 None None");
    check("walker W6 to W10 before fault", "walker W6 None Some(8), fault");
    check("W10 to end before complete", "walker W10 None Some(10), Complete");
    check("M4.2 before deadlock", "unmap M4 Some(1) None, Deadlock");
    check("held off", "HeldOff");
    check("held-off", "HeldOff");
}

#[test]
fn questions_that_say_nothing() {
    let model = model();
    let check = |text, expected: &str| assert_eq!(told(&model, text), format!("error: {expected}"));
    check("", "something is missing: a line like `W6`, or an end like `deadlock`");
    check("W6 before", "something is missing: a line like `W6`, or an end like `deadlock`");
    check("W66", "there is no line, and no end, `W66`; did you mean `W6`?");
    check("unmap W6", "there is no line, and no end, `unmap W6`");
    check("W6 to W99", "there is no line, and no end, `W99`; did you mean `W9`?");
    check("M4.3", "`M4` can go 2 ways: write `M4.1` to `M4.2`");
    check("M4.0", "`M4` can go 2 ways: write `M4.1` to `M4.2`");
    check("deadlock before W6", "nothing comes after `deadlock`: the run is over");
}

#[test]
fn a_key_of_two_actors() {
    let text = "race r \"R\"\nmemory\n  c: 0..1 = 0\n\
                actor one \"one\" letters a b times 2\n  A1: c = 1    `c = 1`\n      \"It writes.\"\n";
    let race = Race::load(text).expect("a race");
    let model = race.compile(&race.settings()).expect("it compiles");
    assert_eq!(told(&model, "one 2 A1"), "one 2 A1 None None");
    let both = "error: several actors have a line `A1`: write `one 1 A1` or `one 2 A1`";
    assert_eq!(told(&model, "A1"), both);
}
