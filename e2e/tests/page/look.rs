//! Looks that can be measured: no width makes the page scroll sideways, touch targets are large, and
//! nothing moves where motion is not wanted.

use racewalk_e2e::visit;

const FAILURE: &str = "#/race/memunmap?kill_gp=off&s=w2m3h7w&at=12";

#[test]
fn no_width_makes_the_page_scroll_sideways() {
    visit(FAILURE, |page| {
        // It comes when the page has time.
        page.wait_text("mend", "From bad to good")?;
        for width in [360, 414, 600, 768, 900, 1024, 1240, 1280, 1600, 1840, 1920, 2400] {
            page.set_size(width, 900)?;
            assert!(!page.scrolls_sideways()?, "at {width}");
        }
        Ok(())
    });
}

#[test]
fn touch_targets_are_large_on_a_phone() {
    visit(FAILURE, |page| {
        page.set_size(360, 800)?;
        let small = page.script(
            "const seen = it => it.offsetParent && getComputedStyle(it).visibility !== 'hidden';
            return [...document.querySelectorAll('button.button:not(.small), button.primary, .kind, select, button.move')]
                .filter(seen).filter(it => it.getBoundingClientRect().height < 42)
                .map(it => it.dataset.testid ?? it.className);",
            &[],
        )?;
        assert_eq!(small, serde_json::json!([]));
        Ok(())
    });
}
