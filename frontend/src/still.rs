//! A part of the page that is drawn only when what it shows has changed, and then in a frame of its own, since one frame has no room for
//! all of them; what it would have shown meanwhile is never drawn. Within it, pieces that show the same are kept. It knows the store, no part.

use std::any::Any;
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
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// What draws a part.
pub(crate) type Draw = fn(&State, &Asked, &mut Pieces) -> Html;

/// Pieces of a part, each with what it was drawn of: one that would be drawn of the same again is not, and the document is
/// not asked about it either.
#[derive(Default)]
pub(crate) struct Pieces {
    before: Vec<(Box<dyn Any>, Html)>,
    now: Vec<(Box<dyn Any>, Html)>,
    /// Where in `before` the next one most likely is.
    next: usize,
}

impl Pieces {
    /// A piece, drawn of this; no other piece of the part may be drawn of an equal one.
    pub(crate) fn keep<S: PartialEq + 'static>(
        &mut self,
        of: S,
        draw: impl FnOnce(&S) -> Html,
    ) -> Html {
        let is_it = |it: &(Box<dyn Any>, Html)| it.0.downcast_ref() == Some(&of);
        let at = self.before.get(self.next).is_some_and(is_it).then_some(self.next);
        let at = at.or_else(|| self.before.iter().position(is_it));
        self.next = at.unwrap_or(self.next) + 1;
        let html = at.and_then(|at| self.before.get(at)).map(|it| it.1.clone());
        let html = html.unwrap_or_else(|| draw(&of));
        self.now.push((Box::new(of), html.clone()));
        html
    }

    /// The part is drawn: what it does not show now is not kept.
    fn turn(&mut self) {
        self.before = std::mem::take(&mut self.now);
        self.next = 0;
    }
}

/// Properties of [`Still`].
#[derive(Properties)]
pub(crate) struct StillProps {
    /// What it shows.
    of: [usize; 3],
    state: Shared<State>,
    asked: Asked,
    /// What draws it.
    draw: Draw,
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
pub(crate) fn still(state: &Shared<State>, asked: &Asked, of: [usize; 3], draw: Draw) -> Html {
    part(StillProps { of, state: state.clone(), asked: asked.clone(), draw, later: false })
}

/// The same, of what stands further down: what the page opens with is seen the sooner for it.
#[inline(never)]
pub(crate) fn still_later(
    state: &Shared<State>,
    asked: &Asked,
    of: [usize; 3],
    draw: Draw,
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
    pieces: RefCell<Pieces>,
}

impl Component for Still {
    type Message = ();
    type Properties = StillProps;

    fn create(context: &Context<Self>) -> Self {
        let later = context.props().later;
        if later {
            // The last part of a page is made first, and the first is to be drawn first.
            wait(drawing(context.link()), true);
        }
        Self { waits: later, drawn: !later, pieces: RefCell::default() }
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
            wait(drawing(context.link()), false);
        }
        false
    }

    fn view(&self, context: &Context<Self>) -> Html {
        if !self.drawn {
            return Html::default();
        }
        let StillProps { state, asked, draw, .. } = context.props();
        let mut pieces = self.pieces.borrow_mut();
        let html = draw(state, asked, &mut pieces);
        pieces.turn();
        html
    }
}

fn drawing(part: &Scope<Still>) -> Box<dyn FnOnce()> {
    let part = part.clone();
    Box::new(move || part.send_message(()))
}

/// Does something once what waits for a frame now has been drawn, in a frame of its own.
pub(crate) fn afterwards(job: impl FnOnce() + 'static) {
    wait(Box::new(job), false);
}

/// For a frame of its own, the next one or the last.
fn wait(job: Box<dyn FnOnce()>, next: bool) {
    let all = WAITING.with_borrow_mut(|it| {
        it.insert(if next { 0 } else { it.len() }, job);
        it.len()
    });
    if all == 1 {
        ask_for_a_frame();
    }
}

/// In the next frame, one of those that wait has its turn.
fn ask_for_a_frame() {
    let turn = Closure::once_into_js(|| {
        let (next, more) = WAITING.with_borrow_mut(|it| (it.remove(0), !it.is_empty()));
        next();
        if more {
            ask_for_a_frame();
        }
    });
    if let Some(window) = web_sys::window() {
        drop(window.request_animation_frame(turn.unchecked_ref()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is drawn anew when these follow those.
    fn drawn(pieces: &mut Pieces, of: &[&'static str]) -> Vec<&'static str> {
        let mut drawn = Vec::new();
        for it in of {
            let _ = pieces.keep(*it, |it| {
                drawn.push(*it);
                Html::default()
            });
        }
        pieces.turn();
        drawn
    }

    #[test]
    fn a_piece_is_drawn_again_only_when_it_is_another() {
        let mut pieces = Pieces::default();
        assert_eq!(drawn(&mut pieces, &["a", "b", "c"]), ["a", "b", "c"]);
        assert_eq!(drawn(&mut pieces, &["c", "d", "a", "b"]), ["d"]);
        assert_eq!(drawn(&mut pieces, &["a"]), [""; 0]);
        // What was not shown is forgotten.
        assert_eq!(drawn(&mut pieces, &["a", "b"]), ["b"]);
    }

    #[test]
    fn pieces_of_other_kinds_are_others() {
        let mut pieces = Pieces::default();
        let mut count = 0;
        for _ in 0..2 {
            let _ = pieces.keep(1_u8, |_| {
                count += 1;
                Html::default()
            });
            let _ = pieces.keep(1_u32, |_| {
                count += 1;
                Html::default()
            });
            pieces.turn();
        }
        assert_eq!(count, 2);
    }
}
