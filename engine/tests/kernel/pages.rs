//! Two pages in one batch and one walk: what a second page changes, and that it is nothing that can break.

use std::collections::BTreeMap;

use racewalk_engine::explore::{Limits, answer, explore};
use racewalk_engine::ids::CellId;
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings, Sweep};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;
use racewalk_engine::view::Frame;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn reclaim() -> Race {
    Race::load(library::race("reclaim").expect("the library has it")).expect("it is a race")
}

fn compile(race: &Race, settings: &Settings, pages: &str) -> Model {
    let mut settings = settings.clone();
    settings.set(race, "pages", pages).expect("as many pages");
    race.compile(&settings).expect("it compiles")
}

/// Kinds of violation, and how many steps the shortest schedule of each has.
fn kinds(model: &Model) -> BTreeMap<String, usize> {
    let answer = answer(model, &explore(model, Limits::default()));
    let found = answer.violations.iter();
    found
        .map(|it| (model.violations[it.violation.index()].name.clone(), it.schedule.len()))
        .collect()
}

/// Under every choice of the other knobs; a longer batch takes longer to come to the same.
#[test]
fn a_second_page_breaks_what_one_breaks() {
    let race = reclaim();
    let mut failing = 0;
    for settings in Sweep::new(&race, race.settings(), |_| true) {
        let one = kinds(&compile(&race, &settings, "1"));
        let two = kinds(&compile(&race, &settings, "2"));
        let names = |it: &BTreeMap<String, usize>| it.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&one), names(&two), "{settings:?}");
        assert!(one.iter().all(|(kind, steps)| two[kind] > *steps), "{one:?}, {two:?}");
        failing += usize::from(!one.is_empty());
    }
    assert!(failing > 0);
}

#[track_caller]
fn replay(model: &Model, schedule: &str) -> Trace {
    let schedule = Schedule::parse(schedule, model).expect("its letters");
    let trace = Trace::replay(model, &schedule);
    assert_eq!(trace.stopped, None);
    trace
}

#[track_caller]
fn value(model: &Model, trace: &Trace, cell: &str) -> i32 {
    let number = model.cells.iter().position(|it| it.name == cell);
    let number = number.unwrap_or_else(|| panic!("there is no cell {cell}"));
    trace.last().read(model, CellId(number as u16))
}

#[test]
fn a_walk_over_two_pages_pins_both_in_one_section() {
    let race = reclaim();
    let model = compile(&race, &race.settings(), "2");
    let before = "w".repeat(1 + 2 * 5);
    let trace = replay(&model, &before);
    assert_eq!([4, 5].map(|it| value(&model, &trace, &format!("page[{it}].refcount"))), [2, 2]);
    assert_eq!(
        [0, 1].map(|it| value(&model, &trace, &format!("walker.pinned_pages[{it}]"))),
        [4, 5]
    );
    // It turns interrupts on, and drops both pins.
    let trace = replay(&model, &format!("{before}www"));
    assert_eq!([4, 5].map(|it| value(&model, &trace, &format!("page[{it}].refcount"))), [1, 1]);
    assert_eq!(trace.last().ending, None);
    let key = model.steps[model.actors[0].steps.end as usize - 1].key.clone();
    assert_eq!(key, "W11'");
}

/// The first pin stays when the second PTE is gone: the walk is a page short, and drops what it has.
#[test]
fn a_walk_that_finds_the_second_pte_gone_keeps_the_first_pin() {
    let race = reclaim();
    let model = compile(&race, &race.settings(), "2");
    // Both PTEs are cleared once the first page is pinned; the walker looks at the second, and leaves.
    let trace = replay(&model, "w6m2w2");
    assert_eq!([4, 5].map(|it| value(&model, &trace, &format!("page[{it}].refcount"))), [2, 1]);
    let trace = replay(&model, "w6m2w3");
    assert_eq!([4, 5].map(|it| value(&model, &trace, &format!("page[{it}].refcount"))), [1, 1]);
}

/// One flush for both: nobody drops a reference before each walker that might have seen either PTE has left.
#[test]
fn the_flush_of_a_batch_waits_for_a_walk_over_either_page() {
    let race = reclaim();
    let model = compile(&race, &race.settings(), "2");
    let (sent, answered) = ("w6m3", "w6m4");
    assert_eq!(replay(&model, sent).last().ending, None);
    let schedule = Schedule::parse(answered, &model).expect("its letters");
    assert!(Trace::replay(&model, &schedule).stopped.is_some(), "the flush did not wait");
}

/// What a register copied is what it named when it did; nothing that happens to the other PTE makes the copy stale.
#[test]
fn a_copy_is_stale_once_its_own_pte_has_changed() {
    let race = reclaim();
    let model = compile(&race, &race.settings(), "2");
    let entry = model.cells.iter().position(|it| it.name == "walker.entry").expect("a register");
    // The second PTE is loaded; one PTE after the other is cleared.
    let trace = replay(&model, "w7m2");
    let stale = |at: usize| {
        let frame = Frame::at(&model, &trace, at);
        frame.cells[entry].pointer.as_ref().map(|it| it.stale.is_some())
    };
    assert_eq!([7, 8, 9].map(stale), [Some(false), Some(false), Some(true)]);
}
