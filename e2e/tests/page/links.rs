//! Permalinks: what opens, what is said of what does not, what is copied.

use racewalk_e2e::{visit, with_page};

#[test]
fn a_link_restores_everything() {
    visit("#/race/memunmap?kill_gp=off&kernel=v7.2&s=w2m3h7w&at=7", |page| {
        page.wait_text("steps-taken", "7")?;
        page.wait_text("step-key", "D2")?;
        page.wait_text("verdict", "violated")?;
        page.wait_attribute("kernel-v7.2", "aria-pressed", "true")?;
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

/// Keeps what the page copies.
const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
    writeText: async text => { window.copied = text; } } });";

#[test]
fn copy_for_mail_needs_nothing_else() {
    with_page(|page| {
        page.before_load(CLIPBOARD)?;
        page.open("#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13")?;
        page.wait_text("verdict", "violated")?;
        page.click("copy-mail")?;
        page.wait_text("said", "copied")?;
        let copied = page.wait_until("the text", "return window.copied;", &[])?;
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
        let link = "return window.copied.startsWith(arguments[0]);";
        page.wait_until("the link", link, &[page.address().into()])?;
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
