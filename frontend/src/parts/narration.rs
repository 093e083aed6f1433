//! The sentence that narrates where the schedule stands, for eyes and for screen readers. It knows
//! frames, no model.

use std::rc::Rc;

use racewalk_engine::view::{Ending, Frame, Stage};
use yew::prelude::*;

use super::glyph::hue_class;
use super::text::{Terms, plain, prose};
use crate::engine;

/// Properties of [`Narration`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct NarrationProps {
    /// The race, for its words.
    pub(crate) race: Terms,
    /// Whose steps they are.
    pub(crate) stage: Rc<Stage>,
    /// Where the schedule stands.
    pub(crate) frame: Rc<Frame>,
    /// How long the schedule is.
    pub(crate) len: usize,
    /// Whether a screen reader is told each step; at high speed only the last.
    pub(crate) spoken: bool,
}

/// What has just happened.
#[component]
pub(crate) fn Narration(props: &NarrationProps) -> Html {
    let NarrationProps { race, stage, frame, len, spoken } = props;
    let lane =
        frame.last.as_ref().and_then(|last| stage.lanes.iter().find(|it| it.actor == last.actor));
    let key = frame.last.as_ref().and_then(|last| {
        lane?.rows.iter().find(|it| it.step == last.step).map(|it| it.key.clone())
    });
    let terms = &race.race.terms;
    let mut known = Vec::new();
    let text: Html = match &frame.last {
        Some(last) => last
            .narration
            .iter()
            .map(|it| html! { <>{ prose(it, terms, &mut known) }{ " " }</> })
            .collect(),
        None => race.race.about.iter().take(1).map(|it| plain(it)).collect(),
    };
    let end = ending(frame);
    let aloud = if *spoken {
        aloud(frame, lane.map(|it| it.name.as_str()), end.as_ref())
    } else {
        String::new()
    };
    html! {
        <section class={classes!("narration", lane.map_or("actor-env", |it| hue_class(it.hue)))} aria-label="What happens">
            <p class="stepno">
                <span data-testid="steps-taken">{ frame.at }</span>{ " / " }{ len }
                { " · " }<span data-testid="step-key">{ key.unwrap_or_else(|| "start".to_owned()) }</span>
            </p>
            <p class="told" data-testid="narration">
                { text }
                if let Some((bad, words)) = &end {
                    <em key="end" class={if *bad { "bad" } else { "" }}>{ plain(words) }</em>
                }
            </p>
            <p class="vh" aria-live="polite" data-testid="announcement">{ aloud }</p>
        </section>
    }
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
