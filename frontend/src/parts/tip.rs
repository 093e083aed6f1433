//! A tooltip: shown on hover and on focus, hoverable itself, closed by Escape, and moved so that it
//! stays within the window. It knows nothing of what it says.

use std::sync::atomic::{AtomicU32, Ordering};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// An id that no other element of the page has.
#[hook]
pub(crate) fn use_id(prefix: &'static str) -> AttrValue {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let id = use_memo((), |()| {
        AttrValue::from(format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed)))
    });
    (*id).clone()
}

/// Properties of [`Tip`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct TipProps {
    /// A word that is explained.
    #[prop_or_default]
    pub(crate) word: Option<AttrValue>,
    /// Instead of a word: something focusable whose `aria-describedby` is [`TipProps::id`].
    #[prop_or_default]
    pub(crate) children: Html,
    /// The explanation.
    pub(crate) text: Html,
    /// The id of the explanation; a word needs none.
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    /// Classes of the whole.
    #[prop_or_default]
    pub(crate) class: Classes,
}

/// Something that explains itself.
#[component]
pub(crate) fn Tip(props: &TipProps) -> Html {
    let own = use_id("tip");
    let id = props.id.clone().unwrap_or(own);
    let open = use_state(|| false);
    let whole = use_node_ref();
    let text = use_node_ref();
    let show = |to: bool| {
        let open = open.clone();
        move || {
            if *open != to {
                open.set(to);
            }
        }
    };
    {
        let (whole, text) = (whole.clone(), text.clone());
        use_effect_with(*open, move |&open| {
            if open {
                place(&whole, &text);
            }
        });
    }
    let keydown = {
        let (open, hide) = (*open, show(false));
        Callback::from(move |event: KeyboardEvent| {
            if open && event.key() == "Escape" {
                event.stop_propagation();
                hide();
            }
        })
    };
    let (enter, leave) = (show(true), show(false));
    let (focus, blur, change) = (show(true), show(false), show(false));
    let onfocusin = Callback::from(move |event: FocusEvent| {
        // Who uses a pointer hovers; a focus that came with a click needs no explanation.
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        if target.is_some_and(|it| it.matches(":focus-visible").unwrap_or(true)) {
            focus();
        }
    });
    html! {
        <span
            class={classes!("tip", props.class.clone(), open.then_some("open"))}
            ref={whole}
            onmouseenter={Callback::from(move |_| enter())}
            onmouseleave={Callback::from(move |_| leave())}
            {onfocusin}
            onfocusout={Callback::from(move |_| blur())}
            onchange={Callback::from(move |_: Event| change())}
            onkeydown={keydown}
        >
            if let Some(word) = &props.word {
                <span class="term" tabindex="0" aria-describedby={id.clone()} data-testid="term">
                    { word }
                </span>
            }
            { props.children.clone() }
            <span class="tip-text" role="tooltip" {id} ref={text}>
                { props.text.clone() }
            </span>
        </span>
    }
}

/// Moves the text sideways so far that it stays within the window, and above where there is no room
/// below.
fn place(whole: &NodeRef, text: &NodeRef) {
    const MARGIN: f64 = 8.0;
    let (Some(whole), Some(text)) = (whole.cast::<Element>(), text.cast::<HtmlElement>()) else {
        return;
    };
    let Some(root) = whole.owner_document().and_then(|it| it.document_element()) else { return };
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let style = text.style();
    // A browser without these properties leaves the text where the style sheet puts it.
    drop(style.set_property("--shift", "0px"));
    let (at, size) = (whole.get_bounding_client_rect(), text.get_bounding_client_rect());
    let over = (size.left() + size.width() + MARGIN - width).max(0.0);
    let shift = -over.min((size.left() - MARGIN).max(0.0));
    drop(style.set_property("--shift", &format!("{}px", shift as i32)));
    let above = at.bottom() + size.height() + MARGIN > height && at.top() > size.height() + MARGIN;
    let list = text.unchecked_ref::<Element>().class_list();
    drop(list.toggle_with_force("above", above));
}
