//! The sheet for a race of the reader's own: a text, a file chooser, and what is wrong with it. It
//! knows no language; the engine's report says it all.

use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::sheet::SheetFrame;
use crate::store::{Action, Draft};

/// Properties of [`Own`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OwnProps {
    /// The text to begin with: that of the race which is open.
    pub(crate) text: AttrValue,
    /// A text with mistakes, instead.
    pub(crate) draft: Option<Draft>,
    /// Told to open a text, or to close the sheet.
    pub(crate) act: Callback<Action>,
    /// Given a file to read.
    pub(crate) file: Callback<File>,
}

/// The sheet for a race of the reader's own.
#[component]
pub(crate) fn Own(props: &OwnProps) -> Html {
    let area = use_node_ref();
    {
        // Set as a property: a text area that was edited shows its own text ever after.
        let area = area.clone();
        let text = match &props.draft {
            Some(draft) => draft.text.clone(),
            None => props.text.to_string(),
        };
        use_effect_with(text, move |text| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                area.set_value(text);
            }
        });
    }
    let run = {
        let (area, act) = (area.clone(), props.act.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                act.emit(Action::OpenText(area.value()));
            }
        })
    };
    let choose = {
        let file = props.file.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
            if let Some(chosen) = input.and_then(|it| it.files()).and_then(|it| it.get(0)) {
                file.emit(chosen);
            }
        })
    };
    html! {
        <SheetFrame title="Your own race" testid="own" act={props.act.clone()}>
            <p class="second">
                { "Paste or edit the text of a race, open a file, or drop one anywhere on the page. It \
                   runs here like those of the library; nothing is sent anywhere. It is kept in the \
                   address, so that a reload and a link bring it back (up to 64 kB packed)." }
            </p>
            <label class="area">
                <span class="vh">{ "Text of the race" }</span>
                <textarea ref={area} rows="16" spellcheck="false" wrap="off" data-testid="own-text" />
            </label>
            if let Some(draft) = &props.draft {
                <div key="report" role="alert">
                    <pre class="report" data-testid="report">{ &draft.report }</pre>
                </div>
            }
            <div key="buttons" class="row">
                <button class="primary" type="button" onclick={run} data-testid="own-run">
                    { "Open this race" }
                </button>
                <label class="button file">
                    { "Open a file…" }
                    <input type="file" accept=".race,.txt,text/plain" onchange={choose} data-testid="own-file" />
                </label>
            </div>
        </SheetFrame>
    }
}
