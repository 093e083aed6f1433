//! The reader's schedule: where it stands, what was left on the way, what came of it under these
//! knobs. Pure; it knows no component, no link and no search.

use racewalk_engine::schedule::Turn;
use racewalk_engine::trace::Trace;
use racewalk_engine::view::Frame;

use crate::engine::Bench;
use crate::shared::Shared;

/// How many branches are kept.
const BRANCHES: usize = 3;

/// How the reader came to where the schedule stands: the picture moves accordingly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Moved {
    /// By taking the step.
    Forward,
    /// By taking it back.
    Back,
    /// Otherwise: nothing travels.
    Jumped,
}

/// A schedule that the reader left for another one.
#[derive(Debug)]
pub(crate) struct Branch {
    /// Its code, as it was.
    code: String,
    /// What of it is possible.
    pub(crate) trace: Trace,
    /// How many steps it has in common with the schedule.
    pub(crate) common: usize,
}

/// The reader's schedule.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// What the reader asked for. It may be longer than what is possible under these knobs; turned
    /// back, they make it possible again.
    code: String,
    /// Where the reader wanted to stand in it.
    wanted: usize,
    /// What is possible.
    pub(crate) trace: Shared<Trace>,
    /// Steps taken.
    pub(crate) at: usize,
    /// What it looks like there.
    pub(crate) frame: Shared<Frame>,
    /// How the reader came there.
    pub(crate) moved: Moved,
    /// What it looked like where the reader came from.
    pub(crate) before: Option<Shared<Frame>>,
    /// Codes of the schedules that were left, the last one first.
    left: Vec<String>,
    /// Of these, what still differs from the schedule.
    pub(crate) branches: Shared<Vec<Branch>>,
    /// Why the schedule is shorter than what was asked for, if it is.
    pub(crate) cut: Option<String>,
}

impl Run {
    /// A schedule, from its code.
    pub(crate) fn new(bench: &Bench, code: &str, at: usize) -> Self {
        Self::with(bench, code.to_owned(), at, Vec::new())
    }

    fn with(bench: &Bench, code: String, wanted: usize, left: Vec<String>) -> Self {
        let (trace, cut) = bench.replay(&code);
        let at = wanted.min(trace.steps.len());
        Self {
            frame: Shared::new(bench.frame(&trace, at)),
            branches: Shared::new(branches(bench, &left, &trace)),
            trace: Shared::new(trace),
            code,
            wanted,
            at,
            moved: Moved::Jumped,
            before: None,
            left,
            cut,
        }
    }

    /// How many steps there are to go to.
    pub(crate) fn len(&self) -> usize {
        self.trace.steps.len()
    }

    /// The code of what is possible.
    pub(crate) fn possible(&self, bench: &Bench) -> String {
        bench.code(self.turns(self.len()))
    }

    /// The code that the reader asked for.
    pub(crate) fn asked(&self) -> (&str, usize) {
        (&self.code, self.wanted)
    }

    /// The same schedule after `at` steps, or at its end.
    pub(crate) fn seek(&self, bench: &Bench, at: usize) -> Self {
        let at = at.min(self.len());
        let moved = match at {
            _ if at == self.at + 1 => Moved::Forward,
            _ if at + 1 == self.at => Moved::Back,
            _ => Moved::Jumped,
        };
        let frame = Shared::new(bench.frame(&self.trace, at));
        let before = Some(self.frame.clone());
        Self { at, wanted: at, moved, frame, before, ..self.clone() }
    }

    /// After one more step; `None` when it is impossible. A step that the schedule does not take
    /// here forks it, and what followed is kept as a branch.
    pub(crate) fn take(&self, bench: &Bench, turn: Turn) -> Option<Self> {
        if self.trace.steps.get(self.at).is_some_and(|it| it.turn == turn) {
            return Some(self.seek(bench, self.at + 1));
        }
        let known = |it: &Branch| {
            it.common >= self.at && it.trace.steps.get(self.at).is_some_and(|it| it.turn == turn)
        };
        if let Some(index) = self.branches.iter().position(known) {
            return Some(self.take_up(bench, index)?.seek(bench, self.at + 1));
        }
        let code = bench.code(self.turns(self.at).chain([turn]));
        let mut forked = Self::with(bench, code, self.at + 1, self.leaving(bench));
        forked.moved = Moved::Forward;
        (forked.at == self.at + 1 && forked.cut.is_none()).then_some(forked)
    }

    /// Back on a branch, at the last step that it has in common with the schedule, or before.
    pub(crate) fn take_up(&self, bench: &Bench, index: usize) -> Option<Self> {
        let branch = self.branches.get(index)?;
        let at = self.at.min(branch.common);
        let mut left = self.leaving(bench);
        left.retain(|it| *it != branch.code);
        Some(Self::with(bench, branch.code.clone(), at, left))
    }

    /// Another schedule altogether; `keep`: this one becomes a branch.
    pub(crate) fn follow(&self, bench: &Bench, code: &str, at: usize, keep: bool) -> Self {
        let mut left = if keep { self.leaving(bench) } else { self.left.clone() };
        left.retain(|it| it != code);
        Self::with(bench, code.to_owned(), at, left)
    }

    /// The same under other knobs, as far as it is possible.
    pub(crate) fn under(&self, bench: &Bench) -> Self {
        Self::with(bench, self.code.clone(), self.wanted, self.left.clone())
    }

    fn turns(&self, at: usize) -> impl Iterator<Item = Turn> {
        self.trace.steps.iter().take(at).map(|it| it.turn)
    }

    /// The branches, once this schedule is left.
    fn leaving(&self, bench: &Bench) -> Vec<String> {
        let mut left = self.left.clone();
        if !self.trace.steps.is_empty() {
            let code = self.possible(bench);
            left.retain(|it| *it != code);
            left.insert(0, code);
        }
        left
    }
}

/// Those that differ from `trace` and from each other, the last one left first.
fn branches(bench: &Bench, left: &[String], trace: &Trace) -> Vec<Branch> {
    let mut kept: Vec<Branch> = Vec::new();
    for code in left {
        let (own, _) = bench.replay(code);
        let common = common(&own, trace);
        let covered = kept.iter().any(|it| self::common(&own, &it.trace) == own.steps.len());
        if common < own.steps.len() && !covered {
            kept.push(Branch { code: code.clone(), trace: own, common });
        }
        if kept.len() == BRANCHES {
            break;
        }
    }
    kept
}

/// How many steps two runs have in common.
fn common(one: &Trace, other: &Trace) -> usize {
    one.steps.iter().zip(&other.steps).take_while(|(a, b)| a.turn == b.turn).count()
}
