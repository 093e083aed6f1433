//! What is said of tables that cannot be read as they are.

use expect_test::{Expect, expect};
use racewalk_engine::{import, library};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::bench;

const PHILOSOPHERS: &str = include_str!("../races/philosophers.race");

/// The schedule that is kept, then what is said of every line that could not be matched.
#[track_caller]
fn check(race: &str, pasted: &str, expected: Expect) {
    let text = library::race(race).unwrap_or(PHILOSOPHERS);
    let bench = bench(text, &[]);
    let read = import::table(&bench.race, pasted).expect("it compiles");
    let model = bench.race.compile(&read.settings).expect("any choice compiles");
    let code = read.schedule.code(&model);
    let mut told = format!("{}\n", if code.is_empty() { "no step" } else { &code });
    for fault in &read.faults {
        told.push_str(&format!("{fault}\n"));
    }
    expected.assert_eq(&told);
}

const TABLE: &str = "race reclaim: flush=broadcast

CPU 0                              CPU 1
walker                             unmap

local_irq_save(flags)
pte = ptep_get_lockless(ptep)
                                   pte = ptep_get_and_clear(mm, addr, ptep)
                                   broadcast TLB flush
                                   tlb_flush_mmu_free(): put_page(page)
folio = page_folio(page)
";

#[test]
fn as_it_is() {
    check(
        "reclaim",
        TABLE,
        expect![[r#"
        w2m3w
    "#]],
    );
}

#[test]
fn without_its_first_line_the_knobs_are_at_their_defaults() {
    let (_, rest) = TABLE.split_once("\n\n").expect("a first line");
    check(
        "reclaim",
        rest,
        expect![[r#"
        w2m
        line 7: `broadcast TLB flush`: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
        line 8: `tlb_flush_mmu_free(): put_page(page)`: unmap is not there yet: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
    "#]],
    );
}

#[test]
fn without_its_headings() {
    let rows = TABLE.split("\n\n").nth(2).expect("rows");
    check(
        "reclaim",
        &format!("race reclaim: flush=broadcast\n{rows}"),
        expect![[r#"
        w2m3w
    "#]],
    );
    let rows = "take the left fork\n                         take the left fork\n";
    check(
        "philosophers",
        rows,
        expect![[r#"
            no step
            line 1: `take the left fork`: is a step of aristotle and of hypatia and of plato: a line with their names over the columns tells
        "#]],
    );
}

/// The first line is as wide as a line can be, so a name might go on in the next one.
#[test]
fn without_the_blank_line_below_a_full_first_line() {
    check(
        "memunmap",
        "race memunmap: walker=gup-pgmap, kill_gp=off, rcu_sync=exit, teardown=arm64
  unmap: pte = ptep_get_and_clear(mm, addr, ptep)
  rcu_sync_exit: rcu_sync_func(): GP_IDLE
  walker: local_irq_save(flags)
",
        expect![[r#"
            mrw
        "#]],
    );
}

#[test]
fn a_damaged_step_ends_what_is_kept_and_the_rest_is_still_judged() {
    check(
        "reclaim",
        &TABLE.replace("broadcast TLB", "broadcst TLB"),
        expect![[r#"
        w2m
        line 9: `broadcst TLB flush`: expected here: unmap: M2' `broadcast TLB flush`
    "#]],
    );
    check(
        "reclaim",
        &TABLE.replace("broadcast TLB", "broadcst TLB").replace("= page_folio", "= page_of"),
        expect![[r#"
            w2m
            line 9: `broadcst TLB flush`: expected here: unmap: M2' `broadcast TLB flush`
            line 11: `folio = page_of(page)`: expected here: walker: W5 `folio = page_folio(page)`
        "#]],
    );
}

#[test]
fn a_remark_ends_nothing() {
    check(
        "reclaim",
        &TABLE.replace(
            "                                   broadcast",
            "I do not see why.\n\n                                   broadcast",
        ),
        expect![[r#"
            w2m3w
            line 9: `I do not see why.`: expected here: walker: W5 `folio = page_folio(page)`
        "#]],
    );
}

#[test]
fn a_step_that_is_left_out() {
    check(
        "reclaim",
        &TABLE.replace("pte = ptep_get_lockless(ptep)\n", ""),
        expect![[r#"
        wm3
        line 10: `folio = page_folio(page)`: walker is not there yet: expected here: walker: W2 `pte = ptep_get_lockless(ptep)`
    "#]],
    );
}

#[test]
fn a_step_that_is_impossible_under_these_knobs() {
    check(
        "reclaim",
        &TABLE
            .replace(": flush=broadcast", ": every knob at its default")
            .replace("broadcast TLB flush", "TLB flush by IPI"),
        expect![[r#"
            w2m
            line 9: `TLB flush by IPI`: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
            line 10: `tlb_flush_mmu_free(): put_page(page)`: unmap is not there yet: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
        "#]],
    );
    let waits = "walker      unplug\nlocal_irq_save(flags)\n            unmap_mapping_range() has returned\n";
    check(
        "memunmap",
        waits,
        expect![[r#"
        w
        line 3: `unmap_mapping_range() has returned`: step 2 is impossible: unplug waits for the driver's unmap: the PTE gone, flushed, and its reference dropped (unmap)
    "#]],
    );
}

#[test]
fn what_the_first_line_says_wrong() {
    check(
        "reclaim",
        &TABLE.replace("race reclaim", "race memunmap"),
        expect![[r#"
        w2m
        line 1: `race memunmap: flush=broadcast`: the table is not of the race `reclaim`
        line 9: `broadcast TLB flush`: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
        line 10: `tlb_flush_mmu_free(): put_page(page)`: unmap is not there yet: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
    "#]],
    );
    check(
        "reclaim",
        &TABLE.replace("flush=broadcast", "flush=brodcast, zero"),
        expect![[r#"
        w2m
        line 1: `race reclaim: flush=brodcast, zero`: knob `flush` has no value `brodcast`; did you mean `broadcast`? (its values: ipi, broadcast)
        line 1: `race reclaim: flush=brodcast, zero`: `zero` is no knob=value
        line 9: `broadcast TLB flush`: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
        line 10: `tlb_flush_mmu_free(): put_page(page)`: unmap is not there yet: expected here: unmap: M2a `flush_tlb_mm_range(): send the IPI`
    "#]],
    );
}

#[test]
fn a_note_that_does_not_hold_any_more() {
    check(
        "reclaim",
        &format!("{TABLE}  <-- corrupt-write: writes to a page\n"),
        expect![[r#"
        w2m3w
        line 12: `<-- corrupt-write: writes to a page`: here the run comes to no end
    "#]],
    );
    check(
        "reclaim",
        &format!("{TABLE}  <-- here it gets\n      interesting\n"),
        expect![[r#"
        w2m3w
    "#]],
    );
}

#[test]
fn nothing() {
    check(
        "reclaim",
        "",
        expect![[r#"
            no step
        "#]],
    );
    check(
        "reclaim",
        "hello\n",
        expect![[r#"
            no step
            line 1: `hello`: expected here one of: walker: W1 `local_irq_save(flags)`; unmap: M1 `pte = ptep_get_and_clear(mm, addr, ptep)`
        "#]],
    );
}
