//! The compiled model: what a race means under one choice of knobs, as flat tables.
//!
//! Everything that runs, counts, draws or exports is derived from these tables, so nothing can
//! disagree with what is executed. The first half of a [`Model`] is its meaning (cells, actors,
//! steps, operations); names, sentences and drawings ride along and never change it.

mod hash;

use serde::Serialize;

use crate::ids::{ActorId, CellId, ExprId, StepId, StorageId, TextId, ViolationId};

/// Where a cell's value stands in the packed state: `min + ((words[word] >> shift) & mask)`.
///
/// A cell that no step ever writes has `mask` 0, takes no room and always reads as `min`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bits {
    /// Index of the 64-bit word.
    pub word: u8,
    /// Right shift within the word.
    pub shift: u8,
    /// Mask after the shift; 0 for a constant.
    pub mask: u64,
    /// The value that stands for zero bits.
    pub min: i32,
}

/// How a cell's number reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A plain number.
    Number,
    /// `no` (0) or `yes` (1).
    Bool,
    /// A name out of a list; also storage lifetimes.
    Names(Vec<String>),
    /// The index of an element of `array`; `none` is `first - 1`.
    Index {
        /// Name of the array that it points into.
        array: String,
        /// The first index of that array.
        first: i32,
    },
    /// A set of actor instances: bit `i` is actor `i`.
    Actors,
    /// An actor instance; `none` is -1.
    Actor,
    /// A position in that actor's lane: the index of the line that it stands before; the number of
    /// its lines when it has finished.
    Position(ActorId),
}

/// One bounded value of the state.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Full name, as the language writes it: `page[4].refcount`, `walker.entry`, `walker.position`.
    pub name: String,
    /// What a picture calls it: `refcount`.
    pub title: String,
    /// The array or record that it belongs to, with its index in an array: `("page", Some(4))`.
    pub group: Option<(String, Option<i32>)>,
    /// What a picture calls that group: `struct page`.
    pub group_title: Option<String>,
    /// Smallest and largest legal value, both legal.
    pub range: (i32, i32),
    /// Value in the initial state.
    pub initial: i32,
    /// How the number reads.
    pub meaning: Meaning,
    /// Whose local (or position) it is; `None` when shared.
    pub owner: Option<ActorId>,
    /// The storage that it lives in: every access is checked against that storage's lifetime.
    pub storage: Option<StorageId>,
    /// Broken by a value below, or above, the range.
    pub out_of_range: (ViolationId, ViolationId),
    /// Place in the packed state.
    pub bits: Bits,
    /// How it is drawn, if the race says so.
    pub drawing: Option<Drawing>,
}

/// What a cell is drawn as. An annotation, never semantics.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// An entry of a page table.
    TableEntry,
    /// A page frame.
    Frame,
    /// A field of a `struct page` (or of a folio).
    StructPage,
    /// The lifetime of a memmap section.
    Section,
    /// A flag of a section.
    Flag,
    /// A CPU's register.
    Register,
    /// A lock or another thing that is held.
    Lock,
    /// A labelled box.
    Plain,
}

/// A drawing annotation.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// What it looks like.
    pub shape: Shape,
    /// For a flag: the storage beside which it stands. For a table entry: nothing.
    pub parent: Option<String>,
    /// `points to frame` or `points to struct-page`: what an index value is an arrow to.
    pub points_to: Option<Shape>,
    /// `copy of …`: the place whose value this register copied; the copy is stale once that changes.
    pub copy_of: Option<Place>,
    /// `under pgd p4d pud pmd`: names of the levels above, drawn faintly, not modelled.
    pub levels: Vec<String>,
}

/// A storage whose lifetime is a cell.
#[derive(Clone, Debug)]
pub struct Storage {
    /// Its name.
    pub name: String,
    /// The cell that holds its lifetime (an enumeration; its first name is the healthy one).
    pub lifetime: CellId,
    /// What an access breaks: `rules[access][lifetime]`, `None` when it is allowed.
    pub rules: Vec<Vec<Option<ViolationId>>>,
    /// The names of the accesses: `read`, `write`, then the race's own such as `pin`.
    pub accesses: Vec<String>,
    /// For each lifetime, what a picture says of it ("freed, still mapped").
    pub captions: Vec<String>,
}

/// A kind of violation.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Its stable name: `uaf-read`.
    pub name: String,
    /// What it means, for a reader.
    pub sentence: String,
}

/// An actor instance and its lane.
#[derive(Clone, Debug)]
pub struct Actor {
    /// `walker`; with several instances `walker 1`, `walker 2`.
    pub name: String,
    /// The declaration that it is an instance of, counted over all declarations; actors of one kind look alike.
    pub kind: u8,
    /// The instance's number within its kind, from 1, and how many there are.
    pub instance: (u8, u8),
    /// What the lane is headed with: `get_user_pages_fast()`.
    pub title: String,
    /// `CPU 0`, when the race places it.
    pub cpu: Option<u8>,
    /// Its letter in a schedule code.
    pub letter: char,
    /// Whether it belongs to the environment, which need not finish.
    pub environment: bool,
    /// The cell that holds its position.
    pub position: CellId,
    /// Its lines in the step table, in the order of the lane.
    pub steps: std::ops::Range<u16>,
    /// Its locals.
    pub locals: Vec<CellId>,
}

/// A citation of the kernel's source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Source {
    /// Path in the tree: `mm/gup.c`.
    pub file: String,
    /// Function or macro.
    pub function: String,
    /// Versions it holds for (`v6.1`); empty means all.
    pub versions: Vec<String>,
}

/// How well a claim about the kernel is founded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Deduced from the source.
    Deduced,
    /// Also seen on a running kernel.
    Observed,
    /// From knowledge, not verified.
    Unverified,
    /// Not the kernel at all: a supposition of the race.
    Hypothetical,
}

/// What an actor waits for before a step.
#[derive(Clone, Debug)]
pub struct Wait {
    /// The words a reader sees while it waits.
    pub words: TextId,
    /// Whether waiting for ever is no fault.
    pub may_be_held_off: bool,
}

/// One way in which a step can go.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What a reader chooses, where there is a choice.
    pub title: Option<TextId>,
    /// It can be taken when this is not 0.
    pub guard: ExprId,
    /// Its operations, a range of [`Model::ops`]. It always ends in [`Op::Goto`].
    pub ops: std::ops::Range<u32>,
}

/// One line of the step table: an atomic step of one actor.
#[derive(Clone, Debug)]
pub struct Step {
    /// Whose step it is.
    pub actor: ActorId,
    /// Its key in the lane: `W2`. Unique in its actor.
    pub key: String,
    /// The short label, as kernel pseudo-code; unique in its actor.
    pub label: TextId,
    /// The sentence that narrates it.
    pub sentence: TextId,
    /// Where the kernel does it.
    pub sources: Vec<Source>,
    /// How well that is founded; empty means read in the source.
    pub marks: Vec<Mark>,
    /// What it waits for, if it ever waits.
    pub wait: Option<Wait>,
    /// One, or several where there is a choice; never empty.
    pub outcomes: Vec<Outcome>,
}

/// A cell, or an element of an array whose index is known only at run time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The cell, or the cell of the array's first element.
    pub base: CellId,
    /// The index, where it is not constant.
    pub index: Option<Index>,
}

/// An index known at run time: the cell is `base + (value - first) * stride`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Index {
    /// Its value.
    pub value: ExprId,
    /// First legal index.
    pub first: i32,
    /// Number of elements.
    pub len: u16,
    /// Cells from one element to the next.
    pub stride: u16,
    /// Broken by an index outside (`none` included).
    pub out_of_range: ViolationId,
}

/// An operation of a step. Operations run in order; the whole step is atomic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// An access to a storage: breaks `rules[access][lifetime]`.
    Touch {
        /// Which storage.
        storage: StorageId,
        /// Index into [`Storage::accesses`].
        access: u8,
    },
    /// `place = value`; a value outside the cell's range is a violation.
    Assign {
        /// What is written.
        place: Place,
        /// The new value.
        value: ExprId,
    },
    /// Breaks `violation` when the condition is 0. It looks at the state for the specification:
    /// no access to storage.
    Check {
        /// What has to hold.
        condition: ExprId,
        /// What breaks otherwise.
        violation: ViolationId,
    },
    /// Goes on at operation `to` when the condition is 0.
    Unless {
        /// The condition.
        condition: ExprId,
        /// Index into [`Model::ops`].
        to: u32,
    },
    /// Goes on at operation `to`.
    Jump {
        /// Index into [`Model::ops`].
        to: u32,
    },
    /// Adds a sentence to the narration; nothing else.
    Say(TextId),
    /// Ends the step: the actor stands before its line `line` (its number of lines: finished).
    Goto {
        /// Index within the actor's lane.
        line: u16,
    },
}

/// An expression. Values are `i32`; conditions are 0 or 1; sets of actors are bit masks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Expr {
    /// A constant.
    Value(i32),
    /// What a cell holds.
    Read(Place),
    /// Logical not.
    Not(ExprId),
    /// Two operands.
    Binary(Binary, ExprId, ExprId),
    /// The set of those actors whose condition is not 0.
    ActorsWhere(Vec<(ActorId, ExprId)>),
}

/// Operators. `And` and `Or` do not evaluate their right side when the left decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Binary {
    /// Logical and.
    And,
    /// Logical or.
    Or,
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less.
    Less,
    /// Less or equal.
    LessOrEqual,
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Remainder, never negative for a positive right side. By 0 it is 0.
    Remainder,
    /// Set without actor.
    Without,
    /// Set with actor.
    With,
    /// Set contains actor: `Contains(set, actor)`.
    Contains,
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As it stands.
    Words(String),
    /// Shown as code: `` `page_folio()` ``.
    Code(String),
    /// The value of an expression, read as `meaning` says.
    Value(ExprId, Meaning),
}

/// A text with values in it.
pub type Text = Vec<Piece>;

/// A race under one choice of knobs.
#[derive(Clone, Debug)]
pub struct Model {
    /// Every bounded value of the state.
    pub cells: Vec<Cell>,
    /// The actor instances.
    pub actors: Vec<Actor>,
    /// The flat step table, by actor, in the order of the lanes.
    pub steps: Vec<Step>,
    /// Operations of all steps.
    pub ops: Vec<Op>,
    /// Expressions of all steps.
    pub exprs: Vec<Expr>,
    /// Storages with a lifetime.
    pub storages: Vec<Storage>,
    /// Kinds of violation, in the order of declaration.
    pub violations: Vec<Violation>,
    /// Texts.
    pub texts: Vec<Text>,
    /// 64-bit words of a packed state.
    pub words: usize,
}

impl Model {
    /// The step table line that `actor` stands before at `position`; `None` when it has finished.
    #[must_use]
    pub fn step_at(&self, actor: ActorId, position: i32) -> Option<StepId> {
        let steps = &self.actors[actor.index()].steps;
        let id = i32::from(steps.start) + position;
        (id < i32::from(steps.end)).then_some(StepId(id as u16))
    }
}

impl Binary {
    /// The operator on two values. Sums and products stop at the ends of `i32`.
    #[must_use]
    pub fn apply(self, left: i32, right: i32) -> i32 {
        match self {
            Self::And => i32::from(left != 0 && right != 0),
            Self::Or => i32::from(left != 0 || right != 0),
            Self::Equal => i32::from(left == right),
            Self::NotEqual => i32::from(left != right),
            Self::Less => i32::from(left < right),
            Self::LessOrEqual => i32::from(left <= right),
            Self::Add => left.saturating_add(right),
            Self::Subtract => left.saturating_sub(right),
            Self::Multiply => left.saturating_mul(right),
            Self::Remainder if right == 0 => 0,
            Self::Remainder => left.wrapping_rem_euclid(right),
            Self::Without => left & !bit(right),
            Self::With => left | bit(right),
            Self::Contains => i32::from(left & bit(right) != 0),
        }
    }
}

/// The set of one actor; of `none` (-1) it is empty.
fn bit(actor: i32) -> i32 {
    u32::try_from(actor).ok().and_then(|actor| 1i32.checked_shl(actor)).unwrap_or(0)
}
