//! What is assumed: the preset and the knobs that are turned, in the race's own words.

use racewalk_engine::race::{Race, Settings};
use yew::prelude::*;

use super::text::{mark, plain};

/// What is assumed; `preset` is the number of the preset that the settings are, if they are one.
pub(crate) fn premise(race: &Race, settings: &Settings, preset: Option<usize>) -> Html {
    let turned = race.knobs.iter().enumerate().filter(|(number, _)| settings.get(*number) != 0);
    let turned: Html = turned
        .map(|(number, knob)| {
            let value = &knob.values[settings.get(number)];
            html! {
                <span class="turned" key={knob.name.clone()}>
                    { " " }<code>{ &knob.name }{ "=" }{ &value.name }</code>
                    if !value.text.is_empty() {
                        { ": " }{ plain(&value.text) }
                    }
                    { for knob.marks.iter().chain(&value.marks).map(|&it| html! { <>{ " " }{ mark(it) }</> }) }
                    { "." }
                </span>
            }
        })
        .collect();
    let head = match preset.and_then(|it| race.presets.get(it)) {
        Some(preset) => {
            html! { <><b>{ &preset.title }{ "." }</b>{ " " }{ plain(&preset.text) }</> }
        }
        None if race.knobs.is_empty() => html! { "This race has no knobs." },
        None => html! { <b>{ "Your own choice." }</b> },
    };
    html! { <>{ head }{ turned }</> }
}
