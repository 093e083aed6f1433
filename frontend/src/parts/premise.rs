//! What is assumed: the preset and the knobs that are turned, in the race's own words.

use racewalk_engine::race::Settings;
use yew::prelude::*;

use super::text::{Terms, mark, plain};

/// Properties of [`Premise`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PremiseProps {
    /// The race.
    pub(crate) race: Terms,
    /// The choice.
    pub(crate) settings: Settings,
    /// The number of the preset that it is, if it is one.
    pub(crate) preset: Option<usize>,
}

/// What is assumed.
#[component]
pub(crate) fn Premise(props: &PremiseProps) -> Html {
    let race = &props.race.race;
    let preset = props.preset.and_then(|it| race.presets.get(it));
    let turned =
        race.knobs.iter().enumerate().filter(|(number, _)| props.settings.get(*number) != 0);
    let turned: Html = turned
        .map(|(number, knob)| {
            let value = &knob.values[props.settings.get(number)];
            html! {
                <span class="turned" key={knob.name.clone()}>
                    { " " }<code>{ &knob.name }{ "=" }{ &value.name }</code>
                    if !value.text.is_empty() {
                        { ": " }{ plain(&value.text) }
                    }
                    { for knob.marks.iter().map(|&it| html! { <>{ " " }{ mark(it) }</> }) }
                    { "." }
                </span>
            }
        })
        .collect();
    html! {
        <p>
            if let Some(preset) = preset {
                <b key="preset">{ &preset.title }{ "." }</b>
                { " " }{ plain(&preset.text) }
            } else if race.knobs.is_empty() {
                { "This race has no knobs." }
            } else {
                <b key="own">{ "Your own choice." }</b>
            }
            { turned }
        </p>
    }
}
