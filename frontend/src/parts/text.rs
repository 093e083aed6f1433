//! Texts of a race: code in them, and words that explain themselves. It knows no race but its terms.

use racewalk_engine::model::Mark;
use racewalk_engine::race::Term;
use racewalk_engine::view::Words;
use yew::Html;

use super::tip::explained;
use crate::element::{Content, Element, element, list};
use crate::terms::{self, Piece};

/// Resolved words; each term is explained once for all that share `known`.
pub(crate) fn prose(words: &[Words], terms: &[Term], known: &mut Vec<usize>) -> Html {
    let mut pieces = Vec::new();
    for it in words {
        match it {
            Words::Plain(text) => {
                pieces.extend(
                    terms::explain(text, terms, known).into_iter().map(|it| piece(it, terms)),
                );
            }
            Words::Code(text) => pieces.push(piece(Piece::Code(text), terms)),
        }
    }
    list(pieces)
}

/// A text with code between backticks, without explanations.
pub(crate) fn plain(text: &str) -> Html {
    list(terms::code(text).into_iter().map(|it| piece(it, &[])))
}

fn piece(piece: Piece<'_>, terms: &[Term]) -> Html {
    match piece {
        Piece::Code(text) => element("code").child(text.to_owned()).html(),
        Piece::Term(word, number) => explained(word, plain(&terms[number].text)),
        Piece::Plain(text) => text.to_owned().html(),
    }
}

/// How well something is founded.
pub(crate) fn mark(mark: Mark) -> Element {
    let (word, meaning) = mark_words(mark);
    element("span").class("mark").attribute("title", meaning).child(word)
}

/// A mark's word, and what it means.
pub(crate) fn mark_words(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Deduced => ("deduced", "deduced from the source; no maintainer was found saying it"),
        Mark::Observed => ("observed", "also observed on a running kernel"),
        Mark::Unverified => ("unverified", "from knowledge, not verified"),
        Mark::Hypothetical => ("hypothetical", "a supposition; the kernel does no such thing"),
    }
}

/// All marks, for a legend.
pub(crate) const MARKS: [Mark; 4] =
    [Mark::Deduced, Mark::Observed, Mark::Unverified, Mark::Hypothetical];
