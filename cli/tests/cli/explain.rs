//! What `explain` tells, and what it says to questions that make no sense.

use serde_json::{Value, json};
use snapbox::str;

use crate::schemas::validate;
use crate::{PHILOSOPHERS, json, racewalk};

#[test]
fn a_small_race_in_words() {
    let args = [
        "explain",
        "table-free",
        "--set",
        "free=immediate",
        "--witness",
        "W2 before M1 before W3",
        "--witness",
        "M3 before W2 to W3",
    ];
    racewalk(&args).code(0).stderr_eq("").stdout_eq(str![[r#"
race table-free: free=immediate
violated

26 states: 20 safe whatever follows, 5 can still fail, 1 lost
26 schedules, of which 1 fail (counts, not probabilities)

The window of table-uaf: what all its schedules share
  walker W2 `pmd = pmdp_get_lockless(pmdp)`
    before unmap M1 `pmd_clear(pmd)`
  unmap M3 `__tlb_remove_table(table)`
    before walker W3 `pte = ptep_get_lockless(ptep)`
  That is enough: every schedule that keeps to it ends in table-uaf.

The schedule w2m3w: table-uaf
  step  schedules  failing  fate
     0         26        1  may fail  at the start
     1         16        1  may fail  W1 local_irq_save(flags)
     2         10        1  may fail  W2 pmd = pmdp_get_lockless(pmdp)
                                      fixed: W2 before M1
     3          6        1  may fail  M1 pmd_clear(pmd)
     4          3        1  may fail  M2' broadcast TLB flush
     5          1        1  lost      M3 __tlb_remove_table(table)
                                      fixed: M3 before W3
                                      the point of no return
     6          1        1  lost      W3 pte = ptep_get_lockless(ptep)

From bad to good: 1 swap of neighbouring steps
  1. unmap M1 `pmd_clear(pmd)` before walker W2 `pmd =
     pmdp_get_lockless(pmdp)`
     wmwm2w: completes. This swap settles it.
  Gone on with, wmwm2w completes.

synchronize_rcu() in each gap, one at a time
  walker: before W1   table-uaf after 8 steps: w4m3w
  walker: before W2   deadlock after 5 steps: w2m3
  walker: before W3   deadlock after 6 steps: w3m3
  walker: before W4   table-uaf after 6 steps: w2m3w
  walker: at the end  table-uaf after 6 steps: w2m3w
  unmap: before M1    table-uaf after 8 steps: mw2m4w
  unmap: before M2'   safe
  unmap: before M3    safe
  unmap: at the end   table-uaf after 6 steps: w2m3w

an IPI to all CPUs in each gap, one at a time
  walker: before W1   table-uaf after 8 steps: w4m3w
  walker: before W2   deadlock after 5 steps: w2m3
  walker: before W3   deadlock after 6 steps: w3m3
  walker: before W4   table-uaf after 6 steps: w2m3w
  walker: at the end  table-uaf after 6 steps: w2m3w
  unmap: before M1    table-uaf after 8 steps: mw2m4w
  unmap: before M2'   safe
  unmap: before M3    safe
  unmap: at the end   table-uaf after 6 steps: w2m3w

Protections
  flush=ipi, free=rcu|ipi-sync
  6 combinations: 5 safe, 1 not
  safe, and with fewer of these it is not:
    free=rcu
    free=ipi-sync
    flush=ipi
  not safe, and with more of these it is:
    none of them: table-uaf after 6 steps: w2m3w

Is there a schedule where W2 before M1 before W3?
  yes: w2mw, 4 steps, and there is no shorter one

Is there a schedule where M3 before W2 to W3?
  none, in 26 states

"#]]);
}

#[test]
fn a_safe_race_in_words() {
    racewalk(&["explain", "thp-split"]).code(0).stderr_eq("").stdout_eq(str![[r#"
race thp-split: every knob at its default
safe: no interleaving breaks anything

113 states: 113 safe whatever follows, 0 can still fail, 0 lost
382 schedules, of which 0 fail (counts, not probabilities)

synchronize_rcu() is not needed, and in these gaps it does harm
  walker: before W2   deadlock after 8 steps: w2m6
  walker: before W5   deadlock after 9 steps: w3m6
  walker: before W6   deadlock after 10 steps: w4m6
  walker: before W7   deadlock after 9 steps: w5m4
  walker: before W8   deadlock after 10 steps: w6m4
  walker: before W9   deadlock after 11 steps: w5mw2m3
  walker: before W9'  deadlock after 12 steps: w3m6w3
  walker: before W10  deadlock after 9 steps: mw3m5

an IPI to all CPUs is not needed, and in these gaps it does harm
  walker: before W2   deadlock after 8 steps: w2m6
  walker: before W5   deadlock after 9 steps: w3m6
  walker: before W6   deadlock after 10 steps: w4m6
  walker: before W7   deadlock after 9 steps: w5m4
  walker: before W8   deadlock after 10 steps: w6m4
  walker: before W9   deadlock after 11 steps: w5mw2m3
  walker: before W9'  deadlock after 12 steps: w3m6w3
  walker: before W10  deadlock after 9 steps: mw3m5

Protections
  flush=ipi, head_recheck=on
  4 combinations: 3 safe, 1 not
  safe, and with fewer of these it is not:
    head_recheck=on
    flush=ipi
  not safe, and with more of these it is:
    none of them: wrong-folio after 11 steps: w3m6w2

"#]]);
}

#[test]
fn a_deadlock_in_words() {
    racewalk(&["explain", PHILOSOPHERS]).code(0).stderr_eq("").stdout_eq(str![[r#"
race philosophers: every knob at its default
violated

75 states: 67 safe whatever follows, 7 can still fail, 1 lost
396 schedules, of which 6 fail (counts, not probabilities)

The window of deadlock: what all its schedules share
  aristotle P1a `take the left fork`
    before plato P2a `take the right fork`, which is still to come
  hypatia P1a `take the left fork`
    before aristotle P2a `take the right fork`, which is still to come
  plato P1a `take the left fork`
    before hypatia P2a `take the right fork`, which is still to come
  That is enough: every schedule that keeps to it ends in deadlock.

The schedule ahp: deadlock
  step  schedules  failing  fate
     0        396        6  may fail  at the start
     1        132        2  may fail  aristotle P1a take the left fork
                                      fixed: aristotle P1a before plato P2a
     2         29        1  may fail  hypatia P1a take the left fork
                                      fixed: hypatia P1a before aristotle
                                        P2a
     3          1        1  lost      plato P1a take the left fork
                                      fixed: plato P1a before hypatia P2a
                                      the point of no return

From bad to good: 1 swap of neighbouring steps
  1. hypatia P2a `take the right fork` before plato P1a `take the left
     fork`
     ah2: nothing can fail any more. This swap settles it.
  Gone on with, ah3a3hp4 completes.

"#]]);
}

#[test]
fn what_a_limit_left_open() {
    let args = ["explain", "memunmap", "--set", "kill_gp=off", "--max-states", "150"];
    let args = [&args[..], &["--witness", "W6 before M1", "--witness", "H7 before fault"]].concat();
    racewalk(&args).code(3).stderr_eq("").stdout_eq(str![[r#"
race memunmap: kill_gp=off
incomplete: what was found stands, what was not may exist

150 states: 0 safe whatever follows, 0 can still fail, 0 lost, 150 unknown

The window of uaf-read, uaf-write, fault is not known: the limit of states
stopped the search

The window of uaf-read is not known: the limit of states stopped the search

The window of uaf-write is not known: the limit of states stopped the
search

The window of fault is not known: the limit of states stopped the search

The schedule w2m3h7w: uaf-read
  step  schedules  failing  fate
     0          ?        ?  unknown   at the start
     1          ?        ?  unknown   W1 local_irq_save(flags)
     2          ?        ?  unknown   W2 pte = ptep_get_lockless(ptep)
     3          ?        ?  unknown   M1 pte = ptep_get_and_clear(mm, addr,
                                        ptep)
     4          ?        ?  unknown   M2' broadcast TLB flush
     5          ?        ?  unknown   M3 tlb_flush_mmu_free():
                                        put_page(page)
     6          ?        ?  unknown   H3 unmap_mapping_range() has returned
     7          ?        ?  unknown   D2 percpu_ref_kill(&pgmap->ref)
     8          ?        ?  unknown   D3 wait_for_completion(&pgmap->done)
     9          ?        ?  unknown   D4 wait: the page is idle
    10          ?        ?  unknown   H1 mem_hotplug_begin()
    11          ?        ?  unknown   H9 section_mem_map &=
                                        ~SECTION_HAS_MEM_MAP
    12          ?        ?  unknown   H10 free_pagetable()
    13          ?        ?  lost      W5 folio = page_folio(page)

synchronize_rcu() in each gap, one at a time
  walker: before W1          incomplete
  walker: before W2          deadlock after 14 steps: w2m3h9
  walker: before W5          deadlock after 15 steps: w3m3h9
  walker: before W6          uaf-read after 13 steps: w2m3h7w
  walker: before W7          deadlock after 11 steps: w5m3h3
  walker: before W8          deadlock after 12 steps: w6m3h3
  walker: before W9          uaf-read after 13 steps: w2m3h7w
  walker: before W9'         uaf-read after 13 steps: w2m3h7w
  walker: before W10         uaf-read after 13 steps: w2m3h7w
  walker: before W11         uaf-read after 13 steps: w2m3h7w
  walker: at the end         incomplete
  unmap: before M1           incomplete
  unmap: before M2'          safe
  unmap: before M3           safe
  unmap: at the end          safe
  unplug: before H3          incomplete
  unplug: before D2          incomplete
  unplug: before D3          incomplete
  unplug: before D4          incomplete
  unplug: before H1          incomplete
  unplug: before H9          incomplete
  unplug: before H10         incomplete
  unplug: before H11         uaf-read after 13 steps: w2m3h7w
  unplug: before H7          uaf-read after 13 steps: w2m3h7w
  unplug: at the end         uaf-read after 13 steps: w2m3h7w
  allocator: before E1       incomplete
  allocator: at the end      uaf-read after 13 steps: w2m3h7w
  rcu_sync_exit: at the end  incomplete

an IPI to all CPUs in each gap, one at a time
  walker: before W1          incomplete
  walker: before W2          deadlock after 14 steps: w2m3h9
  walker: before W5          deadlock after 15 steps: w3m3h9
  walker: before W6          uaf-read after 13 steps: w2m3h7w
  walker: before W7          deadlock after 11 steps: w5m3h3
  walker: before W8          deadlock after 12 steps: w6m3h3
  walker: before W9          uaf-read after 13 steps: w2m3h7w
  walker: before W9'         uaf-read after 13 steps: w2m3h7w
  walker: before W10         uaf-read after 13 steps: w2m3h7w
  walker: before W11         uaf-read after 13 steps: w2m3h7w
  walker: at the end         incomplete
  unmap: before M1           incomplete
  unmap: before M2'          safe
  unmap: before M3           safe
  unmap: at the end          safe
  unplug: before H3          incomplete
  unplug: before D2          incomplete
  unplug: before D3          incomplete
  unplug: before D4          incomplete
  unplug: before H1          incomplete
  unplug: before H9          incomplete
  unplug: before H10         incomplete
  unplug: before H11         uaf-read after 13 steps: w2m3h7w
  unplug: before H7          uaf-read after 13 steps: w2m3h7w
  unplug: at the end         uaf-read after 13 steps: w2m3h7w
  allocator: before E1       incomplete
  allocator: at the end      uaf-read after 13 steps: w2m3h7w
  rcu_sync_exit: at the end  incomplete

Protections
  flush=ipi, kill_gp=on, grace_period=after-begin|after-remove,
    page_wait=on
  24 combinations: 5 safe, 13 not, 6 incomplete
  safe, and with fewer of these it is not:
    kill_gp=on, page_wait=on
    flush=ipi, page_wait=on
  not safe, and with more of these it is:
    flush=ipi, kill_gp=on, grace_period=after-begin: pin-uaf-write after 19
      steps: w7m3h8w

Is there a schedule where W6 before M1?
  yes: w4m, 5 steps

Is there a schedule where H7 before fault?
  not found, and not ruled out: the limit of states stopped the search

"#]]);
}

#[test]
fn one_kind_and_one_schedule() {
    let args = ["explain", "memunmap", "--set", "kill_gp=off", "--kind", "fault", "--json"];
    let told = json(&racewalk(&args).code(0));
    assert_eq!(told["windows"].as_array().map(Vec::len), Some(1));
    assert_eq!(told["schedule"]["end"], "fault");
    let args = ["explain", "memunmap", "--set", "kill_gp=off", "--schedule", "w2m", "--json"];
    let told = json(&racewalk(&args).code(0));
    let last = &told["schedule"]["positions"][3];
    assert_eq!((&last["fate"], &last["schedules"]), (&json!("open"), &json!("2804")));
    assert_eq!(
        (&told["schedule"]["end"], &told["schedule"]["nearest"]),
        (&Value::Null, &Value::Null)
    );
    let args = ["explain", "memunmap", "--kind", "fault"];
    let output = racewalk(&args).code(0);
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(text.contains("\nNo schedule ends in fault.\n"), "{text}");
}

#[test]
fn bad_questions() {
    let check = |args: &[&str], error: &str| {
        let args = [&["explain", "reclaim"], args].concat();
        racewalk(&args).code(2).stdout_eq("").stderr_eq(format!("error: {error}\n"));
    };
    check(
        &["--kind", "wrong-ower"],
        "there is no kind of failure `wrong-ower`; did you mean `wrong-owner`? (kinds: [..])",
    );
    check(
        &["--witness", "W6 before M9"],
        "in the question `W6 before M9` there is no line, and no end, `M9`",
    );
    check(&["--schedule", "w2q"], "[..]no actor has the letter `q`[..]");
    check(&["--schedule", "w99"], "step [..] is impossible: [..]");
}

#[test]
fn explain_json() {
    let check = |args: &[&str], status: i32| {
        let args = [&["explain", "--json"], args].concat();
        let value = json(&racewalk(&args).code(status));
        assert_eq!(validate("explain.schema.json", &value), Ok(()), "{args:?}");
        value
    };
    let told = check(&["memunmap", "--set", "kill_gp=off", "--witness", "W6 before M1"], 0);
    assert_eq!(told["witnesses"][0]["schedule"], "w4m");
    assert_eq!(told["schedule"]["nearest"]["swaps"][0]["at"], 2);
    assert_eq!(told["schedule"]["no_return"], 12);
    assert_eq!(told["schedule"]["positions"][2]["fixed"], json!([0]));
    let order = &told["windows"][1]["orders"][0];
    assert_eq!((&order["first"]["key"], &order["then"]["key"]), (&json!("W2"), &json!("M1")));
    let safe = |it: &&Value| it["verdict"] == "safe" && it["actor"] == "unplug";
    let placements = told["placements"].as_array().expect("a list");
    let grace_period = placements.iter().filter(|it| it["card"] == "synchronize_rcu");
    let keys: Vec<&Value> = grace_period.filter(safe).map(|it| &it["before"]).collect();
    assert_eq!(keys, ["D2", "D3", "D4", "H1", "H9", "H10"]);
    assert_eq!(told["protections"]["choices"].as_array().map(Vec::len), Some(24));

    let incomplete = check(&["memunmap", "--max-states", "9", "--witness", "H7"], 3);
    assert_eq!(incomplete["witnesses"][0]["exists"], Value::Null);
    assert_eq!(incomplete["schedules"], Value::Null);
    let loops = check(&["spin.race"], 0);
    assert_eq!(loops["schedules"], Value::Null);
    check(&[PHILOSOPHERS, "--kind", "deadlock"], 0);
    check(&["ram-unplug", "--set", "walker=pfn-rcu"], 0);
    check(&["pae-torn-pte", "--set", "irqs=on"], 0);
}
