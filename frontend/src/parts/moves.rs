//! Who can move now: a button for each way in which a step can go, and why the others cannot. It
//! knows frames, no model.

use std::rc::Rc;

use racewalk_engine::schedule::Turn;
use racewalk_engine::view::{ActorState, Frame, Lane, OutcomeFrame, Stage};
use yew::prelude::*;

use super::glyph::{Glyph, hue_class};
use super::text::prose;
use crate::store::Action;

/// Properties of [`Moves`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MovesProps {
    /// The actors.
    pub(crate) stage: Rc<Stage>,
    /// Where the schedule stands.
    pub(crate) frame: Rc<Frame>,
    /// Told who moves.
    pub(crate) act: Callback<Action>,
}

/// Who can move now.
#[component]
pub(crate) fn Moves(props: &MovesProps) -> Html {
    let lanes = props.stage.lanes.iter().filter(|it| !it.rows.is_empty());
    html! {
        <div class="moves" role="group" aria-label="Who moves next">
            { for lanes.map(|lane| moves(props, lane)) }
        </div>
    }
}

fn moves(props: &MovesProps, lane: &Lane) -> Html {
    let hue = hue_class(lane.hue);
    let still = |words: Html| {
        html! {
            <span class={classes!("move", "still", hue)} key={lane.name.clone()}>
                <Glyph hue={lane.hue} /><span class="words">{ words }</span>
            </span>
        }
    };
    match props.frame.actors.get(lane.actor.index()).map(|it| &it.state) {
        Some(ActorState::Ready { step, outcomes }) => {
            let key = key(lane, *step);
            outcomes.iter().filter(|it| it.enabled).map(|it| ready(props, lane, key, it)).collect()
        }
        Some(ActorState::Waits { step, .. }) => {
            still(html! { <>{ &lane.name }{ " waits at " }<code>{ key(lane, *step) }</code></> })
        }
        Some(ActorState::Finished { .. }) => {
            still(html! { <>{ &lane.name }{ " has finished" }</> })
        }
        Some(ActorState::Over { .. }) => still(html! { <>{ &lane.name }{ ": over" }</> }),
        None => html! {},
    }
}

fn ready(props: &MovesProps, lane: &Lane, key: &str, way: &OutcomeFrame) -> Html {
    let turn = Turn { actor: lane.actor, outcome: way.outcome };
    let onclick = props.act.reform(move |_: MouseEvent| Action::Take(turn));
    html! {
        <button
            key={format!("{}.{}", lane.name, way.outcome)}
            class={classes!("move", hue_class(lane.hue))}
            type="button"
            {onclick}
            data-testid={format!("move-{}{}", lane.letter, suffix(way.outcome))}
        >
            <Glyph hue={lane.hue} />
            <span class="words">
                <span class="let">{ "let " }</span>{ &lane.name }<span class="let">{ " run" }</span>
            </span>
            <code>{ key.to_owned() }</code>
            if let Some(title) = &way.title {
                <span key="way" class="way">{ prose(title, &[], &mut Vec::new()) }</span>
            }
            <kbd aria-hidden="true">{ lane.letter }</kbd>
        </button>
    }
}

/// The key of a line.
fn key(lane: &Lane, step: racewalk_engine::ids::StepId) -> &str {
    lane.rows.iter().find(|it| it.step == step).map_or("?", |it| &it.key)
}

/// As in the code of a schedule: nothing for the first outcome.
pub(crate) fn suffix(outcome: u8) -> String {
    if outcome == 0 { String::new() } else { format!(".{}", u32::from(outcome) + 1) }
}
