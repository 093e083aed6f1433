//! A model's hash: it follows the meaning, and nothing that is only there for a reader.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Binary, Expr, Index, Meaning, Model, Op, Outcome, Place};
use crate::ids::{ActorId, CellId, ExprId, StorageId, ViolationId};

impl Model {
    /// 16 lowercase hexadecimal digits that stand for what the model means: the cells with their
    /// ranges and beginnings, the actors' letters, the steps with their guards and operations, what
    /// they break. Names of cells and actors, keys, labels, sentences, sources and drawings do not
    /// count: a race may be reworded, and links that carry the hash stay true.
    ///
    /// Two models with one hash have the same runs, and schedules mean the same in both.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut encoder = Encoder { model: self, exprs: vec![None; self.exprs.len()] };
        let digest = encoder.model().finalize();
        digest[..8].iter().fold(String::with_capacity(16), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// Every field has a fixed length or its length in front, so that no two meanings read alike.
struct Encoder<'a> {
    model: &'a Model,
    /// Each expression is worked out once: they may share their parts.
    exprs: Vec<Option<Known>>,
}

/// What is known of an expression.
#[derive(Clone, Copy)]
struct Known {
    /// It follows the structure, not the place in the arena.
    digest: [u8; 32],
    /// It has a value in every state: no index in it is known only at run time.
    always_works: bool,
}

impl Encoder<'_> {
    fn model(&mut self) -> Sha256 {
        let mut out = Sha256::new_with_prefix(b"racewalk model 1\0");
        number(&mut out, self.model.cells.len());
        for cell in 0..self.model.cells.len() {
            self.cell(&mut out, CellId(cell as u16));
        }
        number(&mut out, self.model.actors.len());
        for actor in 0..self.model.actors.len() {
            self.actor(&mut out, ActorId(actor as u8));
        }
        out
    }

    fn cell(&self, out: &mut Sha256, id: CellId) {
        let cell = &self.model.cells[id.index()];
        out.update(cell.range.0.to_le_bytes());
        out.update(cell.range.1.to_le_bytes());
        out.update(cell.initial.to_le_bytes());
        let (kind, actor) = match &cell.meaning {
            Meaning::Number => (0, 0),
            Meaning::Bool => (1, 0),
            Meaning::Names(_) => (2, 0),
            Meaning::Index { .. } => (3, 0),
            Meaning::Actors => (4, 0),
            Meaning::Actor => (5, 0),
            Meaning::Position(actor) => (6, actor.0),
        };
        out.update([kind, actor]);
        self.violation(out, cell.out_of_range.0);
        self.violation(out, cell.out_of_range.1);
    }

    fn actor(&mut self, out: &mut Sha256, id: ActorId) {
        let actor = &self.model.actors[id.index()];
        out.update(u32::from(actor.letter).to_le_bytes());
        out.update([u8::from(actor.environment)]);
        number(out, actor.position.index());
        number(out, actor.steps.len());
        for step in actor.steps.clone() {
            let step = &self.model.steps[usize::from(step)];
            out.update([u8::from(step.wait.as_ref().is_some_and(|it| it.may_be_held_off))]);
            number(out, step.outcomes.len());
            for outcome in &step.outcomes {
                self.outcome(out, outcome);
            }
        }
    }

    fn outcome(&mut self, out: &mut Sha256, outcome: &Outcome) {
        self.expr(out, outcome.guard);
        let kept = self.effective(outcome);
        number(out, kept.len());
        for &at in &kept {
            // Where a jump leads is counted among the operations that are kept.
            let to = |to: u32| kept.partition_point(|&it| it < to);
            match self.model.ops[at as usize] {
                Op::Touch { storage, access } => {
                    out.update([0]);
                    self.touch(out, storage, access);
                }
                Op::Assign { place, value } => {
                    out.update([1]);
                    self.place(out, place);
                    self.expr(out, value);
                }
                Op::Check { condition, violation } => {
                    out.update([2]);
                    self.expr(out, condition);
                    self.violation(out, violation);
                }
                Op::Unless { condition, to: target } => {
                    out.update([3]);
                    self.expr(out, condition);
                    number(out, to(target));
                }
                Op::Jump { to: target } => {
                    out.update([4]);
                    number(out, to(target));
                }
                // Left out of what is kept.
                Op::Say(_) => {}
                Op::Goto { line } => {
                    out.update([5]);
                    out.update(line.to_le_bytes());
                }
            }
        }
    }

    /// The operations of an outcome that do something: no sentences, and no jumps over nothing else.
    /// Jumps go forward, so one pass from the end sees where each of them really leads.
    fn effective(&mut self, outcome: &Outcome) -> Vec<u32> {
        let mut kept = Vec::new();
        let mut next = outcome.ops.end;
        for at in outcome.ops.clone().rev() {
            let idle = match self.model.ops[at as usize] {
                Op::Say(_) => true,
                Op::Jump { to } => to <= next,
                Op::Unless { condition, to } => to <= next && self.known(condition).always_works,
                _ => false,
            };
            if !idle {
                kept.push(at);
                next = at;
            }
        }
        kept.reverse();
        kept
    }

    /// What this access breaks, by lifetime. Accesses that no step makes do not count.
    fn touch(&self, out: &mut Sha256, id: StorageId, access: u8) {
        let storage = &self.model.storages[id.index()];
        number(out, storage.lifetime.index());
        let rules = &storage.rules[usize::from(access)];
        number(out, rules.len());
        for rule in rules {
            out.update([u8::from(rule.is_some())]);
            if let Some(violation) = *rule {
                self.violation(out, violation);
            }
        }
    }

    /// By its name, so that kinds which nothing can break may come and go.
    fn violation(&self, out: &mut Sha256, id: ViolationId) {
        let name = &self.model.violations[id.index()].name;
        number(out, name.len());
        out.update(name);
    }

    fn place(&mut self, out: &mut Sha256, place: Place) {
        number(out, place.base.index());
        out.update([u8::from(place.index.is_some())]);
        if let Some(Index { value, first, len, stride, out_of_range }) = place.index {
            self.expr(out, value);
            out.update(first.to_le_bytes());
            out.update(len.to_le_bytes());
            out.update(stride.to_le_bytes());
            self.violation(out, out_of_range);
        }
    }

    fn expr(&mut self, out: &mut Sha256, id: ExprId) {
        out.update(self.known(id).digest);
    }

    fn known(&mut self, id: ExprId) -> Known {
        if let Some(known) = self.exprs[id.index()] {
            return known;
        }
        let mut out = Sha256::new();
        let always_works = match &self.model.exprs[id.index()] {
            Expr::Value(value) => {
                out.update([0]);
                out.update(value.to_le_bytes());
                true
            }
            Expr::Read(place) => {
                out.update([1]);
                self.place(&mut out, *place);
                place.index.is_none()
            }
            Expr::Not(inner) => {
                out.update([2]);
                self.operands(&mut out, [*inner])
            }
            Expr::Binary(operator, left, right) => {
                out.update([3, code(*operator)]);
                self.operands(&mut out, [*left, *right])
            }
            Expr::ActorsWhere(conditions) => {
                out.update([4]);
                number(&mut out, conditions.len());
                conditions.iter().for_each(|(actor, _)| out.update([actor.0]));
                self.operands(&mut out, conditions.iter().map(|it| it.1))
            }
        };
        let known = Known { digest: out.finalize().into(), always_works };
        self.exprs[id.index()] = Some(known);
        known
    }

    fn operands(&mut self, out: &mut Sha256, all: impl IntoIterator<Item = ExprId>) -> bool {
        all.into_iter().fold(true, |always_works, operand| {
            let known = self.known(operand);
            out.update(known.digest);
            always_works && known.always_works
        })
    }
}

fn number(out: &mut Sha256, number: usize) {
    out.update((number as u64).to_le_bytes());
}

/// Written out, so that the order of declaration may change.
fn code(operator: Binary) -> u8 {
    match operator {
        Binary::And => 0,
        Binary::Or => 1,
        Binary::Equal => 2,
        Binary::NotEqual => 3,
        Binary::Less => 4,
        Binary::LessOrEqual => 5,
        Binary::Add => 6,
        Binary::Subtract => 7,
        Binary::Multiply => 8,
        Binary::Remainder => 9,
        Binary::Without => 10,
        Binary::With => 11,
        Binary::Contains => 12,
    }
}
