//! Sequence diagrams: one as a reader sees it, and the grammar of all of them.

use expect_test::expect;
use proptest::prelude::*;
use racewalk_engine::export;
use racewalk_engine::trace::Trace;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{CROWD, bench, read_back};

fn diagram(text: &str, knobs: &[(&str, &str)], code: &str) -> String {
    let bench = bench(text, knobs);
    export::mermaid(&bench.race, &bench.settings, &bench.model, &bench.trace(code))
}

#[test]
fn the_mails_race() {
    let text = racewalk_engine::library::race("memunmap").expect("the library has it");
    expect![[r#"
        sequenceDiagram
            title race memunmap: kill_gp=off
            autonumber
            participant a0 as CPU 0: walker
            participant a1 as CPU 1: unmap
            participant a2 as CPU 2: unplug
            a0->>a0: W1: local_irq_save(flags)
            a0->>a0: W2: pte = ptep_get_lockless(ptep)
            a1->>a1: M1: pte = ptep_get_and_clear(mm, addr, ptep)
            a1->>a1: M2': broadcast TLB flush
            a1->>a1: M3: tlb_flush_mmu_free(): put_page(page)
            a2->>a2: H3: unmap_mapping_range() has returned
            a2->>a2: D2: percpu_ref_kill(#38;pgmap-#62;ref)
            a2->>a2: D3: wait_for_completion(#38;pgmap-#62;done)
            a2->>a2: D4: wait: the page is idle
            a2->>a2: H1: mem_hotplug_begin()
            a2->>a2: H9: section_mem_map #38;= ~SECTION_HAS_MEM_MAP
            a2->>a2: H10: free_pagetable()
            a0->>a0: W5: folio = page_folio(page)
            Note over a0: uaf-read: reads a struct page whose memory<br/>has been freed
    "#]]
    .assert_eq(&diagram(text, &[("kill_gp", "off")], "w2m3h7w"));
}

#[test]
fn nobody_has_moved() {
    expect![[r#"
        sequenceDiagram
            title race crowd
            autonumber
            participant a0 as CPU 0: first
            participant a1 as CPU 1: second
            participant a2 as CPU 2: third
            participant a3 as CPU 3: fourth
            Note over a0,a3: nobody has moved
    "#]]
    .assert_eq(&diagram(CROWD, &[], ""));
}

const HOSTILE: &str = r#"race hostile "A title"

memory
  done "done": bool = no

violation bad "breaks; it # is \"bad\" <b>bold</b> %% $$x$$ and ends"

actor end "end" letter e
  E1: done = yes  `x; y # z <br/> %% "q" &amp; \n end`
      "One."
  E2: check not done else bad
      `loop`
      "Two."
"#;

#[test]
fn what_the_language_would_read_otherwise() {
    expect![[r#"
        sequenceDiagram
            title race hostile
            autonumber
            participant a0 as end
            a0->>a0: E1: x#59; y #35; z #60;br/#62; #37;#37; #34;q#34; #38;amp#59; #92;n end
            a0->>a0: E2: loop
            Note over a0: bad: breaks#59; it #35; is #34;bad#34; #60;b#62;bold#60;/b#62; #37;#37;<br/>#36;#36;x#36;#36; and ends
    "#]].assert_eq(&diagram(HOSTILE, &[], "e2"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..Default::default() })]
    #[test]
    fn every_line_is_of_the_language(choices in prop::collection::vec(any::<u8>(), 0..40)) {
        for bench in read_back::races() {
            let schedule = read_back::some_run(&bench.model, &choices);
            let trace = Trace::replay(&bench.model, &schedule);
            let diagram = export::mermaid(&bench.race, &bench.settings, &bench.model, &trace);
            let mut lines = diagram.lines();
            prop_assert_eq!(lines.next(), Some("sequenceDiagram"));
            let mut messages = 0;
            for line in lines {
                let line = line.strip_prefix("    ").expect("indented");
                let text = match line.split_once(' ') {
                    Some(("title", text)) => text,
                    Some(("participant", rest)) => {
                        let (name, text) = rest.split_once(" as ").expect("a name");
                        prop_assert!(is_participant(name), "{line}");
                        text
                    }
                    Some(("Note", rest)) => {
                        let (over, text) = rest.split_once(": ").expect("a text");
                        let names = over.strip_prefix("over ").expect("over whom");
                        prop_assert!(names.split(',').all(is_participant), "{line}");
                        text
                    }
                    Some((message, text)) => {
                        let names = message.strip_suffix(':').and_then(|it| it.split_once("->>"));
                        prop_assert!(names.is_some_and(|it| it.0 == it.1 && is_participant(it.0)), "{line}");
                        messages += 1;
                        text
                    }
                    None => {
                        prop_assert_eq!(line, "autonumber");
                        continue;
                    }
                };
                prop_assert!(is_plain(text), "{line}");
            }
            prop_assert_eq!(messages, trace.steps.len());
        }
    }
}

fn is_participant(name: &str) -> bool {
    name.strip_prefix('a').is_some_and(|it| it.parse::<u8>().is_ok())
}

/// Only breaks, and `#` and `;` only around the number of a character.
fn is_plain(text: &str) -> bool {
    let text = text.replace("<br/>", " ");
    let mut parts = text.split('#');
    let rest = parts.next().unwrap_or_default().to_owned();
    let mut rest = vec![rest];
    for part in parts {
        match part.split_once(';') {
            Some((number, after)) if number.parse::<u32>().is_ok() => rest.push(after.to_owned()),
            _ => return false,
        }
    }
    !rest.concat().contains(['#', ';', '"', '<', '>', '%', '$', '`', '\\'])
}
