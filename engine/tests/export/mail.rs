//! The text for a mail.

use expect_test::{Expect, expect};
use racewalk_engine::explore::{Limits, answer, explore};
use racewalk_engine::export::json::Findings;
use racewalk_engine::export::{self, WIDTH};
use racewalk_engine::library;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::bench;

const LINK: &str = "https://racewalk.example/v1/#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13&more=so-that-it-is-long";

fn mail(id: &str, knobs: &[(&str, &str)], max_states: usize, code: &str) -> String {
    let bench = bench(library::race(id).expect("the library has it"), knobs);
    let limits = Limits { max_states, ..Limits::default() };
    let findings =
        Findings::new(&bench.model, &answer(&bench.model, &explore(&bench.model, limits)));
    let trace = bench.trace(code);
    export::mail(&bench.race, &bench.settings, &bench.model, &trace, Some(&findings), LINK)
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    for line in text.lines().filter(|it| *it != LINK) {
        assert!(line.chars().count() <= WIDTH && line.trim_end() == line, "{line}");
    }
    expected.assert_eq(text);
}

/// What stands before the knobs.
fn verdict(text: &str) -> &str {
    text.split("Knobs").next().unwrap_or_default()
}

#[test]
fn as_far_as_the_mail_could_see() {
    check(
        &mail("memunmap", &[("kill_gp", "off")], usize::MAX, "w2m3h7w"),
        expect![[r#"
        ZONE_DEVICE removal under GUP-fast

        Violated: uaf-read (13 steps), uaf-write (14), fault (14), corrupt-write
          (15).
        Every interleaving was tried: 174 states, 288 transitions, 6899 schedules,
          of which 66 fail (counts, not probabilities).

        Knobs (* differs from its default):
            walker=gup
            flush=broadcast
          * kill_gp=off (default on)
            grace_period=none
            page_wait=on
            unmap=on
            rcu_sync=ignored
            teardown=x86
            poison=off
            debug_vm=off
            walkers=1

        race memunmap: kill_gp=off

        CPU 0             CPU 1             CPU 2
        walker            unmap             unplug

        local_irq_save(flags)
        pte = ptep_get_lockless(ptep)
                          pte = ptep_get_and_clear(mm, addr, ptep)
                          broadcast TLB flush
                          tlb_flush_mmu_free(): put_page(page)
                                            unmap_mapping_range() has returned
                                            percpu_ref_kill(&pgmap->ref)
                                            wait_for_completion(&pgmap->done)
                                            wait: the page is idle
                                            mem_hotplug_begin()
                                            section_mem_map &= ~SECTION_HAS_MEM_MAP
                                            free_pagetable()
        folio = page_folio(page)
          <-- uaf-read: reads a struct page whose memory has been freed

        What the model leaves out:
          - Weak memory: steps happen one after the other. The kernel relies on
            full-barrier read-modify-writes and on the ordering of grace periods.
          - More than one page and one section, unless a knob says more.
          - The bias of a pin on the reference count; references of the allocator,
            the per-CPU lists and the LRU are one.
          - Migration entries and hugetlb.
          - Time and probability: a state that can be reached is not a likely one.
          - Altmap: the memmap inside the device or the block itself. The model
            always takes it from the page allocator.
          - The staleness of the kernel's own TLB entries is one step.
          - The ENTER and REPLAY states of rcu_sync.

        https://racewalk.example/v1/#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13&more=so-that-it-is-long
    "#]],
    );
}

#[test]
fn other_verdicts() {
    check(
        verdict(&mail("reclaim", &[], usize::MAX, "")),
        expect![[r#"
        GUP-fast against munmap, free and reallocation

        Safe: no interleaving breaks anything.
        Every interleaving was tried: 66 states, 103 transitions, 138 schedules, of
          which 0 fail (counts, not probabilities).

    "#]],
    );
    check(
        verdict(&mail("memunmap", &[("unmap", "off")], usize::MAX, "")),
        expect![[r#"
        ZONE_DEVICE removal under GUP-fast

        Safe: no interleaving breaks anything.
        Every interleaving was tried: 33 states, 48 transitions, 24 schedules, of
          which 0 fail (counts, not probabilities).
        Some runs are held off, which is no fault; the shortest after 10 steps.

    "#]],
    );
    check(
        verdict(&mail("memunmap", &[("kill_gp", "off")], 100, "")),
        expect![[r#"
        ZONE_DEVICE removal under GUP-fast

        Incomplete: a limit stopped the search, and nothing was found until then.
        Not every interleaving was tried: 100 states, 159 transitions.

    "#]],
    );
    check(
        verdict(&mail("memunmap", &[("kill_gp", "off")], 170, "")),
        expect![[r#"
        ZONE_DEVICE removal under GUP-fast

        Incomplete: a limit stopped the search. Found until then: uaf-read (13
          steps), uaf-write (14), fault (14), corrupt-write (15).
        Not every interleaving was tried: 170 states, 283 transitions.

    "#]],
    );
}
