//! The reduced search: of each state, only the steps of a few actors that the others can neither see nor disturb. Imports the program, the table, needs and symmetry, never a text or a view.

use super::needs::Needs;
use super::symmetry::Symmetry;
use crate::explore::program::{Fate, Program};
use crate::explore::table::{Table, hash};
use crate::explore::{Limit, Limits};
use crate::ids::ViolationId;
use crate::model::Model;
use crate::state;

/// What does not change while states are searched.
#[derive(Debug)]
pub(super) struct Ground<'m> {
    pub(super) model: &'m Model,
    program: Program,
    needs: Needs,
    pub(super) symmetry: Symmetry,
}

impl<'m> Ground<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            model,
            program: Program::new(model),
            needs: Needs::new(model),
            symmetry: Symmetry::new(model),
        }
    }
}

/// What a search is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Aim<'k> {
    /// Which kinds of violation there are, and every end.
    Kinds,
    /// The shortest way to each of these kinds, all of which some run breaks; only that.
    Shortest(&'k [bool]),
}

/// What was found.
#[derive(Debug)]
pub(super) struct Walk {
    pub(super) table: Table,
    /// From which state each was found first.
    parents: Vec<u32>,
    pub(super) transitions: usize,
    /// For each kind of violation the first state that was found before a step that breaks it.
    pub(super) violated: Vec<Option<u32>>,
    /// The states where nobody can move though somebody should.
    pub(super) stuck: Vec<u32>,
    pub(super) stopped: Option<Limit>,
}

/// A transition that can be taken.
struct Way {
    actor: usize,
    /// Where its state stands; none where it breaks something.
    state: Option<usize>,
}

/// What is worked out for one state after the other.
#[derive(Default)]
struct Here {
    ways: Vec<Way>,
    states: Vec<u64>,
    registers: Vec<i32>,
    /// For each actor, the step that it stands before.
    steps: Vec<Option<usize>>,
    /// Who can move, as bits.
    movable: u32,
    broken: Vec<ViolationId>,
}

impl Walk {
    pub(super) fn new(ground: &Ground<'_>, aim: Aim<'_>, limits: Limits) -> Self {
        let model = ground.model;
        let mut walk = Self {
            table: Table::new(model.words),
            parents: Vec::new(),
            transitions: 0,
            violated: vec![None; model.violations.len()],
            stuck: Vec::new(),
            stopped: None,
        };
        walk.stopped = walk.search(ground, aim, limits).err();
        walk
    }

    /// The states on the way to this one, the initial one first.
    pub(super) fn way_to(&self, mut number: u32) -> Vec<u32> {
        let mut way = vec![number];
        while number != 0 {
            number = self.parents[number as usize];
            way.push(number);
        }
        way.reverse();
        way
    }

    fn search(&mut self, ground: &Ground<'_>, aim: Aim<'_>, limits: Limits) -> Result<(), Limit> {
        let words = ground.model.words;
        let mut initial = state::initial(ground.model);
        ground.symmetry.normalise(&mut initial);
        self.table.reserve(1, usize::MAX)?;
        self.enter(&initial, 0, usize::MAX)?;
        let mut here = Here {
            registers: vec![0; ground.program.registers],
            steps: vec![None; ground.model.actors.len()],
            ..Here::default()
        };
        let mut candidates: Vec<(usize, u32)> = Vec::new();
        let (mut next, mut layer_end) = (0, 0);
        while next < self.table.len() {
            if next == layer_end {
                if let Aim::Shortest(kinds) = aim
                    && kinds.iter().zip(&self.violated).all(|it| !it.0 || it.1.is_some())
                {
                    break;
                }
                layer_end = self.table.len();
            }
            let room = limits.max_bytes.saturating_sub(self.parents.capacity() * size_of::<u32>());
            self.table.reserve(ground.program.fan.max(1), room)?;
            self.parents.try_reserve(ground.program.fan).map_err(|_| Limit::Bytes)?;
            let number = next as u32;
            next += 1;
            if !here.look(ground, self.table.state(number as usize)) {
                continue;
            }
            if here.movable == 0 {
                self.stuck.push(number);
                continue;
            }
            for kind in here.broken.drain(..) {
                self.violated[kind.index()].get_or_insert(number);
            }
            here.candidates(ground, aim, &mut candidates);
            for (at, &(_, actors)) in candidates.iter().enumerate() {
                let mut goes_on = false;
                for way in here.ways.iter().filter(|it| actors >> it.actor & 1 == 1) {
                    self.transitions += 1;
                    let Some(start) = way.state else { continue };
                    let state = &here.states[start..][..words];
                    let known = self.table.len();
                    let found = self.enter(state, number, limits.max_states)?;
                    // What has been looked at already may lead back here, and what is left out now would
                    // be left out for ever.
                    goes_on |= !ground.needs.has_loops || found > number;
                    debug_assert!(found as usize <= known);
                }
                if goes_on || at + 1 == candidates.len() {
                    break;
                }
                self.transitions -=
                    here.ways.iter().filter(|it| actors >> it.actor & 1 == 1).count();
            }
        }
        Ok(())
    }

    /// The number of a state, which may be new.
    fn enter(&mut self, state: &[u64], from: u32, max_states: usize) -> Result<u32, Limit> {
        let hash = hash(state);
        match self.table.find(state, hash, state.len()) {
            Ok(number) => Ok(number),
            Err(_) if self.table.len() >= max_states => Err(Limit::States),
            Err(slot) => {
                self.parents.push(from);
                Ok(self.table.add(slot, state, hash))
            }
        }
    }
}

impl Here {
    /// Works out everything that can happen in a state; tells whether it is not complete.
    fn look(&mut self, ground: &Ground<'_>, state: &[u64]) -> bool {
        let program = &ground.program;
        self.ways.clear();
        self.states.clear();
        self.broken.clear();
        self.movable = 0;
        if program.is_complete(state) {
            return false;
        }
        self.steps.fill(None);
        for &mover in &program.movers {
            let actor = usize::from(mover.actor);
            let steps = &ground.model.actors[actor].steps;
            let step = usize::from(steps.start) + mover.position.of(state) as usize;
            if step >= usize::from(steps.end) {
                continue;
            }
            self.steps[actor] = Some(step);
            for outcome in program.outcomes(mover, state) {
                let start = self.states.len();
                self.states.extend_from_slice(state);
                let there = &mut self.states[start..];
                let state = match program.run(outcome, there, &mut self.registers) {
                    Fate::Blocked => {
                        self.states.truncate(start);
                        continue;
                    }
                    Fate::Broken(kind) => {
                        self.states.truncate(start);
                        self.broken.push(kind);
                        None
                    }
                    Fate::Done => {
                        ground.symmetry.normalise(there);
                        Some(start)
                    }
                };
                self.movable |= 1 << actor;
                self.ways.push(Way { actor, state });
            }
        }
        true
    }

    /// Sets of actors of which one is enough, the best first; the last one is enough in any case.
    fn candidates(&self, ground: &Ground<'_>, aim: Aim<'_>, candidates: &mut Vec<(usize, u32)>) {
        candidates.clear();
        let mut needs = [0u32; 32];
        for (actor, needs) in needs.iter_mut().enumerate().take(self.steps.len()) {
            *needs = ground.needs.of(actor, self.movable >> actor & 1 == 1, &self.steps);
        }
        let closure = |mut set: u32| {
            let mut open = set;
            while open != 0 {
                let actor = open.trailing_zeros() as usize;
                open &= open - 1;
                open |= needs[actor] & !set;
                set |= needs[actor];
            }
            set
        };
        let size = |set: u32| self.ways.iter().filter(|it| set >> it.actor & 1 == 1).count();
        if let Aim::Shortest(kinds) = aim {
            // Whoever may still break something has to be in it, and nobody else is worth the way.
            let breaks = |step: usize| {
                (0..kinds.len()).any(|it| kinds[it] && ground.needs.breaks[step].contains(it))
            };
            let dangerous = |it: &(usize, &Option<usize>)| it.1.is_some_and(breaks);
            let all =
                self.steps.iter().enumerate().filter(dangerous).fold(0, |all, it| all | 1 << it.0);
            let set = closure(all) & self.movable;
            if set != 0 {
                candidates.push((size(set), set));
            }
            return;
        }
        let mut open = self.movable;
        while open != 0 {
            let actor = open.trailing_zeros();
            open &= open - 1;
            let set = closure(1 << actor) & self.movable;
            if candidates.iter().all(|it| it.1 != set) {
                candidates.push((size(set), set));
            }
        }
        candidates.sort_unstable_by_key(|it| *it);
        if candidates.last().is_none_or(|it| it.1 != self.movable) {
            candidates.push((self.ways.len(), self.movable));
        }
    }
}
