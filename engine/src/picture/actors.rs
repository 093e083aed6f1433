//! Draws actors with their registers and what protects them, and the cards of everything else. Imports its siblings, ids and view, never a screen.

use super::page::{cell_group, value};
use super::place::{BoxPlace, CardPlace, RegisterPlace, context_title, title_font};
use super::shape::{Anchor, Group, Mark, Rect, path_at, rect, text};
use super::text::{Font, fit, width};
use super::{Scene, words};
use crate::ids::{ActorId, CellId};

pub(super) fn draw(scene: Scene<'_>, groups: &mut Vec<Group>) {
    for place in &scene.places.boxes {
        actor(scene, place, groups);
    }
    for (number, place) in scene.places.cards.iter().enumerate() {
        card(scene, place, number, groups);
    }
}

fn actor(scene: Scene<'_>, place: &BoxPlace, groups: &mut Vec<Group>) {
    let at = place.rect;
    let hue = words::hue(scene.stage, place.actor);
    let status = scene.status(place.actor);
    let mut marks = vec![rect("actor-box", at), glyph(hue, at.x + 10, at.y + 10)];
    let name = words::actor(scene.stage, place.actor);
    if !scene.is_tall() {
        let room = at.w - 50 - width(&status, Font::Small);
        marks.push(text("actor-name", at.x + 28, at.y + 21, fit(&name, Font::Strong, room)));
        let status = text("small", at.right() - 10, at.y + 21, status);
        marks.push(status.anchored(Anchor::End));
    } else {
        let room = at.w - 34;
        let lane = words::lane(scene.stage, place.actor);
        let name =
            lane.filter(|_| width(&name, Font::Strong) > room).map_or(name, |it| it.name.clone());
        let name = fit(&name, Font::Strong, room);
        marks.push(text("actor-name", at.x + 28, at.y + 20, name));
        marks.push(text("small", at.x + 9, at.y + 38, fit(&status, Font::Small, at.w - 16)));
    }
    let key = format!("actor-{}", place.actor.0);
    groups.push(Group::new(key, format!("actor {hue}"), marks));
    for register in &place.registers {
        let marks = self::register(scene, register);
        groups.push(cell_group(scene, register.cell, "cell", marks));
    }
    for &(cell, at) in &place.context {
        groups.push(cell_group(scene, cell, "cell", context(scene, cell, at)));
    }
}

fn register(scene: Scene<'_>, place: &RegisterPlace) -> Vec<Mark> {
    let of = &scene.stage.cells[place.cell.index()];
    let now = &scene.frame.cells[place.cell.index()];
    let wide = !scene.is_tall();
    let field = place.field;
    let title = fit(&of.title, Font::Code, field.x - place.label - 4);
    let margin = if wide { 10 } else { 6 };
    let mut marks = vec![
        text("code", place.label, field.mid_y() + 4, title),
        rect(if now.undefined { "box undefined" } else { "box" }, field),
    ];
    value(scene, place.cell, field.x + margin, field.mid_y() + 4, field.w - margin, &mut marks);
    let stale = now.pointer.as_ref().and_then(|it| it.stale.as_ref());
    let note = match (stale, now.set_at) {
        (Some(stale), _) => Some(("small bad", scene.stale(stale))),
        (None, Some(number)) if !now.undefined && wide => {
            Some(("small", format!("at {}", scene.key_at(number))))
        }
        _ => None,
    };
    if let Some((class, note)) = note {
        let x = if wide { field.right() - 8 } else { place.note.right() };
        let y = if wide { field.mid_y() + 4 } else { place.note.y + 12 };
        let room = if wide {
            field.w - margin - 14 - width(&scene.value(place.cell), Font::Code)
        } else {
            place.note.w
        };
        let note = text(class, x, y, fit(&note, Font::Small, room));
        marks.push(note.anchored(Anchor::End));
    }
    marks
}

/// What protects an actor: `irq off since W1`.
fn context(scene: Scene<'_>, cell: CellId, at: Rect) -> Vec<Mark> {
    let now = &scene.frame.cells[cell.index()];
    let words = scene.value(cell);
    let words = match now.set_at {
        Some(number) => format!("{words} since {}", scene.key_at(number)),
        None => format!("{}: {words}", context_title(scene.stage, cell)),
    };
    let line = fit(&words, Font::Small, at.w - 12);
    vec![text("small", at.x + 6, at.y + 14, line)]
}

fn card(scene: Scene<'_>, place: &CardPlace, number: usize, groups: &mut Vec<Group>) {
    let at = place.rect;
    let mut marks = vec![rect("box", at)];
    let mut class = "card".to_owned();
    match place.actor {
        Some(actor) => {
            let hue = words::hue(scene.stage, actor);
            marks.push(glyph(hue, at.x + 10, at.y + 8));
            let title = fit(&place.title, Font::Strong, at.w - 36);
            marks.push(text("actor-name", at.x + 28, at.y + 19, title));
            class = format!("card {hue}");
        }
        None => {
            let font = title_font(place);
            let class = if font == Font::Code { "code strong" } else { "strong" };
            let title = fit(&place.title, font, at.w - 20);
            marks.push(text(class, at.x + 10, at.y + 18, title));
        }
    }
    if let (Some(actor), Some(line)) = (place.actor, place.status) {
        let status = fit(&told(scene, actor), Font::Small, line.w - 12);
        marks.push(text("small", line.x + 6, line.y + 13, status));
    }
    groups.push(Group::new(format!("card-{number}"), class, marks));
    for (title, cell, at) in &place.rows {
        groups.push(cell_group(scene, *cell, "cell", row(scene, title, *cell, *at)));
    }
}

/// An actor's state; for whom it waits, too.
fn told(scene: Scene<'_>, actor: ActorId) -> String {
    use crate::view::ActorState;
    let status = scene.status(actor);
    let state = scene.frame.actors.get(actor.index()).map(|it| &it.state);
    let Some(ActorState::Waits { whom, .. }) = state else { return status };
    let names = whom.iter().filter_map(|it| words::lane(scene.stage, *it));
    let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
    if names.is_empty() { status } else { format!("{status} for {}", names.join(", ")) }
}

fn row(scene: Scene<'_>, title: &str, cell: CellId, at: Rect) -> Vec<Mark> {
    let mut marks = Vec::new();
    if scene.broke_at(cell) {
        marks.push(rect("broken-field", at));
    }
    let mut x = at.x + 6;
    if !title.is_empty() {
        marks.push(text("small", x, at.y + 13, fit(title, Font::Small, at.w / 2)));
        x += width(title, Font::Small).min(at.w / 2) + 8;
    }
    value(scene, cell, x, at.y + 13, at.right() - 4 - x, &mut marks);
    marks
}

/// The shape of an actor, beside its hue: 12 units square, from its left top corner.
pub(crate) fn glyph(hue: &str, x: i32, y: i32) -> Mark {
    let (start, d) = match hue {
        "actor-0" => ((x, y + 6), "a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z"),
        "actor-1" => ((x + 1, y + 1), "h10v10h-10z"),
        "actor-2" => ((x + 6, y), "l6 6l-6 6l-6 -6z"),
        _ => ((x + 6, y), "l6 11h-12z"),
    };
    path_at("glyph", start, d)
}
