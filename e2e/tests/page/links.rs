//! Permalinks and files: what opens, what is said of what does not, what is copied.

use racewalk_e2e::{Page, Result, visit, with_page};
use serde_json::json;

#[test]
fn a_link_restores_everything() {
    visit("#/race/memunmap?kill_gp=off&kernel=v7.2&s=w2m3h7w&at=7", |page| {
        page.wait_text("steps-taken", "7")?;
        page.wait_text("step-key", "D2")?;
        page.wait_text("verdict", "violated")?;
        assert_eq!(page.attribute("kernel-v7.2", "aria-pressed")?, "true");
        assert_eq!(page.count("faults")?, 1);
        assert_eq!(page.text("faults")?, "");
        // A link followed within the page is restored too.
        page.follow("#/race/reclaim?flush=broadcast&s=w&at=1")?;
        page.wait_text("show-about", "GUP-fast against munmap")?;
        page.wait_text("step-key", "W1")
    });
}

#[test]
fn a_broken_link_says_what_is_wrong_and_shows_the_rest() {
    visit("#/race/memunmap?kil_gp=off&flush=ipi&s=w2h9&at=40&at=2", |page| {
        page.wait_text("faults", "did you mean kill_gp")?;
        page.wait_text("faults", "Step 3 of 11 is impossible: unplug waits at H3")?;
        page.wait_text("faults", "twice")?;
        page.wait_text("steps-taken", "2")?;
        page.wait_hash("#/race/memunmap?flush=ipi&s=w2&at=2")?;
        page.click("dismiss")?;
        page.wait_gone("dismiss")?;
        page.follow("#/race/memunmpa")?;
        page.wait_text("faults", "There is no race “memunmpa” here")?;
        page.follow("#/source/abc")?;
        page.wait_text("faults", "damaged")?;
        page.follow("#what")?;
        page.wait_text("faults", "leads nowhere")
    });
}

const RACE: &str = "race mine \"Two writers\"\n\nmemory\n  x: 0..2 = 0\n\nactor one \"first\" letter a\n  \
                    A1: x = 1    `x = 1`\n      \"The first writes.\"\n\nactor two \"second\" letter b\n  \
                    B1: x = 2    `x = 2`\n      \"The second writes.\"\n";

fn drop_file(page: &Page, text: &str) -> Result {
    let script = "const transfer = new DataTransfer();
        transfer.items.add(new File([arguments[0]], 'mine.race', { type: 'text/plain' }));
        const event = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);";
    page.script(script, &[json!(text)]).map(|_| ())
}

#[test]
fn a_race_that_is_dropped_runs_and_a_reload_keeps_it() {
    visit("#/race/memunmap", |page| {
        drop_file(page, RACE)?;
        page.wait_text("show-about", "Two writers")?;
        page.wait_text("verdict", "safe")?;
        page.wait_text("schedules", "2")?;
        page.press("b")?;
        page.wait_text("narration", "The second writes.")?;
        page.wait_hash("#/source/")?;
        page.wait_hash("s=b&at=1")?;
        let hash = page.hash()?;
        page.open(&hash)?;
        page.wait_text("show-about", "Two writers")?;
        page.wait_text("narration", "The second writes.")
    });
}

#[test]
fn a_race_with_a_mistake_is_reported_and_can_be_mended() {
    visit("#/race/memunmap?kill_gp=off", |page| {
        drop_file(page, &RACE.replace("B1: x = 2", "B1: y = 2"))?;
        page.wait_text("report", "there is no cell `y`")?;
        page.wait_text("report", ":11:")?;
        // What was open stays open.
        page.wait_hash("#/race/memunmap?kill_gp=off")?;
        page.set_value("own-text", RACE)?;
        page.click("own-run")?;
        page.wait_gone("own")?;
        page.wait_text("show-about", "Two writers")
    });
}

#[test]
fn files_that_are_no_race_are_refused_in_a_sentence() {
    visit("#/race/memunmap", |page| {
        drop_file(page, &"x".repeat(2 << 20))?;
        page.wait_text("faults", "more than 1 MB")?;
        drop_file(page, "\0\u{1}\u{2}")?;
        page.wait_text("faults", "is no text")?;
        drop_file(page, "")?;
        page.wait_text("report", "nothing in this text")?;
        page.wait_hash("#/race/memunmap")
    });
}

/// Keeps what the page copies.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: async text => { globalThis.copied = text; } } });";

#[test]
fn copy_for_mail_needs_nothing_else() {
    with_page(|page| {
        page.before_load(CLIPBOARD)?;
        page.open("#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13")?;
        page.wait_text("verdict", "violated")?;
        page.click("copy-mail")?;
        page.wait_text("said", "copied")?;
        let copied = page.wait_until("the text", "return globalThis.copied;", &[])?;
        let text = copied.as_str().unwrap_or_default();
        for part in [
            "Violated: uaf-read",
            "kill_gp=off",
            "CPU 0",
            "<--",
            "What the model leaves out:",
            "#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13",
        ] {
            assert!(text.contains(part), "{part:?} is not in:\n{text}");
        }
        for line in text.lines().filter(|it| !it.contains("://")) {
            assert!(line.chars().count() <= 75, "{line}");
        }
        page.click("copy-link")?;
        page.wait_until("the link", "return globalThis.copied.startsWith('http');", &[])?;
        Ok(())
    });
}

#[test]
fn where_nothing_can_be_copied_the_text_is_shown() {
    with_page(|page| {
        page.before_load(
            "Object.defineProperty(navigator, 'clipboard', { value: {
                writeText: async () => { throw new Error('no'); } } });
            document.execCommand = () => false;",
        )?;
        page.open("#/race/memunmap")?;
        page.click("copy-link")?;
        page.wait_text("faults", "to be copied by hand")?;
        page.wait_text("faults", "#/race/memunmap")
    });
}
