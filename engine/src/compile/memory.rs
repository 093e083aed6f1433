//! From declarations to cells: storages, arrays, records, locals, their types, ranges and first values.

use super::Checked;
use super::names::{Array, Compiler, Environment, Type};
use crate::ids::{ActorId, CellId, StorageId};
use crate::model::{Bits, Cell, Meaning, Storage};
use crate::syntax::span::Span;
use crate::syntax::tree::{self, ArrayIndex, Declaration, Item, MemoryLine, Name};

/// More elements than any race of this scale has; keeps a slip of the pen from filling the memory.
const MOST_ELEMENTS: i32 = 1024;
/// Cells of a model: what a [`CellId`] can number, with room to spare.
const MOST_CELLS: usize = 4096;

impl<'r> Compiler<'r> {
    pub(super) fn declare_memory(&mut self) -> Checked<()> {
        for item in self.items() {
            if let Item::Storage(storage) = item {
                self.declare_storage(storage)?;
            }
        }
        let mut declarations = Vec::new();
        for item in self.items() {
            if let Item::Memory(lines) = item {
                self.active(lines, &mut declarations)?;
            }
        }
        // Types may name arrays that stand further below, so all arrays come before all types.
        let mut numbers = Vec::new();
        for &declaration in &declarations {
            let number = self.declare_array(declaration, &Environment::default())?;
            if self.array_names.insert(&declaration.name.node, number) {
                let message =
                    words!("there are two cells of this name: `{}`", declaration.name.node);
                return Err(self.error(declaration.name.span, message, None));
            }
            numbers.push(number);
        }
        for (&declaration, &number) in declarations.iter().zip(&numbers) {
            self.declare_cells(declaration, number, None)?;
        }
        for (&declaration, &number) in declarations.iter().zip(&numbers) {
            self.initialise(declaration, number, &Environment::default())?;
        }
        Ok(())
    }

    fn active(
        &mut self,
        lines: &'r [MemoryLine],
        declarations: &mut Vec<&'r Declaration>,
    ) -> Checked<()> {
        for line in lines {
            match line {
                MemoryLine::Declaration(declaration) => declarations.push(declaration),
                MemoryLine::When(when) => {
                    let holds = self.decide(&when.condition, &Environment::default())?;
                    self.active(if holds { &when.then } else { &when.otherwise }, declarations)?;
                }
            }
        }
        Ok(())
    }

    fn declare_storage(&mut self, storage: &'r tree::Storage) -> Checked<()> {
        let lifetimes: Vec<String> =
            storage.lifetimes.iter().map(|(name, _)| name.node.clone()).collect();
        let captions = storage
            .lifetimes
            .iter()
            .map(|(name, caption)| caption.as_ref().map_or(&name.node, |c| &c.node).clone())
            .collect();
        let mut accesses = vec!["read".to_owned(), "write".to_owned()];
        let mut rules: Vec<Vec<_>> = vec![vec![None; lifetimes.len()]; 2];
        for rule in &storage.rules {
            let access = accesses.iter().position(|name| *name == rule.access.node);
            let access = access.unwrap_or_else(|| {
                accesses.push(rule.access.node.clone());
                rules.push(vec![None; lifetimes.len()]);
                accesses.len() - 1
            });
            let Some(lifetime) = lifetimes.iter().position(|l| *l == rule.lifetime.node) else {
                let names = candidates!(lifetimes.iter().map(String::as_str));
                return Err(self.unknown(&rule.lifetime, "lifetime", &names));
            };
            rules[access][lifetime] = Some(self.violation(&rule.violation)?);
        }
        let type_ = Type::Names(self.enumeration(&storage.name.node, lifetimes));
        let base =
            self.cell(&storage.name.node, &storage.name.node, type_, None, storage.name.span)?;
        self.model.cells[base.index()].drawing = match &storage.drawing {
            Some(drawing) => Some(self.drawing(drawing, &Environment::default())?),
            None => None,
        };
        self.arrays.push(Array {
            name: storage.name.node.clone(),
            index: None,
            first: 0,
            len: 1,
            fields: vec![(None, type_)],
            base,
            declared: None,
        });
        self.array_names.insert(&storage.name.node, self.arrays.len() - 1);
        self.storage_names.insert(&storage.name.node, self.model.storages.len());
        self.model.storages.push(Storage {
            name: storage.name.node.clone(),
            lifetime: base,
            rules,
            accesses,
            captions,
        });
        Ok(())
    }

    /// Enters name and size; types and cells come later.
    pub(super) fn declare_array(
        &mut self,
        declaration: &'r Declaration,
        environment: &Environment<'r>,
    ) -> Checked<usize> {
        let (index, first, last) = match &declaration.array {
            None => (None, 0, 0),
            Some(array) => match &array.node {
                ArrayIndex::Length(length) => {
                    let length = self.constant_number(length, array.span, environment)?;
                    (Some(Type::Number), 0, length - 1)
                }
                ArrayIndex::Range(first, last) => (
                    Some(Type::Number),
                    self.constant_number(first, array.span, environment)?,
                    self.constant_number(last, array.span, environment)?,
                ),
                ArrayIndex::Named(name) if name == "actor" => {
                    (Some(Type::Actor), 0, self.model.actors.len() as i32 - 1)
                }
                ArrayIndex::Named(name) => self.named_index(name, array.span, environment)?,
            },
        };
        if first < 0 || last < first || last - first >= MOST_ELEMENTS {
            let span = declaration.array.as_ref().map_or(declaration.name.span, |a| a.span);
            let message = words!("an array has 1 to {MOST_ELEMENTS} elements, numbered from 0 up");
            return Err(self.error(span, message, None));
        }
        let number = self.arrays.len();
        self.arrays.push(Array {
            name: declaration.name.node.clone(),
            // An array of numbers is indexed by numbers, or by what points into it.
            index: index
                .map(|type_| if type_ == Type::Number { Type::Index(number) } else { type_ }),
            first,
            len: (last - first + 1) as usize,
            fields: Vec::new(),
            base: CellId(0),
            declared: None,
        });
        Ok(number)
    }

    /// An array with one element for each value of an enumeration, each element of another array, or as
    /// many as a number says: its index, and the first and the last of them.
    fn named_index(
        &mut self,
        name: &'r str,
        span: Span,
        environment: &Environment<'r>,
    ) -> Checked<(Option<Type>, i32, i32)> {
        if let Some(number) = self.enum_names.get(name) {
            return Ok((Some(Type::Names(number)), 0, self.enums[number].values.len() as i32 - 1));
        }
        if let Some(number) = self.array_names.get(name) {
            let Array { index: Some(index), first, len, .. } = self.arrays[number] else {
                let message = words!("`{name}` is no array, so nothing can be numbered like it");
                return Err(self.error(span, message, None));
            };
            return Ok((Some(index), first, first + len as i32 - 1));
        }
        let length = self.name(name, span, environment, Some(Type::Number))?;
        match (self.value_of(length.id), length.type_) {
            (Some(length), Type::Number) => Ok((Some(Type::Number), 0, length - 1)),
            _ => {
                let name = Name { node: name.to_owned(), span };
                let names = [self.enum_names.names(), self.array_names.names()].concat();
                Err(self.unknown(&name, "number, enumeration or array", &names))
            }
        }
    }

    /// Resolves the types and makes the cells, all at their smallest value.
    pub(super) fn declare_cells(
        &mut self,
        declaration: &'r Declaration,
        number: usize,
        owner: Option<ActorId>,
    ) -> Checked<()> {
        let fields: Vec<(Option<&'r Name>, &'r Declaration)> = match &declaration.type_.node {
            tree::Type::Record(fields) => fields.iter().map(|f| (Some(&f.name), f)).collect(),
            _ => vec![(None, declaration)],
        };
        let mut types = Vec::new();
        for (name, field) in &fields {
            if field.array.is_some() && name.is_some() {
                let message = "an array cannot stand inside a record";
                return Err(self.error(field.name.span, message, None));
            }
            types.push(self.type_of(field)?);
        }
        self.arrays[number].fields = fields
            .iter()
            .zip(&types)
            .map(|((name, _), t)| (name.map(|n| n.node.clone()), t.type_))
            .collect();
        self.arrays[number].base = CellId(self.model.cells.len() as u16);
        let (first, len, index) =
            (self.arrays[number].first, self.arrays[number].len, self.arrays[number].index);
        let prefix = match owner {
            Some(actor) => format!("{}.", self.model.actors[actor.index()].name),
            None => String::new(),
        };
        for offset in 0..len {
            let value = first + offset as i32;
            let element = match index {
                None => None,
                Some(Type::Actor) => Some(self.model.actors[offset].name.clone()),
                Some(Type::Names(names)) => Some(self.enums[names].values[offset].clone()),
                Some(_) => Some(value.to_string()),
            };
            for ((name, field), resolved) in fields.iter().zip(&types) {
                let array = &declaration.name.node;
                let mut full = match &element {
                    Some(element) => format!("{prefix}{array}[{element}]"),
                    None => format!("{prefix}{array}"),
                };
                let own_title = field.title.as_ref().map(|title| title.node.clone());
                let title = match (name, &element) {
                    (Some(name), _) => {
                        full = format!("{full}.{}", name.node);
                        own_title.unwrap_or_else(|| name.node.clone())
                    }
                    (None, Some(element)) if !matches!(index, Some(Type::Index(_))) => {
                        element.clone()
                    }
                    (None, Some(element)) => {
                        format!("{}[{element}]", own_title.as_ref().unwrap_or(array))
                    }
                    (None, None) => own_title.unwrap_or_else(|| array.clone()),
                };
                let id = self.cell(
                    &full,
                    &title,
                    resolved.type_,
                    Some(resolved.range),
                    field.name.span,
                )?;
                let group = (name.is_some() || element.is_some())
                    .then(|| (array.clone(), element.is_some().then_some(value)));
                let group_title = group
                    .as_ref()
                    .map(|_| declaration.title.as_ref().map_or(array, |title| &title.node).clone());
                let out_of_range = (self.breaks(&field.below)?, self.breaks(&field.above)?);
                let storage = match field.storage.as_ref().or(declaration.storage.as_ref()) {
                    None => None,
                    Some(storage) => Some(self.storage(storage)?),
                };
                let cell = &mut self.model.cells[id.index()];
                cell.owner = owner;
                cell.group = group;
                cell.group_title = group_title;
                cell.out_of_range = out_of_range;
                cell.storage = storage;
            }
        }
        Ok(())
    }

    /// Sets first values and drawings.
    pub(super) fn initialise(
        &mut self,
        declaration: &'r Declaration,
        number: usize,
        environment: &Environment<'r>,
    ) -> Checked<()> {
        let fields: Vec<&'r Declaration> = match &declaration.type_.node {
            tree::Type::Record(fields) => fields.iter().collect(),
            _ => vec![declaration],
        };
        let stride = fields.len();
        for offset in 0..self.arrays[number].len {
            for (position, field) in fields.iter().enumerate() {
                let id = CellId(self.arrays[number].base.0 + (offset * stride + position) as u16);
                let type_ = self.arrays[number].fields[position].1;
                if let Some(initial) = &field.initial {
                    let mut environment = environment.clone();
                    let index = self.arrays[number].index;
                    let value = self.arrays[number].first + offset as i32;
                    environment.bound.push(("it", value, index.unwrap_or(Type::Number)));
                    let (value, _) = self.constant(initial, &environment, Some(type_))?;
                    let range = self.model.cells[id.index()].range;
                    if value < range.0 || value > range.1 {
                        let message =
                            words!("the first value {value} lies outside {}..{}", range.0, range.1);
                        return Err(self.error(initial.span, message, None));
                    }
                    self.model.cells[id.index()].initial = value;
                }
                if let Some(drawing) = &field.drawing {
                    let drawing = self.drawing(drawing, environment)?;
                    self.model.cells[id.index()].drawing = Some(drawing);
                }
            }
        }
        Ok(())
    }

    fn breaks(&mut self, name: &Option<Name>) -> Checked<crate::ids::ViolationId> {
        match name {
            Some(name) => self.violation(name),
            None => Ok(self.out_of_range),
        }
    }

    fn storage(&mut self, name: &Name) -> Checked<StorageId> {
        match self.storage_names.get(&name.node) {
            Some(number) => Ok(StorageId(number as u8)),
            None => Err(self.unknown(name, "storage", &self.storage_names.names())),
        }
    }

    /// Makes a cell at its smallest value.
    pub(super) fn cell(
        &mut self,
        name: &str,
        title: &str,
        type_: Type,
        range: Option<(i32, i32)>,
        span: Span,
    ) -> Checked<CellId> {
        if self.model.cells.len() >= MOST_CELLS {
            let message = words!("a model has room for {MOST_CELLS} cells");
            return Err(self.error(span, message, None));
        }
        let meaning = self.meaning(type_);
        let range = range.unwrap_or(match &meaning {
            Meaning::Names(names) => (0, names.len() as i32 - 1),
            _ => (0, 1),
        });
        // What no step may leave unset starts at its smallest value, `none` and `empty` included.
        let out_of_range = self.out_of_range;
        self.model.cells.push(Cell {
            name: name.to_owned(),
            title: title.to_owned(),
            group: None,
            group_title: None,
            range,
            initial: range.0,
            meaning,
            owner: None,
            storage: None,
            out_of_range: (out_of_range, out_of_range),
            bits: Bits { word: 0, shift: 0, mask: 0, min: range.0 },
            drawing: None,
        });
        Ok(CellId(self.model.cells.len() as u16 - 1))
    }
}
