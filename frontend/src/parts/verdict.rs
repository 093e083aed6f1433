//! The verdict: in a word, with every kind of failure and the counts. It knows the search's summary, no search.

use racewalk_engine::race::Settings;
use yew::prelude::*;

use super::icon::{Sign, icon, octagon, round};
use super::on;
use super::premise::premise;
use super::text::{Terms, plain};
use crate::numbers::{grouped, short};
use crate::protocol::{Found, Summary, Verdict as Word};
use crate::store::{Action, Exploration, Sheet};

/// Properties of [`Verdict`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct VerdictProps {
    /// What is known.
    pub(crate) exploration: Exploration,
    /// The code of the schedule that is loaded.
    pub(crate) code: AttrValue,
    /// Told what to load, and to play.
    pub(crate) act: Callback<Action>,
    /// Asked to stop the search.
    pub(crate) stop: Callback<()>,
    /// Given a number to copy.
    pub(crate) copy: Callback<String>,
    /// The race, for what is assumed.
    pub(crate) race: Terms,
    /// The choice of knobs.
    pub(crate) settings: Settings,
    /// The number of the preset that it is, if it is one.
    pub(crate) preset: Option<usize>,
}

/// The verdict strip.
#[component]
pub(crate) fn Verdict(props: &VerdictProps) -> Html {
    let summary = match &props.exploration {
        Exploration::Known(summary) => Some(summary.clone()),
        _ => None,
    };
    let busy = matches!(props.exploration, Exploration::Running { .. });
    html! {
        <section class="verdict" aria-label="Verdict" aria-busy={busy.to_string()}>
            { word(&props.exploration) }
            if let Some(summary) = &summary {
                <div
                    key="kinds"
                    class="kinds"
                    role="group"
                    aria-label="Ways to fail, and to be held off, with the length of a shortest schedule"
                >
                    { for summary.all().enumerate().map(|(number, it)| kind(props, number, it)) }
                </div>
                <div key="counts" class="counts">{ counts(summary, &props.copy) }</div>
            } else if let Exploration::Running { states, depth } = props.exploration {
                <div key="progress" class="progress">
                    if states > 0 {
                        <p data-testid="progress">
                            { grouped(&states.to_string()) }{ " states so far, " }
                            { depth }{ " steps deep" }
                        </p>
                        <button
                            class="button"
                            type="button"
                            onclick={props.stop.reform(|_: MouseEvent| ())}
                            data-testid="stop"
                        >
                            { "Stop" }
                        </button>
                    }
                </div>
            }
            <p key="premise" class="premise" data-testid="premise">
                { premise(&props.race.race, &props.settings, props.preset) }
                { " " }
                <button
                    class="link"
                    type="button"
                    onclick={on(&props.act, Action::Show(Some(Sheet::About)))}
                    data-testid="show-left-out"
                >
                    { "What the model leaves out" }
                </button>
            </p>
            { shortest(summary.as_deref(), &props.act) }
        </section>
    }
}

fn word(exploration: &Exploration) -> Html {
    let (class, sign, word, why) = match exploration {
        Exploration::Running { .. } => ("open", round(false), "exploring", None),
        Exploration::Failed(why) => (
            "open",
            round(false),
            "no verdict",
            Some(why.lines().next().unwrap_or_default().to_owned()),
        ),
        Exploration::Known(summary) => match summary.verdict {
            Word::Safe => ("safe", round(true), "safe", None),
            Word::Violated => ("violated", octagon(), "violated", None),
            Word::Incomplete => ("open", round(false), "incomplete", summary.stopped.clone()),
        },
    };
    html! {
        <p class={classes!("word", class)} role="status">
            { sign }
            <span>
                <span data-testid="verdict">{ word }</span>
                if let Some(why) = why {
                    <small key="why">{ why }</small>
                }
            </span>
        </p>
    }
}

/// A way in which runs end badly, or are held off; it loads a shortest schedule.
fn kind(props: &VerdictProps, number: usize, it: &Found) -> Html {
    let loaded = *it.schedule == *props.code;
    let class = if it.kind == "held off" { "kind held" } else { "kind" };
    let follow = Action::Follow { code: it.schedule.clone(), play: false };
    html! {
        <button
            {class}
            type="button"
            aria-pressed={loaded.to_string()}
            title={it.sentence.clone()}
            onclick={on(&props.act, follow)}
            data-testid={format!("kind-{}", it.kind.replace(' ', "-"))}
        >
            { &it.kind }
            <small>{ it.steps }{ if number == 0 { " steps" } else { "" } }</small>
        </button>
    }
}

fn counts(summary: &Summary, copy: &Callback<String>) -> Html {
    let count = |testid: &'static str, title: &'static str, digits: Option<&String>| {
        let value = match digits {
            Some(digits) => exact(digits, copy),
            None if summary.verdict == Word::Incomplete => html! { "?" },
            None => html! { <span title="loops make them infinite">{ "∞" }</span> },
        };
        html! { <div><dt>{ title }</dt><dd data-testid={testid}>{ value }</dd></div> }
    };
    let more = if summary.verdict == Word::Incomplete { "+" } else { "" };
    html! {
        <>
            <dl>
                <div>
                    <dt>{ "states" }</dt>
                    <dd data-testid="states">{ grouped(&summary.states.to_string()) }{ more }</dd>
                </div>
                <div>
                    <dt>{ "transitions" }</dt>
                    <dd data-testid="transitions">
                        { grouped(&summary.transitions.to_string()) }{ more }
                    </dd>
                </div>
                { count("schedules", "schedules", summary.schedules.as_ref()) }
                { count("bad-schedules", "of them fail", summary.bad_schedules.as_ref()) }
            </dl>
            <p class="second">{ "Counts, not probabilities." }</p>
        </>
    }
}

/// A number; where it is rounded, its digits on hover, and copied on a click.
fn exact(digits: &str, copy: &Callback<String>) -> Html {
    let shown = short(digits);
    if shown == grouped(digits) {
        return html! { { shown } };
    }
    let onclick = {
        let digits = digits.to_owned();
        copy.reform(move |_: MouseEvent| digits.clone())
    };
    html! {
        <button class="link exact" type="button" title={format!("{digits} (click to copy)")} {onclick}>
            { shown }
        </button>
    }
}

fn shortest(summary: Option<&Summary>, act: &Callback<Action>) -> Html {
    let Some(shortest) = summary.and_then(Summary::shortest) else { return html! {} };
    let code = shortest.schedule.clone();
    let onclick = on(act, Action::Follow { code, play: true });
    html! {
        <button key="shortest" class="primary shortest" type="button" {onclick} data-testid="shortest-failure">
            { icon(Sign::Play) }{ "Play the shortest failure" }
        </button>
    }
}

/// A report in place of everything that needs a race without mistakes.
pub(crate) fn broken(report: &str) -> Html {
    html! {
        <section class="broken" role="alert">
            <h2>{ "Under these knobs the race makes no sense" }</h2>
            <pre class="report" data-testid="report">{ report.to_owned() }</pre>
            <p class="second">{ plain("Your schedule is kept: turn the knob back, and it is there again.") }</p>
        </section>
    }
}
