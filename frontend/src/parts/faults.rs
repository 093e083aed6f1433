//! What the reader has to see: faults of a link, of a file, of the browser. It knows no store but its actions.

use yew::prelude::*;

use super::on;
use crate::store::Action;

/// Faults, oldest first, until the reader takes them away.
pub(crate) fn faults(faults: &[String], act: &Callback<Action>) -> Html {
    let dismiss = on(act, Action::Dismiss);
    html! {
        <div role="alert" class="faults" data-testid="faults">
            if !faults.is_empty() {
                <ul key="faults">
                    { for faults.iter().map(|it| html! { <li>{ fault(it) }</li> }) }
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
