//! What can go wrong, in words for whoever typed the command.

use std::fmt;
use std::io;
use std::path::PathBuf;

use racewalk_engine::explain::{AskedError, Incomplete};
use racewalk_engine::export::{Refused, counted, grouped};
use racewalk_engine::import::Fault;
use racewalk_engine::race::{Report, SettingError};
use racewalk_engine::syntax::span::FileId;

use crate::render;

#[derive(Debug)]
pub(crate) enum Error {
    /// Neither a race of the library nor a file.
    UnknownRace { race: String, closest: Option<String>, races: Vec<&'static str> },
    /// The file could not be read.
    Unreadable { path: PathBuf, error: io::Error },
    /// The path names a directory.
    Directory { path: PathBuf },
    /// The file is longer than any race.
    TooLong { path: PathBuf },
    /// The file is no text.
    NotText { path: PathBuf, line: usize, offset: usize },
    /// The text is no race.
    Race(Report),
    /// A knob cannot be set so.
    Setting(SettingError),
    /// A knob is set twice.
    SetTwice { knob: String },
    /// There are more combinations than anybody waits for.
    TooManyCombinations { combinations: u64, most: u64 },
    /// The schedule cannot be read, or not followed to its end.
    Schedule { reason: String },
    /// A question for a witness says nothing of this race.
    Asked { question: String, error: AskedError },
    /// No schedule of this race can end like that under any circumstances.
    UnknownKind { kind: String, closest: Option<String>, kinds: Vec<String> },
    /// The graph is too large to be explained.
    Unexplained(Incomplete),
    /// The table does not say of which race it is, and neither does the command line.
    NoRace,
    /// The table is of another race than was asked for.
    OtherRace { table: String, asked: String },
    /// Lines of a table that could not be matched.
    Table { faults: Vec<Fault> },
    /// Options that say nothing together.
    Together(&'static str),
    /// A position that the schedule does not have.
    Beyond { at: usize, steps: usize },
    /// Embeds of documents that cannot be rendered.
    Embeds { faults: Vec<render::Fault> },
    /// The other model checker's language has no words for it.
    Refused(Refused),
    /// A file could not be written.
    Unwritable { path: PathBuf, error: io::Error },
    /// The answer could not be written.
    Output(io::Error),
}

impl Error {
    /// The exit status: 2 is bad input.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Embeds { faults } if faults.iter().all(render::Fault::is_no_longer) => 1,
            _ => 2,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRace { race, closest, races } => {
                write!(out, "there is no race `{race}`, and no such file")?;
                if let Some(closest) = closest {
                    write!(out, "; did you mean `{closest}`?")?;
                }
                write!(out, " (races: {})", races.join(", "))
            }
            Self::Unreadable { path, error } => {
                write!(out, "cannot read `{}`: {error}", path.display())
            }
            Self::Directory { path } => {
                write!(out, "`{}` is a directory, not a file", path.display())
            }
            Self::TooLong { path } => {
                let path = path.display();
                write!(out, "`{path}` is longer than 1 MiB; a race or a table is a few hundred lines of text")
            }
            Self::NotText { path, line, offset } => {
                let path = path.display();
                write!(out, "`{path}` is not UTF-8 text: line {line}, at byte {offset} of the file")
            }
            Self::Race(report) => {
                let path = report.sources.name(FileId(0));
                write!(out, "`{path}` is no race yet\n\n{}", report.render())
            }
            Self::Setting(error) => error.fmt(out),
            Self::SetTwice { knob } => write!(out, "knob `{knob}` is set twice"),
            Self::TooManyCombinations { combinations, most } => {
                let [combinations, most] = [combinations, most].map(|it| grouped(&it.to_string()));
                write!(
                    out,
                    "there are {combinations} combinations, and at most {most} are swept: set some of the knobs"
                )
            }
            Self::Schedule { reason } => out.write_str(reason),
            Self::Asked { question, error } => write!(out, "in the question `{question}` {error}"),
            Self::UnknownKind { kind, closest, kinds } => {
                write!(out, "there is no kind of failure `{kind}`")?;
                if let Some(closest) = closest {
                    write!(out, "; did you mean `{closest}`?")?;
                }
                write!(out, " (kinds: {})", kinds.join(", "))
            }
            Self::Unexplained(incomplete) => write!(out, "this cannot be explained: {incomplete}"),
            Self::NoRace => out.write_str(
                "the table has no first line like `race memunmap: kill_gp=off`; name its race: racewalk \
                 replay RACE --table FILE",
            ),
            Self::OtherRace { table, asked } => {
                write!(out, "the table is of the race `{table}`, not of `{asked}`")
            }
            Self::Table { faults } => {
                let lines = counted(&faults.len().to_string(), "line");
                write!(out, "the table has {lines} that cannot be matched")?;
                faults.iter().try_for_each(|it| write!(out, "\n  {it}"))
            }
            Self::Together(reason) => out.write_str(reason),
            Self::Beyond { at, steps } => {
                write!(
                    out,
                    "there is no position {at}: the schedule has {}",
                    counted(&steps.to_string(), "step")
                )
            }
            Self::Embeds { faults } => {
                let embeds = counted(&faults.len().to_string(), "embed");
                write!(out, "{embeds} cannot be rendered, so nothing was written")?;
                faults.iter().try_for_each(|it| write!(out, "\n  {it}"))
            }
            Self::Refused(refused) => refused.fmt(out),
            Self::Unwritable { path, error } => {
                write!(out, "cannot write `{}`: {error}", path.display())
            }
            Self::Output(error) => write!(out, "cannot write the answer: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}
