//! Choosing: a race, a preset, knobs, a theme, a kernel version; and the verdict that answers.

use racewalk_e2e::{Result, visit, with_page};
use serde_json::json;

#[test]
fn the_mails_premise_the_proposed_change_and_what_the_source_does() {
    visit("#/race/memunmap", |page| {
        page.wait_text("verdict", "safe")?;
        page.wait_text("premise", "What the source does today")?;

        page.set_value("knob-kill_gp", "1")?;
        page.wait_text("verdict", "violated")?;
        page.wait_text("premise", "As far as the mail")?;
        page.wait_text("kind-uaf-read", "13")?;
        for kind in ["kind-uaf-write", "kind-corrupt-write", "kind-fault"] {
            assert_eq!(page.count(kind)?, 1, "{kind}");
        }
        page.wait_hash("#/race/memunmap?kill_gp=off")?;

        page.set_value("knob-grace_period", "1")?;
        page.wait_text("verdict", "safe")?;
        page.wait_text("premise", "With the proposed change")?;
        assert_eq!(page.count("shortest-failure")?, 0);
        page.wait_hash("kill_gp=off&grace_period=after-begin")
    });
}

/// The rows that the kernel facts print: race, knobs and, after the arrow, every kind of violation.
const ROWS: &str = include_str!("../../../cli/tests/cli/kernel_rows.txt");

#[test]
fn every_row_of_the_kernel_facts_is_seen() {
    visit("", |page| {
        let rows: Vec<_> = ROWS.lines().filter_map(|it| it.split_once("->")).collect();
        assert_eq!(rows.len(), 31);
        for (question, kinds) in rows {
            let (race, knobs) = question.trim().split_once(' ').unwrap_or((question.trim(), ""));
            page.follow(&format!("#/race/{race}?{}", knobs.replace(' ', "&")))?;
            let mut expected: Vec<_> = kinds.split_whitespace().collect();
            expected.sort_unstable();
            let seen = "const [race, knobs, expected] = arguments;
                if (document.querySelector('[data-testid=race]').value !== race) return null;
                const hash = decodeURIComponent(location.hash);
                if (!knobs.every(it => hash.includes(it))) return null;
                const word = document.querySelector('.verdict .word, [data-testid=verdict]').innerText;
                const kinds = [...document.querySelectorAll('[data-testid^=kind-]')]
                    .map(it => it.dataset.testid.slice(5)).filter(it => it !== 'held-off').sort();
                return word.includes(expected.length ? 'violated' : 'safe')
                    && kinds.join() === expected.join();";
            let knobs: Vec<_> = knobs.split_whitespace().collect();
            page.wait_until(question, seen, &[json!(race), json!(knobs), json!(expected)])?;
        }
        Ok(())
    });
}

/// Has one race come late, and notes when it has come.
const LATE: &str = "const fetched = window.fetch;
    window.fetch = async (...asked) => {
        const answer = await fetched(...asked);
        if (!String(asked[0].url ?? asked[0]).includes('races/reclaim')) return answer;
        await new Promise(it => setTimeout(it, 800));
        setTimeout(() => window.cameLate = true, 200);
        return answer;
    };";

#[test]
fn a_race_that_comes_after_another_was_chosen_is_not_shown() {
    with_page(|page| {
        page.before_load(LATE)?;
        page.open("#/race/memunmap")?;
        page.wait_text("verdict", "safe")?;
        page.follow("#/race/reclaim")?;
        page.follow("#/race/thp-split")?;
        let shown = "return document.querySelector('[data-testid=race]').value === 'thp-split';";
        page.wait_until("the later race", shown, &[])?;
        // The single file has all of them.
        if page.requests().iter().any(|it| it.contains("races/reclaim")) {
            page.wait_until("the earlier race", "return window.cameLate === true;", &[])?;
        }
        assert_eq!(page.script(shown, &[])?, json!(true));
        page.wait_hash("#/race/thp-split")
    });
}

#[test]
fn a_preset_sets_the_knobs_and_a_race_brings_its_own() {
    visit("#/race/memunmap?kill_gp=off", |page| {
        page.wait_text("verdict", "violated")?;
        page.set_value("preset", "0")?;
        page.wait_text("verdict", "safe")?;
        page.wait_hash("#/race/memunmap")?;

        page.set_value("race", "reclaim")?;
        page.wait_text("show-about", "GUP-fast against munmap")?;
        page.wait_hash("#/race/reclaim")?;
        page.set_value("knob-flush", "1")?;
        page.set_value("knob-pte_recheck", "1")?;
        page.wait_text("kind-wrong-owner", "wrong-owner")?;

        // Another race is another entry of the history, turning a knob is not.
        page.script("history.back();", &[])?;
        page.wait_text("show-about", "ZONE_DEVICE")?;
        page.wait_hash("#/race/memunmap")
    });
}

#[test]
fn counts_are_shown_and_said_to_be_no_probabilities() {
    visit("#/race/memunmap?kill_gp=off", |page| {
        page.wait_text("verdict", "violated")?;
        for count in ["states", "transitions", "schedules", "bad-schedules"] {
            let text = page.text(count)?;
            assert!(text.starts_with(|it: char| it.is_ascii_digit()), "{count}: {text}");
        }
        page.wait_until(
            "the words",
            "return document.querySelector('.verdict').innerText.includes('not probabilities');",
            &[],
        )?;
        Ok(())
    });
}

#[test]
fn a_version_of_the_kernel_chooses_names_and_links() {
    visit("#/race/memunmap", |page| {
        let link = "return [...document.querySelectorAll('[data-testid=row-w-W2] a')].map(it => \
                    [it.innerText, it.href, it.rel, it.target].join(' ')).join('\\n');";
        let has = |part: &str| -> Result {
            let script = format!("return (() => {{ {link} }})().includes('{part}');");
            page.wait_until(part, &script, &[]).map(|_| ())
        };
        has("elixir.bootlin.com/linux/v6.1/A/ident/gup_pte_range noopener noreferrer _blank")?;
        page.click("kernel-v7.2")?;
        has("/linux/v7.2/A/ident/gup_fast_pte_range")?;
        page.wait_hash("kernel=v7.2")
    });
}

#[test]
fn a_theme_is_kept() {
    visit("#/race/memunmap", |page| {
        page.set_value("theme", "dark")?;
        let theme = "return document.documentElement.dataset.theme;";
        page.wait_until("dark", "return document.documentElement.dataset.theme === 'dark';", &[])?;
        page.open("#/race/reclaim")?;
        assert_eq!(page.script(theme, &[])?, "dark");
        page.set_value("theme", "auto")?;
        page.wait_until("auto", "return !document.documentElement.dataset.theme;", &[])?;
        Ok(())
    });
}

#[test]
fn words_knobs_and_what_is_left_out_explain_themselves() {
    visit("#/race/memunmap?s=w&at=1", |page| {
        page.focus("term")?;
        page.wait_until(
            "the explanation of a word",
            "const tip = document.querySelector('.tip.open .tip-text');
            return tip && getComputedStyle(tip).visibility === 'visible' && tip.innerText;",
            &[],
        )?;
        page.press("Escape")?;
        page.wait_until("it is gone", "return !document.querySelector('.tip.open');", &[])?;
        page.hover("knob-flush")?;
        page.wait_until(
            "the meanings of a knob",
            "const tip = document.querySelector('.tip.open .tip-text');
            return tip && tip.innerText.includes('INVLPGB');",
            &[],
        )?;
        // It may lie over what stands below it.
        page.hover("race")?;
        page.click("show-left-out")?;
        page.wait_text("about", "Weak memory")?;
        page.press("Escape")?;
        page.wait_gone("about")?;
        assert_eq!(page.count("left-out")?, 1);
        Ok(())
    });
}

#[test]
fn a_race_that_cannot_be_had_leaves_the_one_that_is_open() {
    with_page(|page| {
        page.before_load(
            "let given;
            Object.defineProperty(window, 'racewalk', {
                get: () => given,
                set: it => {
                    const load = it.race;
                    const fail = async () => { throw new Error('no') };
                    it.race = id => window.broken ? fail() : load(id);
                    given = it;
                },
            });",
        )?;
        page.open("#/race/memunmap?kill_gp=off&s=w2&at=2")?;
        page.script("window.broken = true;", &[])?;
        page.set_value("race", "reclaim")?;
        page.wait_text("faults", "could not be loaded")?;
        page.wait_text("steps-taken", "2")?;
        page.script("window.broken = false;", &[])?;
        page.follow("#/race/thp-split")?;
        page.wait_hash("#/race/thp-split")?;
        page.wait_text("verdict", "safe")
    });
}
