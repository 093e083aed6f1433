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
    component::<Still>(StillProps { of, state: state.clone(), asked: asked.clone(), draw }, None)
}

/// It knows whether it waits for a frame.
pub(crate) struct Still(bool);

impl Component for Still {
    type Message = ();
    type Properties = StillProps;

    fn create(_: &Context<Self>) -> Self {
        Self(false)
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        self.0 = false;
        true
    }

    fn changed(&mut self, context: &Context<Self>, old: &StillProps) -> bool {
        let props = context.props();
        // Another race is there all at once.
        if props.state.question.id != old.state.question.id {
            return true;
        }
        if !std::mem::replace(&mut self.0, true) {
            let all = WAITING.with_borrow_mut(|it| {
                it.push(context.link().clone());
                it.len()
            });
            if all == 1 {
                ask_for_a_frame();
            }
        }
        false
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        (props.draw)(&props.state, &props.asked)
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
