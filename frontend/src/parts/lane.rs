//! A lane: an actor's head, and its code with the next line marked. It knows frames, no model.

use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::model::Mark;
use racewalk_engine::race::Term;
use racewalk_engine::view::{ActorState, Ending, Frame, Lane, Row, Stage};
use web_sys::Event;
use yew::{Callback, Html};

use super::glyph::{glyph, hue_class};
use super::text::{mark, mark_words, prose};
use super::{Ask, Asked, asks, button, pressed};
use crate::element::{Content, Element, element, list};
use crate::kernel;
use crate::still::Pieces;
use crate::store::Action;

/// What lanes show.
#[derive(Clone, Copy)]
pub(crate) struct LaneProps<'a> {
    /// The question that is open: of another one there may be other lanes.
    pub(crate) of: u32,
    /// The race's words.
    pub(crate) terms: &'a [Term],
    /// All lanes: who waits names those it waits for.
    pub(crate) stage: &'a Stage,
    /// Where the schedule stands.
    pub(crate) frame: &'a Frame,
    /// The kernel version whose names are shown.
    pub(crate) version: Option<&'a str>,
    /// Steps that were observed, each with the trace that shows it.
    pub(crate) observed: &'a [(&'a str, &'a str)],
    /// Told that it moves.
    pub(crate) asked: &'a Asked,
}

/// What has become of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Todo,
    Done,
    Now,
    Next,
    Waits,
    Failed,
    Stuck,
}

impl Is {
    const fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Done => "done",
            Self::Now => "now",
            Self::Next => "next",
            Self::Waits => "wait",
            Self::Failed => "fail",
            Self::Stuck => "stuck",
        }
    }
}

/// A lane; `None` for one that the frame does not know.
pub(crate) fn lane(props: LaneProps<'_>, lane: &Lane, pieces: &mut Pieces) -> Option<Element> {
    let actor = props.frame.actors.get(lane.actor.index())?;
    let waiting = matches!(props.frame.ending, Some(Ending::Deadlock | Ending::HeldOff));
    let next = match &actor.state {
        ActorState::Ready { step, .. } => Some((*step, Is::Next)),
        ActorState::Waits { step, .. } if waiting => Some((*step, Is::Stuck)),
        ActorState::Waits { step, .. } => Some((*step, Is::Waits)),
        ActorState::Finished { .. } | ActorState::Over { .. } => None,
    };
    let go = asks(props.asked, Action::Let(lane.actor));
    let rows = lane.rows.iter().enumerate().map(|(index, row)| {
        let ran = actor.ran_at.get(index).copied().flatten();
        let is = is(props.frame, lane, row, ran, next);
        let version = props.version.map(str::to_owned);
        let shown = (props.of, version, (lane.actor, index), ran, is);
        pieces.keep(shown, |_| line(props, lane, row, ran, is, &go).html())
    });
    let rows: Vec<_> = rows.collect();
    let ready = matches!(actor.state, ActorState::Ready { .. });
    let who = pressed(go.clone())
        .class("who")
        .testid(format!("head-{}", lane.letter))
        .child(glyph(lane.hue))
        .child(lane.cpu.map_or_else(String::new, |it| format!("CPU {it} · ")))
        .child((&lane.name, element("kbd").child(lane.letter)));
    let state = element("p").class("state").testid(format!("state-{}", lane.letter)).child(state(
        props,
        lane,
        &actor.state,
    ));
    let head = element("header")
        .attribute("class", ready.then_some("ready"))
        .child(element("h3").child(who))
        .child(element("code").class("title").child(&lane.title))
        .child(state);
    let section = element("section")
        .key(&lane.actor.index().to_string())
        .classes(&["lane", hue_class(lane.hue)])
        .attribute("aria-label", &lane.name)
        .testid(format!("lane-{}", lane.letter))
        .child(head)
        .child(element("ol").list(rows));
    Some(section)
}

fn is(frame: &Frame, lane: &Lane, row: &Row, ran: Option<usize>, next: Option<(StepId, Is)>) -> Is {
    let last = frame.last.as_ref().filter(|it| it.actor == lane.actor && it.step == row.step);
    match (next.filter(|it| it.0 == row.step), last, ran) {
        (_, Some(last), _) if last.broke.is_some() => Is::Failed,
        (Some((_, is)), ..) => is,
        (None, Some(_), _) => Is::Now,
        (None, None, Some(_)) => Is::Done,
        (None, None, None) => Is::Todo,
    }
}

fn line(
    props: LaneProps<'_>,
    lane: &Lane,
    row: &Row,
    ran: Option<usize>,
    is: Is,
    go: &Callback<Event>,
) -> Element {
    let word = match is {
        Is::Next => Some("next"),
        Is::Waits => Some("waits"),
        Is::Stuck => Some("stuck"),
        _ => None,
    };
    let branches = match row.branches.is_empty() {
        true => String::new(),
        false => format!(" →\u{a0}{}", row.branches.join(", ")),
    };
    let line = if is == Is::Next {
        // It holds what is seen, word for word, so that who speaks to the page can say what they see.
        let name = format!("let {} run {}: {}{branches}", lane.name, row.key, row.label);
        pressed(go.clone()).key("run").class("run").attribute("aria-label", name)
    } else {
        element("span").key("line").class("line")
    };
    let branches = element("span").key("branches").class("branches").child(branches);
    let ran = ran.map(|ran| {
        element("span").key("ran").attribute("title", format!("ran as step {ran}")).child(ran)
    });
    let word = word.map(|word| element("span").key("word").class("word").child(word));
    let source = element("span")
        .class("source")
        .child(list(row.marks.iter().map(|&it| (founded(props, row, it), " "))))
        .child(citations(row, props.version));
    element("li")
        .key(&row.key)
        .attribute("data-is", is.name())
        .testid(format!("row-{}-{}", lane.letter, row.key))
        .child(element("span").class("key").child(&row.key))
        .child(
            line.child(element("span").class("code").child(breakable(&row.label))).child(branches),
        )
        .child(element("span").class("ran").child(ran).child(word))
        .child(source)
}

/// A mark; what was observed opens the trace of a real kernel that shows it.
fn founded(props: LaneProps<'_>, row: &Row, word: Mark) -> Element {
    let seen = props.observed.iter().find(|it| it.0 == row.key && word == Mark::Observed);
    match seen {
        Some((_, trace)) => button("mark", props.asked, Ask::ReadTrace((*trace).to_owned()))
            .testid(format!("observed-{}", row.key))
            .child(mark_words(word).0),
        None => mark(word),
    }
}

/// A label with places where it may go on in the next line: after `(`, before `->`.
fn breakable(label: &str) -> Html {
    let breaks = label.char_indices().map(|it| it.0).skip(1).filter(|&at| {
        let (before, after) = label.split_at(at);
        after.starts_with("->") || before.ends_with('(') && !after.starts_with(')')
    });
    let mut from = 0;
    let parts = list(breaks.map(|at| {
        let part = label[from..at].to_owned();
        from = at;
        (part, element("wbr"))
    }));
    (parts, label[from..].to_owned()).html()
}

/// The citations that hold for a version; the first with its file.
fn citations(row: &Row, version: Option<&str>) -> Html {
    list(kernel::holding(&row.sources, version).enumerate().map(|(number, it)| {
        let shown = version.or_else(|| it.versions.first().map(String::as_str));
        let release = shown.map_or_else(String::new, |it| format!(", Linux {it}"));
        let file = (number == 0).then(|| element("span").class("file").child((&it.file, " · ")));
        element("a")
            .key(&number.to_string())
            .attribute("href", kernel::address(it, shown))
            .attribute("target", "_blank")
            .attribute("rel", "noopener noreferrer")
            .attribute("title", format!("{} in {}{release}: look it up", it.function, it.file))
            .child(file)
            .child(&it.function)
    }))
}

/// What an actor may do, in a sentence.
fn state(props: LaneProps<'_>, lane: &Lane, state: &ActorState) -> Html {
    match state {
        ActorState::Ready { outcomes, .. }
            if outcomes.iter().filter(|it| it.enabled).count() > 1 =>
        {
            "Can move, in several ways.".html()
        }
        ActorState::Ready { .. } => "Can move.".html(),
        ActorState::Waits { words, whom, may_be_held_off, .. } => {
            let waits = element("b").child("Waits ");
            let words = prose(words, props.terms, &mut Vec::new());
            let end = if *may_be_held_off { ". It may be held off." } else { "." };
            ((waits, words), whom_names(props.stage, whom), end).html()
        }
        ActorState::Finished { at: Some(at) } => ("Finished at step ", *at, ".").html(),
        ActorState::Finished { at: None } => "Has nothing to do.".html(),
        ActorState::Over { .. } => match &props.frame.ending {
            Some(Ending::Violated { sentence, .. })
                if props.frame.last.as_ref().is_some_and(|it| it.actor == lane.actor) =>
            {
                let words = ("It ", sentence, ": the run ends here.");
                element("b").class("bad").child(words).html()
            }
            _ => "The run is over.".html(),
        },
    }
}

/// `: that is walker, unmap`, with their shapes.
fn whom_names(stage: &Stage, whom: &[ActorId]) -> Html {
    let lanes = whom.iter().filter_map(|id| stage.lanes.iter().find(|it| it.actor == *id));
    list(lanes.enumerate().map(|(number, lane)| {
        let between = if number == 0 { ": that is " } else { ", " };
        let whom = element("span").classes(&["whom", hue_class(lane.hue)]);
        (between, whom.child((glyph(lane.hue), &lane.name)))
    }))
}
