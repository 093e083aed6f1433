//! The timeline: the schedule as steps, the scrubber over it, and the branches that were left. It
//! knows traces and frames, no model.

use std::ops::Range;

use racewalk_engine::trace::Trace;
use racewalk_engine::view::{Frame, Stage};

use super::glyph::{glyph, hue_class};
use super::moves::moves;
use super::scrubber::{Scrub, scrubber};
use super::track::{Token, key, row_class, rows, thread, track};
use super::transport::{Transport, transport};
use super::{Asked, button};
use crate::element::{Element, element};
use crate::numbers::counted;
use crate::still::Pieces;
use crate::store::{Action, Branch};

/// The most steps that are drawn at once; of a longer schedule those around where it stands.
const MOST: usize = 120;

/// What the timeline shows.
#[derive(Clone, Copy)]
pub(crate) struct Timeline<'a> {
    /// The actors.
    pub(crate) stage: &'a Stage,
    /// The schedule.
    pub(crate) trace: &'a Trace,
    /// Where it stands.
    pub(crate) frame: &'a Frame,
    /// What was left.
    pub(crate) branches: &'a [Branch],
    /// Why it is shorter than what the reader asked for.
    pub(crate) cut: Option<&'a String>,
    /// Whether it plays.
    pub(crate) playing: bool,
    /// How fast.
    pub(crate) speed: usize,
    /// Whether there is anything to press.
    pub(crate) controls: bool,
}

/// The timeline. `caption` is what the schedule is, as the search found it: `the shortest that ends in
/// uaf-read`.
pub(crate) fn timeline(
    line: Timeline<'_>,
    caption: String,
    asked: &Asked,
    pieces: &mut Pieces,
) -> Element {
    let Timeline { stage, trace, frame, branches, cut, playing, speed, controls } = line;
    let (at, len) = (frame.at, trace.steps.len());
    let window = window(at, len);
    let first = window.start;
    let tokens = tokens(trace, window);
    let shown = tokens.len();
    let longest = branches.iter().map(|it| it.trace.steps.len()).max().unwrap_or(0);
    let columns = shown.max(longest.saturating_sub(first).min(MOST)).max(1);
    let heading = element("h2")
        .attribute("id", "time-heading")
        .child(("Schedule", element("small").testid("caption").child(caption)));
    let controls = controls.then(|| {
        element("div")
            .key("controls")
            .class("controls")
            .child(transport(Transport { at, len, playing, speed }, asked))
            .child(moves(stage, frame, asked))
    });
    let cut = cut.map(|cut| {
        let rest = " It is kept: turn the knob back, and the rest is there again.";
        element("p")
            .key("cut")
            .class("cut")
            .attribute("role", "status")
            .testid("cut")
            .child(element("b").child("Under these knobs your schedule ends early. "))
            .child((cut, rest))
    });
    let names = rows(stage).enumerate().map(|(number, lane)| {
        element("li").attribute("class", row_class(number)).child((glyph(lane.hue), &lane.name))
    });
    let lanes = rows(stage).count();
    let style = format!("--columns: {columns}; --shown: {}; --rows: {lanes}", shown.max(1));
    let branches = branches
        .iter()
        .enumerate()
        .map(|(number, branch)| branch_row(stage, branch, number, first..first + columns, asked));
    let told = match tokens.get(at.wrapping_sub(first + 1)) {
        Some(&token) => format!("{at} of {len}, after {}", key(stage, token)),
        None => format!("{at} of {len}"),
    };
    let hint = (len == 0).then(|| {
        let words = "Nobody has moved yet. Let somebody move: with the buttons above, in the \
                     lanes, or by an actor’s letter.";
        element("p").key("hint").class("hint").testid("hint").child(words)
    });
    let drawing = element("svg")
        .class("thread")
        .attribute("viewBox", format!("0 0 {} {}", 2 * shown.max(1), 2 * lanes.max(1)))
        .attribute("preserveAspectRatio", "none")
        .attribute("aria-hidden", "true")
        .child(element("path").attribute("d", thread(stage, &tokens)));
    let steps = element("div")
        .class("columns")
        .child(drawing)
        .child(track(stage, &tokens, first, at, asked, pieces))
        .child(scrubber(Scrub { at, len, first, shown }, told, asked))
        .child(hint);
    let strip = element("div")
        .key("strip")
        .classes(&["strip", if len == 0 { "empty" } else { "" }])
        .style(&style)
        .testid("timeline")
        .child(element("ul").class("names").attribute("aria-hidden", "true").list(names))
        .child(steps)
        .list(branches);
    let more = (shown < len).then(|| {
        let before = (counted(first, "step", "steps"), " before these, ");
        let more = element("p").key("more").class("second").child(before);
        more.child((len - first - shown, " after them."))
    });
    element("section")
        .class("time")
        .attribute("aria-labelledby", "time-heading")
        .child((heading, controls, cut))
        .child((strip, more))
}

/// A schedule that was left: what differs, and a way back to it. Of its steps those in `room` are drawn.
fn branch_row(
    stage: &Stage,
    branch: &Branch,
    number: usize,
    room: Range<usize>,
    asked: &Asked,
) -> Element {
    let from = branch.common.max(room.start);
    let end = branch.trace.steps.len().min(room.end);
    let tokens = tokens(&branch.trace, from.min(end)..end);
    let names: Vec<&str> = tokens.iter().map(|&it| key(stage, it)).collect();
    let again = button("link", asked, Action::TakeUp(number))
        .testid(format!("take-up-{number}"))
        .child("Take it up again");
    let told = element("p")
        .child(element("b").child("Branch you left"))
        .child((" after step ", branch.common))
        .child(element("span").class("spelled").child((": ", names.join(" "))))
        .child((". ", again));
    let steps = tokens.iter().map(|&token| {
        let lane = stage.lanes.iter().find(|it| it.actor == token.actor);
        let token = element("span")
            .classes(&["token", hue_class(lane.and_then(|it| it.hue))])
            .attribute("data-is", "left")
            .child(element("span").child(key(stage, token).to_owned()));
        element("li").child(token)
    });
    let steps = element("ol")
        .attribute("aria-hidden", "true")
        .list((room.start..from).map(|_| element("li").class("gap")))
        .list(steps);
    element("div")
        .key(&format!("branch-{number}"))
        .class("branch")
        .testid("branch")
        .child((told, steps))
}

fn tokens(trace: &Trace, range: Range<usize>) -> Vec<Token> {
    let steps = trace.steps.get(range).unwrap_or_default();
    steps
        .iter()
        .map(|it| Token { actor: it.turn.actor, step: it.step, broke: it.broken.is_some() })
        .collect()
}

/// The steps that are drawn: all of them, or those around where the schedule stands.
fn window(at: usize, len: usize) -> Range<usize> {
    if len <= MOST {
        return 0..len;
    }
    let first = at.saturating_sub(MOST / 2).min(len - MOST);
    first..first + MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_schedule_is_shown_around_where_it_stands() {
        assert_eq!(window(3, 13), 0..13);
        assert_eq!(window(0, 1000), 0..MOST);
        assert_eq!(window(500, 1000), 440..560);
        assert_eq!(window(1000, 1000), 880..1000);
    }
}
