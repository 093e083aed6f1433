//! A link that carries its verdict: `m`, the model's hash, and `expect`, the verdict with the kinds of its failures, as in `expect=violated,uaf-read`. Written here, and judged when such a link is opened.

use racewalk_engine::export::json::{Findings, Verdict};

use crate::offer::{Offer, Shown};
use crate::place::Place;

/// A verdict as a link carries it: the word, and the kinds of its failures in alphabetical order.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Expected {
    verdict: Verdict,
    /// `None`: nothing is said of them.
    kinds: Option<Vec<String>>,
}

/// Judges what a link says of itself, the model's hash and the verdict that its writer saw, in sentences.
/// `None`: the verdict here is not known yet, or the link says nothing.
#[must_use]
pub fn promise(place: &Place, model: Option<&str>, expect: Option<&str>) -> Option<String> {
    let now = Expected::of(place.findings.as_ref()?);
    let same_model = model.map(|it| it == place.model.hash());
    let then = match expect.map(Expected::read) {
        Some(Ok(then)) => Some(then),
        Some(Err(text)) => {
            let words = format!(
                "The link expects “{text}”, which is no verdict: there are safe, violated and incomplete. \
                 Here it is {}.",
                now.words()
            );
            return Some(words);
        }
        None => None,
    };
    let is_same = then.as_ref().is_none_or(|it| it.is_as(&now));
    let now_words = now.words();
    Some(match (same_model, then) {
        (None, None) => return None,
        (Some(true), None) => {
            format!("The model is still the one that the link was made of: {now_words}.")
        }
        (Some(false), None) => {
            format!("The model has changed since the link was made. Now it is {now_words}.")
        }
        (None, Some(_)) if is_same => format!("Still so: {now_words}."),
        (None, Some(then)) => {
            format!("No longer so: then {}, now {now_words}.", then.words())
        }
        (Some(true), Some(_)) if is_same => {
            format!("Still so: {now_words}. The model is the same, too.")
        }
        // One model has one verdict, unless a limit came in between.
        (Some(true), Some(then)) => format!(
            "The model is the same, and the verdict is not: then {}, now {now_words}.",
            then.words()
        ),
        (Some(false), Some(_)) if is_same => {
            format!(
                "The model has changed since the link was made; the verdict is the same: {now_words}."
            )
        }
        (Some(false), Some(then)) => format!(
            "The model has changed since the link was made: then {}, now {now_words}.",
            then.words()
        ),
    })
}

/// The link with its verdict.
pub(crate) fn offer(place: &Place) -> Offer {
    let reason = match (&place.findings, place.link()) {
        (_, None) => Some("This race is too long for a link (more than 64 kB packed)."),
        (None, _) => Some("As soon as the verdict is known."),
        (Some(_), Some(_)) => None,
    };
    let hint = reason.unwrap_or(
        "Whoever opens it is told whether the verdict still holds, or how the model has changed since.",
    );
    Offer {
        key: "promise",
        title: "Link with its verdict",
        hint: hint.to_owned(),
        text: link(place).unwrap_or_default(),
        shown: Shown::Whole,
        files: Vec::new(),
    }
}

/// The link to here with what it promises; `None` while there is no verdict, or no link.
fn link(place: &Place) -> Option<String> {
    let (link, findings) = (place.link()?, place.findings.as_ref()?);
    let sign = if link.contains('?') { '&' } else { '?' };
    let expect = Expected::of(findings).text();
    Some(format!("{link}{sign}m={}&expect={expect}", place.model.hash()))
}

impl Expected {
    fn of(findings: &Findings) -> Self {
        let mut kinds: Vec<String> = findings.violations.iter().map(|it| it.kind.clone()).collect();
        if !findings.deadlocks.is_empty() {
            kinds.push("deadlock".to_owned());
        }
        kinds.sort();
        kinds.dedup();
        Self { verdict: findings.verdict, kinds: Some(kinds) }
    }

    /// Reads what [`Self::text`] writes, and the verdict alone; `Err`: what stands there, not too long.
    fn read(text: &str) -> Result<Self, String> {
        let mut parts = text.split([',', ':']).map(str::trim);
        let verdict = match parts.next() {
            Some("safe") => Verdict::Safe,
            Some("violated") => Verdict::Violated,
            Some("incomplete") => Verdict::Incomplete,
            _ => return Err(text.chars().take(60).collect()),
        };
        let mut kinds: Vec<String> = parts.filter(|it| !it.is_empty()).map(str::to_owned).collect();
        kinds.sort();
        kinds.dedup();
        // Only `safe` says by itself that there are none.
        let says_kinds = verdict == Verdict::Safe || !kinds.is_empty();
        Ok(Self { verdict, kinds: says_kinds.then_some(kinds) })
    }

    fn word(&self) -> &'static str {
        match self.verdict {
            Verdict::Safe => "safe",
            Verdict::Violated => "violated",
            Verdict::Incomplete => "incomplete",
        }
    }

    /// As it stands in a link. Kinds are names of the language, which need no escape.
    fn text(&self) -> String {
        let kinds = self.kinds.iter().flatten().map(String::as_str);
        std::iter::once(self.word()).chain(kinds).collect::<Vec<_>>().join(",")
    }

    /// As a reader reads it: `violated (uaf-read)`.
    fn words(&self) -> String {
        match self.kinds.as_deref() {
            None | Some([]) => self.word().to_owned(),
            Some(kinds) => {
                // A link may carry anything.
                let kinds: String = kinds.join(", ").chars().take(200).collect();
                format!("{} ({kinds})", self.word())
            }
        }
    }

    fn is_as(&self, now: &Self) -> bool {
        self.verdict == now.verdict && (self.kinds.is_none() || self.kinds == now.kinds)
    }
}
