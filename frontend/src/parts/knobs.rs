//! The presets and knobs of a race. It knows their names and texts, never what they do.

use racewalk_engine::race::{Knob, Race, Settings};
use yew::Html;

use super::about::meanings;
use super::tip::{TipProps, tip};
use super::{Asked, button, option, select};
use crate::element::{Content, Element, element};
use crate::numbers::counted;
use crate::store::Action;

/// A choice of knobs.
#[derive(Clone, Copy)]
pub(crate) struct Knobs<'a> {
    /// The race.
    pub(crate) race: &'a Race,
    /// The choice.
    pub(crate) settings: &'a Settings,
    /// The number of the preset that it is, if it is one.
    pub(crate) preset: Option<usize>,
}

/// The presets and knobs of a race; `all`: also those that stand at their defaults.
pub(crate) fn knobs(chosen: Knobs<'_>, all: bool, asked: &Asked) -> Element {
    let Knobs { race, settings, preset } = chosen;
    let defaults = (0..race.knobs.len()).filter(|&it| settings.get(it) == 0).count();
    let presets = (!race.presets.is_empty()).then(|| preset_choice(race, preset, asked));
    let more = (defaults > 0).then(|| {
        button("button more", asked, Action::AllKnobs)
            .key("more")
            .attribute("aria-expanded", all)
            .testid("more-knobs")
            .child(counted(defaults, "knob at its default", "knobs at their defaults"))
    });
    let each = race.knobs.iter().enumerate();
    element("div")
        .classes(&["knobs", if all { "all" } else { "" }])
        .attribute("role", "group")
        .attribute("aria-label", "Presets and knobs")
        .child(presets)
        .list(each.map(|(number, it)| knob_choice(number, it, settings.get(number), asked)))
        .child(more)
}

/// The choice of a preset.
fn preset_choice(race: &Race, preset: Option<usize>, asked: &Asked) -> Element {
    let own = preset.is_none().then(|| option("own", "", true).child("your own"));
    let presets = race.presets.iter().enumerate().map(|(number, it)| {
        let value = number.to_string();
        option(&value, &value, preset == Some(number)).child(&it.title)
    });
    let select = select(asked, Box::new(|value| Some(Action::Preset(value.parse().ok()?))));
    labelled("knob preset", "preset", select.testid("preset").child(own).list(presets))
        .key("preset")
}

/// A knob, with its meanings on hover and on focus.
fn knob_choice(number: usize, knob: &Knob, chosen: usize, asked: &Asked) -> Html {
    let id = format!("meanings-{}", knob.name);
    let values = knob
        .values
        .iter()
        .enumerate()
        .map(|(number, it)| option(&it.name, number, number == chosen).child(&it.name));
    let select =
        select(asked, Box::new(move |value| Some(Action::Turn(number, value.parse().ok()?))))
            .attribute("aria-describedby", &id)
            .testid(format!("knob-{}", knob.name))
            .list(values);
    let class = if chosen == 0 { "knob" } else { "knob set" };
    let props = TipProps {
        content: labelled(class, &knob.name, select).html(),
        text: meanings(knob).html(),
        id: Some(id.into()),
        class: if chosen == 0 { "knob-tip default" } else { "knob-tip" },
    };
    tip(props, Some(&knob.name))
}

fn labelled(class: &'static str, name: impl Content, select: Element) -> Element {
    element("label")
        .class(class)
        .child(element("span").child(name))
        .child(element("span").class("pick").child(select))
}
