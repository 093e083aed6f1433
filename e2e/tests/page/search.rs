//! Where exploring happens and what a large search leaves behind: the page's worker, overheard.

use racewalk_e2e::watch::{WATCH, philosophers};
use racewalk_e2e::{Page, Result, with_page};

/// Opens the page, overheard.
fn open(page: &Page, hash: &str) -> Result {
    page.before_load(WATCH)?;
    page.open(hash)?;
    page.wait_text("explorer", "in a worker")
}

/// Has a race searched that is so large that its worker will not be kept, and waits until that is so.
fn begin_large(page: &Page) -> Result {
    open(page, "#/race/memunmap")?;
    page.wait_text("verdict", "safe")?;
    page.paste(&philosophers(12))?;
    let large = "return watch.said.some(it => it.kind === 'p' && it.states > 300000);";
    page.wait_until("a large search", large, &[]).map(drop)
}

/// Of each worker of the page, whether it has ended.
fn ended(page: &Page) -> Result<String> {
    Ok(page.script("return watch.workers.map(it => it.ended !== null);", &[])?.to_string())
}

// If the page explored anything itself, it would know the verdict without hearing of it.
#[test]
fn nothing_is_explored_on_the_pages_thread() {
    with_page(|page| {
        page.before_load(WATCH)?;
        page.before_load("watch.holding = true;")?;
        page.open("#/race/memunmap")?;
        page.wait_until("an answer", "return watch.said.some(it => it.kind === 'a');", &[])?;
        let frames = "return (async () => {
            for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
            return true;
        })();";
        page.script(frames, &[])?;
        assert_eq!(page.text("verdict")?, "exploring");
        // Nor for another choice of knobs.
        page.set_value("knob-kill_gp", "1")?;
        page.wait_until(
            "two questions",
            "return watch.said.filter(it => it.kind === 'e').length === 2;",
            &[],
        )?;
        page.wait_until("two answers", "return watch.held.length === 2;", &[])?;
        page.script(frames, &[])?;
        assert_eq!(page.text("verdict")?, "exploring");
        page.script("watch.release();", &[])?;
        page.wait_text("verdict", "violated")
    });
}

#[test]
fn a_large_search_tells_how_far_it_is_five_times_a_second_at_most() {
    with_page(|page| {
        open(page, "#/race/memunmap")?;
        page.wait_text("verdict", "safe")?;
        page.script("watch.said.length = 0;", &[])?;
        page.paste(&philosophers(12))?;
        let three = "const told = watch.said.filter(it => it.kind === 'p');
            return told.length >= 3 && [
                told.length,
                (told[told.length - 1].at - watch.said.find(it => it.kind === 'e').at) / 200,
            ];";
        let told = page.wait_until("three times", three, &[])?;
        let [count, fifths] = [0, 1].map(|it| told[it].as_f64().unwrap_or(f64::NAN));
        // Its clock shows whole milliseconds.
        assert!(count <= fifths + 0.1, "{count} times in {fifths} fifths of a second");
        page.wait_text("progress", "states so far")?;
        // What it knows by then is kept.
        page.click("stop")?;
        page.wait_text("verdict", "incomplete")
    });
}

#[test]
fn the_memory_of_a_large_search_is_given_back_with_its_worker() {
    with_page(|page| {
        begin_large(page)?;
        page.click("stop")?;
        page.wait_text("verdict", "incomplete")?;
        assert_eq!(ended(page)?, "[true,false]");
        // A small one keeps its worker.
        page.follow("#/race/memunmap?kill_gp=off")?;
        page.wait_text("verdict", "violated")?;
        page.follow("#/race/memunmap")?;
        page.wait_text("verdict", "safe")?;
        assert_eq!(ended(page)?, "[true,false]");
        Ok(())
    });
}

#[test]
fn a_new_question_ends_a_large_search_at_once() {
    with_page(|page| {
        begin_large(page)?;
        page.follow("#/race/memunmap?kill_gp=off")?;
        page.wait_text("verdict", "violated")?;
        assert_eq!(ended(page)?, "[true,false]");
        Ok(())
    });
}
