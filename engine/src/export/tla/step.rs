//! Steps in TLA+: one action for each way in which a step can go. Imports ids, model and what the exports share.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::formal::{Inexpressible, elements};
use super::expression::{Fault, Now, Speech, refused};
use crate::ids::{ExprId, StorageId, ViolationId};
use crate::model::{Expr, Op, Outcome, Place, Step};

/// What comes behind a branch is said in both of its arms; more ends than this are no reading matter.
const MOST_ENDS: usize = 512;

/// Says the operations of one outcome, as what is true of the next state.
pub(super) struct Action<'a, 'm> {
    pub(super) speech: &'a Speech<'m>,
    pub(super) step: &'m Step,
    pub(super) out: String,
    indent: usize,
    ends: usize,
    /// How many values have got a name.
    named: usize,
}

/// What is known at a point of a step.
#[derive(Clone, Default)]
struct Path {
    now: Now,
    /// Conditions that are known not to hold, as they read here.
    sound: BTreeSet<String>,
}

impl<'a, 'm> Action<'a, 'm> {
    /// What follows `/\`, each line after the first behind so many spaces.
    pub(super) fn say(
        speech: &'a Speech<'m>,
        step: &'m Step,
        outcome: &Outcome,
        indent: usize,
    ) -> Result<String, Inexpressible> {
        let mut action = Self { speech, step, out: String::new(), indent, ends: 0, named: 0 };
        let mut path = Path::default();
        let faults = speech.faults(outcome.guard, &path.now)?;
        action.break_by(faults, &mut path);
        action.from(outcome.ops.start, path)?;
        let lines = action.out.lines().map(str::trim_end);
        Ok(lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n"))
    }

    /// Everything from this operation on.
    fn from(&mut self, mut at: u32, mut path: Path) -> Result<(), Inexpressible> {
        loop {
            let op = self.speech.model.ops[at as usize];
            at += 1;
            match op {
                Op::Say(_) => {}
                Op::Jump { to } => at = to,
                Op::Touch { storage, access } => self.touch(storage, access, &mut path),
                Op::Assign { place, value } => self.assign(place, value, &mut path)?,
                Op::Check { condition, violation } => {
                    let faults = self.speech.faults(condition, &path.now)?;
                    self.break_by(faults, &mut path);
                    if let Expr::Value(0) = self.speech.model.exprs[condition.index()] {
                        return self.breaks(violation);
                    }
                    let holds = self.speech.truth(condition, &path.now)?;
                    self.break_by(vec![(format!("~({holds})"), violation)], &mut path);
                }
                Op::Unless { condition, to } => {
                    let faults = self.speech.faults(condition, &path.now)?;
                    self.break_by(faults, &mut path);
                    let holds = self.speech.truth(condition, &path.now)?;
                    let _ = write!(self.out, "IF {holds} THEN (");
                    self.indent += 2;
                    self.line();
                    self.from(at, path.clone())?;
                    self.indent -= 2;
                    self.out.push(')');
                    self.line();
                    self.out.push_str("ELSE ");
                    at = to;
                }
                Op::Goto { line } => return self.done(line, &path.now),
            }
        }
    }

    fn line(&mut self) {
        let indent = self.indent;
        // Writing to a string cannot fail.
        let _ = write!(self.out, "\n{:indent$}", "");
    }

    fn end(&mut self) -> Result<(), Inexpressible> {
        self.ends += 1;
        if self.ends > MOST_ENDS {
            return Err(refused("it branches so often that nobody could read it"));
        }
        Ok(())
    }

    fn done(&mut self, line: u16, now: &Now) -> Result<(), Inexpressible> {
        self.end()?;
        let speech = self.speech;
        let actor = self.step.actor;
        let position = speech.layout.of(speech.model.actors[actor.index()].position).variable;
        let next = &speech.names.lines(actor)[usize::from(line)];
        let mut kept = vec!["broken"];
        let mut changed = Vec::new();
        for (number, variable) in speech.layout.variables.iter().enumerate() {
            let name = &variable.name;
            match now.get(&number) {
                _ if number == position => changed.push(format!("{name}' = {next}")),
                Some(value) => changed.push(format!("{name}' = {value}")),
                None if variable.is_written || variable.is_array => kept.push(name),
                None => {}
            }
        }
        // A list of its own: all its signs stand in one column.
        self.indent += 2;
        for change in changed {
            self.line();
            let _ = write!(self.out, "/\\ {change}");
        }
        self.line();
        let _ = write!(self.out, "/\\ UNCHANGED <<{}>>", kept.join(", "));
        self.indent -= 2;
        Ok(())
    }

    fn breaks(&mut self, kind: ViolationId) -> Result<(), Inexpressible> {
        self.end()?;
        let name = &self.speech.model.violations[kind.index()].name;
        let _ = write!(self.out, "Breaks(\"{name}\")");
        Ok(())
    }

    /// Those faults that are not known to be absent.
    fn break_by(&mut self, faults: Vec<Fault>, path: &mut Path) {
        for (fault, kind) in faults {
            if path.sound.insert(fault.clone()) {
                let name = &self.speech.model.violations[kind.index()].name;
                let _ = write!(self.out, "IF {fault} THEN Breaks(\"{name}\")");
                self.line();
                self.out.push_str("ELSE ");
            }
        }
    }

    fn touch(&mut self, storage: StorageId, access: u8, path: &mut Path) {
        let it = &self.speech.model.storages[storage.index()];
        let cell = &self.speech.model.cells[it.lifetime.index()];
        for (number, rule) in it.rules[usize::from(access)].iter().enumerate() {
            if let Some(kind) = rule {
                let lifetime = cell.range.0 + number as i32;
                let name = self.speech.constant(lifetime, Some(&cell.meaning));
                let fault = format!("{} = {name}", self.speech.cell(it.lifetime, &path.now));
                self.break_by(vec![(fault, *kind)], path);
            }
        }
    }

    fn assign(
        &mut self,
        place: Place,
        value: ExprId,
        path: &mut Path,
    ) -> Result<(), Inexpressible> {
        let speech = self.speech;
        let faults = speech.faults(value, &path.now)?;
        self.break_by(faults, path);
        let faults = speech.index_faults(place, &path.now)?;
        self.break_by(faults, path);
        let cell = &speech.model.cells[place.base.index()];
        let of = |it: crate::ids::CellId| {
            let cell = &speech.model.cells[it.index()];
            (cell.range, cell.out_of_range)
        };
        if elements(place).any(|it| of(it) != (cell.range, cell.out_of_range)) {
            let reason = format!("the elements beside `{}` have ranges of their own", cell.name);
            return Err(Inexpressible(reason));
        }
        let (low, high) = speech.bounds.of(value)?;
        let text = if speech.is_set(place) {
            let text = speech.set(value, &path.now)?;
            let members = set_range(cell.range)?;
            if high > i64::from(cell.range.1) {
                let fault = format!("~({text} \\subseteq {members})");
                self.break_by(vec![(fault, cell.out_of_range.1)], path);
            }
            text
        } else {
            let text = speech.number(value, Some(&cell.meaning), &path.now)?;
            if low < i64::from(cell.range.0) {
                let fault = format!("{text} < {}", cell.range.0);
                self.break_by(vec![(fault, cell.out_of_range.0)], path);
            }
            if high > i64::from(cell.range.1) {
                let fault = format!("{text} > {}", cell.range.1);
                self.break_by(vec![(fault, cell.out_of_range.1)], path);
            }
            text
        };
        let variable = speech.layout.of(place.base).variable;
        let text = match speech.index(place, &path.now)? {
            None => text,
            Some(index) => {
                let held = speech.variable(variable, &path.now);
                format!("[{held} EXCEPT ![{index}] = {text}]")
            }
        };
        let is_word = text.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
        let held = if is_word {
            text
        } else {
            self.named += 1;
            let name = format!("next_{}_{}", speech.layout.variables[variable].name, self.named);
            let _ = write!(self.out, "LET {name} == {text} IN");
            self.line();
            name
        };
        // A word that is another variable's name stands for what that held before the step.
        path.now.insert(variable, held);
        Ok(())
    }
}

/// The members that a set can have: the cell's range is that of a mask.
pub(super) fn set_range(range: (i32, i32)) -> Result<String, Inexpressible> {
    let above = i64::from(range.1) + 1;
    if range.0 != 0 || above.count_ones() != 1 {
        return Err(refused("a set of actors has a range that is no set's"));
    }
    if above == 1 { Ok("{}".to_owned()) } else { Ok(format!("0..{}", above.trailing_zeros() - 1)) }
}
