//! From a declaration's type as it is written to the type that it means, with the range of its values.

use super::Checked;
use super::names::{Compiler, Environment, Type};
use crate::syntax::tree::{self, Declaration, Name};

/// A type with the smallest and largest value of this declaration.
pub(super) struct Resolved {
    pub(super) type_: Type,
    pub(super) range: (i32, i32),
}

impl<'r> Compiler<'r> {
    pub(super) fn type_of(&mut self, declaration: &'r Declaration) -> Checked<Resolved> {
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
}
