//! Draws struct pages, their fields and the folios that they make up. Imports its siblings, ids, model and view, never a screen.

use super::Scene;
use super::place::{ColumnPlace, SectionPlace};
use super::section::Life;
use super::shape::{Group, Mark, Rect, Span, path, rect, spans, text, way};
use super::text::{Font, fit, width};
use crate::ids::CellId;
use crate::model::Shape;

/// A struct page with its fields.
pub(super) fn draw(
    scene: Scene<'_>,
    place: &SectionPlace,
    column: &ColumnPlace,
    groups: &mut Vec<Group>,
) {
    let key = format!("page-{}-{}", column.array, column.index);
    let surface = format!("{key}-surface");
    groups.push(match place.storage.map(|it| Life::of(scene, it)) {
        Some(life) => life.group(surface, column.page, "object"),
        None => Group::new(surface, "surface", vec![rect("object", column.page)]),
    });
    let margin = if column.page.w < 80 { 6 } else { 10 };
    let room = column.page.w - margin - 2;
    let mut title = format!("{} {}", column.title, column.index);
    if width(&title, Font::Strong) > room {
        // `page 4`: its last word tells enough where there is no room for all.
        let word = column.title.split(' ').next_back().unwrap_or_default();
        title = format!("{word} {}", column.index);
    }
    let title = fit(&title, Font::Strong, room);
    let title =
        text("strong", column.page.x + margin, column.page.y + 19, title).about("struct page");
    groups.push(Group::new(key, "haloed", vec![title]));
    for &(cell, at) in &column.fields {
        groups.push(cell_group(scene, cell, "cell haloed", field(scene, cell, at, margin - 2)));
    }
}

/// A row with name and value.
pub(super) fn field(scene: Scene<'_>, cell: CellId, at: Rect, margin: i32) -> Vec<Mark> {
    let of = &scene.stage.cells[cell.index()];
    let baseline = at.y + 14;
    if at.h > 24 {
        return field_of_two_lines(scene, cell, at, margin);
    }
    let names = width("refcount", Font::Code).max(width(&of.title, Font::Code));
    let mut marks = Vec::new();
    if scene.broke_at(cell) {
        marks.push(rect("broken-field", at));
    }
    let title = fit(&of.title, Font::Code, at.w - margin - 34);
    marks.push(text("code", at.x + margin, baseline, title));
    let x = (at.x + margin + names + 12).min(at.right() - 36);
    value(scene, cell, x, baseline, at.right() - 4 - x, &mut marks);
    marks
}

/// The same where there is no room beside the name.
fn field_of_two_lines(scene: Scene<'_>, cell: CellId, at: Rect, margin: i32) -> Vec<Mark> {
    let of = &scene.stage.cells[cell.index()];
    let mut marks = Vec::new();
    if scene.broke_at(cell) {
        marks.push(rect("broken-field", at));
    }
    let room = at.w - margin - 2;
    marks.push(text("code faint", at.x + margin, at.y + 13, fit(&of.title, Font::Code, room)));
    value(scene, cell, at.x + margin, at.y + 28, room, &mut marks);
    marks
}

/// A value, and the one before it, which the style sheet shows until the new one has arrived.
pub(super) fn value(
    scene: Scene<'_>,
    cell: CellId,
    x: i32,
    y: i32,
    room: i32,
    marks: &mut Vec<Mark>,
) {
    let before = scene.value_before(cell);
    let class = match (scene.frame.cells[cell.index()].undefined, before.is_some()) {
        (true, _) => "code undefined",
        (_, true) => "code now",
        _ => "code",
    };
    let words = scene.value(cell);
    let class = if words == "not set" { "code unset" } else { class };
    if let Some(before) = before {
        marks.push(text("code was", x, y, fit(&before, Font::Code, room)));
    }
    marks.push(text(class, x, y, fit(&words, Font::Code, room)));
}

/// Brackets under the struct pages that share a head, each with a sentence of its state.
pub(super) fn folios(
    scene: Scene<'_>,
    place: &SectionPlace,
    number: usize,
    groups: &mut Vec<Group>,
) {
    if !place.has_folios {
        return;
    }
    let mut marks = Vec::new();
    let head = |column: &ColumnPlace| {
        let mut heads = column.fields.iter().filter_map(|(cell, _)| {
            let of = &scene.stage.cells[cell.index()];
            let is_head = of.points_to == Some(Shape::StructPage);
            is_head.then(|| scene.frame.cells[cell.index()].value)
        });
        heads.next_back()
    };
    let mut rest = place.columns.as_slice();
    let mut told = Vec::new();
    while let Some(first) = rest.first() {
        let of = head(first);
        let same = |it: &&ColumnPlace| head(it) == of && it.page.y == first.page.y;
        let (folio, others) = rest.split_at(rest.iter().take_while(same).count().max(1));
        rest = others;
        let Some(last) = folio.last() else { continue };
        let Some(of) = place.columns.iter().find(|it| Some(it.index) == of) else { continue };
        let (left, right, y) = (first.page.x + 1, last.page.right() - 1, first.page.bottom() + 4);
        marks.push(path("bracket", way(&[(left, y), (left, y + 6), (right, y + 6), (right, y)])));
        if told.contains(&of.index) {
            // Its pages go on in another row.
            continue;
        }
        told.push(of.index);
        let next = rest.first().filter(|it| it.page.y == first.page.y);
        let room = next.map_or(place.band.right() - 8, |it| it.page.x - 6) - left;
        let pages = place.columns.iter().filter(|it| head(it) == Some(of.index)).count();
        marks.extend(sentence(scene, of, pages, (left, y + 23), room));
    }
    groups.push(Group::numbered("folios", number, "haloed", marks));
}

/// `folio order 0 · refcount 0 · owner free since M3`.
fn sentence(
    scene: Scene<'_>,
    head: &ColumnPlace,
    pages: usize,
    (x, y): (i32, i32),
    room: i32,
) -> Vec<Mark> {
    let mut told = Vec::new();
    if pages.is_power_of_two() {
        told.push(format!("order {}", pages.trailing_zeros()));
    }
    let state = head.fields.iter().map(|it| it.0);
    let state = state.filter(|it| scene.stage.cells[it.index()].points_to.is_none());
    let set_at = |cell: CellId| scene.frame.cells[cell.index()].set_at;
    let newest = state.clone().filter(|it| set_at(*it).is_some()).max_by_key(|it| set_at(*it));
    let since = |cell: CellId| {
        let number = set_at(cell).filter(|_| newest == Some(cell));
        number.map(|it| format!(" since {}", scene.key_at(it))).unwrap_or_default()
    };
    let words =
        |cell: CellId| format!("{} {}", scene.stage.cells[cell.index()].title, scene.value(cell));
    told.extend(state.clone().map(|it| words(it) + &since(it)));
    let bold = width("folio ", Font::Strong);
    let whole = told.join(" · ");
    let one_line = Span::new("strong", "folio ");
    // Long enough to feel how wide the reader's letters are.
    if bold + width(&whole, Font::Small) <= room * 15 / 16 {
        let words = vec![one_line, Span::new("small", whole)];
        return vec![spans("", x, y, words).about("folio")];
    }
    let mut state = state;
    let first = state.next().map(words).unwrap_or_default();
    let first = fit(&first, Font::Small, room - bold);
    let mut marks = vec![spans("", x, y, vec![one_line, Span::new("small", first)]).about("folio")];
    if scene.is_tall() {
        let rest: Vec<String> = state.map(|it| words(it) + &since(it)).collect();
        let rest = rest.join(" · ");
        marks.push(text("small", x, y + 16, fit(&rest, Font::Small, room)));
    }
    marks
}

/// The group that shows a cell; a new one when the last step changed the value, so that it may move.
pub(super) fn cell_group(
    scene: Scene<'_>,
    cell: CellId,
    class: &'static str,
    marks: Vec<Mark>,
) -> Group {
    let momentary = scene.frame.cells[cell.index()].before.is_some();
    Group { momentary, ..Group::new(cell_key(cell), class, marks) }
}

/// The key of the group that shows a cell.
pub(super) fn cell_key(cell: CellId) -> String {
    format!("cell-{}", cell.0)
}
