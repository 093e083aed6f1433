//! The instrument: the set of all schedules, and taking hold of it by mouse, by touch and by keys.

use racewalk_e2e::{Page, Result, visit, with_page};
use serde_json::Value;

const FAILURE: &str = "#/race/memunmap?kill_gp=off&s=w2m3h7w&at=12";

/// A cell's width and height, in whole pixels.
fn cell(page: &Page) -> Result<(i64, i64)> {
    let size = page.script(
        "const cells = document.querySelector('[data-testid=graph] .grid-lines').getAttribute('d');
        const xs = [...cells.matchAll(/M([\\d.]+) [\\d.]+V/g)].map(it => +it[1]);
        const ys = [...cells.matchAll(/M[\\d.]+ ([\\d.]+)H/g)].map(it => +it[1]);
        return [Math.round(xs[1] - xs[0]), Math.round(ys[1] - ys[0])];",
        &[],
    )?;
    let number = |it: usize| size.get(it).and_then(Value::as_i64).unwrap_or(0);
    Ok((number(0), number(1)))
}

/// The middle of an element, in the window.
fn middle(page: &Page, testid: &str) -> Result<(f64, f64)> {
    let found = page.script(
        "const it = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
        it.scrollIntoView({ block: 'center' });
        const box = it.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2];",
        &[testid.into()],
    )?;
    let number = |it: usize| found.get(it).and_then(Value::as_f64).unwrap_or(0.0);
    Ok((number(0), number(1)))
}

#[test]
fn every_schedule_is_seen_at_once_and_said_in_words() {
    visit(FAILURE, |page| {
        page.wait_text("graph-count", "174 states: 140 safe, 22 can still fail, 12 lost")?;
        page.wait_text("graph-told", "walker before W5, unplug before H11")?;
        page.wait_text("graph-told", "Lost: 2 states, and all that follows fails.")?;
        page.wait_text("graph-told", "The allocator before E1 or finished.")?;
        let row = page.script(
            "return [...document.querySelectorAll('[data-testid=graph-text] tr')][3].innerText;",
            &[],
        )?;
        assert_eq!(
            row.as_str().map(|it| it.replace('\t', " ")).as_deref(),
            Some(
                "before W6 before M1 to before H10: can still fail; before H11 to at the end: lost"
            )
        );
        // What is safe is seen as safe.
        page.follow("#/race/memunmap")?;
        page.wait_text("graph-count", "0 lost")?;
        page.wait_text("window-none", "No schedule fails under these knobs")
    });
}

#[test]
fn a_corner_is_dragged_and_everything_follows() {
    visit(FAILURE, |page| {
        page.wait_text("graph-told", "Lost")?;
        let entries = page.script("return history.length;", &[])?;
        let (width, _) = cell(page)?;
        page.drag("corner-1", &[(-width, 0)])?;
        page.wait_hash("kill_gp=off&s=w2m3h6wh&at=11")?;
        page.wait_text("graph-told", "Can still fail")?;
        page.wait_text("narration", "it has no memmap")?;
        // The schedule before is a branch, and what the hand passed through is none.
        page.wait_text("branch", "after step 11")?;
        assert_eq!(page.count("branch")?, 1);
        // What is dragged is no visit.
        assert_eq!(page.script("return history.length;", &[])?, entries);
        Ok(())
    });
}

#[test]
fn the_path_refuses_to_go_where_nobody_can_stand() {
    visit(FAILURE, |page| {
        page.wait_text("graph-told", "Lost")?;
        let (_, height) = cell(page)?;
        page.drag("corner-1", &[(0, 3 * height)])?;
        page.wait_text("graph-refused", "D4 waits")?;
        // A browser may let the hand pass by a cell on the way, and the path comes as far as that.
        page.wait_hash("m3h7")
    });
}

#[test]
fn a_finger_drags_a_corner_and_taps_a_cell() {
    visit(FAILURE, |page| {
        page.set_size(360, 800)?;
        page.reach_instrument()?;
        page.wait_text("graph-told", "Lost")?;
        let (width, height) = cell(page)?;
        let (x, y) = middle(page, "corner-1")?;
        page.touch(&[(x, y), (x - width as f64 / 2.0, y), (x - width as f64, y)])?;
        page.wait_hash("s=w2m3h6wh&at=11")?;
        let (x, y) = middle(page, "graph-here")?;
        page.touch(&[(x, y - height as f64)])?;
        page.wait_text("graph-told", "walker before W2")
    });
}

#[test]
fn keys_look_around_take_and_hold() {
    visit(FAILURE, |page| {
        page.wait_text("graph-told", "Lost")?;
        page.focus("graph")?;
        // Looking around moves nothing.
        page.press("ArrowUp")?;
        page.wait_text("graph-told", "walker before W2, unplug before H11")?;
        page.wait_text("graph-told", "Safe")?;
        page.wait_hash("s=w2m3h7w&at=12")?;
        page.press("Enter")?;
        page.wait_hash("at=11")?;
        page.wait_text("graph-told", "walker before W2, unplug before H11")?;
        page.press("Space")?;
        page.press("ArrowLeft")?;
        page.press("ArrowLeft")?;
        page.wait_text("graph-told", "unplug before H9")?;
        page.wait_hash("at=9")?;
        page.press("Escape")?;
        page.wait_hash("at=11")?;
        // Below is a wall.
        for _ in 0..4 {
            page.press("ArrowDown")?;
        }
        page.press("Enter")?;
        page.wait_text("graph-refused", "D4 waits")
    });
}

/// Whatever of it is passed on the way, the page hears of where the hand is, and at last of where it was let go.
#[test]
fn the_page_follows_a_hand_that_goes_on_and_on() {
    visit(FAILURE, |page| {
        page.wait_text("graph-told", "Lost")?;
        let (width, _) = cell(page)?;
        let by: Vec<(i64, i64)> =
            (0..40).map(|it| (if it % 8 < 4 { -width } else { width }, 0)).collect();
        page.drag("corner-1", &by)?;
        page.wait_hash("s=w2m3h7w&at=12")?;
        page.wait_text("steps-taken", "12")?;
        page.wait_text("row-h-H10", "12")?;
        page.drag("corner-1", &[(-width, 0), (-width, 0)])?;
        page.wait_hash("s=w2m3h5w")?;
        page.wait_text("steps-taken", "10")?;
        page.wait_text("state-h", "Can move")
    });
}

#[test]
fn a_third_actor_stands_where_the_reader_wants() {
    visit("#/race/ram-unplug?s=w2m3h4", |page| {
        page.wait_text("graph-told", "Here:")?;
        let slider = "const it = document.querySelector('.apart input'); return [it.dataset.testid, it.value, it.getAttribute('aria-valuetext'), it.max];";
        let before = page.script(slider, &[])?;
        let elsewhere = "return document.querySelector('.apart input').value !== arguments[0];";
        let testid = before[0].as_str().unwrap_or_default().to_owned();
        let told = format!("{testid}-told");
        let follows = format!("{testid}-follows");
        let pressed = format!(
            "return document.querySelector('[data-testid={follows}]').getAttribute('aria-pressed');"
        );
        // It is where the schedule has brought it, until it is moved; by keys.
        assert_eq!(page.script(&pressed, &[])?, "true");
        page.focus(&testid)?;
        page.press("ArrowRight")?;
        page.wait_until("another place", elsewhere, &[before[1].clone()])?;
        assert_eq!(page.script(&pressed, &[])?, "false");
        let now = page.script(slider, &[])?;
        assert_ne!(now[2], before[2]);
        page.wait_text(&told, now[2].as_str().unwrap_or_default())?;
        // The page's own arrows have not moved the schedule.
        page.wait_hash("s=w2m3h4")?;
        // By mouse, to the far end: it has finished.
        let width = page.script(
            "return document.querySelector('.apart input').getBoundingClientRect().width;",
            &[],
        )?;
        let half = width.as_f64().unwrap_or(0.0) / 2.0;
        page.drag(&testid, &[(half as i64 - 2, 0)])?;
        page.wait_text(&told, "finished")?;
        page.script(
            "document.querySelector(`[data-testid=${arguments[0]}]`).click();",
            &[follows.clone().into()],
        )?;
        page.wait_text(&told, before[2].as_str().unwrap_or_default())?;
        // By touch.
        let (x, y) = middle(page, &testid)?;
        page.touch(&[(x - half + 2.0, y)])?;
        page.wait_until(
            "the first place",
            "return document.querySelector('.apart input').value === '0' || null;",
            &[],
        )?;
        page.click(&format!("{testid}-anywhere"))?;
        page.wait_text(&told, "anywhere")
    });
}

#[test]
fn what_was_tried_is_a_tree_to_return_to() {
    visit(FAILURE, |page| {
        page.wait_text("graph-told", "Lost")?;
        assert_eq!(page.count("tried")?, 0);
        let (width, _) = cell(page)?;
        page.drag("corner-1", &[(-width, 0)])?;
        page.wait_hash("s=w2m3h6wh&at=11")?;
        page.wait_text("tried", "13 steps: uaf-read")?;
        assert_eq!(page.count("tried-1")?, 1);
        // It is called by a name, by keys, and the name stays.
        page.focus("tried-name-0")?;
        page.write("tried-name-0", "the mail")?;
        page.press("Enter")?;
        page.follow("#/race/memunmap?kill_gp=off&s=w4&at=4")?;
        page.wait_until(
            "a third branch",
            "return document.querySelectorAll('[data-testid=tried] .leaf').length === 3 || null;",
            &[],
        )?;
        let name = "return document.querySelector('[data-testid=tried-name-0]').value;";
        assert_eq!(page.script(name, &[])?, "the mail");
        // Back to it, by keys.
        page.focus("tried-0")?;
        page.press("Enter")?;
        page.wait_hash("s=w2m3h7w")?;
        page.wait_text("steps-taken", "13")?;
        let current =
            "return document.querySelector('[data-testid=tried-0]').getAttribute('aria-current');";
        page.wait_until(
            "it stands there",
            &format!("{} === 'true' || null;", current.trim_end_matches(';')),
            &[],
        )?;
        // Another choice of knobs has branches of its own, and these are there again afterwards.
        page.follow("#/race/memunmap?s=w2m3")?;
        page.wait_text("graph-count", "0 lost")?;
        page.follow("#/race/memunmap?kill_gp=off&s=w2m3h7w")?;
        page.wait_text("tried", "13 steps: uaf-read")?;
        // By touch on a phone.
        page.set_size(360, 800)?;
        let (x, y) = middle(page, "tried-1")?;
        page.touch(&[(x, y)])?;
        page.wait_hash("s=w2m3h6wh")
    });
}

#[test]
fn the_window_says_the_race_and_which_protection_closes_it() {
    visit(FAILURE, |page| {
        page.wait_text("window-orders", "W2")?;
        let orders = "return document.querySelectorAll('[data-testid=window-orders] li').length;";
        assert_eq!(page.script(orders, &[])?, 2);
        page.wait_text("effect-kill_gp-on", "Safe: order 2 becomes impossible.")?;
        page.wait_text("effect-grace_period-after-remove", "The window stays open")?;
        page.click("window-1")?;
        page.wait_text("window-orders", "H11")?;
        page.script("document.querySelector('[data-testid=effect-kill_gp-on] a').click();", &[])?;
        page.wait_text("verdict", "safe")?;
        page.wait_text("window-none", "No schedule fails under these knobs")
    });
}

#[test]
fn a_card_is_placed_by_mouse_and_by_keys() {
    visit(FAILURE, |page| {
        page.set_size(1240, 1000)?;
        // All of it is there, so that nothing moves while the card is in hand.
        page.wait_text("graph-count", "states")?;
        page.wait_text("mend", "From bad to good")?;
        page.wait_text("least", "flush=ipi")?;
        page.wait_text("placed", "synchronize_rcu() is enough in")?;
        // The gap before H9, where the mail wants it: the sixth of hot-unplug.
        let (x, y) = middle(page, "gap-2-5")?;
        let (from_x, from_y) = {
            let found = page.script(
                "const box = document.querySelector('[data-testid=card-synchronize_rcu]').getBoundingClientRect();
                return [box.left + box.width / 2, box.top + box.height / 2];",
                &[],
            )?;
            let number = |it: usize| found.get(it).and_then(Value::as_f64).unwrap_or(0.0);
            (number(0), number(1))
        };
        let by = ((x - from_x) as i64, (y - from_y) as i64);
        page.drag(
            "card-synchronize_rcu",
            &[(by.0 / 2, by.1 / 2), (by.0 - by.0 / 2, by.1 - by.1 / 2)],
        )?;
        page.wait_text("placed", "before H9 of unplug")?;
        page.wait_text("placed", "Enough")?;

        let focused = "return document.activeElement.dataset.testid;";
        page.focus("card-synchronize_rcu")?;
        page.press("ArrowDown")?;
        assert_eq!(page.script(focused, &[])?, "gap-0-0");
        page.press("ArrowUp")?;
        assert_eq!(page.script(focused, &[])?, "card-synchronize_rcu");
        page.focus("gap-2-5")?;
        page.press("ArrowDown")?;
        page.press("ArrowDown")?;
        page.press("Enter")?;
        page.wait_text("placed", "before H11 of unplug")?;
        page.wait_text("placed", "Not enough")?;
        page.click("placed-failure")?;
        page.wait_text("verdict", "violated")?;
        page.wait_text("caption", "the shortest that ends in uaf-read")
    });
}

#[test]
fn every_combination_of_protections_is_one_click_from_its_failure() {
    visit("#/race/reclaim", |page| {
        page.wait_text("least", "flush=ipi")?;
        page.wait_text("least", "pte_recheck=on + zero_check=on")?;
        page.script(
            "const rows = [...document.querySelectorAll('[data-testid=protection-table] tbody tr')];
            rows.find(it => it.innerText.includes('✕')).querySelector('a').click();",
            &[],
        )?;
        page.wait_text("verdict", "violated")?;
        page.wait_hash("s=")
    });
}

#[test]
fn what_is_ahead_is_counted_and_the_failure_is_mended() {
    visit(FAILURE, |page| {
        page.wait_text("ahead", "every one of them fails")?;
        page.click("mend")?;
        page.wait_text("mended", "settles it")?;
        page.wait_text("mended-told", "The failure.")?;
        page.click("mended-good")?;
        page.wait_text("ahead", "From here 1 complete schedule remains: none of them fails.")
    });
}

#[test]
fn from_bad_to_good_is_played_swap_by_swap() {
    visit(FAILURE, |page| {
        page.wait_text("ahead", "every one of them fails")?;
        let entries = page.script("return history.length;", &[])?;
        page.click("mend")?;
        page.wait_text("mended", "settles it")?;
        page.focus("mended-play")?;
        page.press("Enter")?;
        page.wait_text("mended-told", "Swap 1 of ")?;
        page.wait_text("mended-told", "this settles it")?;
        page.wait_text("mended-told", "Gone on with, to a good end.")?;
        page.wait_text("mended-play", "Play the swaps")?;
        page.wait_text("verdict", "violated")?;
        page.wait_text("ahead", "none of them fails")?;
        // What is played is no visit.
        assert_eq!(page.script("return history.length;", &[])?, entries);
        Ok(())
    });
}

#[test]
fn a_schedule_is_asked_for() {
    visit(FAILURE, |page| {
        page.wait_text("ahead", "every one of them fails")?;
        page.set_value("witness", "D4 before M3")?;
        page.wait_text("witness-told", "None where D4 before M3, in 174 states.")?;
        page.set_value("witness", "W6 before M1")?;
        page.wait_text("witness-told", "Yes, ")?;
        page.click("witness-show")?;
        page.wait_hash("s=w4")
    });
}

/// Without a worker nothing is explored here: the page's thread is the reader's.
#[test]
fn nothing_is_explored_on_the_pages_thread() {
    with_page(|page| {
        page.before_load(
            "globalThis.Worker = class { constructor() { throw new Error('none'); } };",
        )?;
        page.open(FAILURE)?;
        page.wait_text("verdict", "violated")?;
        page.wait_text("instrument-fault", "could not be started")?;
        assert_eq!(page.count("graph")?, 0);
        Ok(())
    });
}
