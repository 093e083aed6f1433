//! What is assumed: the preset and the knobs that are turned, in the race's own words.

use yew::Html;

use super::about::marks;
use super::knobs::Knobs;
use super::text::plain;
use crate::element::{Content, element, list};

/// What is assumed.
pub(crate) fn premise(knobs: Knobs<'_>) -> (Html, Html) {
    let Knobs { race, settings, preset } = knobs;
    let turned = race.knobs.iter().enumerate().filter(|(number, _)| settings.get(*number) != 0);
    let turned = list(turned.map(|(number, knob)| {
        let value = &knob.values[settings.get(number)];
        let name = element("code").child((&knob.name, "=", &value.name));
        let text = (!value.text.is_empty()).then(|| (": ", plain(&value.text)).html());
        element("span").key(&knob.name).class("turned").child((" ", name, text)).child((
            marks(&knob.marks),
            marks(&value.marks),
            ".",
        ))
    }));
    let bold = |it: String| element("b").child(it);
    let head = match preset.and_then(|it| race.presets.get(it)) {
        Some(preset) => (bold(format!("{}.", preset.title)), " ", plain(&preset.text)).html(),
        None if race.knobs.is_empty() => "This race has no knobs.".html(),
        None => bold("Your own choice.".to_owned()).html(),
    };
    (head, turned)
}
