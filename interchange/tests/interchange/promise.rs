//! Links that carry their verdict: what is written, and each way in which one can turn out.

use racewalk_engine::export::Theme;
use racewalk_interchange::{Place, promise, take_away};

use crate::{VERDICT, VIOLATED, offer, place, with};

/// The hash that the link to here carries, and what it expects.
#[track_caller]
fn carried(place: &Place) -> (String, String) {
    let offers = take_away(place, Theme::Auto, None);
    let link = offer(&offers, "promise").0;
    let (_, promise) = link.split_once("&m=").unwrap_or_else(|| panic!("no hash in {link}"));
    let (model, expect) = promise.split_once("&expect=").expect("a verdict");
    (model.to_owned(), expect.to_owned())
}

#[track_caller]
fn check(more: &[(&str, &str)], model: Option<&str>, expect: Option<&str>, words: &str) {
    let told = promise(&with(more), model, expect).expect("something to say");
    assert_eq!(told, words);
}

#[test]
fn the_link_carries_the_models_hash_and_the_verdict() {
    let (model, expect) = carried(&with(&VERDICT));
    assert_eq!(expect, "violated,uaf-read");
    let is_hash = model.len() == 16 && model.bytes().all(|it| it.is_ascii_hexdigit());
    assert!(is_hash, "{model}");
    let several = [
        ("verdict", "violated"),
        ("violation", "13 w2m3h7w uaf-read"),
        ("violation", "14 w double-free"),
        ("deadlock", "3 w deadlock"),
    ];
    assert_eq!(
        carried(&with(&several)),
        (model, "violated,deadlock,double-free,uaf-read".to_owned())
    );
    let (_, expect) = carried(&with(&[("verdict", "safe"), ("held_off", "3 w held off")]));
    assert_eq!(expect, "safe");
}

#[test]
fn without_a_verdict_or_a_link_there_is_none_and_it_says_why() {
    let offers = take_away(&place(&VIOLATED), Theme::Auto, None);
    assert_eq!(offer(&offers, "promise"), ("", "As soon as the verdict is known."));
    let long = place(&[&VERDICT[..], &VIOLATED[..5]].concat());
    let offers = take_away(&long, Theme::Auto, None);
    assert!(offer(&offers, "promise").1.contains("too long for a link"));
}

#[test]
fn each_way_in_which_it_can_turn_out_has_its_words() {
    let (model, expect) = carried(&with(&VERDICT));
    let (same, other) = (Some(&*model), Some("0123456789abcdef"));
    let now = &VERDICT;
    check(now, same, Some(&expect), "Still so: violated (uaf-read). The model is the same, too.");
    check(
        now,
        other,
        Some(&expect),
        "The model has changed since the link was made; the verdict is the same: violated (uaf-read).",
    );
    check(
        now,
        other,
        Some("safe"),
        "The model has changed since the link was made: then safe, now violated (uaf-read).",
    );
    check(
        now,
        other,
        Some("violated,double-free"),
        "The model has changed since the link was made: then violated (double-free), now violated (uaf-read).",
    );
    check(
        &[("verdict", "incomplete")],
        same,
        Some(&expect),
        "The model is the same, and the verdict is not: then violated (uaf-read), now incomplete.",
    );
    // With one half only.
    check(now, None, Some("violated"), "Still so: violated (uaf-read).");
    check(now, None, Some("safe"), "No longer so: then safe, now violated (uaf-read).");
    check(
        now,
        same,
        None,
        "The model is still the one that the link was made of: violated (uaf-read).",
    );
    check(
        now,
        other,
        None,
        "The model has changed since the link was made. Now it is violated (uaf-read).",
    );
    check(
        now,
        same,
        Some("fine"),
        "The link expects “fine”, which is no verdict: there are safe, violated and incomplete. Here it is \
         violated (uaf-read).",
    );
}

#[test]
fn the_order_of_kinds_and_a_colon_make_no_difference() {
    let several = [
        ("verdict", "violated"),
        ("violation", "13 w uaf-read"),
        ("violation", "14 w double-free"),
    ];
    for expect in ["violated,uaf-read,double-free", "violated:uaf-read,double-free", "violated"] {
        let told = promise(&with(&several), None, Some(expect)).expect("judged");
        assert!(told.starts_with("Still so"), "{expect}: {told}");
    }
    let fewer = promise(&with(&several), None, Some("violated,uaf-read")).expect("judged");
    assert!(fewer.starts_with("No longer so"), "a kind that is new breaks it: {fewer}");
}

#[test]
fn nothing_is_judged_before_the_verdict_or_without_a_promise() {
    assert_eq!(promise(&place(&VIOLATED), Some("x"), Some("safe")), None);
    assert_eq!(promise(&with(&VERDICT), None, None), None);
}

#[test]
fn a_link_may_say_anything() {
    let long = "x".repeat(100_000);
    for expect in
        [&*long, "", ",", "violated,", &format!("violated,{long}"), "<script>", "saf\u{e9}"]
    {
        let told = promise(&with(&VERDICT), Some(expect), Some(expect)).expect("judged");
        assert!(told.len() < 600, "{}", told.len());
    }
}

/// A kind stands in the link as it is.
#[test]
fn no_kind_of_the_library_needs_an_escape() {
    for race in racewalk_engine::library::races() {
        let race = racewalk_engine::race::Race::load(race.text).expect("loads");
        let model = race.compile(&race.settings()).expect("compiles");
        for violation in &model.violations {
            let plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
            assert!(violation.name.bytes().all(plain), "{}", violation.name);
        }
    }
}
