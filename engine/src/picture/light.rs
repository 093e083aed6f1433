//! Draws what the last step did: rings, tags, the trail of what moved, and the break. Imports its siblings, ids and view, never a screen.

use super::place::{Dock, GAP, STREET, Slot};
use super::pointer::head;
use super::shape::{Anchor, Group, Mark, Rect, Travel, path, path_at, rect, text, way};
use super::text::{Font, fit, width, wrap};
use super::{Scene, words};
use crate::ids::{ActorId, CellId};
use crate::view::{Access, Ending, Move};

type Point = (i32, i32);

pub(super) fn draw(scene: Scene<'_>, groups: &mut Vec<Group>) {
    let last = scene.frame.last.as_ref();
    let hue = last.map_or("", |it| words::hue(scene.stage, it.actor));
    let mut rings = Vec::new();
    let mut tags = Vec::new();
    let mut trail = Trail::default();
    if let Some(last) = last {
        let lit = lit(scene, last);
        let writes = lit.iter().any(|it| it.0.written && is_shared(scene, it.0.cell));
        for &(access, slot) in &lit {
            rings.extend(ring(scene, access, slot.rect, writes));
        }
        tags = self::tags(scene, last, &lit);
        trail = Trail::of(scene, last, &lit).unwrap_or_default();
    }
    let broke = last.is_some_and(|it| it.broke.is_some());
    let class = if broke { "light broken" } else { "light" };
    groups.push(Group::momentary("trail", format!("trail {hue}"), trail.line));
    groups.push(Group::momentary("rings", format!("{class} {hue}"), rings));
    groups.push(Group::momentary("tags", format!("tags {hue}"), tags));
    groups.push(Group {
        travel: trail.travel,
        ..Group::momentary("chip", format!("chip {hue}"), trail.chip)
    });
    groups.push(Group::momentary("break", "break", broken(scene)));
}

/// The accesses that light up: to drawn cells, but not to a lifetime that was only checked.
fn lit<'a>(scene: Scene<'_>, last: &'a Move) -> Vec<(&'a Access, Slot)> {
    let is_lifetime = |it: CellId| scene.stage.storages.iter().any(|s| s.lifetime == it);
    let accesses =
        last.accesses.iter().filter(|it| it.written || it.broke || !is_lifetime(it.cell));
    accesses
        .filter(|it| is_shared(scene, it.cell) || it.written)
        .filter_map(|it| Some((it, scene.places.slot(it.cell)?)))
        .collect()
}

fn is_shared(scene: Scene<'_>, cell: CellId) -> bool {
    scene.stage.cells[cell.index()].owner.is_none()
}

/// A ring: a bright one around what was written, or read where nothing was written.
fn ring(scene: Scene<'_>, access: &Access, at: Rect, writes: bool) -> Vec<Mark> {
    if access.broke {
        return vec![rect("glow bad", at.grown(3)), rect("ring bad", at)];
    }
    if !is_shared(scene, access.cell) || writes && !access.written {
        return vec![rect("ring faint", at)];
    }
    vec![rect("glow", at.grown(3)), rect("ring", at)]
}

/// A tag for each thing that was touched: hollow for a read, solid for a write.
fn tags(scene: Scene<'_>, last: &Move, lit: &[(&Access, Slot)]) -> Vec<Mark> {
    let key = words::key(scene.stage, last.step);
    let mut marks = Vec::new();
    let mut held = Vec::new();
    let shared = |it: &Access| is_shared(scene, it.cell) && !it.by_property;
    let writes = lit.iter().any(|it| it.0.written && shared(it.0));
    for (access, slot) in lit {
        // What was only read on the way to a write has a faint ring and no tag.
        if !shared(access) || writes && !access.written {
            continue;
        }
        let (holder, place) = holder(scene, access.cell, slot.rect);
        if held.contains(&holder) {
            continue;
        }
        held.push(holder);
        let written = lit
            .iter()
            .any(|(it, slot)| it.written && self::holder(scene, it.cell, slot.rect).0 == holder);
        let words = format!("{key} {}", if written { "write" } else { "read" });
        let w = width(&words, Font::Tag) + 12;
        let at = match place {
            Place::Right => Rect::new(holder.right() + 1, slot.rect.y, w, 19),
            Place::Above(right) => Rect::new(right - w, holder.y - 21, w, 19),
            Place::Below => Rect::new(holder.right() - w, holder.bottom() - 5, w, 19),
            Place::Inside => Rect::new(holder.right() - w - 3, slot.rect.mid_y() - 9, w, 18),
        };
        marks.push(rect(if written { "tag write" } else { "tag read" }, at));
        let class = if written { "tag-text write" } else { "tag-text read" };
        marks.push(text(class, at.mid_x(), at.y + 13, words).anchored(Anchor::Middle));
    }
    marks
}

/// On which side of a thing its tag stands, where nothing else does.
enum Place {
    Right,
    /// Ending at this edge.
    Above(i32),
    Below,
    Inside,
}

/// The thing that a cell is a part of, and where its tag stands.
fn holder(scene: Scene<'_>, cell: CellId, at: Rect) -> (Rect, Place) {
    for section in &scene.places.sections {
        if section.backing == Some(at) {
            return (at, Place::Below);
        }
        if section.flags.iter().any(|it| it.0 == cell) {
            return (at, Place::Below);
        }
        for column in &section.columns {
            if column.fields.iter().any(|it| it.0 == cell) {
                let beside = section.columns.len() == 1;
                let place = if beside && !scene.is_tall() {
                    Place::Right
                } else {
                    Place::Above(if beside {
                        section.band.right() - 2
                    } else {
                        column.page.right()
                    })
                };
                return (column.page, place);
            }
            if let Some(frame) = column.frame.filter(|it| it.contains(at)) {
                return (frame, Place::Above(frame.right()));
            }
        }
    }
    // The first entry has its tag on the head of its table, the others in themselves.
    if scene.places.tables.iter().any(|it| it.entries.first().is_some_and(|it| it.0 == cell)) {
        return (at, Place::Above(at.right()));
    }
    let card = scene.places.cards.iter().find(|it| it.rect.contains(at));
    (card.map_or(at, |it| it.rect), Place::Inside)
}

/// The way of the value that moved.
#[derive(Default)]
struct Trail {
    line: Vec<Mark>,
    chip: Vec<Mark>,
    travel: Option<Travel>,
}

impl Trail {
    fn of(scene: Scene<'_>, last: &Move, lit: &[(&Access, Slot)]) -> Option<Self> {
        let shared = || lit.iter().filter(|it| is_shared(scene, it.0.cell) && !it.0.by_property);
        let written = shared().find(|it| it.0.written && !is_about(scene, it.0.cell, last.actor));
        let (access, slot) = written.or_else(|| shared().find(|it| !it.0.written))?;
        if access.broke || is_about(scene, access.cell, last.actor) {
            return None;
        }
        let actor = home(scene, last.actor)?;
        // The register that got the value: a step may have moved others on the way.
        let value = scene.frame.cells[access.cell.index()].value;
        let destination = lit.iter().rev().filter(|it| !is_shared(scene, it.0.cell));
        let destination = destination.max_by_key(|it| {
            let got = scene.frame.cells[it.0.cell.index()].value;
            i32::from(got == value)
        });
        let mut points = match (access.written, destination) {
            (true, _) => route(scene, actor, *slot),
            (false, Some((_, register))) => {
                drop_down(scene, *slot, *register).unwrap_or_else(|| route(scene, *slot, *register))
            }
            (false, None) => route(scene, *slot, actor),
        };
        let moves = access.written || destination.is_some();
        let path_points = points.clone();
        let head = head("trail-head", &mut points)?;
        let mut trail = Self {
            line: vec![path("trail-band", way(&points)), path("trail-line", way(&points)), head],
            ..Self::default()
        };
        if moves {
            // What was read shows as the register shows it.
            let shown = destination.filter(|_| !access.written).map_or(access.cell, |it| it.0.cell);
            trail.put_chip(scene, shown, &path_points);
        }
        Some(trail)
    }

    /// The value, on the longest stretch of the way.
    fn put_chip(&mut self, scene: Scene<'_>, cell: CellId, points: &[Point]) {
        let words = fit(&scene.value(cell), Font::Tag, 110);
        let w = width(&words, Font::Tag) + 14;
        let length = |pair: &[Point]| (pair[0].0 - pair[1].0).abs() + (pair[0].1 - pair[1].1).abs();
        let room = |pair: &[Point]| {
            let needed = if pair[0].1 == pair[1].1 { w + 16 } else { 32 };
            length(pair) - needed
        };
        let pairs: Vec<&[Point]> = points.windows(2).collect();
        let Some(best) = (0..pairs.len()).max_by_key(|it| room(pairs[*it])) else { return };
        if room(pairs[best]) < 0 {
            return;
        }
        let pair = pairs[best];
        let (x, y) = ((pair[0].0 + pair[1].0) / 2, (pair[0].1 + pair[1].1) / 2);
        let all: i32 = pairs.iter().map(|it| length(it)).sum();
        let until: i32 = pairs.iter().take(best).map(|it| length(it)).sum();
        let rest = (until + length(pair) / 2) * 1000 / all.max(1);
        let relative: Vec<Point> = points.iter().map(|it| (it.0 - x, it.1 - y)).collect();
        self.travel = Some(Travel { path: way(&relative), rest });
        self.chip = vec![
            rect("tag read", Rect::new(x - w / 2, y - 10, w, 20)),
            text("tag-text read", x, y + 4, words).anchored(Anchor::Middle),
        ];
    }
}

fn is_about(scene: Scene<'_>, cell: CellId, actor: ActorId) -> bool {
    scene.stage.cells[cell.index()].about == Some(actor)
}

/// Where an actor stands, as a place that lines come from.
fn home(scene: Scene<'_>, actor: ActorId) -> Option<Slot> {
    if let Some(place) = scene.places.boxes.iter().find(|it| it.actor == actor) {
        let (x, y) = (place.rect.right(), place.rect.y + 14);
        return Some(Slot { rect: place.rect, dock: Dock::Beside(x, y) });
    }
    let card = scene.places.cards.iter().find(|it| it.actor == Some(actor))?;
    let (x, y) = (card.rect.mid_x(), card.rect.y);
    Some(Slot { rect: card.rect, dock: Dock::Along { x, y, street: y - STREET / 2 } })
}

/// From a page-table entry straight down to the first register of the box below it.
fn drop_down(scene: Scene<'_>, from: Slot, to: Slot) -> Option<Vec<Point>> {
    let entry = scene.places.tables.last()?.entries.last()?.0;
    let register = scene.places.boxes.first()?.registers.first()?.cell;
    let is = |cell: CellId, slot: Slot| scene.places.slot(cell) == Some(slot);
    let x = if scene.is_tall() { to.rect.right() - 6 } else { 148 };
    let fits = is(entry, from) && is(register, to) && to.rect.x < x;
    fits.then(|| vec![(x, from.rect.bottom()), (x, to.rect.y)])
}

/// From one place to another through the gutter and the streets.
fn route(scene: Scene<'_>, from: Slot, to: Slot) -> Vec<Point> {
    let (left, right) = scene.places.gutter;
    let gutter = if scene.is_tall() { (left + right) / 2 + 4 } else { right - 16 };
    match (from.dock, to.dock) {
        // Both open to the same street: along it.
        (Dock::Along { x: a, y: top, street }, Dock::Along { x: b, y: end, street: other })
            if street == other =>
        {
            vec![(a, top), (a, street), (b, street), (b, end)]
        }
        // To the next row of cards.
        (Dock::Along { x: a, .. }, Dock::Along { x: b, y: end, street })
            if street == from.rect.bottom() + STREET / 2 =>
        {
            vec![(a, from.rect.bottom()), (a, street), (b, street), (b, end)]
        }
        // Between rows that lie farther apart, or upwards.
        (Dock::Along { x: a, y: top, street }, Dock::Along { x: b, y: end, street: other })
            if is_card(scene, top) && is_card(scene, end) =>
        {
            let x = between_cards(scene);
            vec![(a, top), (a, street), (x, street), (x, other), (b, other), (b, end)]
        }
        // Straight up to something wide above.
        (Dock::Along { x, y, .. }, Dock::Beside(edge, _))
            if edge == to.rect.x && to.rect.x + 8 < x && x < to.rect.right() - 8 =>
        {
            vec![(x, y), (x, to.rect.bottom())]
        }
        (from, to) => {
            let mut points: Vec<Point> = approach(scene, from, gutter).into_iter().rev().collect();
            points.extend(approach(scene, to, gutter));
            points.dedup();
            points
        }
    }
}

/// Whether a row of cards begins at this height.
fn is_card(scene: Scene<'_>, y: i32) -> bool {
    scene.places.cards.iter().any(|it| it.rect.y == y)
}

/// An upright line between two cards of every row.
fn between_cards(scene: Scene<'_>) -> i32 {
    scene.places.cards.first().map_or(0, |it| it.rect.right() + GAP / 2)
}

/// From the gutter to a thing. Lower rows of cards are reached between two cards.
fn approach(scene: Scene<'_>, dock: Dock, gutter: i32) -> Vec<Point> {
    let first = scene.places.cards.first().map(|it| it.rect);
    match (dock, first) {
        (Dock::Along { street, .. }, Some(first)) if street > first.y => {
            let (x, top) = (between_cards(scene), first.y - STREET / 2);
            let mut points = vec![(gutter, top), (x, top)];
            points.extend(dock.from(x));
            points
        }
        _ => dock.from(gutter),
    }
}

/// The box that says what broke.
fn broken(scene: Scene<'_>) -> Vec<Mark> {
    let (Some(Ending::Violated { kind, sentence, .. }), Some(last)) =
        (&scene.frame.ending, &scene.frame.last)
    else {
        return Vec::new();
    };
    let at = scene.places.broken;
    let key = words::key(scene.stage, last.step);
    let room = at.w - 20;
    let lines = if scene.is_tall() { 5 } else { 2 };
    // A sentence is long enough to feel how wide the reader's letters are.
    let lines = wrap(&format!("{key} {sentence}"), Font::Small, room * 15 / 16, lines);
    let used = Rect { h: (28 + 16 * lines.len() as i32).min(at.h), ..at };
    let (x, y) = (at.x + 10, at.y + 6);
    let mut marks = vec![
        rect("burst", used),
        path_at("octagon", (x + 4, y), "h6l4 4v6l-4 4h-6l-4 -4v-6z"),
        path_at("octagon-cross", (x + 4, y + 4), "l6 6m0 -6l-6 6"),
        text("code strong bad", x + 22, y + 11, fit(kind, Font::Code, room - 22)),
    ];
    for (line, number) in lines.into_iter().zip(0..) {
        marks.push(text("small", x, y + 29 + 16 * number, line));
    }
    marks
}
