//! What the signs of a picture mean, and only those that can occur. Imports its siblings, model and view, never a screen.

use super::section::look;
use super::shape::{Anchor, Mark, Rect, path, rect, text};
use crate::model::Shape;
use crate::view::Stage;

/// An entry of the legend.
#[derive(Clone, PartialEq, Debug)]
pub struct Legend {
    /// A sample, 16 units high.
    pub sample: Vec<Mark>,
    /// How wide the sample is.
    pub width: i32,
    /// What it means.
    pub meaning: String,
}

/// The legend of every picture of a stage.
#[must_use]
pub fn legend(stage: &Stage) -> Vec<Legend> {
    let mut all = Vec::new();
    for storage in &stage.storages {
        let section = stage.cells[storage.lifetime.index()].shape == Some(Shape::Section);
        let names = storage.lifetimes.iter().zip(&storage.captions).zip(&storage.occurs);
        for (number, ((name, caption), occurs)) in names.enumerate() {
            if section && *occurs && stage.cells[storage.lifetime.index()].varies {
                all.push(lifetime(name, caption, number));
            }
        }
    }
    if stage.cells.iter().any(|it| it.points_to.is_some()) {
        all.push(Legend {
            sample: vec![path("arrow-line", "M1 8H24"), path("arrow-head", "M23 4L33 8L23 12z")],
            width: 34,
            meaning: "pointer".to_owned(),
        });
        all.push(Legend {
            sample: vec![
                path("stale-line", "M1 8H12l3 -5l5 10l3 -5"),
                path("stale-line far", "M26 8H36"),
                path("stale-cross", "M32 3l9 10m0 -10l-9 10"),
            ],
            width: 42,
            meaning: "stale pointer".to_owned(),
        });
    }
    let tag = |x, class, class_text, words| {
        let label = text(class_text, x + 22, 12, words).anchored(Anchor::Middle);
        [rect(class, Rect::new(x, 0, 44, 16)), label]
    };
    let read = tag(1, "tag read", "tag-text read", "read");
    let write = tag(50, "tag write", "tag-text write", "write");
    all.push(Legend {
        sample: read.into_iter().chain(write).collect(),
        width: 95,
        meaning: "last access".to_owned(),
    });
    all
}

fn lifetime(name: &str, caption: &str, number: usize) -> Legend {
    let at = Rect::new(1, 1, 24, 14);
    let (texture, unmapped) = look(name, number);
    let mut sample = vec![rect(if unmapped { "unmapped" } else { "object" }, at)];
    if texture.is_some() {
        sample.push(Mark::Rect { class: "texture", rect: at, texture });
    }
    Legend { sample, width: 26, meaning: caption.to_owned() }
}
