//! Names that have been declared, in their order, each with the number of what it stands for.

/// There are a few dozen at most, and one such table serves for everything that has a name.
#[derive(Default, Debug)]
pub(super) struct Table<'r>(Vec<(&'r str, usize)>);

impl<'r> Table<'r> {
    /// Enters a name, or gives it another meaning; whether it was there already.
    pub(super) fn insert(&mut self, name: &'r str, number: usize) -> bool {
        match self.find(name) {
            Ok(at) => {
                self.0[at].1 = number;
                true
            }
            Err(at) => {
                self.0.insert(at, (name, number));
                false
            }
        }
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.find(name).ok().map(|at| self.0[at].1)
    }

    /// All names, for whoever wrote another one.
    pub(super) fn names(&self) -> Vec<&'r str> {
        candidates!(self.0.iter().map(|it| it.0))
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|it| it.0.cmp(name))
    }
}
