//! The guided tour: from its first beat to its last, away from it and back, and a real kernel's trace.

use racewalk_e2e::visit;

#[test]
fn the_tour_plays_from_its_first_beat_to_its_last() {
    visit("", |page| {
        page.click("show-tour")?;
        page.wait_text("tour-number", "1")?;
        let mut titles = Vec::new();
        for number in 1.. {
            page.wait_text("tour-number", &number.to_string())?;
            page.wait_hash(&format!("tour={number}"))?;
            page.wait_until(
                "a verdict",
                "return /safe|violated/.test(document.querySelector('[data-testid=verdict]')?.textContent ?? '');",
                &[],
            )?;
            // It can be played on from here, to the end of its schedule.
            page.press("End")?;
            titles.push(page.text("tour-title")?);
            let last = page.script(
                "return document.querySelector('[data-testid=tour-next]').disabled;",
                &[],
            )?;
            if last == true {
                break;
            }
            page.click("tour-next")?;
        }
        titles.dedup();
        assert!(titles.len() >= 12, "{titles:?}");
        assert_eq!(page.text("faults")?, "");
        Ok(())
    });
}

#[test]
fn a_beat_can_be_left_and_taken_up_again() {
    visit("#/race/memunmap?kill_gp=off&tour=6&s=w2m3h7w&at=12", |page| {
        page.wait_text("tour-number", "6")?;
        assert_eq!(page.count("tour-again")?, 0);
        page.press("w")?;
        page.wait_text("narration", "memory has been freed")?;
        page.click("tour-again")?;
        page.wait_text("steps-taken", "12")?;
        page.click("tour-leave")?;
        page.wait_gone("tour-title")?;
        page.wait_hash("s=w2m3h7w&at=12")
    });
}

#[test]
fn an_observed_claim_opens_the_trace_of_a_real_kernel() {
    visit("#/race/memunmap?tour=9&s=w2m3h2&at=7", |page| {
        page.wait_text("tour-text", "observed")?;
        page.click("tour-trace")?;
        page.wait_text("trace", "dev_pagemap_percpu_release")?;
        let steps = page.script(
            "return [...document.querySelectorAll('.trace .shows .key')].map(it => it.textContent);",
            &[],
        )?;
        let expected = ["D2", "D3", "H1", "H1w", "H9", "H10", "H11", "H9", "H10", "H11", "H7"];
        assert_eq!(steps, serde_json::json!(expected));
        page.click("close-sheet")
    });
}

#[test]
fn a_step_that_was_observed_opens_the_trace_that_shows_it() {
    visit("#/race/memunmap", |page| {
        page.click("observed-H9")?;
        page.wait_text("trace", "Seen on a real kernel: dev-6.1.txt")?;
        page.wait_text("trace", "section_deactivate")?;
        page.press("Escape")?;
        page.wait_gone("trace")
    });
}
