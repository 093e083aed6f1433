//! The scrubber: where the schedule stands, as a slider that can be dragged. It knows no schedule,
//! only its length.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::store::Action;

/// Properties of [`Scrubber`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ScrubberProps {
    /// Steps taken.
    pub(crate) at: usize,
    /// Steps of the schedule.
    pub(crate) len: usize,
    /// The step before the first column that is shown, counted from 0.
    pub(crate) first: usize,
    /// How many columns the schedule has on the screen.
    pub(crate) shown: usize,
    /// What a screen reader says of where it stands.
    pub(crate) text: AttrValue,
    /// Told where to stand.
    pub(crate) act: Callback<Action>,
}

/// The scrubber. It lies over the columns of the schedule, and nothing else.
#[component]
pub(crate) fn Scrubber(props: &ScrubberProps) -> Html {
    let area = use_node_ref();
    let dragging = use_mut_ref(|| false);
    let ScrubberProps { at, len, first, shown, text, act } = props.clone();
    {
        let area = area.clone();
        use_effect_with((at, first, shown), move |&(at, first, shown)| {
            if let Some(area) = area.cast::<HtmlElement>() {
                let part = at.saturating_sub(first) * 10_000 / shown.max(1);
                // Through the CSSOM: the page's policy forbids style attributes.
                drop(area.style().set_property("--part", &part.to_string()));
            }
        });
    }
    let seek = {
        let (area, act) = (area.clone(), act.clone());
        move |event: &PointerEvent| {
            let Some(area) = area.cast::<Element>() else { return };
            let rect = area.get_bounding_client_rect();
            if rect.width() > 0.0 {
                let part = (f64::from(event.client_x()) - rect.left()) / rect.width();
                let column = (part * shown as f64).round().clamp(0.0, shown as f64);
                act.emit(Action::Seek(first + column as usize));
            }
        }
    };
    let onpointerdown = {
        let (dragging, seek) = (dragging.clone(), seek.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            let target = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
            // Without it, a drag ends where the pointer leaves the strip.
            drop(target.map(|it| it.set_pointer_capture(event.pointer_id())));
            *dragging.borrow_mut() = true;
            seek(&event);
        })
    };
    let onpointermove = {
        let dragging = dragging.clone();
        Callback::from(move |event: PointerEvent| {
            if *dragging.borrow() {
                seek(&event);
            }
        })
    };
    let release = {
        let dragging = dragging.clone();
        Callback::from(move |_: PointerEvent| *dragging.borrow_mut() = false)
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => Action::Back,
            "ArrowRight" | "ArrowUp" => Action::Seek(at + 1),
            "Home" => Action::Seek(0),
            "End" => Action::End,
            "PageDown" => Action::Seek(at.saturating_sub(5)),
            "PageUp" => Action::Seek(at + 5),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        act.emit(action);
    });
    html! {
        <div
            class="scrub-area"
            ref={area}
            {onpointerdown}
            {onpointermove}
            onpointerup={release.clone()}
            onpointercancel={release}
            data-testid="scrub-area"
        >
            <div
                class="scrub"
                role="slider"
                tabindex="0"
                aria-label="Steps taken"
                aria-valuemin="0"
                aria-valuemax={len.to_string()}
                aria-valuenow={at.to_string()}
                aria-valuetext={text}
                {onkeydown}
                data-testid="scrubber"
            >
                <b>{ at }</b>
            </div>
        </div>
    }
}
