//! The engine's primitives as SVG elements: one to one, no decision taken here.

use racewalk_engine::picture::{Group, Mark, Span, anchor_name};
use yew::prelude::*;

/// A group. What tells of the last step only is a new element in every frame, so that it may move as
/// it appears.
pub(super) fn group(group: &Group, at: usize, role: &str, node: NodeRef, prefix: &str) -> Html {
    let key = match (group.momentary, role) {
        (false, "") => group.key.clone(),
        _ => format!("{}{role}@{at}", group.key),
    };
    let class = classes!(group.class.clone(), role.to_owned());
    html! {
        <g {key} {class} ref={node}>
            { for group.marks.iter().map(|it| mark(it, prefix)) }
        </g>
    }
}

/// A primitive.
pub(super) fn mark(mark: &Mark, prefix: &str) -> Html {
    match mark {
        Mark::Rect { class, rect, texture } => {
            let fill = texture.map(|it| format!("url(#{prefix}-{})", it.name()));
            html! {
                <rect
                    class={*class}
                    x={rect.x.to_string()}
                    y={rect.y.to_string()}
                    width={rect.w.to_string()}
                    height={rect.h.to_string()}
                    {fill}
                />
            }
        }
        Mark::Path { class, d } => html! { <path class={*class} d={d.clone()} /> },
        Mark::Text { class, x, y, anchor, spans, term } => html! {
            <text
                class={*class}
                x={x.to_string()}
                y={y.to_string()}
                text-anchor={anchor_name(*anchor)}
                data-term={*term}
            >
                { for spans.iter().map(span) }
            </text>
        },
    }
}

fn span(span: &Span) -> Html {
    if span.class.is_empty() {
        html! { { span.text.clone() } }
    } else {
        html! { <tspan class={span.class}>{ span.text.clone() }</tspan> }
    }
}
