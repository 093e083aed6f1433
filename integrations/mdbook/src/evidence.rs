//! The traces of real kernels that bear a race out, each line beside the step that it shows.

use std::collections::BTreeMap;

use racewalk_engine::evidence::{header, lines, matches, readings, runs, trace};
use racewalk_engine::explore::{Event, Limits, explore};
use racewalk_engine::race::Race;

use crate::race::line;

/// Every trace that reads as a run of the race, with the step that each line shows.
pub(crate) fn evidence(race: &Race) -> Result<String, String> {
    let mut out = String::new();
    for reading in readings().map_err(|error| error.to_string())? {
        if reading.race != race.id {
            continue;
        }
        let text =
            trace(&reading.trace).ok_or_else(|| format!("there is no trace {}", reading.trace))?;
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", reading.trace);
        let mut settings = race.settings();
        for (knob, value) in &reading.settings {
            settings.set(race, knob, value).map_err(|error| told(&error))?;
        }
        let model = race.compile(&settings).map_err(|error| told(&error))?;
        let lines = lines(text).map_err(|error| told(&error))?;
        let matches = matches(&reading, &lines, &model).map_err(|error| told(&error))?;
        let graph = explore(&model, Limits::default());
        let runs = runs(&matches, &model, &graph).map_err(|error| told(&error))?;
        let steps: BTreeMap<usize, String> = matches
            .iter()
            .map(|it| {
                let name = match it.event {
                    Event::Step(step) => model.steps[step.index()].key.clone(),
                    Event::Breaks(kind) => model.violations[kind.index()].name.clone(),
                };
                (it.line, name)
            })
            .collect();
        let knobs: Vec<String> =
            reading.settings.iter().map(|(knob, value)| format!("`{knob}={value}`")).collect();
        let kernel = header(text).find(|(key, _)| *key == "kernel").map_or("", |(_, value)| value);
        let codes: Vec<String> = runs.iter().map(|it| format!("`{}`", it.code(&model))).collect();
        line(
            &mut out,
            &format!("<details><summary>{}: {}</summary>\n", reading.trace, reading.shows),
        );
        line(
            &mut out,
            &format!(
                "Kernel {kernel}; read as {} with {}: a run that the race allows ({}).\n",
                race.id,
                knobs.join(" "),
                codes.join(", ")
            ),
        );
        for (key, value) in header(text).filter(|(key, _)| *key == "how") {
            line(&mut out, &format!("{key}: {value}\n"));
        }
        line(&mut out, "```text");
        for it in &lines {
            let step = steps.get(&it.number).map_or("", |it| it);
            let time =
                it.at.map_or_else(String::new, |at| format!("{}.{:03} ms", at / 1000, at % 1000));
            line(&mut out, &format!("{step:7} {time:>12}  {:16} {}", it.task, it.event));
        }
        line(&mut out, "```\n\n</details>\n");
    }
    Ok(out)
}
