//! From declarations to actor instances, each with its letter and its CPU.

use super::Checked;
use super::names::{Compiler, Environment, Instance, Type};
use crate::ids::CellId;
use crate::model::Actor;
use crate::syntax::tree::{self, Item};

/// Actor instances: sets of actors are masks in an `i32`.
const MOST_ACTORS: usize = 16;

impl Compiler<'_> {
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
}
