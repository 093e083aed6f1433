//! What the page and whoever explores for it say to each other, as JSON. Plain data: it knows no
//! engine, no worker and no screen.

use serde::{Deserialize, Serialize};

/// What the page asks. A new question drops the one before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Request {
    /// What can happen in this race?
    Explore(Question),
    /// Answer the question of that number with what is known by now.
    Stop(u32),
}

/// A race under a choice of knobs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Question {
    /// The number that its answers carry.
    pub(crate) id: u32,
    /// The text of the race.
    pub(crate) text: String,
    /// The knobs that differ from their defaults.
    pub(crate) knobs: Vec<(String, String)>,
}

/// What the page is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Reply {
    /// Number of the question.
    pub(crate) id: u32,
    /// What there is to say.
    pub(crate) news: News,
}

/// How a question is getting on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum News {
    /// So many states are known by now.
    Progress {
        /// Distinct states.
        states: usize,
        /// Steps from the start of those that are looked at now.
        depth: usize,
    },
    /// The answer.
    Answer(Summary),
    /// It could not be explored, and why.
    Failed(String),
}

/// The verdict in a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) enum Verdict {
    /// No run breaks anything.
    Safe,
    /// Some run does.
    Violated,
    /// A limit, or the reader, stopped the search.
    Incomplete,
}

/// What was found, with schedules as codes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// In a word.
    pub(crate) verdict: Verdict,
    /// Kinds of violation, the shortest first.
    pub(crate) violations: Vec<Found>,
    /// Deadlocks, likewise.
    pub(crate) deadlocks: Vec<Found>,
    /// Ends at which it is no fault to wait, likewise.
    pub(crate) held_off: Vec<Found>,
    /// Distinct states.
    pub(crate) states: usize,
    /// Transitions between them.
    pub(crate) transitions: usize,
    /// Complete interleavings, in decimal; `None`: loops make them infinite, or it is incomplete.
    pub(crate) schedules: Option<String>,
    /// How many of them fail.
    pub(crate) bad_schedules: Option<String>,
    /// What stopped the search, as a clause of a sentence.
    pub(crate) stopped: Option<String>,
}

/// A way in which a run can end, with a shortest schedule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Found {
    /// Its stable name: `uaf-read`, `deadlock`.
    pub(crate) kind: String,
    /// What it means.
    pub(crate) sentence: String,
    /// Number of steps.
    pub(crate) steps: usize,
    /// The code of the schedule.
    pub(crate) schedule: String,
}

impl Summary {
    /// Everything with a schedule of its own, failures first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Found> {
        self.violations.iter().chain(&self.deadlocks).chain(&self.held_off)
    }

    /// The shortest failure.
    pub(crate) fn shortest(&self) -> Option<&Found> {
        self.violations.iter().chain(&self.deadlocks).min_by_key(|it| it.steps)
    }
}

/// A message as it travels.
pub(crate) fn write<T: Serialize>(message: &T) -> String {
    // Plain data without maps: writing it cannot fail.
    serde_json::to_string(message).unwrap_or_default()
}

/// A message that has arrived; `None` for anything else.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_arrives() {
        let request = Request::Explore(Question {
            id: 7,
            text: "race x \"\u{1f980}\"\n".to_owned(),
            knobs: vec![("kill_gp".to_owned(), "off".to_owned())],
        });
        assert_eq!(read(&write(&request)), Some(request));
        let reply = Reply { id: 7, news: News::Progress { states: 12, depth: 3 } };
        assert_eq!(read(&write(&reply)), Some(reply));
    }

    #[test]
    fn other_messages_are_none() {
        assert_eq!(read::<Reply>("0.1.0"), None);
        assert_eq!(read::<Request>(""), None);
    }
}
