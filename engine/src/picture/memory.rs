//! Draws page tables: the levels above, faintly, and the entries. Imports its siblings and view, never a screen.

use super::Scene;
use super::page::{cell_group, value};
use super::place::TablePlace;
use super::section::Life;
use super::shape::{Anchor, Group, Mark, Rect, Span, path, rect, spans, text, way};
use super::text::{Font, fit, width};
use crate::ids::CellId;

pub(super) fn draw(scene: Scene<'_>, groups: &mut Vec<Group>) {
    for (number, place) in scene.places.tables.iter().enumerate() {
        table(scene, place, number, groups);
        for &(cell, at) in &place.entries {
            entry(scene, place, cell, at, groups);
        }
    }
}

fn table(scene: Scene<'_>, place: &TablePlace, number: usize, groups: &mut Vec<Group>) {
    let heading = place.heading.map(|y| text("strong", 1, y, "page tables"));
    let mut marks: Vec<Mark> = heading.into_iter().collect();
    let mut last: Option<Rect> = None;
    for (name, at) in &place.levels {
        marks.push(rect("box", *at));
        if !scene.is_tall() {
            let label = text("code faint", at.mid_x(), at.y + 15, name.as_str());
            marks.push(label.anchored(Anchor::Middle));
            if let Some(before) = last {
                let ends = [(before.right(), at.mid_y()), (at.x, at.mid_y())];
                marks.push(path("thin", way(&ends)));
            }
        }
        last = Some(*at);
    }
    if let Some(at) = last {
        let (x, y) = (at.mid_x(), at.bottom());
        marks.push(path("thin", way(&[(x, y), (x, place.rect.y)])));
        if let (true, Some((first, _)), Some((deepest, _))) =
            (scene.is_tall(), place.levels.first(), place.levels.last())
        {
            let name = format!("{first}…{deepest}");
            marks.push(text("code faint", at.x + 10, at.y + 14, name));
        }
    }
    match life(scene, place) {
        Some(life) => groups.push(life.group(format!("table-{number}-surface"), place.rect, "box")),
        None => marks.push(rect("box", place.rect)),
    }
    let title = text("small", 11, place.rect.y + 15, format!("{} table", place.title));
    marks.push(title.about("PTE"));
    marks.push(text("small faint", 11, place.rect.bottom() - 7, "…"));
    groups.push(Group::numbered("table", number, "table haloed", marks));
}

/// The page that the table itself lies in, where that has a lifetime.
fn life(scene: Scene<'_>, place: &TablePlace) -> Option<Life> {
    let (first, _) = place.entries.first()?;
    Some(Life::of(scene, scene.stage.cells[first.index()].storage?))
}

fn entry(scene: Scene<'_>, place: &TablePlace, cell: CellId, at: Rect, groups: &mut Vec<Group>) {
    let of = &scene.stage.cells[cell.index()];
    let now = &scene.frame.cells[cell.index()];
    let mut marks = match of.storage {
        Some(storage) => Life::of(scene, storage).surface(at, "object"),
        None => vec![rect("object", at)],
    };
    if scene.broke_at(cell) {
        marks.push(rect("broken-field", at.grown(-2)));
    }
    marks.push(text("code strong", at.x + 10, at.y + 19, of.title.as_str()));
    let wide = !scene.is_tall();
    let caption = now.set_at.map(|it| {
        let word = match (wide, now.text.as_str()) {
            (false, _) => "since",
            (true, "none") => "cleared at",
            (true, _) => "set at",
        };
        format!("{word} {}", scene.key_at(it))
    });
    let (x, y) = if wide { (at.x + place.values, at.y + 19) } else { (at.x + 10, at.y + 37) };
    let words = scene.value(cell);
    value(scene, cell, x, y, at.right() - x, &mut marks);
    if let Some(caption) = caption {
        let x = x + width("pfn 4", Font::Code).max(width(&words, Font::Code)) + 12;
        let caption = fit(&caption, Font::Small, at.right() - 4 - x);
        marks.push(spans("small", x, y, vec![Span::new("", caption)]));
    }
    groups.push(cell_group(scene, cell, "cell haloed", marks));
}
