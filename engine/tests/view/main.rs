//! What a reader sees of known runs, position by position.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use racewalk_engine::explore::{Limits, Target, explore};
use racewalk_engine::ids::{ActorId, CellId, StepId};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::next_step;
use racewalk_engine::trace::Trace;
use racewalk_engine::view::{
    Access, ActorState, CellFrame, Ending, Frame, Lane, Prose, Stage, Stale, Words,
};

/// The stage and all frames of a run.
fn run(race: &str, knobs: &[(&str, &str)], code: &str) -> (Stage, Vec<Frame>) {
    let model = model(race, knobs);
    let schedule = Schedule::parse(code, &model).expect("a schedule code");
    let trace = Trace::replay(&model, &schedule);
    assert_eq!(trace.stopped, None, "a possible schedule");
    let frames = (0..=trace.steps.len()).map(|at| Frame::at(&model, &trace, at)).collect();
    (Stage::of(&model), frames)
}

fn model(race: &str, knobs: &[(&str, &str)]) -> Model {
    let race = Race::load(library::race(race).expect("in the library")).expect("a race");
    let mut settings = race.settings();
    for (knob, value) in knobs {
        settings.set(&race, knob, value).expect("a knob");
    }
    race.compile(&settings).expect("a model")
}

/// One line for a frame: the step, what it touched, what points astray, and who waits.
fn line(stage: &Stage, frame: &Frame) -> String {
    let name = |it: CellId| stage.cells[it.index()].name.clone();
    let mut parts = vec![frame.at.to_string()];
    if let Some(last) = &frame.last {
        let rows = stage.lanes.iter().flat_map(|it| &it.rows);
        let key: Vec<&str> =
            rows.filter(|it| it.step == last.step).map(|it| it.key.as_str()).collect();
        parts[0] = format!("{} {}", parts[0], key.concat());
        let access = |it: &Access| {
            let verb = match (it.broke, it.written) {
                (true, _) => "BREAKS",
                (_, true) => "writes",
                (_, false) => "reads",
            };
            format!("{verb} {}", name(it.cell))
        };
        parts.extend(last.accesses.iter().map(access));
    }
    for (cell, it) in stage.cells.iter().zip(&frame.cells) {
        let pointer = it.pointer.as_ref();
        match pointer.and_then(|it| it.stale.as_ref()) {
            Some(Stale::Changed { cell: of, since }) => {
                parts.push(format!("{} stale: {} changed at {since}", cell.name, name(*of)));
            }
            Some(Stale::Gone { storage, since }) => {
                let storage = &stage.storages[storage.index()].name;
                parts.push(format!("{} stale: {storage} gone at {since}", cell.name));
            }
            None => {}
        }
        if it.undefined {
            parts.push(format!("{} undefined", cell.name));
        }
    }
    for (number, actor) in frame.actors.iter().enumerate() {
        let id = ActorId(number as u8);
        let lane = stage.lanes.iter().find(|it| it.actor == id);
        let who = lane.map_or("?", |it| it.name.as_str());
        if let ActorState::Waits { whom, .. } = &actor.state {
            let whom = whom.iter().map(|it| it.0.to_string()).collect::<Vec<_>>().join(",");
            parts.push(format!("{who} waits for [{whom}]"));
        }
    }
    if let Some(ending) = &frame.ending {
        parts.push(match ending {
            Ending::Violated { kind, .. } => format!("ends: {kind}"),
            other => format!("ends: {other:?}"),
        });
    }
    parts.join("; ")
}

#[track_caller]
fn check(run: &(Stage, Vec<Frame>), expected: Expect) {
    let lines: Vec<String> = run.1.iter().map(|it| line(&run.0, it)).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

fn cell<'a>(run: &'a (Stage, Vec<Frame>), at: usize, name: &str) -> &'a CellFrame {
    let index = run.0.cells.iter().position(|it| it.name == name).expect("a cell");
    &run.1[at].cells[index]
}

fn told(prose: &Prose) -> String {
    let words = prose.iter().map(|it| match it {
        Words::Plain(text) => text.clone(),
        Words::Code(text) => format!("`{text}`"),
    });
    words.collect()
}

/// KERNEL.md H: the published counterexample, as far as the mail's author could see.
fn published() -> (Stage, Vec<Frame>) {
    run("memunmap", &[("kill_gp", "off")], "w2m3h7w")
}

#[test]
fn the_published_counterexample_frame_by_frame() {
    check(
        &published(),
        expect![[r#"
            0; unplug waits for [1]; allocator waits for [2]
            1 W1; writes context[walker]; unplug waits for [1]; allocator waits for [2]
            2 W2; reads pte[0]; writes walker.entry; unplug waits for [1]; allocator waits for [2]
            3 M1; writes pte[0]; walker.entry stale: pte[0] changed at 3; unplug waits for [1]; allocator waits for [2]
            4 M2'; walker.entry stale: pte[0] changed at 3; unplug waits for [1]; allocator waits for [2]
            5 M3; reads memmap; writes page[4].refcount; writes page[4].owner; walker.entry stale: pte[0] changed at 3; allocator waits for [2]
            6 H3; reads pte[0]; reads unmap.position; walker.entry stale: pte[0] changed at 3; allocator waits for [2]
            7 D2; writes pgmap.ref; writes pgmap.state; walker.entry stale: pte[0] changed at 3; allocator waits for [2]
            8 D3; reads pgmap.ref; reads waited[kill]; walker.entry stale: pte[0] changed at 3; allocator waits for [2]
            9 D4; reads page[4].refcount; reads memmap; walker.entry stale: pte[0] changed at 3; allocator waits for [2]
            10 H1; writes hotplug_lock; reads context[walker]; walker.entry stale: pte[0] changed at 3; allocator waits for [2]
            11 H9; writes has_mem_map; walker.entry stale: pte[0] changed at 3; allocator waits for [2]
            12 H10; writes memmap; page[4].head stale: memmap gone at 12; walker.entry stale: pte[0] changed at 3
            13 W5; reads walker.entry; reads memmap; writes walker.vmemmap_page; BREAKS page[4].head; page[4].head stale: memmap gone at 12; walker.entry stale: pte[0] changed at 3; walker.vmemmap_page stale: memmap gone at 12; walker.folio undefined; ends: uaf-read
        "#]],
    );
}

#[test]
fn values_read_as_a_reader_says_them() {
    let run = published();
    assert_eq!(cell(&run, 0, "walker.entry").text, "none");
    assert_eq!(cell(&run, 0, "walker.entry").set_at, None);
    assert_eq!(cell(&run, 2, "walker.entry").text, "4");
    assert_eq!(cell(&run, 2, "walker.entry").set_at, Some(2));
    assert_eq!(cell(&run, 2, "walker.entry").before.as_deref(), Some("none"));
    assert_eq!(cell(&run, 3, "walker.entry").before, None);
    assert_eq!(cell(&run, 5, "page[4].owner").text, "free");
    assert_eq!(cell(&run, 10, "hotplug_lock").text, "unplug");
    assert_eq!(cell(&run, 12, "memmap").text, "freed");
}

#[test]
fn a_step_is_narrated_with_its_values() {
    let run = published();
    let last = run.1[13].last.as_ref().expect("a step");
    let narration: Vec<String> = last.narration.iter().map(told).collect();
    expect!["The walker computes vmemmap + 4, a mere addition, and reads the head of struct page 4. This is its first touch of the memmap."].assert_eq(&narration.join("\n"));
}

#[test]
fn lanes_tell_when_their_lines_ran() {
    let run = published();
    let lane: &Lane = &run.0.lanes[1];
    let ran: Vec<String> = lane
        .rows
        .iter()
        .zip(&run.1[4].actors[lane.actor.index()].ran_at)
        .map(|(row, at)| format!("{} {at:?}", row.key))
        .collect();
    expect!["M1 Some(3), M2' Some(4), M3 None"].assert_eq(&ran.join(", "));
}

/// Every line that can lead elsewhere than to the next one: `walker W2→W10`.
#[track_caller]
fn check_branches(race: &str, knobs: &[(&str, &str)], expected: Expect) {
    let mut lines = Vec::new();
    for lane in Stage::of(&model(race, knobs)).lanes {
        let rows = lane.rows.iter().filter(|it| !it.branches.is_empty());
        let rows: Vec<String> =
            rows.map(|it| format!("{}→{}", it.key, it.branches.join(","))).collect();
        if !rows.is_empty() {
            lines.push(format!("{}: {}\n", lane.name, rows.join(" ")));
        }
    }
    expected.assert_eq(&lines.concat());
}

#[test]
fn lines_tell_where_else_they_lead() {
    check_branches(
        "memunmap",
        &[],
        expect![[r#"
        walker: W2→W10 W6→W10 W7→W9' W8→W10 W9→W10 W9'→W5 W10→end
    "#]],
    );
    check_branches(
        "memunmap",
        &[("walker", "gup-pgmap")],
        expect![[r#"
        walker: W2→W10 W3→W10 W6→W10 W7→W9' W8→W10 W9→W10 W9'→W5 W10→end
    "#]],
    );
    // Without a lock there is nothing to leave: it finishes at once.
    check_branches(
        "memunmap",
        &[("walker", "pfn")],
        expect![[r#"
        walker: W6→end W7→W9' W9→end W9'→W5
    "#]],
    );
    check_branches(
        "reclaim",
        &[("pte_recheck", "off")],
        expect![[r#"
        walker: W2→W10 W6→W10 W7→W10 W9'→W5 W10→end
        unmap: M4→end
    "#]],
    );
    check_branches(
        "thp-split",
        &[],
        expect![[r#"
        walker: W2→W10 W6→W10 W7→W9' W8→W10 W9→W10 W9'→W5 W10→end
        split: M6→M9
    "#]],
    );
    check_branches(
        "thp-split",
        &[("head_recheck", "off")],
        expect![[r#"
        walker: W2→W10 W6→W10 W8→W10 W10→end
        split: M6→M9
    "#]],
    );
    check_branches(
        "thp-collapse",
        &[],
        expect![[r#"
        walker: W2→W10 W2'→W10 W6→W10 W7→W9' W7'→W9 W8→W10 W9→W10 W9'→W5 W10→end
        khugepaged: C1→C4 C3→end
    "#]],
    );
    check_branches(
        "table-free",
        &[],
        expect![[r#"
        walker: W2→W4
    "#]],
    );
    check_branches(
        "pae-torn-pte",
        &[],
        expect![[r#"
        walker: W4→W2
    "#]],
    );
    check_branches(
        "ram-unplug",
        &[],
        expect![[r#"
        walker: W2→W10 W6→W10 W7→W9' W8→W10 W9→W10 W9'→W5 W10→end
        unmap: M4→end
    "#]],
    );
}

/// Where runs go is the next line, or one that the row names. What rows name although no run of these
/// knobs goes there, since it would need a state that is never reached, is told.
#[test]
fn runs_go_where_lines_say() {
    let mut never = Vec::new();
    for race in library::races() {
        let model = model(race.id, &[]);
        let graph = explore(&model, Limits::default());
        let mut gone = BTreeSet::new();
        for number in 0..graph.states() as u32 {
            for edge in graph.edges(number) {
                let Target::State(after) = edge.target else { continue };
                let step = next_step(&model, graph.state(number), edge.turn.actor).expect("a step");
                gone.insert((step, next_step(&model, graph.state(after), edge.turn.actor)));
            }
        }
        let lanes = Stage::of(&model).lanes;
        let rows = lanes.iter().flat_map(|lane| {
            let after = lane.rows.iter().map(Some).skip(1).chain([None]);
            lane.rows.iter().zip(after)
        });
        for (row, after) in rows {
            let key = |to: Option<StepId>| {
                to.map_or("end".to_owned(), |it| model.steps[it.index()].key.clone())
            };
            let to = gone.iter().filter(|it| it.0 == row.step && it.1 != after.map(|it| it.step));
            let to: BTreeSet<String> = to.map(|it| key(it.1)).collect();
            let said: BTreeSet<String> = row.branches.iter().cloned().collect();
            assert!(to.is_subset(&said), "{} {}: {to:?}, said {said:?}", race.id, row.key);
            let rest = said.difference(&to);
            never.extend(rest.map(|it| format!("{} {}→{it}\n", race.id, row.key)));
        }
    }
    expect![[r#"
        memunmap W7→W9'
        memunmap W9'→W5
        ram-unplug W7→W9'
        ram-unplug W9'→W5
        reclaim W6→W10
        reclaim W7→W9'
        reclaim W9'→W5
        thp-collapse W7→W9'
        thp-collapse W9'→W5
    "#]]
    .assert_eq(&never.concat());
}

#[test]
fn hues_follow_declarations_whatever_the_knobs() {
    let hues = |knobs: &[(&str, &str)]| -> Vec<(String, Option<u8>)> {
        let stage = Stage::of(&model("memunmap", knobs));
        stage.lanes.into_iter().map(|it| (it.name, it.hue)).collect()
    };
    let all = hues(&[]);
    assert_eq!(all[2], ("unplug".to_owned(), Some(2)));
    // Without its lines the unmapper has no lane, and nobody takes its hue.
    assert_eq!(hues(&[("unmap", "off")])[1], all[2]);
    assert!(all[3..].iter().all(|it| it.1.is_none()), "the environment has none");
}

#[test]
fn a_set_that_nobody_is_put_into_does_not_vary() {
    let varies = |kill_gp| {
        let stage = Stage::of(&model("memunmap", &[("kill_gp", kill_gp)]));
        let cell = stage.cells.into_iter().find(|it| it.name == "waited[kill]");
        cell.expect("a cell").varies
    };
    assert!(varies("on"));
    assert!(!varies("off"));
}

#[test]
fn what_a_next_step_will_touch_is_seen_even_where_it_would_break() {
    let run = published();
    let names = |at: usize| -> Vec<String> {
        let cells = &run.1[at].actors[0].will_touch;
        cells.iter().map(|it| run.0.cells[it.index()].name.clone()).collect()
    };
    assert_eq!(names(1), ["pte[0]"]);
    assert_eq!(names(2), ["page[4].head"]);
    assert_eq!(names(12), ["page[4].head"]);
}

#[test]
fn what_only_a_property_looked_at_is_no_access() {
    let knobs = [("flush", "broadcast"), ("pte_recheck", "off")];
    check(
        &run("reclaim", &knobs, "w2m4w3"),
        expect![[r#"
         0
         1 W1; writes context[walker]
         2 W2; reads pte[0]; writes walker.entry
         3 M1; writes pte[0]; walker.entry stale: pte[0] changed at 3
         4 M2'; walker.entry stale: pte[0] changed at 3
         5 M3; reads memmap; writes page[4].refcount; writes page[4].owner; walker.entry stale: pte[0] changed at 3
         6 M4; writes page[4].owner; reads memmap; writes page[4].refcount; walker.entry stale: pte[0] changed at 3
         7 W5; reads walker.entry; reads memmap; reads page[4].head; writes walker.vmemmap_page; writes walker.folio; walker.entry stale: pte[0] changed at 3
         8 W6; reads memmap; reads walker.folio; writes page[4].refcount; walker.entry stale: pte[0] changed at 3
         9 W7; reads memmap; reads walker.entry; reads page[4].head; reads walker.folio; BREAKS page[4].owner; walker.entry stale: pte[0] changed at 3; ends: wrong-owner
    "#]],
    );
}

#[test]
fn a_copy_of_a_pmd_goes_stale_with_the_pmd_and_then_with_the_table() {
    check(
        &run("table-free", &[("free", "immediate")], "w2m3w"),
        expect![[r#"
        0
        1 W1; writes context[walker]
        2 W2; reads pmd[0]; writes walker.directory
        3 M1; writes pmd[0]; walker.directory stale: pmd[0] changed at 3
        4 M2'; walker.directory stale: pmd[0] changed at 3
        5 M3; writes table; walker.directory stale: table gone at 5
        6 W3; reads table; BREAKS pte[0]; walker.directory stale: table gone at 5; walker.entry undefined; ends: table-uaf
    "#]],
    );
}

/// The second look at the head finds that the page has left the folio; the PTE is the same as before.
#[test]
fn a_split_restores_the_pte_and_moves_the_page() {
    check(
        &run("thp-split", &[("head_recheck", "off")], "w3m6w2"),
        expect![[r#"
        0
        1 W1; writes context[walker]
        2 W2; reads pte[0]; writes walker.entry
        3 W5; reads walker.entry; reads memmap; reads page[5].head; writes walker.vmemmap_page; writes walker.folio
        4 M1; writes pte[0]; walker.entry stale: pte[0] changed at 4
        5 M2'; walker.entry stale: pte[0] changed at 4
        6 M6; reads memmap; writes page[4].refcount; walker.entry stale: pte[0] changed at 4
        7 M7; reads memmap; writes page[5].head; walker.entry stale: pte[0] changed at 4
        8 M8; reads memmap; writes page[4].refcount; writes page[5].refcount; walker.entry stale: pte[0] changed at 4
        9 M9; writes pte[0]; walker.entry stale: pte[0] changed at 4
        10 W6; reads memmap; reads walker.folio; writes page[4].refcount; walker.entry stale: pte[0] changed at 4
        11 W8; reads pte[0]; reads walker.entry; BREAKS page[5].head; walker.entry stale: pte[0] changed at 4; ends: wrong-folio
    "#]],
    );
}
