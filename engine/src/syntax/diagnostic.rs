//! What is wrong with a race, where, and what to do about it; and how a reader sees that.

use super::span::{FileId, Span};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The race cannot be used.
    Error,
    /// It can, but probably does not say what was meant.
    Warning,
}

/// One mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where, and a few words that stand there.
    pub primary: (Span, String),
    /// Other places that explain it.
    pub secondary: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`.
    #[must_use]
    pub fn error(message: impl Into<String>, span: Span) -> Self {
        Self::plain(message.into(), span)
    }

    #[cold]
    #[inline(never)]
    fn plain(message: String, span: Span) -> Self {
        Self {
            severity: Severity::Error,
            message,
            primary: (span, String::new()),
            secondary: Vec::new(),
            help: None,
        }
    }

    /// A warning at `span`.
    #[must_use]
    pub fn warning(message: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(message, span) }
    }

    /// Puts a few words under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.primary.1 = label.into();
        self
    }

    /// Shows another place.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.secondary.push((span, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says `did you mean …?` if `candidate` is there.
    #[must_use]
    pub fn did_you_mean(self, candidate: Option<&str>) -> Self {
        match candidate {
            Some(candidate) => self.help(did_you_mean(candidate)),
            None => self,
        }
    }
}

/// The words in which a better name is offered.
#[cold]
#[inline(never)]
pub(crate) fn did_you_mean(candidate: &str) -> String {
    ["did you mean `", candidate, "`?"].concat()
}

/// The texts that spans point into.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    texts: Vec<(String, String)>,
}

/// A place as a reader counts: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Location {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
}

impl Sources {
    /// No texts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name that readers know it by. The first one is the race itself.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u16::try_from(self.texts.len()).unwrap_or(u16::MAX));
        self.texts.push((name.into(), text.into()));
        id
    }

    /// The name of a text; empty if there is none.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.texts.get(usize::from(file.0)).map_or("", |(name, _)| name)
    }

    /// A text; empty if there is none.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.texts.get(usize::from(file.0)).map_or("", |(_, text)| text)
    }

    /// What stands at `span`.
    #[must_use]
    pub fn excerpt(&self, span: Span) -> &str {
        let text = self.text(span.file);
        &text[at_char(text, span.start)..at_char(text, span.end.max(span.start))]
    }

    /// The line in which `span` starts, without its end: what a page shows and underlines.
    #[must_use]
    pub fn line(&self, span: Span) -> &str {
        let text = self.text(span.file);
        let (before, after) = text.split_at(at_char(text, span.start));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = before.len() + after.find('\n').unwrap_or(after.len());
        text[start..end].trim_start_matches('\u{feff}').trim_end_matches('\r')
    }

    /// Lines and columns of `span`.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        let text = self.text(span.file);
        let (line, column) = line_and_column(text, span.start);
        let (end_line, end_column) = line_and_column(text, span.end.max(span.start));
        Location { line, column, end_line, end_column }
    }
}

/// The last character boundary of `text` that is not after byte `at`.
pub(crate) fn at_char(text: &str, at: u32) -> usize {
    text.floor_char_boundary(at as usize)
}

pub(crate) fn line_and_column(text: &str, at: u32) -> (usize, usize) {
    let before = &text[..at_char(text, at)];
    let line = before.rsplit('\n').next().unwrap_or(before);
    (
        before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        line.trim_start_matches('\u{feff}').chars().count() + 1,
    )
}

/// The diagnostics in short, for a reader who has the text at hand: the place, the line with the spot
/// underlined, and the advice. It needs no library, which a page would have to download.
#[must_use]
pub fn brief(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let (span, label) = &diagnostic.primary;
        let (place, line) = (sources.locate(*span), sources.line(*span));
        let numbers = [place.line.to_string(), place.column.to_string()];
        for part in [sources.name(span.file), ":", &numbers[0], ":", &numbers[1], ": "] {
            out.push_str(part);
        }
        out.push_str(&diagnostic.message);
        if !line.trim().is_empty() {
            let wide = if place.end_line == place.line {
                place.end_column.saturating_sub(place.column)
            } else {
                line.chars().count().saturating_sub(place.column - 1)
            };
            for part in ["\n  ", line, "\n  "] {
                out.push_str(part);
            }
            out.extend(std::iter::repeat_n(' ', place.column - 1));
            out.extend(std::iter::repeat_n('^', wide.max(1)));
            if !label.is_empty() {
                out.push(' ');
                out.push_str(label);
            }
        }
        if let Some(help) = &diagnostic.help {
            out.push_str("\n  help: ");
            out.push_str(help);
        }
    }
    out
}

/// The candidate that is closest to what was written, if one is close enough to be meant.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        if let Some(far) = distance(name, candidate)
            && best.is_none_or(|(nearest, _)| far < nearest)
        {
            best = Some((far, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters two names differ in, if they are few; capitals and the kind of dash do not count.
#[cold]
#[inline(never)]
fn distance(name: &str, candidate: &str) -> Option<usize> {
    const LONGEST: usize = 64;
    let plain = |name: &str| name.to_ascii_lowercase().replace('-', "_");
    if name.len() > LONGEST || candidate.len() > LONGEST || name == candidate {
        return None;
    }
    let (name, candidate) = (plain(name), plain(candidate));
    let far = strsim::osa_distance(&name, &candidate);
    // A third of the letters may be wrong; in names of one or two letters, none. The last may be missing.
    let letters = name.chars().count();
    let is_meant = far <= letters / 3 || far == 1 && letters > 1 && candidate.starts_with(&name);
    is_meant.then_some(far)
}
