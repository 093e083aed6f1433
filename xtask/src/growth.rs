//! How races grow with their walkers: measured by the engine's benchmark, printed, and drawn for the book. Imports how programs are run, nothing of the engine.

use std::fmt::Write as _;
use std::fs;

use crate::run::{cargo, stdout};
use crate::{Error, Result, project};

/// One race with one number of walkers.
struct Row {
    race: String,
    walkers: String,
    /// States and milliseconds of the whole search.
    whole: (f64, f64),
    /// States of the reduced search for the verdict, then for the shortest schedules; its milliseconds.
    reduced: (f64, f64, f64),
}

/// Measures, prints, and writes the table and the plot of the book's chapter on the explorer.
pub(crate) fn growth() -> Result {
    let bench = ["bench", "--quiet", "--package", "racewalk-engine", "--bench", "explore", "--"];
    let text = stdout(cargo().args(bench).arg("--growth"))?;
    let rows: Option<Vec<Row>> = text.lines().map(row).collect();
    let Some(rows) = rows.filter(|it| !it.is_empty()) else {
        return Err(Error::Answer {
            program: "the engine's benchmark",
            reason: format!("it printed {text}"),
        });
    };
    let table = table(&rows);
    print!("{table}");
    let folder = project::root().join("book/src/explorer");
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    for (name, text) in [("growth.md", table), ("growth.svg", plot(&rows))] {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Error::file(&path))?;
    }
    Ok(())
}

fn row(line: &str) -> Option<Row> {
    let words: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| words.get(at).and_then(|it| it.parse::<f64>().ok());
    let knob = words.get(1).filter(|it| !it.is_empty()).map(|it| format!(" {it}"));
    Some(Row {
        race: format!("{}{}", words.first()?, knob.unwrap_or_default()),
        walkers: (*words.get(2)?).to_owned(),
        whole: (number(3)?, number(4)?),
        reduced: (number(5)?, number(6)?, number(7)?),
    })
}

/// As Markdown, with the machine below it.
fn table(rows: &[Row]) -> String {
    let mut out = String::from(
        "| race | walkers | states | ms | reduced | for the shortest | ms | states fewer | faster |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for Row { race, walkers, whole, reduced } in rows {
        let _ = writeln!(
            out,
            "| {race} | {walkers} | {} | {:.3} | {} | {} | {:.3} | {:.1}× | {:.1}× |",
            whole.0,
            whole.1,
            reduced.0,
            reduced.1,
            reduced.2,
            whole.0 / (reduced.0 + reduced.1),
            whole.1 / reduced.2,
        );
    }
    let _ = writeln!(out, "\nMeasured on {}: medians of nine interleaved rounds.", machine());
    out
}

/// What the system says of its processors.
fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let names: Vec<&str> = text
        .lines()
        .filter_map(|it| it.strip_prefix("model name")?.split_once(':'))
        .map(|it| it.1.trim())
        .collect();
    match names.first() {
        Some(name) => format!("{} × {name}", names.len()),
        None => "a machine that does not tell its processor".to_owned(),
    }
}

/// How the reduced search's lines are broken.
const DASHES: &str = "5 3";
const PANEL: (f64, f64) = (150.0, 150.0);
const GAP: (f64, f64) = (70.0, 56.0);
const EDGE: (f64, f64) = (48.0, 26.0);

/// A panel for each race and measure, powers of ten upward, walkers to the right. The whole search is a full line,
/// the reduced one a dashed line. It stands within the page, so that its colours are the page's.
fn plot(rows: &[Row]) -> String {
    let mut races: Vec<&str> = Vec::new();
    for row in rows {
        if !races.contains(&row.race.as_str()) {
            races.push(&row.race);
        }
    }
    let width = EDGE.0 + races.len() as f64 * (PANEL.0 + GAP.0);
    let height = EDGE.1 + 2.0 * (PANEL.1 + GAP.1) + 4.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"States and time against walkers, whole and reduced\" font-size=\"11\" \
         fill=\"currentColor\" stroke=\"none\">\n"
    );
    for (column, race) in races.iter().enumerate() {
        let of: Vec<&Row> = rows.iter().filter(|it| it.race == *race).collect();
        let x = EDGE.0 + column as f64 * (PANEL.0 + GAP.0);
        let states =
            (of.iter().map(|it| it.whole.0), of.iter().map(|it| it.reduced.0 + it.reduced.1));
        panel(&mut out, (x, EDGE.1), &format!("{race}: states"), states);
        let times = (of.iter().map(|it| it.whole.1), of.iter().map(|it| it.reduced.2));
        panel(&mut out, (x, EDGE.1 + PANEL.1 + GAP.1), &format!("{race}: ms"), times);
    }
    let y = height - 8.0;
    for (x, dashes, name) in [(EDGE.0, "", "the whole search"), (EDGE.0 + 150.0, DASHES, "reduced")]
    {
        let _ = writeln!(
            out,
            "<path d=\"M{x} {:.1}h28\" stroke=\"currentColor\" stroke-width=\"1.8\" \
             stroke-dasharray=\"{dashes}\"/><text x=\"{:.1}\" y=\"{y:.1}\">{name}</text>",
            y - 4.0,
            x + 34.0,
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{y:.1}\">to the right: walkers</text>",
        EDGE.0 + 300.0
    );
    out.push_str("</svg>\n");
    out
}

fn panel(
    out: &mut String,
    (left, top): (f64, f64),
    title: &str,
    (whole, reduced): (impl Iterator<Item = f64>, impl Iterator<Item = f64>),
) {
    let (whole, reduced): (Vec<f64>, Vec<f64>) = (whole.collect(), reduced.collect());
    let logs = || whole.iter().chain(&reduced).map(|it| it.log10());
    let low = logs().fold(f64::INFINITY, f64::min).floor();
    let high = logs().fold(f64::NEG_INFINITY, f64::max).ceil().max(low + 1.0);
    let bottom = top + PANEL.1;
    let across = |at: usize| left + PANEL.0 * (at as f64 + 0.5) / whole.len() as f64;
    let up = |log: f64| bottom - PANEL.1 * (log - low) / (high - low);
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"{:.1}\" font-weight=\"bold\">{title}</text>",
        top - 8.0
    );
    for power in low as i32..=high as i32 {
        let y = up(f64::from(power));
        let right = left + PANEL.0;
        let _ = writeln!(
            out,
            "<path d=\"M{left} {y:.1}H{right}\" stroke=\"currentColor\" stroke-opacity=\"0.2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            left - 5.0,
            y + 4.0,
            label(power),
        );
    }
    for at in 0..whole.len() {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            across(at),
            bottom + 15.0,
            at + 1
        );
    }
    for (values, dashes) in [(&whole, ""), (&reduced, DASHES)] {
        let mut path = String::new();
        for (at, value) in values.iter().enumerate() {
            let letter = if at == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{letter}{:.1} {:.1}", across(at), up(value.log10()));
        }
        let _ = writeln!(
            out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" \
             stroke-dasharray=\"{dashes}\"/>"
        );
    }
}

/// A power of ten as a number, as long as it is short.
fn label(power: i32) -> String {
    match power {
        -3..=3 => format!("{}", 10f64.powi(power)),
        _ => format!("10<tspan dy=\"-4\" font-size=\"8\">{power}</tspan>"),
    }
}
