//! An SVG file that plays a run: every distinct drawing of a thing stands in it once, and is shown while it is true. Imports its siblings.
//!
//! It plays by style rules alone, where motion is welcome; everywhere else, and in tools that know no
//! animation, one position stands still.

use super::figure::{Figure, MARGIN};
use super::ink::{Ink, put};
use super::{Document, Theme, legend, prefix, shifted};
use crate::export::headline;
use crate::model::Model;
use crate::race::{Race, Settings};
use crate::trace::Trace;

/// How long a position is shown at least, in tenths of a second.
const SHORTEST: usize = 12;
/// How many letters are read in a tenth of a second.
const LETTERS: usize = 5;
/// How much longer the last position stays before it begins again.
const PAUSE: usize = 40;

/// A run from its start to its end, again and again, with a pause at the end: each position with the
/// step's sentence, for as long as it takes to read. `still` is the position that stands where nothing
/// moves: where a reader asked for that, on paper, in tools that know no animation.
#[must_use]
pub fn animation(
    race: &Race,
    settings: &Settings,
    model: &Model,
    trace: &Trace,
    still: usize,
    theme: Theme,
) -> String {
    let figure = Figure::new(race, settings, model, trace);
    let mut ink = Ink::new(prefix(&figure, &[still], "play", theme));
    let all = trace.steps.len() + 1;
    let mut film = Film { still: still.min(all - 1), all, patterns: Vec::new() };
    let mut told: Vec<_> = (0..all).map(|at| figure.told(at)).collect();
    let mut body = String::new();
    let mut y = MARGIN;
    let head = figure.head();
    shifted(&mut body, MARGIN, y, |out| ink.marks(out, &head.class, &head.marks));
    y += head.height + 4;

    let mut captions = Vec::new();
    for (at, it) in told.iter().enumerate() {
        let mut said = String::new();
        ink.marks(&mut said, &it.caption.class, &it.caption.marks);
        captions.push((only(at, all), said));
    }
    shifted(&mut body, MARGIN, y, |out| film.write(out, ink.prefix(), captions));
    y += told.iter().map(|it| it.caption.height).max().unwrap_or(0);

    // Every frame has the same things in the same order.
    let things = told.iter().map(|it| it.picture.groups.len()).min().unwrap_or(0);
    let mut drawings: Vec<(Vec<bool>, String)> = Vec::new();
    for thing in 0..things {
        let first = drawings.len();
        for (at, it) in told.iter().enumerate() {
            let mut drawn = String::new();
            ink.group(&mut drawn, &it.picture.groups[thing]);
            match drawings[first..].iter_mut().find(|it| it.1 == drawn) {
                Some(known) => known.0[at] = true,
                None => drawings.push((only(at, all), drawn)),
            }
        }
    }
    shifted(&mut body, MARGIN, y, |out| film.write(out, ink.prefix(), drawings));
    y += told.first().map_or(0, |it| it.picture.height) + 12;
    y += legend(&figure, &mut ink, &mut body, y);

    let letters = told.iter().map(|it| letters(&it.caption.marks)).collect::<Vec<_>>();
    let picture = told.swap_remove(film.still).picture;
    let title = format!(
        "{}: {} steps, played; where nothing moves, {}",
        headline(race, settings),
        all - 1,
        figure.position(film.still)
    );
    let more = film.rules(ink.prefix(), &letters);
    let description = picture.description;
    Document { figure: &figure, height: y, title, description, body, theme, more }.write(&mut ink)
}

fn only(at: usize, all: usize) -> Vec<bool> {
    (0..all).map(|it| it == at).collect()
}

fn letters(marks: &[crate::picture::Mark]) -> usize {
    let spans = marks.iter().filter_map(|it| match it {
        crate::picture::Mark::Text { spans, .. } => Some(spans),
        _ => None,
    });
    spans.flatten().map(|it| it.text.chars().count()).sum()
}

/// At which positions things show.
struct Film {
    still: usize,
    all: usize,
    /// Each that was needed, once.
    patterns: Vec<Vec<bool>>,
}

impl Film {
    /// Writes what shows at which positions, back to front; neighbours of one pattern together.
    fn write(&mut self, out: &mut String, prefix: &str, drawings: Vec<(Vec<bool>, String)>) {
        let drawings: Vec<_> = drawings.into_iter().filter(|it| !it.1.is_empty()).collect();
        for run in drawings.chunk_by(|a, b| a.0 == b.0) {
            let pattern = &run[0].0;
            let always = pattern.iter().all(|it| *it);
            if !always {
                let number = self.number(pattern);
                let hidden = if pattern[self.still] { "" } else { " visibility=\"hidden\"" };
                put(out, format_args!("<g class=\"{prefix}-p{number}\"{hidden}>\n"));
            }
            run.iter().for_each(|it| out.push_str(&it.1));
            if !always {
                out.push_str("</g>\n");
            }
        }
    }

    fn number(&mut self, pattern: &[bool]) -> usize {
        self.patterns.iter().position(|it| it == pattern).unwrap_or_else(|| {
            self.patterns.push(pattern.to_vec());
            self.patterns.len() - 1
        })
    }

    /// The rules by which it plays. `letters` tells how much there is to read at each position.
    fn rules(&self, prefix: &str, letters: &[usize]) -> String {
        let mut lasts: Vec<usize> = letters.iter().map(|it| SHORTEST + it / LETTERS).collect();
        if let Some(last) = lasts.last_mut() {
            *last += PAUSE;
        }
        let whole: usize = lasts.iter().sum();
        let starts: Vec<usize> = (0..self.all).map(|it| lasts[..it].iter().sum()).collect();
        let mut out = String::new();
        if self.patterns.is_empty() {
            return out;
        }
        out.push_str("@media screen and (prefers-reduced-motion: no-preference) {\n");
        for (number, pattern) in self.patterns.iter().enumerate() {
            put(
                &mut out,
                format_args!(
                    ".{prefix}-p{number}{{animation:{prefix}-k{number} {}.{}s step-end infinite}}\n",
                    whole / 10,
                    whole % 10
                ),
            );
            put(&mut out, format_args!("@keyframes {prefix}-k{number}{{"));
            for at in (0..self.all).filter(|&it| it == 0 || pattern[it] != pattern[it - 1]) {
                let share = starts[at] * 10_000 / whole;
                let shows = if pattern[at] { "visible" } else { "hidden" };
                put(
                    &mut out,
                    format_args!("{}.{:02}%{{visibility:{shows}}}", share / 100, share % 100),
                );
            }
            out.push_str("}\n");
        }
        out.push_str("}\n");
        out
    }
}
