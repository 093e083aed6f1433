//! What "Copy for mail" gives: everything that a reader of a mailing list needs, as plain text.

use std::fmt::Write as _;

use super::json::{End, Findings, Verdict};
use super::layout::{paragraph, push, wrap};
use super::numbers::{counted, grouped};
use super::{WIDTH, table};
use crate::model::Model;
use crate::race::{Race, Settings};
use crate::trace::Trace;

/// The title, the verdict in words with its numbers (when it is known), every knob, the table of the
/// schedule, what the model leaves out, and the link. No line is wider than [`super::WIDTH`] but the
/// link's, which stays whole.
#[must_use]
pub fn mail(
    race: &Race,
    settings: &Settings,
    model: &Model,
    trace: &Trace,
    findings: Option<&Findings>,
    link: &str,
) -> String {
    let mut out = String::new();
    paragraph(&mut out, &race.title, WIDTH, 0, 2);
    out.push('\n');
    if let Some(findings) = findings {
        verdict(&mut out, findings);
        out.push('\n');
    }
    if !race.knobs.is_empty() {
        knobs(&mut out, race, settings);
        out.push('\n');
    }
    out.push_str(&table(race, settings, model, trace));
    if !race.left_out.is_empty() {
        out.push_str("\nWhat the model leaves out:\n");
        for text in &race.left_out {
            paragraph(&mut out, &format!("- {}", plain(text)), WIDTH, 2, 4);
        }
    }
    if !link.is_empty() {
        out.push('\n');
        push(&mut out, &[link.to_owned()], 0, 0);
    }
    out
}

fn verdict(out: &mut String, findings: &Findings) {
    let mut kinds: Vec<(&str, usize)> =
        findings.violations.iter().map(|it| (&*it.kind, it.steps)).collect();
    kinds.extend(findings.deadlocks.iter().map(|it| ("deadlock", it.steps)));
    let kinds = listed(&kinds);
    let sentence = match findings.verdict {
        Verdict::Safe => "Safe: no interleaving breaks anything.".to_owned(),
        Verdict::Violated => format!("Violated: {kinds}."),
        Verdict::Incomplete if kinds.is_empty() => {
            "Incomplete: a limit stopped the search, and nothing was found until then.".to_owned()
        }
        Verdict::Incomplete => {
            format!("Incomplete: a limit stopped the search. Found until then: {kinds}.")
        }
    };
    paragraph(out, &sentence, WIDTH, 0, 2);
    let tried = if findings.verdict == Verdict::Incomplete {
        "Not every interleaving was tried"
    } else {
        "Every interleaving was tried"
    };
    let mut numbers = format!(
        "{tried}: {}, {}",
        counted(&findings.states.to_string(), "state"),
        counted(&findings.transitions.to_string(), "transition")
    );
    if let Some(schedules) = &findings.schedules {
        let _ = write!(numbers, ", {}", counted(schedules, "schedule"));
        if let Some(bad) = &findings.bad_schedules {
            let fail = if bad == "1" { "fails" } else { "fail" };
            let _ =
                write!(numbers, ", of which {} {fail} (counts, not probabilities)", grouped(bad));
        }
    }
    numbers.push('.');
    paragraph(out, &numbers, WIDTH, 0, 2);
    if !findings.held_off.is_empty() {
        let shortest = findings.held_off.iter().map(|End { steps, .. }| *steps).min().unwrap_or(0);
        let text = format!(
            "Some runs are held off, which is no fault; the shortest after {}.",
            counted(&shortest.to_string(), "step")
        );
        paragraph(out, &text, WIDTH, 0, 2);
    }
}

/// "uaf-read (13 steps), fault (15)".
fn listed(kinds: &[(&str, usize)]) -> String {
    let each = kinds.iter().enumerate().map(|(index, (kind, steps))| match index {
        0 => format!("{kind} ({})", counted(&steps.to_string(), "step")),
        _ => format!("{kind} ({steps})"),
    });
    each.collect::<Vec<_>>().join(", ")
}

fn knobs(out: &mut String, race: &Race, settings: &Settings) {
    out.push_str("Knobs (* differs from its default):\n");
    for ((knob, value), declared) in settings.all(race).zip(&race.knobs) {
        let default = &declared.values[0].name;
        let line = if value == default {
            format!("  {knob}={value}")
        } else {
            format!("* {knob}={value} (default {default})")
        };
        // A paragraph would take the leading spaces away.
        let (mark, rest) = line.split_at(2);
        let lines = wrap(rest, WIDTH - 4, WIDTH - 6);
        let mut text = String::new();
        push(&mut text, &lines, 4, 6);
        out.push_str("  ");
        out.push_str(mark);
        out.push_str(text.get(4..).unwrap_or_default());
    }
}

/// A text of a race without the marks around its code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}
