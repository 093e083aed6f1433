//! Expressions: names looked up, types checked, constants folded as they are built.

use super::names::{Compiler, Environment, Type, unknown};
use super::{Checked, Rejected};
use crate::ids::{ActorId, ExprId};
use crate::model::{Binary, Index, Place};
use crate::syntax::diagnostic::{closest, did_you_mean};
use crate::syntax::span::Span;
use crate::syntax::tree::{Expr, Look, Name, Operator, Spanned};

/// An expression in the model's arena, and its type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Typed {
    pub(super) id: ExprId,
    pub(super) type_: Type,
}

impl<'r> Compiler<'r> {
    /// A condition that the choice of knobs decides.
    pub(super) fn decide(
        &mut self,
        condition: &'r Spanned<Expr>,
        environment: &Environment<'r>,
    ) -> Checked<bool> {
        Ok(self.constant(condition, environment, Some(Type::Bool))?.0 != 0)
    }

    /// A value that the choice of knobs decides.
    pub(super) fn constant(
        &mut self,
        expr: &'r Spanned<Expr>,
        environment: &Environment<'r>,
        expected: Option<Type>,
    ) -> Checked<(i32, Type)> {
        let typed = self.expression(expr, environment, expected)?;
        match self.value_of(typed.id) {
            Some(value) => Ok((value, typed.type_)),
            None => Err(self.not_known(expr.span)),
        }
    }

    fn not_known(&mut self, span: Span) -> Rejected {
        let help = "only knobs, numbers and parameters that are made of them can stand here";
        self.error(span, "this has to be known before the race runs", Some(help))
    }

    /// The same for an expression whose place is only known as a whole.
    pub(super) fn constant_number(
        &mut self,
        expr: &'r Expr,
        span: Span,
        environment: &Environment<'r>,
    ) -> Checked<i32> {
        let typed = self.unspanned(expr, span, environment, Some(Type::Number))?;
        match self.value_of(typed.id) {
            Some(value) => Ok(value),
            None => {
                Err(self.error(span, "this has to be a number known before the race runs", None))
            }
        }
    }

    pub(super) fn expression(
        &mut self,
        expr: &'r Spanned<Expr>,
        environment: &Environment<'r>,
        expected: Option<Type>,
    ) -> Checked<Typed> {
        let typed = self.unspanned(&expr.node, expr.span, environment, expected)?;
        match expected {
            Some(expected) if !self.fits(typed.type_, expected) => {
                let (wanted, found) = (self.describe(expected), self.describe(typed.type_));
                let message = words!("this should be {wanted}, but it is {found}");
                Err(self.error(expr.span, message, None))
            }
            _ => Ok(typed),
        }
    }

    fn fits(&self, found: Type, expected: Type) -> bool {
        found == expected
            || matches!(
                (found, expected),
                (Type::Number, Type::Index(_)) | (Type::Index(_), Type::Number)
            )
    }

    fn unspanned(
        &mut self,
        expr: &'r Expr,
        span: Span,
        environment: &Environment<'r>,
        expected: Option<Type>,
    ) -> Checked<Typed> {
        match expr {
            Expr::Number(number) => match expected {
                // The value `2` of a knob is a name, and written as a number.
                Some(Type::Names(_)) => self.name(&number.to_string(), span, environment, expected),
                Some(Type::Index(_)) => {
                    Ok(Typed { id: self.value(*number), type_: expected.unwrap_or(Type::Number) })
                }
                _ => Ok(Typed { id: self.value(*number), type_: Type::Number }),
            },
            Expr::Name(name) => self.name(name, span, environment, expected),
            Expr::Element(..) | Expr::Field(..) => {
                let (place, type_) = self.place_at(expr, span, environment)?;
                Ok(Typed { id: self.read(place), type_ })
            }
            Expr::Text(_) => Err(self.error(span, "a text can only be an argument", None)),
            Expr::Not(inner) => {
                let inner = self.expression(inner, environment, Some(Type::Bool))?;
                Ok(Typed { id: self.not(inner.id), type_: Type::Bool })
            }
            Expr::Binary(operator, left, right) => {
                self.operation(*operator, left, right, environment)
            }
            Expr::OneOf(left, choices) => {
                let left = self.expression(left, environment, None)?;
                let mut any = self.value(0);
                for choice in choices {
                    let choice = self.expression(choice, environment, Some(left.type_))?;
                    let same = self.binary(Binary::Equal, left.id, choice.id);
                    any = self.binary(Binary::Or, any, same);
                }
                Ok(Typed { id: any, type_: Type::Bool })
            }
            Expr::ActorsWhere(condition) => {
                let mut members = Vec::new();
                for actor in 0..self.model.actors.len() as u8 {
                    let mut inner = environment.clone();
                    inner.bound.push(("it", i32::from(actor), Type::Actor));
                    let condition = self.expression(condition, &inner, Some(Type::Bool))?;
                    members.push((ActorId(actor), condition.id));
                }
                Ok(Typed { id: self.actors_where(members), type_: Type::Actors })
            }
            Expr::Position { actor, look, key } => {
                self.position(actor, *look, key.as_ref(), environment)
            }
        }
    }

    fn operation(
        &mut self,
        operator: Operator,
        left: &'r Spanned<Expr>,
        right: &'r Spanned<Expr>,
        environment: &Environment<'r>,
    ) -> Checked<Typed> {
        use Operator as O;
        let bool_ = Some(Type::Bool);
        let number = Some(Type::Number);
        let (binary, left, right, type_) = match operator {
            O::Or | O::And => {
                let left = self.expression(left, environment, bool_)?;
                let right = self.expression(right, environment, bool_)?;
                let binary = if operator == O::Or { Binary::Or } else { Binary::And };
                (binary, left, right, Type::Bool)
            }
            O::Is | O::IsNot => {
                let left = self.expression(left, environment, None)?;
                let right = self.expression(right, environment, Some(left.type_))?;
                let binary = if operator == O::Is { Binary::Equal } else { Binary::NotEqual };
                (binary, left, right, Type::Bool)
            }
            O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual => {
                let left = self.expression(left, environment, number)?;
                let right = self.expression(right, environment, number)?;
                match operator {
                    O::Less => (Binary::Less, left, right, Type::Bool),
                    O::LessOrEqual => (Binary::LessOrEqual, left, right, Type::Bool),
                    O::Greater => (Binary::Less, right, left, Type::Bool),
                    _ => (Binary::LessOrEqual, right, left, Type::Bool),
                }
            }
            O::Has | O::With | O::Without => {
                let left = self.expression(left, environment, Some(Type::Actors))?;
                let right = self.expression(right, environment, Some(Type::Actor))?;
                match operator {
                    O::Has => (Binary::Contains, left, right, Type::Bool),
                    O::With => (Binary::With, left, right, Type::Actors),
                    _ => (Binary::Without, left, right, Type::Actors),
                }
            }
            O::Plus | O::Minus | O::Times | O::Mod => {
                let left = self.expression(left, environment, number)?;
                let right = self.expression(right, environment, number)?;
                let binary = match operator {
                    O::Plus => Binary::Add,
                    O::Minus => Binary::Subtract,
                    O::Times => Binary::Multiply,
                    _ => Binary::Remainder,
                };
                (binary, left, right, Type::Number)
            }
        };
        Ok(Typed { id: self.binary(binary, left.id, right.id), type_ })
    }

    pub(super) fn name(
        &mut self,
        name: &str,
        span: Span,
        environment: &Environment<'r>,
        expected: Option<Type>,
    ) -> Checked<Typed> {
        match (name, expected) {
            ("yes", _) => return Ok(Typed { id: self.value(1), type_: Type::Bool }),
            ("no", None | Some(Type::Bool)) => {
                return Ok(Typed { id: self.value(0), type_: Type::Bool });
            }
            ("none", Some(Type::Actor)) => {
                return Ok(Typed { id: self.value(-1), type_: Type::Actor });
            }
            ("none", Some(Type::Index(array))) => {
                let none = self.arrays[array].first - 1;
                return Ok(Typed { id: self.value(none), type_: Type::Index(array) });
            }
            ("empty", Some(Type::Actors)) => {
                return Ok(Typed { id: self.value(0), type_: Type::Actors });
            }
            ("self", _) => {
                if let Some(actor) = environment.actor {
                    let id = self.value(i32::from(actor.0));
                    return Ok(Typed { id, type_: Type::Actor });
                }
            }
            _ => {}
        }
        if let Some(&(_, value, type_)) = environment.bound.iter().rev().find(|b| b.0 == name) {
            return Ok(Typed { id: self.value(value), type_ });
        }
        if let Some((argument, outside)) = environment.argument(name) {
            return self.expression(argument, &outside, expected);
        }
        // Where a value of an enumeration is wanted, its own names come before all others.
        if let Some(Type::Names(number)) = expected
            && let Some(value) = self.enums[number].values.iter().position(|v| v == name)
        {
            return Ok(Typed { id: self.value(value as i32), type_: Type::Names(number) });
        }
        if let Some(place) = self.single(name, environment) {
            let (place, type_) = place;
            return Ok(Typed { id: self.read(place), type_ });
        }
        if let Some(number) = self.knobs.get(name) {
            let value = self.settings.get(number) as i32;
            if expected == Some(Type::Number)
                && let Ok(value) = self.enums[number].values[value as usize].parse()
            {
                return Ok(Typed { id: self.value(value), type_: Type::Number });
            }
            return Ok(Typed { id: self.value(value), type_: Type::Names(number) });
        }
        if let Some(actor) = self.model.actors.iter().position(|actor| actor.name == name) {
            return Ok(Typed { id: self.value(actor as i32), type_: Type::Actor });
        }
        Err(self.no_such_name(name, span, environment, expected))
    }

    /// Records that a name stands for nothing that can stand there.
    fn no_such_name(
        &mut self,
        name: &str,
        span: Span,
        environment: &Environment<'r>,
        expected: Option<Type>,
    ) -> Rejected {
        if !cfg!(feature = "language") {
            return self.error(span, "", None);
        }
        let mut candidates = [self.array_names.names(), self.knobs.names()].concat();
        if let Some(Type::Names(number)) = expected {
            candidates.extend(self.enums[number].values.iter().map(String::as_str));
        }
        if let Some(actor) = environment.actor {
            candidates.extend(self.instances[actor.index()].locals.names());
        }
        let near = closest(name, candidates.iter().copied());
        let help = match name.split_once('-') {
            Some((left, _)) if candidates.contains(&left) => {
                Some("`-` belongs to a name; to subtract, put blanks around it".to_owned())
            }
            _ => near.map(did_you_mean),
        };
        let wanted = expected.map(|type_| format!(" (wanted: {})", self.describe(type_)));
        let message = words!("there is no `{name}` here{}", wanted.unwrap_or_default());
        self.error(span, message, help.as_deref())
    }

    /// A cell that is no array and no record: a local first, then a shared one.
    fn single(&self, name: &str, environment: &Environment<'r>) -> Option<(Place, Type)> {
        let array = &self.arrays[self.array(name, environment)?];
        (array.index.is_none() && array.fields.len() == 1 && array.fields[0].0.is_none())
            .then(|| (Place { base: array.base, index: None }, array.fields[0].1))
    }

    /// The array, record or cell of that name: a local first, then a shared one.
    fn array(&self, name: &str, environment: &Environment<'r>) -> Option<usize> {
        let actor = environment.actor.map(|it| &self.instances[it.index()]);
        actor.and_then(|it| it.locals.get(name)).or_else(|| self.array_names.get(name))
    }

    /// What can be written.
    pub(super) fn place(
        &mut self,
        expr: &'r Spanned<Expr>,
        environment: &Environment<'r>,
    ) -> Checked<(Place, Type)> {
        self.place_at(&expr.node, expr.span, environment)
    }

    fn place_at(
        &mut self,
        expr: &'r Expr,
        span: Span,
        environment: &Environment<'r>,
    ) -> Checked<(Place, Type)> {
        let (array, index, field): (&'r Spanned<Expr>, _, Option<&'r Name>) = match expr {
            Expr::Name(name) => {
                if let Some((argument, outside)) = environment.argument(name) {
                    return self.place(argument, &outside);
                }
                if let Some(found) = self.single(name, environment) {
                    return Ok(found);
                }
                let name = Name { node: name.clone(), span };
                if self.array_names.get(&name.node).is_some() {
                    let message =
                        words!("`{}` is an array or a record, not a single cell", name.node);
                    let help = words!("say which element or field: `{0}[…]`, `{0}.…`", name.node);
                    return Err(self.error(span, message, Some(&help)));
                }
                let mut names = self.array_names.names();
                if let Some(actor) = environment.actor {
                    names.extend(self.instances[actor.index()].locals.names());
                }
                return Err(self.unknown(&name, "cell", &names));
            }
            Expr::Element(array, index) => (array, Some(&**index), None),
            Expr::Field(inner, field) => match &inner.node {
                Expr::Element(array, index) => (array, Some(&**index), Some(field)),
                _ => (inner, None, Some(field)),
            },
            _ => return Err(self.error(span, "this is a value, not a cell", None)),
        };
        let Expr::Name(name) = &array.node else {
            return Err(self.error(array.span, "an array or record is meant by its name", None));
        };
        let Some(number) = self.array(name, environment) else {
            let name = Name { node: name.clone(), span: array.span };
            return Err(self.unknown(&name, "array or record", &self.array_names.names()));
        };
        let position = self.field(number, field, span)?;
        let Array { index_type, first, len, stride, base } = self.shape_of(number);
        let type_ = self.arrays[number].fields[position].1;
        let base = crate::ids::CellId(base + position as u16);
        let (index, index_type) = match (index, index_type) {
            (None, None) => return Ok((Place { base, index: None }, type_)),
            (Some(index), Some(index_type)) => (index, index_type),
            (None, Some(_)) => {
                let help = words!("say which: `{name}[…]`");
                return Err(self.error(span, words!("`{name}` is an array"), Some(&help)));
            }
            (Some(index), None) => {
                return Err(self.error(index.span, words!("`{name}` is no array"), None));
            }
        };
        let value = self.expression(index, environment, Some(index_type))?;
        match self.value_of(value.id) {
            Some(value) if value < first || value >= first + i32::from(len) => {
                let message = words!("`{name}` has no element {value}");
                let help = words!("its elements are {first} to {}", first + i32::from(len) - 1);
                Err(self.error(index.span, message, Some(&help)))
            }
            Some(value) => {
                let base = crate::ids::CellId(base.0 + (value - first) as u16 * stride);
                Ok((Place { base, index: None }, type_))
            }
            None => {
                let out_of_range = self.out_of_range;
                let index = Index { value: value.id, first, len, stride, out_of_range };
                Ok((Place { base, index: Some(index) }, type_))
            }
        }
    }

    fn field(&mut self, number: usize, field: Option<&Name>, span: Span) -> Checked<usize> {
        let array = &self.arrays[number];
        let Some((first, _)) = array.fields.first() else {
            // Types are being resolved, and this one's array stands further below.
            return Err(self.not_known(span));
        };
        let is_record = first.is_some();
        match field {
            None if !is_record => Ok(0),
            None => {
                let names =
                    candidates!(array.fields.iter().filter_map(|(name, _)| name.as_deref()));
                let help = words!("its fields: {}", names.join(", "));
                let message = words!("`{}` is a record", array.name);
                Err(self.error(span, message, Some(&help)))
            }
            Some(field) => {
                let found =
                    array.fields.iter().position(|(n, _)| n.as_deref() == Some(&field.node));
                if let Some(found) = found {
                    return Ok(found);
                }
                let names =
                    candidates!(array.fields.iter().filter_map(|(name, _)| name.as_deref()));
                let what = words!("field of `{}`:", array.name);
                Err(self.reject(unknown(field, &what, &names)))
            }
        }
    }

    fn shape_of(&self, number: usize) -> Array {
        let array = &self.arrays[number];
        Array {
            index_type: array.index,
            first: array.first,
            len: array.len as u16,
            stride: array.fields.len() as u16,
            base: array.base.0,
        }
    }

    fn position(
        &mut self,
        actor: &'r Name,
        look: Look,
        key: Option<&'r Name>,
        environment: &Environment<'r>,
    ) -> Checked<Typed> {
        let id = match environment.argument(&actor.node) {
            Some((argument, outside)) => self.constant(argument, &outside, Some(Type::Actor))?.0,
            None => match self.model.actors.iter().position(|a| a.name == actor.node) {
                Some(id) => id as i32,
                None => {
                    let names = candidates!(self.model.actors.iter().map(|actor| &*actor.name));
                    return Err(self.reject(unknown(actor, "actor", &names)));
                }
            },
        };
        let actor_id = ActorId(id as u8);
        let steps = self.model.actors[actor_id.index()].steps.clone();
        let line = match key {
            None => i32::from(steps.end - steps.start),
            Some(key) => {
                let steps = &self.model.steps[usize::from(steps.start)..usize::from(steps.end)];
                match steps.iter().position(|step| step.key == key.node) {
                    Some(line) => line as i32,
                    None => {
                        let keys = candidates!(steps.iter().map(|step| &*step.key));
                        let what = words!("line of `{}`:", actor.node);
                        return Err(self.reject(unknown(key, &what, &keys)));
                    }
                }
            }
        };
        let position = self.model.actors[actor_id.index()].position;
        let stands = self.read(Place { base: position, index: None });
        let line = self.value(line);
        let id = match look {
            Look::At | Look::Finished => self.binary(Binary::Equal, stands, line),
            Look::Past => self.binary(Binary::Less, line, stands),
        };
        Ok(Typed { id, type_: Type::Bool })
    }

    /// A quoted argument, if that is what the name stands for.
    pub(super) fn text_argument(
        &self,
        name: &str,
        environment: &Environment<'r>,
    ) -> Option<(&'r str, Environment<'r>)> {
        let mut name = name;
        let mut environment = environment.clone();
        loop {
            let (argument, outside) = environment.argument(name)?;
            match &argument.node {
                Expr::Text(text) => return Some((text, outside)),
                Expr::Name(inner) => {
                    name = inner;
                    environment = outside;
                }
                _ => return None,
            }
        }
    }
}

/// What an access needs to know of an array.
struct Array {
    index_type: Option<Type>,
    first: i32,
    len: u16,
    stride: u16,
    base: u16,
}
