//! How a picture moves: which way, and the path along which a value travels. The style sheet knows how long it takes.

use js_sys::Reflect;
use racewalk_engine::picture::Travel;
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element};
use yew::NodeRef;

/// How the schedule came to where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Motion {
    /// Not by a single step: the frame is complete at once.
    #[default]
    None,
    /// By the step that the frame shows.
    Forward,
    /// By undoing the step after it.
    Back,
}

impl Motion {
    /// The class that tells the style sheet.
    pub(super) fn class(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Forward => Some("moves-forward"),
            Self::Back => Some("moves-back"),
        }
    }
}

/// Tells a chip its way. It is set through the CSSOM: a `style` attribute is what a strict policy
/// forbids. Where it cannot be set, the chip just appears.
pub(super) fn travel(chip: &NodeRef, motion: Motion, travel: Option<&Travel>) {
    let (Some(travel), Some(chip)) = (travel, chip.cast::<Element>()) else { return };
    if motion == Motion::None {
        return;
    }
    let style = Reflect::get(&chip, &"style".into()).ok();
    let Some(style) = style.and_then(|it| it.dyn_into::<CssStyleDeclaration>().ok()) else {
        return;
    };
    let rest = format!("{}.{}%", travel.rest / 10, travel.rest % 10);
    // A browser that knows no such property leaves the chip where it rests.
    let _ = style.set_property("offset-path", &format!("path(\"{}\")", travel.path));
    let _ = style.set_property("--rest", &rest);
}
