//! The traces of real kernels are runs that the races allow, and no others would do.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use racewalk_engine::evidence::{self, Mismatch, Reading, TraceLine};
use racewalk_engine::explore::{Event, Graph, Limits, explore};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn readings() -> Vec<Reading> {
    evidence::readings().expect("the readings can be understood")
}

fn lines(file: &str) -> Vec<TraceLine<'static>> {
    let text = evidence::trace(file).unwrap_or_else(|| panic!("there is no trace {file}"));
    evidence::lines(text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn explored(reading: &Reading) -> (Model, Graph) {
    let text = library::race(&reading.race).expect("a race of the library");
    let race = Race::load(text).expect("it loads");
    let mut settings = race.settings();
    for (knob, value) in &reading.settings {
        settings.set(&race, knob, value).expect("the race has this knob");
    }
    let model = race.compile(&settings).expect("it compiles");
    let graph = explore(&model, Limits::default());
    (model, graph)
}

fn runs(reading: &Reading, lines: &[TraceLine<'_>]) -> Result<Vec<Schedule>, Mismatch> {
    let (model, graph) = explored(reading);
    let matches = evidence::matches(reading, lines, &model)?;
    evidence::runs(&matches, &model, &graph)
}

#[test]
fn every_trace_is_read() {
    let read: BTreeSet<String> = readings().into_iter().map(|it| it.trace).collect();
    let all: BTreeSet<String> =
        evidence::traces().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(read, all);
    for (file, text) in evidence::traces() {
        let kernel = evidence::header(text).find(|(key, _)| *key == "kernel");
        assert!(kernel.is_some(), "{file} names its kernel");
    }
}

#[test]
fn every_trace_is_a_run_that_its_race_allows() {
    for reading in readings() {
        assert!(!reading.shows.is_empty(), "{} says what it shows", reading.trace);
        let runs = runs(&reading, &lines(&reading.trace));
        assert!(runs.is_ok(), "{}: {}", reading.trace, runs.expect_err("a mismatch"));
    }
}

/// What each trace shows of its race, one line a reading, and at the end the steps that none of them shows.
fn shown(race: &str, expected: Expect) {
    let mut text = String::new();
    let (mut keys, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for reading in readings().iter().filter(|it| it.race == race) {
        let (model, graph) = explored(reading);
        let matches = evidence::matches(reading, &lines(&reading.trace), &model).expect("a match");
        let runs = evidence::runs(&matches, &model, &graph).expect("a run");
        let codes: Vec<String> = runs.iter().map(|it| it.code(&model)).collect();
        let settings: Vec<String> =
            reading.settings.iter().map(|(knob, value)| format!("{knob}={value}")).collect();
        writeln!(text, "{} {}: {}", reading.trace, settings.join(" "), codes.join(", "))
            .expect("a string");
        keys.extend(model.steps.iter().map(|it| it.key.clone()));
        shown.extend(matches.iter().filter_map(|it| match it.event {
            Event::Step(step) => Some(model.steps[step.index()].key.clone()),
            Event::Breaks(_) => None,
        }));
    }
    let never: Vec<&str> = keys.difference(&shown).map(String::as_str).collect();
    writeln!(text, "no trace shows: {}", never.join(" ")).expect("a string");
    expected.assert_eq(&text);
}

#[test]
fn what_the_traces_show_of_memunmap() {
    shown(
        "memunmap",
        expect![[r#"
            dev-6.1.txt flush=ipi rcu_sync=idle: m4h10, m4h10
            dev-6.12.txt flush=ipi rcu_sync=idle: m4h10, m4h10
            dev-7.2.txt flush=ipi rcu_sync=idle: m4h10, m4h10
            dev-begin-skips-6.12.txt flush=ipi rcu_sync=exit: m4h9
            hold-dev-rcu-6.1.txt walker=rcu flush=ipi rcu_sync=idle: wmwm3h2wh8, wmwm3h2wh8
            hold-dev-irqoff-6.12.txt flush=ipi rcu_sync=idle: m2w2m2h2wh8, m2w2m2h2wh8
            hold-dev-irqoff-7.2.txt flush=ipi rcu_sync=idle: m2w2m2h2wh8, m2w2m2h2wh8
            hold-dev-control-7.2.txt flush=ipi rcu_sync=idle: m4h10, m4h10
            ext4-dax-6.1.txt flush=ipi unmap=off page_wait=off walker=gup-pgmap: h7
            ext4-dax-6.12.txt flush=ipi unmap=off page_wait=off walker=gup-pgmap: h7
            ext4-dax-7.2.txt flush=ipi unmap=off page_wait=off: hw2h6w
            ext4-dax-7.2-exit.txt flush=ipi unmap=off page_wait=off: hw2h5w
            no trace shows: D4 E1 H3 H7' M1 M2a M2b M3 W11 W2 W3 W5 W6 W7 W8 W9 W9'
        "#]],
    );
}

#[test]
fn what_the_traces_show_of_ram_unplug() {
    shown(
        "ram-unplug",
        expect![[r#"
            ram-6.1.txt flush=ipi rcu_sync=idle: m4h6
            ram-6.1.txt flush=ipi rcu_sync=exit: m4h10
            ram-6.12.txt flush=ipi rcu_sync=idle: m4h6
            ram-6.12.txt flush=ipi rcu_sync=exit: m4h10
            ram-7.2.txt flush=ipi rcu_sync=idle: m4h6
            ram-7.2.txt flush=ipi rcu_sync=exit: m4h10
            ram-lastnode-6.1.txt flush=ipi rcu_sync=exit grace_period=isolated: m4h12, m4h12
            ram-lastnode-6.12.txt flush=ipi rcu_sync=exit grace_period=isolated: m4h12, m4h12
            hold-ram-rcu-6.1.txt walker=rcu flush=ipi rcu_sync=exit: m4h4w2h6w, m4h4w2h6w
            hold-ram-rcu-6.12.txt walker=rcu flush=ipi rcu_sync=exit: m4h4w2h6w, m4h4w2h6w
            hold-ram-rcu-7.2.txt walker=rcu flush=ipi rcu_sync=exit: m4h4w2h6w, m4h4w2h6w
            hold-ram-rcu-separate-6.1.txt walker=rcu flush=ipi rcu_sync=exit: m4h4w2h6w, m4h4w2h6w
            hold-ram-irqoff-6.1.txt flush=ipi rcu_sync=exit: m4h4w2h5wh, m4h4w2h4wh2
            hold-ram-irqoff-6.12.txt flush=ipi rcu_sync=exit: m4h4w2h5wh, m4h4w2h4wh2
            hold-ram-irqoff-7.2.txt flush=ipi rcu_sync=exit: m4h4w2h5wh, m4h4w2h4wh2
            hold-ram-control-idle-6.1.txt walker=rcu flush=ipi rcu_sync=idle: m4h6w2rhwh5, m4h6w2rhwh5
            no trace shows: E1 H3 H7' M1 M2a M2b M3 M4 M5 S4b W11 W2 W5 W6 W7 W8 W9 W9'
        "#]],
    );
}

/// The trace with the line that begins so moved to just behind the line that begins so.
fn moved(file: &str, what: &str, behind: &str) -> Result<Vec<Schedule>, Mismatch> {
    let reading = readings().into_iter().find(|it| it.trace == file).expect("a reading");
    let mut lines = lines(file);
    let at = |lines: &[TraceLine<'_>], event: &str| {
        lines.iter().position(|it| it.event.starts_with(event)).expect("the trace has that line")
    };
    let from = at(&lines, what);
    let line = lines.remove(from);
    let to = at(&lines, behind) + 1;
    lines.insert(to, line);
    for (number, line) in (1..).zip(&mut lines) {
        line.number = number;
    }
    runs(&reading, &lines)
}

#[test]
fn an_order_that_the_race_forbids_is_told_by_its_line() {
    let changed = [
        // The removal would not have waited for the section that was open at the kill.
        ("hold-dev-irqoff-7.2.txt", "FTH HOLD end", "dev_pagemap_percpu_release"),
        ("hold-dev-rcu-6.1.txt", "FTH HOLD end", "mem_hotplug_begin"),
        // The memmap would have gone before the kill's grace period was over.
        ("dev-6.12.txt", "dev_pagemap_percpu_release", "vmemmap_free"),
        // The second begin, the lock being idle, would not have waited for the reader.
        ("hold-ram-control-idle-6.1.txt", "FTH HOLD end", "FTH __free_pages"),
        // The lock would have been let go with the memmap still there.
        ("dev-7.2.txt", "mem_hotplug_done", "mem_hotplug_begin"),
    ];
    for (file, what, behind) in changed {
        let runs = moved(file, what, behind);
        assert!(
            matches!(runs, Err(Mismatch::Forbidden { .. })),
            "{file}: {what} behind {behind}: {runs:?}"
        );
    }
    // Nothing forbids this one: nobody waits for a plain loop.
    assert!(moved("hold-dev-control-7.2.txt", "FTH HOLD end", "memunmap_pages").is_ok());
}

#[test]
fn damaged_traces() {
    let error = |text| evidence::lines(text).expect_err("a damaged line").to_string();
    assert_eq!(
        error("     x.000 ms  cpu0 sh-1  f <-g"),
        "line 1: its time is no number of milliseconds"
    );
    assert_eq!(error("# kernel: 1\n     0.000 ms  sh-1  f <-g"), "line 2: it names no CPU");
    assert_eq!(error("     0.000 ms  cpu0 sh-1"), "line 1: it names no task and event");
    assert_eq!(
        error("     2.000 ms  cpu0 sh-1  f <-g\n     1.999 ms  cpu0 sh-1  f <-g"),
        "line 2: it is earlier than the line before it"
    );
}
