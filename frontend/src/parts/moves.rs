//! Who can move now: a button for each way in which a step can go, and why the others cannot. It
//! knows frames, no model.

use racewalk_engine::schedule::Turn;
use racewalk_engine::view::{ActorState, Frame, Lane, OutcomeFrame, Stage};
use yew::prelude::*;

use super::glyph::{glyph, hue_class};
use super::on;
use super::text::prose;
use crate::store::Action;

/// Who can move now.
pub(crate) fn moves(stage: &Stage, frame: &Frame, act: &Callback<Action>) -> Html {
    let lanes = stage.lanes.iter().filter(|it| !it.rows.is_empty());
    html! {
        <div class="moves" role="group" aria-label="Who moves next">
            { for lanes.map(|lane| moves_of(lane, frame, act)) }
        </div>
    }
}

fn moves_of(lane: &Lane, frame: &Frame, act: &Callback<Action>) -> Html {
    let hue = hue_class(lane.hue);
    let still = |words: Html| {
        html! {
            <span class={classes!("move", "still", hue)} key={lane.name.clone()}>
                { glyph(lane.hue) }<span class="words">{ words }</span>
            </span>
        }
    };
    match frame.actors.get(lane.actor.index()).map(|it| &it.state) {
        Some(ActorState::Ready { step, outcomes }) => {
            let key = key(lane, *step);
            outcomes.iter().filter(|it| it.enabled).map(|it| ready(lane, key, it, act)).collect()
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

fn ready(lane: &Lane, key: &str, way: &OutcomeFrame, act: &Callback<Action>) -> Html {
    let turn = Turn { actor: lane.actor, outcome: way.outcome };
    let onclick = on(act, Action::Take(turn));
    html! {
        <button
            key={format!("{}.{}", lane.name, way.outcome)}
            class={classes!("move", hue_class(lane.hue))}
            type="button"
            {onclick}
            data-testid={format!("move-{}{}", lane.letter, suffix(way.outcome))}
        >
            { glyph(lane.hue) }
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
