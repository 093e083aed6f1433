//! Draws sections: flags, page frames, and the memmap with its texture. Imports its siblings, ids, model and view, never a screen.

use super::Scene;
use super::page::{self, cell_group, cell_key, field};
use super::place::{ColumnPlace, SectionPlace};
use super::shape::{Anchor, Group, Mark, Rect, Span, Texture, path, rect, spans, text, way};
use super::text::{Font, fit, width};
use crate::ids::StorageId;
use crate::model::Shape;

pub(super) fn draw(scene: Scene<'_>, groups: &mut Vec<Group>) {
    for (number, place) in scene.places.sections.iter().enumerate() {
        outline(scene, place, number, groups);
        frames(scene, place, groups);
        memmap(scene, place, number, groups);
        for column in &place.columns {
            page::draw(scene, place, column, groups);
        }
        page::folios(scene, place, number, groups);
        backing(scene, place, groups);
        ghosts(scene, place, number, groups);
        between(place, number, groups);
    }
}

fn outline(scene: Scene<'_>, place: &SectionPlace, number: usize, groups: &mut Vec<Group>) {
    let mut marks = vec![rect("region", place.rect)];
    let title = if place.storage.is_some() { "section" } else { "pages" };
    marks.push(text("strong", place.rect.x + 12, place.rect.y + 23, title));
    groups.push(Group::numbered("section", number, "section", marks));
    for &(cell, at) in &place.flags {
        let of = &scene.stage.cells[cell.index()];
        let off = scene.frame.cells[cell.index()].value == 0;
        let class = if off { "flag off" } else { "flag" };
        let margin = if scene.is_tall() { 5 } else { 8 };
        let marks = vec![
            rect(class, at),
            spans(
                "code",
                at.x + margin,
                at.mid_y() + 4,
                vec![Span::new("", format!("{} ", of.title)), Span::new("", scene.value(cell))],
            ),
        ];
        groups.push(cell_group(scene, cell, "cell", marks));
    }
}

fn frames(scene: Scene<'_>, place: &SectionPlace, groups: &mut Vec<Group>) {
    if let (Some(y), Some(first)) = (place.frames, place.columns.first()) {
        let heading = text("small", first.page.x, y, "page frames").about("pfn");
        groups.push(Group::new(format!("frames-{}", first.index), "heading", vec![heading]));
    }
    for column in &place.columns {
        let Some(frame) = column.frame else { continue };
        let short = scene.is_tall() || frame.w < 110;
        let margin = if frame.w < 80 { 6 } else { 10 };
        let title = if short { "frame" } else { "page frame" };
        let mapped = scene.stage.cells.iter().zip(&scene.frame.cells).find(|(of, now)| {
            let here =
                |it: &crate::view::Pointer| it.shape == Shape::Frame && it.index == column.index;
            of.shape == Some(Shape::TableEntry) && now.pointer.as_ref().is_some_and(here)
        });
        let caption = match mapped {
            Some((of, _)) => format!("mapped by {}", of.title),
            None => "not mapped".to_owned(),
        };
        let fits = width(&caption, Font::Small) <= frame.w - margin - 14;
        let caption = if fits || mapped.is_none() { caption } else { "mapped".to_owned() };
        let mut marks = vec![
            rect("object", frame),
            text(
                "strong",
                frame.x + margin,
                frame.y + 23,
                fit(&format!("{title} {}", column.index), Font::Strong, frame.w - margin - 2),
            ),
            text(
                "small",
                frame.x + margin,
                frame.y + 42,
                fit(&caption, Font::Small, frame.w - margin - 2),
            ),
        ];
        for &(cell, at) in &column.content {
            marks.extend(field(scene, cell, at, 8));
        }
        groups.push(Group::new(format!("frame-{}", column.index), "frame", marks));
    }
}

/// The band in which the struct pages lie, with the texture of its lifetime.
fn memmap(scene: Scene<'_>, place: &SectionPlace, number: usize, groups: &mut Vec<Group>) {
    let Some(storage) = place.storage else {
        let heading =
            text("small", place.band.x, place.caption, "struct pages").about("struct page");
        groups.push(Group::numbered("memmap", number, "memmap", vec![heading]));
        return;
    };
    let life = Life::of(scene, storage);
    groups.push(life.group(format!("memmap-{number}"), place.band, "ground"));
    let of = &scene.stage.storages[storage.index()];
    let told = match life.since {
        None => life.name.clone(),
        Some(since) => format!("{} since {}", life.name, scene.key_at(since)),
    };
    let wide = !scene.is_tall();
    // Right of the line from the page frames, where there is room.
    let line = place.columns.first().filter(|it| wide && it.frame.is_some());
    let x = line.map_or(place.band.x + 8, |it| it.page.mid_x() + 14);
    let marks = if wide {
        let words = vec![Span::new("", format!("{} · ", of.name)), Span::new("strong", told)];
        vec![spans("small", x, place.caption, words).about("memmap")]
    } else {
        let told = spans("small", x, place.caption + 15, vec![Span::new("strong", told)]);
        vec![text("small", x, place.caption, of.name.as_str()).about("memmap"), told]
    };
    groups.push(Group::numbered("caption", number, "haloed", marks));
}

/// What is to be said of a storage's lifetime.
pub(super) struct Life {
    /// Its name in the race.
    name: String,
    caption: String,
    since: Option<usize>,
    texture: Option<Texture>,
    unmapped: bool,
    /// Whether the last step brought it about.
    new: bool,
}

impl Life {
    pub(super) fn of(scene: Scene<'_>, storage: StorageId) -> Self {
        let of = &scene.stage.storages[storage.index()];
        let now = &scene.frame.cells[of.lifetime.index()];
        let number = of.lifetimes.iter().position(|it| *it == now.text);
        let caption = number.and_then(|it| of.captions.get(it)).unwrap_or(&now.text).clone();
        let (texture, unmapped) = look(&now.text, number.unwrap_or(0));
        Self {
            name: now.text.clone(),
            caption,
            since: now.set_at,
            texture,
            unmapped,
            new: now.before.is_some(),
        }
    }

    /// A rectangle of this memory; a new one when its lifetime has just changed.
    pub(super) fn group(&self, key: String, at: Rect, class: &'static str) -> Group {
        Group { momentary: self.new, ..Group::new(key, "surface", self.surface(at, class)) }
    }

    /// What such a rectangle consists of.
    pub(super) fn surface(&self, at: Rect, class: &'static str) -> Vec<Mark> {
        let class = match (self.unmapped, self.texture, class) {
            (true, _, _) => "unmapped",
            (false, Some(_), "ground") => "ground dead",
            _ => class,
        };
        let mut marks = vec![rect(class, at)];
        if self.texture.is_some() {
            let class = if self.new { "texture new" } else { "texture" };
            marks.push(Mark::Rect { class, rect: at, texture: self.texture });
        }
        marks
    }
}

/// How a lifetime looks: its texture, and whether nothing is there at all. The first one is healthy;
/// a name without a look of its own looks freed.
pub(super) fn look(name: &str, number: usize) -> (Option<Texture>, bool) {
    match name {
        _ if number == 0 => (None, false),
        "poisoned" => (Some(Texture::Poisoned), false),
        "reused" => (Some(Texture::Reused), false),
        "unmapped" => (None, true),
        _ => (Some(Texture::Freed), false),
    }
}

/// The memory that the memmap itself lies in: what is given back when it is freed.
fn backing(scene: Scene<'_>, place: &SectionPlace, groups: &mut Vec<Group>) {
    let (Some(at), Some(storage)) = (place.backing, place.storage) else { return };
    let cell = scene.stage.storages[storage.index()].lifetime;
    let life = Life::of(scene, storage);
    let key = cell_key(cell);
    groups.push(life.group(format!("{key}-surface"), at, "object"));
    let (x, title) = (at.x + 10, "backing page");
    let caption = if life.since.is_none() { "in use, mapped".to_owned() } else { life.caption };
    let marks = if scene.is_tall() {
        vec![
            text("strong", x - 2, at.y + 18, title),
            text("small", x - 2, at.y + 35, fit(&caption, Font::Small, at.w - 12)),
        ]
    } else {
        let words = vec![Span::new("strong", format!("{title} ")), Span::new("small", caption)];
        vec![spans("", x, at.mid_y() + 4, words)]
    };
    groups.push(Group::new(key, "haloed", marks));
}

/// Pages that are not modelled: fainter than anything real.
fn ghosts(scene: Scene<'_>, place: &SectionPlace, number: usize, groups: &mut Vec<Group>) {
    let mut marks = Vec::new();
    let frame = place.columns.first().and_then(|it| it.frame);
    let live = place.storage.is_none_or(|it| !Life::of(scene, it).unmapped);
    for &(index, at) in &place.ghosts {
        let mut outline = |at: Rect| {
            marks.push(rect("ghost", at));
            let text = text("code unset", at.mid_x(), at.bottom() - 10, index.to_string());
            marks.push(text.anchored(Anchor::Middle));
        };
        if let Some(frame) = frame {
            outline(Rect { y: frame.y, h: frame.h, ..at });
        }
        if live {
            outline(at);
        }
    }
    groups.push(Group::numbered("ghosts", number, "ghosts haloed", marks));
}

/// The line between a page frame and its struct page: arithmetic.
fn between(place: &SectionPlace, number: usize, groups: &mut Vec<Group>) {
    let mut marks = Vec::new();
    let frames: Vec<(&ColumnPlace, Rect)> =
        place.columns.iter().filter_map(|it| Some((it, it.frame?))).collect();
    let in_one_row = frames.iter().all(|it| it.0.page.y == frames[0].0.page.y);
    let lowest = frames.iter().map(|it| it.1.bottom()).max().unwrap_or(0);
    // Where pages stand in several rows, one line stands for all.
    let lines = frames.iter().take(if in_one_row { frames.len() } else { 1 });
    for (column, _) in lines {
        let (x, top) = (column.page.mid_x(), lowest + 3);
        let bottom = if in_one_row { column.page.y } else { place.band.y } - 3;
        marks.push(path("thin", way(&[(x, top), (x, bottom)])));
        marks.push(path("thin-head", format!("M{x} {top}l4 9h-8zM{x} {bottom}l4 -9h-8z")));
    }
    if let Some((first, _)) = frames.first() {
        let room =
            frames.get(1).filter(|_| in_one_row).map_or(place.rect.right(), |it| it.0.page.mid_x());
        let x = first.page.mid_x() + 10;
        if room - x > width("arithmetic, asks no flag", Font::Small) {
            marks.push(text("code", x + 4, lowest + 30, "vmemmap + pfn").about("vmemmap"));
            marks.push(text("small", x + 4, lowest + 47, "arithmetic, asks no flag"));
        } else {
            marks.push(text("code", x, lowest + 26, "vmemmap").about("vmemmap"));
            marks.push(text("code", x, lowest + 42, "+ pfn"));
        }
    }
    groups.push(Group::numbered("between", number, "between", marks));
}
