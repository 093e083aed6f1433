//! Where embeds stand in a document, and what is said of those that cannot stand.

use expect_test::{Expect, expect};
use racewalk_embed::{Found, Markup, Problem};

/// Each embed with its line; below it what is wrong with it.
#[track_caller]
fn check(markup: Markup, document: &str, expected: Expect) {
    let mut told = String::new();
    for Found { line, embed, .. } in markup.embeds(document) {
        match embed {
            Ok(embed) => {
                let set: Vec<String> =
                    embed.set.iter().map(|it| format!("{}={}", it.0, it.1)).collect();
                told.push_str(&format!(
                    "{line}: {} [{}] {:?}",
                    embed.race,
                    set.join(" "),
                    embed.schedule
                ));
                for (name, value) in [
                    ("at", embed.at.map(|it| it.to_string())),
                    ("expect", embed.expect.clone()),
                    ("caption", embed.caption.clone()),
                    ("name", embed.name.clone()),
                ] {
                    if let Some(value) = value {
                        told.push_str(&format!(" {name}={value:?}"));
                    }
                }
                told.push('\n');
                match embed.ask() {
                    Ok(asked) => {
                        told.push_str(&format!("  {} of {}\n", asked.at, asked.trace.steps.len()))
                    }
                    Err(Problem::Wrong(reason)) => told.push_str(&format!("  wrong: {reason}\n")),
                    Err(Problem::NoLonger(reason)) => {
                        told.push_str(&format!("  no longer: {reason}\n"))
                    }
                }
            }
            Err(reason) => told.push_str(&format!("{line}: {reason}\n")),
        }
    }
    expected.assert_eq(&told);
}

#[test]
fn markdown() {
    check(
        Markup::Markdown,
        "# A chapter

```race-walk
memunmap kill_gp=off: w2m3h7w
at: 7
expect: uaf-read
caption: As far as the mail's author could see: the walker
```

```race-walkers
no
```

- in a list

  ```race-walk
  reclaim
  ```

```race-walk
reclaim
att: 7
```

```race-walk
```

    ```race-walk
    reclaim
    ```
",
        expect![[r#"
            3: memunmap [kill_gp=off] "w2m3h7w" at="7" expect="uaf-read" caption="As far as the mail's author could see: the walker"
              7 of 13
            16: reclaim [] ""
              0 of 0
            20: there is no option `att`; did you mean `at`? (there are: set, schedule, at, expect, caption, name)
            25: the block names no race
        "#]],
    );
}

#[test]
fn restructured_text() {
    check(
        Markup::ReStructuredText,
        "A chapter
=========

.. race-walk:: memunmap
   :set: kill_gp=off flush=ipi
   :schedule: w2
   :expect: violated
   :caption: A long one that
      goes on here.
   :name: mail

Like this::

   .. race-walk:: nowhere

.. code-block:: rst

   .. race-walk:: nowhere

.. a comment

   .. race-walk:: nowhere

.. note::

   .. race-walk:: reclaim
      :expect: violated

* .. race-walk:: reclaim
     :name: in-a-list

- text .. race-walk:: nowhere

.. race-walk::

.. race-walk:: reclaim
   :at: x

.. race-walk:: reclaim

   Content.
",
        expect![[r#"
            4: memunmap [kill_gp=off flush=ipi] "w2" expect="violated" caption="A long one that goes on here." name="mail"
              no longer: `violated` is expected, but the verdict is safe
            26: reclaim [] "" expect="violated"
              no longer: `violated` is expected, but the verdict is safe
            29: reclaim [] "" name="in-a-list"
              0 of 0
            34: the directive names one race: `.. race-walk:: RACE`
            36: `x` is no number of steps taken
            39: the directive has no content, but `Content.`
        "#]],
    );
}

#[test]
fn html() {
    check(
        Markup::Html,
        "<p>Look:</p>
<race-walk race=\"memunmap\" set='kill_gp=off' schedule=w2m3h7w at=\"7\" theme=dark class=\"big\">
  <pre>fallback</pre>
</race-walk>
<!-- <race-walk race=nowhere></race-walk> -->
<script>const text = '<race-walk race=nowhere>';</script>
<pre>&lt;race-walk race=nowhere&gt;</pre>
<race-walk set=\"a=b\"></race-walk>
<RACE-WALK race=memunmap expect=uaf-read caption=\"a &amp; b\" name=\"../x\"></RACE-WALK>
",
        expect![[r#"
            2: memunmap [kill_gp=off] "w2m3h7w" at="7"
              7 of 13
            8: the element has no race="…"
            9: `../x` is no name: letters, digits, `-` and `_`, and not digits alone
        "#]],
    );
}

#[test]
fn what_there_is_not_or_is_not_so() {
    let block = |text: &str| format!("```race-walk\n{text}\n```\n");
    let blocks = [
        "reclam",
        "reclaim flush",
        "reclaim flush=ip",
        "reclaim knob=x",
        "reclaim: q",
        "reclaim: w99",
        "reclaim: w\nat: 2",
        "reclaim\nexpect: violated",
        "memunmap kill_gp=off: w2m3h7w\nexpect: uaf-write",
        "memunmap kill_gp=off: w2m3h7\nexpect: uaf-read",
        "memunmap kill_gp=off: w2m3h7w\nexpect: uaf",
        "memunmap unmap=off: w8h2\nexpect: held-off",
        "reclaim\nexpect: safe",
        "reclaim\nname: 7",
    ];
    check(
        Markup::Markdown,
        &blocks.map(block).concat(),
        expect![[r#"
            1: reclam [] ""
              wrong: there is no race `reclam`; did you mean `reclaim`?
            4: `flush` is no knob=value
            7: reclaim [flush=ip] ""
              wrong: knob `flush` has no value `ip`; did you mean `ipi`? (its values: ipi, broadcast)
            10: reclaim [knob=x] ""
              wrong: race `reclaim` has no knob `knob` (its knobs: flush, pte_recheck, zero_check, walkers, pages)
            13: reclaim [] "q"
              wrong: the schedule's character at offset 0: no actor has the letter `q`; there are `w` `m`
            16: reclaim [] "w99"
              wrong: step 9 is impossible: walker has finished
            19: reclaim [] "w" at="2"
              wrong: there is no position 2: the schedule has 1 step
            23: reclaim [] "" expect="violated"
              no longer: `violated` is expected, but the verdict is safe
            27: memunmap [kill_gp=off] "w2m3h7w" expect="uaf-write"
              no longer: `uaf-write` is expected, but this schedule's end is: uaf-read
            31: memunmap [kill_gp=off] "w2m3h7" expect="uaf-read"
              no longer: `uaf-read` is expected, but this schedule's end is: none, it goes on
            35: memunmap [kill_gp=off] "w2m3h7w" expect="uaf"
              wrong: nothing can be expected that is called `uaf` (there are: safe, violated, complete, deadlock, held-off, uaf-read, uaf-write, corrupt-write, fault, poison-read, poison-write, refcount-from-zero, wrong-owner, pinned-free-page, wrong-folio, pin-uaf-write, pin-corrupt-write, pin-fault, refcount-underflow, pfn-invalid, out-of-range)
            39: memunmap [unmap=off] "w8h2" expect="held-off"
              10 of 10
            43: reclaim [] "" expect="safe"
              0 of 0
            47: `7` is no name: letters, digits, `-` and `_`, and not digits alone
        "#]],
    );
}
