//! The presets and knobs of a race. It knows their names and texts, never what they do.

use racewalk_engine::race::{Knob, Settings};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::about::meanings;
use super::text::Terms;
use super::tip::Tip;
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
                { preset_choice(props) }
            }
            { for race.knobs.iter().enumerate().map(|(number, it)| knob_choice(props, number, it)) }
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

/// The choice of a preset.
fn preset_choice(props: &KnobsProps) -> Html {
    let act = props.act.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(number) = chosen(&event) {
            act.emit(Action::Preset(number));
        }
    });
    html! {
        <label key="preset" class="knob preset">
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

/// A knob, with its meanings on hover and on focus.
fn knob_choice(props: &KnobsProps, number: usize, knob: &Knob) -> Html {
    let value = props.settings.get(number);
    let id = AttrValue::from(format!("meanings-{}", knob.name));
    let act = props.act.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(value) = chosen(&event) {
            act.emit(Action::Turn(number, value));
        }
    });
    html! {
        <Tip
            key={knob.name.clone()}
            id={id.clone()}
            text={meanings(knob)}
            class={classes!("knob-tip", (value == 0).then_some("default"))}
        >
            <label class={classes!("knob", (value != 0).then_some("set"))}>
                <span>{ knob.name.clone() }</span>
                <span class="pick">
                    <select
                        {onchange}
                        aria-describedby={id}
                        data-testid={format!("knob-{}", knob.name)}
                    >
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
