//! Whatever the text: no panic on the whole way from it to what leaves the house, every span lies in it,
//! every mistake can be shown, and what is claimed holds.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use racewalk_engine::explore::{Budget, Limits, Progress, Search, answer};
use racewalk_engine::export::{self, json};
use racewalk_engine::model::Model;
use racewalk_engine::picture::{self, Layout, Places};
use racewalk_engine::race::{Race, Report, Settings};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;
use racewalk_engine::syntax::diagnostic::{Diagnostic, Sources};
use racewalk_engine::syntax::parse;
use racewalk_engine::syntax::render::render;
use racewalk_engine::syntax::span::FileId;
use racewalk_engine::trace::Trace;
use racewalk_engine::view::{Frame, Stage};
use racewalk_engine::{import, library};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::slips::{PIECES, Slip, apply, races, slip, small_slip};

static RACES: LazyLock<Vec<String>> = LazyLock::new(races);
/// Preludes too: whoever writes one may slip as well.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let preludes = library::preludes().iter().map(|it| it.text.to_owned());
    RACES.iter().cloned().chain(preludes).collect()
});

/// A text is read: every span lies in it, and every mistake can be shown.
fn is_read(text: &str) -> Result<(), TestCaseError> {
    let parsed = parse(text, FileId(0));
    let mut sources = Sources::new();
    sources.add("test.race", text);
    are_shown(&sources, &parsed.diagnostics)?;
    // In the alternate form each span is two lines of their own.
    let tree = format!("{:#?}", parsed.file);
    let mut start = 0;
    for line in tree.lines().map(str::trim) {
        let number = |name: &str| line.strip_prefix(name)?.strip_suffix(',')?.parse::<usize>().ok();
        if let Some(found) = number("start: ") {
            start = found;
        } else if let Some(end) = number("end: ") {
            prop_assert!(lies_in(text, start, end), "{start}..{end}");
        }
    }
    Ok(())
}

fn lies_in(text: &str, start: usize, end: usize) -> bool {
    start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
}

fn are_shown(sources: &Sources, diagnostics: &[Diagnostic]) -> Result<(), TestCaseError> {
    for diagnostic in diagnostics {
        for (span, _) in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
            let text = sources.text(span.file);
            prop_assert!(lies_in(text, span.start as usize, span.end as usize), "{diagnostic:?}");
        }
        prop_assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
    }
    prop_assert_eq!(render(sources, diagnostics).is_empty(), diagnostics.is_empty());
    Ok(())
}

/// A mistake that is found while reading says what to do, or what is meant.
fn is_of_use(text: &str) -> Result<(), TestCaseError> {
    for diagnostic in parse(text, FileId(0)).diagnostics {
        prop_assert!(diagnostic.help.is_some() || !diagnostic.primary.1.is_empty());
    }
    Ok(())
}

/// A text is loaded, compiled under some choice of knobs, explored for a while, and what was found is
/// replayed, drawn and exported; whether it came so far.
fn goes_all_the_way(text: &str, choice: &[Index]) -> Result<bool, TestCaseError> {
    let race = match Race::load(text) {
        Ok(race) => race,
        Err(report) => return is_told(&report),
    };
    let mut settings = race.settings();
    for (knob, value) in race.knobs.iter().zip(choice) {
        let value = &knob.values[value.index(knob.values.len())].name;
        prop_assert!(settings.set(&race, &knob.name, value).is_ok());
    }
    let model = match race.compile(&settings) {
        Ok(model) => model,
        Err(report) => return is_told(&report),
    };
    prop_assert_eq!(model.hash().len(), 16);
    let mut search = Search::new(&model, Limits { max_states: 300, max_bytes: 1 << 24 });
    while let Progress::More(_) = search.advance(Budget(1000)) {}
    let answer = answer(&model, &search.finish());
    let none = Schedule::default();
    let violated = answer.violations.iter();
    let violated = violated.map(|it| (&it.schedule, Some(Ending::Violated(it.violation))));
    let deadlocks = answer.deadlocks.iter().map(|it| (&it.schedule, Some(Ending::Deadlock)));
    let held_off = answer.held_off.iter().map(|it| (&it.schedule, Some(Ending::HeldOff)));
    let start = std::iter::once((&none, None));
    for (schedule, end) in start.chain(violated).chain(deadlocks).chain(held_off) {
        leaves_the_house(&race, &settings, &model, schedule, end)?;
    }
    prop_assert!(!json::Check::new(&race, &settings, &model, &answer).model.is_empty());
    // Either may refuse.
    let _ = export::promela(&race, &settings, &model);
    let _ = export::tla(&race, &settings, &model);
    Ok(true)
}

fn is_told(report: &Report) -> Result<bool, TestCaseError> {
    are_shown(&report.sources, &report.diagnostics)?;
    prop_assert!(!report.diagnostics.is_empty() && !report.to_string().is_empty());
    Ok(false)
}

fn leaves_the_house(
    race: &Race,
    settings: &Settings,
    model: &Model,
    schedule: &Schedule,
    end: Option<Ending>,
) -> Result<(), TestCaseError> {
    let code = schedule.code(model);
    prop_assert!(Schedule::parse(&code, model).is_ok_and(|it| it == *schedule), "{code}");
    let trace = Trace::replay(model, schedule);
    prop_assert!(trace.stopped.is_none(), "{code}");
    if end.is_some() {
        prop_assert_eq!(trace.last().ending, end, "{}", code);
    }
    let stage = Stage::of(model);
    let frame = Frame::at(model, &trace, trace.steps.len());
    for layout in [Layout::Wide, Layout::Tall] {
        let picture = picture::draw(&stage, &frame, &Places::of(&stage, layout));
        prop_assert!(!picture.groups.is_empty());
    }
    let at = [0, trace.steps.len()];
    let theme = export::Theme::Auto;
    for svg in [
        export::svg(race, settings, model, &trace, &at, theme),
        export::animation(race, settings, model, &trace, at[1], theme),
    ] {
        let parsed = roxmltree::Document::parse(&svg);
        prop_assert!(parsed.is_ok(), "{parsed:?}\n{svg}");
    }
    prop_assert!(export::mermaid(race, settings, model, &trace).starts_with("sequenceDiagram\n"));
    let table = export::table(race, settings, model, &trace);
    let read = import::table(race, &table);
    let read = read.map_err(|report| TestCaseError::fail(report.to_string()))?;
    // Names and labels may be anything here, so a table need not be read back whole.
    let again = race.compile(&read.settings);
    let again = again.map_err(|report| TestCaseError::fail(report.to_string()))?;
    prop_assert!(Trace::replay(&again, &read.schedule).stopped.is_none());
    Ok(())
}

fn slipped(text: &str, slips: &[Slip]) -> String {
    let mut text = text.to_owned();
    for slip in slips {
        apply(&mut text, slip);
    }
    text
}

fn choice() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 16)
}

#[test]
fn empty_and_odd_texts() {
    for text in [
        "",
        "\n",
        "\u{feff}",
        "\u{feff}\r\n",
        "\0",
        "\"",
        "`",
        "'",
        "@",
        "#",
        "\\",
        "\"\\",
        "ä",
        "  ä",
        "-",
        "é́",
    ] {
        is_read(text).expect(text);
        is_read(&format!("race r \"R\"\nroutine f()\n  {text}")).expect(text);
    }
}

/// Otherwise the slips below would start from texts that nobody can read.
#[test]
fn without_a_slip_every_race_goes_all_the_way() {
    for text in RACES.iter() {
        assert!(goes_all_the_way(text, &[]).expect("what is claimed holds"), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text(text in "(?s).{0,200}") {
        is_read(&text)?;
        is_of_use(&text)?;
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(select(&PIECES[..]), 0..80), joint in select(&[" ", ""][..])) {
        let text = pieces.join(joint);
        is_read(&text)?;
        is_of_use(&text)?;
    }

    #[test]
    fn a_text_with_slips(text in select(&**TEXTS), slips in prop::collection::vec(slip(), 1..8)) {
        let text = slipped(&text, &slips);
        is_read(&text)?;
        is_of_use(&text)?;
    }

    #[test]
    fn a_race_with_slips(text in select(&**RACES), slips in prop::collection::vec(slip(), 1..4), choice in choice()) {
        goes_all_the_way(&slipped(&text, &slips), &choice)?;
    }

    #[test]
    fn a_race_with_small_slips(text in select(&**RACES), slips in prop::collection::vec(small_slip(), 0..4), choice in choice()) {
        goes_all_the_way(&slipped(&text, &slips), &choice)?;
    }
}
