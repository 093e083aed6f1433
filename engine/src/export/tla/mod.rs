//! A model as a TLA+ module with its configuration, for TLC: the road for models that outgrow one machine.
//!
//! One action for each way in which a step can go; a step that breaks something sets `broken` and
//! nothing else, and nothing follows it. TLC itself has not been run on what this writes, here or in
//! the tests: the book says what was.

mod expression;
mod step;

use std::fmt::Write as _;

use super::formal::{Bounds, Inexpressible, Layout, Names, Refused, Tongue, sentence};
use super::headline;
use crate::ids::{ActorId, StepId, ViolationId};
use crate::model::{Meaning, Model};
use crate::race::{Race, Settings};
use expression::{Now, Speech};
use step::{Action, set_range};

/// Words of TLA+, of its standard modules that are used here, and of this export.
const TONGUE: Tongue = Tongue {
    reserved: &[
        "ACTION",
        "ASSUME",
        "ASSUMPTION",
        "AXIOM",
        "BOOLEAN",
        "BY",
        "CASE",
        "CHOOSE",
        "CONSTANT",
        "CONSTANTS",
        "COROLLARY",
        "DEF",
        "DEFINE",
        "DEFS",
        "DOMAIN",
        "ELSE",
        "ENABLED",
        "EXCEPT",
        "EXTENDS",
        "FALSE",
        "HAVE",
        "HIDE",
        "IF",
        "IN",
        "INSTANCE",
        "LAMBDA",
        "LEMMA",
        "LET",
        "LOCAL",
        "MODULE",
        "NEW",
        "OBVIOUS",
        "OMITTED",
        "ONLY",
        "OTHER",
        "PICK",
        "PROOF",
        "PROPOSITION",
        "PROVE",
        "QED",
        "RECURSIVE",
        "STATE",
        "STRING",
        "SUBSET",
        "SUFFICES",
        "TAKE",
        "TEMPORAL",
        "THEN",
        "THEOREM",
        "TRUE",
        "UNCHANGED",
        "UNION",
        "USE",
        "VARIABLE",
        "VARIABLES",
        "WITH",
        "WITNESS",
        "Int",
        "Nat",
        "broken",
        "vars",
        "Init",
        "Next",
        "Rest",
        "Steps",
        "Spec",
        "TypeOK",
        "Breaks",
        "EverybodyHasFinished",
        "kind",
        "element",
    ],
    prefixes: &["WF_", "SF_", "next_", "Never_"],
};

/// What TLC is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tla {
    /// The module's name, which its file has to have too, with `.tla` behind it.
    pub name: String,
    /// The module.
    pub module: String,
    /// The configuration, for a file of that name with `.cfg` behind it.
    pub config: String,
}

/// The whole model under this choice of knobs.
///
/// # Errors
/// When something in it has no counterpart in TLA+, with the step.
pub fn tla(race: &Race, settings: &Settings, model: &Model) -> Result<Tla, Refused> {
    let mut names = Names::new(&TONGUE);
    let name = names.claim(&race.id);
    let layout = Layout::new(model, &mut names)?;
    names.name_constants(model);
    let mut actions = String::new();
    let mut called = Vec::new();
    let lines: Vec<Vec<String>> =
        (0..model.actors.len()).map(|it| names.lines(ActorId(it as u8)).to_vec()).collect();
    let mut named: Vec<Vec<String>> = Vec::new();
    for step in &model.steps {
        let actor = &model.actors[step.actor.index()];
        let wish = format!("Do_{}_{}", actor.name, step.key);
        named.push((0..step.outcomes.len()).map(|_| names.claim(&wish)).collect());
    }
    let mut never = Vec::new();
    for violation in &model.violations {
        // A beginning that no other name has.
        never.push((format!("Never_{}", names.kind(ViolationId(never.len() as u8))), violation));
    }
    let speech = Speech { model, bounds: Bounds::new(model), layout, names };
    for (number, names) in named.iter().enumerate() {
        let id = StepId(number as u16);
        for (outcome, name) in names.iter().enumerate() {
            let action = action(&speech, &lines, id, outcome, name);
            actions.push_str(&action.map_err(|it| it.at(model, id))?);
            called.push(name.as_str());
        }
    }
    let refuse = |it: Inexpressible| Refused { step: None, reason: it.0 };
    let mut out = head(race, settings, model, &name);
    constants(&speech, &mut out);
    variables(&speech, &mut out).map_err(refuse)?;
    ends(&speech, &mut out);
    out.push_str(&actions);
    let steps: Vec<String> = called.iter().map(|it| format!("\n  \\/ {it}")).collect();
    let steps = if steps.is_empty() { " FALSE".to_owned() } else { steps.concat() };
    let _ = write!(
        out,
        "\nSteps =={steps}\n\nNext == (broken = \"no\" /\\ Steps) \\/ Rest\n\nSpec == Init /\\ \
         [][Next]_vars\n\n"
    );
    for (name, violation) in &never {
        let _ = writeln!(out, "\\* {}", violation.sentence);
        let _ = writeln!(out, "{name} == broken # \"{}\"\n", violation.name);
    }
    out.push_str(&"=".repeat(74));
    out.push('\n');
    let mut config = "INIT Init\nNEXT Next\nCHECK_DEADLOCK TRUE\nINVARIANT TypeOK\n".to_owned();
    for (name, _) in &never {
        let _ = writeln!(config, "INVARIANT {name}");
    }
    Ok(Tla { name, module: out, config })
}

/// What stands between `(*` and `*)`.
fn comment(text: &str) -> String {
    text.replace("*)", "* )").replace("(*", "( *")
}

fn head(race: &Race, settings: &Settings, model: &Model, name: &str) -> String {
    let title = format!(" MODULE {name} ");
    let dashes = "-".repeat(74usize.saturating_sub(title.len()).max(8) / 2);
    format!(
        "{dashes}{title}{dashes}\n(* {}\n   {}\n   model {}\n\n   Each action is one step. A step \
         that breaks a property sets broken and\n   nothing else; nothing follows it. *)\n\nEXTENDS \
         Integers\n",
        comment(&headline(race, settings)),
        comment(&race.title),
        model.hash(),
    )
}

fn constants(speech: &Speech<'_>, out: &mut String) {
    for (_, identifiers) in speech.names.lists() {
        out.push('\n');
        for (number, identifier) in identifiers.iter().enumerate() {
            let _ = writeln!(out, "{identifier} == {number}");
        }
    }
    out.push('\n');
    for (number, name) in speech.names.nothing() {
        let _ = writeln!(out, "{name} == {number}");
    }
    for number in 0..speech.model.actors.len() {
        let _ = writeln!(out, "{} == {number}", speech.names.actor(number));
    }
    for number in 0..speech.model.actors.len() {
        out.push('\n');
        for (line, name) in speech.names.lines(ActorId(number as u8)).iter().enumerate() {
            let _ = writeln!(out, "{name} == {line}");
        }
    }
}

/// Declarations, first values, types.
fn variables(speech: &Speech<'_>, out: &mut String) -> Result<(), Inexpressible> {
    let mut names = vec!["broken"];
    let mut initial = vec!["broken = \"no\"".to_owned()];
    let kinds = speech.model.violations.iter().map(|it| format!(", \"{}\"", it.name));
    let mut types = vec![format!("broken \\in {{\"no\"{}}}", kinds.collect::<String>())];
    for variable in &speech.layout.variables {
        let cells = || variable.cells.iter().map(|it| &speech.model.cells[it.index()]);
        let Some(first) = cells().next() else { continue };
        let is_set = first.meaning == Meaning::Actors;
        let mut values = Vec::new();
        for cell in cells() {
            values.push(match is_set {
                true => speech.members(cell.initial)?,
                false => speech.constant(cell.initial, Some(&cell.meaning)),
            });
        }
        let name = variable.name.as_str();
        if !variable.is_written && !variable.is_array {
            let _ = writeln!(out, "\n{name} == {}", values[0]);
            continue;
        }
        let low = cells().map(|it| it.range.0).min().unwrap_or(0);
        let high = cells().map(|it| it.range.1).max().unwrap_or(0);
        let range = if is_set {
            format!("SUBSET ({})", set_range((low, high))?)
        } else {
            format!("{low}..{high}")
        };
        names.push(name);
        if variable.is_array {
            let last = values.len() - 1;
            let cases: Vec<String> = values
                .iter()
                .enumerate()
                .map(|(number, it)| match number {
                    _ if number == last => it.clone(),
                    _ => format!("IF element = {number} THEN {it} ELSE "),
                })
                .collect();
            initial.push(format!("{name} = [element \\in 0..{last} |-> {}]", cases.concat()));
            types.push(format!("{name} \\in [0..{last} -> {range}]"));
        } else {
            initial.push(format!("{name} = {}", values[0]));
            types.push(format!("{name} \\in {range}"));
        }
    }
    let _ = write!(
        out,
        "\nVARIABLES {}\n\nvars == <<{}>>\n\nInit ==\n  /\\ {}\n\nTypeOK ==\n  /\\ {}\n\nBreaks(kind) \
         ==\n  /\\ broken' = kind\n  /\\ UNCHANGED <<{}>>\n",
        names.join(", "),
        names.join(", "),
        initial.join("\n  /\\ "),
        types.join("\n  /\\ "),
        names[1..].join(", "),
    );
    Ok(())
}

/// When a run is over, and whether that is well.
fn ends(speech: &Speech<'_>, out: &mut String) {
    let mut finished = Vec::new();
    let mut well = Vec::new();
    for (number, actor) in speech.model.actors.iter().enumerate() {
        let lines = speech.names.lines(ActorId(number as u8));
        let Some((last, lines)) = lines.split_last() else { continue };
        if actor.environment || actor.steps.is_empty() {
            continue;
        }
        let position = speech.cell(actor.position, &Now::new());
        finished.push(format!("{position} = {last}"));
        let mut here = vec![last.as_str()];
        for (line, step) in lines.iter().zip(&speech.model.steps[usize::from(actor.steps.start)..])
        {
            if step.wait.as_ref().is_some_and(|it| it.may_be_held_off) {
                here.push(line);
            }
        }
        well.push(format!("{position} \\in {{{}}}", here.join(", ")));
    }
    if finished.is_empty() {
        finished.push("TRUE".to_owned());
        well.push("TRUE".to_owned());
    }
    let _ = write!(
        out,
        "\n\\* The environment need not finish: what it could still do does not \
         count.\nEverybodyHasFinished ==\n  /\\ {}\n\n\\* Where a run may rest for ever: it is over, or \
         who waits may be held off.\nRest ==\n  /\\ (broken # \"no\" \\/ ({}))\n  /\\ UNCHANGED \
         vars\n",
        finished.join("\n  /\\ "),
        well.join(" /\\ "),
    );
}

fn action(
    speech: &Speech<'_>,
    lines: &[Vec<String>],
    id: StepId,
    outcome: usize,
    name: &str,
) -> Result<String, Inexpressible> {
    let model = speech.model;
    let step = &model.steps[id.index()];
    let actor = &model.actors[step.actor.index()];
    let way = &step.outcomes[outcome];
    let line = &lines[step.actor.index()][usize::from(id.0 - actor.steps.start)];
    let title = way.title.map_or_else(String::new, |it| format!(" [{}]", sentence(model, it)));
    let text = format!("{} {}{title}", step.key, sentence(model, step.label));
    let now = Now::new();
    let mut out = format!("\n(* {} *)\n{name} ==\n", comment(&text));
    let _ = writeln!(out, "  /\\ {} = {line}", speech.cell(actor.position, &now));
    if actor.environment {
        out.push_str("  /\\ ~EverybodyHasFinished\n");
    }
    let condition = speech.truth(way.guard, &now)?;
    if condition != "TRUE" {
        // A guard that has no value counts as one that holds: taking the step is what breaks.
        let faults = speech.faults(way.guard, &now)?;
        let mut any: Vec<String> = faults.into_iter().map(|it| format!("({})", it.0)).collect();
        any.push(format!("({condition})"));
        let _ = writeln!(out, "  /\\ ({})", any.join(" \\/ "));
    }
    let said = Action::say(speech, step, way, 5)?;
    // What begins with a list begins on a line of its own.
    let before = if said.starts_with("IF") || said.starts_with("LET") || said.starts_with("Breaks")
    {
        " "
    } else {
        "\n"
    };
    let _ = writeln!(out, "  /\\{before}{said}");
    Ok(out)
}
