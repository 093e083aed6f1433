//! The progress graph, drawn. It knows cells and their places, no event; what is drawn where is the geometry's.

use std::fmt::Write as _;

use yew::{Html, html};

use super::app::Instrument;
use super::bench::Bench;
use super::path;
use crate::axes::len;
use crate::geometry::Geometry;
use crate::grid::{Fate, Region};
use crate::words;

/// How wide two letters of a label are, about.
const LETTER: i32 = 14;

/// The class that gives an actor its hue.
pub(super) fn hue(bench: &Bench, actor: usize) -> &'static str {
    match bench.stage.lanes.get(actor).and_then(|it| it.hue).map(|it| it % 3) {
        None => "actor-env",
        Some(0) => "actor-0",
        Some(1) => "actor-1",
        Some(_) => "actor-2",
    }
}

/// The shape of an actor, in a square of 12.
pub(super) fn shape(bench: &Bench, actor: usize) -> &'static str {
    match bench.stage.lanes.get(actor).and_then(|it| it.hue).map(|it| it % 3) {
        None => "M6 .5L12 11.5H0z",
        Some(0) => "M6 .5a5.5 5.5 0 1 0 .01 0z",
        Some(1) => "M1 1H11V11H1z",
        Some(_) => "M6 0L12 6L6 12L0 6z",
    }
}

/// The drawing.
pub(super) fn picture(of: &Instrument, bench: &Bench) -> Html {
    let at = of.geometry();
    let (width, height) = at.size();
    let told = format!(
        "Progress graph of {} and {}",
        bench.axes.down.name(&bench.model),
        bench.axes.across.name(&bench.model)
    );
    html! {
        <svg class="graph" data-graph="" data-testid="graph" tabindex="0" role="application"
            aria-roledescription="progress graph" aria-label={told} aria-describedby="graph-help"
            width={width.to_string()} height={height.to_string()} viewBox={format!("0 0 {width} {height}")}>
            { of.kept[3].still(of.stamp(), || html! { <>{ textures() }{ cells(bench, &at) }{ lines(bench, &at) }</> }) }
            { regions(bench, &at) }
            { path::path(of, bench, &at) }
            { path::marks(of, &at) }
        </svg>
    }
}

fn textures() -> Html {
    html! {
        <defs>
            <pattern id="fate-open" width="7" height="7" patternUnits="userSpaceOnUse">
                <rect class="may-tint" width="7" height="7" />
                <circle class="may-dot" cx="2" cy="2" r="1.25" />
                <circle class="may-dot" cx="5.5" cy="5.5" r="1.25" />
            </pattern>
            <pattern id="fate-wall" width="14" height="10" patternUnits="userSpaceOnUse">
                <rect class="wall-ground" width="14" height="10" />
                <path class="wall-joint" d="M0 .5H14M0 5.5H14M3.5 .5V5.5M10.5 5.5V10.5" />
            </pattern>
            <pattern id="fate-unknown" width="6" height="6" patternUnits="userSpaceOnUse">
                <path class="wall-joint" d="M0 6L6 0" />
            </pattern>
        </defs>
    }
}

fn fill(fate: Fate) -> Option<&'static str> {
    match fate {
        Fate::Unreachable => Some("url(#fate-wall)"),
        Fate::Open => Some("url(#fate-open)"),
        Fate::Unknown => Some("url(#fate-unknown)"),
        Fate::Safe | Fate::Lost | Fate::Mixed => None,
    }
}

fn class(fate: Fate) -> &'static str {
    match fate {
        Fate::Unreachable => "cell wall",
        Fate::Safe => "cell safe",
        Fate::Open => "cell open",
        Fate::Lost => "cell lost",
        Fate::Unknown => "cell unknown",
        Fate::Mixed => "cell mixed",
    }
}

fn cells(bench: &Bench, at: &Geometry) -> Html {
    let grid = &bench.drawn.grid;
    let mut all = Vec::new();
    for y in 0..grid.rows {
        // Neighbours of one fate are one rectangle: fewer elements, and no seams in their texture.
        let mut x = 0;
        while x < grid.columns {
            let fate = |x| grid.cell(x, y).map_or(Fate::Unreachable, crate::grid::Cell::fate);
            let this = fate(x);
            let end = if this == Fate::Mixed {
                x + 1
            } else {
                (x..grid.columns).find(|&it| fate(it) != this).unwrap_or(grid.columns)
            };
            let (left, top) = (at.x(x), at.y(y));
            let wide = at.width * (end - x) as i32;
            if this == Fate::Mixed {
                all.push(mixed(bench, at, x, y));
            } else {
                all.push(html! {
                    <rect class={class(this)} x={left.to_string()} y={top.to_string()}
                        width={wide.to_string()} height={at.height.to_string()} fill={fill(this)} />
                });
            }
            x = end;
        }
    }
    all.into_iter().collect()
}

/// A cell whose states differ: the better ones above the diagonal, the worse ones below it, and how many they are.
fn mixed(bench: &Bench, at: &Geometry, x: usize, y: usize) -> Html {
    let Some(cell) = bench.drawn.grid.cell(x, y) else { return Html::default() };
    let tally = cell.tally;
    let better = if tally.safe > 0 { Fate::Safe } else { Fate::Open };
    let worse = match (tally.lost, tally.open, tally.unknown) {
        (1.., ..) => Fate::Lost,
        (0, 1.., _) if better == Fate::Safe => Fate::Open,
        _ => Fate::Unknown,
    };
    let (left, top, right, bottom) = (at.x(x), at.y(y), at.x(x + 1), at.y(y + 1));
    let above = format!("M{left} {top}H{right}L{left} {bottom}z");
    let below = format!("M{right} {top}V{bottom}H{left}z");
    let (cx, cy) = at.middle((x, y));
    html! {
        <>
            <path class={class(better)} d={above} fill={fill(better)} />
            <path class={class(worse)} d={below} fill={fill(worse)} />
            <path class="diagonal" d={format!("M{right} {top}L{left} {bottom}")} />
            <text class="count" x={cx.to_string()} y={(cy + 4).to_string()} text-anchor="middle">{ tally.all() }</text>
        </>
    }
}

/// The lines, one for each step, with their names; and which actor they are of.
fn lines(bench: &Bench, at: &Geometry) -> Html {
    let grid = &bench.drawn.grid;
    let (right, bottom) = (at.x(grid.columns), at.y(grid.rows));
    let mut d = String::new();
    for x in 0..=grid.columns {
        let _ = write!(d, "M{} {}V{bottom}", at.x(x), at.top);
    }
    for y in 0..=grid.rows {
        let _ = write!(d, "M{} {}H{right}", at.left, at.y(y));
    }
    let across = bench.axes.across.steps(&bench.model).enumerate().map(|(number, step)| {
        let line = &bench.lines[step.index()];
        let low = !at.is_staggered() || number % 2 == 0;
        let y = if low { at.top - 6 } else { at.top - 19 };
        let x = at.x(number + 1);
        html! {
            <>
                if at.is_staggered() && !low {
                    <path class="leader" d={format!("M{x} {}V{}", at.top - 16, at.top)} />
                }
                <text class={format!("line-name {}", hue(bench, line.actor))} x={x.to_string()} y={y.to_string()}
                    text-anchor="middle">{ &line.key }</text>
            </>
        }
    });
    let down = bench.axes.down.steps(&bench.model).enumerate().map(|(number, step)| {
        let line = &bench.lines[step.index()];
        html! {
            <text class={format!("line-name {}", hue(bench, line.actor))} x={(at.left - 7).to_string()}
                y={(at.y(number + 1) + 4).to_string()} text-anchor="end">{ &line.key }</text>
        }
    });
    html! {
        <>
            <path class="grid-lines" d={d} />
            { borders(bench, at) }
            { heads(bench, at) }
            { for across }
            { for down }
        </>
    }
}

/// Where one fate ends and another begins.
fn borders(bench: &Bench, at: &Geometry) -> Html {
    let grid = &bench.drawn.grid;
    let fate = |x: usize, y: usize| grid.cell(x, y).map(crate::grid::Cell::fate);
    let mut d =
        format!("M{} {}H{}V{}H{}z", at.left, at.top, at.x(grid.columns), at.y(grid.rows), at.left);
    for y in 0..grid.rows {
        for x in 0..grid.columns {
            if x + 1 < grid.columns && fate(x, y) != fate(x + 1, y) {
                let _ = write!(d, "M{} {}v{}", at.x(x + 1), at.y(y), at.height);
            }
            if y + 1 < grid.rows && fate(x, y) != fate(x, y + 1) {
                let _ = write!(d, "M{} {}h{}", at.x(x), at.y(y + 1), at.width);
            }
        }
    }
    html! { <path class="borders" d={d} /> }
}

/// Over the columns: whose steps they are. The name of who goes down has a row of its own.
fn heads(bench: &Bench, at: &Geometry) -> Html {
    let mut first = 0;
    let above = bench.axes.across.actors.iter().map(|&actor| {
        let count = len(&bench.model, actor);
        let (left, right) =
            (at.x(first) + at.width * 3 / 5, at.x(first + count) + at.width * 2 / 5);
        first += count;
        head(bench, actor, left, right)
    });
    let above: Vec<Html> = above.collect();
    let down = bench.axes.down.actors.first().map(|&actor| {
        let name = &bench.model.actors[actor].name;
        html! {
            <g class={hue(bench, actor)}>
                <path class="actor-shape" d={shape(bench, actor)} transform="translate(0 2) scale(.75)" />
                <text class="head-name" x="13" y="11">{ clip(name, at.size().0 - 13) }</text>
            </g>
        }
    });
    html! { <>{ for above }{ down }</> }
}

fn head(bench: &Bench, actor: usize, left: i32, right: i32) -> Html {
    let name = &bench.model.actors[actor].name;
    html! {
        <g class={hue(bench, actor)}>
            <path class="actor-shape" d={shape(bench, actor)} transform={format!("translate({left} 18) scale(.75)")} />
            <text class="head-name" x={(left + 13).to_string()} y="27">{ clip(name, right - left - 13) }</text>
            <path class="head-line" d={format!("M{left} 34H{right}")} />
        </g>
    }
}

/// As much of a text as fits.
fn clip(text: &str, room: i32) -> String {
    let most = (room * 2 / LETTER).max(1) as usize;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Each region says what it is, where there is room.
fn regions(bench: &Bench, at: &Geometry) -> Html {
    let label = |region: &Region| {
        let (x, y, wide, high) = region.room;
        let room = at.width * wide as i32 - 10;
        let fits = |text: &str| text.chars().count() as i32 * LETTER <= room * 2;
        let (cx, cy) =
            (at.x(x) + at.width * wide as i32 / 2, at.y(y) + at.height * high as i32 / 2);
        let text = |text: String, dy: i32, class: &'static str| {
            html! {
                <text class={class} x={cx.to_string()} y={(cy + dy).to_string()} text-anchor="middle">{ text }</text>
            }
        };
        let word = match region.fate {
            Fate::Safe => "safe",
            Fate::Open => "can still fail",
            Fate::Lost => "lost",
            Fate::Unknown => "unknown",
            Fate::Unreachable => "unreachable",
            Fate::Mixed => return Html::default(),
        };
        if !fits(word) || region.cells.len() < 3 {
            return Html::default();
        }
        let class = if region.fate == Fate::Lost { "region on-lost" } else { "region" };
        let wait = region.wall.and_then(|it| words::wait(&bench.model, it));
        match wait {
            Some(wait) if high > 1 || at.height > 30 => {
                let lines = wrapped(
                    &wait,
                    (room * 2 / LETTER).max(0) as usize,
                    if high > 2 { 3 } else { 1 },
                );
                let top = -(lines.len() as i32 * 14) / 2 + 4;
                html! {
                    <>
                        { text("unreachable:".to_owned(), top, "region strong") }
                        { for lines.into_iter().enumerate().map(|(number, it)| text(it, top + 14 * (number + 1) as i32, "region")) }
                    </>
                }
            }
            _ => {
                // In the row of the room that the path leaves most free.
                let on_path = |row: usize| {
                    let inside = |it: &&(usize, usize)| it.1 == row && it.0 >= x && it.0 < x + wide;
                    bench.drawn.points.iter().filter(inside).count()
                };
                let middle = y + high / 2;
                let row = (y..y + high).min_by_key(|&it| (on_path(it), it.abs_diff(middle)));
                let free = (y..y + high).all(|it| on_path(it) == 0);
                let dy = match row {
                    Some(row) if !free => at.middle((x, row)).1 - cy + 4,
                    _ => 4,
                };
                text(word.to_owned(), dy, class)
            }
        }
    };
    bench.drawn.regions.iter().map(label).collect()
}

/// A text in lines of at most so many letters; what has no room is left out with a sign.
fn wrapped(text: &str, most: usize, lines: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match all.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => all.push(word.to_owned()),
        }
    }
    if all.len() > lines {
        all.truncate(lines);
        if let Some(last) = all.last_mut() {
            *last = last.chars().take(most.saturating_sub(1)).chain(['…']).collect();
        }
    }
    all
}
