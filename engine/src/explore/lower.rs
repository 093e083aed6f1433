//! From a model to its program: what is known beforehand is worked out here, once. Imports ids, model and the program, never a table or a text.

use super::program::{Element, Field, Micro, Mover, Program, Register, Slot};
use crate::ids::{CellId, ExprId, StorageId, ViolationId};
use crate::model::{Binary, Bits, Expr, Model, Op, Outcome, Place};

/// A condition on a single cell: bit `n` of the set stands for `n` in the cell's bits.
#[derive(Clone, Copy)]
struct Among {
    cell: CellId,
    set: u64,
}

impl Program {
    /// The program of a model.
    pub(super) fn new(model: &Model) -> Self {
        let mut program = Self { words: model.words, ..Self::default() };
        program.complete = vec![(0, 0); model.words];
        program.cells = model.cells.iter().map(slot).collect();
        let mut lower = Lower { model, program, holes: Vec::new(), landing: 0 };
        lower.emit(Micro::Blocked);
        for (number, actor) in model.actors.iter().enumerate() {
            let position = model.cells[actor.position.index()].bits;
            if actor.steps.is_empty() {
                continue;
            }
            let lines = lower.program.lines.len() as u32;
            let mover = Mover { actor: number as u8, position: field(position), lines };
            lower.program.movers.push(mover);
            if !actor.environment {
                let all = &mut lower.program.complete[usize::from(position.word)];
                all.0 |= position.mask << position.shift;
                all.1 |= (actor.steps.len() as u64) << position.shift;
            }
            let mut widest = 0;
            for step in &model.steps[usize::from(actor.steps.start)..usize::from(actor.steps.end)] {
                lower.program.lines.push(lower.program.outcomes.len() as u32);
                widest = widest.max(step.outcomes.len());
                step.outcomes.iter().for_each(|it| lower.outcome(it, position));
            }
            lower.program.lines.push(lower.program.outcomes.len() as u32);
            lower.program.fan += widest;
        }
        // What ends the last line, also where its actor has finished.
        lower.program.lines.push(lower.program.outcomes.len() as u32);
        lower.program
    }
}

struct Lower<'m> {
    model: &'m Model,
    program: Program,
    /// Jumps of the outcome in hand that lead to an operation which is not written yet: where they
    /// stand, and which operation of the model it is.
    holes: Vec<(usize, u32)>,
    /// What was written last may be jumped behind if it stands before this.
    landing: usize,
}

impl Lower<'_> {
    fn emit(&mut self, micro: Micro) {
        self.program.code.push(micro);
    }

    fn outcome(&mut self, outcome: &Outcome, position: Bits) {
        self.program.outcomes.push(self.program.code.len() as u32);
        let mut blocked = Vec::new();
        self.branch(outcome.guard, false, 0, &mut blocked);
        blocked.iter().for_each(|&it| self.patch(it, 0));
        for at in outcome.ops.clone() {
            self.land_at(at);
            match self.model.ops[at as usize] {
                Op::Touch { storage, access } => self.touch(storage, access),
                Op::Assign { place, value } => self.assign(place, value),
                Op::Check { condition, violation } => {
                    let mut holds = Vec::new();
                    self.branch(condition, true, 0, &mut holds);
                    self.emit(Micro::Break(violation));
                    self.land(&holds);
                }
                Op::Unless { condition, to } => {
                    let mut skips = Vec::new();
                    self.branch(condition, false, 0, &mut skips);
                    self.holes.extend(skips.into_iter().map(|it| (it, to)));
                }
                Op::Jump { to } => {
                    self.holes.push((self.program.code.len(), to));
                    self.emit(Micro::Jump { to: 0 });
                }
                Op::Say(_) => {}
                Op::Goto { line } => self.done(position, i32::from(line)),
            }
        }
        self.land_at(outcome.ops.end);
        // Every outcome ends in a `Goto`, so this is never met in a model that was compiled.
        self.emit(Micro::Done { word: position.word, clear: u64::MAX, set: 0 });
    }

    /// Lets everything that leads to this operation of the model lead to here.
    fn land_at(&mut self, op: u32) {
        let (here, later): (Vec<_>, Vec<_>) = self.holes.drain(..).partition(|it| it.1 == op);
        self.holes = later;
        self.land(&here.into_iter().map(|it| it.0).collect::<Vec<_>>());
    }

    fn land(&mut self, jumps: &[usize]) {
        if !jumps.is_empty() {
            self.landing = self.program.code.len();
        }
        jumps.iter().for_each(|&it| self.patch(it, self.landing as u32));
    }

    fn patch(&mut self, jump: usize, target: u32) {
        if let Micro::Unless { to, .. } | Micro::If { to, .. } | Micro::Jump { to } =
            &mut self.program.code[jump]
        {
            *to = target;
        }
    }

    /// Sets a cell to what is known, together with what was set in the same word just before.
    fn put(&mut self, bits: Bits, value: i32) -> (u8, u64, u64) {
        let mask = bits.mask << bits.shift;
        let new = u64::from(value.wrapping_sub(bits.min) as u32 & bits.mask as u32) << bits.shift;
        if let Some(&Micro::Put { word, clear, set }) = self.program.code.last()
            && self.program.code.len() > self.landing
            && word == bits.word
        {
            self.program.code.pop();
            return (word, clear & !mask, set & !mask | new);
        }
        (bits.word, !mask, new)
    }

    fn done(&mut self, position: Bits, line: i32) {
        let (word, clear, set) = self.put(position, line);
        self.emit(Micro::Done { word, clear, set });
    }

    fn touch(&mut self, storage: StorageId, access: u8) {
        let storage = &self.model.storages[storage.index()];
        let cell = &self.model.cells[storage.lifetime.index()];
        let rules = &storage.rules[usize::from(access)];
        if cell.bits.mask == 0 {
            let lifetime = (cell.initial - cell.range.0) as usize;
            if let Some(violation) = rules[lifetime] {
                self.emit(Micro::Break(violation));
            }
            return;
        }
        for (lifetime, rule) in rules.iter().enumerate() {
            let Some(violation) = *rule else { continue };
            if rules[..lifetime].contains(rule) && cell.bits.mask < 64 {
                continue;
            }
            let (mut set, mut skips) = (0, Vec::new());
            if cell.bits.mask < 64 {
                for (other, _) in rules.iter().enumerate().filter(|it| it.1 == rule) {
                    set |= 1 << other;
                }
                skips.push(self.unless(storage.lifetime, set));
            } else {
                self.load(0, storage.lifetime);
                self.emit(Micro::Value { at: 1, value: cell.range.0 + lifetime as i32 });
                self.apply(0, Binary::Equal);
                self.jump_if(0, false, &mut skips);
            }
            self.emit(Micro::Break(violation));
            self.land(&skips);
        }
    }

    fn assign(&mut self, place: Place, value: ExprId) {
        if let (Expr::Value(value), None) = (&self.model.exprs[value.index()], place.index) {
            let cell = &self.model.cells[place.base.index()];
            if *value < cell.range.0 {
                self.emit(Micro::Break(cell.out_of_range.0));
            } else if *value > cell.range.1 {
                self.emit(Micro::Break(cell.out_of_range.1));
            } else {
                let (word, clear, set) = self.put(cell.bits, *value);
                self.emit(Micro::Put { word, clear, set });
            }
            return;
        }
        self.value(value, 0);
        match self.element(place, 1) {
            None => self.emit(Micro::Store { at: 0, cell: place.base.0 }),
            Some(element) => self.emit(Micro::StoreElement { at: 0, element }),
        }
    }

    /// Puts the index of an element, if the place is one, into a register.
    fn element(&mut self, place: Place, at: Register) -> Option<Element> {
        let index = place.index?;
        self.value(index.value, at);
        Some(Element {
            base: place.base.0,
            len: index.len,
            stride: index.stride,
            out_of_range: index.out_of_range,
            first: index.first,
        })
    }

    /// Works an expression out into a register; the ones above it are free.
    fn value(&mut self, expr: ExprId, at: Register) {
        self.program.registers = self.program.registers.max(usize::from(at) + 1);
        let model = self.model;
        match &model.exprs[expr.index()] {
            Expr::Value(value) => self.emit(Micro::Value { at, value: *value }),
            Expr::Read(place) => match self.element(*place, at) {
                None => self.load(at, place.base),
                Some(element) => self.emit(Micro::LoadElement { at, element }),
            },
            Expr::Binary(operator, left, right)
                if !matches!(operator, Binary::And | Binary::Or) =>
            {
                self.value(*left, at);
                self.value(*right, at + 1);
                self.apply(at, *operator);
            }
            Expr::Binary(..) | Expr::Not(_) => {
                let mut no = Vec::new();
                self.branch(expr, false, at, &mut no);
                self.emit(Micro::Value { at, value: 1 });
                let yes = self.program.code.len();
                self.emit(Micro::Jump { to: 0 });
                self.land(&no);
                self.emit(Micro::Value { at, value: 0 });
                self.land(&[yes]);
            }
            Expr::ActorsWhere(members) => {
                self.emit(Micro::Value { at, value: 0 });
                for (actor, condition) in members {
                    let mut no = Vec::new();
                    self.branch(*condition, false, at + 1, &mut no);
                    let bits = Binary::With.apply(0, i32::from(actor.0));
                    self.emit(Micro::Insert { at, bits });
                    self.land(&no);
                }
            }
        }
    }

    /// Jumps, to where `jumps` will lead, when the condition is 0 (`when` false), or is not (`when`
    /// true). Registers from `at` on are free.
    fn branch(&mut self, expr: ExprId, when: bool, at: Register, jumps: &mut Vec<usize>) {
        let model = self.model;
        if let Some(Among { cell, set }) = among(model, expr) {
            jumps.push(self.unless(cell, if when { !set } else { set }));
            return;
        }
        match &model.exprs[expr.index()] {
            Expr::Value(value) => {
                if (*value != 0) == when {
                    jumps.push(self.program.code.len());
                    self.emit(Micro::Jump { to: 0 });
                }
            }
            Expr::Not(inner) => self.branch(*inner, !when, at, jumps),
            // Either side alone decides for 0 in `And`, for 1 in `Or`.
            Expr::Binary(operator @ (Binary::And | Binary::Or), left, right) => {
                if (*operator == Binary::Or) == when {
                    self.branch(*left, when, at, jumps);
                    self.branch(*right, when, at, jumps);
                } else {
                    let mut decided = Vec::new();
                    self.branch(*left, !when, at, &mut decided);
                    self.branch(*right, when, at, jumps);
                    self.land(&decided);
                }
            }
            _ => {
                self.value(expr, at);
                self.jump_if(at, when, jumps);
            }
        }
    }

    fn unless(&mut self, cell: CellId, set: u64) -> usize {
        let field = field(self.model.cells[cell.index()].bits);
        self.emit(Micro::Unless { field, set, to: 0 });
        self.program.code.len() - 1
    }

    fn jump_if(&mut self, at: Register, when: bool, jumps: &mut Vec<usize>) {
        jumps.push(self.program.code.len());
        self.emit(Micro::If { at, when, to: 0 });
    }

    fn apply(&mut self, at: Register, operator: Binary) {
        self.program.registers = self.program.registers.max(usize::from(at) + 2);
        self.emit(Micro::Apply { at, operator });
    }

    fn load(&mut self, at: Register, cell: CellId) {
        let bits = self.model.cells[cell.index()].bits;
        self.emit(match bits.mask {
            0 => Micro::Value { at, value: bits.min },
            _ => Micro::Load { at, field: field(bits), min: bits.min },
        });
    }
}

/// The values of a single cell for which an expression is not 0, if it looks at one only, and that has
/// at most 64 of them.
fn among(model: &Model, expr: ExprId) -> Option<Among> {
    let compared = |read: ExprId, test: &dyn Fn(i32) -> bool| {
        let Expr::Read(Place { base: cell, index: None }) = model.exprs[read.index()] else {
            return None;
        };
        let Bits { mask, min, .. } = model.cells[cell.index()].bits;
        let is_small = 0 < mask && mask < 64;
        let among = |set, raw| set | u64::from(test(min.wrapping_add(raw))) << raw;
        is_small.then(|| Among { cell, set: (0..=mask as i32).fold(0, among) })
    };
    match &model.exprs[expr.index()] {
        Expr::Read(_) => compared(expr, &|it| it != 0),
        Expr::Not(inner) => among(model, *inner).map(|it| Among { set: !it.set, ..it }),
        Expr::Binary(operator @ (Binary::And | Binary::Or), left, right) => {
            let (left, right) = (among(model, *left)?, among(model, *right)?);
            let set = match operator {
                Binary::And => left.set & right.set,
                _ => left.set | right.set,
            };
            (left.cell == right.cell).then_some(Among { set, ..left })
        }
        Expr::Binary(operator, left, right) => {
            match (&model.exprs[left.index()], &model.exprs[right.index()]) {
                (_, Expr::Value(right)) => compared(*left, &|it| operator.apply(it, *right) != 0),
                (Expr::Value(left), _) => compared(*right, &|it| operator.apply(*left, it) != 0),
                _ => None,
            }
        }
        Expr::Value(_) | Expr::ActorsWhere(_) => None,
    }
}

fn field(bits: Bits) -> Field {
    // No range of `i32` needs more than 32 bits.
    Field { mask: bits.mask as u32, word: bits.word, shift: bits.shift }
}

fn slot(cell: &crate::model::Cell) -> Slot {
    let violations: (ViolationId, ViolationId) = cell.out_of_range;
    let min = cell.bits.min;
    Slot { field: field(cell.bits), min, range: cell.range, out_of_range: violations }
}
