//! Models as Promela: how they read, and what is refused. That SPIN agrees is for `cargo xtask conformance` to say.

use expect_test::expect;
use racewalk_engine::export;
use racewalk_engine::library;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::bench;

/// What the export can meet: arrays, sets, storage, choices, waits, loops, an environment, names that
/// mean something in Promela or in C.
const RACE: &str = include_str!("../races/awkward.race");

fn promela(text: &str) -> Result<String, String> {
    let bench = bench(text, &[]);
    export::promela(&bench.race, &bench.settings, &bench.model).map_err(|it| it.to_string())
}

#[test]
fn it_reads_so() {
    expect![[r#"
        /* race awkward
           Awkward * / names
           model ba51e06a1badc639

           spin -a FILE && cc -O0 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -c0

           "states, stored" is then the number of states that racewalk check tells.
           Each step is one d_step. A step that breaks a property says so and is undone:
           it leads nowhere. */

        #define live 0
        #define free 1

        #define int_2 0 /* int */
        #define run_2 1 /* run */
        #define linux_2 2 /* linux */

        #define no_depth 1
        #define nobody (-1)

        /* Actors; a set of them has bit 1 << number for each. */
        #define id_init 0 /* init */
        #define id_d_step 1 /* d_step */
        #define id_do 2 /* do */

        #define init_A1 0
        #define init_A2 1
        #define init_A3p 2
        #define init_A3 3
        #define init_finished 4

        #define d_step_B1 0
        #define d_step_B2 1
        #define d_step_B3 2
        #define d_step_finished 3

        #define do_E1 0
        #define do_E2 1
        #define do_finished 2

        bit now = live;
        byte timeout_2 = 0; /* timeout */
        byte depth_len[3] = { 2, 3, 4 };
        short depth_chan[3] = 0;
        byte set = 0;
        short owner = nobody;
        byte kind = run_2;
        #define pan 7
        byte init_at = no_depth; /* init.at */
        byte init_position = init_A1; /* init.position */
        byte d_step_position = d_step_B1; /* d_step.position */
        byte do_position = do_E1; /* do.position */

        /* What can break: pan names it by this number. */
        #define deadlock 0 /* deadlock */
        #define assert_2 1 /* assert */
        #define out_of 2 /* out-of */
        #define out_of_range 3 /* out-of-range */

        /* Hidden variables are no part of a state. */
        hidden short broken;
        hidden int was_depth_chan_0;
        hidden int was_depth_chan_1;
        hidden int was_depth_chan_2;
        hidden int was_set;
        hidden int was_owner;

        inline breaks(what)
        {
          broken = what;
          assert(broken != what)
        }

        /* The environment need not finish: what it could still do does not count. */
        #define everybody_has_finished (init_position == init_finished && \
          d_step_position == d_step_finished)

        /* Somebody stands where waiting for ever is a fault. */
        #define somebody_has_to_go_on ((init_position != init_finished) || \
          (d_step_position != d_step_finished && d_step_position != d_step_B1))

        /* timeout: nobody can take a step. */
        active proctype judge()
        {
        end:
          do
          :: atomic { timeout && somebody_has_to_go_on -> breaks(deadlock) }
          od
        }

        /* init: init() */
        active proctype init_2()
        {
        end:
          do
          /* A1 which * / way [the first] */
          :: d_step { init_position == init_A1 ->
               if
               :: now == free ->
                  breaks(assert_2);
                  goto over_init_A1_1;
               :: else
               fi;
               init_at = depth_len[0];
               init_position = init_A2;
        over_init_A1_1: skip
             }
          /* A1 which * / way [the other] */
          :: d_step { init_position == init_A1 && (timeout_2 == 0) ->
               if
               :: timeout_2 + 1 > 3 ->
                  breaks(out_of_range);
                  goto over_init_A1_2;
               :: else
               fi;
               timeout_2 = timeout_2 + 1;
               if
               :: 2 < timeout_2 ->
                  init_position = init_A3;
                  goto over_init_A1_2;
               :: else
               fi;
               init_position = init_A2;
        over_init_A1_2: skip
             }
          /* A2 depth[at] */
          :: d_step { init_position == init_A2 ->
               was_depth_chan_0 = depth_chan[0];
               was_depth_chan_1 = depth_chan[1];
               was_depth_chan_2 = depth_chan[2];
               was_set = set;
               if
               :: now == free ->
                  breaks(assert_2);
                  goto over_init_A2;
               :: else
               fi;
               if
               :: init_at < 2 ->
                  breaks(out_of_range);
                  goto over_init_A2;
               :: else
               fi;
               if
               :: depth_chan[init_at - 2] - 2 < -2 ->
                  breaks(out_of_range);
                  goto over_init_A2;
               :: else
               fi;
               depth_chan[init_at - 2] = depth_chan[init_at - 2] - 2;
               set = set | (1 << id_init);
               if
               :: init_at < 2 ->
                  breaks(out_of_range);
                  depth_chan[0] = was_depth_chan_0;
                  depth_chan[1] = was_depth_chan_1;
                  depth_chan[2] = was_depth_chan_2;
                  set = was_set;
                  goto over_init_A2;
               :: else
               fi;
               if
               :: depth_chan[init_at - 2] == -2 ->
                  kind = linux_2;
                  depth_len[init_at - 2] = no_depth;
               :: else ->
                  if
                  :: kind == linux_2 ->
                     init_position = init_finished;
                     goto over_init_A2;
                  :: else
                  fi;
                  kind = int_2;
               fi;
               init_position = init_A3p;
        over_init_A2: skip
             }
          /* A3' timeout %= 2 */
          :: d_step { init_position == init_A3p ->
               timeout_2 = (timeout_2 % 2);
               init_position = init_A3;
             }
          /* A3 again */
          :: d_step { init_position == init_A3 ->
               if
               :: owner != id_init ->
                  init_position = init_A2;
                  goto over_init_A3;
               :: else
               fi;
               init_position = init_finished;
        over_init_A3: skip
             }
          od
        }

        /* d_step: d_step() */
        active proctype d_step_2()
        {
        end:
          do
          /* B1 wait */
          :: d_step { d_step_position == d_step_B1 && (set != 0) ->
               d_step_position = d_step_B2;
             }
          /* B2 owner = self */
          :: d_step { d_step_position == d_step_B2 ->
               was_set = set;
               was_owner = owner;
               owner = id_d_step;
               set = set & ~(1 << id_init);
               if
               :: (set & (1 << id_do)) != 0 ->
                  breaks(out_of);
                  set = was_set;
                  owner = was_owner;
                  goto over_d_step_B2;
               :: else
               fi;
               d_step_position = d_step_B3;
        over_d_step_B2: skip
             }
          /* B3 wait again */
          :: d_step { d_step_position == d_step_B3 && (timeout_2 == 7 || kind == int_2 || kind == linux_2) ->
               owner = nobody;
               d_step_position = d_step_finished;
             }
          od
        }

        /* do: do() */
        active proctype do_2()
        {
        end:
          do
          /* E1 free */
          :: d_step { do_position == do_E1 && !everybody_has_finished ->
               now = free;
               do_position = do_E2;
             }
          /* E2 live */
          :: d_step { do_position == do_E2 && !everybody_has_finished ->
               now = live;
               do_position = do_E1;
             }
          od
        }
    "#]].assert_eq(&promela(RACE).expect("it can be said"));
}

/// Nothing of a race's own words ends a comment or is taken for a word of Promela.
#[test]
fn words_stay_words() {
    let text = promela(RACE).expect("it can be said");
    assert_eq!(text.matches("/*").count(), text.matches("*/").count());
}

/// Promela takes what begins with `end` or `was_` for something else; here are three things of one name.
#[test]
fn names_that_mean_something_may_occur_often() {
    let check = |name: &str, identifiers: [&str; 3]| {
        let race = format!(
            "race r \"R\"\n\nmemory\n  {name}: begin | {name} = begin\n  other: {name} | rest = {name}\n\n\
             actor one \"one\" letter a\n  A1: atomic    `l`\n      \"s\"\n      {name} = {name}\n      other = rest\n"
        );
        let text = promela(&race).expect("it can be said");
        for identifier in identifiers {
            let is_there = text.split([' ', ';', '\n']).any(|word| word == identifier);
            assert!(is_there, "{identifier}: {text}");
        }
    };
    check("end", ["the_end", "the_end_2", "the_end_3"]);
    check("was", ["was", "the_was_2", "the_was_3"]);
}

#[test]
fn every_race_of_the_library_can_be_said() {
    for it in library::races() {
        let text = promela(it.text).unwrap_or_else(|reason| panic!("{}: {reason}", it.id));
        assert_eq!(text, promela(it.text).expect("the same again"));
    }
}

#[test]
fn what_cannot_be_said_is_named() {
    let race = include_str!("large.race");
    expect!["A1 of first cannot be exported: its arithmetic may leave 32 bits"]
        .assert_eq(&promela(race).expect_err("32 bits are too few"));
}

/// SPIN keeps a variable that is only written out of its states, without a word; the engine counts it.
#[test]
fn what_nothing_reads_is_read() {
    let text = include_str!("../races/seqlock.race");
    let bench = bench(text, &[("recheck", "off"), ("odd_check", "off")]);
    let said = export::promela(&bench.race, &bench.settings, &bench.model).expect("it can be said");
    assert!(said.contains(":: d_step { false && (reader_start != 0) -> skip }"), "{said}");
    assert!(!promela(text).expect("it can be said").contains("false &&"));
}
