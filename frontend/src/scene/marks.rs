//! The engine's primitives as SVG elements: one to one, no decision taken here.

use racewalk_engine::picture::{Group, Mark, Rect, Span, anchor_name};
use yew::Html;

use super::PREFIX;
use crate::element::{Content, Element, element};

/// A group. What tells of the last step only is a new element in every frame, so that it may move as
/// it appears.
pub(super) fn group(group: &Group, at: usize, role: &str) -> Element {
    let key = match (group.momentary, role) {
        (false, "") => group.key.clone(),
        _ => format!("{}{role}@{at}", group.key),
    };
    element("g").key(&key).classes(&[&group.class, role]).list(group.marks.iter().map(mark))
}

/// A primitive.
pub(super) fn mark(mark: &Mark) -> Element {
    match mark {
        Mark::Rect { class, rect: Rect { x, y, w, h }, texture } => {
            let fill = texture.map(|it| format!("url(#{PREFIX}-{})", it.name()));
            element("rect")
                .class(class)
                .attribute("x", *x)
                .attribute("y", *y)
                .attribute("width", *w)
                .attribute("height", *h)
                .attribute("fill", fill)
        }
        Mark::Path { class, d } => element("path").class(class).attribute("d", d),
        Mark::Text { class, x, y, anchor, spans, term } => element("text")
            .class(class)
            .attribute("x", *x)
            .attribute("y", *y)
            .attribute("text-anchor", anchor_name(*anchor))
            .attribute("data-term", *term)
            .list(spans.iter().map(span)),
    }
}

fn span(span: &Span) -> Html {
    if span.class.is_empty() {
        span.text.clone().html()
    } else {
        element("tspan").class(span.class).child(&span.text).html()
    }
}
