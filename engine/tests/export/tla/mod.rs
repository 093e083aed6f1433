//! Models as TLA+: how they read, what is refused, and, run by a small interpreter of the tests' own, what they mean. TLC is not asked.

mod parse;
mod run;

use expect_test::expect;
use racewalk_engine::explore::{Limits, answer, explore};
use racewalk_engine::export::{self, Tla};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::bench;
use run::Found;

const RACES: [&str; 7] = [
    include_str!("../../races/awkward.race"),
    include_str!("../../races/peterson.race"),
    include_str!("../../races/peterson3.race"),
    include_str!("../../races/philosophers.race"),
    include_str!("../../races/rcu_list.race"),
    include_str!("../../races/seqlock.race"),
    include_str!("../../races/treiber.race"),
];

/// What the engine says, in the interpreter's words.
fn by_engine(model: &Model) -> Found {
    let answer = answer(model, &explore(model, Limits::default()));
    let kind =
        |it: &racewalk_engine::explore::Found| model.violations[it.violation.index()].name.clone();
    Found {
        states: answer.states,
        kinds: answer.violations.iter().map(kind).collect(),
        deadlock: !answer.deadlocks.is_empty(),
    }
}

#[track_caller]
fn agrees(race: &Race, settings: &Settings) {
    let model = race.compile(settings).unwrap_or_else(|report| panic!("{report}"));
    let Tla { name, module, config } =
        export::tla(race, settings, &model).unwrap_or_else(|it| panic!("{}: {it}", race.id));
    assert!(module.contains(&format!("---- MODULE {name} ----")), "{}", race.id);
    let parsed = parse::module(&module);
    for line in config.lines() {
        if let Some(invariant) = line.strip_prefix("INVARIANT ") {
            assert!(parsed.definitions.contains_key(invariant), "{invariant}");
        }
    }
    assert_eq!(run::explore(&parsed), by_engine(&model), "{} {settings:?}", race.id);
}

/// The states in which nothing is broken, the kinds, and deadlocks: general races with one knob
/// turned at a time, those of the library under each preset.
#[test]
fn the_module_means_what_the_model_means() {
    for text in RACES {
        let race = Race::load(text).unwrap_or_else(|report| panic!("{report}"));
        agrees(&race, &race.settings());
        for knob in &race.knobs {
            for value in &knob.values[1..] {
                let mut settings = race.settings();
                settings.set(&race, &knob.name, &value.name).expect("its own knob");
                agrees(&race, &settings);
            }
        }
    }
    for it in library::races() {
        let race = Race::load(it.text).unwrap_or_else(|report| panic!("{report}"));
        race.presets.iter().for_each(|preset| agrees(&race, &race.preset(preset)));
    }
}

#[test]
fn it_reads_so() {
    let bench = bench(include_str!("../../races/treiber.race"), &[("tag", "on")]);
    let tla = export::tla(&bench.race, &bench.settings, &bench.model).expect("it can be said");
    expect![[r#"
        ----------------------------- MODULE treiber -----------------------------
        (* race treiber: tag=on
           A Treiber stack, and ABA
           model 6fecbe2966b4df09

           Each action is one step. A step that breaks a property sets broken and
           nothing else; nothing follows it. *)

        EXTENDS Integers

        no_node == 0
        id_slow == 0
        id_fast == 1

        slow_a == 0
        slow_b == 1
        slow_c == 2
        slow_finished == 3

        fast_Pa == 0
        fast_Pb == 1
        fast_Pc == 2
        fast_F == 3
        fast_Qa == 4
        fast_Qb == 5
        fast_Qc == 6
        fast_Rd == 7
        fast_Re == 8
        fast_finished == 9

        VARIABLES broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first, fast_position

        vars == <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first, fast_position>>

        Init ==
          /\ broken = "no"
          /\ top = 2
          /\ version = 0
          /\ node_next = [element \in 0..1 |-> IF element = 0 THEN no_node ELSE 1]
          /\ node_taken = [element \in 0..1 |-> IF element = 0 THEN 0 ELSE 0]
          /\ slow_old = no_node
          /\ slow_next = no_node
          /\ slow_seen = 0
          /\ slow_position = slow_a
          /\ fast_old = no_node
          /\ fast_next = no_node
          /\ fast_seen = 0
          /\ fast_first = no_node
          /\ fast_position = fast_Pa

        TypeOK ==
          /\ broken \in {"no", "popped-twice", "out-of-range"}
          /\ top \in 0..2
          /\ version \in 0..7
          /\ node_next \in [0..1 -> 0..2]
          /\ node_taken \in [0..1 -> 0..1]
          /\ slow_old \in 0..2
          /\ slow_next \in 0..2
          /\ slow_seen \in 0..7
          /\ slow_position \in 0..3
          /\ fast_old \in 0..2
          /\ fast_next \in 0..2
          /\ fast_seen \in 0..7
          /\ fast_first \in 0..2
          /\ fast_position \in 0..9

        Breaks(kind) ==
          /\ broken' = kind
          /\ UNCHANGED <<top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first, fast_position>>

        \* The environment need not finish: what it could still do does not count.
        EverybodyHasFinished ==
          /\ slow_position = slow_finished
          /\ fast_position = fast_finished

        \* Where a run may rest for ever: it is over, or who waits may be held off.
        Rest ==
          /\ (broken # "no" \/ (slow_position \in {slow_finished} /\ fast_position \in {fast_finished}))
          /\ UNCHANGED vars

        (* a pop: old = top *)
        Do_slow_a ==
          /\ slow_position = slow_a
          /\ IF top = no_node THEN (
                 /\ slow_old' = top
                 /\ slow_seen' = version
                 /\ slow_position' = slow_finished
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_next, fast_old, fast_next, fast_seen, fast_first, fast_position>>)
             ELSE
               /\ slow_old' = top
               /\ slow_seen' = version
               /\ slow_position' = slow_b
               /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_next, fast_old, fast_next, fast_seen, fast_first, fast_position>>

        (* b pop: next = old->next *)
        Do_slow_b ==
          /\ slow_position = slow_b
          /\ IF ~(slow_old \in 1..2) THEN Breaks("out-of-range")
             ELSE LET next_slow_next_1 == node_next[slow_old - 1] IN
               /\ slow_next' = next_slow_next_1
               /\ slow_position' = slow_c
               /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_seen, fast_old, fast_next, fast_seen, fast_first, fast_position>>

        (* c pop: cmpxchg(&top, old, next) *)
        Do_slow_c ==
          /\ slow_position = slow_c
          /\ IF top # slow_old THEN (
                 /\ slow_position' = slow_a
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, fast_old, fast_next, fast_seen, fast_first, fast_position>>)
             ELSE IF version # slow_seen THEN (
                 /\ slow_position' = slow_a
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, fast_old, fast_next, fast_seen, fast_first, fast_position>>)
             ELSE IF (version + 1) > 7 THEN Breaks("out-of-range")
             ELSE LET next_version_1 == (version + 1) IN
             IF ((~(slow_next = no_node)) /\ (~(slow_next \in 1..2))) THEN Breaks("out-of-range")
             ELSE IF ~(((slow_next = no_node) \/ (~(node_taken[slow_next - 1] # 0)))) THEN Breaks("popped-twice")
             ELSE IF ~(slow_old \in 1..2) THEN Breaks("out-of-range")
             ELSE LET next_node_taken_2 == [node_taken EXCEPT ![slow_old - 1] = 1] IN
               /\ top' = slow_next
               /\ version' = next_version_1
               /\ node_taken' = next_node_taken_2
               /\ slow_position' = slow_finished
               /\ UNCHANGED <<broken, node_next, slow_old, slow_next, slow_seen, fast_old, fast_next, fast_seen, fast_first, fast_position>>

        (* Pa first pop: old = top *)
        Do_fast_Pa ==
          /\ fast_position = fast_Pa
          /\ IF top = no_node THEN (
                 /\ fast_old' = top
                 /\ fast_seen' = version
                 /\ fast_position' = fast_finished
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_next, fast_first>>)
             ELSE
               /\ fast_old' = top
               /\ fast_seen' = version
               /\ fast_position' = fast_Pb
               /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_next, fast_first>>

        (* Pb first pop: next = old->next *)
        Do_fast_Pb ==
          /\ fast_position = fast_Pb
          /\ IF ~(fast_old \in 1..2) THEN Breaks("out-of-range")
             ELSE LET next_fast_next_1 == node_next[fast_old - 1] IN
               /\ fast_next' = next_fast_next_1
               /\ fast_position' = fast_Pc
               /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_seen, fast_first>>

        (* Pc first pop: cmpxchg(&top, old, next) *)
        Do_fast_Pc ==
          /\ fast_position = fast_Pc
          /\ IF top # fast_old THEN (
                 /\ fast_position' = fast_Pa
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>)
             ELSE IF version # fast_seen THEN (
                 /\ fast_position' = fast_Pa
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>)
             ELSE IF (version + 1) > 7 THEN Breaks("out-of-range")
             ELSE LET next_version_1 == (version + 1) IN
             IF ((~(fast_next = no_node)) /\ (~(fast_next \in 1..2))) THEN Breaks("out-of-range")
             ELSE IF ~(((fast_next = no_node) \/ (~(node_taken[fast_next - 1] # 0)))) THEN Breaks("popped-twice")
             ELSE IF ~(fast_old \in 1..2) THEN Breaks("out-of-range")
             ELSE LET next_node_taken_2 == [node_taken EXCEPT ![fast_old - 1] = 1] IN
               /\ top' = fast_next
               /\ version' = next_version_1
               /\ node_taken' = next_node_taken_2
               /\ fast_position' = fast_F
               /\ UNCHANGED <<broken, node_next, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>

        (* F first = old *)
        Do_fast_F ==
          /\ fast_position = fast_F
          /\
               /\ fast_first' = fast_old
               /\ fast_position' = fast_Qa
               /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen>>

        (* Qa second pop: old = top *)
        Do_fast_Qa ==
          /\ fast_position = fast_Qa
          /\ IF top = no_node THEN (
                 /\ fast_old' = top
                 /\ fast_seen' = version
                 /\ fast_position' = fast_finished
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_next, fast_first>>)
             ELSE
               /\ fast_old' = top
               /\ fast_seen' = version
               /\ fast_position' = fast_Qb
               /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_next, fast_first>>

        (* Qb second pop: next = old->next *)
        Do_fast_Qb ==
          /\ fast_position = fast_Qb
          /\ IF ~(fast_old \in 1..2) THEN Breaks("out-of-range")
             ELSE LET next_fast_next_1 == node_next[fast_old - 1] IN
               /\ fast_next' = next_fast_next_1
               /\ fast_position' = fast_Qc
               /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_seen, fast_first>>

        (* Qc second pop: cmpxchg(&top, old, next) *)
        Do_fast_Qc ==
          /\ fast_position = fast_Qc
          /\ IF top # fast_old THEN (
                 /\ fast_position' = fast_Qa
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>)
             ELSE IF version # fast_seen THEN (
                 /\ fast_position' = fast_Qa
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>)
             ELSE IF (version + 1) > 7 THEN Breaks("out-of-range")
             ELSE LET next_version_1 == (version + 1) IN
             IF ((~(fast_next = no_node)) /\ (~(fast_next \in 1..2))) THEN Breaks("out-of-range")
             ELSE IF ~(((fast_next = no_node) \/ (~(node_taken[fast_next - 1] # 0)))) THEN Breaks("popped-twice")
             ELSE IF ~(fast_old \in 1..2) THEN Breaks("out-of-range")
             ELSE LET next_node_taken_2 == [node_taken EXCEPT ![fast_old - 1] = 1] IN
               /\ top' = fast_next
               /\ version' = next_version_1
               /\ node_taken' = next_node_taken_2
               /\ fast_position' = fast_Rd
               /\ UNCHANGED <<broken, node_next, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>

        (* Rd item->next = top *)
        Do_fast_Rd ==
          /\ fast_position = fast_Rd
          /\ IF ~(fast_first \in 1..2) THEN Breaks("out-of-range")
             ELSE LET next_node_next_1 == [node_next EXCEPT ![fast_first - 1] = top] IN
               /\ node_next' = next_node_next_1
               /\ fast_seen' = version
               /\ fast_position' = fast_Re
               /\ UNCHANGED <<broken, top, version, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_first>>

        (* Re cmpxchg(&top, item->next, item) *)
        Do_fast_Re ==
          /\ fast_position = fast_Re
          /\ IF ~(fast_first \in 1..2) THEN Breaks("out-of-range")
             ELSE IF top # node_next[fast_first - 1] THEN (
                 /\ fast_position' = fast_Rd
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>)
             ELSE IF version # fast_seen THEN (
                 /\ fast_position' = fast_Rd
                 /\ UNCHANGED <<broken, top, version, node_next, node_taken, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>)
             ELSE IF (version + 1) > 7 THEN Breaks("out-of-range")
             ELSE LET next_version_1 == (version + 1) IN
             LET next_node_taken_2 == [node_taken EXCEPT ![fast_first - 1] = 0] IN
               /\ top' = fast_first
               /\ version' = next_version_1
               /\ node_taken' = next_node_taken_2
               /\ fast_position' = fast_finished
               /\ UNCHANGED <<broken, node_next, slow_old, slow_next, slow_seen, slow_position, fast_old, fast_next, fast_seen, fast_first>>

        Steps ==
          \/ Do_slow_a
          \/ Do_slow_b
          \/ Do_slow_c
          \/ Do_fast_Pa
          \/ Do_fast_Pb
          \/ Do_fast_Pc
          \/ Do_fast_F
          \/ Do_fast_Qa
          \/ Do_fast_Qb
          \/ Do_fast_Qc
          \/ Do_fast_Rd
          \/ Do_fast_Re

        Next == (broken = "no" /\ Steps) \/ Rest

        Spec == Init /\ [][Next]_vars

        \* makes a node the top of the stack that somebody has already taken
        Never_popped_twice == broken # "popped-twice"

        \* writes a value that its cell cannot hold
        Never_out_of_range == broken # "out-of-range"

        ==========================================================================
    "#]].assert_eq(&tla.module);
    expect![[r#"
        INIT Init
        NEXT Next
        CHECK_DEADLOCK TRUE
        INVARIANT TypeOK
        INVARIANT Never_popped_twice
        INVARIANT Never_out_of_range
    "#]]
    .assert_eq(&tla.config);
}

#[test]
fn what_cannot_be_said_is_named() {
    let race = include_str!("../large.race");
    let bench = bench(race, &[]);
    let refused = export::tla(&bench.race, &bench.settings, &bench.model).map(|it| it.module);
    expect!["A1 of first cannot be exported: its arithmetic may leave 32 bits"]
        .assert_eq(&refused.expect_err("32 bits are too few").to_string());
}
