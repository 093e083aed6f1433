//! A model as Promela, step for step, so that SPIN can be asked the same question.
//!
//! SPIN stores one state for each distinct valuation of the model's cells, and nothing else: each
//! actor is a process that stays in one place (a `do` whose options are its steps, chosen by an
//! explicit position), every option is one `d_step`, no process begins or ends on the way, and no
//! process has a variable of its own. A step that breaks something says so by an assertion and is
//! undone: it leads back to where it was taken, so that nothing behind it is explored or stored,
//! as here. Hence, with reductions off, SPIN's number of stored states and the engine's are equal,
//! and SPIN's transitions are the engine's, one for the initial state, and one for each deadlocked
//! state, in which a process of its own breaks an assertion.

mod expression;
mod step;
mod tongue;

use std::fmt::Write as _;

use super::formal::{Bounds, Layout, Names, Refused, sentence};
use super::headline;
use crate::ids::{ActorId, CellId, StepId, ViolationId};
use crate::model::{Meaning, Model, Step};
use crate::race::{Race, Settings};
use crate::state::{CellSet, may_touch};
use expression::Speech;
use step::{Body, was};
use tongue::TONGUE;

/// The whole model under this choice of knobs.
///
/// # Errors
/// When something in it has no counterpart in Promela, with the step.
pub fn promela(race: &Race, settings: &Settings, model: &Model) -> Result<String, Refused> {
    let mut names = Names::new(&TONGUE);
    let layout = Layout::new(model, &mut names)?;
    names.name_constants(model);
    let processes: Vec<String> = model.actors.iter().map(|it| names.claim(&it.name)).collect();
    let speech = Speech { model, bounds: Bounds::new(model), layout, names };
    let mut kept = Vec::new();
    let mut lanes = String::new();
    for (number, process) in processes.iter().enumerate() {
        lane(&speech, ActorId(number as u8), process, &mut lanes, &mut kept)?;
    }
    let mut out = head(race, settings, model);
    constants(&speech, &mut out);
    variables(&speech, &mut out);
    kinds(&speech, &kept, &mut out);
    ends(&speech, &mut out);
    out.push_str(&lanes);
    Ok(out)
}

/// What stands between `/*` and `*/`.
fn comment(text: &str) -> String {
    text.replace("*/", "* /").replace("/*", "/ *")
}

fn head(race: &Race, settings: &Settings, model: &Model) -> String {
    let headline = comment(&headline(race, settings));
    format!(
        "/* {headline}\n   {}\n   model {}\n\n   spin -a FILE && cc -O0 -DSAFETY -DNOREDUCE -o pan \
         pan.c && ./pan -c0\n\n   \"states, stored\" is then the number of states that racewalk \
         check tells.\n   Each step is one d_step. A step that breaks a property says so and is \
         undone:\n   it leads nowhere. */\n",
        comment(&race.title),
        model.hash(),
    )
}

fn constants(speech: &Speech<'_>, out: &mut String) {
    for (list, identifiers) in speech.names.lists() {
        out.push('\n');
        for (number, (name, identifier)) in list.iter().zip(identifiers).enumerate() {
            let note = note(name, identifier);
            let _ = writeln!(out, "#define {identifier} {number}{note}");
        }
    }
    out.push('\n');
    for (number, name) in speech.names.nothing() {
        let number = if number < 0 { format!("({number})") } else { number.to_string() };
        let _ = writeln!(out, "#define {name} {number}");
    }
    let is_actor = |it: &Meaning| matches!(it, Meaning::Actor | Meaning::Actors);
    if speech.model.cells.iter().any(|it| is_actor(&it.meaning)) {
        out.push_str("\n/* Actors; a set of them has bit 1 << number for each. */\n");
        for (number, actor) in speech.model.actors.iter().enumerate() {
            let _ = writeln!(
                out,
                "#define {} {number} /* {} */",
                speech.names.actor(number),
                comment(&actor.name)
            );
        }
    }
    for number in 0..speech.model.actors.len() {
        out.push('\n');
        for (line, name) in speech.names.lines(ActorId(number as u8)).iter().enumerate() {
            let _ = writeln!(out, "#define {name} {line}");
        }
    }
}

/// What a thing is really called, where its identifier differs.
fn note(name: &str, identifier: &str) -> String {
    if name == identifier { String::new() } else { format!(" /* {} */", comment(name)) }
}

fn variables(speech: &Speech<'_>, out: &mut String) {
    out.push('\n');
    for variable in &speech.layout.variables {
        let cells = || variable.cells.iter().map(|it| &speech.model.cells[it.index()]);
        let Some(first) = cells().next() else { continue };
        let value = |it: i32| speech.number(it, Some(&first.meaning));
        let name = &variable.name;
        let note = if variable.is_array { String::new() } else { note(&first.name, name) };
        if !variable.is_written && !variable.is_array {
            let _ = writeln!(out, "#define {name} {}{note}", value(first.initial));
            continue;
        }
        let low = cells().map(|it| it.range.0).min().unwrap_or(0);
        let high = cells().map(|it| it.range.1).max().unwrap_or(0);
        let kind = match (&first.meaning, low, high) {
            (Meaning::Bool, ..) => "bool",
            (_, 0.., ..=1) => "bit",
            (_, 0.., ..=255) => "byte",
            (_, -32_768.., ..=32_767) => "short",
            _ => "int",
        };
        let initials: Vec<String> = cells().map(|it| value(it.initial)).collect();
        let _ = match variable.is_array {
            false => writeln!(out, "{kind} {name} = {};{note}", initials[0]),
            true if initials.iter().all(|it| *it == initials[0]) => {
                writeln!(out, "{kind} {name}[{}] = {};", initials.len(), initials[0])
            }
            true => {
                writeln!(out, "{kind} {name}[{}] = {{ {} }};", initials.len(), initials.join(", "))
            }
        };
    }
}

/// What can break, and how that is said.
fn kinds(speech: &Speech<'_>, kept: &[String], out: &mut String) {
    out.push_str("\n/* What can break: pan names it by this number. */\n");
    let _ = writeln!(out, "#define deadlock 0 /* deadlock */");
    for (number, violation) in speech.model.violations.iter().enumerate() {
        let name = speech.names.kind(ViolationId(number as u8));
        let kind = comment(&violation.name);
        let _ = writeln!(out, "#define {name} {} /* {kind} */", number + 1);
    }
    out.push_str("\n/* Hidden variables are no part of a state. */\nhidden short broken;\n");
    for name in kept {
        let _ = writeln!(out, "hidden int {name};");
    }
    out.push_str("\ninline breaks(what)\n{\n  broken = what;\n  assert(broken != what)\n}\n");
}

/// SPIN keeps a variable that nothing reads out of its states, while the engine counts it. So what no
/// step reads is read here, in an option that is never taken.
fn unread(speech: &Speech<'_>) -> String {
    let steps = (0..speech.model.steps.len()).map(|it| StepId(it as u16));
    let read: Vec<CellSet> = steps.map(|it| may_touch(speech.model, it).reads).collect();
    let is_read = |cell: CellId| read.iter().any(|it| it.contains(cell));
    let is_position = |cell: CellId| speech.model.actors.iter().any(|it| it.position == cell);
    let unread: Vec<String> = speech
        .layout
        .variables
        .iter()
        .filter(|it| it.is_written && !it.cells.iter().any(|&it| is_read(it) || is_position(it)))
        .filter_map(|it| it.cells.first().map(|&cell| format!("{} != 0", speech.cell(cell))))
        .collect();
    if unread.is_empty() {
        return String::new();
    }
    let all = unread.join(" || ");
    format!(
        "  /* SPIN forgets what nothing reads. */\n  :: d_step {{ false && ({all}) -> skip }}\n"
    )
}

/// When a run is over, and whether that is well.
fn ends(speech: &Speech<'_>, out: &mut String) {
    let mut unfinished = Vec::new();
    let mut finished = Vec::new();
    for (number, actor) in speech.model.actors.iter().enumerate() {
        if actor.environment || actor.steps.is_empty() {
            continue;
        }
        let lines = speech.names.lines(ActorId(number as u8));
        let position = speech.cell(actor.position);
        let Some((last, lines)) = lines.split_last() else { continue };
        finished.push(format!("{position} == {last}"));
        let mut wrong = format!("{position} != {last}");
        for (line, step) in lines.iter().zip(&speech.model.steps[usize::from(actor.steps.start)..])
        {
            if step.wait.as_ref().is_some_and(|it| it.may_be_held_off) {
                let _ = write!(wrong, " && {position} != {line}");
            }
        }
        unfinished.push(format!("({wrong})"));
    }
    let or_false = |all: &[String], with: &str, otherwise: &str| {
        if all.is_empty() { otherwise.to_owned() } else { all.join(with) }
    };
    let _ = write!(
        out,
        "\n/* The environment need not finish: what it could still do does not count. */\n\
         #define everybody_has_finished ({})\n\n\
         /* Somebody stands where waiting for ever is a fault. */\n\
         #define somebody_has_to_go_on ({})\n\n\
         /* timeout: nobody can take a step. */\n\
         active proctype judge()\n{{\nend:\n  do\n  :: atomic {{ timeout && \
         somebody_has_to_go_on -> breaks(deadlock) }}\n{}  od\n}}\n",
        or_false(&finished, " && \\\n  ", "true"),
        or_false(&unfinished, " || \\\n  ", "false"),
        unread(speech),
    );
}

fn lane(
    speech: &Speech<'_>,
    id: ActorId,
    process: &str,
    out: &mut String,
    kept: &mut Vec<String>,
) -> Result<(), Refused> {
    let actor = &speech.model.actors[id.index()];
    if actor.steps.is_empty() {
        return Ok(());
    }
    let _ = write!(out, "\n/* {}: {} */\n", comment(&actor.name), comment(&actor.title));
    let _ = write!(out, "active proctype {process}()\n{{\nend:\n  do\n");
    for number in actor.steps.clone() {
        let id = StepId(number);
        let step = &speech.model.steps[id.index()];
        for outcome in 0..step.outcomes.len() {
            let way = way(speech, step, number - actor.steps.start, outcome, kept);
            out.push_str(&way.map_err(|it| it.at(speech.model, id))?);
        }
    }
    out.push_str("  od\n}\n");
    Ok(())
}

/// One way in which a step can go.
fn way(
    speech: &Speech<'_>,
    step: &Step,
    line: u16,
    outcome: usize,
    kept: &mut Vec<String>,
) -> Result<String, super::formal::Inexpressible> {
    let model = speech.model;
    let actor = &model.actors[step.actor.index()];
    let name = &speech.names.lines(step.actor)[usize::from(line)];
    let way = &step.outcomes[outcome];
    let label = match step.outcomes.len() {
        1 => format!("over_{name}"),
        _ => format!("over_{name}_{}", outcome + 1),
    };
    let said = Body::say(speech, step, way, &label, 7)?;
    let title = way.title.map_or_else(String::new, |it| format!(" [{}]", sentence(model, it)));
    let text = format!("{} {}{title}", step.key, sentence(model, step.label));
    let mut out = format!("  /* {} */\n", comment(&text));
    let mut guard = format!("{} == {name}", speech.cell(actor.position));
    if actor.environment {
        guard.push_str(" && !everybody_has_finished");
    }
    let condition = speech.expr(way.guard)?;
    if condition != "1" {
        // A guard that has no value counts as one that holds: taking the step is what breaks.
        let faults = speech.faults(way.guard)?;
        let mut any: Vec<String> =
            faults.into_iter().map(|(fault, _)| format!("({fault})")).collect();
        any.push(condition);
        let _ = write!(guard, " && ({})", any.join(" || "));
    }
    let _ = writeln!(out, "  :: d_step {{ {guard} ->");
    for &cell in &said.undone {
        let cell = speech.cell(cell);
        let was = was(&cell);
        let _ = writeln!(out, "       {was} = {cell};");
        if !kept.contains(&was) {
            kept.push(was);
        }
    }
    out.push_str(&said.text);
    if said.leaves_early {
        let _ = writeln!(out, "{label}: skip");
    }
    out.push_str("     }\n");
    Ok(out)
}
