//! `racewalk replay`: one interleaving, step by step.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use racewalk_engine::export::json::Replay;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;
use racewalk_engine::{export, import};

use crate::Status;
use crate::args::{self, Format, Replay as Args};
use crate::error::Error;
use crate::source::{self, Bench};

/// Prints the part of the schedule that makes sense and is possible, and fails if that is not all.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<Status, Error> {
    let Args { format, figure, .. } = args;
    let asked = !figure.at.is_empty() || figure.theme.is_some() || figure.animate;
    if *format != Format::Svg && asked {
        return Err(Error::Together("--at, --theme and --animate are for --format svg"));
    }
    if figure.animate && figure.at.len() > 1 {
        return Err(Error::Together("with --animate one position can stand still: --at N"));
    }
    let (bench, schedule, damage) = match &args.table {
        Some(path) => of_table(args, path)?,
        None => of_code(args)?,
    };
    let Bench { race, settings, model } = &bench;
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
    let impossible = export::impossible(model, &trace);
    match impossible.map(|reason| Error::Schedule { reason }).or(damage) {
        Some(error) => Err(error),
        None => Ok(Status::Fine),
    }
}

/// What is to be replayed, and what of it is damaged.
type Asked = (Bench, Schedule, Option<Error>);

fn of_code(args: &Args) -> Result<Asked, Error> {
    let race = source::race(args.race.as_deref().unwrap_or_default())?;
    let settings = source::turn(&race, race.settings(), &args.set)?;
    let model = source::compile(&race, &settings)?;
    let code = args.schedule.as_deref().unwrap_or_default();
    let (schedule, damage) = match Schedule::parse(code, &model) {
        Ok(schedule) => (schedule, None),
        Err(error) => {
            let known = code.get(..error.at).unwrap_or_default();
            let reason = error.to_string();
            let known = Schedule::parse(known, &model).unwrap_or_default();
            (known, Some(Error::Schedule { reason }))
        }
    };
    Ok((Bench { race, settings, model }, schedule, damage))
}

fn of_table(args: &Args, path: &Path) -> Result<Asked, Error> {
    let text = if path == Path::new("-") {
        source::text(Path::new("standard input"), io::stdin().lock())?
    } else {
        let file =
            File::open(path).map_err(|error| Error::Unreadable { path: path.to_owned(), error })?;
        source::text(path, file)?
    };
    let heading = import::heading(&text);
    let race = match (&args.race, &heading) {
        (Some(race), _) => source::race(race)?,
        // What was pasted names no file of this machine.
        (None, Some(heading)) => source::of_library(&heading.race)?,
        (None, None) => return Err(Error::NoRace),
    };
    let (settings, mut faults) = match heading {
        Some(heading) if heading.race != race.id => {
            return Err(Error::OtherRace { table: heading.race, asked: race.id });
        }
        Some(heading) => heading.settings(&race),
        None => (race.settings(), Vec::new()),
    };
    let settings = source::turn(&race, settings, &args.set)?;
    let model = source::compile(&race, &settings)?;
    let steps = import::steps(&model, &text);
    faults.extend(steps.faults);
    let damage = (!faults.is_empty()).then_some(Error::Table { faults });
    Ok((Bench { race, settings, model }, steps.schedule, damage))
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
