//! Races of the reader's own: dropped, pasted, chosen, written, linked; and the part that reads them.

use racewalk_e2e::{Page, Result, visit, with_page};
use serde_json::json;

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

#[test]
fn what_reads_races_is_downloaded_when_a_reader_brings_one() {
    visit("#/race/memunmap", |page| {
        let asked = |page: &Page| page.requests().iter().any(|it| it.contains("interchange"));
        page.wait_text("verdict", "safe")?;
        assert!(!asked(page), "{:?}", page.requests());
        page.click("show-own")?;
        // The sheet begins with the race that is open.
        let text = "return document.querySelector('[data-testid=own-text]').value.includes('race memunmap');";
        page.wait_until("the text", text, &[])?;
        assert!(asked(page), "{:?}", page.requests());
        Ok(())
    });
}

#[test]
fn a_race_that_is_pasted_runs() {
    visit("#/race/memunmap", |page| {
        page.paste("words that are no race")?;
        page.paste(RACE)?;
        page.wait_text("show-about", "Two writers")?;
        page.wait_text("verdict", "safe")
    });
}

#[test]
fn a_file_that_is_chosen_runs() {
    visit("#/race/memunmap", |page| {
        let file = std::env::temp_dir().join(format!("racewalk-{}.race", std::process::id()));
        std::fs::write(&file, RACE).expect("a file to choose");
        page.click("show-own")?;
        page.write("own-file", &file.display().to_string())?;
        page.wait_text("show-about", "Two writers")?;
        std::fs::remove_file(file).expect("the file was there");
        Ok(())
    });
}

#[test]
fn where_the_part_that_reads_races_cannot_be_had_nothing_is_lost() {
    with_page(|page| {
        page.before_load(
            "let given;
            Object.defineProperty(window, 'racewalk', {
                get: () => given,
                set: it => {
                    const load = it.interchange;
                    const fail = async () => { throw new Error('no') };
                    it.interchange = () => window.broken ? fail() : load();
                    given = it;
                },
            });",
        )?;
        page.open("#/race/memunmap?kill_gp=off&s=w2&at=2")?;
        page.script("window.broken = true;", &[])?;
        drop_file(page, RACE)?;
        page.wait_text("faults", "could not be loaded")?;
        page.click("show-own")?;
        page.wait_gone("own")?;
        page.wait_hash("#/race/memunmap?kill_gp=off&s=w2&at=2")?;
        page.script("window.broken = false;", &[])?;
        drop_file(page, RACE)?;
        page.wait_text("show-about", "Two writers")
    });
}
