//! What comes into sight by itself: the lane that has moved, and a choice that stands open. It knows
//! where they stand in the document.

use racewalk_engine::ids::ActorId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::store::{Stand, State};

/// Brings into sight what has just become important.
#[derive(Default)]
pub(crate) struct Sight {
    /// Steps taken, and who moved last, when something was brought into sight last.
    moved: Option<(usize, ActorId)>,
    /// Whose way was asked for then.
    choosing: Option<ActorId>,
}

impl Sight {
    /// Looks for what is new.
    pub(crate) fn follow(&mut self, state: &State) {
        let moved =
            state.stand().and_then(|it| Some((it.run.at, it.run.frame.last.as_ref()?.actor)));
        if moved != self.moved {
            self.moved = moved;
            state.stand().and_then(lane);
        }
        if state.choosing != self.choosing {
            self.choosing = state.choosing;
            let way = find(".choice button").and_then(|it| it.dyn_into::<HtmlElement>().ok());
            // A button that cannot be focused can still be clicked.
            drop(way.map(|it| it.focus()));
        }
    }
}

/// Where lanes are swiped sideways, the one that has just moved comes into sight.
fn lane(stand: &Stand) -> Option<()> {
    // Elsewhere they have room, and to measure them would take longer than to draw them.
    let width = web_sys::window()?.inner_width().ok()?.as_f64()?;
    if width >= 768.0 {
        return None;
    }
    let lanes = &stand.bench.stage.lanes;
    let mut acting = lanes.iter().filter(|it| !it.rows.is_empty() && it.hue.is_some());
    let moved = stand.run.frame.last.as_ref()?.actor;
    let place = acting.position(|it| it.actor == moved)?;
    let whole = find(".lane-grid").filter(|it| it.scroll_width() > it.client_width())?;
    let lane = whole.children().item(place as u32)?;
    let by = lane.get_bounding_client_rect().left() - whole.get_bounding_client_rect().left();
    whole.set_scroll_left(whole.scroll_left() + by as i32 - 14);
    Some(())
}

fn find(selector: &str) -> Option<Element> {
    web_sys::window()?.document()?.query_selector(selector).ok()?
}
