//! An actor's hue and shape. It knows no actor but by its number.

use crate::element::{Element, element};

/// The class that gives an actor its hue.
pub(crate) fn hue_class(hue: Option<u8>) -> &'static str {
    match hue.map(|it| it % 3) {
        None => "actor-env",
        Some(0) => "actor-0",
        Some(1) => "actor-1",
        Some(_) => "actor-2",
    }
}

/// The shape beside an actor's name. Where hues repeat, its number stands in it.
pub(crate) fn glyph(hue: Option<u8>) -> Element {
    let shape = match hue.map(|it| it % 3) {
        None => "M6 .5L12 11.5H0z",
        Some(0) => "M6 .5a5.5 5.5 0 1 0 .01 0z",
        Some(1) => "M1 1H11V11H1z",
        Some(_) => "M6 0L12 6L6 12L0 6z",
    };
    let number = hue.filter(|&it| it > 2).map(|it| {
        element("text")
            .key("number")
            .attribute("x", "6")
            .attribute("y", "9")
            .attribute("text-anchor", "middle")
            .attribute("font-size", "8")
            .child(usize::from(it) + 1)
    });
    element("svg")
        .classes(&["glyph", hue_class(hue)])
        .attribute("viewBox", "0 0 12 12")
        .attribute("aria-hidden", "true")
        .child(element("path").attribute("d", shape))
        .child(number)
}
