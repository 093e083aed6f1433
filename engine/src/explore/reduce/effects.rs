//! What each step may read, write and break, finer than its footprint: a set of actors is as many cells as it can have members, and a look at another actor's position is the question that it asks. Imports ids and model, never a state.

use crate::ids::{CellId, ExprId, ViolationId};
use crate::model::{Binary, Expr, Meaning, Model, Op, Place, Step};

/// A set of small numbers.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Set(Vec<u64>);

impl Set {
    pub(super) fn insert(&mut self, number: usize) {
        if number / 64 >= self.0.len() {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(left, right)| left & right != 0)
    }

    /// Adds the other's numbers.
    pub(super) fn add(&mut self, other: &Self) {
        if other.0.len() > self.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, added)| *word |= added);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }
}

/// A question that is asked of an actor's position: for each line, and for "finished", its answer.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Look {
    actor: usize,
    answers: Vec<bool>,
}

/// What some expressions read.
#[derive(Clone, Default, Debug)]
struct Reads {
    cells: Set,
    looks: Vec<Look>,
}

/// What a step may do, over all states and all its outcomes.
#[derive(Clone, Debug)]
pub(super) struct Effects {
    pub(super) actor: usize,
    /// Its line in its actor's lane.
    pub(super) line: usize,
    all: Reads,
    /// What its guards read, which decide whether it can be taken.
    guards: Reads,
    writes: Set,
    /// The lines that its actor may stand before after it.
    pub(super) goes_to: Vec<usize>,
    /// The kinds of violation that it may break.
    pub(super) breaks: Set,
}

impl Effects {
    /// Whether the order of this step and one of another actor can make a difference.
    pub(super) fn conflicts(&self, other: &Self) -> bool {
        self.writes.meets(&other.writes) || other.changes(&self.all) || self.changes(&other.all)
    }

    /// Whether a step of another actor may change whether this one can be taken.
    pub(super) fn is_released_by(&self, other: &Self) -> bool {
        other.changes(&self.guards)
    }

    fn changes(&self, reads: &Reads) -> bool {
        self.writes.meets(&reads.cells) || reads.looks.iter().any(|it| self.answers_anew(it))
    }

    fn answers_anew(&self, look: &Look) -> bool {
        let before = look.answers.get(self.line);
        look.actor == self.actor && self.goes_to.iter().any(|&it| look.answers.get(it) != before)
    }
}

/// The effects of every step.
pub(super) fn effects(model: &Model) -> Vec<Effects> {
    let of = Cells::new(model);
    model.steps.iter().enumerate().map(|(number, step)| of.step(number, step)).collect()
}

/// How the model's cells are numbered: each member of a set of actors has a number of its own.
struct Cells<'m> {
    model: &'m Model,
    /// For each cell, its first number and how many it has.
    numbers: Vec<(usize, usize)>,
    /// For each cell, whose position it is.
    positions: Vec<Option<usize>>,
}

impl<'m> Cells<'m> {
    fn new(model: &'m Model) -> Self {
        let mut positions = vec![None; model.cells.len()];
        for (number, actor) in model.actors.iter().enumerate() {
            positions[actor.position.index()] = Some(number);
        }
        // A position that is written as any cell has no answers that are known beforehand.
        for op in &model.ops {
            if let Op::Assign { place, .. } = op {
                elements(*place).for_each(|it| positions[it.index()] = None);
            }
        }
        let mut next = 0;
        let numbers = model.cells.iter().map(|cell| {
            let members = (cell.range.1.count_ones() as usize).max(1);
            let is_set = cell.meaning == Meaning::Actors
                && cell.range.0 == 0
                && i64::from(cell.range.1) == (1i64 << members) - 1;
            let count = if is_set { members } else { 1 };
            next += count;
            (next - count, count)
        });
        Self { model, numbers: numbers.collect(), positions }
    }

    fn step(&self, number: usize, step: &Step) -> Effects {
        let actor = &self.model.actors[step.actor.index()];
        let mut found = Effects {
            actor: step.actor.index(),
            line: number - usize::from(actor.steps.start),
            all: Reads::default(),
            guards: Reads::default(),
            writes: Set::default(),
            goes_to: Vec::new(),
            breaks: Set::default(),
        };
        for outcome in &step.outcomes {
            self.read(outcome.guard, &mut found.guards, &mut found.breaks);
            for op in &self.model.ops[outcome.ops.start as usize..outcome.ops.end as usize] {
                self.op(*op, &mut found);
            }
        }
        found.all.cells.add(&found.guards.cells);
        found.all.looks.extend(found.guards.looks.iter().cloned());
        self.insert(actor.position, &mut found.writes);
        found
    }

    fn op(&self, op: Op, found: &mut Effects) {
        match op {
            Op::Touch { storage, access } => {
                let storage = &self.model.storages[storage.index()];
                self.insert(storage.lifetime, &mut found.all.cells);
                let kinds = storage.rules[usize::from(access)].iter().flatten();
                kinds.for_each(|it| found.breaks.insert(it.index()));
            }
            Op::Assign { place, value } => self.assign(place, value, found),
            Op::Check { condition, violation } => {
                self.read(condition, &mut found.all, &mut found.breaks);
                found.breaks.insert(violation.index());
            }
            Op::Unless { condition, .. } => {
                self.read(condition, &mut found.all, &mut found.breaks);
            }
            Op::Goto { line } => found.goes_to.push(usize::from(line)),
            Op::Jump { .. } | Op::Say(_) => {}
        }
    }

    fn assign(&self, place: Place, value: ExprId, found: &mut Effects) {
        let mut members = Vec::new();
        if place.index.is_none() && self.changes_members(place.base, value, &mut members) {
            let first = self.numbers[place.base.index()].0;
            members.into_iter().for_each(|it| found.writes.insert(first + it));
            return;
        }
        self.read(value, &mut found.all, &mut found.breaks);
        self.index(place, &mut found.all, &mut found.breaks);
        let bounds = self.bounds(value);
        for cell in elements(place) {
            self.insert(cell, &mut found.writes);
            let it = &self.model.cells[cell.index()];
            let (below, above) = it.out_of_range;
            let mut breaks = |kind: ViolationId| found.breaks.insert(kind.index());
            if bounds.0 < i64::from(it.range.0) {
                breaks(below);
            }
            if bounds.1 > i64::from(it.range.1) {
                breaks(above);
            }
        }
    }

    /// Whether the value is what the set holds with some members taken in or out: then it reads none, writes
    /// these, and has room. They are added to the list.
    fn changes_members(&self, set: CellId, value: ExprId, members: &mut Vec<usize>) -> bool {
        let count = self.numbers[set.index()].1;
        match &self.model.exprs[value.index()] {
            Expr::Read(place) => count > 1 && *place == Place { base: set, index: None },
            Expr::Binary(Binary::With | Binary::Without, inner, member) => {
                let member = match self.model.exprs[member.index()] {
                    Expr::Value(member) => usize::try_from(member).ok().filter(|&it| it < count),
                    _ => None,
                };
                let Some(member) = member else { return false };
                members.push(member);
                self.changes_members(set, *inner, members)
            }
            _ => false,
        }
    }

    /// Adds what evaluating an expression may read and break.
    fn read(&self, expr: ExprId, reads: &mut Reads, breaks: &mut Set) {
        match &self.model.exprs[expr.index()] {
            Expr::Value(_) => {}
            Expr::Read(place) => {
                elements(*place).for_each(|it| self.insert(it, &mut reads.cells));
                self.index(*place, reads, breaks);
            }
            Expr::Not(inner) => self.read(*inner, reads, breaks),
            Expr::Binary(operator, left, right) => {
                if let Some(look) = self.look(*operator, *left, *right) {
                    reads.looks.push(look);
                } else if let Some(number) = self.member(*operator, *left, *right) {
                    reads.cells.insert(number);
                } else {
                    self.read(*left, reads, breaks);
                    self.read(*right, reads, breaks);
                }
            }
            Expr::ActorsWhere(conditions) => {
                conditions.iter().for_each(|it| self.read(it.1, reads, breaks));
            }
        }
    }

    fn index(&self, place: Place, reads: &mut Reads, breaks: &mut Set) {
        let Some(index) = place.index else { return };
        self.read(index.value, reads, breaks);
        let (low, high) = self.bounds(index.value);
        let first = i64::from(index.first);
        if low < first || high >= first + i64::from(index.len) {
            breaks.insert(index.out_of_range.index());
        }
    }

    /// A position compared with a number.
    fn look(&self, operator: Binary, left: ExprId, right: ExprId) -> Option<Look> {
        use Binary::{Equal, Less, LessOrEqual, NotEqual};
        if !matches!(operator, Equal | NotEqual | Less | LessOrEqual) {
            return None;
        }
        let exprs = &self.model.exprs;
        let (place, number, swapped) = match (&exprs[left.index()], &exprs[right.index()]) {
            (Expr::Read(place), Expr::Value(number)) => (place, *number, false),
            (Expr::Value(number), Expr::Read(place)) => (place, *number, true),
            _ => return None,
        };
        let actor = self.positions[place.base.index()].filter(|_| place.index.is_none())?;
        let answer = |line: i32| {
            let (left, right) = if swapped { (number, line) } else { (line, number) };
            operator.apply(left, right) != 0
        };
        let lines = self.model.actors[actor].steps.len() as i32;
        Some(Look { actor, answers: (0..=lines).map(answer).collect() })
    }

    /// Whether somebody is in a set: the member's number.
    fn member(&self, operator: Binary, left: ExprId, right: ExprId) -> Option<usize> {
        let exprs = &self.model.exprs;
        match (operator, &exprs[left.index()], &exprs[right.index()]) {
            (Binary::Contains, Expr::Read(Place { base, index: None }), Expr::Value(member)) => {
                let (first, count) = self.numbers[base.index()];
                let member = usize::try_from(*member).ok()?;
                (count > 1 && member < count).then_some(first + member)
            }
            _ => None,
        }
    }

    fn insert(&self, cell: CellId, set: &mut Set) {
        let (first, count) = self.numbers[cell.index()];
        (first..first + count).for_each(|it| set.insert(it));
    }

    /// Between which values an expression is, in any state.
    fn bounds(&self, expr: ExprId) -> (i64, i64) {
        const ANY: (i64, i64) = (i32::MIN as i64, i32::MAX as i64);
        match &self.model.exprs[expr.index()] {
            Expr::Value(value) => (i64::from(*value), i64::from(*value)),
            Expr::Read(place) => elements(*place)
                .map(|it| self.model.cells[it.index()].range)
                .fold((i64::MAX, i64::MIN), |all, it| {
                    (all.0.min(it.0.into()), all.1.max(it.1.into()))
                }),
            Expr::Not(_) => (0, 1),
            Expr::Binary(operator, left, right) => {
                let (left, right) = (self.bounds(*left), self.bounds(*right));
                match operator {
                    Binary::Add => (left.0 + right.0, left.1 + right.1),
                    Binary::Subtract => (left.0 - right.1, left.1 - right.0),
                    Binary::Multiply | Binary::Remainder | Binary::With | Binary::Without => ANY,
                    _ => (0, 1),
                }
            }
            Expr::ActorsWhere(conditions) => {
                (0, conditions.iter().fold(0, |all, it| all | 1i64 << it.0.0))
            }
        }
    }
}

/// The cells that a place may stand for.
pub(super) fn elements(place: Place) -> impl Iterator<Item = CellId> {
    let (len, stride) = place.index.map_or((1, 0), |it| (it.len, it.stride));
    (0..len).map(move |it| CellId(place.base.0 + it * stride))
}
