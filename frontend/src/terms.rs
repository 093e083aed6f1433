//! Finding the words that explain themselves in a text, and code between backticks. Pure: it knows
//! no screen.

use racewalk_engine::race::Term;

/// A piece of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Piece<'a> {
    /// As it stands.
    Plain(&'a str),
    /// Code.
    Code(&'a str),
    /// A word that explains itself, and the number of its term.
    Term(&'a str, usize),
}

/// Splits a text at its backticks; an odd one stands for itself.
pub(crate) fn code(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = rest
        .split_once('`')
        .and_then(|(before, it)| it.split_once('`').map(|it| (before, it.0, it.1)))
    {
        if !before.is_empty() {
            pieces.push(Piece::Plain(before));
        }
        pieces.push(Piece::Code(code));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

/// Splits plain text at the terms in it. Each term is explained once: `known` are those that were.
pub(crate) fn explain<'a>(text: &'a str, terms: &[Term], known: &mut Vec<usize>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, len, term)) = next(rest, terms, known) {
        if at > 0 {
            pieces.push(Piece::Plain(&rest[..at]));
        }
        pieces.push(Piece::Term(&rest[at..at + len], term));
        known.push(term);
        rest = &rest[at + len..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

/// Where the first term stands that is not known yet: its offset, length and number. Of those that
/// begin at one place the longest counts.
fn next(text: &str, terms: &[Term], known: &[usize]) -> Option<(usize, usize, usize)> {
    let unknown = terms.iter().enumerate().filter(|(number, _)| !known.contains(number));
    let names = unknown.flat_map(|(number, it)| it.names.iter().map(move |name| (number, name)));
    names
        .filter_map(|(number, name)| find(text, name).map(|(at, len)| (at, len, number)))
        .min_by_key(|&(at, len, _)| (at, usize::MAX - len))
}

/// Where a name stands as a word of its own, in the plural or at the head of a sentence too.
fn find(text: &str, name: &str) -> Option<(usize, usize)> {
    if name.is_empty() {
        return None;
    }
    // What is not ASCII is a letter, or a sign that stands apart: arrows, dashes, quotes.
    let is_word =
        |it: char| it.is_ascii_alphanumeric() || it == '_' || matches!(it, '\u{80}'..='\u{1fff}');
    text.char_indices().find_map(|(at, _)| {
        let rest = &text[at..];
        let head = rest.get(..name.len())?;
        let same = head == name
            || head.starts_with(|it: char| it.is_ascii_uppercase())
                && head.get(1..) == name.get(1..)
                && head.eq_ignore_ascii_case(name);
        if !same || text[..at].ends_with(is_word) {
            return None;
        }
        let after = &rest[name.len()..];
        match after.strip_prefix('s') {
            _ if !after.starts_with(is_word) => Some((at, name.len())),
            Some(after) if !after.starts_with(is_word) => Some((at, name.len() + 1)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Vec<Term> {
        [&["RCU"][..], &["grace period"], &["page"], &["struct page"]]
            .iter()
            .map(|names| Term {
                names: names.iter().map(|&it| it.to_owned()).collect(),
                text: String::new(),
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, found: &[&str]) {
        let pieces = explain(text, &terms(), &mut Vec::new());
        let whole: String = pieces
            .iter()
            .map(|it| match it {
                Piece::Plain(text) | Piece::Code(text) | Piece::Term(text, _) => *text,
            })
            .collect();
        assert_eq!(whole, text);
        let terms: Vec<&str> = pieces
            .iter()
            .filter_map(|it| if let Piece::Term(text, _) = it { Some(*text) } else { None })
            .collect();
        assert_eq!(terms, found);
    }

    #[test]
    fn terms_are_found_once_as_words() {
        check("an RCU section, RCU again", &["RCU"]);
        check("SRCU and RCU_INIT are other words", &[]);
        check("Grace periods end", &["Grace periods"]);
        check("the struct page of a page", &["struct page", "page"]);
        check("ümläut RCU→", &["RCU"]);
        check("", &[]);
    }

    #[test]
    fn code_stands_between_backticks() {
        assert_eq!(code("a `b` c"), [Piece::Plain("a "), Piece::Code("b"), Piece::Plain(" c")]);
        assert_eq!(code("a ` b"), [Piece::Plain("a ` b")]);
        assert_eq!(code(""), []);
    }
}
