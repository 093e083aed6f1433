//! The verdict: in a word, with every kind of failure and the counts. It knows the search's summary, no search.

use super::icon::{Sign, icon, octagon, round};
use super::knobs::Knobs;
use super::premise::premise;
use super::text::plain;
use super::{Ask, Asked, button};
use crate::element::{Content, Element, element};
use crate::numbers::{grouped, short};
use crate::protocol::{Found, Summary, Verdict as Word};
use crate::shared::Shared;
use crate::store::{Action, Exploration, Sheet};

/// The verdict strip; `code` is that of the schedule that is loaded.
pub(crate) fn verdict(
    exploration: &Exploration,
    code: &str,
    knobs: Knobs<'_>,
    asked: &Asked,
) -> Element {
    let (mut summary, mut busy, mut progressed) = (None, false, None);
    match exploration {
        Exploration::Known(known) => summary = Some(known),
        Exploration::Running { states, depth } => {
            busy = true;
            progressed = Some(progress(*states, *depth, asked));
        }
        Exploration::Failed(_) => {}
    }
    let left_out = button("link", asked, Action::Show(Some(Sheet::About)))
        .testid("show-left-out")
        .child("What the model leaves out");
    let premise = element("p")
        .key("premise")
        .class("premise")
        .testid("premise")
        .child(premise(knobs))
        .child((" ", left_out));
    element("section")
        .class("verdict")
        .attribute("aria-label", "Verdict")
        .attribute("aria-busy", busy)
        .child(word(exploration))
        .child(summary.and_then(|it| it.shortest()).map(|it| shortest(it, asked)))
        .child(kinds(summary, code, asked))
        .child(counts(summary, asked))
        .child(progressed)
        .child(premise)
}

fn word(exploration: &Exploration) -> Element {
    let (class, sign, word, why) = match exploration {
        Exploration::Running { .. } => ("open", round(false), "exploring", None),
        Exploration::Failed(why) => (
            "open",
            round(false),
            "no verdict",
            Some(why.lines().next().unwrap_or_default().to_owned()),
        ),
        Exploration::Known(summary) => match summary.verdict {
            Word::Safe => ("safe", round(true), "safe", None),
            Word::Violated => ("violated", octagon(), "violated", None),
            Word::Incomplete => ("open", round(false), "incomplete", summary.stopped.clone()),
        },
    };
    let words = element("span")
        .child(element("span").testid("verdict").child(word))
        .child(why.map(|why| element("small").key("why").child(why)));
    element("p").classes(&["word", class]).attribute("role", "status").child((sign, words))
}

/// How far the search has come, and a way to stop it.
fn progress(states: usize, depth: usize, asked: &Asked) -> Element {
    let whole = element("div").key("progress").class("progress");
    if states == 0 {
        return whole;
    }
    let told = element("p")
        .testid("progress")
        .child((grouped(&states.to_string()), " states so far, "))
        .child((depth, " steps deep"));
    whole.child(told).child(button("button", asked, Ask::Stop).testid("stop").child("Stop"))
}

/// Where the counts and the kinds will be, there is room for them while nothing is known: what lies below keeps its place.
fn kinds(summary: Option<&Shared<Summary>>, code: &str, asked: &Asked) -> Element {
    let label = "Ways to fail, and to be held off, with the length of a shortest schedule";
    let found = summary.into_iter().flat_map(|it| it.all());
    let none = summary.filter(|it| it.all().next().is_none()).map(|it| match it.verdict {
        Word::Safe => "No schedule fails.",
        Word::Violated | Word::Incomplete => "No failure was found so far.",
    });
    element("div")
        .key("kinds")
        .class("kinds")
        .attribute("role", "group")
        .attribute("aria-label", label)
        .child(none.map(|it| element("p").class("second").child(it)))
        .list(found.enumerate().map(|(number, it)| kind(it, number, code, asked)))
}

/// A way in which runs end badly, or are held off; it loads a shortest schedule.
fn kind(it: &Found, number: usize, code: &str, asked: &Asked) -> Element {
    let class = if it.kind == "held off" { "kind held" } else { "kind" };
    let steps = (it.steps, if number == 0 { " steps" } else { "" });
    button(class, asked, Action::Follow { code: it.schedule.clone(), play: false })
        .attribute("aria-pressed", it.schedule == code)
        .attribute("title", &it.sentence)
        .testid(format!("kind-{}", it.kind.replace(' ', "-")))
        .child((&it.kind, element("small").child(steps)))
}

fn counts(summary: Option<&Shared<Summary>>, asked: &Asked) -> Element {
    let unknown = || "…".html();
    let all = |testid, number: fn(&Summary) -> usize| {
        let known = |it: &Shared<Summary>| {
            let more = if it.verdict == Word::Incomplete { "+" } else { "" };
            (grouped(&number(it).to_string()), more).html()
        };
        count(testid, testid, summary.map_or_else(unknown, known))
    };
    let schedules = |testid, title, digits: fn(&Summary) -> &Option<String>| {
        let known = |it: &Shared<Summary>| match digits(it) {
            Some(digits) => exact(digits, asked),
            None if it.verdict == Word::Incomplete => "?".html(),
            None => {
                element("span").attribute("title", "loops make them infinite").child("∞").html()
            }
        };
        count(testid, title, summary.map_or_else(unknown, known))
    };
    let counts = element("dl")
        .child(all("states", |it| it.states))
        .child(all("transitions", |it| it.transitions))
        .child(schedules("schedules", "schedules", |it| &it.schedules))
        .child(schedules("bad-schedules", "of them fail", |it| &it.bad_schedules));
    let second = element("p").class("second").child("Counts, not probabilities.");
    element("div").key("counts").class("counts").child((counts, second))
}

fn count(testid: &'static str, title: &'static str, value: impl Content) -> Element {
    element("div")
        .child(element("dt").child(title))
        .child(element("dd").testid(testid).child(value))
}

/// A number; where it is rounded, its digits on hover, and copied on a click.
fn exact(digits: &str, asked: &Asked) -> yew::Html {
    let shown = short(digits);
    if shown == grouped(digits) {
        return shown.html();
    }
    button("link exact", asked, Ask::Copy("The number", digits.to_owned()))
        .attribute("title", format!("{digits} (click to copy)"))
        .child(shown)
        .html()
}

fn shortest(shortest: &Found, asked: &Asked) -> Element {
    let code = shortest.schedule.clone();
    button("primary shortest", asked, Action::Follow { code, play: true })
        .key("shortest")
        .testid("shortest-failure")
        .child((icon(Sign::Play), "Play the shortest failure"))
}

/// A report in place of everything that needs a race without mistakes.
pub(crate) fn broken(report: &str) -> Element {
    let kept = "Your schedule is kept: turn the knob back, and it is there again.";
    element("section")
        .class("broken")
        .attribute("role", "alert")
        .child(element("h2").child("Under these knobs the race makes no sense"))
        .child(element("pre").class("report").testid("report").child(report.to_owned()))
        .child(element("p").class("second").child(plain(kept)))
}
