//! "Take away": every form is of the run that is looked at.

use racewalk_engine::export::Theme;
use racewalk_interchange::{mail, take_away};

use crate::{OWN, VERDICT, VIOLATED, offer, place, with};

#[test]
fn every_form_is_of_this_run() {
    let offers = take_away(&place(&VIOLATED), Theme::Auto, None);
    assert_eq!((&*offers.steps, &*offers.fault), ("0,13", ""));
    for (key, parts) in [
        ("frame", &["<svg ", "kill_gp=off", "step 13 of 13"][..]),
        ("strip", &["<svg ", "start of 13 steps, step 13 of 13"]),
        ("animation", &["<svg ", "@keyframes", "13 steps, played"]),
        ("table", &["race memunmap: kill_gp=off\n", "CPU 0", "<--"]),
        ("mermaid", &["sequenceDiagram\n", "kill_gp=off"]),
        ("json", &["\"schedule\": \"w2m3h7w\"", "\"kind\": \"uaf-read\""]),
    ] {
        let (text, hint) = offer(&offers, key);
        assert!(!hint.is_empty());
        for part in parts {
            assert!(text.contains(part), "{part:?} is not in {key}:\n{text}");
        }
    }
}

#[test]
fn files_are_named_after_what_they_show() {
    let offers = take_away(&with(&[("at", "7")]), Theme::Auto, None);
    let files: Vec<String> = offers.all.into_iter().flat_map(|it| it.files).collect();
    assert_eq!(
        files,
        [
            "memunmap-step-7.svg",
            "memunmap-step-7.png",
            "memunmap-strip.svg",
            "memunmap-strip.png",
            "memunmap-playing.svg",
            "memunmap.txt",
            "memunmap.mmd",
            "memunmap.json",
        ]
    );
}

#[test]
fn a_strip_shows_the_steps_that_were_chosen() {
    let offers = take_away(&place(&VIOLATED), Theme::Dark, Some(" 2, 7"));
    assert_eq!(offers.steps, " 2, 7");
    assert!(offer(&offers, "strip").0.contains("step 2 of 13, step 7 of 13"));
    let offers = take_away(&place(&VIOLATED), Theme::Dark, Some("0,14"));
    assert!(offers.fault.contains("no step 14"), "{}", offers.fault);
    assert_eq!(offer(&offers, "strip").0, "");
    // What was written stays, and everything else can be had.
    assert_eq!(offers.steps, "0,14");
    assert!(offer(&offers, "frame").0.contains("<svg"));
}

#[test]
fn themes_differ() {
    let svg = |theme| {
        let offers = take_away(&place(&VIOLATED), theme, None);
        offer(&offers, "frame").0.to_owned()
    };
    assert!(svg(Theme::Auto).contains("prefers-color-scheme"));
    assert!(!svg(Theme::Light).contains("prefers-color-scheme"));
    assert_ne!(svg(Theme::Light), svg(Theme::Dark));
}

#[test]
fn a_race_of_ones_own_is_taken_away_like_any_other() {
    let place = place(&[("text", OWN), ("s", "ab"), ("at", "1")]);
    let offers = take_away(&place, Theme::Auto, None);
    assert_eq!(offers.steps, "0,2");
    assert!(offer(&offers, "frame").0.contains("Two &lt;writers&gt; &amp; a `tick`"));
    assert!(offer(&offers, "table").0.starts_with("race two\n"));
}

#[test]
fn the_mail_has_verdict_and_link() {
    let text = mail(&with(&VERDICT));
    assert!(text.contains("Violated: uaf-read"), "{text}");
    assert!(
        text.ends_with(
            "https://example.org/racewalk/#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13\n"
        ),
        "{text}"
    );
    assert!(!mail(&place(&VIOLATED)).contains("Violated"));
}
