//! Draws arrows: healthy, stale, and where the next step will look. Imports its siblings, ids, model and view, never a screen.

use super::page::cell_key;
use super::place::{ColumnPlace, Dock, Slot, TablePlace};
use super::shape::{Group, Mark, path, path_at, text, way};
use super::text::{Font, width};
use super::{Scene, words};
use crate::ids::CellId;
use crate::model::Shape;
use crate::view::{ActorState, Pointer};

type Point = (i32, i32);

/// Room for the head of an arrow, and half the width of one.
const HEAD: (i32, i32) = (10, 4);
/// Half of what a lightning break needs along its line, and its half width.
const BREAK: (i32, i32) = (13, 7);

pub(super) fn draw(scene: Scene<'_>, groups: &mut Vec<Group>) {
    for (number, &(cell, from)) in sources(scene).iter().enumerate() {
        let pointer = scene.frame.cells[cell.index()].pointer.as_ref();
        let marks = pointer.and_then(|it| arrow(scene, number as i32, from, it));
        let owner = scene.stage.cells[cell.index()].owner;
        let hue = owner.map_or("", |it| words::hue(scene.stage, it));
        let key = format!("arrow-{}", cell_key(cell));
        groups.push(Group::new(key, format!("arrow {hue}"), marks.unwrap_or_default()));
    }
    for (number, place) in scene.places.boxes.iter().enumerate() {
        let marks = ahead(scene, number).unwrap_or_default();
        groups.push(Group::numbered("ahead", place.actor.index(), "ahead", marks));
    }
}

/// The cells in the left column that are arrows, from top to bottom.
fn sources(scene: Scene<'_>) -> Vec<(CellId, Slot)> {
    let tables = scene.places.tables.iter().flat_map(|it| &it.entries).map(|it| it.0);
    let boxes = scene.places.boxes.iter().flat_map(|it| &it.registers).map(|it| it.cell);
    tables
        .chain(boxes)
        .filter(|it| scene.stage.cells[it.index()].points_to.is_some())
        .filter_map(|it| Some((it, scene.places.slot(it)?)))
        .collect()
}

/// The line in the gutter of the arrow of this number.
fn line(scene: Scene<'_>, number: i32) -> i32 {
    let (from, to) = scene.places.gutter;
    let pitch = if scene.is_tall() { 4 } else { 14 };
    (from + pitch * (number + 1)).min(to - 6)
}

fn arrow(scene: Scene<'_>, number: i32, from: Slot, pointer: &Pointer) -> Option<Vec<Mark>> {
    if pointer.shape == Shape::TableEntry {
        return to_table(scene, number, from, pointer);
    }
    let column = scene.places.sections.iter().flat_map(|it| &it.columns);
    let column = column.into_iter().find(|it| it.index == pointer.index)?;
    let target = match pointer.shape {
        Shape::Frame => column.frame?,
        Shape::StructPage => column.page,
        _ => return None,
    };
    let start = (from.rect.right(), from.rect.mid_y());
    let straight = column.is_first && (target.y + 6..=target.bottom() - 6).contains(&start.1);
    let port = 12 + number * 11;
    let mut points = vec![start];
    if straight {
        points.push((target.x, start.1));
    } else if column.is_first {
        let y = target.y + port.min(target.h - 6);
        points.push((line(scene, number), start.1));
        points.extend(Dock::Beside(target.x, y).from(line(scene, number)));
    } else {
        let street = target.y - 5 - number * 3;
        let x = target.x + port.min(target.w - 6);
        points.push((line(scene, number), start.1));
        points.extend(Dock::Along { x, y: target.y, street }.from(line(scene, number)));
    }
    Some(match pointer.stale {
        None => healthy(points),
        Some(_) => stale(points),
    })
}

/// An arrow back to the left column, to the heading of the table that it names; to its entry, where the table has several.
fn to_table(scene: Scene<'_>, number: i32, from: Slot, pointer: &Pointer) -> Option<Vec<Mark>> {
    let group = Some((pointer.array.clone(), Some(pointer.index)));
    let holds = |it: &&TablePlace| {
        it.entries.iter().any(|(cell, _)| scene.stage.cells[cell.index()].group == group)
    };
    let table = scene.places.tables.iter().find(holds)?;
    let entry = table.entries.iter().find(|it| scene.stage.cells[it.0.index()].group == group);
    let (target, y) = match entry {
        // Above the middle, where the entry's own arrow begins.
        Some((_, entry)) if table.entries.len() > 1 => (*entry, entry.y + 6),
        _ => (table.rect, table.rect.y + 6 + number * 4),
    };
    let x = line(scene, number);
    let points = vec![
        (from.rect.right(), from.rect.mid_y()),
        (x, from.rect.mid_y()),
        (x, y),
        (target.right(), y),
    ];
    Some(match pointer.stale {
        None => healthy(points),
        Some(_) => stale(points),
    })
}

fn healthy(mut points: Vec<Point>) -> Vec<Mark> {
    let Some(head) = head("arrow-head", &mut points) else { return Vec::new() };
    vec![path("arrow-line", way(&points)), head]
}

/// The head of an arrow, for which its line is shortened.
pub(super) fn head(class: &'static str, points: &mut [Point]) -> Option<Mark> {
    let [.., before, end] = points else { return None };
    let (dx, dy) = direction(*before, *end);
    let (x, y) = *end;
    let way = (before.0 - x).abs() + (before.1 - y).abs();
    let (length, half) = (HEAD.0.min(way), HEAD.1);
    let (left, right) = (
        (x - dx * length - dy * half, y - dy * length - dx * half),
        (x - dx * length + dy * half, y - dy * length + dx * half),
    );
    *end = (x - dx * (length - 1), y - dy * (length - 1));
    Some(path(class, format!("M{} {}L{x} {y}L{} {}z", left.0, left.1, right.0, right.1)))
}

/// A broken arrow: whole up to a lightning in its middle, dashed behind, and a cross for a head.
fn stale(mut points: Vec<Point>) -> Vec<Mark> {
    let [.., before, end] = points.as_mut_slice() else { return Vec::new() };
    end.0 += if end.0 < before.0 { 6 } else { -6 };
    let cross = *end;
    let length = |a: &Point, b: &Point| (a.0 - b.0).abs() + (a.1 - b.1).abs();
    // In the gutter where there is room; the first of the longest otherwise.
    let longest = points.windows(2).enumerate().rev().max_by_key(|(number, pair)| match pair {
        [a, b] => length(a, b).min(60) + if *number == 0 { 0 } else { 1 },
        _ => 0,
    });
    let Some(([a, b], at)) = longest.map(|(at, pair)| ([pair[0], pair[1]], at)) else {
        return Vec::new();
    };
    let (dx, dy) = direction(a, b);
    let middle = ((a.0 + b.0) / 2, (a.1 + b.1) / 2);
    let along = |by: i32| (middle.0 + dx * by, middle.1 + dy * by);
    let aside = |(x, y): Point, by: i32| (x + dy * by, y + dx * by);
    let (half, wide) = BREAK;
    let half = half.min(length(&a, &b) / 2);
    let mut near: Vec<Point> = points.iter().take(at + 1).copied().collect();
    near.extend([
        along(-half),
        aside(along(-half / 2), -wide),
        aside(along(half / 2 - 2), wide),
        along(half - 4),
    ]);
    let mut far = vec![along(half + 2)];
    far.extend(points.iter().skip(at + 1).copied());
    vec![
        path("stale-line", way(&near)),
        path("stale-line far", way(&far)),
        path_at("stale-cross", (cross.0 - 6, cross.1 - 7), "l12 14m0 -14l-12 14"),
    ]
}

pub(super) fn direction(from: Point, to: Point) -> Point {
    ((to.0 - from.0).signum(), (to.1 - from.1).signum())
}

/// Where an actor's next step will look: a dotted line to a struct page.
fn ahead(scene: Scene<'_>, number: usize) -> Option<Vec<Mark>> {
    let place = scene.places.boxes.get(number)?;
    let actor = scene.frame.actors.get(place.actor.index())?;
    let ActorState::Ready { step, .. } = actor.state else { return None };
    let columns = || scene.places.sections.iter().flat_map(|it| &it.columns);
    let (column, at) = actor.will_touch.iter().find_map(|cell| {
        let holds = |it: &&ColumnPlace| it.fields.iter().any(|field| field.0 == *cell);
        Some((columns().find(holds)?, scene.places.slot(*cell)?))
    })?;
    let sources = sources(scene).len() as i32;
    let x = line(scene, sources);
    let start = (place.rect.right(), place.rect.bottom() - 12);
    let end = match at.dock {
        Dock::Beside(_, y) => Dock::Beside(column.page.x - 2, y),
        dock @ Dock::Along { .. } => dock,
    };
    let mut points = vec![start, (x, start.1)];
    points.extend(end.from(x));
    let mut marks = vec![path("ahead-line", way(&points))];
    if !scene.is_tall() {
        let words = format!("{} will look here", words::key(scene.stage, step));
        let room = scene.places.gutter.1 - start.0;
        if width(&words, Font::Small) < room {
            marks.push(text("small", start.0 + 8, start.1 + 18, words));
        }
    }
    Some(marks)
}
