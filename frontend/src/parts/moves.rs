//! Who can move now: a button for each way in which a step can go, and why the others cannot. It
//! knows frames, no model.

use racewalk_engine::schedule::Turn;
use racewalk_engine::view::{ActorState, Frame, Lane, OutcomeFrame, Stage};
use yew::Html;

use super::glyph::{glyph, hue_class};
use super::text::prose;
use super::{Asked, asks, pressed};
use crate::element::{Content, Element, element, list};
use crate::store::Action;

/// Who can move now.
pub(crate) fn moves(stage: &Stage, frame: &Frame, asked: &Asked) -> Element {
    let lanes = stage.lanes.iter().filter(|it| !it.rows.is_empty());
    element("div")
        .class("moves")
        .attribute("role", "group")
        .attribute("aria-label", "Who moves next")
        .list(lanes.map(|lane| moves_of(lane, frame, asked)))
}

fn moves_of(lane: &Lane, frame: &Frame, asked: &Asked) -> Html {
    let words = match frame.actors.get(lane.actor.index()).map(|it| &it.state) {
        Some(ActorState::Ready { step, outcomes }) => {
            let key = key(lane, *step);
            let ways = outcomes.iter().filter(|it| it.enabled);
            return list(ways.map(|it| ready(lane, key, it, asked)));
        }
        Some(ActorState::Waits { step, .. }) => {
            let key = element("code").child(key(lane, *step).to_owned());
            (&lane.name, " waits at ", key).html()
        }
        Some(ActorState::Finished { .. }) => (&lane.name, " has finished").html(),
        Some(ActorState::Over { .. }) => (&lane.name, ": over").html(),
        None => return Html::default(),
    };
    element("span")
        .key(&lane.name)
        .classes(&["move", "still", hue_class(lane.hue)])
        .child(glyph(lane.hue))
        .child(element("span").class("words").child(words))
        .html()
}

fn ready(lane: &Lane, key: &str, way: &OutcomeFrame, asked: &Asked) -> Element {
    let turn = Turn { actor: lane.actor, outcome: way.outcome };
    let word = |it| element("span").class("let").child(it);
    let words = element("span").class("words").child((word("let "), &lane.name, word(" run")));
    let title = way.title.as_ref().map(|title| {
        element("span").key("way").class("way").child(prose(title, &[], &mut Vec::new()))
    });
    pressed(asks(asked, Action::Take(turn)))
        .key(&format!("{}.{}", lane.name, way.outcome))
        .classes(&["move", hue_class(lane.hue)])
        .testid(format!("move-{}{}", lane.letter, suffix(way.outcome)))
        .child(glyph(lane.hue))
        .child(words)
        .child(element("code").child(key.to_owned()))
        .child(title)
        .child(element("kbd").attribute("aria-hidden", "true").child(lane.letter))
}

/// The key of a line.
fn key(lane: &Lane, step: racewalk_engine::ids::StepId) -> &str {
    lane.rows.iter().find(|it| it.step == step).map_or("?", |it| &it.key)
}

/// As in the code of a schedule: nothing for the first outcome.
pub(crate) fn suffix(outcome: u8) -> String {
    if outcome == 0 { String::new() } else { format!(".{}", u32::from(outcome) + 1) }
}
