//! The parts of the page: each takes what it shows as properties and gives actions back. They know
//! the store's actions and plain data of the engine; never a model, a search or the address.

use yew::prelude::*;

use crate::store::Action;

pub(crate) mod about;
pub(crate) mod choice;
pub(crate) mod faults;
pub(crate) mod footer;
pub(crate) mod glyph;
pub(crate) mod icon;
pub(crate) mod keys;
pub(crate) mod knobs;
pub(crate) mod lane;
pub(crate) mod lanes;
pub(crate) mod masthead;
pub(crate) mod moves;
pub(crate) mod narration;
pub(crate) mod own;
pub(crate) mod premise;
pub(crate) mod scrubber;
pub(crate) mod sheet;
pub(crate) mod take_away;
pub(crate) mod text;
pub(crate) mod timeline;
pub(crate) mod tip;
pub(crate) mod track;
pub(crate) mod transport;
pub(crate) mod verdict;

/// Gives an action whenever something is pressed.
pub(crate) fn on(act: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    // One closure for all: each of its own would be downloaded.
    act.reform(move |_: MouseEvent| action.clone())
}
