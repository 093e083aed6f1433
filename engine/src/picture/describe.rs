//! Says in words what a picture shows. Imports its siblings and view, never a coordinate.

use super::{Scene, words};
use crate::ids::CellId;
use crate::view::Ending;

/// The text alternative of a picture.
pub(super) fn describe(scene: Scene<'_>) -> String {
    let mut told = Vec::new();
    match &scene.frame.last {
        None => told.push("At the start, before any step.".to_owned()),
        Some(last) => {
            let key = words::key(scene.stage, last.step);
            let mut done = Vec::new();
            for access in &last.accesses {
                let verb = match (access.broke, access.written) {
                    (true, _) => "broke at",
                    (_, true) => "wrote",
                    (_, false) => "read",
                };
                done.push(format!("{verb} {}", scene.stage.cells[access.cell.index()].name));
            }
            let actor = words::actor(scene.stage, last.actor);
            let done = if done.is_empty() { "touched nothing".to_owned() } else { done.join(", ") };
            told.push(format!("After step {}, {key} of {actor}: {done}.", last.number));
        }
    }
    let holds = (0..scene.stage.cells.len()).filter_map(|it| holds(scene, CellId(it as u16)));
    let holds: Vec<String> = holds.collect();
    told.push(format!("{}.", holds.join("; ")));
    let actors = scene.stage.lanes.iter().map(|lane| {
        format!("{} {}", words::actor(scene.stage, lane.actor), scene.status(lane.actor))
    });
    told.push(format!("{}.", actors.collect::<Vec<_>>().join("; ")));
    match &scene.frame.ending {
        Some(Ending::Violated { kind, sentence, .. }) => told.push(format!("{kind}: {sentence}.")),
        Some(Ending::Complete) => told.push("The run is complete.".to_owned()),
        Some(Ending::Deadlock) => told.push("Deadlock.".to_owned()),
        Some(Ending::HeldOff) => told.push("Who waits may wait for ever.".to_owned()),
        None => {}
    }
    told.join(" ")
}

/// `pte[0] is none`, for what is drawn; a stale arrow says why.
fn holds(scene: Scene<'_>, cell: CellId) -> Option<String> {
    scene.places.slot(cell)?;
    let of = &scene.stage.cells[cell.index()];
    let stale = scene.frame.cells[cell.index()].pointer.as_ref().and_then(|it| it.stale.as_ref());
    let stale = stale.map(|it| format!(" (stale: {})", scene.stale(it))).unwrap_or_default();
    Some(format!("{} is {}{stale}", of.name, scene.value(cell)))
}
