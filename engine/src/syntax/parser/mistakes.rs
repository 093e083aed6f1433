//! The mistakes of one text, in its order, and no more than a reader can use.

use crate::syntax::diagnostic::Diagnostic;

/// The first mistakes in the order of the text, and how many more there are.
#[derive(Default)]
pub(super) struct Mistakes {
    found: Vec<Diagnostic>,
    more: usize,
}

/// How many mistakes one run tells of.
const MAX_DIAGNOSTICS: usize = 20;

impl Mistakes {
    /// Adds one at its place.
    #[cold]
    #[inline(never)]
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        let start = diagnostic.primary.0.start;
        let at = self
            .found
            .iter()
            .rposition(|before| before.primary.0.start <= start)
            .map_or(0, |at| at + 1);
        self.found.insert(at, diagnostic);
        // The one after those that are told of says where the others start.
        if self.found.len() > MAX_DIAGNOSTICS + 1 {
            self.found.pop();
            self.more += 1;
        }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them; the last one says how many are left out.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if let Some(next) = self.found.get_mut(MAX_DIAGNOSTICS) {
            let message = ["and ", &(self.more + 1).to_string(), " more"].concat();
            *next = Diagnostic::error(message, next.primary.0)
                .help("mend the first ones: others may go with them");
        }
        self.found
    }
}
