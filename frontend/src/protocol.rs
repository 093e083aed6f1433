//! What the page and whoever explores for it say to each other. Plain data: it knows no engine, no
//! worker and no screen.

use crate::wire::{Wire, letter};

/// What the page asks. A new question drops the one before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Request {
    /// What can happen in this race?
    Explore(Question),
    /// Answer the question of that number with what is known by now.
    Stop(u32),
}

/// A race under a choice of knobs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Question {
    /// The number that its answers carry.
    pub(crate) id: u32,
    /// The race, packed.
    pub(crate) race: Vec<u8>,
    /// The knobs that differ from their defaults.
    pub(crate) knobs: Vec<(String, String)>,
}

/// What the page is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Reply {
    /// Number of the question.
    pub(crate) id: u32,
    /// What there is to say.
    pub(crate) news: News,
}

/// How a question is getting on.
#[derive(Clone, PartialEq, Eq, Debug)]
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
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// No run breaks anything.
    Safe,
    /// Some run does.
    Violated,
    /// A limit, or the reader, stopped the search.
    Incomplete,
}

/// What was found, with schedules as codes.
#[derive(Clone, PartialEq, Eq, Debug)]
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
#[derive(Clone, PartialEq, Eq, Debug)]
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

impl Wire for Request {
    fn write(&self, out: &mut String) {
        match self {
            Self::Explore(it) => {
                out.push('e');
                (it.id as usize).write(out);
                it.race.write(out);
                it.knobs.write(out);
            }
            Self::Stop(id) => {
                out.push('s');
                (*id as usize).write(out);
            }
        }
    }

    fn read(from: &mut &str) -> Option<Self> {
        let kind = letter(from)?;
        let id = id(from)?;
        match kind {
            'e' => {
                let (race, knobs) = Wire::read(from)?;
                Some(Self::Explore(Question { id, race, knobs }))
            }
            's' => Some(Self::Stop(id)),
            _ => None,
        }
    }
}

impl Wire for Reply {
    fn write(&self, out: &mut String) {
        out.push(match self.news {
            News::Progress { .. } => 'p',
            News::Answer(_) => 'a',
            News::Failed(_) => 'f',
        });
        (self.id as usize).write(out);
        match &self.news {
            News::Progress { states, depth } => (*states, *depth).write(out),
            News::Answer(summary) => summary.write(out),
            News::Failed(why) => why.write(out),
        }
    }

    fn read(from: &mut &str) -> Option<Self> {
        let kind = letter(from)?;
        let id = id(from)?;
        let news = match kind {
            'p' => Wire::read(from).map(|(states, depth)| News::Progress { states, depth }),
            'a' => Wire::read(from).map(News::Answer),
            'f' => Wire::read(from).map(News::Failed),
            _ => None,
        };
        Some(Self { id, news: news? })
    }
}

impl Wire for Summary {
    fn write(&self, out: &mut String) {
        out.push(match self.verdict {
            Verdict::Safe => 's',
            Verdict::Violated => 'v',
            Verdict::Incomplete => 'i',
        });
        for list in [&self.violations, &self.deadlocks, &self.held_off] {
            list.write(out);
        }
        (self.states, self.transitions).write(out);
        for text in [&self.schedules, &self.bad_schedules, &self.stopped] {
            text.write(out);
        }
    }

    fn read(from: &mut &str) -> Option<Self> {
        let verdict = match letter(from)? {
            's' => Verdict::Safe,
            'v' => Verdict::Violated,
            'i' => Verdict::Incomplete,
            _ => return None,
        };
        Some(Self {
            verdict,
            violations: Wire::read(from)?,
            deadlocks: Wire::read(from)?,
            held_off: Wire::read(from)?,
            states: Wire::read(from)?,
            transitions: Wire::read(from)?,
            schedules: Wire::read(from)?,
            bad_schedules: Wire::read(from)?,
            stopped: Wire::read(from)?,
        })
    }
}

impl Wire for Found {
    fn write(&self, out: &mut String) {
        for text in [&self.kind, &self.sentence, &self.schedule] {
            text.write(out);
        }
        self.steps.write(out);
    }

    fn read(from: &mut &str) -> Option<Self> {
        Some(Self {
            kind: Wire::read(from)?,
            sentence: Wire::read(from)?,
            schedule: Wire::read(from)?,
            steps: Wire::read(from)?,
        })
    }
}

/// The number of a question.
fn id(from: &mut &str) -> Option<u32> {
    u32::try_from(usize::read(from)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{read, write};

    #[test]
    fn what_is_asked_arrives() {
        let question =
            |race| Question { id: 7, race, knobs: vec![("kill_gp".to_owned(), "off".to_owned())] };
        for request in [
            Request::Explore(question(Vec::new())),
            Request::Explore(question((0..=255).collect())),
            Request::Stop(7),
        ] {
            assert_eq!(read(&write(&request)), Some(request));
        }
    }

    #[test]
    fn what_is_told_arrives() {
        let found = Found {
            kind: "uaf-read".to_owned(),
            sentence: "reads".to_owned(),
            steps: 13,
            schedule: "w2m3h7w".to_owned(),
        };
        let summary = Summary {
            verdict: Verdict::Violated,
            violations: vec![found.clone(), found.clone()],
            deadlocks: Vec::new(),
            held_off: vec![found],
            states: 174,
            transitions: 288,
            schedules: Some("6899".to_owned()),
            bad_schedules: None,
            stopped: None,
        };
        for news in [
            News::Progress { states: 12, depth: 3 },
            News::Answer(summary),
            News::Failed("1:2:3:".to_owned()),
        ] {
            let reply = Reply { id: 7, news };
            assert_eq!(read(&write(&reply)), Some(reply));
        }
    }

    #[test]
    fn other_messages_are_none() {
        for text in ["0.1.0", "", "e", "e7:", "x7:", "a7:s0:0:0:"] {
            assert_eq!(read::<Reply>(text), None, "{text}");
            assert_eq!(read::<Request>(text), None, "{text}");
        }
    }
}
