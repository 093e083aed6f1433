//! A sheet over the page: a modal dialog with a heading and a way out. It knows nothing of what is on it.

use web_sys::{Event, HtmlDialogElement};
use yew::{Callback, Component, Context, Html, NodeRef, Properties};

use super::{Asked, asks, button};
use crate::element::{Content, component, element};
use crate::store::Action;

/// A sheet over the page; what lies below cannot be reached while it is there. `testid` is unique to
/// it.
pub(crate) fn sheet(testid: &'static str, title: String, content: Html, asked: &Asked) -> Html {
    let props = SheetProps { title, testid, content, asked: asked.clone() };
    component::<Sheet>(props, Some(testid))
}

/// Properties of [`Sheet`].
#[derive(Properties)]
pub(crate) struct SheetProps {
    /// Its heading.
    title: String,
    /// For tests.
    testid: &'static str,
    /// What is on it.
    content: Html,
    /// Asked to close it.
    asked: Asked,
}

/// To compare what is on it costs more than to draw it again.
impl PartialEq for SheetProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// Opens the dialog as a modal one, which no attribute can.
pub(crate) struct Sheet {
    dialog: NodeRef,
}

impl Component for Sheet {
    type Message = ();
    type Properties = SheetProps;

    fn create(_: &Context<Self>) -> Self {
        Self { dialog: NodeRef::default() }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let SheetProps { title, testid, content, asked } = context.props();
        let close = asks(asked, Action::Show(None));
        // A click beside the sheet lands on the dialog itself, its backdrop.
        let beside = {
            let (dialog, close) = (self.dialog.clone(), close.clone());
            Callback::from(move |event: Event| {
                if event.target().is_some() && event.target() == dialog.get().map(Into::into) {
                    close.emit(event);
                }
            })
        };
        let head = element("header")
            .child(element("h2").attribute("id", "sheet-heading").child(title))
            .child(
                button("button", asked, Action::Show(None)).testid("close-sheet").child("Close"),
            );
        element("dialog")
            .node(self.dialog.clone())
            .class("sheet")
            .attribute("aria-labelledby", "sheet-heading")
            .testid(*testid)
            .on("close", close)
            .on("click", beside)
            .child(element("div").class("sheet-body").child(head).child(content.clone()))
            .html()
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if let Some(dialog) = self.dialog.cast::<HtmlDialogElement>().filter(|_| first) {
            // It fails only where it is open already.
            drop(dialog.show_modal());
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some(dialog) = self.dialog.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    }
}
