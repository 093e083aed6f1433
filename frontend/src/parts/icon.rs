//! The page's own small pictures. It knows nothing.

use crate::element::{Element, element};

/// A picture on a control.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    Start,
    Back,
    Play,
    Pause,
    Forward,
    End,
}

/// A picture on a control.
pub(crate) fn icon(sign: Sign) -> Element {
    let data = match sign {
        Sign::Start => "M2 2H4V12H2zM12 2V12L5 7z",
        Sign::Back => "M8 2V12L2 7zM9 2H11V12H9z",
        Sign::Play => "M3 1V13L13 7z",
        Sign::Pause => "M3 2H6V12H3zM8 2H11V12H8z",
        Sign::Forward => "M6 2V12L12 7zM3 2H5V12H3z",
        Sign::End => "M10 2H12V12H10zM2 2V12L9 7z",
    };
    drawing("icon", "0 0 14 14").child(path("", data))
}

/// The mark of the page.
pub(crate) fn brand() -> Element {
    drawing("brand-mark", "0 0 24 24")
        .child(path("frame", "M1 1H23V23H1z"))
        .child(path("lost", "M12 1H23V12H12z"))
        .child(path("walk", "M1 5.5H8V12H17V7"))
}

/// The octagon that stands for what is broken.
pub(crate) fn octagon() -> Element {
    drawing("octagon", "0 0 24 24")
        .child(path("fill", "M7 1H17L23 7V17L17 23H7L1 17V7z"))
        .child(path("cross", "M7.5 7.5l9 9M16.5 7.5l-9 9"))
}

/// What stands in its place when nothing is broken: a tick, or dots while that is not known.
pub(crate) fn round(known: bool) -> Element {
    let circle =
        element("circle").attribute("cx", "12").attribute("cy", "12").attribute("r", "10.5");
    drawing("round", "0 0 24 24").child(circle).child(if known {
        path("", "M6.5 12.5l3.8 4l7-8.5").key("tick")
    } else {
        path("dots", "M7 12h.01M12 12h.01M17 12h.01").key("dots")
    })
}

fn drawing(class: &'static str, view_box: &'static str) -> Element {
    element("svg").class(class).attribute("viewBox", view_box).attribute("aria-hidden", "true")
}

fn path(class: &'static str, data: &'static str) -> Element {
    let class = (!class.is_empty()).then_some(class);
    element("path").attribute("class", class).attribute("d", data)
}
