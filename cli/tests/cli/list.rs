//! What `list` tells.

use snapbox::str;

use crate::{json, racewalk};

#[test]
fn races_with_their_knobs_and_presets() {
    racewalk(&["list"]).code(0).stderr_eq("").stdout_eq(str![[r#"
memunmap: ZONE_DEVICE removal under GUP-fast
  knobs, each with its default first
    walker=gup|gup-pgmap|rcu|pfn
    flush=broadcast|ipi
    kill_gp=on|off
    grace_period=none|after-begin|after-remove
    page_wait=on|off
    unmap=on|off
    rcu_sync=ignored|idle|exit
    teardown=x86|arm64
    poison=off|on
    debug_vm=off|on
    walkers=1|2|3|4
  presets
    What the source does today
    As far as the mail's author could see
      --set kill_gp=off
    With the proposed change
      --set kill_gp=off --set grace_period=after-begin
    The change, but too late
      --set kill_gp=off --set grace_period=after-remove
    Native x86
      --set flush=ipi
    Native x86, as far as the author could see
      --set kill_gp=off --set flush=ipi
    arm64
      --set teardown=arm64
    arm64, as far as the author could see
      --set kill_gp=off --set teardown=arm64
    device-dax: nobody waits for the pages
      --set page_wait=off
    ext4, forced unbind, 7.2
      --set unmap=off --set page_wait=off
    ext4, forced unbind, until 6.12
      --set unmap=off --set page_wait=off --set walker=gup-pgmap

ram-unplug: Memory offlining and removal under lockless walkers
  knobs, each with its default first
    walker=gup|rcu|pfn|pfn-rcu|mems|ksm
    flush=broadcast|ipi
    grace_period=none|offline-begin|isolated|remove-begin|every-begin
    rcu_sync=ignored|idle|exit
    ipi_barrier=off|on
    teardown=x86|arm64|deferred|deferred-free
    poison=off|on
    debug_vm=off|on
    walkers=1|2|3|4
  presets
    What the source leaves open
    Native x86
      --set flush=ipi
    arm64
      --set teardown=arm64
    With page_ext, or the last memory of its node
      --set grace_period=isolated
    Wait at offlining's begin
      --set grace_period=offline-begin
    Wait at the removal's begin
      --set grace_period=remove-begin
    The lock's own grace period
      --set rcu_sync=idle
    A page frame number, and every grace period
      --set walker=pfn --set grace_period=every-begin
    A page frame number under RCU
      --set walker=pfn-rcu --set grace_period=remove-begin
    An IPI is no grace period
      --set walker=rcu --set ipi_barrier=on
    get_online_mems()
      --set walker=mems
    KSM, as Jann Horn asked
      --set walker=ksm

reclaim: GUP-fast against munmap, free and reallocation
  knobs, each with its default first
    flush=ipi|broadcast
    pte_recheck=on|off
    zero_check=on|off
    walkers=1|2|3|4
    pages=1|2
  presets
    What the source does today
    arm64
      --set flush=broadcast
    Without the PTE recheck, arm64
      --set flush=broadcast --set pte_recheck=off
    Without the PTE recheck, native x86
      --set pte_recheck=off
    Without the zero check, arm64
      --set flush=broadcast --set zero_check=off

thp-split: GUP-fast on a huge page that is being split
  knobs, each with its default first
    flush=broadcast|ipi
    head_recheck=on|off
  presets
    What the source does today
    Without the look at the head, arm64
      --set head_recheck=off
    Without it, native x86
      --set head_recheck=off --set flush=ipi

thp-collapse: GUP-fast while khugepaged collapses small pages into a huge one
  knobs, each with its default first
    flush=broadcast|ipi
    pmd_recheck=on|off
    ipi_sync=off|on
  presets
    The PMD recheck
    Before September 2022, without an IPI flush
      --set pmd_recheck=off
    Only khugepaged's IPI
      --set pmd_recheck=off --set ipi_sync=on
    Before, on native x86
      --set pmd_recheck=off --set flush=ipi
    What the source does today
      --set ipi_sync=on

table-free: A page-table page freed under a walker
  knobs, each with its default first
    walker=irq|rcu
    flush=broadcast|ipi
    free=rcu|immediate|ipi-sync
  presets
    Freed by RCU
    Freed at once
      --set free=immediate
    Freed at once, native x86 until 6.12
      --set free=immediate --set flush=ipi
    No memory for a batch
      --set free=ipi-sync
    An RCU walker and the IPI
      --set walker=rcu --set free=ipi-sync
    An RCU walker and the flush
      --set walker=rcu --set flush=ipi --set free=immediate

pae-torn-pte: A PTE of two words, read without a lock (32-bit PAE)
  knobs, each with its default first
    irqs=off|on
    flush=ipi|broadcast
    recheck_low=on|off
    order=low-first|high-first
  presets
    What the source does today
    Interrupts on
      --set irqs=on
    A flush that waits for nobody
      --set flush=broadcast
    Without the second look
      --set recheck_low=off
    The high word cleared first
      --set order=high-first

"#]]);
}

#[test]
fn the_default_is_the_first_value() {
    let list = json(&racewalk(&["list", "--json"]).code(0).stderr_eq(""));
    for race in list.as_array().expect("a list") {
        for knob in race["knobs"].as_array().expect("a list") {
            assert_eq!(knob["default"], knob["values"][0]);
        }
    }
}
