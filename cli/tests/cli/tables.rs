//! What a reader sees of a check and of a replay.

use snapbox::str;

use crate::{PHILOSOPHERS, racewalk};

#[test]
fn as_far_as_the_mail_could_see() {
    let args = ["check", "memunmap", "--set", "kill_gp=off"];
    racewalk(&args).code(1).stderr_eq("").stdout_eq(str![[r#"
race memunmap: kill_gp=off
violated

what can happen  steps  a shortest schedule
uaf-read            13  w2m3h7w
  reads a struct page whose memory has been freed
uaf-write           14  w3m3h7w
  writes to a struct page whose memory has been freed
fault               14  w2m3h8w
  touches a struct page that is no longer mapped: a kernel page fault
corrupt-write       15  w3m3h7ew
  writes to a struct page whose memory already belongs to somebody else:
  silent corruption

174 states, 288 transitions
6899 schedules, of which 66 fail (counts, not probabilities)

The shortest failure:

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

"#]]);
}

#[test]
fn safe() {
    racewalk(&["check", "reclaim"]).code(0).stderr_eq("").stdout_eq(str![[r#"
race reclaim: every knob at its default
safe: no interleaving breaks anything

66 states, 103 transitions
138 schedules, of which 0 fail (counts, not probabilities)

"#]]);
}

#[test]
fn held_off() {
    let args = ["check", "memunmap", "--set", "unmap=off"];
    racewalk(&args).code(0).stderr_eq("").stdout_eq(str![[r#"
race memunmap: unmap=off
safe: no interleaving breaks anything

what can happen      steps  a shortest schedule
held off (no fault)     10  w8h2
  unplug waits for every reference on the page

33 states, 48 transitions
24 schedules, of which 0 fail (counts, not probabilities)

"#]]);
    let args = ["replay", "memunmap", "--set", "unmap=off", "--schedule", "w8h2"];
    racewalk(&args).code(0).stderr_eq("").stdout_eq(str![[r#"
race memunmap: unmap=off

CPU 0                                CPU 2
walker                               unplug

local_irq_save(flags)
pte = ptep_get_lockless(ptep)
folio = page_folio(page)
folio_ref_try_add(folio, 1)
if (page_folio(page) != folio)
if (pte_val(pte) != pte_val(*ptep))
local_irq_restore(flags)
unpin_user_page(page)
                                     percpu_ref_kill(&pgmap->ref)
                                     wait_for_completion(&pgmap->done)
<-- held off: unplug waits for every reference on the page

"#]]);
}

#[test]
fn deadlock() {
    racewalk(&["check", PHILOSOPHERS]).code(1).stderr_eq("").stdout_eq(str![[r#"
race philosophers: every knob at its default
violated

what can happen  steps  a shortest schedule
deadlock             3  ahp
  aristotle waits for the fork on the right (hypatia); hypatia waits for
  the fork on the right (plato); plato waits for the fork on the right
  (aristotle)

75 states, 123 transitions
396 schedules, of which 6 fail (counts, not probabilities)

The shortest failure:

race philosophers: every knob at its default

aristotle                hypatia                  plato

take the left fork
                         take the left fork
                                                  take the left fork
<-- deadlock: aristotle waits for the fork on the right (hypatia); hypatia
    waits for the fork on the right (plato); plato waits for the fork on
    the right (aristotle)

"#]]);
}

#[test]
fn incomplete() {
    let args = ["check", "memunmap", "--set", "kill_gp=off", "--max-states", "100"];
    racewalk(&args).code(3).stderr_eq("").stdout_eq(str![[r#"
race memunmap: kill_gp=off
incomplete: what was found stands, what was not may exist

100 states, 159 transitions
stopped at the limit of states

"#]]);
}

#[test]
fn a_loop() {
    racewalk(&["check", "spin.race"]).code(0).stderr_eq("").stdout_eq(str![[r#"
race spin
safe: no interleaving breaks anything

3 states, 3 transitions
a loop makes the schedules infinite

"#]]);
}

#[test]
fn a_choice_shows_how_it_went() {
    let args = ["replay", "reclaim", "--set", "flush=broadcast", "--schedule", "w2m4w4m"];
    racewalk(&args).code(0).stderr_eq("").stdout_eq(str![[r#"
race reclaim: flush=broadcast

CPU 0                              CPU 1
walker                             unmap

local_irq_save(flags)
pte = ptep_get_lockless(ptep)
                                   pte = ptep_get_and_clear(mm, addr, ptep)
                                   broadcast TLB flush
                                   tlb_flush_mmu_free(): put_page(page)
                                   alloc_pages(): B gets page 4 [B gets it]
folio = page_folio(page)
folio_ref_try_add(folio, 1)
if (page_folio(page) != folio)
if (pte_val(pte) != pte_val(*ptep))
                                   put_page(page) by B

"#]]);
}

#[test]
fn long_labels_and_notes_wrap() {
    racewalk(&["replay", "crowd.race", "--schedule", "cba"]).code(0).stdout_eq(str![[r#"
race crowd

CPU 0                    CPU 1                    CPU 2
first                    second                   third

                                                  atomic_dec(&counter)
                         maybe take [takes it]
atomic_dec(&counter_of_the_quite_long_structure->with_an_even_longer_member
  _name_inside)
  <-- over-budget: takes more out of the counter than there ever was in it,
      and nobody notices before the books are closed at the end of the year

"#]]);
    racewalk(&["check", "crowd.race"]).code(1).stderr_eq("").stdout_eq(str![[r#"
race crowd
violated

what can happen  steps  a shortest schedule
over-budget          3  abc
  takes more out of the counter than there ever was in it, and nobody
  notices before the books are closed at the end of the year
deadlock             4  ab.2cd
  fourth waits for somebody to close the books

22 states, 51 transitions
48 schedules, of which 48 fail (counts, not probabilities)

The shortest failure:

race crowd

CPU 0                    CPU 1                    CPU 2
first                    second                   third

atomic_dec(&counter_of_the_quite_long_structure->with_an_even_longer_member
  _name_inside)
                         maybe take [takes it]
                                                  atomic_dec(&counter)
                              <-- over-budget: takes more out of the
                                  counter than there ever was in it, and
                                  nobody notices before the books are
                                  closed at the end of the year

"#]]);
}

#[test]
fn a_crowd_has_no_columns() {
    racewalk(&["replay", "crowd.race", "--schedule", "dab.2c"]).code(0).stdout_eq(str![[r#"
race crowd

  fourth: check the books
  first: atomic_dec(&counter_of_the_quite_long_structure->with_an_even_long
    er_member_name_inside)
  second: maybe take [leaves it]
  third: atomic_dec(&counter)
<-- deadlock: fourth waits for somebody to close the books

"#]]);
    racewalk(&["replay", "crowd.race", "--schedule", "dabc"]).code(0).stdout_eq(str![[r#"
race crowd

  fourth: check the books
  first: atomic_dec(&counter_of_the_quite_long_structure->with_an_even_long
    er_member_name_inside)
  second: maybe take [takes it]
  third: atomic_dec(&counter)
    <-- over-budget: takes more out of the counter than there ever was in
        it, and nobody notices before the books are closed at the end of
        the year

"#]]);
}

#[test]
fn nothing_yet() {
    racewalk(&["replay", "reclaim", "--schedule", ""]).code(0).stderr_eq("").stdout_eq(str![[r#"
race reclaim: every knob at its default

(nobody has moved)

"#]]);
}

/// What a reduced search says of itself.
#[test]
fn a_reduced_search_says_so() {
    racewalk(&["check", "reclaim", "--set", "walkers=3", "--reduce"]).code(0).stdout_eq(str![[
        r#"
race reclaim: walkers=3
safe: no interleaving breaks anything

1097 states, 2179 transitions
reduced: what makes no difference is left out, schedules are not counted

"#
    ]]);
    racewalk(&["check", "memunmap", "--set", "kill_gp=off", "--reduce", "--max-states", "50"])
        .code(3)
        .stdout_eq(str![[r#"
race memunmap: kill_gp=off
incomplete: what was found stands, what was not may exist

50 states, 58 transitions
stopped at the limit of states
reduced: what makes no difference is left out, schedules are not counted

"#]]);
}
