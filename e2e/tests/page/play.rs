//! Playing and stepping: the shortest failure, the timeline, the lanes, the keyboard, branches.

use racewalk_e2e::visit;

const FAILURE: &str = "#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13";

#[test]
fn the_shortest_failure_plays_to_its_end() {
    visit("#/race/memunmap?kill_gp=off", |page| {
        page.wait_text("verdict", "violated")?;
        for _ in 0..3 {
            page.click("faster")?;
        }
        page.click("shortest-failure")?;
        page.wait_text("steps-taken", "13")?;
        page.wait_text("narration", "memory has been freed")?;
        page.wait_text("state-w", "the run ends here")?;
        page.wait_text("caption", "the shortest that ends in uaf-read")?;
        page.wait_attribute("row-w-W5", "data-is", "fail")?;
        page.wait_attribute("token-13", "data-is", "fail")?;
        page.wait_hash(FAILURE)
    });
}

#[test]
fn every_kind_of_failure_can_be_looked_at() {
    visit("#/race/memunmap?kill_gp=off", |page| {
        for kind in ["kind-uaf-write", "kind-fault", "kind-corrupt-write", "kind-uaf-read"] {
            page.click(kind)?;
            page.wait_until(
                kind,
                "return document.querySelector(`[data-testid=${arguments[0]}]`).ariaPressed === 'true';",
                &[kind.into()],
            )?;
            page.wait_text("narration", &kind["kind-".len()..])?;
        }
        page.wait_hash(FAILURE)
    });
}

#[test]
fn the_schedule_is_walked_with_buttons_tokens_and_scrubber() {
    visit(FAILURE, |page| {
        page.click("start")?;
        page.wait_text("steps-taken", "0")?;
        page.click("forward")?;
        page.wait_text("step-key", "W1")?;
        page.click("token-12")?;
        page.wait_text("step-key", "H10")?;
        page.click("back")?;
        page.wait_text("step-key", "H9")?;
        page.click("end")?;
        page.wait_text("steps-taken", "13")?;
        page.focus("scrubber")?;
        page.press("Home")?;
        page.wait_text("steps-taken", "0")?;
        page.press("PageUp")?;
        page.wait_text("steps-taken", "5")?;
        // One key before the page has drawn what the other did.
        let at_once = "const slider = document.querySelector('[data-testid=scrubber]');
            for (const key of ['End', 'PageDown'])
                slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));";
        page.script(at_once, &[])?;
        page.wait_text("steps-taken", "8")?;
        page.wait_attribute("scrubber", "aria-valuenow", "8")?;
        page.wait_hash("&at=8")
    });
}

#[test]
fn the_keyboard_does_it_all() {
    visit("#/race/memunmap?kill_gp=off", |page| {
        page.wait_text("verdict", "violated")?;
        for key in ["w", "w", "m", "m", "m", "h"] {
            page.press(key)?;
        }
        page.wait_text("steps-taken", "6")?;
        page.wait_hash("s=w2m3h&at=6")?;
        page.press("ArrowLeft")?;
        page.wait_text("steps-taken", "5")?;
        page.press("Home")?;
        page.wait_text("steps-taken", "0")?;
        page.press("End")?;
        page.wait_text("steps-taken", "6")?;
        page.press("m")?;
        page.wait_text("said", "unmap has finished")?;
        page.press("?")?;
        page.wait_text("keys", "walker take its step")?;
        page.press("Escape")?;
        page.wait_gone("keys")?;
        page.press("!")?;
        page.wait_text("caption", "uaf-read")?;
        page.press("Space")?;
        page.wait_text("play", "Play")
    });
}

#[test]
fn lanes_let_their_actors_move_and_say_why_they_cannot() {
    visit("#/race/memunmap?kill_gp=off", |page| {
        page.wait_text("state-h", "Waits for the driver")?;
        page.wait_text("state-h", "unmap")?;
        page.click("head-h")?;
        page.wait_text("said", "unplug waits at H3")?;
        page.wait_attribute("row-h-H3", "data-is", "wait")?;
        page.click("head-w")?;
        page.wait_text("step-key", "W1")?;
        page.wait_attribute("row-w-W2", "data-is", "next")?;
        page.click("row-w-W2")?;
        page.wait_text("step-key", "W2")?;
        page.click("move-m")?;
        page.wait_text("step-key", "M1")
    });
}

#[test]
fn another_step_in_the_middle_keeps_the_branch() {
    visit("#/race/memunmap?kill_gp=off&s=w2m3h7w&at=11", |page| {
        page.press("w")?;
        page.wait_text("branch", "after step 11")?;
        page.wait_hash("s=w2m3h6w&at=12")?;
        page.click("take-up-0")?;
        page.wait_text("steps-taken", "11")?;
        page.wait_hash("s=w2m3h7w&at=11")
    });
}

#[test]
fn a_step_that_can_go_several_ways_asks_which() {
    visit("#/race/reclaim?flush=broadcast&s=m3&at=3", |page| {
        page.press("m")?;
        page.wait_text("choice", "B gets it")?;
        page.press("2")?;
        page.wait_gone("choice")?;
        page.wait_hash("s=m3m.2&at=4")?;
        page.press("ArrowLeft")?;
        page.wait_text("steps-taken", "3")?;
        page.click("move-m")?;
        page.wait_hash("s=m4&at=4")
    });
}

#[test]
fn a_schedule_is_kept_while_knobs_make_it_impossible() {
    visit(FAILURE, |page| {
        page.set_value("knob-kill_gp", "0")?;
        page.wait_text("cut", "unplug waits at D3")?;
        page.wait_text("verdict", "safe")?;
        page.set_value("knob-kill_gp", "1")?;
        page.wait_gone("cut")?;
        page.wait_hash(FAILURE)
    });
}
