//! The inverse of the table: what is pasted is replayed.

use snapbox::cmd::OutputAssert;
use snapbox::str;

use crate::{command, racewalk};

#[track_caller]
fn pasted(args: &[&str], table: &str) -> OutputAssert {
    command(args).stdin(table).assert()
}

/// A table of the library's, as it is printed.
fn printed(args: &[&str]) -> String {
    let done = racewalk(args).code(0);
    String::from_utf8(done.get_output().stdout.clone()).expect("text")
}

const MAIL: [&str; 6] = ["replay", "memunmap", "--set", "kill_gp=off", "--schedule", "w2m3h7w"];

#[test]
fn a_table_needs_nothing_else() {
    let table = printed(&MAIL);
    pasted(&["replay", "--table", "-"], &table).code(0).stderr_eq("").stdout_eq(&table);
    let quoted: String = table.lines().map(|it| format!("> {it}\n")).collect();
    pasted(&["replay", "memunmap", "--table", "-"], &quoted)
        .code(0)
        .stderr_eq("")
        .stdout_eq(&table);
}

/// The same interleaving after a fix: it gets as far as the fix lets it.
#[test]
fn knobs_can_be_turned_further() {
    let args = ["replay", "--table", "-", "--set", "grace_period=after-begin"];
    pasted(&args, &printed(&MAIL)).code(2).stdout_eq(str![[r#"
race memunmap: kill_gp=off, grace_period=after-begin

CPU 0               CPU 1                CPU 2
walker              unmap                unplug

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

"#]]).stderr_eq(str![[r#"
error: the table has 1 line that cannot be matched
  line 16: `section_mem_map &= ~SECTION_HAS_MEM_MAP`: unplug is not there yet: expected here: unplug: Sa `synchronize_rcu(): a grace period starts`

"#]]);
}

#[test]
fn whose_table_it_is() {
    let table = printed(&MAIL);
    pasted(&["replay", "reclaim", "--table", "-"], &table)
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: the table is of the race `memunmap`, not of `reclaim`\n");
    let rest = table.split_once('\n').expect("a first line").1;
    pasted(&["replay", "--table", "-"], rest).code(2).stdout_eq("").stderr_eq(str![[r#"
error: the table has no first line like `race memunmap: kill_gp=off`; name its race: racewalk replay RACE --table FILE

"#]]);
    pasted(&["replay", "--table", "-"], &table.replace("memunmap", "memunmop"))
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no race `memunmop`, and no such file; did you mean `memunmap`? (races: memunmap, ram-unplug, reclaim, thp-split, thp-collapse, table-free, pae-torn-pte)

"#]]);
}

#[test]
fn every_line_that_cannot_be_matched_is_told_and_the_rest_is_printed() {
    let table = printed(&MAIL).replace("free_pagetable()", "free_pagetabel()") + "and so on\n";
    pasted(&["replay", "--table", "-"], &table)
        .code(2)
        .stdout_eq(str![[r#"
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

"#]])
        .stderr_eq(str![[r#"
error: the table has 2 lines that cannot be matched
  line 17: `free_pagetabel()`: expected here: unplug: H10 `free_pagetable()`
  line 20: `and so on`: the run is over before it: uaf-read

"#]]);
}

#[test]
fn one_of_both() {
    racewalk(&["replay", "reclaim"]).code(2).stdout_eq("");
    racewalk(&["replay", "reclaim", "--schedule", "w", "--table", "x"]).code(2).stdout_eq("");
    racewalk(&["replay", "--schedule", "w"]).code(2).stdout_eq("");
    racewalk(&["replay", "reclaim", "--table", "no such file"])
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: cannot read `no such file`: No such file or directory (os error 2)\n");
}
