//! What the names of a race stand for: the tables that compiling fills and looks up.

use std::rc::Rc;

use super::table::Table;
use super::{Checked, Rejected};
use crate::ids::{ActorId, CellId, ViolationId};
use crate::model::{Meaning, Model, Violation};
use crate::race::{Placement, Race, Settings};
use crate::syntax::diagnostic::{Diagnostic, closest, did_you_mean};
use crate::syntax::span::Span;
use crate::syntax::tree::{self, Expr, Item, Name, Spanned};

/// The kind that every value outside its range breaks, unless its declaration names another.
pub(super) const OUT_OF_RANGE: &str = "out-of-range";

/// The type of an expression. `Names` and `Index` carry numbers of [`Compiler::enums`] and
/// [`Compiler::arrays`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Type {
    Number,
    Bool,
    Names(usize),
    Index(usize),
    Actors,
    Actor,
}

/// An enumeration: declared, written in a declaration, a storage's lifetimes, or a knob's values.
#[derive(Debug)]
pub(super) struct Enumeration {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// A declared cell, array, record or array of records; also a local (one for each actor instance).
#[derive(Debug)]
pub(super) struct Array {
    pub(super) name: String,
    /// What indexes it; `None` for a single cell or record.
    pub(super) index: Option<Type>,
    pub(super) first: i32,
    pub(super) len: usize,
    /// Fields; one without a name when it is no record.
    pub(super) fields: Vec<(Option<String>, Type)>,
    /// The cell of its first element's first field.
    pub(super) base: CellId,
    /// Where a local was declared.
    pub(super) declared: Option<Span>,
}

/// Where an expression stands: who is `self`, what the parameters, loop variables and `it` are.
#[derive(Clone, Default, Debug)]
pub(super) struct Environment<'r> {
    pub(super) actor: Option<ActorId>,
    pub(super) parameters: Option<Rc<Parameters<'r>>>,
    pub(super) bound: Vec<(&'r str, i32, Type)>,
}

/// The arguments of an expanded routine, each with the environment that it was written in.
#[derive(Debug)]
pub(super) struct Parameters<'r> {
    pub(super) arguments: Vec<(&'r str, Argument<'r>)>,
}

/// An argument, and where it was written.
pub(super) type Argument<'r> = (&'r Spanned<Expr>, Environment<'r>);

impl<'r> Environment<'r> {
    /// The argument that a parameter stands for.
    pub(super) fn argument(&self, name: &str) -> Option<Argument<'r>> {
        self.parameters.as_ref()?.get(name).cloned()
    }
}

impl<'r> Parameters<'r> {
    fn get(&self, name: &str) -> Option<&Argument<'r>> {
        self.arguments.iter().find(|it| it.0 == name).map(|it| &it.1)
    }
}

/// An actor instance while it is compiled.
#[derive(Debug)]
pub(super) struct Instance<'r> {
    pub(super) declaration: &'r tree::Actor,
    pub(super) locals: Table<'r>,
}

/// Everything that compiling knows so far.
#[derive(Debug)]
pub(super) struct Compiler<'r> {
    pub(super) race: &'r Race,
    pub(super) settings: &'r Settings,
    pub(super) enums: Vec<Enumeration>,
    pub(super) enum_names: Table<'r>,
    /// To the knob's number, which is that of its enumeration too.
    pub(super) knobs: Table<'r>,
    pub(super) arrays: Vec<Array>,
    pub(super) array_names: Table<'r>,
    pub(super) routines: Vec<&'r tree::Routine>,
    pub(super) routine_names: Table<'r>,
    pub(super) instances: Vec<Instance<'r>>,
    pub(super) storage_names: Table<'r>,
    pub(super) violation_names: Table<'r>,
    /// The card that is placed, and where.
    pub(super) placed: Option<(Placement, &'r tree::Card)>,
    /// [`OUT_OF_RANGE`].
    pub(super) out_of_range: ViolationId,
    pub(super) model: Model,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'r> Compiler<'r> {
    pub(super) fn new(
        race: &'r Race,
        settings: &'r Settings,
        placement: Option<Placement>,
    ) -> Self {
        let placed = placement
            .filter(|_| cfg!(feature = "cards"))
            .and_then(|it| Some((it, race.declared_cards().nth(it.card)?)));
        Self {
            placed,
            race,
            settings,
            enums: Vec::new(),
            enum_names: Table::default(),
            knobs: Table::default(),
            arrays: Vec::new(),
            array_names: Table::default(),
            routines: Vec::new(),
            routine_names: Table::default(),
            instances: Vec::new(),
            storage_names: Table::default(),
            violation_names: Table::default(),
            out_of_range: ViolationId(0),
            model: Model {
                cells: Vec::new(),
                actors: Vec::new(),
                steps: Vec::new(),
                ops: Vec::new(),
                exprs: Vec::new(),
                storages: Vec::new(),
                violations: Vec::new(),
                texts: Vec::new(),
                words: 1,
            },
            diagnostics: Vec::new(),
        }
    }

    /// Compiles everything, as far as it goes.
    pub(super) fn run(&mut self) -> Checked<()> {
        self.declare_names()?;
        self.declare_actors()?;
        self.declare_memory()?;
        let lanes = self.expand_lanes()?;
        self.compile_lanes(lanes)
    }

    /// All top-level items of all files.
    pub(super) fn items(&self) -> impl Iterator<Item = &'r Item> + use<'r> {
        self.race.files.iter().flat_map(|file| &file.items)
    }

    fn declare_names(&mut self) -> Checked<()> {
        for knob in &self.race.knobs {
            let values = knob.values.iter().map(|value| value.name.clone()).collect();
            let number = self.enumeration(&knob.name, values);
            self.knobs.insert(&knob.name, number);
        }
        let mut rejected = false;
        for item in self.items() {
            match item {
                Item::Enum { name, values } => {
                    let mut values: Vec<_> =
                        values.iter().map(|value| value.node.clone()).collect();
                    values.extend(self.added_to(&name.node));
                    let number = self.enumeration(&name.node, values);
                    rejected |= self.enum_names.insert(&name.node, number)
                        && self.twice(name, "enumeration").is_err();
                }
                Item::Routine(routine) => {
                    let number = self.routines.len();
                    self.routines.push(routine);
                    rejected |= self.routine_names.insert(&routine.name.node, number)
                        && self.twice(&routine.name, "routine").is_err();
                }
                Item::Violation { name, text } => {
                    rejected |= self.declare_violation(&name.node, &text.node)
                        && self.twice(name, "violation").is_err();
                }
                _ => {}
            }
        }
        if self.violation_names.get(OUT_OF_RANGE).is_none() {
            self.declare_violation(OUT_OF_RANGE, "writes a value that its cell cannot hold");
        }
        if self.model.violations.len() > 200 {
            let span = self.race.files[0].head.name.span;
            return Err(self.error(span, "a race has room for 200 kinds of violation", None));
        }
        let out_of_range = self.violation_names.get(OUT_OF_RANGE).unwrap_or_default();
        self.out_of_range = ViolationId(out_of_range as u8);
        if cfg!(feature = "cards")
            && let Some((_, tree::Card { adds: Some((_, to)), .. })) = self.placed
            && self.enum_names.get(&to.node).is_none()
        {
            let names = self.enum_names.names();
            return Err(self.unknown(to, "enumeration", &names));
        }
        if rejected { Err(Rejected) } else { Ok(()) }
    }

    /// The value that a placed card adds to an enumeration.
    fn added_to(&self, name: &str) -> Option<String> {
        let placed = self.placed.filter(|_| cfg!(feature = "cards"));
        let (value, to) = placed?.1.adds.as_ref()?;
        (to.node == name).then(|| value.node.clone())
    }

    /// Whether there was one of that name.
    fn declare_violation(&mut self, name: &'r str, sentence: &str) -> bool {
        let number = self.model.violations.len();
        self.model
            .violations
            .push(Violation { name: name.to_owned(), sentence: sentence.to_owned() });
        self.violation_names.insert(name, number)
    }

    fn twice(&mut self, name: &Name, what: &str) -> Checked<()> {
        let message = words!("there are two of this name: {what} `{}`", name.node);
        Err(self.error(name.span, message, Some("give one of them another name")))
    }

    pub(super) fn enumeration(&mut self, name: &str, values: Vec<String>) -> usize {
        self.enums.push(Enumeration { name: name.to_owned(), values });
        self.enums.len() - 1
    }

    /// Records an error.
    #[inline]
    pub(super) fn error(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: Option<&str>,
    ) -> Rejected {
        if cfg!(feature = "language") {
            self.reject(error(span, message.into(), help.map(str::to_owned)))
        } else {
            self.reject_unsaid()
        }
    }

    /// Records that a name stands for nothing, with the closest one that does.
    #[inline]
    pub(super) fn unknown(&mut self, name: &Name, what: &str, candidates: &[&str]) -> Rejected {
        if cfg!(feature = "language") {
            self.reject(unknown(name, what, candidates))
        } else {
            self.reject_unsaid()
        }
    }

    /// Records that something is wrong: what is packed knows no places, and a build without the language has
    /// no words for it.
    #[cold]
    #[inline(never)]
    fn reject_unsaid(&mut self) -> Rejected {
        self.reject(Diagnostic::error("", Span::default()))
    }

    /// Records what is wrong.
    #[cold]
    #[inline(never)]
    pub(super) fn reject(&mut self, diagnostic: Diagnostic) -> Rejected {
        self.diagnostics.push(diagnostic);
        Rejected
    }

    /// The kind of violation of that name.
    pub(super) fn violation(&mut self, name: &Name) -> Checked<ViolationId> {
        match self.violation_names.get(&name.node) {
            Some(number) => Ok(ViolationId(number as u8)),
            None => Err(self.unknown(name, "violation", &self.violation_names.names())),
        }
    }

    /// How a number of this type reads.
    pub(super) fn meaning(&self, type_: Type) -> Meaning {
        match type_ {
            Type::Number => Meaning::Number,
            Type::Bool => Meaning::Bool,
            Type::Names(number) => Meaning::Names(self.enums[number].values.clone()),
            Type::Index(number) => Meaning::Index {
                array: self.arrays[number].name.clone(),
                first: self.arrays[number].first,
            },
            Type::Actors => Meaning::Actors,
            Type::Actor => Meaning::Actor,
        }
    }

    /// What a reader calls this type.
    pub(super) fn describe(&self, type_: Type) -> String {
        if !cfg!(feature = "language") {
            return String::new();
        }
        match type_ {
            Type::Number => "a number".to_owned(),
            Type::Bool => "yes or no".to_owned(),
            Type::Names(number) => {
                let enumeration = &self.enums[number];
                format!("one of {} (`{}`)", enumeration.values.join(", "), enumeration.name)
            }
            Type::Index(number) => format!("an index into `{}`", self.arrays[number].name),
            Type::Actors => "a set of actors".to_owned(),
            Type::Actor => "an actor".to_owned(),
        }
    }
}

#[cold]
#[inline(never)]
fn error(span: Span, message: String, help: Option<String>) -> Diagnostic {
    Diagnostic { help, ..Diagnostic::error(message, span) }
}

/// A name stands for nothing; the closest one that does.
#[cold]
#[inline(never)]
pub(super) fn unknown(name: &Name, what: &str, candidates: &[&str]) -> Diagnostic {
    if !cfg!(feature = "language") {
        return Diagnostic::error("", Span::default());
    }
    let help = closest(&name.node, candidates.iter().copied()).map(did_you_mean);
    error(name.span, words!("there is no {what} `{}`", name.node), help)
}
