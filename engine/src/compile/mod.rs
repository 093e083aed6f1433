//! From a race and a choice of knobs to the model: names resolved, routines expanded, types and steps
//! checked, constants folded, the state packed. Knows the language, no kernel function and no screen.

/// The words of a mistake, as for `format!`. A build without the language shows none: it compiles what was
/// read, and found free of mistakes, elsewhere.
macro_rules! words {
    ($($text:tt)*) => {
        if cfg!(feature = "language") { format!($($text)*) } else { String::new() }
    };
}

/// The names among which the one may be that was meant; none in a build without the language.
macro_rules! candidates {
    ($names:expr) => {
        if cfg!(feature = "language") { $names.collect::<Vec<&str>>() } else { Vec::new() }
    };
}

mod actors;
mod drawing;
mod expression;
mod fold;
mod lane;
mod memory;
mod names;
mod pack;
mod routine;
mod statement;
mod step;
mod table;
mod text;
mod types;

use crate::model::Model;
use crate::race::{Placement, Race, Settings};
use crate::syntax::diagnostic::Diagnostic;

/// A diagnostic has been recorded; there is nothing more to say here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rejected;

type Checked<T> = Result<T, Rejected>;

/// Compiles the race under one choice of knobs, and perhaps with a card in one of its lanes.
pub(crate) fn compile(
    race: &Race,
    settings: &Settings,
    placement: Option<Placement>,
) -> Result<Model, Vec<Diagnostic>> {
    let mut compiler = names::Compiler::new(race, settings, placement);
    let outcome = compiler.run();
    match outcome {
        Ok(()) if compiler.diagnostics.is_empty() => {
            fold::fold(&mut compiler.model);
            pack::pack(&mut compiler.model);
            Ok(compiler.model)
        }
        _ => Err(compiler.diagnostics),
    }
}
