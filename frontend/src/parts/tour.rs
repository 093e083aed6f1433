//! The guided tour: what is said at a beat, how well it is founded, and the ways on; and the trace of a real
//! kernel that bears a beat out. It knows no model.

use racewalk_engine::evidence::{self, Sign};
use racewalk_engine::model::Mark;
use yew::Html;

use super::about::marks;
use super::sheet::sheet;
use super::text::plain;
use super::{Ask, Asked, button};
use crate::element::{Content, Element, element};
use crate::store::{Action, Sheet, Stop, TraceText};

/// A beat of the tour. `strayed`: the reader has gone elsewhere from it.
pub(crate) fn tour(stop: &Stop, strayed: bool, asked: &Asked) -> Option<Element> {
    let (beats, number) = (&stop.beats, stop.number);
    let beat = beats.get(number)?;
    let way = |testid, label: &'static str, to: Option<usize>| {
        let to = to.filter(|it| *it < beats.len());
        let action = Action::Tour(Some(to.unwrap_or(number)));
        button("button", asked, action).testid(testid).flag("disabled", to.is_none()).child(label)
    };
    let link = |testid, label: &'static str, ask: Ask| {
        button("link", asked, ask).testid(testid).child(label)
    };
    let founded: Vec<Mark> = beat.marks.iter().filter_map(|it| Mark::of(it)).collect();
    let trace = beat
        .trace
        .as_ref()
        .map(|file| link("tour-trace", "See a real kernel do it", Ask::ReadTrace(file.clone())));
    let again = strayed
        .then(|| link("tour-again", "Back to this point", Action::Tour(Some(number)).into()));
    let left_out = Action::Show(Some(Sheet::About)).into();
    let ways = element("div")
        .class("tour-ways")
        .child(way("tour-previous", "Previous", number.checked_sub(1)))
        .child(way("tour-next", "Next", Some(number + 1)))
        .child((again, trace))
        .child(link("tour-left-out", "What the model leaves out", left_out))
        .child(link("tour-leave", "Leave the tour", Action::Tour(None).into()));
    Some(
        element("section")
            .class("tour")
            .attribute("aria-label", "Guided tour")
            .child(
                element("p")
                    .class("stepno")
                    .child("Tour · ")
                    .child(element("span").testid("tour-number").child(number + 1))
                    .child((" / ", beats.len())),
            )
            .child(element("h2").testid("tour-title").child(plain(&beat.title)))
            .child(
                element("p")
                    .class("tour-text")
                    .attribute("aria-live", "polite")
                    .testid("tour-text")
                    .child((plain(&beat.text), marks(&founded))),
            )
            .child(ways),
    )
}

/// A trace of a real kernel, each line beside the step of the race that it shows.
pub(crate) fn trace(text: &TraceText, asked: &Asked) -> Html {
    let TraceText { file, text } = text;
    let readings = evidence::readings().unwrap_or_default();
    let reading = readings.iter().find(|it| it.trace == *file);
    let told = evidence::header(text).filter(|(key, _)| matches!(*key, "kernel" | "how")).map(
        |(key, value)| {
            element("p").child((element("b").child(key.to_owned()), ": ", value.to_owned()))
        },
    );
    let lines = evidence::lines(text).unwrap_or_default();
    let rows = lines.iter().map(|line| {
        let sign = reading.and_then(|it| it.sign(line.event));
        let key = match sign {
            Some(Sign::Step(key) | Sign::Breaks(key)) => key.clone(),
            None => String::new(),
        };
        let at = line.at.map_or_else(String::new, |at| format!("{}.{:03}", at / 1000, at % 1000));
        let cell = |class, text: String| element("td").class(class).child(text);
        element("tr")
            .class(if key.is_empty() { "" } else { "shows" })
            .child(cell("key", key))
            .child(cell("at", at))
            .child(cell("event", line.event.to_owned()))
    });
    let head = ["step", "ms", "function <- caller"]
        .map(|it| element("th").attribute("scope", "col").child(it));
    let table = element("table")
        .class("trace")
        .child(element("thead").child(element("tr").list(head)))
        .child(element("tbody").list(rows));
    let shows = reading.map(|it| element("p").child(plain(&it.shows)));
    let times = element("p").class("second").child(
        "Times are an emulator's: only the order, and what waits for what, mean anything. A test checks \
         that the race allows exactly this order of its steps.",
    );
    let all = (shows, element("div").class("told-by").list(told), (times, table)).html();
    sheet("trace", format!("Seen on a real kernel: {file}"), all, asked)
}
