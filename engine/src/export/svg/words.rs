//! Sentences of several fonts, broken into lines. Imports the picture's shapes and measures, and view's texts.

use crate::picture::text::{Font, width};
use crate::picture::{Anchor, Mark, Span};
use crate::view::{Prose, Words};

/// Text under construction: words, each of pieces that stand together.
#[derive(Default)]
pub(super) struct Sentence {
    words: Vec<Vec<Span>>,
    /// Whether the next piece begins a word of its own.
    apart: bool,
}

impl Sentence {
    /// Adds text of one class. It joins the last word where no blank is between them.
    pub(super) fn add(&mut self, class: &'static str, text: &str) {
        let mut first = !self.apart && !text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            let span = Span { class, text: word.to_owned() };
            match self.words.last_mut().filter(|_| first) {
                Some(last) => last.push(span),
                None => self.words.push(vec![span]),
            }
            first = false;
            self.apart = false;
        }
        self.apart |= text.ends_with(char::is_whitespace);
    }

    /// Adds text as the next word.
    pub(super) fn word(&mut self, class: &'static str, text: &str) {
        self.apart = true;
        self.add(class, text);
        self.apart = true;
    }

    /// Adds a text whose code is set as code.
    pub(super) fn prose(&mut self, prose: &Prose) {
        for it in prose {
            match it {
                Words::Plain(text) => self.add("", text),
                Words::Code(text) => self.add("code", text),
            }
        }
        self.apart = true;
    }

    /// Lines of at most so many units, the first with its baseline at `y`, and how many there are.
    pub(super) fn lines(&self, class: &'static str, x: i32, y: i32, room: i32) -> (Vec<Mark>, i32) {
        let blank = width(" ", Font::Strong);
        let mut lines: Vec<Vec<Span>> = Vec::new();
        let mut used = 0;
        for word in &self.words {
            let needed: i32 = word.iter().map(|it| width(&it.text, font(class, it.class))).sum();
            let fits = used + blank + needed <= room;
            match lines.last_mut().filter(|_| fits) {
                Some(line) => {
                    used += blank + needed;
                    append(line, word);
                }
                None => {
                    used = needed;
                    lines.push(word.clone());
                }
            }
        }
        let count = lines.len() as i32;
        let mark = |(spans, number): (Vec<Span>, i32)| Mark::Text {
            class,
            x,
            y: y + number * LINE,
            anchor: Anchor::Start,
            spans,
            term: None,
        };
        (lines.into_iter().zip(0..).map(mark).collect(), count)
    }
}

/// From one line to the next.
pub(super) const LINE: i32 = 18;

/// Appends a word behind a blank, to the last span where it looks the same.
fn append(line: &mut Vec<Span>, word: &[Span]) {
    for (span, number) in word.iter().zip(0..) {
        let blank = if number == 0 { " " } else { "" };
        match line.last_mut().filter(|it| it.class == span.class) {
            Some(last) => last.text.push_str(&format!("{blank}{}", span.text)),
            None => line.push(Span { class: span.class, text: format!("{blank}{}", span.text) }),
        }
    }
}

/// What a text is measured as; wider rather than narrower.
fn font(of: &str, part: &str) -> Font {
    let has = |class: &str| of.split(' ').chain(part.split(' ')).any(|it| it == class);
    if has("code") { Font::Code } else { Font::Strong }
}
