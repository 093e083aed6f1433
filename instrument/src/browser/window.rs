//! The window: the orders that all failing schedules of a kind share, drawn as arrows and said in sentences. It knows what the instrument holds, no event.

use yew::{Html, html};

use super::app::Instrument;
use super::bench::Bench;
use super::picture::{hue, shape};
use crate::grid::Fate;
use crate::lineup::{Arrow, LineUp, line_up};
use crate::survey::{ANY, Comes, Effect, Line, Time, Window};
use crate::words;

/// The section.
pub(super) fn window(of: &Instrument) -> Html {
    let Some((bench, windows)) = of.bench.as_ref().and_then(|it| Some((it, it.windows.as_ref()?)))
    else {
        return Html::default();
    };
    let shown = windows.get(of.kind);
    let inside = match shown {
        Some(shown) => told(of, bench, shown),
        None => html! { <p data-testid="window-none">{ nothing(bench) }</p> },
    };
    html! {
        <section class="window-area" aria-labelledby="window-heading">
            <h2 id="window-heading">{ "The window" }<small>{ "the orders that all schedules share which fail like this" }</small></h2>
            <div class="kind-choices" role="group" aria-label="Kind of failure">
                { for windows.iter().enumerate().map(|(number, it)| html! {
                    <button type="button" class="button small" data-do={format!("kind {number}")}
                        data-testid={format!("window-{number}")}
                        aria-pressed={(number == of.kind).to_string()}>{ &it.kind }</button>
                }) }
            </div>
            { inside }
        </section>
    }
}

/// Why there is no window.
fn nothing(bench: &Bench) -> &'static str {
    let safe = bench.census.as_ref().is_some_and(|it| !it.stopped)
        && bench.drawn.grid.cell(0, 0).is_some_and(|it| it.fate() == Fate::Safe);
    if safe {
        "No schedule fails under these knobs, so there is no window."
    } else {
        "The window is not known: a limit stopped the search."
    }
}

fn told(of: &Instrument, bench: &Bench, window: &Window) -> Html {
    let key = |step: u16| {
        let line = &bench.lines[usize::from(step)];
        html! { <b class={format!("key {}", hue(bench, line.actor))}>{ &line.key }</b> }
    };
    let line = |it: Line| {
        let named = &bench.lines[usize::from(it.step)];
        let time = match it.time {
            Time::Only => "",
            Time::First => " (the first time)",
            Time::Last => " (the last time)",
        };
        html! { <>{ key(it.step) }{ " " }<code>{ &named.label }</code>{ time }</> }
    };
    let orders = window.orders.iter().map(|it| {
        let comes = match it.comes {
            Comes::Always => "",
            Comes::Perhaps => ", if that comes at all",
            Comes::Never => ", which is still to come then",
        };
        html! { <li>{ line(it.first) }<span class="before">{ " before " }</span>{ line(it.then) }{ comes }</li> }
    });
    let also: Vec<Html> = (window.also.iter())
        .map(|&step| html! { <>{ " " }{ line(Line { step, time: Time::Only }) }</> })
        .collect();
    let shortest = of.address(&bench.knobs, &window.schedule, window.steps);
    let which = if window.kind == ANY { "failure" } else { "of them" };
    html! {
        <>
            <div class="window-told">
                { arrows(bench, window) }
                <div>
                    <ol class="orders" data-testid="window-orders">{ for orders }</ol>
                    if !also.is_empty() {
                        <p class="second">{ "All of them take" }{ for also }{ " as well." }</p>
                    }
                    <p>{ &window.enough }</p>
                    <p><a href={shortest} data-testid="window-shortest">{ format!("The shortest {which}: {} steps", window.steps) }</a></p>
                </div>
            </div>
            { effects(of, bench, window) }
        </>
    }
}

/// What each protection that is off would do to the window.
fn effects(of: &Instrument, bench: &Bench, window: &Window) -> Html {
    if window.effects.is_empty() {
        return Html::default();
    }
    let row = |it: &Effect| {
        let mut knobs = bench.knobs.clone();
        knobs.retain(|knob| knob.0 != it.knob);
        knobs.push((it.knob.clone(), it.value.clone()));
        let here = of.address(&knobs, &of.schedule.code(&bench.model), of.at);
        html! {
            <li data-testid={format!("effect-{}-{}", it.knob, it.value)}>
                <a class="turn" href={here}><code>{ format!("{}={}", it.knob, it.value) }</code></a>
                <span>{ effect(it) }</span>
            </li>
        }
    };
    html! {
        <>
            <h3>{ "With one protection more" }</h3>
            <ul class="effects">{ for window.effects.iter().map(row) }</ul>
        </>
    }
}

/// What a protection does, in a sentence.
fn effect(it: &Effect) -> String {
    let number = |it: &usize| format!("order {}", it + 1);
    let orders = |which: &[usize]| words::list(&which.iter().map(number).collect::<Vec<_>>());
    if it.remains {
        return "✕ The window stays open: no order of it becomes impossible.".to_owned();
    }
    let why = match (&it.prevents[..], &it.gone[..]) {
        ([], []) => {
            "each order can still be, but no schedule that fails has them together".to_owned()
        }
        ([], gone) => format!("{} cannot be: its line is gone", orders(gone)),
        (prevents, _) => {
            let is = if prevents.len() == 1 { "becomes" } else { "become" };
            format!("{} {is} impossible", orders(prevents))
        }
    };
    match it.safe {
        Some(true) => format!("✓ Safe: {why}."),
        Some(false) => format!("✕ This window closes ({why}), but another one is open."),
        None => format!("? This window closes ({why}); whether all is safe was not settled."),
    }
}

const ROW: i32 = 34;
const COLUMN: i32 = 118;
const TOP: i32 = 34;

/// The lines of the window, each actor's below each other, with an arrow for each order.
fn arrows(bench: &Bench, window: &Window) -> Html {
    let lane_of = |step: u16| bench.lines[usize::from(step)].actor;
    let pairs: Vec<Arrow> =
        window.orders.iter().map(|it| Arrow { first: it.first.step, then: it.then.step }).collect();
    let LineUp { lines, actors } = line_up(&pairs, &window.also, lane_of);
    let column = |step: u16| {
        let place = actors.iter().position(|&it| it == lane_of(step)).unwrap_or(0);
        COLUMN * place as i32 + COLUMN / 2
    };
    let row = |step: u16| {
        TOP + ROW * lines.iter().position(|&it| it == step).unwrap_or(0) as i32 + ROW / 2
    };
    let (width, height) = (COLUMN * actors.len() as i32, TOP + ROW * lines.len() as i32);
    let is_to_come = |step: u16| {
        window.orders.iter().any(|it| it.then.step == step && it.comes != Comes::Always)
    };
    let lanes = actors.iter().enumerate().map(|(number, &actor)| {
        let x = COLUMN * number as i32 + COLUMN / 2;
        html! {
            <g class={hue(bench, actor)}>
                <path class="actor-shape" d={shape(bench, actor)} transform={format!("translate({} 5) scale(.8)", x - 50)} />
                <text class="head-name" x={(x - 36).to_string()} y="14">{ &bench.model.actors[actor].name }</text>
                <path class="lane-line" d={format!("M{x} 24V{height}")} />
            </g>
        }
    });
    let orders = window.orders.iter().enumerate().map(|(number, it)| {
        let (x1, y1) = (column(it.first.step), row(it.first.step));
        let (x2, y2) = (column(it.then.step), row(it.then.step));
        let side = if x2 > x1 { 1 } else { -1 };
        let (from, to) = (x1 + side * 25, x2 - side * 28);
        let (mx, my) = (from + (to - from) / 2, y1 + (y2 - y1) / 2);
        let class = if it.comes == Comes::Always { "order" } else { "order to-come" };
        let angle = f64::from(y2 - y1).atan2(f64::from(to - from)).to_degrees() as i32;
        html! {
            <g class={class}>
                <path class="order-line" d={format!("M{from} {y1}L{to} {y2}")} />
                <path class="order-head" d="M4 0L-5 -4.5V4.5z" transform={format!("translate({to} {y2}) rotate({angle})")} />
                <circle class="order-number" cx={mx.to_string()} cy={my.to_string()} r="9" />
                <text class="order-digit" x={mx.to_string()} y={(my + 4).to_string()} text-anchor="middle">{ number + 1 }</text>
            </g>
        }
    });
    let nodes = lines.iter().map(|&step| {
        let line = &bench.lines[usize::from(step)];
        let (x, y) = (column(step), row(step));
        let class = if is_to_come(step) { "node to-come" } else { "node" };
        html! {
            <g class={format!("{class} {}", hue(bench, line.actor))}>
                <rect x={(x - 22).to_string()} y={(y - 12).to_string()} width="44" height="24" rx="3" />
                <text x={x.to_string()} y={(y + 4).to_string()} text-anchor="middle">{ &line.key }</text>
            </g>
        }
    });
    html! {
        <svg class="arrows" aria-hidden="true" width={width.to_string()} height={height.to_string()}
            viewBox={format!("0 0 {width} {height}")}>
            { for lanes }{ for orders }{ for nodes }
        </svg>
    }
}
