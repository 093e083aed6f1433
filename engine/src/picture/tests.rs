//! Laws of every picture, over the library's races and some that draw nothing: nothing overlaps, nothing moves, everything is there once.

use std::collections::BTreeMap;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::text::{Font, width};
use super::{Anchor, Group, Layout, Mark, Picture, Places, Rect, draw};
use crate::ids::{ActorId, CellId};
use crate::library;
use crate::model::Model;
use crate::race::{Race, Settings};
use crate::schedule::{Schedule, Turn};
use crate::trace::{Standing, Trace};
use crate::view::{Frame, Stage};

const GENERAL: [&str; 3] = [
    include_str!("tests/many.race"),
    include_str!("../../tests/races/peterson.race"),
    include_str!("../../tests/races/philosophers.race"),
];

/// Every preset of every race, and every value of every knob alone.
fn models() -> Vec<(String, Model)> {
    let mut models = Vec::new();
    for text in library::races().iter().map(|it| it.text).chain(GENERAL) {
        let race = Race::load(text).unwrap_or_else(|_| panic!("a race that loads"));
        let mut all: Vec<Settings> = vec![race.settings()];
        all.extend(race.presets.iter().map(|it| race.preset(it)));
        for knob in &race.knobs {
            for value in &knob.values {
                let mut settings = race.settings();
                settings.set(&race, &knob.name, &value.name).expect("its own value");
                all.push(settings);
            }
        }
        for (number, settings) in all.iter().enumerate() {
            let model = race.compile(settings).unwrap_or_else(|_| panic!("a race that compiles"));
            models.push((format!("{} {number}", race.id), model));
        }
    }
    models
}

/// A run that takes every fork by a fixed sequence of numbers.
fn wander(model: &Model, mut seed: u32) -> Trace {
    let mut schedule = Schedule::default();
    loop {
        let trace = Trace::replay(model, &schedule);
        let ready: Vec<Turn> = (0..)
            .zip(&trace.last().actors)
            .filter_map(|(id, standing)| match standing {
                Standing::CanMove { outcomes, .. } => Some((ActorId(id), outcomes.clone())),
                _ => None,
            })
            .flat_map(|(actor, outcomes)| {
                outcomes.into_iter().map(move |outcome| Turn { actor, outcome })
            })
            .collect();
        if ready.is_empty() || schedule.0.len() >= 40 {
            return trace;
        }
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        schedule.0.push(ready[(seed >> 16) as usize % ready.len()]);
    }
}

/// Runs `check` on the pictures of each run, in the order of its frames.
fn each_run(check: impl Fn(&str, &Stage, &Places, &[Picture])) {
    for (name, model) in models() {
        let stage = Stage::of(&model);
        for layout in [Layout::Wide, Layout::Middle, Layout::Tall] {
            let places = Places::of(&stage, layout);
            for seed in 0..6 {
                let trace = wander(&model, seed);
                let frames = 0..=trace.steps.len();
                let pictures: Vec<Picture> = frames
                    .map(|at| draw(&stage, &Frame::at(&model, &trace, at), &places))
                    .collect();
                check(&format!("{name} {layout:?} {seed}"), &stage, &places, &pictures);
            }
        }
    }
}

fn is_solid(class: &str) -> bool {
    ["box", "object", "region", "actor-box", "ground", "unmapped", "flag"]
        .iter()
        .any(|it| class.split(' ').any(|class| class == *it))
}

#[test]
fn things_are_apart_or_one_inside_the_other() {
    each_run(|name, _, _, pictures| {
        let last = pictures.last().expect("a run has a first frame");
        let solid: Vec<Rect> = last
            .groups
            .iter()
            .flat_map(|it| &it.marks)
            .filter_map(|it| match it {
                Mark::Rect { class, rect, texture: None } if is_solid(class) => Some(*rect),
                _ => None,
            })
            .collect();
        let stacked = |a: &Rect, b: &Rect| a.w == b.w && a.h == b.h;
        for (number, a) in solid.iter().enumerate() {
            for b in &solid[number + 1..] {
                // Levels of page tables lie on each other like cards.
                let apart = !a.overlaps(*b) || a.contains(*b) || b.contains(*a) || stacked(a, b);
                assert!(apart, "{name}: {a:?} and {b:?}");
            }
        }
    });
}

#[test]
fn text_stays_inside_and_clear_of_other_text() {
    each_run(|name, _, _, pictures| {
        for picture in pictures {
            let paper = Rect::new(0, 0, picture.width, picture.height);
            let texts: Vec<(String, Rect)> =
                picture.groups.iter().filter(|it| !is_light(it)).flat_map(texts).collect();
            for (number, (text, a)) in texts.iter().enumerate() {
                assert!(paper.contains(*a), "{name}: {text:?} at {a:?} leaves the paper");
                for (other, b) in &texts[number + 1..] {
                    assert!(!a.overlaps(*b), "{name}: {text:?} {a:?} lies on {other:?} {b:?}");
                }
            }
        }
    });
}

/// Tags and chips lie over the picture on purpose.
fn is_light(group: &Group) -> bool {
    ["tags", "chip"].contains(&group.key.as_str())
}

/// The texts of a group and the room they take, between baseline and the height of an `x`.
fn texts(group: &Group) -> Vec<(String, Rect)> {
    group
        .marks
        .iter()
        .filter_map(|mark| {
            let Mark::Text { class, x, y, anchor, spans, .. } = mark else { return None };
            if class.contains("was") {
                return None;
            }
            let text: String = spans.iter().map(|it| it.text.as_str()).collect();
            let w = spans.iter().map(|it| width(&it.text, font(class, it.class))).sum::<i32>();
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - w / 2,
                Anchor::End => x - w,
            };
            (w > 0).then(|| (text, Rect::new(left, y - 7, w, 7)))
        })
        .collect()
}

fn font(of: &str, part: &str) -> Font {
    let has = |class: &str| of.split(' ').chain(part.split(' ')).any(|it| it == class);
    match () {
        () if has("code") => Font::Code,
        () if has("small") && !has("strong") => Font::Small,
        () => Font::Strong,
    }
}

#[test]
fn what_can_change_and_has_a_drawing_is_drawn_once() {
    each_run(|name, stage, places, pictures| {
        let draws_nothing = stage.cells.iter().all(|it| it.shape.is_none());
        for (number, cell) in stage.cells.iter().enumerate() {
            if !cell.varies || cell.is_position || cell.shape.is_none() && !draws_nothing {
                continue;
            }
            let id = CellId(number as u16);
            assert!(places.cell(id).is_some(), "{name}: {} has no place", cell.name);
            let key = format!("cell-{number}");
            for picture in pictures {
                let times = picture.groups.iter().filter(|it| it.key == key).count();
                assert_eq!(times, 1, "{name}: {}", cell.name);
            }
        }
        let taken: Vec<Rect> =
            (0..stage.cells.len()).filter_map(|it| places.cell(CellId(it as u16))).collect();
        for (number, a) in taken.iter().enumerate() {
            for b in &taken[number + 1..] {
                assert!(!a.overlaps(*b), "{name}: two cells at {a:?} and {b:?}");
            }
        }
    });
}

#[test]
fn nothing_moves_during_a_run() {
    each_run(|name, _, _, pictures| {
        let keys = |picture: &Picture| -> Vec<String> {
            picture.groups.iter().map(|it| it.key.clone()).collect()
        };
        // Where the first rectangle of each thing stands.
        let places = |picture: &Picture| -> BTreeMap<String, Rect> {
            let first = |group: &Group| {
                group.marks.iter().find_map(|it| match it {
                    Mark::Rect { class, rect, .. } if is_solid(class) => Some(*rect),
                    _ => None,
                })
            };
            let groups = picture.groups.iter();
            groups.filter_map(|it| Some((it.key.clone(), first(it)?))).collect()
        };
        for pair in pictures.windows(2) {
            assert_eq!(keys(&pair[0]), keys(&pair[1]), "{name}");
            assert_eq!(places(&pair[0]), places(&pair[1]), "{name}");
        }
        let mut sorted = keys(&pictures[0]);
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), pictures[0].groups.len(), "{name}: keys are unique");
    });
}
