//! The schedule in time: the fate of each beginning with the counts ahead, the way from bad to good, and schedules that are asked for. It knows what the instrument holds, no event.

use racewalk_engine::schedule::Schedule;
use yew::{Html, html};

use super::app::Instrument;
use super::bench::Bench;
use super::picture::hue;
use crate::survey::{Ahead, Beginning, Times, Witness};

/// The least width of a beginning, what a digit takes, and the ribbon's place.
const LEAST: i32 = 50;
const DIGIT: i32 = 8;
const TOP: i32 = 20;
/// What each mark takes above it.
const MARK: i32 = 15;
const HIGH: i32 = 20;

/// The section.
pub(super) fn time(of: &Instrument) -> Html {
    let Some((bench, times)) = of.bench.as_ref().and_then(|it| Some((it, it.times.as_ref()?)))
    else {
        return Html::default();
    };
    let here = times.beginnings.get(of.at.min(times.beginnings.len().saturating_sub(1)));
    html! {
        <section class="course-area" aria-labelledby="course-heading">
            <h2 id="course-heading">{ "What is still ahead" }<small>{ "complete schedules after each step, and how many of them fail: counts, never probabilities" }</small></h2>
            <div class="course-scroll" role="group" tabindex="0" aria-labelledby="course-heading">{ ribbon(of, bench, times) }</div>
            <p class="course-told" role="status" data-testid="ahead">{ here.map(ahead) }</p>
            { table(bench, times) }
            { mended(of, bench, times) }
            { asked(of, bench) }
        </section>
    }
}

/// `From here 12 complete schedules remain, and 12 of them fail.`
fn ahead(it: &Beginning) -> String {
    let Some((all, failing)) = &it.counts else {
        return "How many schedules are ahead is not known.".to_owned();
    };
    let (is, s) = if all == "1" { ("remains", "") } else { ("remain", "s") };
    let what = match it.fate {
        Ahead::Safe => "none of them fails",
        Ahead::Lost => "every one of them fails",
        Ahead::Open | Ahead::Unknown => {
            return format!(
                "From here {all} complete schedule{s} {is}, and {failing} of them fail."
            );
        }
    };
    format!("From here {all} complete schedule{s} {is}: {what}.")
}

fn class(fate: Ahead) -> (&'static str, Option<&'static str>) {
    match fate {
        Ahead::Safe => ("cell safe", None),
        Ahead::Open => ("cell open", Some("url(#fate-open)")),
        Ahead::Lost => ("cell lost", None),
        Ahead::Unknown => ("cell unknown", Some("url(#fate-unknown)")),
    }
}

/// The lines that the schedule takes, by their keys, each with its actor.
fn taken(bench: &Bench, times: &Times) -> Vec<(String, usize)> {
    let schedule = Schedule::parse(&times.schedule, &bench.model).unwrap_or_default();
    let trace = racewalk_engine::trace::Trace::replay(&bench.model, &schedule);
    let line = |it: &racewalk_engine::trace::Taken| {
        let named = &bench.lines[it.step.index()];
        (named.key.clone(), named.actor)
    };
    trace.steps.iter().map(line).collect()
}

fn ribbon(of: &Instrument, bench: &Bench, times: &Times) -> Html {
    let steps = taken(bench, times);
    let count = times.beginnings.len();
    let digits = times.beginnings.iter().filter_map(|it| Some(it.counts.as_ref()?.0.len())).max();
    let wide = (digits.unwrap_or(1) as i32 * DIGIT + 10).max(LEAST);
    let mut marks: Vec<(usize, String, &str)> = Vec::new();
    for (at, it) in times.beginnings.iter().enumerate() {
        marks.extend(it.fixed.iter().map(|it| (at, it.clone(), "fixed")));
        if times.no_return == Some(at) {
            marks.push((at, "point of no return: all that follows fails".to_owned(), "no-return"));
        }
    }
    let top = TOP + MARK * marks.len() as i32;
    let (width, height) = (wide * count as i32 + 2, top + HIGH + 38);
    let beginnings = times.beginnings.iter().enumerate().map(|(at, it)| {
        let x = wide * at as i32 + 1;
        let (class, fill) = class(it.fate);
        let middle = x + wide / 2;
        let (all, failing) = it.counts.clone().unwrap_or_else(|| ("?".to_owned(), "?".to_owned()));
        let name = at.checked_sub(1).and_then(|it| steps.get(it));
        let key = name.map_or("start", |it| it.0.as_str());
        let hue = name.map_or("", |it| hue(bench, it.1));
        html! {
            <>
                <rect class={class} x={x.to_string()} y={top.to_string()} width={wide.to_string()} height={HIGH.to_string()} fill={fill} />
                <text class={format!("line-name {hue}")} x={middle.to_string()} y={(top - 6).to_string()} text-anchor="middle">{ key }</text>
                <text class="ahead-all" x={middle.to_string()} y={(top + HIGH + 15).to_string()} text-anchor="middle">{ all }</text>
                <text class="ahead-failing" x={middle.to_string()} y={(top + HIGH + 31).to_string()} text-anchor="middle">{ failing }</text>
            </>
        }
    });
    // Each on a line of its own, the earlier ones above; where one would run out, it stands before its step.
    let marks = marks.iter().enumerate().map(|(number, (at, word, class))| {
        let x = wide * *at as i32 + 1;
        let y = MARK * number as i32;
        let runs_out = x + word.chars().count() as i32 * 31 / 5 + 8 > width;
        let (from, anchor) = if runs_out { (x - 5, "end") } else { (x + 5, "start") };
        html! {
            <>
                <path class={*class} d={format!("M{x} {y}V{}", top + HIGH)} />
                <text class={format!("{class} mark-word")} x={from.to_string()} y={(y + 11).to_string()} text-anchor={anchor}>{ word }</text>
            </>
        }
    });
    let here = wide * of.at.min(count.saturating_sub(1)) as i32 + 1;
    html! {
        <svg class="ribbon" aria-hidden="true" width={width.to_string()} height={height.to_string()} viewBox={format!("0 0 {width} {height}")}>
            { for beginnings }
            <path class="borders" d={format!("M1 {top}H{}V{}H1z", width - 1, top + HIGH)} />
            { for marks }
            <rect class="ribbon-here" x={here.to_string()} y={top.to_string()} width={wide.to_string()} height={HIGH.to_string()} />
        </svg>
    }
}

/// The same as a table, for whoever wants the numbers or hears the page.
fn table(bench: &Bench, times: &Times) -> Html {
    let steps = taken(bench, times);
    let row = |(at, it): (usize, &Beginning)| {
        let step =
            at.checked_sub(1).and_then(|it| steps.get(it)).map_or("at the start", |it| &it.0);
        let (all, failing) = it.counts.clone().unwrap_or_else(|| ("?".to_owned(), "?".to_owned()));
        let fate = match it.fate {
            Ahead::Safe => "safe",
            Ahead::Open => "can still fail",
            Ahead::Lost => "lost",
            Ahead::Unknown => "unknown",
        };
        let mut fixed: Vec<String> = it.fixed.iter().map(|it| format!("fixed: {it}")).collect();
        if times.no_return == Some(at) {
            fixed.push("the point of no return".to_owned());
        }
        html! {
            <tr>
                <td>{ at }</td><th scope="row">{ step }</th><td>{ all }</td><td>{ failing }</td><td>{ fate }</td><td>{ fixed.join("; ") }</td>
            </tr>
        }
    };
    html! {
        <details class="course-table">
            <summary>{ "As a table" }</summary>
            <div class="table-scroll"><table data-testid="course-table">
                <thead><tr>
                    <th scope="col">{ "Steps" }</th><th scope="col">{ "Line" }</th><th scope="col">{ "Schedules ahead" }</th>
                    <th scope="col">{ "of them fail" }</th><th scope="col">{ "Fate" }</th><th scope="col">{ "What is settled" }</th>
                </tr></thead>
                <tbody>{ for times.beginnings.iter().enumerate().map(row) }</tbody>
            </table></div>
        </details>
    }
}

/// From bad to good, swap by swap.
fn mended(of: &Instrument, bench: &Bench, times: &Times) -> Html {
    let known = bench.mended.as_ref().filter(|it| match it {
        Ok(it) => of.swapping.is_some() || it.stops().any(|it| it == times.schedule),
        Err(_) => true,
    });
    let Some(known) = known else {
        return html! {
            if times.is_lost {
                <p><button type="button" class="button" data-do="mend" data-testid="mend">{ "From bad to good: the nearest schedule that does not fail" }</button></p>
            }
        };
    };
    let mended = match known {
        Err(why) => return html! { <p data-testid="mended">{ why }</p> },
        Ok(mended) => mended,
    };
    let link = |code: &str| of.address(&bench.knobs, code, usize::MAX >> 1);
    let count = mended.swaps.len();
    // What the schedule that stands here is on the way: said while it is played, and wherever the reader stops.
    let code = of.schedule.code(&bench.model);
    let stands = mended.stops().position(|it| it == code);
    let current = |it: &str| (it == code).then_some("true");
    let told = stands.map(|it| match (it, mended.swaps.get(it.wrapping_sub(1))) {
        (0, _) => "The failure.".to_owned(),
        (_, Some((words, _))) => {
            let settles = if it == count { ": this settles it" } else { "" };
            format!("Swap {it} of {count}, {words}{settles}.")
        }
        _ => "Gone on with, to a good end.".to_owned(),
    });
    let swaps = mended.swaps.iter().enumerate().map(|(number, (words, code))| {
        let settles = number + 1 == count;
        html! {
            <li>
                <a href={link(code)} aria-current={current(code)}>{ words }</a>
                if settles { <b>{ " settles it" }</b> }
            </li>
        }
    });
    html! {
        <div class="mended" data-testid="mended">
            <h3>{ "From bad to good, one swap of neighbours at a time" }
                <button type="button" class="button small" data-do="swaps" data-testid="mended-play" aria-pressed={of.swapping.is_some().to_string()}>
                    { if of.swapping.is_some() { "Stop" } else { "Play the swaps" } }
                </button>
            </h3>
            <p role="status" data-testid="mended-told">{ told }</p>
            <ol>
                <li><a href={link(&mended.from)} aria-current={current(&mended.from)}>{ "the failure" }</a></li>
                { for swaps }
                <li><a href={link(&mended.good)} aria-current={current(&mended.good)} data-testid="mended-good">{ "gone on with, to a good end" }</a></li>
            </ol>
        </div>
    }
}

/// Does a schedule exist where …
fn asked(of: &Instrument, bench: &Bench) -> Html {
    let answer = bench.witness.as_ref().map(|(question, found)| match found {
        Witness::Found(steps, code) => {
            let steps = racewalk_engine::export::counted(&steps.to_string(), "step");
            let link = of.address(&bench.knobs, code, usize::MAX >> 1);
            html! { <>{ "Yes, " }<a href={link} data-testid="witness-show">{ steps }</a>{ ": a shortest schedule where " }<code>{ question }</code>{ "." }</> }
        }
        Witness::None(states) => html! {
            <>{ "None where " }<code>{ question }</code>{ format!(", in {}.", crate::words::states(*states)) }</>
        },
        Witness::Unknown(why) => html! { <>{ why }</> },
    });
    let example = match (bench.lines.first(), bench.lines.last()) {
        (Some(first), Some(last)) => format!("{} before {}", last.key, first.key),
        _ => String::new(),
    };
    html! {
        <div class="asked">
            <label>{ "Does a schedule exist where " }
                <input type="text" data-do="witness" data-testid="witness" placeholder={example} size="24" autocomplete="off" spellcheck="false" />
            </label>
            { " ?" }
            <p role="status" data-testid="witness-told">{ answer }</p>
        </div>
    }
}
