//! What is wrong with a race, and the texts that it is wrong in. Imports the diagnostics only.

use std::fmt;

use crate::syntax::diagnostic::{Diagnostic, Sources, brief};

/// What is wrong with a race.
#[derive(Clone, Debug)]
pub struct Report {
    /// Each mistake; never empty.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub sources: Sources,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&brief(&self.sources, &self.diagnostics))
    }
}

impl std::error::Error for Report {}

#[cfg(feature = "render")]
impl Report {
    /// The mistakes drawn in full, every place that they speak of underlined. `Display` is the short form.
    #[must_use]
    pub fn render(&self) -> String {
        crate::syntax::render::render(&self.sources, &self.diagnostics)
    }
}
