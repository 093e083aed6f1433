//! What a reader takes away: the schedule as text, and the link to here. It knows no clipboard.

use yew::prelude::*;

/// What a reader takes away.
pub(crate) fn take_away(mail: &Callback<()>, link: &Callback<()>) -> Html {
    let button = |testid: &'static str, word: &'static str, asked: &Callback<()>| {
        let onclick = asked.reform(|_: MouseEvent| ());
        html! {
            <button key={testid} class="button" type="button" {onclick} data-testid={testid}>
                { word }
            </button>
        }
    };
    html! {
        <div class="take-away">
            { button("copy-mail", "Copy for mail", mail) }
            { button("copy-link", "Copy link", link) }
            <p class="second">
                { "For mail: the schedule as a table, with the verdict, the knobs, what the model \
                   leaves out, and the link, as plain text." }
            </p>
        </div>
    }
}
