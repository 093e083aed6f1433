//! The command line.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use racewalk_engine::explore::Limits;
use racewalk_engine::race::knob_and_value;

/// Explores every interleaving of a small race, and replays the ones that fail.
#[derive(Parser, Debug)]
#[command(version, arg_required_else_help = true, after_help = STATUS)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const STATUS: &str =
    "Exit status: 0 (check: safe), 1 (check: violated), 2 bad input, 3 (check: incomplete).";

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    List(List),
    Check(Check),
    Explain(Explain),
    Sweep(Sweep),
    Replay(Replay),
    Export(Export),
    Render(Render),
    Sources(Sources),
}

/// The races of the library, their knobs and presets
#[derive(clap::Args, Debug)]
pub(crate) struct List {
    /// Only these: races of the library, or paths to .race files
    #[arg(value_name = "RACE")]
    pub(crate) races: Vec<OsString>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Explores every interleaving and tells what can break, and how soon
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Exit status: 0 safe, 1 violated, 2 bad input, 3 incomplete (a limit stopped the search)."
)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) race: Race,
    #[command(flatten)]
    pub(crate) limits: SearchLimits,
    /// Leave out what makes no difference: the same verdict, ends and lengths from fewer states; schedules are not
    /// counted
    #[arg(long)]
    pub(crate) reduce: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Tells why: fates, the window of each kind of failure, what a schedule still can come to, witnesses
#[derive(clap::Args, Debug)]
#[command(
    after_help = "A window is what all schedules of a kind of failure share: which step of one actor comes before \
which of another. A question for a witness names lines of the lanes in the order wanted, and perhaps an end: \
'W6 before M1', 'M4.2' (with its second outcome), 'W6 to W10' (and its actor stands before W10 then), \
'W6 before deadlock'; ends are the names of the kinds, deadlock, complete and held-off.\n\n\
Exit status: 0, or 3 if a limit stopped the search, or 2 for bad input."
)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) race: Race,
    #[command(flatten)]
    pub(crate) limits: SearchLimits,
    /// Only this kind of failure; `deadlock` is one, too
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// This schedule, as `check` prints it, in place of a shortest failure
    #[arg(long, value_name = "CODE")]
    pub(crate) schedule: Option<String>,
    /// Is there a schedule where this happens? May be given several times
    #[arg(long, value_name = "QUESTION")]
    pub(crate) witness: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Checks every combination of the knobs that are not set
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Knobs that set a size (walkers, pages) keep their default unless set. As many searches run at \
a time as there are cores, each within the limits. A summary with the time goes to stderr. Exit status: 0, or 3 \
if a combination is incomplete, or 2 for bad input."
)]
pub(crate) struct Sweep {
    #[command(flatten)]
    pub(crate) race: Race,
    #[command(flatten)]
    pub(crate) limits: SearchLimits,
    /// Print JSON, one line for each combination, as `check --json` does
    #[arg(long)]
    pub(crate) json: bool,
}

/// What one search may use.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct SearchLimits {
    /// Stop a search after so many distinct states; the answer is then "incomplete"
    #[arg(long, value_name = "N")]
    max_states: Option<NonZeroUsize>,
    /// Stop a search when states and transitions need more than so many MB
    #[arg(long, value_name = "MB", default_value = "1024")]
    max_memory: NonZeroUsize,
}

impl From<SearchLimits> for Limits {
    fn from(limits: SearchLimits) -> Self {
        Self {
            max_states: limits.max_states.map_or(usize::MAX, usize::from),
            max_bytes: usize::from(limits.max_memory).saturating_mul(1 << 20),
        }
    }
}

/// Repeats one interleaving, step by step
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Where a schedule is damaged or impossible, the part before that is printed, the \
reason goes to stderr, and the exit status is 2.\n\n\
A table may be pasted as it was found: quoted in a mail, inside a comment, with tabs, without its first \
line (then name RACE) or its headings. Its first line sets the knobs; --set turns them further. Each line \
that cannot be matched is told on stderr."
)]
pub(crate) struct Replay {
    /// A race of the library (see `racewalk list`), or a path to a .race file; without, the one that
    /// the table names
    #[arg(required_unless_present = "table")]
    pub(crate) race: Option<OsString>,
    /// Turn a knob; may be given for several knobs
    #[arg(long, value_name = "knob=value", value_parser = setting)]
    pub(crate) set: Vec<Setting>,
    /// Who moves when, as `check` prints it: w2m3h7w
    #[arg(long, value_name = "CODE", required_unless_present = "table", conflicts_with = "table")]
    pub(crate) schedule: Option<String>,
    /// Who moves when, as a table tells it; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) table: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) figure: Figure,
}

/// What only `--format svg` knows.
#[derive(clap::Args, Debug)]
pub(crate) struct Figure {
    /// Show these positions of the schedule, counted in steps taken; without, the last one
    #[arg(long, value_name = "N,…", value_delimiter = ',')]
    pub(crate) at: Vec<usize>,
    /// In these colours, whatever the reader's system has
    #[arg(long, value_enum)]
    pub(crate) theme: Option<Theme>,
    /// Play the whole schedule in a loop, without a script; --at is then where it stands for readers
    /// and tools that want no motion
    #[arg(long)]
    pub(crate) animate: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Theme {
    /// Those of the reader's system
    Auto,
    Light,
    Dark,
}

impl From<Theme> for racewalk_engine::export::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Auto => Self::Auto,
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}

/// Writes what stands in a document where its embeds cannot run
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Embeds are, in Markdown, fenced blocks whose language is race-walk (a line RACE \
knob=value…: CODE, then a line `option: value` for each option); in reStructuredText (.rst) the directive \
`.. race-walk:: RACE`; in HTML the element <race-walk race=\"RACE\">. Their options: set, schedule, at, \
expect, caption, name.\n\n\
Beside each document, in a folder of this command's own, DOCUMENT.race-walk/, each embed gets a picture \
(.svg), a table (.txt) and the verdict with the model's hash (.json), called by its name or its number.\n\n\
An embed that cannot be shown is told with file and line, and then nothing is written. Exit status: 0; 1 \
if all that is wrong is that something expected is not so any more; 2 for bad input."
)]
pub(crate) struct Render {
    /// Every document below this folder; folders whose names begin with a point are left out
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// Says a race in the language of another model checker, step for step
#[derive(clap::Args, Debug)]
#[command(
    after_help = "For SPIN: spin -a FILE && cc -O0 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -c0\n\
Where something cannot be said, the step is named on stderr, and the exit status is 2."
)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) race: Race,
    /// For which one
    #[arg(long, value_enum)]
    pub(crate) to: To,
    /// Write there instead of to standard output: for Promela a file; for TLA+ a folder, which gets
    /// the module and the configuration as two files
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum To {
    /// Promela, for SPIN
    Promela,
    /// TLA+, for TLC: a module, and its configuration
    Tla,
}

/// A race and its knobs.
#[derive(clap::Args, Debug)]
pub(crate) struct Race {
    /// A race of the library (see `racewalk list`), or a path to a .race file
    pub(crate) race: OsString,
    /// Turn a knob; may be given for several knobs
    #[arg(long, value_name = "knob=value", value_parser = setting)]
    pub(crate) set: Vec<Setting>,
}

/// A knob and the value that it is to have.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) knob: String,
    pub(crate) value: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Format {
    /// A column for each CPU, as in kernel commit messages
    Table,
    /// A picture of one position, or of several below each other: one file that needs no other
    Svg,
    /// A sequence diagram for Mermaid
    Mermaid,
    /// Every step with what it read and wrote
    Json,
}

fn setting(text: &str) -> Result<Setting, String> {
    let (knob, value) = knob_and_value(text).ok_or("a knob is set as knob=value")?;
    Ok(Setting { knob: knob.to_owned(), value: value.to_owned() })
}

/// Every function of the kernel that the library cites, and where
#[derive(clap::Args, Debug)]
pub(crate) struct Sources {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}
