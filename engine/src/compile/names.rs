//! What the names of a race stand for: the tables that compiling fills and looks up.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Checked, Rejected};
use crate::ids::{ActorId, CellId, StorageId, ViolationId};
use crate::model::{Meaning, Model, Violation};
use crate::race::{Race, Settings};
use crate::syntax::diagnostic::{Diagnostic, closest};
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
    pub(super) arguments: BTreeMap<&'r str, (&'r Spanned<Expr>, Environment<'r>)>,
}

/// An actor instance while it is compiled.
#[derive(Debug)]
pub(super) struct Instance<'r> {
    pub(super) declaration: &'r tree::Actor,
    pub(super) locals: BTreeMap<&'r str, usize>,
}

/// Everything that compiling knows so far.
#[derive(Debug)]
pub(super) struct Compiler<'r> {
    pub(super) race: &'r Race,
    pub(super) settings: &'r Settings,
    pub(super) enums: Vec<Enumeration>,
    pub(super) enum_names: BTreeMap<&'r str, usize>,
    /// Knob name to its enumeration and the number of its value.
    pub(super) knobs: BTreeMap<&'r str, (usize, i32)>,
    pub(super) arrays: Vec<Array>,
    pub(super) array_names: BTreeMap<&'r str, usize>,
    pub(super) routines: BTreeMap<&'r str, &'r tree::Routine>,
    pub(super) instances: Vec<Instance<'r>>,
    pub(super) storage_names: BTreeMap<&'r str, StorageId>,
    pub(super) violation_names: BTreeMap<String, ViolationId>,
    pub(super) model: Model,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'r> Compiler<'r> {
    pub(super) fn new(race: &'r Race, settings: &'r Settings) -> Self {
        Self {
            race,
            settings,
            enums: Vec::new(),
            enum_names: BTreeMap::new(),
            knobs: BTreeMap::new(),
            arrays: Vec::new(),
            array_names: BTreeMap::new(),
            routines: BTreeMap::new(),
            instances: Vec::new(),
            storage_names: BTreeMap::new(),
            violation_names: BTreeMap::new(),
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
        for (number, knob) in self.race.knobs.iter().enumerate() {
            let values = knob.values.iter().map(|value| value.name.clone()).collect();
            let enumeration = self.enumeration(&knob.name, values);
            self.knobs.insert(&knob.name, (enumeration, self.settings.get(number) as i32));
        }
        let mut rejected = false;
        for item in self.items() {
            match item {
                Item::Enum { name, values } => {
                    let values = values.iter().map(|value| value.node.clone()).collect();
                    let number = self.enumeration(&name.node, values);
                    rejected |= self.enum_names.insert(&name.node, number).is_some()
                        && self.twice(name, "enumeration").is_err();
                }
                Item::Routine(routine) => {
                    rejected |= self.routines.insert(&routine.name.node, routine).is_some()
                        && self.twice(&routine.name, "routine").is_err();
                }
                Item::Violation { name, text } => {
                    let id = ViolationId(self.model.violations.len() as u8);
                    self.model
                        .violations
                        .push(Violation { name: name.node.clone(), sentence: text.node.clone() });
                    rejected |= self.violation_names.insert(name.node.clone(), id).is_some()
                        && self.twice(name, "violation").is_err();
                }
                _ => {}
            }
        }
        if !self.violation_names.contains_key(OUT_OF_RANGE) {
            let id = ViolationId(self.model.violations.len() as u8);
            self.violation_names.insert(OUT_OF_RANGE.to_owned(), id);
            self.model.violations.push(Violation {
                name: OUT_OF_RANGE.to_owned(),
                sentence: "writes a value that its cell cannot hold".to_owned(),
            });
        }
        if self.model.violations.len() > 200 {
            let span = self.race.files[0].head.name.span;
            return Err(self.error(span, "a race has room for 200 kinds of violation", None));
        }
        if rejected { Err(Rejected) } else { Ok(()) }
    }

    fn twice(&mut self, name: &Name, what: &str) -> Checked<()> {
        let message = format!("there are two of this name: {what} `{}`", name.node);
        Err(self.error(name.span, message, Some("give one of them another name".to_owned())))
    }

    pub(super) fn enumeration(&mut self, name: &str, values: Vec<String>) -> usize {
        self.enums.push(Enumeration { name: name.to_owned(), values });
        self.enums.len() - 1
    }

    /// Records an error.
    pub(super) fn error(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: Option<String>,
    ) -> Rejected {
        let mut diagnostic = Diagnostic::error(message.into(), span);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
        Rejected
    }

    /// Records that a name stands for nothing, with the closest one that does.
    pub(super) fn unknown<'n>(
        &mut self,
        name: &Name,
        what: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Rejected {
        let help = closest(&name.node, candidates).map(|near| format!("did you mean `{near}`?"));
        self.error(name.span, format!("there is no {what} `{}`", name.node), help)
    }

    /// The kind of violation of that name.
    pub(super) fn violation(&mut self, name: &Name) -> Checked<ViolationId> {
        if let Some(&id) = self.violation_names.get(&name.node) {
            return Ok(id);
        }
        let names: Vec<String> = self.violation_names.keys().cloned().collect();
        Err(self.unknown(name, "violation", names.iter().map(String::as_str)))
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
