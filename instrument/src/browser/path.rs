//! The path through the progress graph, drawn, and the marks on it: handles, where it stands, what is looked at. It knows no event.

use yew::{Html, html};

use super::app::Instrument;
use super::bench::Bench;
use super::picture::hue;
use crate::geometry::{Geometry, Segment, segments};

/// The schedule: what has happened filled, what is to come outlined, by the hue of who moves.
pub(super) fn path(of: &Instrument, bench: &Bench, at: &Geometry) -> Html {
    let points = &bench.drawn.points;
    let all = segments(points);
    let actor = |it: &Segment| of.schedule.0.get(it.step).map_or(0, |it| it.actor.index());
    let drawn = |it: &Segment, class: &str, way: String| {
        let done = if it.step < of.at { "done" } else { "todo" };
        html! { <path class={format!("{class} {done} {}", hue(bench, actor(it)))} d={way} /> }
    };
    let halos: Html = all.iter().map(|it| drawn(it, "path-halo", way(at, it))).collect();
    let steps: Html = all.iter().map(|it| drawn(it, "path-step", way(at, it))).collect();
    // Within the outline of what is to come there is paper.
    let inside = all.iter().filter(|it| it.step >= of.at);
    let inside: Html = inside.map(|it| drawn(it, "path-inside", way(at, it))).collect();
    let heads: Html = (all.iter().filter(|it| it.jumps))
        .map(|it| drawn(it, "path-head", arrowheads(at, it)))
        .collect();
    html! { <g class="path">{ halos }{ steps }{ inside }{ heads }{ failure(of, bench, at) }</g> }
}

/// From the middle of a cell to the middle of the next one; of a jump only its ends.
fn way(at: &Geometry, it: &Segment) -> String {
    let ((x1, y1), (x2, y2)) = (at.middle(it.from), at.middle(it.to));
    if !it.jumps {
        return format!("M{x1} {y1}L{x2} {y2}");
    }
    let (dx, dy) = stub(at, it);
    format!("M{x1} {y1}l{dx} {dy}M{x2} {y2}l{} {}", -dx, -dy)
}

/// How far a jump is drawn at its ends.
fn stub(at: &Geometry, it: &Segment) -> (i32, i32) {
    let toward = |from: usize, to: usize, size: i32| match to.cmp(&from) {
        std::cmp::Ordering::Less => -size * 21 / 50,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => size * 21 / 50,
    };
    (toward(it.from.0, it.to.0, at.width), toward(it.from.1, it.to.1, at.height))
}

fn arrowheads(at: &Geometry, it: &Segment) -> String {
    let (dx, dy) = stub(at, it);
    let size = (dx * dx + dy * dy).isqrt().max(1);
    let (ux, uy) = (dx * 5 / size, dy * 5 / size);
    let head = |(x, y): (i32, i32)| {
        format!("M{} {}L{} {}L{} {}z", x + ux, y + uy, x - uy, y + ux, x + uy, y - ux)
    };
    let ((x1, y1), (x2, y2)) = (at.middle(it.from), at.middle(it.to));
    head((x1 + dx, y1 + dy)) + &head((x2 - ux * 2, y2 - uy * 2))
}

/// Where the last step breaks something: on its line, an octagon with a cross.
fn failure(of: &Instrument, bench: &Bench, at: &Geometry) -> Html {
    let (Some(actor), Some(&last)) = (bench.drawn.breaks, bench.drawn.points.last()) else {
        return Html::default();
    };
    let (x, y) = at.middle(last);
    let across = bench.axes.across.has(actor);
    let down = bench.axes.down.has(actor);
    let (dx, dy) = match (across, down) {
        (true, _) => (at.width / 2, 0),
        (_, true) => (0, at.height / 2),
        _ => (at.width / 4, at.height / 4),
    };
    let done = if of.at >= bench.drawn.points.len() - 1 { "done" } else { "todo" };
    let (cx, cy) = (x + dx, y + dy);
    let class = format!("path-step {done} {}", hue(bench, actor));
    html! {
        <>
            <path class={class} d={format!("M{x} {y}l{dx} {dy}")} />
            <g class={format!("failure {done}")} transform={format!("translate({cx} {cy})")}>
                <path class="octagon" d="M-3.3 -8H3.3L8 -3.3V3.3L3.3 8H-3.3L-8 3.3V-3.3z" />
                <path class="cross" d="M-3 -3L3 3M3 -3L-3 3" />
            </g>
        </>
    }
}

/// Handles, where it stands, what is looked at.
pub(super) fn marks(of: &Instrument, at: &Geometry) -> Html {
    let here = of.here();
    let rect = |cell: Option<(usize, usize)>, class: &'static str| {
        cell.map(|(x, y)| {
            html! {
                <rect class={class} x={(at.x(x) + 1).to_string()} y={(at.y(y) + 1).to_string()}
                    width={(at.width - 2).to_string()} height={(at.height - 2).to_string()} />
            }
        })
    };
    let handles = of.corners().into_iter().enumerate().map(|(number, it)| {
        let (x, y) = at.middle(it.cell);
        html! {
            <g class="handle" data-corner={number.to_string()} data-testid={format!("corner-{number}")}>
                <circle class="reach" cx={x.to_string()} cy={y.to_string()} r="15" />
                <circle class="knob" cx={x.to_string()} cy={y.to_string()} r="5" />
            </g>
        }
    });
    let stands = here.map(|cell| {
        let (x, y) = at.middle(cell);
        html! { <circle class="stands" data-testid="graph-here" cx={x.to_string()} cy={y.to_string()} r="7.5" /> }
    });
    let held = if of.is_held() { "cursor held" } else { "cursor" };
    html! {
        <>
            { rect(of.hover, "hover") }
            { rect(of.cursor, held) }
            { stands }
            { for handles }
        </>
    }
}
