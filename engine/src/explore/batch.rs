//! What a few states lead to, worked out together, so that the memory of each is on its way before it is looked at. Imports ids, the schedule's turn, the program and the table.

use super::program::{Fate, Program};
use super::table::{Table, hash};
use crate::ids::{ActorId, ViolationId};
use crate::schedule::Turn;

/// How many transitions are worked out before the first of them is looked up.
pub(super) const BATCH: usize = 128;

/// A transition, not looked up yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    /// The hash of the state that it leads to.
    pub(super) hash: u64,
    /// The state that it comes from.
    pub(super) from: u32,
    pub(super) turn: Turn,
    /// What it breaks.
    pub(super) broken: Option<ViolationId>,
}

/// Transitions, by state, actor and outcome.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) pending: Vec<Pending>,
    /// For each of them, the state that it leads to, if any.
    pub(super) states: Vec<u64>,
    registers: Vec<i32>,
}

impl Batch {
    pub(super) fn new(program: &Program) -> Self {
        Self { pending: Vec::new(), states: Vec::new(), registers: vec![0; program.registers] }
    }

    pub(super) fn clear(&mut self) {
        self.pending.clear();
        self.states.clear();
    }

    /// Adds every transition of a state, and tells whether the run is complete there. `words` is how many
    /// a state has.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn fill(
        &mut self,
        program: &Program,
        table: &Table,
        number: u32,
        words: usize,
    ) -> bool {
        let Self { pending, states, registers } = self;
        let here = table.state_of(number as usize, words);
        if program.is_complete(here) {
            return true;
        }
        for &mover in &program.movers {
            let outcomes = program.outcomes(mover, here);
            let first = outcomes.start;
            for outcome in outcomes {
                let start = states.len();
                states.extend_from_slice(here);
                let there = &mut states[start..][..words];
                let broken = match program.run(outcome, there, registers) {
                    Fate::Blocked => {
                        states.truncate(start);
                        continue;
                    }
                    Fate::Done => None,
                    Fate::Broken(violation) => Some(violation),
                };
                let hash = hash(there);
                if broken.is_none() {
                    table.prefetch(hash);
                }
                let turn = Turn { actor: ActorId(mover.actor), outcome: (outcome - first) as u8 };
                pending.push(Pending { hash, from: number, turn, broken });
            }
        }
        false
    }
}
