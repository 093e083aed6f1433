//! Hand-made races as plain data, and how they become models. Imports the model only, so that the search is tested against nothing that it is built from.

use racewalk_engine::ids::{ActorId, CellId, ExprId, StepId, StorageId, TextId, ViolationId};
use racewalk_engine::model::{
    Actor, Binary, Bits, Cell, Expr, Index, Meaning, Model, Op, Outcome, Piece, Place, Step,
    Storage, Violation, Wait,
};

/// An expression.
#[derive(Clone, Debug)]
pub(crate) enum E {
    Val(i32),
    /// A cell, by its number; the positions of the actors follow the declared cells.
    Cell(u16),
    /// An element of the array at these cells.
    At(Array, Box<E>),
    Not(Box<E>),
    Bin(Binary, Box<E>, Box<E>),
    Where(Vec<(u8, E)>),
}

/// Neighbouring cells with indices from `first` on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Array {
    pub(crate) base: u16,
    pub(crate) first: i32,
    pub(crate) len: u16,
    /// Broken by an index outside.
    pub(crate) outside: u8,
}

/// A statement.
#[derive(Clone, Debug)]
pub(crate) enum S {
    Touch(u8, u8),
    Set(u16, E),
    SetAt(Array, E, E),
    Check(E, u8),
    If(E, Vec<S>, Vec<S>),
    Goto(u16),
}

/// One way in which a line can go; it ends at the next line unless a `Goto` says otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) guard: E,
    pub(crate) body: Vec<S>,
}

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) ways: Vec<Way>,
    /// Whether waiting for ever is no fault.
    pub(crate) held_off: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Lane {
    pub(crate) letter: char,
    /// Whether it is another instance of the actor before it.
    pub(crate) is_twin: bool,
    pub(crate) environment: bool,
    pub(crate) lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) range: (i32, i32),
    pub(crate) initial: i32,
    pub(crate) meaning: Meaning,
    /// Broken by a value below, above the range.
    pub(crate) outside: (u8, u8),
}

/// A storage: its lifetime's cell, and what each access breaks in each lifetime.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) lifetime: u16,
    pub(crate) rules: Vec<Vec<Option<u8>>>,
}

/// A race.
#[derive(Clone, Default, Debug)]
pub(crate) struct Race {
    pub(crate) cells: Vec<Declared>,
    pub(crate) storages: Vec<Kept>,
    pub(crate) lanes: Vec<Lane>,
    /// How many kinds of violation there are.
    pub(crate) kinds: u8,
    /// Bits of each word that are used; 0 for all 64.
    pub(crate) word_bits: u8,
}

pub(crate) fn val(value: i32) -> E {
    E::Val(value)
}

pub(crate) fn bin(operator: Binary, left: E, right: E) -> E {
    E::Bin(operator, Box::new(left), Box::new(right))
}

pub(crate) fn eq(left: E, right: E) -> E {
    bin(Binary::Equal, left, right)
}

/// A line that only goes one way, without a guard.
pub(crate) fn line(body: Vec<S>) -> Line {
    wait(val(1), body)
}

/// A line that waits for `guard`.
pub(crate) fn wait(guard: E, body: Vec<S>) -> Line {
    Line { ways: vec![Way { guard, body }], held_off: false }
}

impl Race {
    /// Declares a number, initially at the lower end of its range, and returns its cell. Leaving the
    /// range breaks kind 0.
    pub(crate) fn cell(&mut self, low: i32, high: i32) -> u16 {
        self.cell_of(low, high, low, Meaning::Number)
    }

    pub(crate) fn cell_of(&mut self, low: i32, high: i32, initial: i32, meaning: Meaning) -> u16 {
        self.kinds = self.kinds.max(1);
        self.cells.push(Declared { range: (low, high), initial, meaning, outside: (0, 0) });
        (self.cells.len() - 1) as u16
    }

    pub(crate) fn lane(&mut self, letter: char, lines: Vec<Line>) {
        self.lanes.push(Lane { letter, is_twin: false, environment: false, lines });
    }

    /// The cell of an actor's position, once all cells are declared.
    pub(crate) fn position(&self, actor: u8) -> u16 {
        self.cells.len() as u16 + u16::from(actor)
    }

    pub(crate) fn model(&self) -> Model {
        Compiler::default().compile(self)
    }
}

#[derive(Default)]
struct Compiler {
    ops: Vec<Op>,
    exprs: Vec<Expr>,
    /// Cells that something writes.
    written: Vec<u16>,
}

impl Compiler {
    fn compile(mut self, race: &Race) -> Model {
        let mut steps = Vec::new();
        let mut actors = Vec::new();
        for (number, lane) in race.lanes.iter().enumerate() {
            let start = steps.len() as u16;
            for (at, line) in lane.lines.iter().enumerate() {
                steps.push(self.step(ActorId(number as u8), at as u16, line));
            }
            let position = CellId(race.position(number as u8));
            actors.push(actor(lane, number as u8, start..steps.len() as u16, position));
        }
        let mut cells: Vec<Cell> =
            race.cells.iter().enumerate().map(|it| cell(it.0, it.1)).collect();
        for (number, lane) in race.lanes.iter().enumerate() {
            let lines = lane.lines.len() as i32;
            let meaning = Meaning::Position(ActorId(number as u8));
            self.written.push(race.position(number as u8));
            let declared = Declared { range: (0, lines), initial: 0, meaning, outside: (0, 0) };
            cells.push(cell(cells.len(), &declared));
        }
        let words = self.pack(&mut cells, race.word_bits);
        let storages = race.storages.iter().map(storage).collect();
        let violations = (0..race.kinds)
            .map(|it| Violation { name: format!("kind-{it}"), sentence: String::new() })
            .collect();
        let texts = vec![vec![Piece::Words(String::new())]];
        let Self { ops, exprs, .. } = self;
        Model { cells, actors, steps, ops, exprs, storages, violations, texts, words }
    }

    /// Places every cell that is written; a cell lies within one word.
    fn pack(&self, cells: &mut [Cell], word_bits: u8) -> usize {
        let room = if word_bits == 0 { 64 } else { u32::from(word_bits) };
        let (mut word, mut used) = (0, 0);
        for (number, cell) in cells.iter_mut().enumerate() {
            if !self.written.contains(&(number as u16)) {
                cell.bits = Bits { word: 0, shift: 0, mask: 0, min: cell.initial };
                continue;
            }
            let bits = ((cell.range.1 - cell.range.0) as u32 + 1).next_power_of_two().ilog2();
            let bits = bits.max(1);
            if used + bits > room {
                (word, used) = (word + 1, 0);
            }
            let mask = (1 << bits) - 1;
            cell.bits = Bits { word, shift: used as u8, mask, min: cell.range.0 };
            used += bits;
        }
        usize::from(word) + usize::from(used > 0)
    }

    fn step(&mut self, actor: ActorId, at: u16, line: &Line) -> Step {
        let mut outcomes = Vec::new();
        for way in &line.ways {
            let guard = self.expr(&way.guard);
            let start = self.ops.len() as u32;
            self.body(&way.body);
            self.ops.push(Op::Goto { line: at + 1 });
            outcomes.push(Outcome { title: None, guard, ops: start..self.ops.len() as u32 });
        }
        Step {
            actor,
            key: format!("L{at}"),
            label: TextId(0),
            sentence: TextId(0),
            sources: Vec::new(),
            marks: Vec::new(),
            wait: Some(Wait { words: TextId(0), may_be_held_off: line.held_off }),
            outcomes,
        }
    }

    fn body(&mut self, body: &[S]) {
        for statement in body {
            match statement {
                S::Touch(storage, access) => {
                    self.ops.push(Op::Touch { storage: StorageId(*storage), access: *access });
                }
                S::Set(cell, value) => {
                    let value = self.expr(value);
                    self.written.push(*cell);
                    let place = Place { base: CellId(*cell), index: None };
                    self.ops.push(Op::Assign { place, value });
                }
                S::SetAt(array, index, value) => {
                    let value = self.expr(value);
                    self.written.extend(array.base..array.base + array.len);
                    let place = self.place(*array, index);
                    self.ops.push(Op::Assign { place, value });
                }
                S::Check(condition, kind) => {
                    let condition = self.expr(condition);
                    self.ops.push(Op::Check { condition, violation: ViolationId(*kind) });
                }
                S::If(condition, yes, no) => {
                    let condition = self.expr(condition);
                    let unless = self.ops.len();
                    self.ops.push(Op::Unless { condition, to: 0 });
                    self.body(yes);
                    let jump = self.ops.len();
                    self.ops.push(Op::Jump { to: 0 });
                    self.ops[unless] = Op::Unless { condition, to: self.ops.len() as u32 };
                    self.body(no);
                    self.ops[jump] = Op::Jump { to: self.ops.len() as u32 };
                }
                S::Goto(line) => self.ops.push(Op::Goto { line: *line }),
            }
        }
    }

    fn expr(&mut self, expr: &E) -> ExprId {
        let expr = match expr {
            E::Val(value) => Expr::Value(*value),
            E::Cell(cell) => Expr::Read(Place { base: CellId(*cell), index: None }),
            E::At(array, index) => Expr::Read(self.place(*array, index)),
            E::Not(inner) => Expr::Not(self.expr(inner)),
            E::Bin(operator, left, right) => {
                Expr::Binary(*operator, self.expr(left), self.expr(right))
            }
            E::Where(all) => {
                let one = |it: &(u8, E)| (ActorId(it.0), self.expr(&it.1));
                Expr::ActorsWhere(all.iter().map(one).collect())
            }
        };
        self.exprs.push(expr);
        ExprId(self.exprs.len() as u32 - 1)
    }

    fn place(&mut self, array: Array, index: &E) -> Place {
        let Array { base, first, len, outside } = array;
        let value = self.expr(index);
        let index = Index { value, first, len, stride: 1, out_of_range: ViolationId(outside) };
        Place { base: CellId(base), index: Some(index) }
    }
}

fn actor(lane: &Lane, number: u8, steps: std::ops::Range<u16>, position: CellId) -> Actor {
    Actor {
        name: lane.letter.to_string(),
        kind: number - u8::from(lane.is_twin),
        instance: (1, 1),
        title: String::new(),
        cpu: None,
        letter: lane.letter,
        environment: lane.environment,
        position,
        steps,
        locals: Vec::new(),
    }
}

fn cell(number: usize, declared: &Declared) -> Cell {
    let outside = declared.outside;
    Cell {
        name: format!("c{number}"),
        title: format!("c{number}"),
        range: declared.range,
        initial: declared.initial,
        meaning: declared.meaning.clone(),
        owner: None,
        storage: None,
        out_of_range: (ViolationId(outside.0), ViolationId(outside.1)),
        bits: Bits { word: 0, shift: 0, mask: 0, min: 0 },
        drawing: None,
        group: None,
        group_title: None,
    }
}

fn storage(kept: &Kept) -> Storage {
    let rule = |it: &Option<u8>| it.map(ViolationId);
    Storage {
        name: String::from("memory"),
        lifetime: CellId(kept.lifetime),
        rules: kept.rules.iter().map(|it| it.iter().map(rule).collect()).collect(),
        accesses: vec![String::from("read"), String::from("write")],
        captions: Vec::new(),
    }
}

/// The step before which an actor stands at a line.
pub(crate) fn step_of(model: &Model, actor: u8, at: u16) -> StepId {
    StepId(model.actors[usize::from(actor)].steps.start + at)
}
