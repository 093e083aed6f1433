//! From declarations to cells: storages, arrays, records, locals, their types, ranges and first values.

use super::Checked;
use super::names::{Array, Compiler, Environment, Instance, Type};
use crate::ids::{ActorId, CellId, StorageId};
use crate::model::{Actor, Bits, Cell, Drawing, Meaning, Shape, Storage};
use crate::syntax::span::Span;
use crate::syntax::tree::{self, ArrayIndex, Declaration, Item, MemoryLine, Name};

/// More elements than any race of this scale has; keeps a slip of the pen from filling the memory.
const MOST_ELEMENTS: i32 = 1024;
/// Cells of a model: what a [`CellId`] can number, with room to spare.
const MOST_CELLS: usize = 4096;
/// Actor instances: sets of actors are masks in an `i32`.
const MOST_ACTORS: usize = 16;

impl<'r> Compiler<'r> {
    pub(super) fn declare_actors(&mut self) -> Checked<()> {
        let mut kind = 0;
        for item in self.items() {
            let Item::Actor(declaration) = item else { continue };
            let times = match &declaration.times {
                Some(times) => self.constant(times, &Environment::default(), Some(Type::Number))?.0,
                None => 1,
            };
            if times < 1 || self.instances.len() + times as usize > MOST_ACTORS {
                let message = words!("a race has 1 to {MOST_ACTORS} actors, all instances counted");
                return Err(self.error(declaration.name.span, message, None));
            }
            if declaration.letters.len() < times as usize {
                let message = words!(
                    "`{}` has {times} instances and {} letters",
                    declaration.name.node,
                    declaration.letters.len()
                );
                let help = "each instance needs a letter of its own for schedules: `letters w v`";
                return Err(self.error(declaration.name.span, message, Some(help)));
            }
            let mut cpu = declaration.cpu.as_ref().map(|it| it.node);
            for number in 0..times {
                let name = match times {
                    1 => declaration.name.node.clone(),
                    _ => format!("{} {}", declaration.name.node, number + 1),
                };
                let letter = &declaration.letters[number as usize];
                if let Some(other) = self.model.actors.iter().find(|a| a.letter == letter.node) {
                    let message =
                        words!("the letter `{}` already belongs to `{}`", letter.node, other.name);
                    return Err(self.error(letter.span, message, None));
                }
                if number > 0 {
                    cpu = self.next_cpu(declaration, times)?;
                }
                self.model.actors.push(Actor {
                    name,
                    kind,
                    instance: (number as u8 + 1, times as u8),
                    title: declaration.title.node.clone(),
                    cpu,
                    letter: letter.node,
                    environment: declaration.environment,
                    position: CellId(0),
                    steps: 0..0,
                    locals: Vec::new(),
                });
                self.instances.push(Instance { declaration, locals: Default::default() });
            }
            kind += 1;
        }
        if self.model.actors.iter().all(|actor| actor.environment) {
            let span = self.race.files[0].head.name.span;
            let help = "declare one: `actor walker \"get_user_pages_fast()\" letter w`";
            return Err(self.error(span, "this race has no actor", Some(help)));
        }
        Ok(())
    }

    /// The CPU of one more instance: the first one after that of the first instance which is nobody's.
    fn next_cpu(&mut self, declaration: &tree::Actor, times: i32) -> Checked<Option<u8>> {
        let Some(first) = &declaration.cpu else { return Ok(None) };
        let declared = |cpu: u8| {
            self.items().any(|item| {
                matches!(item, Item::Actor(tree::Actor { cpu: Some(it), .. }) if it.node == cpu)
            })
        };
        let taken = |cpu: u8| self.model.actors.iter().any(|it| it.cpu == Some(cpu));
        let next = (first.node..=u8::MAX).find(|&it| !declared(it) && !taken(it));
        next.map(Some).ok_or_else(|| {
            let message =
                words!("{times} instances from CPU {} on: the last CPU is 255", first.node);
            self.error(first.span, message, None)
        })
    }

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

    fn type_of(&mut self, declaration: &'r Declaration) -> Checked<Resolved> {
        let span = declaration.type_.span;
        let nowhere = Environment::default();
        Ok(match &declaration.type_.node {
            tree::Type::Bool => Resolved { type_: Type::Bool, range: (0, 1) },
            tree::Type::Range(low, high) => {
                let low = self.constant_number(low, span, &nowhere)?;
                let high = self.constant_number(high, span, &nowhere)?;
                if high < low || i64::from(high) - i64::from(low) > 1 << 24 {
                    let help = "write the smaller end first; at most 16 million values";
                    let message = "this range is empty, or too large";
                    return Err(self.error(span, message, Some(help)));
                }
                Resolved { type_: Type::Number, range: (low, high) }
            }
            tree::Type::Names(names) => {
                let values = names.iter().map(|name| name.node.clone()).collect();
                let number = self.enumeration(&declaration.name.node, values);
                Resolved { type_: Type::Names(number), range: (0, names.len() as i32 - 1) }
            }
            tree::Type::Named(name) if name.node == "actor" => {
                Resolved { type_: Type::Actor, range: (0, self.model.actors.len() as i32 - 1) }
            }
            tree::Type::Named(name) => self.named_type(name, false)?,
            tree::Type::OrNone(name) if name.node == "actor" => {
                Resolved { type_: Type::Actor, range: (-1, self.model.actors.len() as i32 - 1) }
            }
            tree::Type::OrNone(name) => self.named_type(name, true)?,
            tree::Type::Actors => {
                Resolved { type_: Type::Actors, range: (0, (1 << self.model.actors.len()) - 1) }
            }
            tree::Type::Record(_) => {
                return Err(self.error(span, "a record cannot stand inside a record", None));
            }
        })
    }

    fn named_type(&mut self, name: &'r Name, or_none: bool) -> Checked<Resolved> {
        if let Some(number) = self.enum_names.get(&name.node) {
            if or_none {
                let help = words!("add a value `none` to the enumeration `{}`", name.node);
                let message = "only an index or an actor can be `none`";
                return Err(self.error(name.span, message, Some(&help)));
            }
            let last = self.enums[number].values.len() as i32 - 1;
            return Ok(Resolved { type_: Type::Names(number), range: (0, last) });
        }
        if let Some(number) = self.array_names.get(&name.node) {
            let array = &self.arrays[number];
            let (first, last) = (array.first, array.first + array.len as i32 - 1);
            let low = if or_none { first - 1 } else { first };
            return Ok(Resolved { type_: Type::Index(number), range: (low, last) });
        }
        let names = [self.enum_names.names(), self.array_names.names()].concat();
        Err(self.unknown(name, "type, enumeration or array", &names))
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

    fn drawing(
        &mut self,
        drawing: &'r tree::Drawing,
        environment: &Environment<'r>,
    ) -> Checked<Drawing> {
        let copy_of = match &drawing.copy_of {
            None => None,
            Some(place) => Some(self.place(place, environment)?.0),
        };
        Ok(Drawing {
            shape: self.shape(&drawing.shape)?,
            parent: drawing.beside.as_ref().map(|name| name.node.clone()),
            points_to: match &drawing.points_to {
                Some(name) => Some(self.shape(name)?),
                None => None,
            },
            copy_of,
            levels: drawing.under.iter().map(|name| name.node.clone()).collect(),
        })
    }

    fn shape(&mut self, name: &Name) -> Checked<Shape> {
        const SHAPES: [(&str, Shape); 8] = [
            ("table-entry", Shape::TableEntry),
            ("frame", Shape::Frame),
            ("struct-page", Shape::StructPage),
            ("section", Shape::Section),
            ("flag", Shape::Flag),
            ("register", Shape::Register),
            ("lock", Shape::Lock),
            ("plain", Shape::Plain),
        ];
        match SHAPES.iter().find(|(word, _)| *word == name.node) {
            Some(&(_, shape)) => Ok(shape),
            None => Err(self.unknown(name, "shape", &SHAPES.map(|it| it.0))),
        }
    }
}

/// A type with the smallest and largest value of this declaration.
struct Resolved {
    type_: Type,
    range: (i32, i32),
}
