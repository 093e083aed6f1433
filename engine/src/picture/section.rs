//! Draws sections: flags, page frames, the memmap with its texture, struct pages and folios. Imports its siblings, ids, model and view, never a screen.

use super::Scene;
use super::place::{ColumnPlace, SectionPlace};
use super::shape::{Anchor, Group, Mark, Rect, Span, Texture, path, rect, spans, text, way};
use super::text::{Font, fit, width};
use crate::ids::{CellId, StorageId};
use crate::model::Shape;
use crate::picture::Layout;

pub(super) fn draw(scene: Scene<'_>, groups: &mut Vec<Group>) {
    for (number, place) in scene.places.sections.iter().enumerate() {
        outline(scene, place, number, groups);
        frames(scene, place, groups);
        memmap(scene, place, number, groups);
        for column in &place.columns {
            struct_page(scene, place, column, groups);
        }
        folios(scene, place, number, groups);
        backing(scene, place, groups);
        ghosts(scene, place, number, groups);
        between(scene, place, number, groups);
    }
}

fn outline(scene: Scene<'_>, place: &SectionPlace, number: usize, groups: &mut Vec<Group>) {
    let mut marks = vec![rect("region", place.rect)];
    let title = if place.storage.is_some() { "section" } else { "pages" };
    marks.push(text("strong", place.rect.x + 12, place.rect.y + 23, title));
    groups.push(Group::new(format!("section-{number}"), "section", marks));
    for &(cell, at) in &place.flags {
        let of = &scene.stage.cells[cell.index()];
        let off = scene.frame.cells[cell.index()].value == 0;
        let class = if off { "flag off" } else { "flag" };
        let margin = if scene.places.layout == Layout::Wide { 8 } else { 5 };
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
        let short = scene.places.layout == Layout::Tall || frame.w < 110;
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
        let fits = width(&caption, Font::Small) <= frame.w - 14;
        let caption = if fits || mapped.is_none() { caption } else { "mapped".to_owned() };
        let mut marks = vec![
            rect("object", frame),
            text("strong", frame.x + 10, frame.y + 23, format!("{title} {}", column.index)),
            text("small", frame.x + 10, frame.y + 42, fit(&caption, Font::Small, frame.w - 14)),
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
        groups.push(Group::new(format!("memmap-{number}"), "memmap", vec![heading]));
        return;
    };
    let life = Life::of(scene, storage);
    groups.push(life.group(format!("memmap-{number}"), place.band, "ground"));
    let of = &scene.stage.storages[storage.index()];
    let told = match life.since {
        None => life.name.clone(),
        Some(since) => format!("{} since {}", life.name, scene.key_at(since)),
    };
    let wide = scene.places.layout == Layout::Wide;
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
    groups.push(Group::new(format!("caption-{number}"), "haloed", marks));
}

/// What is to be said of a storage's lifetime.
struct Life {
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
    fn of(scene: Scene<'_>, storage: StorageId) -> Self {
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
    fn group(&self, key: String, at: Rect, class: &'static str) -> Group {
        Group { momentary: self.new, ..Group::new(key, "surface", self.surface(at, class)) }
    }

    fn surface(&self, at: Rect, class: &'static str) -> Vec<Mark> {
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

fn struct_page(
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
    let title =
        fit(&format!("{} {}", column.title, column.index), Font::Strong, column.page.w - 12);
    let title = text("strong", column.page.x + 10, column.page.y + 19, title).about("struct page");
    groups.push(Group::new(key, "haloed", vec![title]));
    for &(cell, at) in &column.fields {
        groups.push(cell_group(scene, cell, "cell haloed", field(scene, cell, at, 8)));
    }
}

/// A row with name and value.
pub(super) fn field(scene: Scene<'_>, cell: CellId, at: Rect, margin: i32) -> Vec<Mark> {
    let of = &scene.stage.cells[cell.index()];
    let baseline = at.y + 14;
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
fn folios(scene: Scene<'_>, place: &SectionPlace, number: usize, groups: &mut Vec<Group>) {
    let Some(y) = place.folios else { return };
    let mut marks = Vec::new();
    let head = |column: &ColumnPlace| {
        let mut heads = column.fields.iter().filter_map(|(cell, _)| {
            let of = &scene.stage.cells[cell.index()];
            let is_head = of.points_to == Some(Shape::StructPage);
            is_head.then(|| scene.frame.cells[cell.index()].value)
        });
        heads.next_back()
    };
    // Side by side in the first row; below that there is no room to hang one.
    let row = |it: &&ColumnPlace| Some(it.page.y) == place.columns.first().map(|it| it.page.y);
    let columns: Vec<&ColumnPlace> = place.columns.iter().filter(row).collect();
    let mut rest = columns.as_slice();
    while let Some(first) = rest.first() {
        let of = head(first);
        let len = rest.iter().take_while(|it| head(it) == of).count().max(1);
        let (folio, others) = rest.split_at(len);
        rest = others;
        let (Some(of), Some(last)) = (of, folio.last()) else { continue };
        let Some(owner) = columns.iter().find(|it| it.index == of) else { continue };
        let (left, right) = (first.page.x + 1, last.page.right() - 1);
        marks.push(path("bracket", way(&[(left, y), (left, y + 6), (right, y + 6), (right, y)])));
        let room = rest.first().map_or(place.band.right() - 8, |it| it.page.x - 6) - left;
        marks.extend(sentence(scene, owner, folio.len(), (left, y + 23), room));
    }
    groups.push(Group::new(format!("folios-{number}"), "haloed", marks));
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
    if bold + width(&whole, Font::Small) <= room {
        let words = vec![one_line, Span::new("small", whole)];
        return vec![spans("", x, y, words).about("folio")];
    }
    let mut state = state;
    let first = state.next().map(words).unwrap_or_default();
    let first = fit(&first, Font::Small, room - bold);
    let mut marks = vec![spans("", x, y, vec![one_line, Span::new("small", first)]).about("folio")];
    if scene.places.layout == Layout::Tall {
        let rest: Vec<String> = state.map(|it| words(it) + &since(it)).collect();
        let rest = rest.join(" · ");
        marks.push(text("small", x, y + 16, fit(&rest, Font::Small, room)));
    }
    marks
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
    let marks = if scene.places.layout == Layout::Wide {
        let words = vec![Span::new("strong", format!("{title} ")), Span::new("small", caption)];
        vec![spans("", x, at.mid_y() + 4, words)]
    } else {
        vec![
            text("strong", x - 2, at.y + 18, title),
            text("small", x - 2, at.y + 35, fit(&caption, Font::Small, at.w - 12)),
        ]
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
    groups.push(Group::new(format!("ghosts-{number}"), "ghosts haloed", marks));
}

/// The line between a page frame and its struct page: arithmetic.
fn between(scene: Scene<'_>, place: &SectionPlace, number: usize, groups: &mut Vec<Group>) {
    let mut marks = Vec::new();
    for (column, is_first) in
        place.columns.iter().zip(std::iter::once(true).chain(std::iter::repeat(false)))
    {
        let Some(frame) = column.frame else { continue };
        let (x, top, bottom) = (column.page.mid_x(), frame.bottom() + 3, column.page.y - 3);
        marks.push(path("thin", way(&[(x, top), (x, bottom)])));
        marks.push(path("thin-head", format!("M{x} {top}l4 9h-8zM{x} {bottom}l4 -9h-8z")));
        if !is_first {
            continue;
        }
        if scene.places.layout == Layout::Wide {
            marks.push(text("code", x + 14, frame.bottom() + 30, "vmemmap + pfn").about("vmemmap"));
            marks.push(text("small", x + 14, frame.bottom() + 47, "arithmetic, asks no flag"));
        } else {
            marks.push(text("code", x + 10, frame.bottom() + 26, "vmemmap").about("vmemmap"));
            marks.push(text("code", x + 10, frame.bottom() + 42, "+ pfn"));
        }
    }
    groups.push(Group::new(format!("between-{number}"), "between", marks));
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
