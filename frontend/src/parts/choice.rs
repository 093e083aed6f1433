//! The question which way a step goes, where it can go several. It knows frames, no model.

use racewalk_engine::view::{ActorState, Lane};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::glyph::hue_class;
use super::on;
use super::text::prose;
use crate::store::Action;

/// Properties of [`Choice`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ChoiceProps {
    /// Whose step it is.
    pub(crate) lane: Lane,
    /// What it may do.
    pub(crate) state: ActorState,
    /// Told the way, or that there is none.
    pub(crate) act: Callback<Action>,
}

/// Which way does it go?
#[component]
pub(crate) fn Choice(props: &ChoiceProps) -> Html {
    let first = use_node_ref();
    {
        let first = first.clone();
        use_effect_with((), move |()| {
            if let Some(first) = first.cast::<HtmlElement>() {
                // A button that cannot be focused can still be clicked.
                drop(first.focus());
            }
        });
    }
    let ActorState::Ready { step, outcomes } = &props.state else { return html! {} };
    let row = props.lane.rows.iter().find(|it| it.step == *step);
    let ways = outcomes.iter().filter(|it| it.enabled).enumerate();
    html! {
        <div class={classes!("choice", hue_class(props.lane.hue))} role="group" aria-label="Which way?" data-testid="choice">
            <p>
                <code>{ row.map_or("?", |it| &it.key) }</code>{ " of " }{ &props.lane.name }
                { " can go several ways:" }
            </p>
            { for ways.map(|(number, it)| {
                let outcome = it.outcome;
                let onclick = on(&props.act, Action::Choose(outcome));
                html! {
                    <button
                        key={outcome}
                        class="button"
                        type="button"
                        ref={if number == 0 { first.clone() } else { NodeRef::default() }}
                        {onclick}
                        data-testid={format!("choose-{}", u32::from(outcome) + 1)}
                    >
                        <kbd>{ u32::from(outcome) + 1 }</kbd>
                        { match &it.title {
                            Some(title) => prose(title, &[], &mut Vec::new()),
                            None => html! { "this way" },
                        } }
                    </button>
                }
            }) }
            <button
                class="link"
                type="button"
                onclick={on(&props.act, Action::Show(None))}
            >
                { "Cancel" }
            </button>
        </div>
    }
}
