//! A fenced block: what it asks for, of which race, under which knobs.
//!
//! An info string `race-walk` asks for the interleaving itself, as an element of the page with a picture
//! and a table in it; how, the crate of embeds says. Otherwise it is `racewalk` and what is asked for; the text names a race, `knob=value` for each knob
//! that is turned, and for `replay` the schedule behind `:`.

use std::fmt;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use racewalk_embed::{Embed, Found, Markup, question};
use racewalk_engine::syntax::diagnostic::closest;

use crate::{evidence, explain, race};

/// A block of a chapter.
pub(crate) struct Block {
    /// Where it stands, in bytes.
    pub(crate) place: Range<usize>,
    line: usize,
    asks: Asks,
}

/// What a block asks for.
enum Asks {
    /// `racewalk`: what the engine says to a question.
    Words { asked: String, text: String },
    /// `race-walk`: the interleaving itself.
    Element(Result<Embed, String>),
}

/// Why a block cannot be answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockError {
    /// The line of the chapter in which the block begins, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for BlockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.reason)
    }
}

impl std::error::Error for BlockError {}

/// What can be asked for.
const QUESTIONS: [&str; 12] = [
    "about",
    "knobs",
    "verdicts",
    "sweep",
    "steps",
    "evidence",
    "left-out",
    "replay",
    "windows",
    "course",
    "placements",
    "protections",
];

/// The blocks of a chapter, in order.
pub(crate) fn blocks(chapter: &str) -> Vec<Block> {
    let element = |Found { line, place, embed }| Block { place, line, asks: Asks::Element(embed) };
    let mut all: Vec<Block> = Markup::Markdown.embeds(chapter).into_iter().map(element).collect();
    all.extend(questions(chapter));
    all.sort_by_key(|it| it.place.start);
    all
}

fn questions(chapter: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (event, place) in Parser::new(chapter).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let mut words = info.split_whitespace();
                open = words.next() == Some("racewalk");
                if open {
                    let line = chapter[..place.start].matches('\n').count() + 1;
                    let asked = words.collect::<Vec<_>>().join(" ");
                    let asks = Asks::Words { asked, text: String::new() };
                    found.push(Block { place, line, asks });
                }
            }
            Event::Text(text) if open => {
                if let Some(Block { asks: Asks::Words { text: all, .. }, .. }) = found.last_mut() {
                    all.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    found
}

impl Block {
    /// What the engine says to it, as Markdown.
    pub(crate) fn answer(&self) -> Result<String, BlockError> {
        self.ask().map_err(|reason| BlockError { line: self.line, reason })
    }

    fn ask(&self) -> Result<String, String> {
        let (asked, text) = match &self.asks {
            Asks::Words { asked, text } => (asked, text),
            Asks::Element(embed) => {
                let embed = embed.as_ref().map_err(Clone::clone)?;
                let asked = embed.ask().map_err(|problem| problem.to_string())?;
                return Ok(embed.element(&asked));
            }
        };
        let has_schedule = text.contains(':');
        let embed = question(text)?;
        let bench = embed.bench()?;
        let schedule = has_schedule.then_some(&embed);
        match (&**asked, schedule) {
            ("replay", Some(embed)) => race::replay(&bench, embed),
            ("course", Some(embed)) => explain::course(&bench, embed),
            ("replay" | "course", None) => {
                Err(format!("a {asked} wants a schedule: RACE knob=value…: CODE"))
            }
            (_, Some(_)) => Err("only a replay and a course have a schedule".to_owned()),
            ("windows", None) => explain::windows(&bench),
            ("placements", None) => explain::placements(&bench),
            ("protections", None) => explain::protections(&bench),
            ("about", None) => Ok(race::about(&bench.race)),
            ("knobs", None) => Ok(race::knobs(&bench.race)),
            ("verdicts", None) => race::verdicts(&bench.race),
            ("sweep", None) => race::sweep(&bench.race),
            ("steps", None) => Ok(race::steps(&bench.model)),
            ("evidence", None) => evidence::evidence(&bench.race),
            ("left-out", None) => Ok(race::left_out(&bench.race)),
            (other, None) => Err(format!(
                "nothing is called `{other}`{} (there are: {})",
                did_you_mean(closest(other, QUESTIONS)),
                QUESTIONS.join(", ")
            )),
        }
    }
}

fn did_you_mean(closest: Option<&str>) -> String {
    closest.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default()
}
