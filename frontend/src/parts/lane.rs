//! A lane: an actor's head, and its code with the next line marked. It knows frames, no model.

use std::rc::Rc;

use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::view::{ActorState, Ending, Frame, Lane, Row, Stage};
use yew::prelude::*;

use super::glyph::{glyph, hue_class};
use super::on;
use super::text::{Terms, mark, prose};
use crate::kernel;
use crate::store::Action;

/// Properties of [`LaneOf`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LaneProps {
    /// The race, for its words.
    pub(crate) race: Terms,
    /// All lanes: who waits names those it waits for.
    pub(crate) stage: Rc<Stage>,
    /// Which of them this is.
    pub(crate) number: usize,
    /// Where the schedule stands.
    pub(crate) frame: Rc<Frame>,
    /// The kernel version whose names are shown.
    pub(crate) version: Option<AttrValue>,
    /// Told that it moves.
    pub(crate) act: Callback<Action>,
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

/// A lane.
#[component]
pub(crate) fn LaneOf(props: &LaneProps) -> Html {
    let Some(lane) = props.stage.lanes.get(props.number) else { return html! {} };
    let Some(actor) = props.frame.actors.get(lane.actor.index()) else { return html! {} };
    let waiting = matches!(props.frame.ending, Some(Ending::Deadlock | Ending::HeldOff));
    let next = match &actor.state {
        ActorState::Ready { step, .. } => Some((*step, Is::Next)),
        ActorState::Waits { step, .. } if waiting => Some((*step, Is::Stuck)),
        ActorState::Waits { step, .. } => Some((*step, Is::Waits)),
        ActorState::Finished { .. } | ActorState::Over { .. } => None,
    };
    let id = lane.actor;
    let go = on(&props.act, Action::Let(id));
    let ready = matches!(actor.state, ActorState::Ready { .. });
    html! {
        <section
            class={classes!("lane", hue_class(lane.hue))}
            aria-label={lane.name.clone()}
            data-testid={format!("lane-{}", lane.letter)}
        >
            <header class={ready.then_some("ready")}>
                <h3>
                    <button class="who" type="button" onclick={go.clone()} data-testid={format!("head-{}", lane.letter)}>
                        { glyph(lane.hue) }
                        { lane.cpu.map(|it| format!("CPU {it} · ")).unwrap_or_default() }{ &lane.name }
                        <kbd>{ lane.letter }</kbd>
                    </button>
                </h3>
                <code class="title">{ &lane.title }</code>
                <p class="state" data-testid={format!("state-{}", lane.letter)}>{ state(props, lane, &actor.state) }</p>
            </header>
            <ol>
                { for lane.rows.iter().enumerate().map(|(index, row)| {
                    let ran = actor.ran_at.get(index).copied().flatten();
                    let is = is(&props.frame, lane, row, ran, next);
                    line(props, lane, row, ran, is, &go)
                }) }
            </ol>
        </section>
    }
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
    props: &LaneProps,
    lane: &Lane,
    row: &Row,
    ran: Option<usize>,
    is: Is,
    go: &Callback<MouseEvent>,
) -> Html {
    let word = match is {
        Is::Next => Some("next"),
        Is::Waits => Some("waits"),
        Is::Stuck => Some("stuck"),
        _ => None,
    };
    let code = html! {
        <>
            <span class="code">{ breakable(&row.label) }</span>
            if !row.branches.is_empty() {
                <span key="branches" class="branches">{ " → " }{ row.branches.join(", ") }</span>
            }
        </>
    };
    html! {
        <li key={row.key.clone()} data-is={is.name()} data-testid={format!("row-{}-{}", lane.letter, row.key)}>
            <span class="key">{ &row.key }</span>
            if is == Is::Next {
                <button key="run" class="run" type="button" onclick={go} aria-label={format!("let {} run {}: {}", lane.name, row.key, row.label)}>
                    { code }
                </button>
            } else {
                <span key="line" class="line">{ code }</span>
            }
            <span class="ran">
                if let Some(ran) = ran {
                    <span key="ran" title={format!("ran as step {ran}")}>{ ran }</span>
                }
                if let Some(word) = word {
                    <span key="word" class="word">{ word }</span>
                }
            </span>
            <span class="source">
                { for row.marks.iter().map(|&it| html! { <>{ mark(it) }{ " " }</> }) }
                { citations(row, props.version.as_deref()) }
            </span>
        </li>
    }
}

/// A label with places where it may go on in the next line: after `(`, before `->`.
fn breakable(label: &str) -> Html {
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, _) in label.char_indices().skip(1) {
        let (before, after) = label.split_at(at);
        if after.starts_with("->") || before.ends_with('(') && !after.starts_with(')') {
            parts.push(html! { <>{ label[from..at].to_owned() }<wbr /></> });
            from = at;
        }
    }
    parts.push(html! { { label[from..].to_owned() } });
    parts.into_iter().collect()
}

/// The citations that hold for a version; the first with its file.
fn citations(row: &Row, version: Option<&str>) -> Html {
    kernel::holding(&row.sources, version)
        .enumerate()
        .map(|(number, it)| {
            let shown = version.or_else(|| it.versions.first().map(String::as_str));
            let release = shown.map_or_else(String::new, |it| format!(", Linux {it}"));
            html! {
                <a
                    key={number}
                    href={kernel::address(it, shown)}
                    target="_blank"
                    rel="noopener noreferrer"
                    title={format!("{} in {}{release}: look it up", it.function, it.file)}
                >
                    if number == 0 {
                        <span class="file">{ &it.file }{ " · " }</span>
                    }
                    { &it.function }
                </a>
            }
        })
        .collect()
}

/// What an actor may do, in a sentence.
fn state(props: &LaneProps, lane: &Lane, state: &ActorState) -> Html {
    let terms = &props.race.race.terms;
    match state {
        ActorState::Ready { outcomes, .. }
            if outcomes.iter().filter(|it| it.enabled).count() > 1 =>
        {
            html! { "Can move, in several ways." }
        }
        ActorState::Ready { .. } => html! { "Can move." },
        ActorState::Waits { words, whom, may_be_held_off, .. } => html! {
            <>
                <b>{ "Waits " }</b>{ prose(words, terms, &mut Vec::new()) }{ whom_names(props, whom) }
                { if *may_be_held_off { ". It may be held off." } else { "." } }
            </>
        },
        ActorState::Finished { at: Some(at) } => {
            html! { <>{ "Finished at step " }{ at }{ "." }</> }
        }
        ActorState::Finished { at: None } => html! { "Has nothing to do." },
        ActorState::Over { .. } => match &props.frame.ending {
            Some(Ending::Violated { sentence, .. })
                if props.frame.last.as_ref().is_some_and(|it| it.actor == lane.actor) =>
            {
                html! { <b class="bad">{ "It " }{ sentence }{ ": the run ends here." }</b> }
            }
            _ => html! { "The run is over." },
        },
    }
}

/// ` — walker, unmap`, with their shapes.
fn whom_names(props: &LaneProps, whom: &[ActorId]) -> Html {
    let lanes: Vec<&Lane> =
        whom.iter().filter_map(|id| props.stage.lanes.iter().find(|it| it.actor == *id)).collect();
    if lanes.is_empty() {
        return html! {};
    }
    html! {
        <>
            { ": that is " }
            { for lanes.iter().enumerate().map(|(number, it)| html! {
                <>
                    { if number > 0 { ", " } else { "" } }
                    <span class={classes!("whom", hue_class(it.hue))}>{ glyph(it.hue) }{ &it.name }</span>
                </>
            }) }
        </>
    }
}
