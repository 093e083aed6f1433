//! `racewalk check`: every interleaving, what can break, and how soon.

use std::io::Write;

use racewalk_engine::explore::{Answer, End, Limit, Reduced, Verdict, answer, explore, reduced};
use racewalk_engine::export::{self, counted, grouped, json};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;

use crate::error::Error;
use crate::source::Bench;
use crate::{Status, args};

pub(crate) fn run(args: &args::Check, out: &mut impl Write) -> Result<Status, Error> {
    let bench = Bench::open(&args.race)?;
    let Bench { race, settings, model } = &bench;
    let reduced = args.reduce.then(|| reduced(model, args.limits.into()));
    let answer = match &reduced {
        Some(reduced) => reduced.answer.clone(),
        None => answer(model, &explore(model, args.limits.into())),
    };
    if args.json {
        let mut check = json::Check::new(race, settings, model, &answer);
        if let Some(reduced) = &reduced {
            check.findings = json::Findings::reduced(model, reduced);
        }
        serde_json::to_writer(&mut *out, &check)?;
        writeln!(out)?;
    } else {
        tell(&bench, &answer, reduced.as_ref(), out)?;
    }
    Ok(match answer.verdict {
        Verdict::Safe => Status::Fine,
        Verdict::Violated => Status::Violated,
        Verdict::Incomplete => Status::Incomplete,
    })
}

fn tell(
    bench: &Bench,
    answer: &Answer,
    reduced: Option<&Reduced>,
    out: &mut impl Write,
) -> Result<(), Error> {
    let Bench { race, settings, model } = bench;
    let verdict = match answer.verdict {
        Verdict::Safe => "safe: no interleaving breaks anything",
        Verdict::Violated => "violated",
        Verdict::Incomplete => "incomplete: what was found stands, what was not may exist",
    };
    writeln!(out, "{}", export::headline(race, settings))?;
    writeln!(out, "{verdict}")?;
    let mut rows: Vec<Row<'_>> = Vec::new();
    rows.extend(answer.violations.iter().map(|it| {
        let violation = &model.violations[it.violation.index()];
        let sentence = violation.sentence.clone();
        Row { name: &violation.name, schedule: &it.schedule, sentence }
    }));
    rows.extend(answer.deadlocks.iter().map(|it| end(bench, "deadlock", it)));
    rows.extend(answer.held_off.iter().map(|it| end(bench, "held off (no fault)", it)));
    list(bench, &rows, out)?;
    writeln!(out)?;
    numbers(answer, reduced, out)?;
    let failures = answer.violations.iter().map(|it| &it.schedule);
    let failures = failures.chain(answer.deadlocks.iter().map(|it| &it.schedule));
    if let Some(shortest) = failures.min_by_key(|it| it.len()) {
        let trace = Trace::replay(model, shortest);
        writeln!(out, "\nThe shortest failure:\n")?;
        out.write_all(export::table(race, settings, model, &trace).as_bytes())?;
    }
    Ok(())
}

/// Something that can happen.
struct Row<'a> {
    name: &'a str,
    schedule: &'a Schedule,
    sentence: String,
}

fn end<'a>(bench: &Bench, name: &'a str, end: &'a End) -> Row<'a> {
    let trace = Trace::replay(&bench.model, &end.schedule);
    let sentence = export::waiting(&bench.model, trace.last()).join("; ");
    Row { name, schedule: &end.schedule, sentence }
}

/// What can happen, after how many steps, and by which schedule; below it what that means.
fn list(bench: &Bench, rows: &[Row<'_>], out: &mut impl Write) -> Result<(), Error> {
    const TITLE: &str = "what can happen";
    if rows.is_empty() {
        return Ok(());
    }
    let width = rows.iter().map(|it| it.name.len()).max().unwrap_or(0).max(TITLE.len());
    writeln!(out, "\n{TITLE:width$}  steps  a shortest schedule")?;
    for Row { name, schedule, sentence } in rows {
        let (steps, code) = (schedule.len(), schedule.code(&bench.model));
        writeln!(out, "{name:width$}  {steps:5}  {code}")?;
        out.write_all(export::paragraph(sentence, 2).as_bytes())?;
    }
    Ok(())
}

fn numbers(answer: &Answer, reduced: Option<&Reduced>, out: &mut impl Write) -> Result<(), Error> {
    let states = counted(&answer.states.to_string(), "state");
    let transitions = counted(&answer.transitions.to_string(), "transition");
    writeln!(out, "{states}, {transitions}")?;
    match (&answer.schedules, &answer.bad_schedules, answer.stopped) {
        (_, _, Some(Limit::States)) => writeln!(out, "stopped at the limit of states")?,
        (_, _, Some(Limit::Bytes)) => writeln!(out, "stopped at the limit of memory")?,
        (Some(all), Some(bad), None) => {
            let (all, bad) = (counted(&all.to_string(), "schedule"), grouped(&bad.to_string()));
            writeln!(out, "{all}, of which {bad} fail (counts, not probabilities)")?;
        }
        (_, _, None) if reduced.is_some() => {}
        (_, _, None) => writeln!(out, "a loop makes the schedules infinite")?,
    }
    if let Some(Reduced { shortest, more_states, .. }) = reduced {
        write!(out, "reduced: what makes no difference is left out, schedules are not counted")?;
        if *more_states > 0 {
            let states = counted(&more_states.to_string(), "state");
            write!(out, "; {states} more for the shortest schedules")?;
        }
        writeln!(out)?;
        if !shortest {
            writeln!(
                out,
                "shortest lengths may be shorter than these: without --reduce they are exact"
            )?;
        }
    }
    Ok(())
}
