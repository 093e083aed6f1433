//! Steps in Promela: one `d_step` for each way in which a step can go. Imports ids, model, footprints and what the exports share.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::formal::{Inexpressible, elements};
use super::expression::{Fault, Speech};
use crate::ids::{CellId, ExprId, StorageId, ViolationId};
use crate::model::{Expr, Model, Op, Outcome, Place, Step};
use crate::state::{CellSet, may_touch_of};

/// What is known on the way to an operation.
#[derive(Clone, Default)]
struct Path {
    /// Cells that this step may have written by now: a step that breaks is undone.
    dirty: BTreeSet<CellId>,
    /// The lifetimes that a storage can have here, where something is known of them: a bit for each.
    lifetimes: BTreeMap<StorageId, u64>,
    /// What is known not to be broken here, with the cells that it depends on.
    sound: BTreeMap<String, CellSet>,
}

impl Path {
    fn join(self, other: Self) -> Self {
        let lifetimes = self.lifetimes.into_iter().filter_map(|(storage, known)| {
            other.lifetimes.get(&storage).map(|also| (storage, known | also))
        });
        let sound = self.sound.into_iter().filter(|it| other.sound.contains_key(&it.0));
        Self {
            lifetimes: lifetimes.collect(),
            dirty: &self.dirty | &other.dirty,
            sound: sound.collect(),
        }
    }
}

/// Says the operations of one outcome.
pub(super) struct Body<'a, 'm> {
    speech: &'a Speech<'m>,
    step: &'m Step,
    /// The name in front of this step's labels.
    label: &'a str,
    out: String,
    indent: usize,
    /// What is known where a jump has still to land.
    landing: BTreeMap<u32, Path>,
    leaves_early: bool,
    /// Cells that may have to be put back.
    pub(super) undone: BTreeSet<CellId>,
}

/// How a way reads, without its guard.
pub(super) struct Said {
    /// Its statements.
    pub(super) text: String,
    /// Cells whose value has to be kept before, in case the step breaks.
    pub(super) undone: BTreeSet<CellId>,
    /// Whether something jumps to its end.
    pub(super) leaves_early: bool,
}

impl<'a, 'm> Body<'a, 'm> {
    /// The statements of a way, each line behind so many spaces.
    pub(super) fn say(
        speech: &'a Speech<'m>,
        step: &'m Step,
        outcome: &Outcome,
        label: &'a str,
        indent: usize,
    ) -> Result<Said, Inexpressible> {
        let mut body = Self {
            speech,
            step,
            label,
            out: String::new(),
            indent,
            landing: BTreeMap::new(),
            leaves_early: false,
            undone: BTreeSet::new(),
        };
        let path = body.faults(outcome.guard, Path::default())?;
        let range = outcome.ops.start..outcome.ops.end;
        body.block(range.start, range.end, range.end, Some(path))?;
        Ok(Said { text: body.out, undone: body.undone, leaves_early: body.leaves_early })
    }

    fn model(&self) -> &'m Model {
        self.speech.model
    }

    fn line(&mut self, text: &str) {
        let indent = self.indent;
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    /// The operations from `at` up to `to`. `None` stands for what cannot be reached.
    fn block(
        &mut self,
        mut at: u32,
        to: u32,
        end: u32,
        mut path: Option<Path>,
    ) -> Result<Option<Path>, Inexpressible> {
        while at < to {
            if let Some(landed) = self.landing.remove(&at) {
                let label = self.landing_label(at);
                self.line(&format!("{label}: skip;"));
                path = Some(match path {
                    Some(path) => path.join(landed),
                    None => landed,
                });
            }
            let Some(here) = path.take() else {
                at += 1;
                continue;
            };
            let op = self.model().ops[at as usize];
            at += 1;
            path = match op {
                Op::Say(_) => Some(here),
                Op::Touch { storage, access } => self.touch(storage, access, here),
                Op::Assign { place, value } => Some(self.assign(place, value, here)?),
                Op::Check { condition, violation } => self.check(condition, violation, here)?,
                Op::Goto { line } => {
                    self.go_on(line, at == end);
                    None
                }
                Op::Jump { to: target } if target == to => Some(here),
                Op::Jump { to: target } => {
                    self.jump(target, here);
                    None
                }
                Op::Unless { condition, to: target } => {
                    let (next, path) = self.branch(condition, (at, target, to), end, here)?;
                    at = next;
                    path
                }
            };
        }
        Ok(path)
    }

    /// `if`: from `at` up to the target, or past it where the way there ends in a jump over the rest.
    fn branch(
        &mut self,
        condition: ExprId,
        (at, target, to): (u32, u32, u32),
        end: u32,
        path: Path,
    ) -> Result<(u32, Option<Path>), Inexpressible> {
        let path = self.faults(condition, path)?;
        let text = self.speech.expr(condition)?;
        self.line("if");
        if target > to {
            // What the condition jumps over ends behind this block.
            self.line(&format!(":: {text}"));
            self.line(":: else ->");
            self.indent += 3;
            self.jump(target, path.clone());
            self.indent -= 3;
            self.line("fi;");
            return Ok((at, Some(path)));
        }
        let over = match self.model().ops[target as usize - 1] {
            Op::Jump { to: over } if target > at && over > target && over <= to => Some(over),
            _ => None,
        };
        let (then_end, otherwise_end) = over.map_or((target, target), |it| (target - 1, it));
        self.line(&format!(":: {text} ->"));
        self.indent += 3;
        let then = self.block(at, then_end, end, Some(path.clone()))?;
        self.skip_if_empty(at, then_end);
        self.indent -= 3;
        let otherwise = if target == otherwise_end {
            self.line(":: else");
            Some(path)
        } else {
            self.line(":: else ->");
            self.indent += 3;
            let path = self.block(target, otherwise_end, end, Some(path))?;
            self.skip_if_empty(target, otherwise_end);
            self.indent -= 3;
            path
        };
        self.line("fi;");
        let path = match (then, otherwise) {
            (Some(then), Some(otherwise)) => Some(then.join(otherwise)),
            (one, other) => one.or(other),
        };
        Ok((otherwise_end, path))
    }

    /// An option needs a statement.
    fn skip_if_empty(&mut self, from: u32, to: u32) {
        let ops = &self.model().ops[from as usize..to as usize];
        if ops.iter().all(|it| matches!(it, Op::Say(_) | Op::Jump { .. })) {
            self.line("skip");
        }
    }

    fn jump(&mut self, target: u32, path: Path) {
        let landed = match self.landing.remove(&target) {
            Some(known) => known.join(path),
            None => path,
        };
        self.landing.insert(target, landed);
        let label = self.landing_label(target);
        self.line(&format!("goto {label};"));
    }

    fn landing_label(&self, at: u32) -> String {
        format!("{}_{at}", self.label)
    }

    fn go_on(&mut self, line: u16, is_last: bool) {
        let actor = self.step.actor;
        let position = self.speech.cell(self.model().actors[actor.index()].position);
        let next = &self.speech.names.lines(actor)[usize::from(line)];
        self.line(&format!("{position} = {next};"));
        if !is_last {
            self.leave();
        }
    }

    fn leave(&mut self) {
        self.leaves_early = true;
        self.line(&format!("goto {};", self.label));
    }

    /// An option that breaks: it puts back what the step has done, and leaves.
    fn breaks(&mut self, condition: &str, violation: ViolationId, path: &Path) {
        self.line(&format!(":: {condition} ->"));
        self.indent += 3;
        self.line(&format!("breaks({});", self.speech.names.kind(violation)));
        for &cell in &path.dirty {
            let was = was(&self.speech.cell(cell));
            self.line(&format!("{} = {was};", self.speech.cell(cell)));
        }
        self.undone.extend(&path.dirty);
        self.leave();
        self.indent -= 3;
    }

    fn break_if(&mut self, condition: &str, violation: ViolationId, path: &Path) {
        self.line("if");
        self.breaks(condition, violation, path);
        self.line(":: else");
        self.line("fi;");
    }

    /// What can break before the expression has a value.
    fn faults(&mut self, expr: ExprId, path: Path) -> Result<Path, Inexpressible> {
        let depends = may_touch_of(self.model(), expr).reads;
        let faults = self.speech.faults(expr)?;
        Ok(self.break_by(faults, &depends, path))
    }

    /// Those faults that are not known to be absent.
    fn break_by(&mut self, faults: Vec<Fault>, depends: &CellSet, mut path: Path) -> Path {
        for (fault, kind) in faults {
            if !path.sound.contains_key(&fault) {
                self.break_if(&fault, kind, &path);
                path.sound.insert(fault, depends.clone());
            }
        }
        path
    }

    fn check(
        &mut self,
        condition: ExprId,
        violation: ViolationId,
        path: Path,
    ) -> Result<Option<Path>, Inexpressible> {
        let path = self.faults(condition, path)?;
        if let Expr::Value(0) = self.model().exprs[condition.index()] {
            self.line("if");
            self.breaks("true", violation, &path);
            self.line("fi;");
            return Ok(None);
        }
        let text = self.speech.negated(condition)?;
        self.break_if(&text, violation, &path);
        Ok(Some(path))
    }

    fn touch(&mut self, storage: StorageId, access: u8, mut path: Path) -> Option<Path> {
        let it = &self.model().storages[storage.index()];
        let cell = &self.model().cells[it.lifetime.index()];
        let rules = &it.rules[usize::from(access)];
        let known = path.lifetimes.get(&storage).copied().unwrap_or(u64::MAX);
        let mut by_kind: BTreeMap<ViolationId, Vec<String>> = BTreeMap::new();
        let mut healthy = 0;
        for (number, rule) in rules.iter().enumerate() {
            if known >> number & 1 == 0 {
                continue;
            }
            let lifetime = cell.range.0 + number as i32;
            let name = self.speech.number(lifetime, Some(&cell.meaning));
            let text = format!("{} == {name}", self.speech.cell(it.lifetime));
            match rule {
                Some(kind) => by_kind.entry(*kind).or_default().push(text),
                None => healthy |= 1 << number,
            }
        }
        if by_kind.is_empty() {
            return Some(path);
        }
        self.line("if");
        for (kind, lifetimes) in &by_kind {
            self.breaks(&lifetimes.join(" || "), *kind, &path);
        }
        if healthy != 0 {
            self.line(":: else");
        }
        self.line("fi;");
        path.lifetimes.insert(storage, healthy);
        (healthy != 0).then_some(path)
    }

    fn assign(&mut self, place: Place, value: ExprId, path: Path) -> Result<Path, Inexpressible> {
        let mut path = self.faults(value, path)?;
        if let Some(index) = place.index {
            let depends = may_touch_of(self.model(), index.value).reads;
            let faults = self.speech.index_faults(place)?;
            path = self.break_by(faults, &depends, path);
        }
        let cell = &self.model().cells[place.base.index()];
        let of = |it: CellId| {
            let cell = &self.model().cells[it.index()];
            (cell.range, cell.out_of_range)
        };
        if elements(place).any(|it| of(it) != (cell.range, cell.out_of_range)) {
            let reason = format!("the elements beside `{}` have ranges of their own", cell.name);
            return Err(Inexpressible(reason));
        }
        let (low, high) = self.speech.bounds.of(value)?;
        let held = self.speech.compared(value)?;
        if low < i64::from(cell.range.0) {
            let fault = format!("{held} < {}", cell.range.0);
            self.break_if(&fault, cell.out_of_range.0, &path);
        }
        if high > i64::from(cell.range.1) {
            let fault = format!("{held} > {}", cell.range.1);
            self.break_if(&fault, cell.out_of_range.1, &path);
        }
        let text = self.speech.stored(value, &cell.meaning)?;
        self.line(&format!("{} = {text};", self.speech.place(place)));
        Ok(self.written(place, value, path))
    }

    fn written(&self, place: Place, value: ExprId, mut path: Path) -> Path {
        path.dirty.extend(elements(place));
        path.sound.retain(|_, depends| !elements(place).any(|it| depends.contains(it)));
        for (number, storage) in self.model().storages.iter().enumerate() {
            if !elements(place).any(|it| it == storage.lifetime) {
                continue;
            }
            let id = StorageId(number as u8);
            let first = self.model().cells[storage.lifetime.index()].range.0;
            match (&self.model().exprs[value.index()], place.index) {
                (Expr::Value(value), None) => {
                    path.lifetimes.insert(id, 1 << (i64::from(*value) - i64::from(first)));
                }
                _ => {
                    path.lifetimes.remove(&id);
                }
            }
        }
        path
    }
}

/// The name under which a cell's value is kept.
pub(super) fn was(cell: &str) -> String {
    let plain: String =
        cell.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    format!("was_{}", plain.trim_end_matches('_'))
}
