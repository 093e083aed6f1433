//! What the graph knows of a race, as it is told in a terminal: windows, a schedule's course, placements, protections.

use std::fmt::Write as _;

use racewalk_embed::{Bench, Embed};
use racewalk_engine::explain::{
    self, Counts, Course, Fates, Transitions, failures, nearest_good, window,
};
use racewalk_engine::explore::{Graph, Limits, answer, explore};
use racewalk_engine::export::{counted, explain as words};
use racewalk_engine::model::Model;

fn explored(model: &Model) -> Result<(Graph, Transitions), String> {
    let graph = explore(model, Limits::default());
    let transitions = Transitions::new(model, &graph).map_err(|it| it.to_string())?;
    transitions.whole().map_err(|it| it.to_string())?;
    Ok((graph, transitions))
}

fn fenced(text: &str) -> String {
    format!("```text\n{text}```\n")
}

/// The window of each kind of failure.
pub(crate) fn windows(bench: &Bench) -> Result<String, String> {
    let model = &bench.model;
    let (graph, transitions) = explored(model)?;
    let mut out = String::new();
    for kind in failures(&answer(model, &graph)) {
        let found = window(model, &transitions, &[kind]).map_err(|it| it.to_string())?;
        let Some(found) = found else { continue };
        let _ = writeln!(out, "{}", words::end(model, kind));
        out.push_str(&words::window(model, &[kind], &found));
    }
    Ok(fenced(&out))
}

/// A schedule position by position, and the way from it to a good one.
pub(crate) fn course(bench: &Bench, embed: &Embed) -> Result<String, String> {
    let model = &bench.model;
    let (graph, transitions) = explored(model)?;
    let schedule = embed.trace(model)?.schedule();
    let fates = Fates::new(&transitions);
    let counts = Counts::new(&transitions);
    let course = Course::new(&transitions, &fates, counts.as_ref(), &schedule);
    let kind: Vec<_> = course.ending.into_iter().collect();
    let found = window(model, &transitions, &kind).map_err(|it| it.to_string())?;
    let orders = found.map(|it| it.orders).unwrap_or_default();
    let mut out = words::course(model, &course, &orders);
    let nearest = nearest_good(model, &graph, &transitions, &fates, &schedule);
    if let Some(nearest) = nearest.map_err(|it| it.to_string())? {
        let swaps = counted(&nearest.swaps.len().to_string(), "swap");
        let _ = writeln!(out, "\nFrom bad to good: {swaps}");
        out.push_str(&words::nearest(model, &nearest));
    }
    Ok(fenced(&out))
}

/// Each card in each gap.
pub(crate) fn placements(bench: &Bench) -> Result<String, String> {
    let mut out = String::new();
    for (number, card) in bench.race.cards().into_iter().enumerate() {
        let limits = Limits::default();
        let gaps = explain::placements(&bench.race, &bench.settings, limits, number)
            .map_err(|it| it.to_string())?;
        let _ = writeln!(out, "{}", card.title);
        out.push_str(&words::placements(&bench.model, &gaps));
    }
    Ok(fenced(&out))
}

/// The protections in all combinations.
pub(crate) fn protections(bench: &Bench) -> Result<String, String> {
    let found = explain::protections(&bench.race, &bench.settings, Limits::default())
        .map_err(|it| it.to_string())?;
    Ok(fenced(&words::protections(&bench.race, &found)))
}
