//! Lists the races of the library, and joins the style sheets to one, without what only their authors read:
//! comments, indentation.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use racewalk_engine::explore::Event;
use racewalk_engine::model::Mark;
use racewalk_engine::race::Race;
use racewalk_engine::{evidence, library};

/// Of these the element has no use.
const OF_THE_PAGE: [&str; 3] = ["masthead", "tour", "sheet"];
/// And this the page has no use for.
const OF_THE_ELEMENT: &str = "embed";

/// Later files may build on earlier ones.
const STYLES: [&str; 13] = [
    "tokens",
    "layout",
    "controls",
    "masthead",
    "verdict",
    "narration",
    "tour",
    "picture",
    "scene",
    "time",
    "lanes",
    "sheet",
    "embed",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    list_library(Path::new(&out))?;
    println!("cargo::rerun-if-changed=styles");
    let (mut page, mut element) = (String::new(), String::new());
    for name in STYLES {
        let sheet = lean(&fs::read_to_string(format!("styles/{name}.css"))?);
        if name != OF_THE_ELEMENT {
            page.push_str(&sheet);
        }
        if !OF_THE_PAGE.contains(&name) {
            element.push_str(&within_the_element(&sheet));
        }
    }
    fs::write(format!("{out}/page.css"), page)?;
    Ok(fs::write(format!("{out}/embed.css"), element)?)
}

/// The same, for a shadow root: what asks how wide the window is asks how wide the element is, and what the
/// root of a document has the element's frame has. A container is no container to itself, so what changes
/// with its width stands on what is in it.
fn within_the_element(sheet: &str) -> String {
    let mut out = sheet.to_owned();
    for width in ["max-width", "min-width"] {
        out = out.replace(&format!("@media ({width}"), &format!("@container ({width}"));
    }
    for (of_the_page, of_the_element) in [
        ("px){:root{", "px){.embed{"),
        (":root", ".element-root"),
        ("body{", ".embed{"),
        ("100vw", "100cqw"),
    ] {
        out = out.replace(of_the_page, of_the_element);
    }
    out
}

/// What the page knows of the races without any of them: their ids, and what was observed.
fn list_library(out: &Path) -> Result<(), Box<dyn Error>> {
    let mut loaded = BTreeMap::new();
    for of in library::races() {
        loaded.insert(of.id, Race::load(of.text)?);
    }
    let ids: Vec<_> = library::races().iter().map(|it| it.id).collect();
    let code = format!("const IDS: &[&str] = &{ids:?};\n{}", observed(&loaded)?);
    Ok(fs::write(out.join("library.rs"), code)?)
}

/// A table of the races' steps that are marked as observed: race, step, and the first trace that shows it.
fn observed(loaded: &BTreeMap<&str, Race>) -> Result<String, Box<dyn Error>> {
    let mut races: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    let readings = evidence::readings()?;
    for reading in &readings {
        let (id, race) = loaded.get_key_value(&*reading.race).ok_or("no such race")?;
        let mut settings = race.settings();
        for (knob, value) in &reading.settings {
            settings.set(race, knob, value)?;
        }
        let model = race.compile(&settings)?;
        let text = evidence::trace(&reading.trace).ok_or("no such trace")?;
        for event in evidence::matches(reading, &evidence::lines(text)?, &model)? {
            if let Event::Step(step) = event.event {
                let step = &model.steps[step.index()];
                if step.marks.contains(&Mark::Observed) {
                    races.entry(id).or_default().entry(step.key.clone()).or_insert(&reading.trace);
                }
            }
        }
    }
    let rows = races.iter().map(|(race, steps)| {
        let steps: Vec<_> = steps.iter().collect();
        format!("    ({race:?}, &{steps:?}),\n")
    });
    let rows: String = rows.collect();
    Ok(format!("const OBSERVED: &[(&str, &[(&str, &str)])] = &[\n{rows}];\n"))
}

/// Without comments, and with one blank for any white space. Texts in quotes stay as they are.
fn lean(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '/' if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |it| it.1);
                continue;
            }
            '"' | '\'' => rest[1..].find(first).map_or(rest.len(), |it| it + 2),
            _ if first.is_whitespace() => {
                rest = rest.trim_start();
                // Beside these no blank means anything.
                let idle = out.is_empty() || out.ends_with([' ', '{', '}', ';', ',']);
                if !idle && !rest.starts_with(['{', '}']) {
                    out.push(' ');
                }
                continue;
            }
            _ => first.len_utf8(),
        };
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    out
}
