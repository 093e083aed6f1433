//! Texts made safe for what they are written into. Pure; it imports nothing.

use std::fmt::Write as _;

/// A text of HTML, or the value of an attribute between double quotes.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// Words of Markdown: none of them is a sign.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        if it.is_control() {
            out.push(' ');
            continue;
        }
        if it.is_ascii_punctuation() && !matches!(it, ',' | ':' | '=' | '.' | ';' | '/') {
            out.push('\\');
        }
        out.push(it);
    }
    out
}

/// An address that ends at no sign of Markdown or HTML, and stays the same address.
pub(crate) fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '`' => {
                // An escape stands for the same sign, and writing to a string cannot fail.
                let _ = write!(out, "%{:02X}", u32::from(it));
            }
            it if it.is_whitespace() || it.is_control() => {
                let mut bytes = [0; 4];
                for byte in it.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            it => out.push(it),
        }
    }
    out
}

/// A text that has to stand in one line.
pub(crate) fn line(text: &str) -> String {
    text.split(|it: char| it.is_whitespace() || it.is_control())
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_what_it_stands_in() {
        assert_eq!(html("a\"b'<c>&\n"), "a&quot;b&#39;&lt;c&gt;&amp; ");
        assert_eq!(markdown("a](x) `*_<b>\\ k=v, 1."), "a\\]\\(x\\) \\`\\*\\_\\<b\\>\\\\ k=v, 1.");
        assert_eq!(address("https://x/a b(c)'<\u{a0}ü"), "https://x/a%20b%28c%29%27%3C%C2%A0ü");
        assert_eq!(line(" a\n .. b\t\u{7}c "), "a .. b c");
    }
}
