//! Running a routine: its parameters bound to arguments, each seen from where it was written.

use std::rc::Rc;

use super::Checked;
use super::lane::{DEEPEST, keys_of};
use super::names::{Argument, Compiler, Environment, Parameters};
use crate::syntax::tree::{Routine, Run};

impl<'r> Compiler<'r> {
    /// The routine that is run, and the environment of its lines.
    pub(super) fn enter_routine(
        &mut self,
        run: &'r Run,
        environment: &Environment<'r>,
        depth: usize,
    ) -> Checked<(&'r Routine, Environment<'r>)> {
        let Some(number) = self.routine_names.get(&run.routine.node) else {
            return Err(self.unknown(&run.routine, "routine", &self.routine_names.names()));
        };
        let routine = self.routines[number];
        if depth >= DEEPEST {
            let message =
                words!("`{}` runs itself, or routines are nested too deeply", routine.name.node);
            return Err(self.error(run.span, message, None));
        }
        let mut arguments: Vec<(&'r str, Argument<'r>)> = Vec::new();
        for (number, (name, argument)) in run.arguments.iter().enumerate() {
            let parameter = match name {
                Some(name) => routine.parameters.iter().find(|(p, _)| p.node == name.node),
                None => routine.parameters.get(number),
            };
            let Some((parameter, _)) = parameter else {
                let names = candidates!(routine.parameters.iter().map(|(name, _)| &*name.node));
                return Err(match name {
                    Some(name) => {
                        let what = words!("parameter of `{}`:", routine.name.node);
                        self.unknown(name, &what, &names)
                    }
                    None => {
                        let message =
                            words!("`{}` takes {} arguments", routine.name.node, names.len());
                        self.error(argument.span, message, None)
                    }
                });
            };
            if arguments.iter().any(|it| it.0 == parameter.node) {
                let message = words!("the argument `{}` is given twice", parameter.node);
                return Err(self.error(argument.span, message, None));
            }
            arguments.push((&parameter.node, (argument, environment.clone())));
        }
        let outside = Environment { actor: environment.actor, ..Environment::default() };
        for (name, default) in &routine.parameters {
            if arguments.iter().any(|it| it.0 == name.node) {
                continue;
            }
            let Some(default) = default else {
                let message = words!("`{}` wants the argument `{}`", routine.name.node, name.node);
                return Err(self.error(run.span, message, None));
            };
            arguments.push((&name.node, (default, outside.clone())));
        }
        let mut keys = Vec::new();
        keys_of(&routine.lines, &mut keys);
        if let Some((key, _)) = run.renamed.iter().find(|(key, _)| !keys.contains(&&*key.node)) {
            let what = words!("line of `{}`:", routine.name.node);
            return Err(self.unknown(key, &what, &keys));
        }
        let parameters = Some(Rc::new(Parameters { arguments }));
        Ok((routine, Environment { actor: environment.actor, parameters, bound: Vec::new() }))
    }
}
