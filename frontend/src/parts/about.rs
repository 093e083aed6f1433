//! The sheet about a race: what it is about, what it leaves out, its knobs and its words. It knows
//! the race's texts, no model.

use racewalk_engine::model::Mark;
use racewalk_engine::race::{Knob, Race};
use yew::Html;

use super::Asked;
use super::sheet::sheet;
use super::text::{MARKS, mark, mark_words, plain};
use crate::element::{Content, Element, element, list};

/// The sheet about a race.
pub(crate) fn about(race: &Race, asked: &Asked) -> Html {
    let left_out = (!race.left_out.is_empty()).then(|| {
        let items = race.left_out.iter().map(|it| element("li").child(plain(it)));
        section("left-out", "What the model leaves out")
            .child(element("ul").class("dashes").list(items))
    });
    let knobs = (!race.knobs.is_empty())
        .then(|| section("knobs", "Knobs").list(race.knobs.iter().map(meanings)));
    let terms = (!race.terms.is_empty()).then(|| {
        let words = race.terms.iter().map(|it| entry(it.names.join(", "), plain(&it.text)));
        section("terms", "Words").child(element("dl").class("words").list(words))
    });
    let marks = element("dl")
        .class("words")
        .child(entry("no mark", "read in the source"))
        .list(MARKS.into_iter().map(|it| entry(mark(it), mark_words(it).1)));
    let all = (
        (list(race.about.iter().map(|it| element("p").child(plain(it)))), left_out, knobs),
        terms,
        section("marks", "Source marks").child(marks),
    );
    sheet("about", race.title.clone(), all.html(), asked)
}

fn section(key: &'static str, heading: &'static str) -> Element {
    element("section").key(key).child(element("h3").child(heading))
}

fn entry(term: impl Content, meaning: impl Content) -> Element {
    element("div").child(element("dt").child(term)).child(element("dd").child(meaning))
}

/// A knob, and what each of its values means.
pub(crate) fn meanings(knob: &Knob) -> Element {
    let values = knob.values.iter().enumerate().map(|(number, it)| {
        let default = if it.text.is_empty() { "default" } else { " (default)" };
        let default = (number == 0).then(|| element("span").class("second").child(default));
        let meaning = (plain(&it.text), marks(&it.marks), default);
        entry(element("code").child(&it.name), meaning)
    });
    let head = element("p")
        .child(element("code").child(&knob.name))
        .child(": ")
        .child(plain(&knob.text))
        .child(marks(&knob.marks));
    element("div").class("meanings").key(&knob.name).child(head).child(element("dl").list(values))
}

/// Marks, each after a space.
pub(super) fn marks(marks: &[Mark]) -> Html {
    list(marks.iter().map(|&it| (" ", mark(it))))
}
