//! What a `.race` file says, as written: the parse tree. Imports nothing but spans.
//!
//! Names are not resolved here and knobs not applied; `race` and `compile` do that.

use super::span::Span;
use std::fmt;

/// A node and where it stands; its `Debug` form is the node's, with the place in the alternate form only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What.
    pub node: T,
    /// Where.
    pub span: Span,
}

impl<T: fmt::Debug> fmt::Debug for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return f
                .debug_struct("Spanned")
                .field("node", &self.node)
                .field("span", &self.span)
                .finish();
        }
        self.node.fmt(f)
    }
}

/// A name as written; may contain `-` and end in `'`.
pub type Name = Spanned<String>;

/// Quoted text as written between the quotes, escapes resolved; `{…}` and `` `…` `` are still in it.
/// Strings on consecutive lines are one text, joined by a space.
pub type Quoted = Spanned<String>;

/// One file: a race, or a prelude that races use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// `race ID "title"` or `prelude NAME "title"`.
    pub head: Head,
    /// Everything below, in order.
    pub items: Vec<Item>,
}

/// The first line of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// Whether it is a race (otherwise a prelude).
    pub is_race: bool,
    /// Its id.
    pub name: Name,
    /// Its title.
    pub title: Quoted,
}

/// A top-level item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// `use rcu, gup`.
    Use(Vec<Name>),
    /// `about` and quoted paragraphs below it.
    About(Vec<Quoted>),
    /// `leaves out "…"`.
    LeavesOut(Quoted),
    /// `term NAME, NAME "…"`: words that explain themselves; the first is the headword.
    Term {
        /// Headword and other spellings, each a quoted text or a plain name.
        names: Vec<Name>,
        /// The explanation.
        text: Quoted,
    },
    /// `violation NAME "…"`.
    Violation {
        /// Its stable name.
        name: Name,
        /// What it means.
        text: Quoted,
    },
    /// `enum NAME = a | b`.
    Enum {
        /// Its name.
        name: Name,
        /// Its values.
        values: Vec<Name>,
    },
    /// `knob …`.
    Knob(Knob),
    /// `preset …`.
    Preset(Preset),
    /// `storage …`.
    Storage(Storage),
    /// `memory` and its block.
    Memory(Vec<MemoryLine>),
    /// `routine …`.
    Routine(Routine),
    /// `actor …` or `environment …`.
    Actor(Actor),
    /// `card …`.
    Card(Card),
}

/// `knob NAME = v | v "…" [scale]` with a line `VALUE "…" [MARK…]` for each value that wants one, and marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Knob {
    /// Its stable name.
    pub name: Name,
    /// Its values, the default first. Numbers are names here too.
    pub values: Vec<Name>,
    /// What it turns.
    pub text: Option<Quoted>,
    /// `scale`: keeps its default in a sweep.
    pub scale: bool,
    /// What single values mean.
    pub meanings: Vec<Meaning>,
    /// Marks on the knob's own lines (`deduced`, `observed`, `unverified`, `hypothetical`).
    pub marks: Vec<Name>,
}

/// `VALUE "…" [MARK…] [protects]` below a knob.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meaning {
    /// The value.
    pub value: Name,
    /// What it means.
    pub text: Quoted,
    /// How well that is founded.
    pub marks: Vec<Name>,
    /// `protects`: it is there to make the race safe.
    pub protects: bool,
}

/// `preset "title": k=v, k=v` and a quoted explanation below it. No settings: the defaults.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preset {
    /// What the reader asks for.
    pub title: Quoted,
    /// Knobs that differ from their defaults.
    pub settings: Vec<(Name, Name)>,
    /// Why.
    pub text: Option<Quoted>,
}

/// `storage NAME` with its lifetimes and rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Storage {
    /// Its name; also the name of the cell that holds its lifetime.
    pub name: Name,
    /// `lifetime NAME "caption"`, the healthy one first; the initial value is the first.
    pub lifetimes: Vec<(Name, Option<Quoted>)>,
    /// `read of LIFETIME breaks VIOLATION`, `write of …`, `pin of …`.
    pub rules: Vec<Rule>,
    /// How it is drawn.
    pub drawing: Option<Drawing>,
}

/// What an access to a storage in a lifetime breaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// `read`, `write`, or an access of the race's own.
    pub access: Name,
    /// In which lifetime.
    pub lifetime: Name,
    /// What it breaks.
    pub violation: Name,
}

/// A line of a `memory` block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MemoryLine {
    /// A cell, an array, a record or an array of records.
    Declaration(Box<Declaration>),
    /// `when COND` … `otherwise` …
    When(When<MemoryLine>),
}

/// A block that exists only under a choice of knobs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct When<L> {
    /// A condition on knobs and routine parameters.
    pub condition: Spanned<Expr>,
    /// Lines if it holds.
    pub then: Vec<L>,
    /// Lines of `otherwise`.
    pub otherwise: Vec<L>,
}

/// `NAME ["title"]: [array[…] of] TYPE [= INITIAL] [below V] [above V] [in STORAGE]`, with
/// `drawn as …` below it, and fields below it if it is a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declaration {
    /// Its name.
    pub name: Name,
    /// What a picture calls it.
    pub title: Option<Quoted>,
    /// `array[…] of`.
    pub array: Option<Spanned<ArrayIndex>>,
    /// Type of the element; a record if there are fields below (then no type is written).
    pub type_: Spanned<Type>,
    /// Initial value; `it` is the element's own index.
    pub initial: Option<Spanned<Expr>>,
    /// `below NAME`: broken by a value below the range.
    pub below: Option<Name>,
    /// `above NAME`.
    pub above: Option<Name>,
    /// `in NAME`: the storage that it lives in.
    pub storage: Option<Name>,
    /// How it is drawn.
    pub drawing: Option<Drawing>,
}

/// What an array is indexed by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ArrayIndex {
    /// `array[N]`: 0 to N-1. `N` is a number or an expression of knobs.
    Length(Expr),
    /// `array[A..B]`: both ends belong to it.
    Range(Expr, Expr),
    /// `array[NAME]`: by the values of an enumeration, or `array[actor]`: by the actors.
    Named(String),
}

/// A type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// `bool`.
    Bool,
    /// `A..B`, both ends legal.
    Range(Expr, Expr),
    /// `a | b | c`.
    Names(Vec<Name>),
    /// `NAME`: an enumeration, or an index into the array of that name.
    Named(Name),
    /// `NAME or none`, also `actor or none`.
    OrNone(Name),
    /// `set of actors`.
    Actors,
    /// Fields below.
    Record(Vec<Declaration>),
}

/// `drawn as SHAPE [beside NAME] [under NAME…] [points to SHAPE] [copy of PLACE]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawing {
    /// `table-entry`, `frame`, `struct-page`, `section`, `flag`, `register`, `lock`, `plain`.
    pub shape: Name,
    /// `beside NAME`: the storage beside which a flag stands.
    pub beside: Option<Name>,
    /// `under pgd p4d`: the levels above a table entry.
    pub under: Vec<Name>,
    /// `points to SHAPE`.
    pub points_to: Option<Name>,
    /// `copy of PLACE`.
    pub copy_of: Option<Spanned<Expr>>,
}

/// `routine NAME(PARAMETER [= DEFAULT], …)` and its lines; expanded where it is run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Routine {
    /// Its name.
    pub name: Name,
    /// Parameters, with defaults.
    pub parameters: Vec<(Name, Option<Spanned<Expr>>)>,
    /// Its lane lines.
    pub lines: Vec<Line>,
}

/// `card NAME "title" [adds VALUE to ENUM]` and its lines: what a reader may put between any two lines of any
/// actor, to see whether that helps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// Its stable name.
    pub name: Name,
    /// What a reader sees on it.
    pub title: Quoted,
    /// `adds VALUE to ENUM`: one more value for an enumeration, so that the card can have something of its own.
    pub adds: Option<(Name, Name)>,
    /// Its lane lines.
    pub lines: Vec<Line>,
}

/// `actor NAME "title" [on cpu N] letter L [times EXPR letters A B C]` and its lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// Its name.
    pub name: Name,
    /// Declared with `environment` instead of `actor`.
    pub environment: bool,
    /// What the lane is headed with.
    pub title: Quoted,
    /// `on cpu N`.
    pub cpu: Option<Spanned<u8>>,
    /// `letter w`, or `letters w v u`: one for each instance.
    pub letters: Vec<Spanned<char>>,
    /// `times EXPR`: how many instances. The first stands on `cpu`, each other one on the next CPU that is
    /// nobody else's.
    pub times: Option<Spanned<Expr>>,
    /// Its lane lines.
    pub lines: Vec<Line>,
}

/// A line of a lane (in an actor or a routine).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A step: `KEY: …`.
    Step(Step),
    /// `local NAME: TYPE = INITIAL`.
    Local(Box<Declaration>),
    /// `when COND` … `otherwise` …
    When(When<Line>),
    /// `run NAME(args) [as PREFIX] [with KEY as KEY, …]`.
    Run(Run),
    /// A statement that belongs to the step before it; may touch locals only (or `check`).
    Statement(Spanned<Statement>),
}

/// `KEY: [atomic] [as ACCESS] [STATEMENT] [`` `label` ``]` with sentences, sources, marks and
/// further statements below it. The label, and a wait's `waiting "…" [may be held off]`, may stand on a
/// line of their own below.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Its key: `W2`, `M2'`.
    pub key: Name,
    /// Whether it is an explicit `atomic` group.
    pub atomic: bool,
    /// `as pin`: the access by which its storage accesses are judged.
    pub access: Option<Name>,
    /// The short label, between backticks.
    pub label: Quoted,
    /// The sentence.
    pub sentence: Quoted,
    /// `@ FILE FUNCTION [VERSION…]` lines.
    pub sources: Vec<Source>,
    /// `deduced`, `observed`, `unverified`, `hypothetical` lines.
    pub marks: Vec<Name>,
    /// What it does, the statement of its first line first.
    pub body: Vec<Spanned<Statement>>,
}

/// `@ FILE FUNCTION [VERSION…]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// `mm/gup.c`.
    pub file: String,
    /// `gup_pte_range`.
    pub function: String,
    /// `v6.1`, `v6.12`; none: all.
    pub versions: Vec<String>,
    /// The line.
    pub span: Span,
}

/// `run NAME(NAME = EXPR, …) [as PREFIX] [with KEY as KEY, …]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Which routine.
    pub routine: Name,
    /// Arguments, by name, or by position (name `None`); a quoted string may be an argument.
    pub arguments: Vec<(Option<Name>, Spanned<Expr>)>,
    /// Put before each key of the routine.
    pub prefix: Option<Name>,
    /// Keys of the routine's own lines, each with the name that it has here.
    pub renamed: Vec<(Name, Name)>,
    /// The line.
    pub span: Span,
}

/// A statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Statement {
    /// `PLACE = EXPR`, `PLACE += EXPR` and `PLACE -= EXPR` (the latter two as sum and difference).
    Assign {
        /// What is written: [`Expr::Name`], [`Expr::Element`] or [`Expr::Field`].
        place: Spanned<Expr>,
        /// The new value.
        value: Spanned<Expr>,
    },
    /// `if EXPR goto KEY`, `if EXPR return`, `if EXPR break V`… (one statement on the same line), or
    /// `if EXPR` and a block below it, and perhaps `otherwise` and a block.
    If {
        /// The condition.
        condition: Spanned<Expr>,
        /// If it holds.
        then: Vec<Spanned<Statement>>,
        /// `otherwise`.
        otherwise: Vec<Spanned<Statement>>,
    },
    /// `goto KEY`.
    Goto(Name),
    /// `return`: to after the `run` of this routine.
    Return,
    /// `finish`: the actor is done.
    Finish,
    /// `check EXPR else VIOLATION`.
    Check {
        /// What has to hold.
        condition: Spanned<Expr>,
        /// What breaks otherwise.
        violation: Name,
    },
    /// `break VIOLATION`: the property is broken here.
    Break(Name),
    /// `run NAME(args)` of a routine that has no keyed lines.
    Run(Run),
    /// `say "…"`: added to the narration when it is reached.
    Say(Quoted),
    /// `wait until EXPR waiting "words" [may be held off]`. Only as the first statement of a step.
    Wait {
        /// What it waits for.
        condition: Spanned<Expr>,
        /// The words.
        words: Quoted,
        /// Waiting for ever is no fault.
        may_be_held_off: bool,
    },
    /// `choose`, then `either …`, `or …`. At most one in a step.
    Choose(Vec<Branch>),
    /// `for NAME in NAME` and a block: once for each index of an array or value of an enumeration.
    For {
        /// The name that takes each value.
        variable: Name,
        /// An array, an enumeration, or `actor`.
        over: Name,
        /// The block.
        body: Vec<Spanned<Statement>>,
    },
    /// `when COND` … `otherwise` … inside a step.
    When(When<Spanned<Statement>>),
    /// `nothing`.
    Nothing,
}

/// `either [when EXPR] "title"`, `or [when EXPR] "title"`, and a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// It can be taken only when this holds.
    pub guard: Option<Spanned<Expr>>,
    /// What a reader chooses.
    pub title: Quoted,
    /// What it does.
    pub body: Vec<Spanned<Statement>>,
}

/// An expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expr {
    /// `3`.
    Number(i32),
    /// A cell, a local, an enumeration's value, a knob, a knob's value, a parameter, an actor,
    /// `it`, `self`, `none`, `empty`, `yes`, `no`: resolved later.
    Name(String),
    /// `NAME[EXPR]`.
    Element(Box<Spanned<Expr>>, Box<Spanned<Expr>>),
    /// `EXPR.NAME`.
    Field(Box<Spanned<Expr>>, Name),
    /// A quoted argument.
    Text(String),
    /// `not EXPR`.
    Not(Box<Spanned<Expr>>),
    /// Two operands.
    Binary(Operator, Box<Spanned<Expr>>, Box<Spanned<Expr>>),
    /// `EXPR is one of a, b, c`; each of them as for `is`.
    OneOf(Box<Spanned<Expr>>, Vec<Spanned<Expr>>),
    /// `actors where EXPR`, with `it` for each actor.
    ActorsWhere(Box<Spanned<Expr>>),
    /// `ACTOR past KEY`, `ACTOR at KEY`, `ACTOR finished` (no key).
    Position {
        /// Which actor.
        actor: Name,
        /// How it is looked at.
        look: Look,
        /// The line's key.
        key: Option<Name>,
    },
}

/// How another actor's position is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// It stands after that line in the lane, or has finished.
    Past,
    /// It stands before that line: the line is its next.
    At,
    /// It has finished.
    Finished,
}

/// Operators, loosest first: `or`; `and`; `not`; comparisons (`is`, `is not`, `<`, `<=`, `>`, `>=`, `has`,
/// `is one of`); `with`, `without`, `+`, `-`; `*`, `mod`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is the word of the language that it is named after")]
pub enum Operator {
    Or,
    And,
    Is,
    IsNot,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Has,
    With,
    Without,
    Plus,
    Minus,
    Times,
    Mod,
}
