//! How wide text is, near enough to place it without a screen. Imports nothing.

/// A kind of text in the picture; the style sheet sets the same sizes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Font {
    /// Sans, 13 px, bold.
    Strong,
    /// Sans, 12 px.
    Small,
    /// Mono, 12 px.
    Code,
    /// Mono, 11.5 px, bold: tags only.
    Tag,
}

/// Width in units, rounded up. Sans widths are Arial's with a margin for wider system fonts.
pub(crate) fn width(text: &str, font: Font) -> i32 {
    let mille: i32 = match font {
        Font::Code => text.chars().count() as i32 * 603 * 12,
        Font::Tag => text.chars().count() as i32 * 603 * 23 / 2,
        Font::Strong => text.chars().map(sans).sum::<i32>() * 27 / 2,
        Font::Small => text.chars().map(sans).sum::<i32>() * 12,
    };
    (mille + 999) / 1000
}

fn sans(it: char) -> i32 {
    match it {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 260,
        'f' | 't' | ' ' | '·' | '/' => 300,
        'r' | '(' | ')' | '[' | ']' | '{' | '}' | '-' => 350,
        'm' | 'M' | 'W' | '…' | '@' | '%' => 880,
        'w' => 750,
        'A'..='Z' | '+' | '=' | '<' | '>' => 720,
        _ => 580,
    }
}

/// The text, cut off with `…` where it is wider than `max`.
pub(super) fn fit(text: &str, font: Font, max: i32) -> String {
    if width(text, font) <= max {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while short.pop().is_some() {
        let cut = format!("{}…", short.trim_end());
        if width(&cut, font) <= max {
            return cut;
        }
    }
    String::new()
}

/// The text in lines of at most `max` units, broken at spaces; the last of `lines` is cut off.
pub(super) fn wrap(text: &str, font: Font, max: i32, lines: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = all.last().map(|it| format!("{it} {word}"));
        let full = all.len() >= lines;
        match longer {
            Some(longer) if full || width(&longer, font) <= max => {
                all.pop();
                all.push(longer);
            }
            _ => all.push(word.to_owned()),
        }
    }
    all.into_iter().map(|it| fit(&it, font, max)).collect()
}
