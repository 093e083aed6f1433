//! What the engine says of a race, as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use racewalk_embed::{Bench, Embed};
use racewalk_engine::explore::{Answer, Found, Limits, Verdict, answer, explore};
use racewalk_engine::export::{counted, grouped, table};
use racewalk_engine::model::{Mark, Model};
use racewalk_engine::race::{Knob, Race, Settings, Sweep};
use racewalk_engine::view::Stage;

/// What the race is about.
pub(crate) fn about(race: &Race) -> String {
    race.about.join("\n\n") + "\n"
}

/// The knobs and what their values mean.
pub(crate) fn knobs(race: &Race) -> String {
    let mut out = String::new();
    for Knob { name, text, values, marks, .. } in &race.knobs {
        line(&mut out, &format!("- **`{name}`**: {text}{}", marked(marks)));
        for value in values {
            let text =
                if value.text.is_empty() { String::new() } else { format!(": {}", value.text) };
            line(&mut out, &format!("  - `{}`{text}{}", value.name, marked(&value.marks)));
        }
    }
    out
}

/// A table of the verdicts: every preset, then every value of every knob turned alone.
pub(crate) fn verdicts(race: &Race) -> Result<String, String> {
    let mut out = String::from("| what | knobs | verdict |\n|---|---|---|\n");
    for preset in &race.presets {
        row(&mut out, race, &preset.title, &race.preset(preset))?;
    }
    for knob in &race.knobs {
        for value in &knob.values[1..] {
            let mut settings = race.settings();
            settings.set(race, &knob.name, &value.name).map_err(|error| error.to_string())?;
            if !race.presets.iter().any(|preset| race.preset(preset) == settings) {
                row(&mut out, race, &format!("only `{}` turned", knob.name), &settings)?;
            }
        }
    }
    Ok(out)
}

fn row(out: &mut String, race: &Race, title: &str, settings: &Settings) -> Result<(), String> {
    let model = race.compile(settings).map_err(|report| report.to_string())?;
    let answer = ask(&model)?;
    let knobs: Vec<String> =
        settings.changed(race).map(|(knob, value)| format!("`{knob}={value}`")).collect();
    let knobs = if knobs.is_empty() { "–".to_owned() } else { knobs.join(" ") };
    line(out, &format!("| {title} | {knobs} | {} |", verdict(&model, &answer)));
    Ok(())
}

/// In a table's cell: safe, or each kind with its fewest steps and a shortest schedule.
fn verdict(model: &Model, answer: &Answer) -> String {
    let mut found: Vec<String> = Vec::new();
    for violation in &answer.violations {
        let name = &model.violations[violation.violation.index()].name;
        let (steps, code) = (violation.schedule.len(), violation.schedule.code(model));
        found.push(format!("**{name}** after {steps} steps (`{code}`)"));
    }
    found.extend(
        answer.deadlocks.iter().map(|it| format!("**deadlock** after {} steps", it.schedule.len())),
    );
    if found.is_empty() {
        found.push("safe".to_owned());
    }
    if !answer.held_off.is_empty() {
        found.push("may be held off".to_owned());
    }
    found.join(", ")
}

/// A book has no room for an answer that is not one.
fn ask(model: &Model) -> Result<Answer, String> {
    let answer = answer(model, &explore(model, Limits::default()));
    match answer.verdict {
        Verdict::Incomplete => Err("a limit stopped the search".to_owned()),
        Verdict::Safe | Verdict::Violated => Ok(answer),
    }
}

/// How many combinations of all knobs come to what.
pub(crate) fn sweep(race: &Race) -> Result<String, String> {
    let sweep = Sweep::new(race, race.settings(), |_| true);
    let combinations = sweep.combinations();
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    let mut safe = 0u64;
    let mut swept = sweep.of_each_model(race, broken);
    for choice in swept.by_ref() {
        let choice = choice.map_err(|report| report.to_string())?;
        let found = choice.found.as_ref().as_ref().map_err(String::clone)?;
        safe += u64::from(found.is_empty());
        for kind in found {
            *kinds.entry(kind.clone()).or_default() += 1;
        }
    }
    let mut out = format!(
        "All knobs together have {}, which compile to {}. {} are safe.\n\n| kind | combinations in which it can happen |\n|---|---|\n",
        counted(&combinations.to_string(), "combination"),
        counted(&swept.distinct().to_string(), "distinct model"),
        grouped(&safe.to_string()),
    );
    for (kind, count) in &kinds {
        line(&mut out, &format!("| {kind} | {} |", grouped(&count.to_string())));
    }
    Ok(out)
}

/// What can break in a model, by name.
fn broken(model: &Model) -> Result<Vec<String>, String> {
    let answer = ask(model)?;
    let name = |it: &Found| model.violations[it.violation.index()].name.clone();
    let mut found: Vec<String> = answer.violations.iter().map(name).collect();
    found.extend((!answer.deadlocks.is_empty()).then(|| "deadlock".to_owned()));
    Ok(found)
}

/// The steps of each actor, with where the kernel does them.
pub(crate) fn steps(model: &Model) -> String {
    let mut out = String::new();
    for lane in Stage::of(model).lanes {
        line(
            &mut out,
            &format!("**{}** (`{}`)\n\n| step | | source |\n|---|---|---|", lane.title, lane.name),
        );
        for row in lane.rows {
            let source = |it: &racewalk_engine::model::Source| {
                let versions = it.versions.join(", ");
                let versions =
                    if versions.is_empty() { versions } else { format!(" ({versions})") };
                format!("{}: `{}`{versions}", it.file, it.function)
            };
            let sources: Vec<String> = row.sources.iter().map(source).collect();
            let label = row.label.replace('|', "\\|");
            let sources = sources.join("<br>");
            line(
                &mut out,
                &format!("| {} | `{label}` | {sources}{} |", row.key, marked(&row.marks)),
            );
        }
        out.push('\n');
    }
    out
}

/// What the model leaves out.
pub(crate) fn left_out(race: &Race) -> String {
    race.left_out.iter().fold(String::new(), |mut out, it| {
        line(&mut out, &format!("- {it}"));
        out
    })
}

/// The table of a schedule, which has to be possible.
pub(crate) fn replay(bench: &Bench, embed: &Embed) -> Result<String, String> {
    let Bench { race, settings, model } = bench;
    let trace = embed.trace(model)?;
    Ok(format!("```text\n{}```\n", table(race, settings, model, &trace)))
}

/// How well something is founded, as a reader of the book sees it; nothing where it was read in the source.
pub(crate) fn marked(marks: &[Mark]) -> String {
    let words: Vec<&str> = marks.iter().map(|it| it.word()).collect();
    if words.is_empty() { String::new() } else { format!(" *[{}]*", words.join(", ")) }
}

pub(crate) fn line(out: &mut String, text: &str) {
    // A string takes whatever is written to it.
    let _ = writeln!(out, "{text}");
}
