//! What the graph says of the library's races, against the kernel facts: their windows, where a grace period suffices, which protections do.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use racewalk_engine::explain::{Enough, Gap, Transitions, Window, placements, protections, window};
use racewalk_engine::explore::{Limits, Verdict, explore};
use racewalk_engine::ids::{StepId, ViolationId};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::state::Ending;

fn race(id: &str, knobs: &str) -> (Race, Settings) {
    let race = Race::load(library::race(id).expect("a race")).expect("a race of the library");
    let mut settings = race.settings();
    for setting in knobs.split_whitespace() {
        let (knob, value) = setting.split_once('=').expect("a setting");
        settings.set(&race, knob, value).expect("a knob");
    }
    (race, settings)
}

/// `W2<M1`, with `?` where the second step may be taken, `!` where it is still to come; `+W5`; `.` if it is
/// enough.
fn told(model: &Model, window: &Window) -> String {
    let key = |it: StepId| model.steps[it.index()].key.clone();
    let order = |it: &racewalk_engine::explain::Order| {
        use racewalk_engine::explain::{Comes, Event, Time};
        let event = |it: Event| match it.time {
            Time::Only => key(it.step),
            Time::First => format!("{}:first", key(it.step)),
            Time::Last => format!("{}:last", key(it.step)),
        };
        let comes = match it.comes {
            Comes::Always => "",
            Comes::Perhaps => "?",
            Comes::Never => "!",
        };
        format!("{}<{}{comes}", event(it.first), event(it.then))
    };
    let mut words: Vec<String> = window.orders.iter().map(order).collect();
    words.extend(window.also.iter().map(|it| format!("+{}", key(*it))));
    words.push(if window.enough == Enough::Yes { "." } else { "…" }.to_owned());
    words.join(" ")
}

#[track_caller]
fn check_window(id: &str, knobs: &str, kinds: &[&str], expected: &str) {
    let (race, settings) = race(id, knobs);
    let model = race.compile(&settings).expect("it compiles");
    let transitions =
        Transitions::new(&model, &explore(&model, Limits::default())).expect("a small graph");
    let kind = |name: &&str| {
        let kind = model.violations.iter().position(|it| it.name == **name);
        Ending::Violated(ViolationId(kind.expect("a kind") as u8))
    };
    let goal: Vec<Ending> = kinds.iter().map(kind).collect();
    let found = window(&model, &transitions, &goal).expect("a whole graph");
    assert_eq!(found.map(|it| told(&model, &it)).as_deref(), Some(expected));
}

/// KERNEL.md D, the core race: the PTE is loaded before it is cleared, and the memmap freed before it is
/// touched.
#[test]
fn the_window_of_hot_unplug() {
    let all = ["uaf-read", "uaf-write", "corrupt-write", "fault"];
    for (id, knobs) in [("memunmap", "kill_gp=off"), ("ram-unplug", "")] {
        check_window(id, knobs, &all, "W2<M1 H10<W6? +W5 .");
        check_window(id, knobs, &["uaf-read"], "W2<M1 W5<H11! H10<W5 .");
        check_window(id, knobs, &["uaf-write"], "W2<M1 W5<H10 W6<H11! W6<E1! H10<W6 .");
        check_window(id, knobs, &["corrupt-write"], "W2<M1 W5<H10 W6<H11! E1<W6 .");
        check_window(id, knobs, &["fault"], "W2<M1 H11<W6? +W5 .");
    }
    // A pin taken while the page was mapped, and dropped when its struct page is gone.
    check_window("memunmap", "page_wait=off", &["pin-fault"], "W8<M1 W10<D3 H11<W11 .");
}

#[test]
fn windows_of_the_other_races() {
    // The reallocation comes between the load and the reference.
    let reclaim = "flush=broadcast pte_recheck=off";
    check_window("reclaim", reclaim, &["wrong-owner"], "W2<M1 M4<W6 +W7 .");
    // The walk spans the whole split, and its last look comes after the PTE is back.
    let split = "W2<M1 W5<M7 M8<W6 M9<W8 .";
    check_window("thp-split", "head_recheck=off", &["wrong-folio"], split);
    check_window("table-free", "free=immediate", &["table-uaf"], "W2<M1 M3<W3 .");
    // The reference after the check of the count, the PTE recheck before its clear.
    let collapse = "W2<M1 W8<C2! C1<W6 .";
    check_window("thp-collapse", "pmd_recheck=off", &["wrong-folio"], collapse);
    // The high word between its clear and its set, the low one before and after.
    let torn = "W2:last<M1a W3:last<M3a M1b<W3:first M3b<W4:first .";
    check_window("pae-torn-pte", "irqs=on", &["torn-pte"], torn);
}

/// The gaps of a lane in which a card makes the race safe, by the key of the line behind them.
fn safe_gaps(gaps: &[Gap], actor: u8) -> Vec<&str> {
    let of_lane = gaps.iter().filter(|it| it.placement.actor.0 == actor);
    let safe = of_lane.filter(|it| it.tried.verdict == Verdict::Safe);
    safe.map(|it| it.before.as_deref().unwrap_or("end")).collect()
}

/// Where a card suffices in the lanes of whoever unmaps and of the hot-unplug; nowhere else it does.
#[track_caller]
fn check_gaps(id: &str, knobs: &str, card: &str, unmap: &[&str], unplug: &[&str]) {
    let (race, settings) = race(id, knobs);
    let number = race.cards().iter().position(|it| it.name == card).expect("a card");
    let gaps = placements(&race, &settings, Limits::default(), number).expect("it compiles");
    assert_eq!((safe_gaps(&gaps, 1), safe_gaps(&gaps, 2)), (unmap.to_vec(), unplug.to_vec()));
    let elsewhere = gaps.iter().filter(|it| ![1, 2].contains(&it.placement.actor.0));
    assert!(elsewhere.map(|it| it.tried.verdict).all(|it| it == Verdict::Violated));
}

/// KERNEL.md D: no grace period between the clear of the PTE and the free of the memmap is what it needs. The
/// mail's own place, after mem_hotplug_begin(), is one of them; offlining's begin is too early.
#[test]
fn where_a_grace_period_suffices() {
    let mail = ["D2", "D3", "D4", "H1", "H9", "H10"];
    let unmap = ["M2'", "M3", "end"];
    check_gaps("memunmap", "kill_gp=off", "synchronize_rcu", &unmap, &mail);
    check_gaps("memunmap", "kill_gp=off walker=rcu", "synchronize_rcu", &unmap, &mail);
    let ram = ["H4", "H7", "H8", "H9", "H10"];
    check_gaps("ram-unplug", "", "synchronize_rcu", &["M2'", "M3"], &ram);
    // With the section's flag asked inside the RCU section, it has to come after the flag is down.
    let flagged = ["H7", "H8", "H9", "H10"];
    check_gaps("ram-unplug", "walker=pfn-rcu", "synchronize_rcu", &[], &flagged);
}

/// An IPI waits for interrupts off, and for no RCU section; who enters no section is waited for by nobody.
#[test]
fn where_an_ipi_suffices() {
    let mail = ["D2", "D3", "D4", "H1", "H9", "H10"];
    check_gaps("memunmap", "kill_gp=off", "kick_all_cpus_sync", &["M2'", "M3", "end"], &mail);
    check_gaps("memunmap", "kill_gp=off walker=rcu", "kick_all_cpus_sync", &[], &[]);
    check_gaps("ram-unplug", "walker=pfn", "synchronize_rcu", &[], &[]);
    // The PTE stays, so walkers can always come later: no grace period helps.
    check_gaps("memunmap", "unmap=off page_wait=off", "synchronize_rcu", &[], &[]);
    check_gaps("memunmap", "page_wait=off", "synchronize_rcu", &[], &[]);
}

/// The sets, by the knobs that are on.
#[track_caller]
fn check_protections(id: &str, knobs: &str, least: &[&str], most: &[&str]) {
    let (race, settings) = race(id, knobs);
    let found = protections(&race, &settings, Limits::default()).expect("few combinations");
    let name = |it: &usize| {
        let on = found.protections.iter().zip(&found.choices[*it].on);
        let on = on.filter_map(|(of, on)| {
            let knob = &race.knobs[of.knob];
            Some(format!("{}={}", knob.name, knob.values[(*on)?].name))
        });
        on.collect::<Vec<_>>().join(" ")
    };
    let names = |of: &[usize]| of.iter().map(name).collect::<Vec<_>>();
    assert_eq!(
        (names(&found.minimal_safe), names(&found.maximal_unsafe)),
        (
            least.iter().map(ToString::to_string).collect(),
            most.iter().map(ToString::to_string).collect(),
        )
    );
}

#[test]
fn protections_of_the_library() {
    check_protections(
        "memunmap",
        "",
        &[
            "grace_period=after-begin page_wait=on",
            "kill_gp=on page_wait=on",
            "flush=ipi page_wait=on",
        ],
        &[
            "grace_period=after-remove page_wait=on",
            "flush=ipi kill_gp=on grace_period=after-begin",
            "flush=ipi kill_gp=on grace_period=after-remove",
        ],
    );
    check_protections(
        "ram-unplug",
        "",
        &[
            "teardown=deferred",
            "ipi_barrier=on",
            "grace_period=isolated",
            "grace_period=remove-begin",
            "grace_period=every-begin",
            "flush=ipi",
        ],
        &["grace_period=offline-begin teardown=deferred-free"],
    );
    // Whoever enters no section is helped by none of them.
    let all = [
        "flush=ipi grace_period=offline-begin ipi_barrier=on teardown=deferred",
        "flush=ipi grace_period=offline-begin ipi_barrier=on teardown=deferred-free",
        "flush=ipi grace_period=isolated ipi_barrier=on teardown=deferred",
        "flush=ipi grace_period=isolated ipi_barrier=on teardown=deferred-free",
        "flush=ipi grace_period=remove-begin ipi_barrier=on teardown=deferred",
        "flush=ipi grace_period=remove-begin ipi_barrier=on teardown=deferred-free",
        "flush=ipi grace_period=every-begin ipi_barrier=on teardown=deferred",
        "flush=ipi grace_period=every-begin ipi_barrier=on teardown=deferred-free",
    ];
    check_protections("ram-unplug", "walker=pfn", &[], &all);
    check_protections(
        "reclaim",
        "",
        &["pte_recheck=on zero_check=on", "flush=ipi"],
        &["zero_check=on", "pte_recheck=on"],
    );
    check_protections("thp-split", "", &["head_recheck=on", "flush=ipi"], &[""]);
    check_protections("thp-collapse", "", &["ipi_sync=on", "pmd_recheck=on", "flush=ipi"], &[""]);
    check_protections("table-free", "", &["free=rcu", "free=ipi-sync", "flush=ipi"], &[""]);
    check_protections("table-free", "walker=rcu", &["free=rcu"], &["flush=ipi free=ipi-sync"]);
    let torn = [
        "flush=ipi recheck_low=on order=low-first",
        "irqs=off recheck_low=on order=low-first",
        "irqs=off flush=ipi order=low-first",
        "irqs=off flush=ipi recheck_low=on",
    ];
    check_protections(
        "pae-torn-pte",
        "",
        &["irqs=off flush=ipi recheck_low=on order=low-first"],
        &torn,
    );
}
