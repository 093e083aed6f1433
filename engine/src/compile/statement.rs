//! Statements become operations: assignments, branches, checks, loops unrolled, storages touched.

use super::Checked;
use super::lane::{Lane, Standpoint};
use super::names::{Compiler, Type};
use crate::ids::{ActorId, ExprId, StorageId};
use crate::model::{Expr, Op, Place};
use crate::syntax::tree::{Line, Name, Run, Spanned, Statement, When};

/// The operations of one outcome while they are written.
#[derive(Debug)]
pub(super) struct Emission<'r, 'l> {
    actor: ActorId,
    lane: &'l Lane<'r>,
    /// Jumps in it count from 0.
    pub(super) ops: Vec<Op>,
    /// `as pin`.
    pub(super) access: Option<String>,
    /// Storages whose lifetime has been checked on every way here.
    touched: Vec<StorageId>,
    /// Shared locations touched: what distinguishes each, and its name.
    pub(super) locations: Vec<(Location, String)>,
    /// Jumps to after the routine that is run inside the step, innermost last.
    returns: Vec<Vec<usize>>,
}

/// A cell, or an element of an array by a certain index.
type Location = (u16, Option<Expr>);

impl<'r, 'l> Emission<'r, 'l> {
    pub(super) fn new(actor: ActorId, lane: &'l Lane<'r>) -> Self {
        Self {
            actor,
            lane,
            ops: Vec::new(),
            access: None,
            touched: Vec::new(),
            locations: Vec::new(),
            returns: Vec::new(),
        }
    }

    fn push(&mut self, op: Op) -> usize {
        self.ops.push(op);
        self.ops.len() - 1
    }

    /// Lets the jump at `at` lead to what comes next.
    fn land(&mut self, at: usize) {
        let here = self.ops.len() as u32;
        match &mut self.ops[at] {
            Op::Jump { to } | Op::Unless { to, .. } => *to = here,
            _ => {}
        }
    }
}

impl<'r> Compiler<'r> {
    pub(super) fn statements(
        &mut self,
        statements: &'r [Spanned<Statement>],
        at: &Standpoint<'r>,
        emission: &mut Emission<'r, '_>,
    ) -> Checked<()> {
        for statement in statements {
            self.statement(statement, at, emission)?;
        }
        Ok(())
    }

    fn statement(
        &mut self,
        statement: &'r Spanned<Statement>,
        at: &Standpoint<'r>,
        emission: &mut Emission<'r, '_>,
    ) -> Checked<()> {
        let environment = &at.environment;
        match &statement.node {
            Statement::Nothing => {}
            Statement::Assign { place, value } => {
                let (place, type_) = self.place(place, environment)?;
                let value = self.expression(value, environment, Some(type_))?.id;
                self.touch_reads(value, emission);
                self.touch_place(place, emission);
                emission.push(Op::Assign { place, value });
            }
            Statement::If { condition, then, otherwise } => {
                let condition = self.expression(condition, environment, Some(Type::Bool))?.id;
                self.touch_reads(condition, emission);
                let unless = emission.push(Op::Unless { condition, to: 0 });
                let touched = emission.touched.clone();
                self.statements(then, at, emission)?;
                if otherwise.is_empty() {
                    emission.land(unless);
                } else {
                    let over = emission.push(Op::Jump { to: 0 });
                    emission.land(unless);
                    emission.touched.clone_from(&touched);
                    self.statements(otherwise, at, emission)?;
                    emission.land(over);
                }
                emission.touched = touched;
            }
            Statement::Goto(key) => {
                let line = self.line_of(key, at, emission)?;
                emission.push(Op::Goto { line });
            }
            Statement::Return => match emission.returns.last() {
                Some(_) => {
                    let jump = emission.push(Op::Jump { to: 0 });
                    if let Some(returns) = emission.returns.last_mut() {
                        returns.push(jump);
                    }
                }
                None => {
                    let line = emission.lane.scopes[at.scope].end as u16;
                    emission.push(Op::Goto { line });
                }
            },
            Statement::Finish => {
                let line = emission.lane.lines.len() as u16;
                emission.push(Op::Goto { line });
            }
            Statement::Check { condition, violation } => {
                let condition = self.expression(condition, environment, Some(Type::Bool))?.id;
                let violation = self.violation(violation)?;
                emission.push(Op::Check { condition, violation });
            }
            Statement::Break(violation) => {
                let condition = self.value(0);
                let violation = self.violation(violation)?;
                emission.push(Op::Check { condition, violation });
            }
            Statement::Say(text) => {
                let text = self.text(text, environment)?;
                emission.push(Op::Say(text));
            }
            Statement::For { variable, over, body } => {
                for (value, type_) in self.values_of(over)? {
                    let mut inside = at.clone();
                    inside.environment.bound.push((&variable.node, value, type_));
                    self.statements(body, &inside, emission)?;
                }
            }
            Statement::When(When { condition, then, otherwise }) => {
                let holds = self.decide(condition, environment)?;
                self.statements(if holds { then } else { otherwise }, at, emission)?;
            }
            Statement::Run(run) => self.run_inside(run, at, emission)?,
            Statement::Wait { .. } => {
                let help = "put it first, or make it a step of its own";
                let message = "a step can wait only before it does anything";
                return Err(self.error(statement.span, message, Some(help)));
            }
            Statement::Choose(_) => {
                let help = "a step makes one choice, and not inside a branch: split the step";
                let message = "there cannot be a choice here";
                return Err(self.error(statement.span, message, Some(help)));
            }
        }
        Ok(())
    }

    /// Runs a routine inside the step.
    fn run_inside(
        &mut self,
        run: &'r Run,
        at: &Standpoint<'r>,
        emission: &mut Emission<'r, '_>,
    ) -> Checked<()> {
        let depth = emission.returns.len();
        let (routine, environment) = self.enter_routine(run, &at.environment, depth)?;
        emission.returns.push(Vec::new());
        let inside = Standpoint { environment, scope: at.scope };
        self.routine_lines(&routine.lines, &inside, emission)?;
        for jump in emission.returns.pop().unwrap_or_default() {
            emission.land(jump);
        }
        Ok(())
    }

    /// The lines of a routine that is run inside a step.
    fn routine_lines(
        &mut self,
        lines: &'r [Line],
        at: &Standpoint<'r>,
        emission: &mut Emission<'r, '_>,
    ) -> Checked<()> {
        for line in lines {
            match line {
                Line::Statement(statement) => self.statement(statement, at, emission)?,
                Line::When(when) => {
                    let holds = self.decide(&when.condition, &at.environment)?;
                    let lines = if holds { &when.then } else { &when.otherwise };
                    self.routine_lines(lines, at, emission)?;
                }
                Line::Run(run) => self.run_inside(run, at, emission)?,
                Line::Step(step) => {
                    let help = "run it on a line of the lane, not inside a step";
                    let message =
                        "a routine that is run inside a step cannot have steps of its own";
                    return Err(self.error(step.key.span, message, Some(help)));
                }
                Line::Local(local) => {
                    let help = "declare it in the actor, or in a routine that is run on a line of the lane";
                    let message = "a routine that is run inside a step cannot declare locals";
                    return Err(self.error(local.name.span, message, Some(help)));
                }
            }
        }
        Ok(())
    }

    fn line_of(
        &mut self,
        key: &'r Name,
        at: &Standpoint<'r>,
        emission: &Emission<'r, '_>,
    ) -> Checked<u16> {
        match emission.lane.line_of(at.scope, &key.node) {
            Some(line) => Ok(line as u16),
            None => {
                let keys = candidates!(emission.lane.lines.iter().map(|line| &*line.key));
                Err(self.unknown(key, "line of this actor under these knobs:", &keys))
            }
        }
    }

    fn values_of(&mut self, over: &'r Name) -> Checked<Vec<(i32, Type)>> {
        if over.node == "actor" {
            return Ok((0..self.model.actors.len() as i32).map(|v| (v, Type::Actor)).collect());
        }
        if let Some(number) = self.enum_names.get(&over.node) {
            let count = self.enums[number].values.len() as i32;
            return Ok((0..count).map(|value| (value, Type::Names(number))).collect());
        }
        if let Some(number) = self.array_names.get(&over.node)
            && let Some(type_) = self.arrays[number].index
        {
            let (first, len) = (self.arrays[number].first, self.arrays[number].len as i32);
            return Ok((first..first + len).map(|value| (value, type_)).collect());
        }
        let names = [self.enum_names.names(), self.array_names.names()].concat();
        Err(self.unknown(over, "array or enumeration", &names))
    }

    /// Notes what an expression reads, and has the lifetimes of the storages in it checked first.
    pub(super) fn touch_reads(&mut self, id: ExprId, emission: &mut Emission<'r, '_>) {
        match self.model.exprs[id.index()].clone() {
            Expr::Value(_) => {}
            Expr::Read(place) => self.touch_place(place, emission),
            Expr::Not(inner) => self.touch_reads(inner, emission),
            Expr::Binary(_, left, right) => {
                self.touch_reads(left, emission);
                self.touch_reads(right, emission);
            }
            // A snapshot of where others stand is a look, not an access.
            Expr::ActorsWhere(_) => {}
        }
    }

    fn touch_place(&mut self, place: Place, emission: &mut Emission<'r, '_>) {
        if let Some(index) = place.index {
            self.touch_reads(index.value, emission);
        }
        let cell = &self.model.cells[place.base.index()];
        if let Some(owner) = cell.owner {
            let is_position = self.model.actors[owner.index()].position == place.base;
            debug_assert!(
                is_position || owner == emission.actor,
                "a local is seen by its actor only"
            );
            return;
        }
        let name = match place.index {
            None => cell.name.clone(),
            Some(_) => cell.group.as_ref().map_or_else(
                || cell.name.clone(),
                |(array, _)| {
                    let after = cell.name.rsplit(']').next().unwrap_or_default();
                    let field = after.strip_prefix('.').unwrap_or_default();
                    if field.is_empty() {
                        format!("{array}[…]")
                    } else {
                        format!("{array}[…].{field}")
                    }
                },
            ),
        };
        let storage = cell.storage;
        let index = place.index.map(|index| self.model.exprs[index.value.index()].clone());
        let location = (place.base.0, index);
        if emission.locations.iter().all(|(known, _)| *known != location) {
            emission.locations.push((location, name));
        }
        if let Some(storage) = storage
            && !emission.touched.contains(&storage)
        {
            emission.touched.push(storage);
            emission.push(Op::Touch { storage, access: 0 });
        }
    }
}
