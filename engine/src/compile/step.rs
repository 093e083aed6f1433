//! A line of a lane becomes a step: its guard and outcomes, texts, sources and marks, and the rule that
//! a step touches one shared location.

use super::lane::{Lane, LaneLine};
use super::names::{Compiler, Type, unknown};
use super::statement::Emission;
use super::{Checked, Rejected};
use crate::ids::{ActorId, StepId};
use crate::model::{Binary, Mark, Op, Outcome, Source, Wait};
use crate::syntax::tree::{Branch, Name, Spanned, Statement};

impl<'r> Compiler<'r> {
    pub(super) fn compile_lanes(&mut self, lanes: Vec<Lane<'r>>) -> Checked<()> {
        let mut rejected = false;
        for (number, lane) in lanes.iter().enumerate() {
            let first = self.model.actors[number].steps.start;
            for (line, raw) in lane.lines.iter().enumerate() {
                let id = StepId(first + line as u16);
                rejected |= self.compile_line(ActorId(number as u8), id, line, lane, raw).is_err();
            }
            rejected |= self.labels_differ(lane, first).is_err();
        }
        if rejected { Err(Rejected) } else { Ok(()) }
    }

    fn compile_line(
        &mut self,
        actor: ActorId,
        id: StepId,
        line: usize,
        lane: &Lane<'r>,
        raw: &LaneLine<'r>,
    ) -> Checked<()> {
        let (step, at) = (raw.step, &raw.at);
        let label = self.code(&step.label, &at.environment)?;
        let sentence = self.text(&step.sentence, &at.environment)?;
        let marks = step.marks.iter().map(|mark| self.mark(mark)).collect::<Checked<_>>()?;
        let mut body: &'r [Spanned<Statement>] = &step.body;
        if body.is_empty() {
            let help = words!("write what it does, or `{}: nothing`", step.key.node);
            let message = "this step does not say what it does";
            return Err(self.error(step.key.span, message, Some(&help)));
        }
        let mut guard = self.value(1);
        let mut wait = None;
        if let Some((
            Spanned { node: Statement::Wait { condition, words, may_be_held_off }, .. },
            rest,
        )) = body.split_first()
        {
            guard = self.expression(condition, &at.environment, Some(Type::Bool))?.id;
            let words = self.text(words, &at.environment)?;
            wait = Some(Wait { words, may_be_held_off: *may_be_held_off });
            body = rest;
        }
        let choice = body.iter().position(|s| matches!(s.node, Statement::Choose(_)));
        let (before, branches, after): (_, &'r [Branch], _) = match choice {
            Some(choice) => match &body[choice].node {
                Statement::Choose(branches) => (&body[..choice], branches, &body[choice + 1..]),
                _ => (body, &[], &[][..]),
            },
            None => (body, &[], &[][..]),
        };
        let mut outcomes = Vec::new();
        for number in 0..branches.len().max(1) {
            let branch = branches.get(number);
            let mut guard = guard;
            let mut title = None;
            if let Some(branch) = branch {
                title = Some(self.text(&branch.title, &at.environment)?);
                if let Some(condition) = &branch.guard {
                    let own = self.expression(condition, &at.environment, Some(Type::Bool))?.id;
                    guard = self.binary(Binary::And, guard, own);
                }
            }
            let mut emission = Emission::new(actor, lane);
            emission.access = match &step.access {
                Some(access) => Some(self.access(access)?),
                None => None,
            };
            self.touch_reads(guard, &mut emission);
            self.statements(before, at, &mut emission)?;
            if let Some(branch) = branch {
                self.statements(&branch.body, at, &mut emission)?;
            }
            self.statements(after, at, &mut emission)?;
            self.one_location(raw, &emission)?;
            emission.locations.clear();
            for (statement, at) in &raw.trailing {
                self.statements(std::slice::from_ref(*statement), at, &mut emission)?;
                if let Some((_, name)) = emission.locations.first() {
                    let message = words!(
                        "a line without a key belongs to the step before it and may touch locals only, not `{name}`"
                    );
                    let help =
                        "give it a key, a label and a sentence, or move it into an `atomic` step";
                    return Err(self.error(statement.span, message, Some(help)));
                }
            }
            let ops = self.finish_outcome(emission, line as u16 + 1);
            outcomes.push(Outcome { title, guard, ops });
        }
        let sources = step
            .sources
            .iter()
            .map(|source| Source {
                file: source.file.clone(),
                function: source.function.clone(),
                versions: source.versions.clone(),
            })
            .collect();
        let entry = &mut self.model.steps[id.index()];
        entry.label = label;
        entry.sentence = sentence;
        entry.sources = sources;
        entry.marks = marks;
        entry.wait = wait;
        entry.outcomes = outcomes;
        Ok(())
    }

    /// Moves the operations into the model, every jump with them, and settles how storage is accessed.
    fn finish_outcome(&mut self, emission: Emission<'r, '_>, next: u16) -> std::ops::Range<u32> {
        let first = self.model.ops.len() as u32;
        let written: Vec<_> = emission
            .ops
            .iter()
            .filter_map(|op| match op {
                Op::Assign { place, .. } => self.model.cells[place.base.index()].storage,
                _ => None,
            })
            .collect();
        for op in &emission.ops {
            self.model.ops.push(match *op {
                Op::Jump { to } => Op::Jump { to: to + first },
                Op::Unless { condition, to } => Op::Unless { condition, to: to + first },
                Op::Touch { storage, .. } => {
                    // A read-modify-write is a write, whatever it finds.
                    let plain = u8::from(written.contains(&storage));
                    let named = emission.access.as_deref().and_then(|name| {
                        let accesses = &self.model.storages[storage.index()].accesses;
                        accesses.iter().position(|access| access == name)
                    });
                    Op::Touch { storage, access: named.map_or(plain, |named| named as u8) }
                }
                other => other,
            });
        }
        self.model.ops.push(Op::Goto { line: next });
        first..self.model.ops.len() as u32
    }

    fn one_location(&mut self, raw: &LaneLine<'r>, emission: &Emission<'r, '_>) -> Checked<()> {
        if raw.step.atomic || emission.locations.len() < 2 {
            return Ok(());
        }
        let names: Vec<String> =
            emission.locations.iter().map(|(_, name)| format!("`{name}`")).collect();
        let message = words!(
            "this step touches {} shared locations at once: {}",
            names.len(),
            names.join(", ")
        );
        let help =
            words!("split it, or say that it is indivisible: `{}: atomic …`", raw.step.key.node);
        Err(self.error(raw.step.key.span, message, Some(&help)))
    }

    fn access(&mut self, access: &Name) -> Checked<String> {
        let mut names: Vec<&str> = Vec::new();
        for storage in &self.model.storages {
            names.extend(storage.accesses.iter().map(String::as_str));
        }
        if names.contains(&access.node.as_str()) {
            return Ok(access.node.clone());
        }
        Err(self.reject(unknown(access, "access to a storage", &names)))
    }

    fn mark(&mut self, mark: &Name) -> Checked<Mark> {
        match Mark::of(&mark.node) {
            Some(found) => Ok(found),
            None => Err(self.unknown(mark, "mark", &Mark::WORDS.map(|it| it.0))),
        }
    }

    fn labels_differ(&mut self, lane: &Lane<'r>, first: u16) -> Checked<()> {
        let label = |compiler: &Self, line: usize| {
            let step = &compiler.model.steps[usize::from(first) + line];
            compiler.model.texts.get(step.label.index()).cloned()
        };
        for line in 0..lane.lines.len() {
            for other in 0..line {
                if label(self, line).is_some() && label(self, line) == label(self, other) {
                    let raw = &lane.lines[line].step;
                    let message = words!(
                        "the lines {} and {} have the same label",
                        lane.lines[other].key,
                        lane.lines[line].key
                    );
                    let help = "tables name steps by their labels, so each needs its own";
                    return Err(self.error(raw.label.span, message, Some(help)));
                }
            }
        }
        Ok(())
    }
}

impl Mark {
    const WORDS: [(&str, Self); 4] = [
        ("deduced", Self::Deduced),
        ("observed", Self::Observed),
        ("unverified", Self::Unverified),
        ("hypothetical", Self::Hypothetical),
    ];

    /// The mark that this word of the language means.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(name, _)| *name == word).map(|&(_, mark)| mark)
    }

    /// The word of the language for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, mark)| *mark == self).map_or("", |&(name, _)| name)
    }
}
