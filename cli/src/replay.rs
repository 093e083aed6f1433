//! `racewalk replay`: one interleaving, step by step.

use std::io::Write;

use racewalk_engine::export;
use racewalk_engine::export::json::Replay;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;

use crate::Status;
use crate::args::{self, Format, Replay as Args};
use crate::error::Error;
use crate::source::Bench;

/// Prints the part of the schedule that makes sense and is possible, and fails if that is not all.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<Status, Error> {
    let Args { race, schedule: code, format, figure } = args;
    let asked = !figure.at.is_empty() || figure.theme.is_some() || figure.animate;
    if *format != Format::Svg && asked {
        return Err(Error::Together("--at, --theme and --animate are for --format svg"));
    }
    if figure.animate && figure.at.len() > 1 {
        return Err(Error::Together("with --animate one position can stand still: --at N"));
    }
    let bench = Bench::open(race)?;
    let Bench { race, settings, model } = &bench;
    let (schedule, damage) = match Schedule::parse(code, model) {
        Ok(schedule) => (schedule, None),
        Err(error) => {
            let known = code.get(..error.at).unwrap_or_default();
            (Schedule::parse(known, model).unwrap_or_default(), Some(error.to_string()))
        }
    };
    let trace = Trace::replay(model, &schedule);
    match format {
        Format::Table => {
            out.write_all(export::table(race, settings, model, &trace).as_bytes())?;
        }
        Format::Svg => out.write_all(picture(&bench, &trace, figure)?.as_bytes())?,
        Format::Mermaid => {
            out.write_all(export::mermaid(race, settings, model, &trace).as_bytes())?;
        }
        Format::Json => {
            serde_json::to_writer(&mut *out, &Replay::new(race, settings, model, &trace))?;
            writeln!(out)?;
        }
    }
    match export::impossible(model, &trace).or(damage) {
        Some(reason) => Err(Error::Schedule { reason }),
        None => Ok(Status::Fine),
    }
}

fn picture(bench: &Bench, trace: &Trace, figure: &args::Figure) -> Result<String, Error> {
    let Bench { race, settings, model } = bench;
    let steps = trace.steps.len();
    if let Some(&at) = figure.at.iter().find(|it| **it > steps) {
        return Err(Error::Beyond { at, steps });
    }
    let theme = figure.theme.unwrap_or(args::Theme::Auto).into();
    let last = [steps];
    let at = if figure.at.is_empty() { &last[..] } else { &figure.at };
    Ok(if figure.animate {
        export::animation(race, settings, model, trace, at[0], theme)
    } else {
        export::svg(race, settings, model, trace, at, theme)
    })
}
