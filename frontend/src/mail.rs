//! The text for a mail: asked from the engine, which is given the verdict and the link. It knows the
//! store, no clipboard.

use racewalk_engine::export;
use racewalk_engine::export::json::{End, Findings, Kind, Verdict};

use crate::protocol::{self, Found, Summary};
use crate::store::{Stand, State};

/// The text; `None` while the race makes no sense.
pub(crate) fn text(state: &State, link: &str) -> Option<String> {
    let Stand { bench, run } = state.stand()?;
    let findings = state.summary().map(|it| findings(it));
    let race = &state.race.race;
    let text =
        export::mail(race, &state.settings, &bench.model, &run.trace, findings.as_ref(), link);
    Some(text)
}

fn findings(summary: &Summary) -> Findings {
    let end = |it: &Found| End { steps: it.steps, schedule: it.schedule.clone() };
    let kind =
        |it: &Found| Kind { kind: it.kind.clone(), steps: it.steps, schedule: it.schedule.clone() };
    Findings {
        verdict: match summary.verdict {
            protocol::Verdict::Safe => Verdict::Safe,
            protocol::Verdict::Violated => Verdict::Violated,
            protocol::Verdict::Incomplete => Verdict::Incomplete,
        },
        violations: summary.violations.iter().map(kind).collect(),
        deadlocks: summary.deadlocks.iter().map(end).collect(),
        held_off: summary.held_off.iter().map(end).collect(),
        states: summary.states,
        transitions: summary.transitions,
        schedules: summary.schedules.clone(),
        bad_schedules: summary.bad_schedules.clone(),
        reduced: false,
    }
}
