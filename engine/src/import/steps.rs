//! The rows of a table, matched with what each actor can do. Imports the lines, model, trace, and what the table's export says of a step.

use super::fault::{Fault, Wrong};
use super::heading;
use super::lines::{Line, lines};
use super::row::{close, columns, is_behind, joined};
use crate::export::{impossible, step_label, waiting};
use crate::ids::{ActorId, StepId};
use crate::model::Model;
use crate::schedule::{MAX_TURNS, Schedule, Turn};
use crate::state::Ending;
use crate::syntax::diagnostic::closest;
use crate::trace::{Run, Standing};

/// What could be read of the rows of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Steps {
    /// The steps that could be matched, up to the first impossible one.
    pub schedule: Schedule,
    /// Every line that could not be matched, in order.
    pub faults: Vec<Fault>,
}

/// So many lines may one step have been broken into.
const MOST_LINES: usize = 16;
/// Who edits a table by hand misses a column by so much.
const NEAR: usize = 3;

/// Reads the rows of a table; its first line and its headings may be missing.
#[must_use]
pub fn steps(model: &Model, text: &str) -> Steps {
    let all = lines(text);
    let begin = heading::of(&all).map_or(0, |it| it.end);
    let rows: Vec<Line> = all.into_iter().skip(begin).filter(|it| !it.text.is_empty()).collect();
    let mut reader = Reader {
        model,
        run: Run::new(model),
        kept: None,
        columns: Vec::new(),
        note: None,
        faults: Vec::new(),
    };
    let heads = reader.heads(&rows);
    reader.read(&rows[heads..]);
    let schedule = reader.kept.unwrap_or_else(|| reader.run.trace().schedule());
    Steps { schedule, faults: reader.faults }
}

struct Reader<'a> {
    model: &'a Model,
    /// What has been taken; where a line was damaged, as if it had not been.
    run: Run<'a>,
    /// What is certain, once a line was damaged.
    kept: Option<Schedule>,
    /// Where whose steps begin.
    columns: Vec<(usize, ActorId)>,
    /// The note that is being read, without blanks.
    note: Option<String>,
    faults: Vec<Fault>,
}

/// A step that somebody could come to next.
struct Candidate {
    turn: Turn,
    step: StepId,
    label: String,
}

/// What became of a row.
enum Outcome {
    /// It was so many lines.
    Read(usize),
    /// Nothing after it can be judged.
    Stop,
}

impl<'a> Reader<'a> {
    /// The lines that name CPUs and actors over the columns: how many there are.
    fn heads(&mut self, rows: &[Line]) -> usize {
        let mut count = 0;
        for row in rows {
            let named = columns(row, |it| self.actor_called(it));
            let cpus = columns(row, |it| self.actor_on(it));
            match (named, cpus) {
                (Some(columns), _) => {
                    // Where names and the headings of a longer table differ, names tell.
                    self.columns = columns;
                    return count + 1;
                }
                (None, Some(columns)) if count == 0 => {
                    self.columns = columns;
                    count += 1;
                }
                _ => break,
            }
        }
        count
    }

    fn actor_called(&self, name: &str) -> Option<ActorId> {
        let at = self.model.actors.iter().position(|it| it.name == name)?;
        Some(ActorId(at as u8))
    }

    /// The only actor on a CPU: `CPU 1`, `CPU1`.
    fn actor_on(&self, name: &str) -> Option<ActorId> {
        let number = name.strip_prefix("CPU").or_else(|| name.strip_prefix("cpu"))?;
        let cpu: u8 = number.trim().trim_start_matches('#').parse().ok()?;
        let mut on = (0..).zip(&self.model.actors).filter(|it| it.1.cpu == Some(cpu));
        let (id, _) = on.next()?;
        on.next().is_none().then_some(ActorId(id))
    }

    fn read(&mut self, rows: &[Line]) {
        let mut at = 0;
        while at < rows.len() {
            let row = &rows[at];
            if is_behind(row) || self.run.trace().steps.len() >= MAX_TURNS {
                break;
            }
            if row.text == "(nobody has moved)" {
                at += 1;
                continue;
            }
            if let Some(note) = row.text.strip_prefix("<--") {
                self.begin_note(row, note);
                at += 1;
                continue;
            }
            match self.row(&rows[at..]) {
                Outcome::Read(lines) => at += lines,
                Outcome::Stop => break,
            }
        }
    }

    /// Matches the first of these lines, with those that continue it.
    fn row(&mut self, rows: &[Line]) -> Outcome {
        let row = &rows[0];
        // A note may say what a label says.
        if !self.columns.is_empty() && self.continues_note(row) {
            return Outcome::Read(1);
        }
        let candidates = self.candidates();
        // As it was printed; then as a mailer may have broken it.
        let whole = self.extent(rows);
        let most = rows.len().min(MOST_LINES);
        for count in std::iter::once(whole).chain((1..=most).filter(|it| *it != whole)) {
            let Some((text, note)) = joined(&rows[..count]) else { break };
            match self.choose(row, &text, &candidates) {
                Ok(None) => continue,
                Ok(Some(candidate)) => {
                    if !self.take(row, candidate) {
                        return Outcome::Stop;
                    }
                    self.note = None;
                    if let Some(note) = note {
                        self.begin_note(&rows[count - 1], &note);
                    }
                    return Outcome::Read(count);
                }
                Err(actors) => {
                    self.fault(row, Wrong::WhoseStep { actors });
                    return Outcome::Stop;
                }
            }
        }
        if self.continues_note(row) {
            return Outcome::Read(1);
        }
        self.unmatched(&rows[..whole], &candidates)
    }

    /// How many of these lines the table's own rules say make up the first row.
    fn extent(&self, rows: &[Line]) -> usize {
        let first = &rows[0];
        let continues = |it: &&Line| {
            !it.text.starts_with("<--")
                && !is_behind(it)
                && if self.columns.is_empty() {
                    it.indent == first.indent + 2
                } else {
                    self.columns.iter().all(|column| column.0 != it.indent)
                }
        };
        // What has a note beside it is the end of its row.
        let mut count = 1;
        while count < rows.len().min(MOST_LINES)
            && !rows[count - 1].text.contains("  <--")
            && continues(&&rows[count])
        {
            count += 1;
        }
        count
    }

    /// What everybody could come to next, possible or not.
    fn candidates(&self) -> Vec<Candidate> {
        let position = self.run.trace().last();
        let mut all = Vec::new();
        for (standing, actor) in position.actors.iter().zip(0..) {
            let (Standing::CanMove { step, .. }
            | Standing::Waits { step, .. }
            | Standing::Over { step }) = standing
            else {
                continue;
            };
            for outcome in 0..self.model.steps[step.index()].outcomes.len() {
                let outcome = outcome as u8;
                let label = step_label(self.model, &position.state, *step, outcome);
                let turn = Turn { actor: ActorId(actor), outcome };
                all.push(Candidate { turn, step: *step, label });
            }
        }
        all
    }

    /// The candidate that a text is, if it is one; several actors' names where nobody can tell.
    fn choose<'c>(
        &mut self,
        row: &Line,
        text: &str,
        candidates: &'c [Candidate],
    ) -> Result<Option<&'c Candidate>, Vec<String>> {
        let matching = |text: &str| -> Vec<&'c Candidate> {
            candidates.iter().filter(|it| close(&it.label) == text).collect()
        };
        let text = close(text);
        let mut found = matching(&text);
        if found.is_empty() {
            // `walker: label`, as it is printed where there is no room for columns.
            found = candidates
                .iter()
                .filter(|it| {
                    let name = close(&self.model.actors[it.turn.actor.index()].name);
                    let rest = text.strip_prefix(&name).and_then(|it| it.strip_prefix(':'));
                    rest.is_some_and(|rest| rest == close(&it.label))
                })
                .collect();
            return Ok(found.first().copied());
        }
        let column = self.column(row.indent);
        if let Some(&own) = found.iter().find(|it| Some(it.turn.actor) == column) {
            return Ok(Some(own));
        }
        match &found[..] {
            [only] => {
                if column.is_none() && !self.columns.iter().any(|it| it.1 == only.turn.actor) {
                    self.columns.push((row.indent, only.turn.actor));
                }
                Ok(Some(only))
            }
            several => {
                let name = |it: &&Candidate| self.model.actors[it.turn.actor.index()].name.clone();
                Err(several.iter().map(name).collect())
            }
        }
    }

    /// In whose column something begins: exactly, or nearly.
    fn column(&self, indent: usize) -> Option<ActorId> {
        let near = self.columns.iter().filter(|it| it.0.abs_diff(indent) <= NEAR);
        near.min_by_key(|it| it.0.abs_diff(indent)).map(|it| it.1)
    }

    /// Takes a step, and tells whether that was possible.
    fn take(&mut self, row: &Line, candidate: &Candidate) -> bool {
        let over = self.run.trace().last().ending;
        if self.run.take(candidate.turn) {
            return true;
        }
        let wrong = match over {
            Some(ending) => Wrong::Over { ending: self.ending(ending) },
            None => Wrong::Impossible {
                reason: impossible(self.model, self.run.trace()).unwrap_or_default(),
            },
        };
        self.fault(row, wrong);
        false
    }

    fn ending(&self, ending: Ending) -> String {
        match ending {
            Ending::Complete => "everybody has finished".to_owned(),
            Ending::Deadlock => "deadlock".to_owned(),
            Ending::HeldOff => "held off".to_owned(),
            Ending::Violated(it) => self.model.violations[it.index()].name.clone(),
        }
    }

    fn fault(&mut self, row: &Line, wrong: Wrong) {
        self.faults.push(Fault { line: row.number, text: row.text.clone(), wrong });
    }

    /// Says of lines that are no step what could have stood there.
    fn unmatched(&mut self, rows: &[Line], candidates: &[Candidate]) -> Outcome {
        let row = &rows[0];
        let (text, _) = joined(rows).unwrap_or_default();
        let column = self.column(row.indent);
        if let Some(ending) = self.run.trace().last().ending {
            let ending = self.ending(ending);
            self.fault(row, Wrong::Over { ending });
            return Outcome::Read(rows.len());
        }
        let told = |it: &Candidate| {
            let actor = &self.model.actors[it.turn.actor.index()].name;
            format!("{actor}: {} `{}`", self.model.steps[it.step.index()].key, it.label)
        };
        if let Some(actor) = self.elsewhere(&text, column) {
            let first = candidates.iter().find(|it| it.turn.actor == actor).map(told);
            let actor = self.model.actors[actor.index()].name.clone();
            self.fault(row, Wrong::NotNext { actor, first });
            return Outcome::Stop;
        }
        let own = |it: &&Candidate| column.is_none_or(|column| column == it.turn.actor);
        let meant: Vec<&Candidate> = candidates.iter().filter(own).collect();
        let labels = meant.iter().map(|it| it.label.as_str());
        let near = closest(&text, labels).map(str::to_owned);
        let near = near.and_then(|label| meant.iter().find(|it| it.label == label));
        let expected: Vec<String> = meant.iter().map(|it| told(it)).collect();
        let closest = near.map(|it| told(it));
        let damaged = near.map(|it| it.turn);
        self.fault(row, Wrong::NoStep { expected, closest });
        if let Some(turn) = damaged {
            // What follows is judged as if the line were sound, and not kept.
            let kept = self.run.trace().schedule();
            if !self.run.take(turn) {
                return Outcome::Stop;
            }
            self.kept.get_or_insert(kept);
        }
        Outcome::Read(rows.len())
    }

    /// The actor that has such a step, but does not come to it here.
    fn elsewhere(&self, text: &str, column: Option<ActorId>) -> Option<ActorId> {
        let text = close(text);
        let state = &self.run.trace().last().state;
        let owner = |(step, id): (&crate::model::Step, u16)| {
            let said = (0..step.outcomes.len() as u8)
                .any(|outcome| close(&step_label(self.model, state, StepId(id), outcome)) == text);
            said.then_some(step.actor)
        };
        let mut owners = self.model.steps.iter().zip(0..).filter_map(owner).collect::<Vec<_>>();
        owners.sort_by_key(|it| Some(*it) != column);
        owners.first().copied()
    }

    /// A note: where it names an end, the run has to have come to it.
    fn begin_note(&mut self, row: &Line, note: &str) {
        self.note = Some(close(note));
        let said = note.split(':').next().unwrap_or_default().trim();
        let is_end = ["deadlock", "held off"].contains(&said)
            || self.model.violations.iter().any(|it| it.name == said);
        let instead = self.run.trace().last().ending.map(|it| self.ending(it));
        if is_end && self.kept.is_none() && instead.as_deref() != Some(said) {
            self.fault(row, Wrong::Note { instead });
        }
    }

    /// Whether a line goes on with the note before it.
    fn continues_note(&mut self, row: &Line) -> bool {
        let Some(note) = &mut self.note else { return false };
        let last = self.run.trace().last();
        let whole = match last.ending {
            Some(Ending::Violated(it)) => {
                let violation = &self.model.violations[it.index()];
                format!("{}: {}", violation.name, violation.sentence)
            }
            Some(Ending::Deadlock) => {
                format!("deadlock: {}", waiting(self.model, last).join("; "))
            }
            Some(Ending::HeldOff) => format!("held off: {}", waiting(self.model, last).join("; ")),
            Some(Ending::Complete) | None => String::new(),
        };
        let longer = format!("{note}{}", close(&row.text));
        let known = close(&whole).starts_with(&longer);
        let inside = self.columns.iter().all(|it| it.0 != row.indent) && row.indent > 0;
        if known || inside {
            *note = longer;
        }
        known || inside
    }
}
