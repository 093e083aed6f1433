//! Embeds in Markdown: fenced blocks whose language is `race-walk`. Imports the options.
//!
//! The first line is a question, `RACE knob=value…: CODE`; each line after it is an option:
//! `caption: …`.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::bench::question;
use crate::{Embed, Found, line_of};

pub(crate) fn embeds(document: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for (event, place) in Parser::new(document).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.split_whitespace().next() == Some("race-walk") =>
            {
                open = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(block) = open.take() {
                    let line = line_of(document, place.start);
                    found.push(Found { line, place, embed: embed(&block) });
                }
            }
            _ => {}
        }
    }
    found
}

/// Reads the text of a block.
pub(crate) fn embed(block: &str) -> Result<Embed, String> {
    let mut lines = block.lines().map(str::trim).filter(|it| !it.is_empty());
    let mut embed = question(lines.next().unwrap_or_default())?;
    for line in lines {
        let (name, value) =
            line.split_once(':').ok_or_else(|| format!("`{line}` is no option: value"))?;
        embed.option(name.trim(), value)?;
    }
    Ok(embed)
}
