//! An actor's hue and shape. It knows no actor but by its number.

use yew::prelude::*;

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
pub(crate) fn glyph(hue: Option<u8>) -> Html {
    let shape = match hue.map(|it| it % 3) {
        None => "M6 .5L12 11.5H0z",
        Some(0) => "M6 .5a5.5 5.5 0 1 0 .01 0z",
        Some(1) => "M1 1H11V11H1z",
        Some(_) => "M6 0L12 6L6 12L0 6z",
    };
    let number = hue.filter(|&it| it > 2).map(|it| it + 1);
    html! {
        <svg class={classes!("glyph", hue_class(hue))} viewBox="0 0 12 12" aria-hidden="true">
            <path d={shape} />
            if let Some(number) = number {
                <text key="number" x="6" y="9" text-anchor="middle" font-size="8">{ number }</text>
            }
        </svg>
    }
}
