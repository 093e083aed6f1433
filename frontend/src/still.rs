//! A part of the page that is drawn only when what it shows has changed, and then in a frame of its own, since one frame has no room for
//! all of them; what it would have shown meanwhile is never drawn. It knows the store, no part.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::html::Scope;
use yew::{Component, Context, Html, Properties};

use crate::element::component;
use crate::parts::Asked;
use crate::shared::Shared;
use crate::store::State;

thread_local! {
    /// Those that wait for a frame, the next one first.
    static WAITING: RefCell<Vec<Scope<Still>>> = const { RefCell::new(Vec::new()) };
}

/// Properties of [`Still`].
#[derive(Properties)]
pub(crate) struct StillProps {
    /// What it shows.
    of: [usize; 3],
    state: Shared<State>,
    asked: Asked,
    /// What draws it.
    draw: fn(&State, &Asked) -> Html,
    /// Whether it is not drawn with the rest of the page at first either.
    later: bool,
}

impl PartialEq for StillProps {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of
    }
}

/// The part; `of`: what it shows, in numbers, and addresses of what the store keeps alive.
#[inline(never)]
pub(crate) fn still(
    state: &Shared<State>,
    asked: &Asked,
    of: [usize; 3],
    draw: fn(&State, &Asked) -> Html,
) -> Html {
    part(StillProps { of, state: state.clone(), asked: asked.clone(), draw, later: false })
}

/// The same, of what stands further down: what the page opens with is seen the sooner for it.
#[inline(never)]
pub(crate) fn still_later(
    state: &Shared<State>,
    asked: &Asked,
    of: [usize; 3],
    draw: fn(&State, &Asked) -> Html,
) -> Html {
    part(StillProps { of, state: state.clone(), asked: asked.clone(), draw, later: true })
}

fn part(props: StillProps) -> Html {
    component::<Still>(props, None)
}

/// It knows whether it waits for a frame, and whether it has been drawn at all.
pub(crate) struct Still {
    waits: bool,
    drawn: bool,
}

impl Component for Still {
    type Message = ();
    type Properties = StillProps;

    fn create(context: &Context<Self>) -> Self {
        let later = context.props().later;
        if later {
            // The last part of a page is made first, and the first is to be drawn first.
            wait(context.link().clone(), true);
        }
        Self { waits: later, drawn: !later }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        (self.waits, self.drawn) = (false, true);
        true
    }

    fn changed(&mut self, context: &Context<Self>, old: &StillProps) -> bool {
        let props = context.props();
        // Another race is there all at once.
        if props.state.question.id != old.state.question.id {
            self.drawn = true;
            return true;
        }
        if !std::mem::replace(&mut self.waits, true) {
            wait(context.link().clone(), false);
        }
        false
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        if self.drawn { (props.draw)(&props.state, &props.asked) } else { Html::default() }
    }
}

/// For a frame of its own, the next one or the last.
fn wait(part: Scope<Still>, next: bool) {
    let all = WAITING.with_borrow_mut(|it| {
        it.insert(if next { 0 } else { it.len() }, part);
        it.len()
    });
    if all == 1 {
        ask_for_a_frame();
    }
}

/// In the next frame, one of those that wait is drawn.
fn ask_for_a_frame() {
    let draw = Closure::once_into_js(|| {
        let (next, more) = WAITING.with_borrow_mut(|it| (it.remove(0), !it.is_empty()));
        next.send_message(());
        if more {
            ask_for_a_frame();
        }
    });
    if let Some(window) = web_sys::window() {
        drop(window.request_animation_frame(draw.unchecked_ref()));
    }
}
