//! What is offered to a reader: a text, what it is good for, and the files that it can be saved as. Plain data; it knows no screen.

/// Something to take away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// Its stable name, for tests and keys.
    pub key: &'static str,
    /// What it is.
    pub title: &'static str,
    /// What it is good for, in a sentence; or why there is none.
    pub hint: String,
    /// Itself; empty: there is none.
    pub text: String,
    /// Whether the text is shown, and can be copied.
    pub shown: Shown,
    /// The names of the files that it can be saved as; what a name ends in is what is saved.
    pub files: Vec<String>,
}

/// What is done with an offer's text on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// It is saved only.
    No,
    /// It can be copied.
    Copied,
    /// It is shown, and can be copied.
    Whole,
}

/// All that is offered at a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offers {
    /// The steps that the strip shows, as a reader writes them.
    pub steps: String,
    /// What is wrong with the steps that a reader wrote; empty: nothing.
    pub fault: String,
    /// The offers.
    pub all: Vec<Offer>,
}

impl Offers {
    /// As a row of texts: the steps, the fault, and of each offer its key, title, hint, text, how it is
    /// shown (`no`, `copied`, `whole`) and its files, with blanks between them.
    #[must_use]
    pub fn flat(self) -> Vec<String> {
        let mut out = vec![self.steps, self.fault];
        for Offer { key, title, hint, text, shown, files } in self.all {
            let shown = match shown {
                Shown::No => "no",
                Shown::Copied => "copied",
                Shown::Whole => "whole",
            };
            let shown = shown.to_owned();
            out.extend([key.to_owned(), title.to_owned(), hint, text, shown, files.join(" ")]);
        }
        out
    }
}
