//! What stands around a picture in a figure: whose run it is, which step was taken and what it did, what the signs mean. Imports the picture, view and what other exports say; writes no SVG.

use super::words::{LINE, Sentence};
use crate::export::{headline, reason, table};
use crate::model::Model;
use crate::picture::{self, Layout, Legend, Mark, Picture, Places, Rect, Span};
use crate::race::{Race, Settings};
use crate::trace::Trace;
use crate::view::{Ending, Frame, Stage};

/// Around everything.
pub(super) const MARGIN: i32 = 12;

/// A run, ready to be drawn.
pub(super) struct Figure<'a> {
    pub(super) race: &'a Race,
    pub(super) settings: &'a Settings,
    pub(super) model: &'a Model,
    pub(super) trace: &'a Trace,
    stage: Stage,
    places: Places,
}

/// Marks with the classes of their group.
pub(super) struct Part {
    pub(super) class: String,
    pub(super) marks: Vec<Mark>,
    pub(super) height: i32,
}

/// A frame with what is said of it.
pub(super) struct Told {
    pub(super) caption: Part,
    pub(super) picture: Picture,
}

impl<'a> Figure<'a> {
    pub(super) fn new(
        race: &'a Race,
        settings: &'a Settings,
        model: &'a Model,
        trace: &'a Trace,
    ) -> Self {
        let stage = Stage::of(model);
        let places = Places::of(&stage, Layout::Middle);
        Self { race, settings, model, trace, stage, places }
    }

    /// Width of the whole figure.
    pub(super) fn width(&self) -> i32 {
        self.places.width() + 2 * MARGIN
    }

    /// Its title, and what is needed to repeat the run.
    pub(super) fn head(&self) -> Part {
        let mut title = Sentence::default();
        title.add("", &self.race.title);
        let (mut marks, lines) = title.lines("strong", 0, 14, self.places.width());
        let mut run = Sentence::default();
        run.add("", &headline(self.race, self.settings));
        let y = 14 + lines * LINE;
        let (more, more_lines) = run.lines("code faint", 0, y, self.places.width());
        marks.extend(more);
        Part { class: String::new(), marks, height: (lines + more_lines) * LINE + 4 }
    }

    /// A position of the schedule.
    pub(super) fn told(&self, at: usize) -> Told {
        let frame = Frame::at(self.model, self.trace, at);
        let picture = picture::draw(&self.stage, &frame, &self.places);
        Told { caption: self.caption(&frame), picture }
    }

    /// Which step this is: `step 13 of 13`.
    pub(super) fn position(&self, at: usize) -> String {
        let steps = self.trace.steps.len();
        let at = at.min(steps);
        if at == 0 { format!("start of {steps} steps") } else { format!("step {at} of {steps}") }
    }

    /// The step just taken, its sentence, and who waits where nobody can go on.
    fn caption(&self, frame: &Frame) -> Part {
        let room = self.places.width();
        let mut first = Sentence::default();
        let mut marks = Vec::new();
        let mut class = String::new();
        let mut indent = 0;
        let mut sentence = Sentence::default();
        match &frame.last {
            None => {
                first.add("strong", "Start");
                first.word("small", &format!("of {} steps", self.trace.steps.len()));
                sentence.add("", "Nobody has moved yet.");
            }
            Some(last) => {
                class = picture::words::hue(&self.stage, last.actor).to_owned();
                marks.push(picture::glyph(&class, 0, 3));
                indent = 18;
                let key = picture::words::key(&self.stage, last.step);
                let label = table::label(self.model, self.trace, last.number - 1);
                first.word("actor-name", &picture::words::actor(&self.stage, last.actor));
                first.word("code strong", key);
                first.word("code", &label);
                let of = self.trace.steps.len();
                first.word("small", &format!("step {} of {of}", last.number));
                last.narration.iter().for_each(|it| sentence.prose(it));
            }
        }
        let (lines, first) = first.lines("", indent, 14, room - indent);
        marks.extend(lines);
        let (lines, more) = sentence.lines("", 0, 14 + first * LINE, room);
        marks.extend(lines);
        let mut height = (first + more) * LINE;
        if let Some((class, end)) = self.end(frame) {
            let (lines, more) = end.lines(class, 0, 14 + height, room);
            marks.extend(lines);
            height += more * LINE;
        }
        Part { class, marks, height: height + 8 }
    }

    /// What the picture does not show: that nobody can go on, and who waits for whom.
    fn end(&self, frame: &Frame) -> Option<(&'static str, Sentence)> {
        let (class, what) = match frame.ending.as_ref()? {
            Ending::Deadlock => ("bad", "Deadlock"),
            Ending::HeldOff => ("", "Held off, which is no fault"),
            Ending::Complete | Ending::Violated { .. } => return None,
        };
        let position = self.trace.position(frame.at)?;
        let waits = reason::waiting(self.model, position).join("; ");
        let mut sentence = Sentence::default();
        sentence.add("", &format!("{what}: {waits}."));
        Some((class, sentence))
    }

    /// What the signs mean, in as many lines as it takes: each entry, and where it stands.
    pub(super) fn legend(&self) -> (Vec<(Legend, i32, i32)>, i32) {
        use picture::text::{Font, width};
        let (mut x, mut y) = (0, 0);
        let mut entries = Vec::new();
        for it in picture::legend(&self.stage) {
            let needed = it.width + 7 + width(&it.meaning, Font::Strong);
            if x > 0 && x + needed > self.places.width() {
                (x, y) = (0, y + 24);
            }
            entries.push((it, x, y));
            x += needed + 14;
        }
        (entries, y + 20)
    }
}

/// The meaning of an entry of the legend, beside its sample.
pub(super) fn meaning(legend: &Legend) -> Mark {
    Mark::Text {
        class: "small",
        x: legend.width + 6,
        y: 12,
        anchor: picture::Anchor::Start,
        spans: vec![Span { class: "", text: legend.meaning.clone() }],
        term: None,
    }
}

/// The paper on which everything stands.
pub(super) fn paper(width: i32, height: i32) -> Mark {
    Mark::Rect { class: "paper", rect: Rect::new(0, 0, width, height), texture: None }
}
