//! Embeds in reStructuredText: the directive `.. race-walk:: RACE`. Imports the options.
//!
//! What stands in a literal block, in a code block or in a comment is no directive.

use crate::{Embed, Found};

pub(crate) fn embeds(document: &str) -> Vec<Found> {
    let lines: Vec<&str> = document.split_inclusive('\n').collect();
    let bytes = |lines: &[&str]| lines.iter().map(|it| it.len()).sum::<usize>();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let (indent, text) = inside_list(indent(line), line.trim());
        let body = at + 1..at + 1 + body(&lines[at + 1..], indent);
        if let Some(race) = text.strip_prefix(".. race-walk::") {
            let embed = embed(race, &lines[body.clone()]);
            let place = bytes(&lines[..at])..bytes(&lines[..body.end]);
            found.push(Found { line: at + 1, place, embed });
            at = body.end;
        } else if is_literal(text) {
            at = body.end;
        } else {
            at += 1;
        }
    }
    found
}

/// The text behind the bullets of a list, and where it begins.
fn inside_list(mut indent: usize, mut text: &str) -> (usize, &str) {
    while let Some(rest) = ["* ", "- ", "+ ", "#. "].iter().find_map(|it| text.strip_prefix(it)) {
        let rest = rest.trim_start();
        // Of a paragraph that begins with a sign, nothing is asked here.
        if !rest.starts_with("..") {
            break;
        }
        indent += text.len() - rest.len();
        text = rest;
    }
    (indent, text)
}

/// Whether what is indented below a line is not read as text.
fn is_literal(line: &str) -> bool {
    const CODE: [&str; 7] =
        ["code", "code-block", "sourcecode", "parsed-literal", "raw", "literalinclude", "math"];
    let Some(explicit) = line.strip_prefix(".. ") else {
        return line.ends_with("::");
    };
    if let Some((name, _)) = explicit.split_once("::") {
        let is_name = |it: char| it.is_alphanumeric() || "-_+.:".contains(it);
        if name.chars().all(is_name) && !name.is_empty() {
            return CODE.contains(&name);
        }
    }
    // A target, a footnote and a substitution begin with a sign; the rest is a comment.
    !explicit.starts_with(['_', '[', '|'])
}

/// How many lines below belong to a line: those further in, and the blank ones among them.
fn body(lines: &[&str], indent: usize) -> usize {
    let mut count = 0;
    for (number, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        if self::indent(line) <= indent {
            break;
        }
        count = number + 1;
    }
    count
}

fn indent(line: &str) -> usize {
    // As docutils has it: a tab reaches to the next eighth column.
    let mut column = 0;
    for it in line.chars() {
        match it {
            ' ' => column += 1,
            '\t' => column += 8 - column % 8,
            _ => break,
        }
    }
    column
}

/// Reads a directive: its argument, and the fields up to the first blank line.
fn embed(race: &str, body: &[&str]) -> Result<Embed, String> {
    let race = race.trim();
    if race.is_empty() || race.contains(char::is_whitespace) {
        return Err("the directive names one race: `.. race-walk:: RACE`".to_owned());
    }
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut lines = body.iter();
    for line in lines.by_ref().take_while(|it| !it.trim().is_empty()) {
        let text = line.trim();
        let field = text.strip_prefix(':').and_then(|it| it.split_once(':'));
        match (field, fields.last_mut()) {
            (Some((name, value)), _) => fields.push((name, value.trim().to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(text);
            }
            (None, None) => return Err(format!("`{text}` is no option: `:caption: …`")),
        }
    }
    if let Some(more) = lines.find(|it| !it.trim().is_empty()) {
        return Err(format!("the directive has no content, but `{}`", more.trim()));
    }
    let mut embed = Embed { race: race.to_owned(), ..Embed::default() };
    for (name, value) in &fields {
        embed.option(name, value)?;
    }
    Ok(embed)
}
