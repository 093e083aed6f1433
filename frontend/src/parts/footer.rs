//! The foot of the page: what the model leaves out, always in sight. It knows a race's texts, no model.

use racewalk_engine::race::Race;
use yew::prelude::*;

use super::on;
use super::text::{MARKS, mark, plain};
use crate::numbers::counted;
use crate::store::{Action, Explorer, Sheet};

/// The foot of the page.
pub(crate) fn footer(race: &Race, explorer: Explorer, act: &Callback<Action>) -> Html {
    let left_out = &race.left_out;
    let place = match explorer {
        Explorer::Starting => "…",
        Explorer::Worker => "in a worker of this tab",
        Explorer::Page => "on the page’s own thread, since the browser gives it no worker",
    };
    html! {
        <footer class="foot">
            if left_out.is_empty() {
                <p key="left-out">{ "This race does not say what it leaves out." }</p>
            } else {
                <details key="left-out" data-testid="left-out">
                    <summary>
                        { "The model leaves out " }
                        { counted(left_out.len(), "thing", "things") }
                        { ". A state that can be reached is not a likely one." }
                    </summary>
                    <ul>{ for left_out.iter().map(|it| html! { <li>{ plain(it) }</li> }) }</ul>
                </details>
            }
            <p class="marks">
                { "Source marks: none = read in the source" }
                { for MARKS.into_iter().map(|it| html! { <>{ ", " }{ mark(it) }</> }) }
                { "." }
            </p>
            <p>
                { "Explored " }<span data-testid="explorer">{ place }</span>
                { ". Nothing is sent anywhere. " }
                <button
                    class="link"
                    type="button"
                    onclick={on(act, Action::Show(Some(Sheet::About)))}
                >
                    { "About this race" }
                </button>
            </p>
        </footer>
    }
}
