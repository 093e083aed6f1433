//! A table that a reader pastes: which race it is of, its schedule, and each of its lines that could not be matched.

use racewalk_engine::export::counted;
use racewalk_engine::import::{self, Fault};
use racewalk_engine::library;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::syntax::diagnostic::closest;

use crate::place::Place;
use crate::text;

/// What could be read of a table.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Table {
    /// The library's race that it names; empty: it is of the race that is open.
    pub race: String,
    /// The knobs that are turned: `kill_gp=off`.
    pub knobs: Vec<String>,
    /// The code of the steps that could be matched.
    pub code: String,
    /// What is wrong with it, a line for each of its lines that could not be matched; empty: nothing.
    pub report: String,
}

/// Reads a table; `None` when the text is none: the text of a race, or anything else. A table without
/// a first line is of the race that is open, under its knobs.
#[must_use]
pub fn table(here: &Place, text: &str) -> Option<Table> {
    if begins_a_race(text) {
        return None;
    }
    let Some(heading) = import::heading(text) else {
        let steps = import::steps(&here.model, text);
        let is_table = !steps.schedule.is_empty() || text.lines().any(heads_columns);
        let code = steps.schedule.code(&here.model);
        let report = report(text, &steps.faults, steps.schedule.len());
        return is_table.then(|| Table { race: String::new(), knobs: here.knobs(), code, report });
    };
    if heading.race == here.race.id {
        let (settings, faults) = heading.settings(&here.race);
        return Some(under(&here.race, &settings, faults, text, String::new()));
    }
    let Some(race) = text::library_text(&heading.race).and_then(|it| text::load(it).ok()) else {
        let races = || library::races().iter().map(|it| it.id);
        let meant = closest(&heading.race, races());
        let meant = meant.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
        let all = races().collect::<Vec<_>>().join(", ");
        let report = format!(
            "line {}: there is no race `{}` here{meant} (there are: {all})",
            heading.line, heading.race
        );
        return Some(Table { report, ..Table::default() });
    };
    let (settings, faults) = heading.settings(&race);
    Some(under(&race, &settings, faults, text, heading.race))
}

/// The rows of a table, in a race under these knobs.
fn under(
    race: &Race,
    settings: &Settings,
    mut faults: Vec<Fault>,
    text: &str,
    name: String,
) -> Table {
    let turned = |(knob, value): (&str, &str)| format!("{knob}={value}");
    let knobs = settings.changed(race).map(turned).collect();
    let model = match race.compile(settings) {
        Ok(model) => model,
        Err(report) => {
            return Table { race: name, knobs, report: report.to_string(), ..Table::default() };
        }
    };
    let steps = import::steps(&model, text);
    faults.extend(steps.faults);
    let report = report(text, &faults, steps.schedule.len());
    Table { race: name, knobs, code: steps.schedule.code(&model), report }
}

/// What is wrong with a table of which so many steps could be matched.
fn report(text: &str, faults: &[Fault], matched: usize) -> String {
    if faults.is_empty() {
        let says_so = matched > 0 || text.contains("(nobody has moved)");
        return if says_so { String::new() } else { "No line of it is a step.".to_owned() };
    }
    let mut out = format!(
        "{} could not be matched; {} could.\n",
        counted(&faults.len().to_string(), "line"),
        counted(&matched.to_string(), "step")
    );
    for fault in faults {
        out.push_str(&format!("\n{fault}"));
    }
    out
}

/// Whether a line is the one over a table's columns: `CPU 0   CPU 1`. It may be quoted, or stand in a comment.
fn heads_columns(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>', '*', '/', '#']);
    let number = line.strip_prefix("CPU").map(|it| it.trim_start_matches([' ', '#']));
    number.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
}

/// Whether a text is one of a race, whatever is wrong with it: `race x "What it is"`.
fn begins_a_race(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.next().is_some_and(|it| it.starts_with("race ") && it.contains('"'))
}

impl Table {
    /// As a row of texts: the race, the code, the report, the knobs.
    #[must_use]
    pub fn flat(self) -> Vec<String> {
        [self.race, self.code, self.report].into_iter().chain(self.knobs).collect()
    }
}
