//! The schedules that the reader has tried, as a tree in which each can be named and returned to. It knows what the instrument holds, no event.

use racewalk_engine::export;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;
use yew::{Html, html};

use super::app::Instrument;
use super::bench::Bench;
use super::field::field;
use super::picture::hue;
use crate::tried::{Part, Tried, tree};

/// Of more steps than this in a row only the first and the last are named.
const MOST: usize = 9;

/// The section; nothing before there is something to return to.
pub(super) fn branches(of: &Instrument, schedule: &Schedule) -> Html {
    let Some((bench, tried)) = of.bench.as_ref().zip(of.tried()) else { return Html::default() };
    if tried.len() < 2 {
        return Html::default();
    }
    let traces: Vec<Trace> =
        tried.iter().map(|it| Trace::replay(&bench.model, &it.schedule)).collect();
    let all = All { of, bench, tried, traces, schedule };
    html! {
        <section class="tried-area" aria-labelledby="tried-heading">
            <h2 id="tried-heading">{ "What you have tried" }<small>{ "until you leave the page; a link keeps the schedule that stands" }</small></h2>
            <div class="tried-scroll" data-testid="tried">{ all.list(&tree(tried)) }</div>
        </section>
    }
}

struct All<'a> {
    of: &'a Instrument,
    bench: &'a Bench,
    tried: &'a [Tried],
    traces: Vec<Trace>,
    /// Where the reader is.
    schedule: &'a Schedule,
}

impl All<'_> {
    fn list(&self, parts: &[Part]) -> Html {
        html! { <ul>{ for parts.iter().map(|it| self.part(it)) }</ul> }
    }

    fn part(&self, it: &Part) -> Html {
        let code = self.tried[it.of].schedule.code(&self.bench.model);
        let steps = self.steps(it);
        if it.forks.is_empty() {
            return html! { <li class="leaf">{ self.leaf(it, &code, steps) }</li> };
        }
        let fork = self.of.address(&self.bench.knobs, &code, it.to);
        html! {
            <li>
                <a class="steps" href={fork} title={format!("To the fork, after {} steps", it.to)}>{ steps }</a>
                { self.list(&it.forks) }
            </li>
        }
    }

    fn leaf(&self, it: &Part, code: &str, steps: Html) -> Html {
        let Tried { schedule, name } = &self.tried[it.of];
        let trace = &self.traces[it.of];
        let address = self.of.address(&self.bench.knobs, code, it.to);
        let current = self.schedule == schedule;
        let counted = export::counted(&schedule.len().to_string(), "step");
        let end = trace.steps.last().and_then(|it| it.after.ending);
        let end = end.map(|it| export::explain::end(&self.bench.model, it).to_owned());
        let told = match end {
            Some(end) => format!("{counted}: {end}"),
            None => format!("{counted} so far"),
        };
        let name = field(
            &[
                ("type", "text"),
                ("placeholder", "name it"),
                ("size", "16"),
                ("maxlength", "60"),
                ("autocomplete", "off"),
                ("data-do", &format!("name {}", it.of)),
                ("data-testid", &format!("tried-name-{}", it.of)),
                ("aria-label", &format!("Name of the branch of {told}")),
            ],
            name,
        );
        html! {
            <>
                <a class="steps" href={address} aria-current={current.then_some("true")}
                    data-testid={format!("tried-{}", it.of)}>{ steps }</a>
                <span class="second">{ told }</span>
                { name }
            </>
        }
    }

    /// Its lines by their keys, each in its actor's hue.
    fn steps(&self, part: &Part) -> Html {
        let trace = &self.traces[part.of];
        let to = part.to.min(trace.steps.len());
        let key = |at: usize| {
            let line = &self.bench.lines[trace.steps[at].step.index()];
            html! { <><span class={format!("step {}", hue(self.bench, line.actor))}>{ &line.key }</span>{ " " }</> }
        };
        let from = part.from.min(to);
        if to - from <= MOST {
            return (from..to).map(key).collect();
        }
        html! { <>{ for (from..from + 4).map(key) }{ "… " }{ for (to - 3..to).map(key) }</> }
    }
}
