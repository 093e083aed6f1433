//! The fix: cards to be placed in any gap of any lane, and the table of protections. It knows what the instrument holds, no event.

use racewalk_engine::export::counted;
use yew::{Html, html};

use super::app::{Instrument, focus};
use super::bench::Bench;
use super::picture::{hue, shape};
use crate::axes::len;
use crate::survey::{Card, Choice, Found, Gap, Protections};
use crate::words;

/// The section.
pub(super) fn fix(of: &Instrument) -> Html {
    let Some(bench) = &of.bench else { return Html::default() };
    let cards = bench.cards.as_deref().unwrap_or_default();
    html! {
        <section class="fix-area" aria-labelledby="fix-heading">
            if bench.cards.is_some() {
                <h2 id="fix-heading">{ "The fix" }<small>{ "what a wait would do in any gap of any lane" }</small></h2>
                if let Some(card) = cards.get(of.card) {
                    { palette(of, cards) }
                    { told(of, bench, cards, card) }
                    { lanes(of, bench, card) }
                } else {
                    <p class="second">{ "This race offers no card to place." }</p>
                }
            }
            { bench.protections.as_ref().map(|it| protections(of, it)) }
        </section>
    }
}

fn palette(of: &Instrument, cards: &[Card]) -> Html {
    let one = |(number, card): (usize, &Card)| {
        let class =
            if of.carried.is_some_and(|it| it.0 == number) { "card carried" } else { "card" };
        html! {
            <button type="button" class={class} data-card={number.to_string()} data-do={format!("card {number}")}
                data-testid={format!("card-{}", card.name)} aria-pressed={(number == of.card).to_string()}>
                <code>{ &card.title }</code>
            </button>
        }
    };
    html! {
        <div class="cards" role="group" aria-label="Cards">
            { for cards.iter().enumerate().map(one) }
            <span class="second">{ "Drag it to a gap, or press a gap. ✓ is enough there, ✕ is not." }</span>
        </div>
    }
}

/// Where a gap is.
fn place(bench: &Bench, actor: usize, gap: usize) -> String {
    let name = &bench.model.actors[actor].name;
    let first = usize::from(bench.model.actors[actor].steps.start);
    if gap < len(&bench.model, actor) {
        format!("before {} of {name}", bench.lines[first + gap].key)
    } else {
        format!("at the end of {name}")
    }
}

/// What comes of the card where it was placed, or of all its gaps.
fn told(of: &Instrument, bench: &Bench, cards: &[Card], card: &Card) -> Html {
    let placed = of.placed.and_then(|(number, actor, gap)| {
        let card = cards.get(number)?;
        Some((card, card.gaps.iter().find(|it| it.actor == actor && it.gap == gap)?))
    });
    let Some((card, gap)) = placed else {
        let enough = card.gaps.iter().filter(|it| it.found.safe == Some(true)).count();
        return html! {
            <p role="status" class="placed-told" data-testid="placed">
                <code>{ &card.title }</code>
                { format!(" is enough in {enough} of {} gaps, under these knobs.", card.gaps.len()) }
            </p>
        };
    };
    let place = place(bench, gap.actor, gap.gap);
    let Found { failure, states, .. } = &gap.found;
    let result = match (gap.found.safe, failure) {
        (Some(true), _) => html! {
            <>{ "✓ " }<b>{ "Enough." }</b>{ format!(" No schedule fails any more, in {}.", words::states(*states)) }</>
        },
        (_, Some((kind, steps, code))) => {
            let length = counted(&steps.to_string(), "step");
            let show = (!code.is_empty())
                .then(|| of.address(&bench.knobs, code, usize::MAX >> 1))
                .flatten();
            html! {
                <>
                    { "✕ " }<b>{ "Not enough." }</b>
                    { format!(" The shortest failure that is left is {kind}, after {length}: ") }
                    <code>{ gap.spelled.join(" ") }</code>{ ". " }
                    if let Some(show) = show {
                        <a href={show} data-testid="placed-failure">{ "Show it" }</a>
                        { ", without the card’s own steps: they only wait." }
                    } else {
                        { "Without the card this schedule does not fail: it is the wait itself that does harm here." }
                    }
                </>
            }
        }
        (_, None) => html! { <>{ "? Not settled: a limit stopped the search." }</> },
    };
    html! {
        <p role="status" class="placed-told" data-testid="placed">
            <code>{ &card.title }</code>{ format!(" {place}: ") }{ result }{ " " }
            <button type="button" class="button small" data-do="take-back">{ "Take it back" }</button>
        </p>
    }
}

fn lanes(of: &Instrument, bench: &Bench, card: &Card) -> Html {
    let lane = |actor: usize| {
        let count = len(&bench.model, actor);
        let first = usize::from(bench.model.actors[actor].steps.start);
        let rows = (0..=count).map(|number| {
            let gap = card.gaps.iter().find(|it| it.actor == actor && it.gap == number);
            let line = (number < count).then(|| &bench.lines[first + number]);
            html! {
                <>
                    if let Some(gap) = gap {
                        <li class="gap-row">{ self::gap(of, bench, card, gap) }</li>
                    }
                    if let Some(line) = line {
                        <li class="line-row"><b class="key">{ &line.key }</b>{ " " }<code>{ &line.label }</code></li>
                    }
                </>
            }
        });
        html! {
            <div class={format!("fix-lane {}", hue(bench, actor))}>
                <h3>
                    <svg class="glyph" viewBox="0 0 12 12" aria-hidden="true"><path d={shape(bench, actor)} /></svg>
                    { &bench.model.actors[actor].name }
                </h3>
                <ol>{ for rows }</ol>
            </div>
        }
    };
    let actors = (0..bench.model.actors.len()).filter(|&it| len(&bench.model, it) > 0);
    html! { <div class="fix-lanes" data-testid="fix-lanes">{ for actors.map(lane) }</div> }
}

fn gap(of: &Instrument, bench: &Bench, card: &Card, gap: &Gap) -> Html {
    let (class, sign, word) = match gap.found.safe {
        Some(true) => ("gap enough", "✓", "enough"),
        Some(false) => ("gap", "✕", "not enough"),
        None => ("gap", "?", "not settled"),
    };
    let placed = of.placed == Some((of.card, gap.actor, gap.gap));
    let over = of.carried.is_some_and(|it| it.1 == Some((gap.actor, gap.gap)));
    let class = match (placed, over) {
        (true, _) => format!("{class} placed"),
        (_, true) => format!("{class} over"),
        _ => class.to_owned(),
    };
    let label = format!("{} {}: {word}", card.title, place(bench, gap.actor, gap.gap));
    html! {
        <button type="button" class={class} aria-pressed={placed.to_string()} aria-label={label}
            data-gap={format!("{} {}", gap.actor, gap.gap)} data-do={format!("gap {} {}", gap.actor, gap.gap)}
            data-testid={format!("gap-{}-{}", gap.actor, gap.gap)}>
            <span class="here">{ if placed || over { &*card.title } else { "" } }</span>
            <span class="sign">{ sign }</span>
        </button>
    }
}

/// An actor and a gap, as `data-gap` writes them.
pub(super) fn read(gap: &str) -> Option<(usize, usize)> {
    let (actor, gap) = gap.split_once(' ')?;
    Some((actor.parse().ok()?, gap.parse().ok()?))
}

/// From one gap to the next by keys, and from the first of a lane to the card; nothing is drawn again for that.
pub(super) fn step(gap: &str, key: &str) -> bool {
    let Some((actor, gap)) = read(gap) else { return false };
    let (actor, gap) = match key {
        "ArrowUp" => (Some(actor), gap.checked_sub(1)),
        "ArrowDown" => (Some(actor), Some(gap + 1)),
        "ArrowLeft" => (actor.checked_sub(1), Some(gap)),
        "ArrowRight" => (Some(actor + 1), Some(gap)),
        "Home" => (Some(actor), Some(0)),
        _ => return false,
    };
    match (actor, gap) {
        (Some(actor), Some(gap)) => focus(&format!("[data-gap=\"{actor} {gap}\"]")),
        (Some(_), None) => focus("[data-card][aria-pressed=true]"),
        _ => {}
    }
    false
}

/// From one card to the next by keys, and down to the gaps; nothing is drawn again for that.
pub(super) fn step_card(card: &str, key: &str) -> bool {
    let Ok(card) = card.parse::<usize>() else { return false };
    match key {
        "ArrowLeft" => focus(&format!("[data-card=\"{}\"]", card.saturating_sub(1))),
        "ArrowRight" => focus(&format!("[data-card=\"{}\"]", card + 1)),
        "ArrowDown" => focus("[data-gap]"),
        _ => {}
    }
    false
}

fn protections(of: &Instrument, found: &Result<Protections, String>) -> Html {
    let found = match found {
        Ok(found) if found.protections.is_empty() => return Html::default(),
        Ok(found) => found,
        Err(why) => return html! { <p class="second">{ why }</p> },
    };
    let least: Vec<&Choice> = found.choices.iter().filter(|it| it.minimal).collect();
    let sets = least.iter().map(|it| {
        html! { <li><a href={of.address(&it.knobs, "", 0)}>{ set(found, it) }</a></li> }
    });
    let row = |it: &Choice| {
        let cells = it.on.iter().map(|on| match on {
            Some(value) => html! { <td class="on">{ value }</td> },
            None => html! { <td class="off">{ "–" }</td> },
        });
        html! {
            <tr class={if it.here { "here" } else { "" }} aria-current={it.here.then_some("true")}>
                { for cells }
                <td class="verdict-cell">{ verdict(of, it) }</td>
            </tr>
        }
    };
    let count = counted(&found.choices.len().to_string(), "combination");
    let safe = found.choices.iter().filter(|it| it.found.safe == Some(true)).count();
    html! {
        <div class="protections" data-testid="protections">
            <h3>{ "Protections" }<small class="second">{ format!(" {count}: {safe} safe") }</small></h3>
            if least.is_empty() {
                <p>{ "No combination of them is safe." }</p>
            } else {
                <p>{ "Safe, and with fewer of the same not:" }</p>
                <ul class="least" data-testid="least">{ for sets }</ul>
            }
            <details open={found.choices.len() <= 16}>
                <summary>{ format!("All {count}") }</summary>
                <div class="table-scroll">
                    <table data-testid="protection-table">
                        <thead><tr>
                            { for found.protections.iter().map(|it| html! { <th scope="col"><code>{ &it.knob }</code></th> }) }
                            <th scope="col">{ "Verdict" }</th>
                        </tr></thead>
                        <tbody>{ for found.choices.iter().map(row) }</tbody>
                    </table>
                </div>
            </details>
        </div>
    }
}

/// A set of protections by name.
fn set(found: &Protections, it: &Choice) -> String {
    let on: Vec<String> = (found.protections.iter().zip(&it.on))
        .filter_map(|(of, on)| Some(format!("{}={}", of.knob, on.as_ref()?)))
        .collect();
    if on.is_empty() { "none of them".to_owned() } else { on.join(" + ") }
}

fn verdict(of: &Instrument, it: &Choice) -> Html {
    let tag = match (it.minimal, it.maximal) {
        (true, _) => " (the least)",
        (_, true) => " (one more of them, and it is safe)",
        _ => "",
    };
    match (&it.found.failure, it.found.safe) {
        (Some((kind, steps, code)), _) => {
            let length = counted(&steps.to_string(), "step");
            html! { <><a href={of.address(&it.knobs, code, *steps)}>{ format!("✕ {kind}, {length}") }</a><span class="second">{ tag }</span></> }
        }
        (None, Some(true)) => {
            html! { <><a href={of.address(&it.knobs, "", 0)}>{ "✓ safe" }</a><span class="second">{ tag }</span></> }
        }
        (None, _) => html! { <>{ "? incomplete" }</> },
    }
}
