//! `racewalk explain`: what the graph knows of a race, in words.

use std::io::Write;

use racewalk_engine::explain::{
    Count, Counts, Course, Fates, Gap, Incomplete, Nearest, Order, Protections, ProtectionsError,
    Transitions, Window, asked, failures, find, nearest_good, placements, protections, window,
};
use racewalk_engine::explore::{Answer, Graph, Limits, Verdict, answer, explore};
use racewalk_engine::export::json::{FORMAT, Pairs, explain as json};
use racewalk_engine::export::{self, counted};
use racewalk_engine::ids::ViolationId;
use racewalk_engine::model::Model;
use racewalk_engine::race::Card;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;
use racewalk_engine::syntax::diagnostic::closest;
use racewalk_engine::trace::Trace;

use crate::error::Error;
use crate::source::Bench;
use crate::{Status, args};

/// Everything that is told.
struct Explained {
    graph: Graph,
    answer: Answer,
    transitions: Transitions,
    fates: Fates,
    counts: Option<Counts>,
    windows: Vec<OfKind>,
    schedule: Option<Told>,
    witnesses: Vec<Witness>,
    cards: Vec<(Card, Vec<Gap>)>,
    protections: Result<Protections, ProtectionsError>,
}

/// The window of the schedules that end like this.
type OfKind = (Vec<Ending>, Result<Option<Window>, Incomplete>);

/// A schedule, and the way from it to a good one.
struct Told {
    schedule: Schedule,
    course: Course,
    nearest: Option<Result<Option<Nearest>, Incomplete>>,
}

struct Witness {
    question: String,
    found: Result<Option<Schedule>, Incomplete>,
}

pub(crate) fn run(args: &args::Explain, out: &mut impl Write) -> Result<Status, Error> {
    let bench = Bench::open(&args.race)?;
    let explained = explained(&bench, args)?;
    if args.json {
        serde_json::to_writer(&mut *out, &data(&bench, &explained))?;
        writeln!(out)?;
    } else {
        tell(&bench, &explained, out)?;
    }
    Ok(match explained.answer.verdict {
        Verdict::Safe | Verdict::Violated => Status::Fine,
        Verdict::Incomplete => Status::Incomplete,
    })
}

fn explained(bench: &Bench, args: &args::Explain) -> Result<Explained, Error> {
    let Bench { race, settings, model } = bench;
    let limits: Limits = args.limits.into();
    let kind = args.kind.as_deref().map(|it| kind(model, it)).transpose()?;
    let asked_for = args.schedule.as_deref().map(|it| schedule(model, it)).transpose()?;
    let questions = args.witness.iter().map(|question| {
        let wanted = asked(model, question)
            .map_err(|error| Error::Asked { question: question.clone(), error })?;
        Ok((question.clone(), wanted))
    });
    let questions = questions.collect::<Result<Vec<_>, Error>>()?;
    let graph = explore(model, limits);
    let answer = answer(model, &graph);
    let transitions = Transitions::new(model, &graph).map_err(Error::Unexplained)?;
    let fates = Fates::new(&transitions);
    let counts = Counts::new(&transitions);
    let goals = goals(&answer, kind);
    let windows = goals.into_iter().map(|it| {
        let found = window(model, &transitions, &it);
        (it, found)
    });
    let windows = windows.collect();
    let shortest = || failure(&answer, kind).cloned();
    let schedule = asked_for.or_else(shortest).map(|schedule| {
        let course = Course::new(&transitions, &fates, counts.as_ref(), &schedule);
        let is_lost = course.point_of_no_return().is_some();
        let nearest = is_lost.then(|| nearest_good(model, &graph, &transitions, &fates, &schedule));
        Told { schedule, course, nearest }
    });
    let witnesses = questions.into_iter().map(|(question, wanted)| {
        let found = find(model, &graph, &transitions, &wanted);
        Witness { question, found }
    });
    let witnesses = witnesses.collect();
    let cards = race.cards().into_iter().enumerate().map(|(number, card)| {
        let gaps = placements(race, settings, limits, number).map_err(Error::Race)?;
        Ok((card, gaps))
    });
    let cards = cards.collect::<Result<Vec<_>, Error>>()?;
    let protections = protections(race, settings, limits);
    Ok(Explained {
        cards,
        protections,
        graph,
        answer,
        transitions,
        fates,
        counts,
        windows,
        schedule,
        witnesses,
    })
}

/// The kind of failure of that name.
fn kind(model: &Model, name: &str) -> Result<Ending, Error> {
    if name == "deadlock" {
        return Ok(Ending::Deadlock);
    }
    let known = model.violations.iter().position(|it| it.name == name);
    known.map(|it| Ending::Violated(ViolationId(it as u8))).ok_or_else(|| {
        let mut kinds: Vec<String> = model.violations.iter().map(|it| it.name.clone()).collect();
        kinds.push("deadlock".to_owned());
        let closest = closest(name, kinds.iter().map(String::as_str)).map(str::to_owned);
        Error::UnknownKind { kind: name.to_owned(), closest, kinds }
    })
}

/// A schedule that can be followed to its end.
fn schedule(model: &Model, code: &str) -> Result<Schedule, Error> {
    let schedule = Schedule::parse(code, model)
        .map_err(|error| Error::Schedule { reason: error.to_string() })?;
    let trace = Trace::replay(model, &schedule);
    match export::impossible(model, &trace) {
        Some(reason) => Err(Error::Schedule { reason }),
        None => Ok(schedule),
    }
}

/// The ends that have a window each: every kind of failure, and all of them together.
fn goals(answer: &Answer, kind: Option<Ending>) -> Vec<Vec<Ending>> {
    if let Some(kind) = kind {
        return vec![vec![kind]];
    }
    let kinds = failures(answer);
    let mut goals: Vec<Vec<Ending>> = kinds.iter().map(|it| vec![*it]).collect();
    if kinds.len() > 1 {
        goals.insert(0, kinds);
    }
    goals
}

/// A shortest failure, of that kind if there is one asked for.
fn failure(answer: &Answer, kind: Option<Ending>) -> Option<&Schedule> {
    let violations =
        answer.violations.iter().map(|it| (Ending::Violated(it.violation), &it.schedule));
    let deadlocks = answer.deadlocks.iter().map(|it| (Ending::Deadlock, &it.schedule));
    let wanted = violations.chain(deadlocks).filter(|it| kind.is_none_or(|kind| kind == it.0));
    wanted.map(|it| it.1).min_by_key(|it| it.len())
}

fn data(bench: &Bench, told: &Explained) -> json::Explain {
    let Bench { race, settings, model } = bench;
    let count = |of: fn(&Counts, u32) -> &Count| {
        told.counts.as_ref().and_then(|it| json::digits(of(it, 0)))
    };
    json::Explain {
        format: FORMAT,
        race: race.id.clone(),
        model: model.hash(),
        knobs: Pairs::all(race, settings),
        verdict: told.answer.verdict.into(),
        fates: told.fates.tally().into(),
        schedules: count(Counts::all),
        bad_schedules: count(Counts::failing),
        windows: told.windows.iter().map(|it| json::Window::new(model, &it.0, &it.1)).collect(),
        schedule: told.schedule.as_ref().map(|it| {
            let nearest = it.nearest.as_ref().and_then(|it| it.as_ref().ok()?.as_ref());
            json::Told::new(model, &it.course, &orders(told, &it.course), nearest)
        }),
        witnesses: told
            .witnesses
            .iter()
            .map(|it| json::Witness::new(model, &it.question, &it.found))
            .collect(),
        placements: told
            .cards
            .iter()
            .flat_map(|(card, gaps)| gaps.iter().map(|it| json::Placed::new(model, card, it)))
            .collect(),
        protections: told.protections.as_ref().ok().map(|it| json::Protections::new(race, it)),
    }
}

/// The orders of the window of the kind in which this course ends.
fn orders(told: &Explained, course: &Course) -> Vec<Order> {
    let of_kind = told.windows.iter().find(|it| course.ending.is_some_and(|end| it.0 == [end]));
    let found = of_kind.and_then(|it| it.1.as_ref().ok()?.as_ref());
    found.map(|it| it.orders.clone()).unwrap_or_default()
}

fn tell(bench: &Bench, told: &Explained, out: &mut impl Write) -> Result<(), Error> {
    let Bench { race, settings, model } = bench;
    let verdict = match told.answer.verdict {
        Verdict::Safe => "safe: no interleaving breaks anything",
        Verdict::Violated => "violated",
        Verdict::Incomplete => "incomplete: what was found stands, what was not may exist",
    };
    writeln!(out, "{}\n{verdict}\n", export::headline(race, settings))?;
    let states = counted(&told.graph.states().to_string(), "state");
    write(out, &format!("{states}: {}", export::explain::tally(&told.fates.tally())))?;
    if let Some(counts) = &told.counts {
        let all = export::explain::schedules(counts.all(0));
        let failing = export::explain::number(counts.failing(0));
        write(out, &format!("{all}, of which {failing} fail (counts, not probabilities)"))?;
    }
    for (goal, found) in &told.windows {
        let ends: Vec<&str> = goal.iter().map(|it| export::explain::end(model, *it)).collect();
        match found {
            Ok(None) => writeln!(out, "\nNo schedule ends in {}.", ends.join(" or "))?,
            Ok(Some(found)) => {
                writeln!(out)?;
                let of = if goal.len() > 1 { "every failure".to_owned() } else { ends.join("") };
                write(out, &format!("The window of {of}: what all its schedules share"))?;
                write!(out, "{}", export::explain::window(model, goal, found))?;
            }
            Err(incomplete) => {
                write(
                    out,
                    &format!("\nThe window of {} is not known: {incomplete}", ends.join(", ")),
                )?;
            }
        }
    }
    if let Some(schedule) = &told.schedule {
        tell_schedule(model, told, schedule, out)?;
    }
    for (card, gaps) in &told.cards {
        let safe = told.answer.verdict == Verdict::Safe;
        // Where nothing fails there is nothing to help with, only harm to be done.
        let of_interest = |it: &&Gap| !safe || it.tried.verdict != Verdict::Safe;
        let gaps: Vec<Gap> = gaps.iter().filter(of_interest).cloned().collect();
        let where_ = match (safe, gaps.is_empty()) {
            (false, _) => "in each gap, one at a time",
            (true, false) => "is not needed, and in these gaps it does harm",
            (true, true) => "is not needed, and does no harm in any gap",
        };
        write(out, &format!("\n{} {where_}", card.title))?;
        write!(out, "{}", export::explain::placements(model, &gaps))?;
    }
    match &told.protections {
        Ok(found) if found.protections.is_empty() => {}
        Ok(found) => {
            writeln!(out, "\nProtections")?;
            write!(out, "{}", export::explain::protections(race, found))?;
        }
        Err(error) => write(out, &format!("\nProtections: {error}"))?,
    }
    for Witness { question, found } in &told.witnesses {
        writeln!(out, "\nIs there a schedule where {question}?")?;
        write!(out, "{}", export::explain::witness(model, found, &told.transitions))?;
    }
    Ok(())
}

fn tell_schedule(
    model: &Model,
    told: &Explained,
    schedule: &Told,
    out: &mut impl Write,
) -> Result<(), Error> {
    let Told { schedule, course, nearest } = schedule;
    let end = course.ending.map(|it| format!(": {}", export::explain::end(model, it)));
    let code = schedule.code(model);
    let code = if code.is_empty() { "without a step" } else { &code };
    write(out, &format!("\nThe schedule {code}{}", end.unwrap_or_default()))?;
    write!(out, "{}", export::explain::course(model, course, &orders(told, course)))?;
    match nearest {
        None => {}
        Some(Ok(Some(nearest))) => {
            let swaps = counted(&nearest.swaps.len().to_string(), "swap");
            write(out, &format!("\nFrom bad to good: {swaps} of neighbouring steps"))?;
            write!(out, "{}", export::explain::nearest(model, nearest))?;
        }
        Some(Ok(None)) => {
            write(out, "\nNo number of swaps of neighbouring steps makes a good schedule of it.")?;
        }
        Some(Err(incomplete)) => {
            write(out, &format!("\nA nearest good schedule is not known: {incomplete}"))?;
        }
    }
    Ok(())
}

/// A sentence, within the width of a text.
fn write(out: &mut impl Write, text: &str) -> Result<(), Error> {
    let (blank, text) = text.strip_prefix('\n').map_or(("", text), |it| ("\n", it));
    Ok(write!(out, "{blank}{}", export::paragraph(text, 0))?)
}
