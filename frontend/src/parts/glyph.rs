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

/// Properties of [`Glyph`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct GlyphProps {
    /// The actor's number among those that are not environment.
    pub(crate) hue: Option<u8>,
}

/// The shape beside an actor's name. Where hues repeat, its number stands in it.
#[component]
pub(crate) fn Glyph(props: &GlyphProps) -> Html {
    let shape = match props.hue.map(|it| it % 3) {
        None => html! { <path d="M6 .5L12 11.5H0z" /> },
        Some(0) => html! { <circle cx="6" cy="6" r="5.5" /> },
        Some(1) => html! { <path d="M1 1H11V11H1z" /> },
        Some(_) => html! { <path d="M6 0L12 6L6 12L0 6z" /> },
    };
    let number = props.hue.filter(|&it| it > 2).map(|it| it + 1);
    html! {
        <svg class={classes!("glyph", hue_class(props.hue))} viewBox="0 0 12 12" aria-hidden="true">
            { shape }
            if let Some(number) = number {
                <text key="number" x="6" y="9" text-anchor="middle" font-size="8">{ number }</text>
            }
        </svg>
    }
}
