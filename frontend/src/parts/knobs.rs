//! The presets and knobs of a race. It knows their names and texts, never what they do.

use racewalk_engine::race::{Knob, Settings};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::about::meanings;
use super::text::Terms;
use super::tip::{Tip, use_id};
use crate::numbers::counted;
use crate::store::Action;

/// Properties of [`Knobs`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct KnobsProps {
    /// The race.
    pub(crate) race: Terms,
    /// The choice.
    pub(crate) settings: Settings,
    /// The number of the preset that it is, if it is one.
    pub(crate) preset: Option<usize>,
    /// Told what is chosen.
    pub(crate) act: Callback<Action>,
}

/// The presets and knobs of a race.
#[component]
pub(crate) fn Knobs(props: &KnobsProps) -> Html {
    let all = use_state(|| false);
    let race = &props.race.race;
    let defaults = (0..race.knobs.len()).filter(|&it| props.settings.get(it) == 0).count();
    let more = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(!*all))
    };
    html! {
        <div class={classes!("knobs", all.then_some("all"))} role="group" aria-label="Presets and knobs">
            if !race.presets.is_empty() {
                <PresetChoice
                    key="preset"
                    race={props.race.clone()}
                    preset={props.preset}
                    act={props.act.clone()}
                />
            }
            { for race.knobs.iter().enumerate().map(|(number, knob)| html! {
                <KnobChoice
                    key={knob.name.clone()}
                    {number}
                    knob={knob.clone()}
                    value={props.settings.get(number)}
                    act={props.act.clone()}
                />
            }) }
            if defaults > 0 {
                <button
                    key="more"
                    class="button more"
                    type="button"
                    aria-expanded={all.to_string()}
                    onclick={more}
                    data-testid="more-knobs"
                >
                    { counted(defaults, "knob at its default", "knobs at their defaults") }
                </button>
            }
        </div>
    }
}

/// What was chosen, by its number.
fn chosen(event: &Event) -> Option<usize> {
    let select = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
    select.value().parse().ok()
}

/// Properties of [`PresetChoice`].
#[derive(Clone, PartialEq, Properties)]
struct PresetProps {
    race: Terms,
    preset: Option<usize>,
    act: Callback<Action>,
}

/// The choice of a preset.
#[component]
fn PresetChoice(props: &PresetProps) -> Html {
    let act = props.act.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(number) = chosen(&event) {
            act.emit(Action::Preset(number));
        }
    });
    html! {
        <label class="knob preset">
            <span>{ "preset" }</span>
            <span class="pick">
                <select {onchange} data-testid="preset">
                    if props.preset.is_none() {
                        <option key="own" value="" selected={true}>{ "your own" }</option>
                    }
                    { for props.race.race.presets.iter().enumerate().map(|(number, it)| html! {
                        <option
                            key={number}
                            value={number.to_string()}
                            selected={props.preset == Some(number)}
                        >
                            { &it.title }
                        </option>
                    }) }
                </select>
            </span>
        </label>
    }
}

/// Properties of [`KnobChoice`].
#[derive(Clone, PartialEq, Properties)]
struct KnobProps {
    number: usize,
    knob: Knob,
    value: usize,
    act: Callback<Action>,
}

/// A knob, with its meanings on hover and on focus.
#[component]
fn KnobChoice(props: &KnobProps) -> Html {
    let id = use_id("knob");
    let KnobProps { number, knob, value, act } = props.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(value) = chosen(&event) {
            act.emit(Action::Turn(number, value));
        }
    });
    let testid = format!("knob-{}", knob.name);
    html! {
        <Tip
            id={id.clone()}
            text={meanings(&knob)}
            class={classes!("knob-tip", (value == 0).then_some("default"))}
        >
            <label class={classes!("knob", (value != 0).then_some("set"))}>
                <span>{ knob.name.clone() }</span>
                <span class="pick">
                    <select {onchange} aria-describedby={id} data-testid={testid}>
                        { for knob.values.iter().enumerate().map(|(number, it)| html! {
                            <option
                                key={it.name.clone()}
                                value={number.to_string()}
                                selected={number == value}
                            >
                                { &it.name }
                            </option>
                        }) }
                    </select>
                </span>
            </label>
        </Tip>
    }
}
