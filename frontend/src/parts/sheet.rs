//! A sheet over the page: a modal dialog with a heading and a way out. It knows nothing of what is on it.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::tip::use_id;
use crate::store::Action;

/// Properties of [`SheetFrame`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SheetProps {
    /// Its heading.
    pub(crate) title: AttrValue,
    /// For tests.
    pub(crate) testid: &'static str,
    /// What is on it.
    pub(crate) children: Html,
    /// Called when it wants to be closed.
    pub(crate) act: Callback<Action>,
}

/// A sheet over the page; what lies below cannot be reached while it is there.
#[component]
pub(crate) fn SheetFrame(props: &SheetProps) -> Html {
    let dialog = use_node_ref();
    let heading = use_id("sheet");
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let element = dialog.cast::<HtmlDialogElement>();
            if let Some(element) = &element {
                // It fails only where it is open already.
                drop(element.show_modal());
            }
            move || {
                if let Some(element) = element {
                    element.close();
                }
            }
        });
    }
    let close = {
        let act = props.act.clone();
        Callback::from(move |()| act.emit(Action::Show(None)))
    };
    let onclose = close.reform(|_: Event| ());
    let onclick = close.reform(|_: MouseEvent| ());
    // A click beside the sheet lands on the dialog itself, its backdrop.
    let beside = {
        let (dialog, close) = (dialog.clone(), close.clone());
        Callback::from(move |event: MouseEvent| {
            if event.target().is_some() && event.target() == dialog.get().map(Into::into) {
                close.emit(());
            }
        })
    };
    html! {
        <dialog
            ref={dialog}
            class="sheet"
            aria-labelledby={heading.clone()}
            data-testid={props.testid}
            {onclose}
            onclick={beside}
        >
            <div class="sheet-body">
                <header>
                    <h2 id={heading}>{ props.title.clone() }</h2>
                    <button class="button" type="button" {onclick} data-testid="close-sheet">
                        { "Close" }
                    </button>
                </header>
                { props.children.clone() }
            </div>
        </dialog>
    }
}
