//! The sheet of keys. It knows the keyboard's map and the letters of the actors.

use racewalk_engine::view::Lane;
use yew::prelude::*;

use super::glyph::glyph;
use super::sheet::SheetFrame;
use crate::keyboard::SHEET;
use crate::store::Action;

/// Properties of [`Keys`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct KeysProps {
    /// The actors, with their letters.
    pub(crate) lanes: Vec<Lane>,
    /// Told to close it.
    pub(crate) act: Callback<Action>,
}

/// The sheet of keys.
#[component]
pub(crate) fn Keys(props: &KeysProps) -> Html {
    html! {
        <SheetFrame title="Keys" testid="keys" act={props.act.clone()}>
            <dl class="keys">
                { for props.lanes.iter().map(|lane| html! {
                    <div>
                        <dt><kbd>{ lane.letter }</kbd></dt>
                        <dd>
                            { "let " }{ glyph(lane.hue) }{ " " }{ &lane.name }
                            { " take its step" }
                        </dd>
                    </div>
                }) }
                { for SHEET.iter().map(|line| html! {
                    <div>
                        <dt>{ for line.keys.iter().map(|it| html! { <kbd>{ *it }</kbd> }) }</dt>
                        <dd>{ line.does }</dd>
                    </div>
                }) }
            </dl>
            <p class="second">
                { "In the timeline: drag the scrubber, or click a step to stand after it. In a lane: \
                   click its head or its next line to let it move." }
            </p>
        </SheetFrame>
    }
}
