//! What stays as it is while a hand moves: it is drawn again only when its stamp is another one. It knows nothing of what it shows.

use std::cell::RefCell;

use yew::{Component, Context, Html, Properties, html};

/// Something drawn, and what it was drawn of.
#[derive(Clone, Properties)]
pub(super) struct Drawing {
    stamp: String,
    html: Html,
}

/// What is drawn is told by its stamp; to compare the whole of it would take as long as to draw it.
impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        self.stamp == other.stamp
    }
}

pub(super) struct Still;

impl Component for Still {
    type Message = ();
    type Properties = Drawing;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn changed(&mut self, context: &Context<Self>, old: &Drawing) -> bool {
        context.props() != old
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().html.clone()
    }
}

/// The last drawing of something.
#[derive(Default)]
pub(super) struct Kept(RefCell<Option<Drawing>>);

impl Kept {
    /// The same as before, if the stamp is.
    pub(super) fn still(&self, stamp: String, draw: impl FnOnce() -> Html) -> Html {
        let mut kept = self.0.borrow_mut();
        if kept.as_ref().is_none_or(|it| it.stamp != stamp) {
            *kept = Some(Drawing { stamp, html: draw() });
        }
        match &*kept {
            Some(Drawing { stamp, html }) => {
                html! { <Still stamp={stamp.clone()} html={html.clone()} /> }
            }
            None => Html::default(),
        }
    }
}
