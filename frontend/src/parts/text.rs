//! Texts of a race: code in them, and words that explain themselves. It knows no race but its terms.

use racewalk_engine::model::Mark;
use racewalk_engine::race::Term;
use racewalk_engine::view::Words;
use yew::prelude::*;

use super::tip::Tip;
use crate::shared::Shared;
use crate::terms::{self, Piece};

/// The terms of a race, to be shared by all that explain them.
pub(crate) type Terms = Shared<crate::engine::OpenRace>;

/// Resolved words; each term is explained once for all that share `known`.
pub(crate) fn prose(words: &[Words], terms: &[Term], known: &mut Vec<usize>) -> Html {
    words
        .iter()
        .map(|it| match it {
            Words::Plain(text) => piece(Piece::Plain(text), terms, known),
            Words::Code(text) => piece(Piece::Code(text), terms, known),
        })
        .collect()
}

/// A text with code between backticks, without explanations.
pub(crate) fn plain(text: &str) -> Html {
    terms::code(text).into_iter().map(|it| piece(it, &[], &mut Vec::new())).collect()
}

fn piece(piece: Piece<'_>, terms: &[Term], known: &mut Vec<usize>) -> Html {
    match piece {
        Piece::Code(text) => html! { <code>{ text.to_owned() }</code> },
        Piece::Plain(text) => terms::explain(text, terms, known)
            .into_iter()
            .map(|it| match it {
                Piece::Term(word, number) => html! {
                    <Tip word={AttrValue::from(word.to_owned())} text={plain(&terms[number].text)} />
                },
                Piece::Plain(text) | Piece::Code(text) => html! { { text.to_owned() } },
            })
            .collect(),
        Piece::Term(text, _) => html! { { text.to_owned() } },
    }
}

/// How well something is founded.
pub(crate) fn mark(mark: Mark) -> Html {
    let (word, meaning) = mark_words(mark);
    html! { <span class="mark" title={meaning}>{ word }</span> }
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
