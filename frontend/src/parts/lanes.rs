//! The lanes: every actor's code side by side. It knows frames, no model.

use std::rc::Rc;

use racewalk_engine::view::{Frame, Stage};
use web_sys::Element;
use yew::prelude::*;

use super::lane::LaneOf;
use super::on;
use super::text::Terms;
use crate::store::Action;

/// Properties of [`Lanes`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LanesProps {
    /// The race, for its words.
    pub(crate) race: Terms,
    /// The lanes.
    pub(crate) stage: Rc<Stage>,
    /// Where the schedule stands.
    pub(crate) frame: Rc<Frame>,
    /// The kernel versions that the race cites, and the one that is shown.
    pub(crate) versions: Vec<String>,
    /// The version that is shown.
    pub(crate) version: Option<AttrValue>,
    /// Told who moves, and which version to show.
    pub(crate) act: Callback<Action>,
}

/// The lanes.
#[component]
pub(crate) fn Lanes(props: &LanesProps) -> Html {
    let whole = use_node_ref();
    let drawn = (0..props.stage.lanes.len()).filter(|&it| !props.stage.lanes[it].rows.is_empty());
    let (lanes, environment): (Vec<usize>, Vec<usize>) =
        drawn.partition(|&it| props.stage.lanes[it].hue.is_some());
    let moved = props.frame.last.as_ref().map(|it| it.actor);
    let place = lanes.iter().position(|&it| Some(props.stage.lanes[it].actor) == moved);
    {
        // Where lanes are swiped sideways, the one that has just moved comes into sight.
        let whole = whole.clone();
        use_effect_with((props.frame.at, place), move |&(_, place)| {
            let lane = whole.cast::<Element>().zip(place).and_then(|(whole, place)| {
                (whole.scroll_width() > whole.client_width())
                    .then(|| whole.children().item(place as u32).map(|it| (whole, it)))
                    .flatten()
            });
            if let Some((whole, lane)) = lane {
                let by = lane.get_bounding_client_rect().left()
                    - whole.get_bounding_client_rect().left();
                whole.set_scroll_left(whole.scroll_left() + by as i32 - 14);
            }
        });
    }
    let lane = |&number: &usize| {
        html! {
            <LaneOf
                key={number}
                race={props.race.clone()}
                stage={props.stage.clone()}
                {number}
                frame={props.frame.clone()}
                version={props.version.clone()}
                act={props.act.clone()}
            />
        }
    };
    html! {
        <section class="lanes" id="lanes" aria-labelledby="lanes-heading" tabindex="-1">
            <h2 id="lanes-heading">
                { "Lanes" }
                if let Some(version) = &props.version {
                    { versions(props, version) }
                }
                <small>{ "At the right, the step at which a line ran." }</small>
            </h2>
            <div class="lane-grid" ref={whole}>{ for lanes.iter().map(lane) }</div>
            if !environment.is_empty() {
                <div key="environment" class="lane-grid environment">
                    { for environment.iter().map(lane) }
                </div>
            }
        </section>
    }
}

/// The choice of the kernel version whose names are shown.
fn versions(props: &LanesProps, version: &str) -> Html {
    html! {
        <span key="versions" class="versions" role="group" aria-label="Kernel version of the citations">
            { for props.versions.iter().map(|it| {
                let pressed = it == version;
                let onclick = on(&props.act, Action::Kernel(it.clone()));
                html! {
                    <button
                        key={it.clone()}
                        class="button small"
                        type="button"
                        aria-pressed={pressed.to_string()}
                        {onclick}
                        data-testid={format!("kernel-{it}")}
                    >
                        { "Linux " }{ it.trim_start_matches('v') }
                    </button>
                }
            }) }
        </span>
    }
}
