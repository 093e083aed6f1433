//! Figures: frames of a run as one self-contained SVG file. Imports the picture, view and the words of other exports; knows no screen.

mod figure;
mod ink;
mod play;
mod sheet;
mod words;

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use self::figure::{Figure, MARGIN, meaning, paper};
use self::ink::{Escaped, Ink, put};
pub use self::play::animation;
use super::headline;
use crate::model::Model;
use crate::race::{Race, Settings};
use crate::trace::Trace;

/// In which colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// As the reader's system has it; light where nobody knows.
    Auto,
    /// Light, whatever the reader's system has.
    Light,
    /// Dark.
    Dark,
}

/// Frames of a run, one below the other: the positions after so many steps each; what lies behind the
/// last step stands for it. Readable from 600 pixels on.
///
/// The file needs nothing but itself: no font, no script, no style of the page. Its classes and ids
/// are its own, so several may stand in one page.
///
/// ```
/// use racewalk_engine::export::{Theme, svg};
/// use racewalk_engine::schedule::Schedule;
/// use racewalk_engine::{library, race::Race, trace::Trace};
///
/// let race = Race::load(library::race("reclaim").unwrap()).unwrap();
/// let settings = race.settings();
/// let model = race.compile(&settings).unwrap();
/// let trace = Trace::replay(&model, &Schedule::parse("w2m", &model).unwrap());
/// let file = svg(&race, &settings, &model, &trace, &[0, 3], Theme::Auto);
/// assert!(file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
/// ```
#[must_use]
pub fn svg(
    race: &Race,
    settings: &Settings,
    model: &Model,
    trace: &Trace,
    at: &[usize],
    theme: Theme,
) -> String {
    let figure = Figure::new(race, settings, model, trace);
    let mut ink = Ink::new(prefix(&figure, at, "still", theme));
    let mut body = String::new();
    let mut description = Vec::new();
    let mut y = MARGIN;
    let head = figure.head();
    shifted(&mut body, MARGIN, y, |out| ink.marks(out, &head.class, &head.marks));
    y += head.height;
    for &at in at {
        let told = figure.told(at);
        let (caption, picture) = (told.caption, told.picture);
        y += 4;
        shifted(&mut body, MARGIN, y, |out| ink.marks(out, &caption.class, &caption.marks));
        y += caption.height;
        shifted(&mut body, MARGIN, y, |out| {
            picture.groups.iter().for_each(|it| ink.group(out, it))
        });
        y += picture.height + 12;
        description.push(picture.description);
    }
    y += legend(&figure, &mut ink, &mut body, y);
    let positions: Vec<String> = at.iter().map(|it| figure.position(*it)).collect();
    let title = format!("{}: {}", headline(race, settings), positions.join(", "));
    let (description, more) = (description.join(" "), String::new());
    Document { figure: &figure, height: y, title, description, body, theme, more }.write(&mut ink)
}

/// Something moved to its place.
fn shifted(out: &mut String, x: i32, y: i32, write: impl FnOnce(&mut String)) {
    put(out, format_args!("<g transform=\"translate({x} {y})\">\n"));
    write(out);
    out.push_str("</g>\n");
}

fn legend(figure: &Figure<'_>, ink: &mut Ink, out: &mut String, top: i32) -> i32 {
    let (entries, height) = figure.legend();
    for (entry, x, y) in &entries {
        shifted(out, MARGIN + x, top + y, |out| {
            ink.marks(out, "", &entry.sample);
            ink.marks(out, "", &[meaning(entry)]);
        });
    }
    height
}

/// A figure whose parts are drawn.
struct Document<'a> {
    figure: &'a Figure<'a>,
    /// Without the margin below.
    height: i32,
    title: String,
    description: String,
    body: String,
    theme: Theme,
    /// Rules beside those of the looks.
    more: String,
}

impl Document<'_> {
    /// The file: everything around the body.
    fn write(&self, ink: &mut Ink) -> String {
        let (width, height) = (self.figure.width(), self.height + MARGIN);
        let base = ink.base();
        let mut before = String::from("<defs>\n");
        ink.patterns(&mut before);
        before.push_str("</defs>\n");
        ink.marks(&mut before, "", &[paper(width, height)]);
        let prefix = ink.prefix();
        let mut out = String::new();
        put(
            &mut out,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\"{base} viewBox=\"0 0 {width} {height}\" \
                 width=\"{width}\" height=\"{height}\" role=\"img\" \
                 aria-labelledby=\"{prefix}-title {prefix}-desc\">\n\
                 <title id=\"{prefix}-title\">{}</title>\n<desc id=\"{prefix}-desc\">{}</desc>\n\
                 <style>\n{}{}</style>\n{before}{}</svg>\n",
                Escaped(&self.title),
                Escaped(&self.description),
                // Our own sheets have nothing in them that XML would read otherwise.
                ink.style(self.theme),
                self.more,
                self.body,
            ),
        );
        out
    }
}

/// What no other figure's classes and ids begin with: a hash of all that this one shows.
fn prefix(figure: &Figure<'_>, at: &[usize], kind: &str, theme: Theme) -> String {
    let Figure { race, settings, model, trace, .. } = figure;
    let code = trace.schedule().code(model);
    let at: Vec<String> = at.iter().map(usize::to_string).collect();
    let theme = match theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let (headline, hash, at) = (headline(race, settings), model.hash(), at.join(","));
    let of = format!("{headline} {hash} {code} {at} {kind} {theme}");
    let digest = Sha256::digest(of.as_bytes());
    digest[..4].iter().fold("rw".to_owned(), |mut out, byte| {
        // A string takes whatever is written to it.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::sheet::{Element, Sheet};
    use super::*;
    use crate::library;
    use crate::picture::Mark;
    use crate::schedule::Schedule;

    /// A rectangle or a path that nobody gave a colour would be black.
    #[test]
    fn nothing_is_without_a_look() {
        let sheet = Sheet::load();
        let base = sheet.look(&[]);
        for property in ["fill", "font-family", "font-size"] {
            assert!(base.light.contains_key(property), "{property}");
        }
        for it in library::races() {
            let race = Race::load(it.text).unwrap_or_else(|report| panic!("{report}"));
            let settings = race.settings();
            let model = race.compile(&settings).unwrap_or_else(|report| panic!("{report}"));
            let all: String = model.actors.iter().map(|it| format!("{}9", it.letter)).collect();
            let schedule = Schedule::parse(&all, &model).expect("its own letters");
            let trace = Trace::replay(&model, &schedule);
            let figure = Figure::new(&race, &settings, &model, &trace);
            let legend = figure.legend().0.into_iter().flat_map(|it| it.0.sample);
            let mut marks: Vec<(String, Mark)> = legend.map(|it| (String::new(), it)).collect();
            for at in 0..=trace.steps.len() {
                let groups = figure.told(at).picture.groups.into_iter();
                marks.extend(groups.flat_map(|group| {
                    let class = group.class;
                    group.marks.into_iter().map(move |it| (class.clone(), it))
                }));
            }
            marks.push((String::new(), paper(1, 1)));
            for (group, mark) in &marks {
                let (name, class) = match mark {
                    Mark::Rect { class, texture: None, .. } => ("rect", class),
                    Mark::Path { class, .. } => ("path", class),
                    _ => continue,
                };
                let elements = [Element { name: "g", class: group }, Element { name, class }];
                let look = sheet.look(&elements);
                assert!(look.light.contains_key("fill"), "{}: {elements:?}", race.id);
            }
        }
    }
}
