//! The sentence that narrates where the schedule stands, for eyes and for screen readers. It knows
//! frames, no model.

use racewalk_engine::race::Race;
use racewalk_engine::view::{Ending, Frame, Stage};

use super::glyph::hue_class;
use super::text::{plain, prose};
use crate::element::{Element, element, list};
use crate::engine;

/// What has just happened in a schedule of `len` steps. `spoken`: a screen reader is told; not while
/// steps pass faster than they can be said.
pub(crate) fn narration(
    race: &Race,
    stage: &Stage,
    frame: &Frame,
    len: usize,
    spoken: bool,
) -> Element {
    let last = frame.last.as_ref();
    let lane = last.and_then(|last| stage.lanes.iter().find(|it| it.actor == last.actor));
    let row = last.and_then(|last| lane?.rows.iter().find(|it| it.step == last.step));
    let key = row.map_or_else(|| "start".to_owned(), |it| it.key.clone());
    let mut known = Vec::new();
    let text = match last {
        Some(last) => {
            list(last.narration.iter().map(|it| (prose(it, &race.terms, &mut known), " ")))
        }
        None => list(race.about.first().map(|it| plain(it))),
    };
    let end = ending(frame);
    let said = if spoken {
        aloud(frame, lane.map(|it| it.name.as_str()), end.as_ref())
    } else {
        String::new()
    };
    let end = end.map(|(bad, words)| {
        element("em").key("end").class(if bad { "bad" } else { "" }).child(plain(&words))
    });
    let number = element("p")
        .class("stepno")
        .child(element("span").testid("steps-taken").child(frame.at))
        .child((" / ", len, " · "))
        .child(element("span").testid("step-key").child(key));
    let announcement = element("p")
        .class("vh")
        .attribute("aria-live", "polite")
        .testid("announcement")
        .child(said);
    element("section")
        .classes(&["narration", lane.map_or("actor-env", |it| hue_class(it.hue))])
        .attribute("aria-label", "What happens")
        .child(number)
        .child(element("p").class("told").testid("narration").child(text).child(end))
        .child(announcement)
}

/// How the run has ended, and whether that is a fault.
fn ending(frame: &Frame) -> Option<(bool, String)> {
    Some(match frame.ending.as_ref()? {
        Ending::Complete => (false, "The run is complete, and nothing is broken.".to_owned()),
        Ending::Violated { kind, sentence, .. } => (true, format!("It {sentence}: `{kind}`.")),
        Ending::Deadlock => (true, "Nobody can move any more: a deadlock.".to_owned()),
        Ending::HeldOff => (
            false,
            "Nobody can move any more. Who waits may be held off for ever: no fault.".to_owned(),
        ),
    })
}

/// What a screen reader says.
fn aloud(frame: &Frame, name: Option<&str>, end: Option<&(bool, String)>) -> String {
    let mut words = Vec::new();
    match (&frame.last, name) {
        (Some(last), Some(name)) => {
            words.push(format!("Step {}, {name}:", frame.at));
            words.extend(last.narration.iter().map(|it| engine::plain(it)));
        }
        _ => words.push("At the start.".to_owned()),
    }
    words.extend(end.map(|it| it.1.clone()));
    words.join(" ")
}
