//! The offers of "Embed this": what the reader looks at, as it is written in other people's documents. The options of documents are those of `integrations/`.

use racewalk_engine::export::{self, Theme};
use racewalk_engine::state::Ending;

use crate::escape::{address, html, line, markdown};
use crate::figures::name;
use crate::offer::{Offer, Offers, Shown};
use crate::place::Place;

/// Why a form cannot carry a reader's own race.
const OWN: &str = "Not for a race of your own: this form names a race of the library. The element, the iframe \
                   and the link behind the Markdown picture carry yours as a whole.";
/// Why no form can carry a reader's own race.
const TOO_LONG: &str = "Not for this race: it is too long for a link (more than 64 kB packed).";
/// What is to be said of addresses that lead to nobody else's machine.
const FROM_DISK: &str =
    " This page was opened from a disk: put the address of a server in its place.";

/// What is written into other documents to show what stands here.
#[must_use]
pub fn embed(place: &Place, theme: Theme) -> Offers {
    let of_library = if place.is_own { Err(OWN) } else { Ok(place) };
    let with_link = if place.fragment.is_some() { Ok(place) } else { Err(TOO_LONG) };
    let offer = |key, title, hint: &str, text: Result<String, &str>| {
        let is_from_disk = place.page.starts_with("file:");
        let (text, hint) = match text {
            Ok(text) if is_from_disk && text.contains("file:") => {
                (text, format!("{hint}{FROM_DISK}"))
            }
            Ok(text) => (text, hint.to_owned()),
            Err(reason) => (String::new(), reason.to_owned()),
        };
        Offer { key, title, hint, text, shown: Shown::Whole, files: Vec::new() }
    };
    let all = vec![
        offer(
            "element",
            "Element",
            "For pages that may load a script. What stands in it is shown without scripts.",
            with_link.map(|it| element(it, theme)),
        ),
        offer(
            "iframe",
            "Iframe",
            "For sites that allow no scripts of others.",
            with_link.map(|it| iframe(it, theme)),
        ),
        offer(
            "markdown",
            "Markdown picture",
            "For forges and wikis: the picture, which leads here. Save “This step” of “Take away” beside \
             the document.",
            with_link.map(markdown_picture),
        ),
        offer(
            "mdbook",
            "mdBook",
            "For a book with Racewalk's preprocessor, which checks it at every build.",
            of_library.map(block),
        ),
        offer(
            "sphinx",
            "Sphinx",
            "For kernel documents: the directive of Racewalk's extension, checked at every build.",
            of_library.map(directive),
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

/// The theme that a document asks for; `None`: its reader's own.
fn named(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}

/// The race as the element names it: an id of the library, or a reader's own as its link has it.
fn race(place: &Place) -> String {
    let own = place.fragment.as_deref().and_then(|it| it.split('?').next());
    match own.and_then(|it| it.strip_prefix('/')).filter(|_| place.is_own) {
        Some(own) => own.to_owned(),
        None => place.race.id.clone(),
    }
}

fn element(place: &Place, theme: Theme) -> String {
    let code = place.code();
    let attributes = [
        ("race", Some(race(place))),
        ("set", Some(place.knobs().join(" ")).filter(|it| !it.is_empty())),
        ("schedule", Some(code.clone()).filter(|it| !it.is_empty())),
        ("at", (!code.is_empty()).then(|| place.at.to_string())),
        ("theme", named(theme).map(str::to_owned)),
    ];
    let attributes: String = attributes
        .into_iter()
        .filter_map(|(name, value)| Some(format!(" {name}=\"{}\"", html(&value?))))
        .collect();
    format!(
        "<script type=\"module\" src=\"{}race-walk.js\"></script>\n<race-walk{attributes}>\n  \
         <a href=\"{}\">{}</a>\n</race-walk>\n",
        html(&address(folder(place))),
        html(&address(&link(place))),
        html(&alternative(place)),
    )
}

fn iframe(place: &Place, theme: Theme) -> String {
    let fragment = place.fragment.as_deref().unwrap_or_default();
    let sign = if fragment.contains('?') { '&' } else { '?' };
    let theme = named(theme).map(|it| format!("{sign}theme={it}")).unwrap_or_default();
    let source = format!("{}embed.html#{fragment}{theme}", folder(place));
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"640\" loading=\"lazy\"></iframe>\n",
        html(&address(&source)),
        html(&alternative(place)),
    )
}

fn markdown_picture(place: &Place) -> String {
    let (words, file) = (markdown(&alternative(place)), picture(place));
    format!("[![{words}]({file}.svg)]({})\n", address(&link(place)))
}

fn link(place: &Place) -> String {
    place.link().unwrap_or_else(|| place.page.clone())
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
