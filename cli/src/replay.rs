//! `racewalk replay`: one interleaving, step by step.

use std::io::Write;

use racewalk_engine::export;
use racewalk_engine::export::json::Replay;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;

use crate::Status;
use crate::args::{Format, Replay as Args};
use crate::error::Error;
use crate::source::Bench;

/// Prints the part of the schedule that makes sense and is possible, and fails if that is not all.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<Status, Error> {
    let Args { race, schedule: code, format } = args;
    let Bench { race, settings, model } = Bench::open(race)?;
    let (schedule, damage) = match Schedule::parse(code, &model) {
        Ok(schedule) => (schedule, None),
        Err(error) => {
            let known = code.get(..error.at).unwrap_or_default();
            (Schedule::parse(known, &model).unwrap_or_default(), Some(error.to_string()))
        }
    };
    let trace = Trace::replay(&model, &schedule);
    match format {
        Format::Table => {
            out.write_all(export::table(&race, &settings, &model, &trace).as_bytes())?;
        }
        Format::Json => {
            serde_json::to_writer(&mut *out, &Replay::new(&race, &settings, &model, &trace))?;
            writeln!(out)?;
        }
    }
    match export::impossible(&model, &trace).or(damage) {
        Some(reason) => Err(Error::Schedule { reason }),
        None => Ok(Status::Fine),
    }
}
