//! Embeds in HTML: elements named `race-walk`. Imports the options.
//!
//! The page's own attributes (`theme`, `class`, …) are the page's business and not looked at.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use crate::{Embed, Found, OPTIONS, line_of};

pub(crate) fn embeds(document: &str) -> Vec<Found> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // What stands in a script is no element.
    emitter.naively_switch_states(true);
    let mut found = Vec::new();
    for token in Tokenizer::new_with_emitter(document, emitter) {
        let tag = match token {
            Ok(Token::StartTag(tag)) if tag.name.as_slice() == b"race-walk" => tag,
            _ => continue,
        };
        let attributes = tag.attributes.iter().map(|(name, value)| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (text(name), text(value))
        });
        let line = line_of(document, tag.span.start);
        let place = tag.span.start..tag.span.end;
        found.push(Found { line, place, embed: embed(attributes) });
    }
    found
}

fn embed(attributes: impl Iterator<Item = (String, String)>) -> Result<Embed, String> {
    let mut embed = Embed::default();
    for (name, value) in attributes {
        if name == "race" {
            embed.race = value.trim().to_owned();
        } else if OPTIONS.contains(&name.as_str()) {
            embed.option(&name, &value)?;
        }
    }
    if embed.race.is_empty() {
        return Err("the element has no race=\"…\"".to_owned());
    }
    Ok(embed)
}
