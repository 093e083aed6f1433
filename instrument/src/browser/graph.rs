//! The progress graph with what is told of it. It knows what the instrument holds, no event.

use yew::{Html, html};

use super::app::Instrument;
use super::bench::{Apart, Bench};
use super::field::field;
use super::picture::{hue, picture};
use crate::axes::{Axis, apart, len};
use crate::census::Census;
use crate::words;

/// The section.
pub(super) fn graph(of: &Instrument) -> Html {
    let found = of.bench.as_ref().and_then(|bench| Some((bench, bench.census.as_ref()?)));
    let failed = of.bench.as_ref().and_then(|it| it.failed.clone());
    let inside = match (of.fault, failed, found) {
        (Some(fault), ..) => {
            html! { <p class="second" data-testid="instrument-fault">{ fault }</p> }
        }
        (None, _, Some((bench, census))) => drawn(of, bench, census),
        (None, Some(failed), None) => {
            html! { <p class="second" data-testid="instrument-fault">{ failed }</p> }
        }
        (None, None, None) => html! { <p class="second">{ "Looking at every schedule …" }</p> },
    };
    let counted = found.map(|(_, census)| count(census));
    html! {
        <section class="graph-area" aria-labelledby="graph-heading">
            <h2 id="graph-heading">{ "All schedules at once" }<small data-testid="graph-count">{ counted }</small></h2>
            <div class="graph-room"></div>
            { inside }
        </section>
    }
}

fn count(census: &Census) -> String {
    let states = words::states(census.tally.all());
    let mut text = format!(
        "{states}: {} safe, {} can still fail, {} lost",
        census.tally.safe, census.tally.open, census.tally.lost
    );
    if census.stopped {
        text += ", and more that a limit kept out: incomplete";
    }
    text
}

fn drawn(of: &Instrument, bench: &Bench, census: &Census) -> Html {
    let told =
        |cell| bench.drawn.grid.told(&bench.model, census, &bench.axes, &bench.drawn.regions, cell);
    let looked_at = of.hover.or(of.cursor);
    let here = of.here();
    let cell = looked_at.or(here);
    let lead = match (looked_at, cell == here) {
        (Some(_), false) => "There",
        _ => "Here",
    };
    let told = cell.map(told).unwrap_or_default();
    let next = cell.map(|it| next(bench, it)).unwrap_or_default();
    html! {
        <>
            { choices(bench) }
            <div class="graph-scroll">{ picture(of, bench) }</div>
            if let Some(refused) = &of.refused {
                <p class="graph-refused" role="alert" data-testid="graph-refused">{ refused }</p>
            }
            <p class="graph-told" role="status" data-testid="graph-told">
                <b>{ lead }{ ": " }</b>{ told.first().cloned() }{ " " }
                { told.get(1).map(|it| html! { <b>{ it }</b> }) }
                { for told.iter().skip(2).map(|it| format!(" {it}")) }
                if !next.is_empty() { <span class="second">{ " Next: " }{ next }</span> }
            </p>
            <p class="second" id="graph-help">
                { "A line is a step, a cell is where both stand. Drag the path by a corner or by any cell. Keys: arrows look around, Enter leads the path through a cell, Space takes hold of it." }
                { joined(bench, &bench.axes.across) }{ joined(bench, &bench.axes.down) }
            </p>
            { of.kept[4].still(of.stamp(), || spoken(bench)) }
        </>
    }
}

/// What both actors of a cell would do next.
fn next(bench: &Bench, (x, y): (usize, usize)) -> String {
    let line = |axis: &Axis, place: usize| {
        let step = axis.steps(&bench.model).nth(place)?;
        let line = &bench.lines[step.index()];
        Some(format!("{} {}", line.key, line.label))
    };
    let lines = [line(&bench.axes.down, y), line(&bench.axes.across, x)];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    if lines.is_empty() { String::new() } else { format!("{}.", lines.join(", or ")) }
}

/// Why an actor stands on the axis of another one.
fn joined(bench: &Bench, axis: &Axis) -> String {
    let name = |it: usize| &bench.model.actors[it].name;
    let pairs = axis.actors.iter().zip(axis.actors.iter().skip(1));
    pairs
        .map(|(&first, &then)| {
            format!(
                " In every schedule {} begins when {} has finished, so they share an axis.",
                name(then),
                name(first)
            )
        })
        .collect()
}

/// Which actors the axes are of, where there is a choice, and where the others stand.
fn choices(bench: &Bench) -> Html {
    let choice = |title: &'static str, which: &'static str, axis: &Axis| {
        html! {
            <label class="axis-choice">
                { title }{ " " }
                <span class="pick"><select data-do={which} data-testid={format!("axis-{which}")}>
                    { for bench.chains.iter().enumerate().map(|(number, it)| html! {
                        <option value={number.to_string()} selected={it == axis}>{ it.name(&bench.model) }</option>
                    }) }
                </select></span>
            </label>
        }
    };
    html! {
        <div class="axis-choices">
            if bench.chains.len() > 2 {
                { choice("Down:", "down", &bench.axes.down) }
                { choice("Across:", "across", &bench.axes.across) }
            }
            { for apart(&bench.model, &bench.axes).map(|it| stands(bench, it)) }
        </div>
    }
}

/// Where an actor stands of whom no axis tells: where the schedule has brought it, before a line, or anywhere.
fn stands(bench: &Bench, actor: usize) -> Html {
    let name = &bench.model.actors[actor].name;
    let most = len(&bench.model, actor);
    let (chosen, place) = (bench.apart[actor], bench.drawn.others.get(actor).copied().flatten());
    let told = place.map_or_else(
        || "anywhere".to_owned(),
        |it| words::place(&bench.model, actor, it)[name.len() + 1..].to_owned(),
    );
    let button = |word: &'static str, text: &'static str, is: Apart| {
        html! {
            <button type="button" class="button small" data-do={format!("apart {actor} {word}")}
                data-testid={format!("apart-{actor}-{word}")} aria-pressed={(chosen == is).to_string()}>{ text }</button>
        }
    };
    let slider = field(
        &[
            ("type", "range"),
            ("min", "0"),
            ("max", &most.to_string()),
            ("data-do", &format!("apart {actor}")),
            ("data-testid", &format!("apart-{actor}")),
            ("aria-label", &format!("Where {name} stands")),
            ("aria-valuetext", &told),
        ],
        &place.unwrap_or(0).to_string(),
    );
    html! {
        <div class="apart" role="group" aria-label={format!("Where {name} stands")}>
            <label>
                <b class={hue(bench, actor)}>{ name }</b>
                { slider }
            </label>
            <span class="apart-told" data-testid={format!("apart-{actor}-told")}>{ told }</span>
            { button("follows", "follows the schedule", Apart::Follows) }
            { button("anywhere", "anywhere", Apart::Anywhere) }
        </div>
    }
}

/// The graph as text: of each row which cells have which fate.
fn spoken(bench: &Bench) -> Html {
    use crate::grid::Fate;
    let grid = &bench.drawn.grid;
    let word = |it: Fate| match it {
        Fate::Unreachable => "unreachable",
        Fate::Safe => "safe",
        Fate::Open => "can still fail",
        Fate::Lost => "lost",
        Fate::Unknown => "unknown",
        Fate::Mixed => "mixed",
    };
    let name = |axis: &Axis, place: usize| match axis.steps(&bench.model).nth(place) {
        Some(step) => format!("before {}", bench.lines[step.index()].key),
        None => "at the end".to_owned(),
    };
    let rows = (0..grid.rows).map(|y| {
        let mut runs: Vec<(usize, usize, Fate)> = Vec::new();
        for x in 0..grid.columns {
            let fate = grid.cell(x, y).map_or(Fate::Unreachable, crate::grid::Cell::fate);
            match runs.last_mut() {
                Some(run) if run.2 == fate => run.1 = x,
                _ => runs.push((x, x, fate)),
            }
        }
        let runs: Vec<String> = (runs.into_iter())
            .map(|(from, to, fate)| {
                let (from_name, to_name) =
                    (name(&bench.axes.across, from), name(&bench.axes.across, to));
                if from == to {
                    format!("{from_name}: {}", word(fate))
                } else {
                    format!("{from_name} to {to_name}: {}", word(fate))
                }
            })
            .collect();
        html! {
            <tr><th scope="row">{ name(&bench.axes.down, y) }</th><td>{ runs.join("; ") }</td></tr>
        }
    });
    html! {
        <div class="vh"><table data-testid="graph-text">
            <caption>{ format!("What comes of it, by where {} and {} stand", bench.axes.down.name(&bench.model), bench.axes.across.name(&bench.model)) }</caption>
            <tbody>{ for rows }</tbody>
        </table></div>
    }
}
