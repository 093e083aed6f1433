//! Where everybody can stand, and what can still come of it. Imports the engine's graph and fates, no screen.

use std::collections::BTreeMap;

use racewalk_engine::explain::{Counts, Fate, Fates, Transitions};
use racewalk_engine::explore::{Graph, Target};
use racewalk_engine::export;
use racewalk_engine::model::Model;
use racewalk_engine::schedule::{Schedule, Turn};
use racewalk_engine::state;
use serde::{Deserialize, Serialize};

/// How many states have which fate.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Tally {
    /// Nothing that follows fails.
    pub safe: usize,
    /// Some of what follows fails.
    pub open: usize,
    /// All that follows fails.
    pub lost: usize,
    /// A limit stopped the search before this was known.
    pub unknown: usize,
}

impl Tally {
    /// How many states.
    #[must_use]
    pub fn all(&self) -> usize {
        self.safe + self.open + self.lost + self.unknown
    }

    /// With the states of another one.
    pub fn add(&mut self, other: Self) {
        self.safe += other.safe;
        self.open += other.open;
        self.lost += other.lost;
        self.unknown += other.unknown;
    }
}

/// All states in which every actor stands at the same place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stand {
    /// Before which line of its lane each actor stands, counted from 0; the number of its lines: finished.
    pub at: Vec<u16>,
    /// The states.
    pub tally: Tally,
    /// Who can move in some of them: bit `n` is actor `n`.
    pub can_move: u64,
    /// Whose next step breaks something in some of them.
    pub breaks: u64,
    /// The code of a shortest schedule to one of them.
    pub way: String,
}

/// Where everybody can stand.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Census {
    /// Distinct states.
    pub tally: Tally,
    /// Whether a limit stopped the search: there may be more.
    pub stopped: bool,
    /// By their places.
    pub stands: Vec<Stand>,
    /// Complete schedules, and those that fail: in digits, or `infinitely many`; `None`: not counted.
    pub schedules: Option<(String, String)>,
}

impl Census {
    /// Of a graph that was explored from this model.
    #[must_use]
    pub fn new(
        model: &Model,
        graph: &Graph,
        transitions: &Transitions,
        fates: &Fates,
        counts: Option<&Counts>,
    ) -> Self {
        let ways = Ways::new(transitions);
        let mut stands: BTreeMap<Vec<u16>, Stand> = BTreeMap::new();
        let mut all = Tally::default();
        for number in 0..transitions.states() as u32 {
            let tally = tally(fates.of(number));
            all.add(tally);
            let at = places(model, graph.state(number));
            // States are numbered by their distance, so the first is a nearest one.
            let stand = stands.entry(at).or_insert_with_key(|at| Stand {
                at: at.clone(),
                tally: Tally::default(),
                can_move: 0,
                breaks: 0,
                way: ways.to(number).code(model),
            });
            stand.tally.add(tally);
            for it in transitions.of(number) {
                stand.can_move |= 1 << it.turn.actor.index();
                if let Target::Violation(_) = it.target {
                    stand.breaks |= 1 << it.turn.actor.index();
                }
            }
        }
        let number = export::explain::number;
        Self {
            tally: all,
            stopped: graph.stopped().is_some(),
            stands: stands.into_values().collect(),
            schedules: counts.map(|it| (number(it.all(0)), number(it.failing(0)))),
        }
    }
}

/// Before which line of its lane each actor stands.
pub(crate) fn places(model: &Model, state: &[u64]) -> Vec<u16> {
    let place = |it: &racewalk_engine::model::Actor| {
        u16::try_from(state::read(model, state, it.position)).unwrap_or(0)
    };
    model.actors.iter().map(place).collect()
}

fn tally(fate: Fate) -> Tally {
    let mut tally = Tally::default();
    *match fate {
        Fate::Safe => &mut tally.safe,
        Fate::Open => &mut tally.open,
        Fate::Lost => &mut tally.lost,
        Fate::Unknown => &mut tally.unknown,
    } = 1;
    tally
}

/// A shortest way to every state.
struct Ways(Vec<Option<(u32, Turn)>>);

impl Ways {
    fn new(transitions: &Transitions) -> Self {
        let mut before = vec![None; transitions.states()];
        for number in 0..transitions.states() as u32 {
            for it in transitions.of(number) {
                // Nearer states come first, so the first way there is a shortest one.
                if let Target::State(next) = it.target
                    && next != 0
                {
                    before[next as usize].get_or_insert((number, it.turn));
                }
            }
        }
        Self(before)
    }

    fn to(&self, mut number: u32) -> Schedule {
        let mut turns = Vec::new();
        while let Some((from, turn)) = self.0[number as usize] {
            turns.push(turn);
            number = from;
        }
        turns.reverse();
        Schedule(turns)
    }
}
