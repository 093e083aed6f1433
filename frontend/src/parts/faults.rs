//! What the reader has to see: faults of a link, of a file, of the browser. It knows no store but its actions.

use yew::prelude::*;

use crate::store::Action;

/// Properties of [`Faults`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FaultsProps {
    /// The faults, oldest first.
    pub(crate) faults: Vec<String>,
    /// Told to take them away.
    pub(crate) act: Callback<Action>,
}

/// Faults, until the reader takes them away.
#[component]
pub(crate) fn Faults(props: &FaultsProps) -> Html {
    let dismiss = props.act.reform(|_: MouseEvent| Action::Dismiss);
    html! {
        <div role="alert" class="faults" data-testid="faults">
            if !props.faults.is_empty() {
                <ul key="faults">
                    { for props.faults.iter().map(|it| html! { <li>{ fault(it) }</li> }) }
                </ul>
                <button key="dismiss" class="button" type="button" onclick={dismiss} data-testid="dismiss">
                    { "Dismiss" }
                </button>
            }
        </div>
    }
}

/// One line is a sentence; several are a report with the text underlined.
fn fault(text: &str) -> Html {
    if text.contains('\n') {
        html! { <pre class="report">{ text.to_owned() }</pre> }
    } else {
        super::text::plain(text)
    }
}
