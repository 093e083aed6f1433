//! "Embed this": every snippet says exactly what is looked at, and no value ends what it stands in.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};
use racewalk_embed::{Found, Markup};
use racewalk_engine::export::Theme;
use racewalk_interchange::embed;

use crate::{OWN, VIOLATED, offer, place, with};

#[track_caller]
fn check(key: &str, more: &[(&str, &str)], theme: Theme, expected: &str) {
    let offers = embed(&with(more), theme);
    assert_eq!(offer(&offers, key).0, expected);
}

const LINK: &str =
    "https://example.org/racewalk/#/race/memunmap?kill_gp=off&amp;s=w2m3h7w&amp;at=13";

#[test]
fn each_form_says_what_is_looked_at() {
    check(
        "element",
        &[],
        Theme::Dark,
        &format!(
            "<script type=\"module\" src=\"https://example.org/racewalk/race-walk.js\"></script>\n\
             <race-walk race=\"memunmap\" set=\"kill_gp=off\" schedule=\"w2m3h7w\" at=\"13\" theme=\"dark\">\n  \
             <a href=\"{LINK}\">race memunmap: kill_gp=off; step 13 of 13</a>\n</race-walk>\n"
        ),
    );
    check(
        "iframe",
        &[],
        Theme::Auto,
        &format!(
            "<iframe src=\"{}\" title=\"race memunmap: kill_gp=off; step 13 of 13\" width=\"100%\" \
             height=\"640\" loading=\"lazy\"></iframe>\n",
            LINK.replace("/#", "/embed.html#")
        ),
    );
    check(
        "markdown",
        &[],
        Theme::Auto,
        "[![race memunmap: kill\\_gp=off; step 13 of 13](memunmap-step-13.svg)]\
         (https://example.org/racewalk/#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13)\n",
    );
    check(
        "mdbook",
        &[],
        Theme::Auto,
        "```race-walk\nmemunmap kill_gp=off: w2m3h7w\nat: 13\nexpect: uaf-read\n```\n",
    );
    check(
        "sphinx",
        &[],
        Theme::Auto,
        ".. race-walk:: memunmap\n   :set: kill_gp=off\n   :schedule: w2m3h7w\n   :at: 13\n   :expect: uaf-read\n",
    );
}

/// What documents are read with is the judge.
#[test]
fn a_document_that_holds_a_snippet_asks_for_what_was_looked_at() {
    for more in [&[][..], &[("at", "7")], &[("s", ""), ("at", "0")], &[("s", "w2m"), ("at", "3")]] {
        let offers = embed(&with(more), Theme::Auto);
        for (key, markup) in [
            ("element", Markup::Html),
            ("mdbook", Markup::Markdown),
            ("sphinx", Markup::ReStructuredText),
        ] {
            let document = format!("Some words.\n\n{}\nAnd more.\n", offer(&offers, key).0);
            let found = markup.embeds(&document);
            let [Found { embed: Ok(asked), .. }] = &found[..] else {
                panic!("{key}: {found:?} in {document}")
            };
            let wanted = |name| more.iter().chain(&VIOLATED).find(|it| it.0 == name).map(|it| it.1);
            assert_eq!(asked.race, "memunmap");
            assert_eq!(asked.set, [("kill_gp".to_owned(), "off".to_owned())], "{key}");
            assert_eq!(Some(&*asked.schedule), wanted("s"), "{key}");
            assert_eq!(
                asked.at.unwrap_or(0).to_string(),
                wanted("at").unwrap_or_default(),
                "{key}"
            );
            // It is possible, and what it expects is so.
            asked.ask().unwrap_or_else(|problem| panic!("{key}: {problem}"));
        }
    }
}

#[test]
fn what_is_not_chosen_is_not_written() {
    let start = [("s", ""), ("at", "0")];
    check("mdbook", &start, Theme::Auto, "```race-walk\nmemunmap kill_gp=off\n```\n");
    let plain = place(&[
        ("race", "memunmap"),
        ("page", "https://x/index.html"),
        ("fragment", "/race/memunmap"),
    ]);
    let offers = embed(&plain, Theme::Auto);
    assert_eq!(offer(&offers, "sphinx").0, ".. race-walk:: memunmap\n");
    let element = offer(&offers, "element").0;
    assert!(element.contains("src=\"https://x/race-walk.js\""), "{element}");
    assert!(element.contains("<race-walk race=\"memunmap\">"), "{element}");
}

#[test]
fn a_frame_is_told_the_theme_in_its_address() {
    let iframe = |place| offer(&embed(&place, Theme::Light), "iframe").0.to_owned();
    let whole = iframe(place(&VIOLATED));
    assert!(whole.contains("&amp;at=13&amp;theme=light\""), "{whole}");
    let plain = iframe(place(&[("race", "memunmap"), ("fragment", "/race/memunmap")]));
    assert!(plain.contains("embed.html#/race/memunmap?theme=light\""), "{plain}");
}

#[test]
fn several_knobs_stand_side_by_side() {
    let offers = embed(&with(&[("knob", "flush=broadcast")]), Theme::Auto);
    let directive = offer(&offers, "sphinx").0;
    assert!(directive.contains("   :set: ") && directive.contains(" kill_gp=off\n"), "{directive}");
}

/// What a browser makes of the value of an attribute.
fn unescaped(html: &str) -> String {
    ["&quot;\"", "&#39;'", "&lt;<", "&gt;>", "&amp;&"].iter().fold(html.to_owned(), |text, it| {
        let (escape, sign) = it.split_at(it.len() - 1);
        text.replace(escape, sign)
    })
}

#[test]
fn no_address_ends_what_it_stands_in() {
    for page in [
        "https://x/a\"b'c<d>&e/",
        "https://x/(a)[b]!`c`*d*_e_/index.html",
        "file:///home/an author/\u{fc}/racewalk.html",
        "https://x/\n\n.. raw:: html\n",
        "https://x/a\\)](y)",
    ] {
        let offers = embed(&with(&[("page", page)]), Theme::Auto);
        let element = offer(&offers, "element").0;
        assert_eq!(element.matches('<').count(), 6, "{element}");
        assert_eq!(element.matches('"').count(), 14, "{element}");
        let iframe = offer(&offers, "iframe").0;
        assert_eq!((iframe.matches('<').count(), iframe.matches('"').count()), (2, 10), "{iframe}");
        let source = unescaped(iframe.split('"').nth(1).expect("a source"));
        assert!(
            source.ends_with("embed.html#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13"),
            "{source}"
        );
        let markdown = offer(&offers, "markdown").0;
        let events: Vec<_> = Parser::new_ext(markdown, Options::all()).collect();
        let [
            Event::Start(Tag::Paragraph),
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }),
            Event::Start(Tag::Image { dest_url: picture, .. }),
            ..,
        ] = &events[..]
        else {
            panic!("{markdown}: {events:?}")
        };
        assert_eq!(&**picture, "memunmap-step-13.svg");
        assert!(dest_url.ends_with("#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13"), "{dest_url}");
    }
}

#[test]
fn a_race_of_ones_own_says_which_forms_carry_it() {
    let own = place(&[
        ("text", OWN),
        ("s", "ab"),
        ("at", "2"),
        ("page", "https://x/"),
        ("fragment", "/source/q1-_?s=ab&at=2"),
    ]);
    let offers = embed(&own, Theme::Auto);
    for key in ["mdbook", "sphinx"] {
        let (text, hint) = offer(&offers, key);
        assert_eq!(text, "");
        assert!(hint.starts_with("Not for a race of your own"), "{hint}");
    }
    let element = offer(&offers, "element").0;
    assert!(
        element.contains("<race-walk race=\"source/q1-_\" schedule=\"ab\" at=\"2\">"),
        "{element}"
    );
    assert!(offer(&offers, "iframe").0.contains("embed.html#/source/q1-_?s=ab&amp;at=2\""));
    assert!(offer(&offers, "markdown").0.contains("](https://x/#/source/q1-_?s=ab&at=2)"));
    let long = place(&[("text", OWN), ("page", "https://x/")]);
    let offers = embed(&long, Theme::Auto);
    assert!(offers.all.iter().all(|it| it.text.is_empty() && it.hint.starts_with("Not for")));
}

#[test]
fn a_page_opened_from_a_disk_says_that_others_cannot_reach_it() {
    let offers = embed(&with(&[("page", "file:///tmp/racewalk.html")]), Theme::Auto);
    assert!(offer(&offers, "element").1.contains("from a disk"));
    assert!(!offer(&embed(&place(&VIOLATED), Theme::Auto), "element").1.contains("from a disk"));
}
