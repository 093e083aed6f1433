//! The offers of "Embed this": what the reader looks at, as it is written in other people's documents. The options of documents are those of `integrations/`.

use racewalk_engine::export::{self, Theme};
use racewalk_engine::state::Ending;

use crate::escape::{address, html, line, markdown};
use crate::figures::name;
use crate::offer::{Offer, Offers, Shown};
use crate::place::Place;

/// Why a reader's own race cannot be had.
const OWN: &str = "Not for a race of your own: this form names a race of the library. The iframe and the \
                   Markdown picture carry yours, since it stands in their link.";
const TOO_LONG: &str = "Not for this race: it is too long for a link (more than 64 kB packed).";
const FROM_DISK: &str =
    " This page was opened from a disk: put the address of a server in its place.";

/// What is written into other documents to show what stands here.
#[must_use]
pub fn embed(place: &Place, theme: Theme) -> Offers {
    let from_library = |text: String| if place.is_own { String::new() } else { text };
    let why_not = if place.is_own { Some(OWN) } else { None };
    let no_link = place.fragment.is_none().then_some(TOO_LONG);
    let disk = if place.page.starts_with("file:") { FROM_DISK } else { "" };
    let offer = |key, title, hint: String, text| Offer {
        key,
        title,
        hint,
        text,
        shown: Shown::Whole,
        files: Vec::new(),
    };
    let or = |why: Option<&str>, hint: &str| why.unwrap_or(hint).to_owned();
    let all = vec![
        offer(
            "element",
            "Element",
            or(
                why_not,
                "For pages that may load a script. What stands in it is shown without scripts.",
            ) + if why_not.is_none() { disk } else { "" },
            from_library(element(place, theme)),
        ),
        offer(
            "iframe",
            "Iframe",
            or(no_link, "For sites that allow no scripts of others.") + disk,
            iframe(place).unwrap_or_default(),
        ),
        offer(
            "markdown",
            "Markdown picture",
            or(
                no_link,
                "For forges and wikis: the picture, which leads here. Save “This step” of “Take \
                 away” beside the document.",
            ) + disk,
            markdown_picture(place).unwrap_or_default(),
        ),
        offer(
            "mdbook",
            "mdBook",
            or(why_not, "For a book with Racewalk's preprocessor, which checks it at every build."),
            from_library(block(place)),
        ),
        offer(
            "sphinx",
            "Sphinx",
            or(
                why_not,
                "For kernel documents: the directive of Racewalk's extension, checked at every build.",
            ),
            from_library(directive(place)),
        ),
    ];
    Offers { steps: String::new(), fault: String::new(), all }
}

/// The folder in which the page lives, with a slash at its end.
fn folder(place: &Place) -> &str {
    let page = place.page.split(['?', '#']).next().unwrap_or_default();
    page.rfind('/').map_or("", |it| &page[..=it])
}

/// What the picture shows, in words.
fn alternative(place: &Place) -> String {
    let of = place.trace.steps.len();
    let headline = export::headline(&place.race, &place.settings);
    match (place.at, of) {
        (_, 0) => headline,
        (0, of) => format!("{headline}; the start of {of} steps"),
        (at, of) => format!("{headline}; step {at} of {of}"),
    }
}

fn picture(place: &Place) -> String {
    format!("{}-step-{}", name(place), place.at)
}

/// How the schedule ends, as documents expect it; `None`: it goes on.
fn ending(place: &Place) -> Option<&str> {
    Some(match place.trace.last().ending? {
        Ending::Complete => "complete",
        Ending::Deadlock => "deadlock",
        Ending::HeldOff => "held-off",
        Ending::Violated(it) => &place.model.violations.get(it.index())?.name,
    })
}

fn element(place: &Place, theme: Theme) -> String {
    let theme = match theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    let code = place.code();
    let attributes = [
        ("race", Some(place.race.id.clone())),
        ("set", Some(place.knobs().join(" ")).filter(|it| !it.is_empty())),
        ("schedule", Some(code.clone()).filter(|it| !it.is_empty())),
        ("at", (!code.is_empty()).then(|| place.at.to_string())),
        ("theme", theme.map(str::to_owned)),
    ];
    let attributes: String = attributes
        .into_iter()
        .filter_map(|(name, value)| Some(format!(" {name}=\"{}\"", html(&value?))))
        .collect();
    let link = place.link().unwrap_or_else(|| place.page.clone());
    format!(
        "<script type=\"module\" src=\"{}race-walk.js\"></script>\n<race-walk{attributes}>\n  \
         <a href=\"{}\">{}</a>\n</race-walk>\n",
        html(&address(folder(place))),
        html(&address(&link)),
        html(&alternative(place)),
    )
}

fn iframe(place: &Place) -> Option<String> {
    let source = format!("{}embed.html#{}", folder(place), place.fragment.as_deref()?);
    Some(format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"640\" loading=\"lazy\"></iframe>\n",
        html(&address(&source)),
        html(&alternative(place)),
    ))
}

fn markdown_picture(place: &Place) -> Option<String> {
    let (words, file) = (markdown(&alternative(place)), picture(place));
    Some(format!("[![{words}]({file}.svg)]({})\n", address(&place.link()?)))
}

/// Each option on a line, behind what begins it.
fn options(place: &Place) -> impl Iterator<Item = (&'static str, String)> {
    let moved = !place.trace.steps.is_empty();
    let at = moved.then(|| ("at", place.at.to_string()));
    let expect = ending(place).filter(|_| moved).map(|it| ("expect", line(it)));
    at.into_iter().chain(expect)
}

fn block(place: &Place) -> String {
    let mut question = vec![place.race.id.clone()];
    question.extend(place.knobs());
    let mut text = line(&question.join(" "));
    if !place.trace.steps.is_empty() {
        text.push_str(&format!(": {}", place.code()));
    }
    let options: String =
        options(place).map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("```race-walk\n{text}\n{options}```\n")
}

fn directive(place: &Place) -> String {
    let knobs = Some(("set", line(&place.knobs().join(" ")))).filter(|it| !it.1.is_empty());
    let code = Some(("schedule", place.code())).filter(|it| !it.1.is_empty());
    let options: String = (knobs.into_iter().chain(code).chain(options(place)))
        .map(|(name, value)| format!("   :{name}: {value}\n"))
        .collect();
    format!(".. race-walk:: {}\n{options}", line(&place.race.id))
}
