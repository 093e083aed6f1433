//! The timeline: the schedule as steps, the scrubber over it, and the branches that were left. It
//! knows traces and frames, no model.

use std::ops::Range;
use std::rc::Rc;

use racewalk_engine::trace::Trace;
use racewalk_engine::view::{Frame, Stage};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::glyph::{glyph, hue_class};
use super::moves::moves;
use super::on;
use super::scrubber::Scrubber;
use super::track::{Token, key, row_class, rows, thread, track};
use super::transport::{TransportProps, transport};
use crate::numbers::counted;
use crate::shared::Shared;
use crate::store::{Action, Branch};

/// The most steps that are drawn at once; of a longer schedule those around where it stands.
const MOST: usize = 120;

/// Properties of [`Timeline`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TimelineProps {
    /// The actors.
    pub(crate) stage: Rc<Stage>,
    /// The schedule.
    pub(crate) trace: Shared<Trace>,
    /// Where it stands.
    pub(crate) frame: Rc<Frame>,
    /// What was left.
    pub(crate) branches: Shared<Vec<Branch>>,
    /// What the schedule is, as the search found it: `the shortest that ends in uaf-read`.
    pub(crate) caption: AttrValue,
    /// Why it is shorter than what the reader asked for.
    pub(crate) cut: Option<AttrValue>,
    /// Whether it plays.
    pub(crate) playing: bool,
    /// How fast.
    pub(crate) speed: usize,
    /// Told what to do.
    pub(crate) act: Callback<Action>,
}

/// The timeline.
#[component]
pub(crate) fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { stage, trace, frame, branches, act, .. } = props;
    let strip = use_node_ref();
    let (at, len) = (frame.at, trace.steps.len());
    let window = window(at, len);
    let first = window.start;
    let tokens = tokens(trace, window.clone());
    let shown = tokens.len();
    let longest = branches.iter().map(|it| it.trace.steps.len()).max().unwrap_or(0);
    let columns = shown.max(longest.saturating_sub(first).min(MOST)).max(1);
    let lanes = rows(stage).count();
    {
        let strip = strip.clone();
        use_effect_with((columns, shown, lanes), move |&(columns, shown, lanes)| {
            if let Some(strip) = strip.cast::<HtmlElement>() {
                let style = strip.style();
                // Through the CSSOM: the page's policy forbids style attributes.
                drop(style.set_property("--columns", &columns.to_string()));
                drop(style.set_property("--shown", &shown.max(1).to_string()));
                drop(style.set_property("--rows", &lanes.to_string()));
            }
        });
    }
    let told = match tokens.get(at.wrapping_sub(first + 1)) {
        Some(&token) => format!("{at} of {len}, after {}", key(stage, token)),
        None => format!("{at} of {len}"),
    };
    html! {
        <section class="time" aria-labelledby="time-heading">
            <h2 id="time-heading">
                { "Schedule" }<small data-testid="caption">{ props.caption.clone() }</small>
            </h2>
            <div class="controls">
                { transport(TransportProps { at, len, playing: props.playing, speed: props.speed, act }) }
                { moves(stage, frame, act) }
            </div>
            if let Some(cut) = &props.cut {
                <p key="cut" class="cut" role="status" data-testid="cut">
                    <b>{ "Under these knobs your schedule ends early. " }</b>{ cut.clone() }
                    { " It is kept: turn the knob back, and the rest is there again." }
                </p>
            }
            <div key="strip" class={classes!("strip", (len == 0).then_some("empty"))} ref={strip} data-testid="timeline">
                <ul class="names" aria-hidden="true">
                    { for rows(stage).enumerate().map(|(number, lane)| html! {
                        <li class={row_class(number)}>{ glyph(lane.hue) }{ &lane.name }</li>
                    }) }
                </ul>
                <div class="columns">
                    <svg
                        class="thread"
                        viewBox={format!("0 0 {} {}", 2 * shown.max(1), 2 * lanes.max(1))}
                        preserveAspectRatio="none"
                        aria-hidden="true"
                    >
                        <path d={thread(stage, &tokens)} />
                    </svg>
                    { track(stage, &tokens, first, at, act) }
                    <Scrubber {at} {len} {first} {shown} text={told} act={act.clone()} />
                    if len == 0 {
                        <p key="hint" class="hint" data-testid="hint">
                            { "Nobody has moved yet. Let somebody move: with the buttons above, in the \
                               lanes, or by an actor’s letter." }
                        </p>
                    }
                </div>
                { for branches.iter().enumerate().map(|(number, branch)| {
                    branch_row(stage, branch, number, first..first + columns, act)
                }) }
            </div>
            if first > 0 || first + shown < len {
                <p key="more" class="second">
                    { counted(first, "step", "steps") }{ " before these, " }
                    { len - first - shown }{ " after them." }
                </p>
            }
        </section>
    }
}

/// A schedule that was left: what differs, and a way back to it. Of its steps those in `room` are drawn.
fn branch_row(
    stage: &Stage,
    branch: &Branch,
    number: usize,
    room: Range<usize>,
    act: &Callback<Action>,
) -> Html {
    let from = branch.common.max(room.start);
    let end = branch.trace.steps.len().min(room.end);
    let tokens = tokens(&branch.trace, from.min(end)..end);
    let onclick = on(act, Action::TakeUp(number));
    let names: Vec<&str> = tokens.iter().map(|&it| key(stage, it)).collect();
    html! {
        <div key={format!("branch-{number}")} class="branch" data-testid="branch">
            <p>
                <b>{ "Branch you left" }</b>{ " after step " }{ branch.common }
                <span class="spelled">{ ": " }{ names.join(" ") }</span>
                { ". " }
                <button class="link" type="button" {onclick} data-testid={format!("take-up-{number}")}>
                    { "Take it up again" }
                </button>
            </p>
            <ol aria-hidden="true">
                { for (room.start..from).map(|_| html! { <li class="gap" /> }) }
                { for tokens.iter().map(|&token| {
                    let lane = stage.lanes.iter().find(|it| it.actor == token.actor);
                    let hue = hue_class(lane.and_then(|it| it.hue));
                    html! {
                        <li>
                            <span class={classes!("token", hue)} data-is="left">
                                <span>{ key(stage, token).to_owned() }</span>
                            </span>
                        </li>
                    }
                }) }
            </ol>
        </div>
    }
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
