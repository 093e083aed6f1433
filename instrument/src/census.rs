//! Where everybody can stand, and what can still come of it. Imports the engine's graph and fates, no screen.

use racewalk_engine::explain::{Counts, Fate, Fates, Transitions};
use racewalk_engine::explore::{Graph, Target};
use racewalk_engine::export;
use racewalk_engine::model::{Actor, Model};
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

/// All states in which every actor stands at the same place are one stand. They are kept in flat arrays: a worker sends
/// hundreds of thousands of them at once.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Stands {
    /// How many actors there are.
    actors: usize,
    /// Their places, stand after stand.
    #[serde(with = "flat")]
    at: Vec<u16>,
    /// Safe, open, lost, unknown.
    #[serde(with = "flat")]
    tallies: Vec<[u32; 4]>,
    #[serde(with = "flat")]
    can_move: Vec<u64>,
    /// The ways, one after the other.
    ways: String,
    /// Where each of them ends.
    #[serde(with = "flat")]
    ends: Vec<u32>,
}

impl Stands {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tallies.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }

    /// Before which line of its lane each actor stands, counted from 0; the number of its lines: finished.
    ///
    /// # Panics
    ///
    /// Where there is no such stand, as all of these.
    #[must_use]
    pub fn at(&self, number: usize) -> &[u16] {
        &self.at[number * self.actors..][..self.actors]
    }

    /// The states.
    #[must_use]
    pub fn tally(&self, number: usize) -> Tally {
        let [safe, open, lost, unknown] = self.tallies[number].map(|it| it as usize);
        Tally { safe, open, lost, unknown }
    }

    /// Who can move in some of them: bit `n` is actor `n`.
    #[must_use]
    pub fn can_move(&self, number: usize) -> u64 {
        self.can_move[number]
    }

    /// The code of a shortest schedule to one of them.
    #[must_use]
    pub fn way(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |it| self.ends[it]);
        &self.ways[start as usize..self.ends[number] as usize]
    }
}

/// Where everybody can stand.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Census {
    /// Distinct states.
    pub tally: Tally,
    /// Whether a limit stopped the search: there may be more.
    pub stopped: bool,
    /// By their places, in the order of these.
    pub stands: Stands,
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
        let states = transitions.states() as u32;
        let actors = model.actors.len();
        let mut all_places = Vec::with_capacity(transitions.states() * actors);
        for number in 0..states {
            all_places.extend(places(model, graph.state(number)));
        }
        let at = |number: u32| &all_places[number as usize * actors..][..actors];
        let mut order: Vec<u32> = (0..states).collect();
        // States are numbered by their distance: the first of each stand stays a nearest one.
        order.sort_by(|&a, &b| at(a).cmp(at(b)));
        let ways = Ways::new(transitions);
        let mut stands = Stands { actors, ..Stands::default() };
        let mut all = Tally::default();
        for states in order.chunk_by(|&a, &b| at(a) == at(b)) {
            let mut tally = Tally::default();
            let mut can_move = 0;
            for &number in states {
                tally.add(tally_of(fates.of(number)));
                for it in transitions.of(number) {
                    can_move |= 1 << it.turn.actor.index();
                }
            }
            all.add(tally);
            stands.at.extend(at(states[0]));
            let Tally { safe, open, lost, unknown } = tally;
            stands.tallies.push([safe, open, lost, unknown].map(|it| it as u32));
            stands.can_move.push(can_move);
            stands.ways += &ways.to(states[0]).code(model);
            stands.ends.push(stands.ways.len() as u32);
        }
        let number = export::explain::number;
        Self {
            tally: all,
            stopped: graph.stopped().is_some(),
            stands,
            schedules: counts.map(|it| (number(it.all(0)), number(it.failing(0)))),
        }
    }
}

/// Numbers as the bytes that they are: page and worker are one module on one machine, and number by number takes the page
/// a tenth of a second.
mod flat {
    use std::fmt;
    use std::marker::PhantomData;

    use bytemuck::Pod;
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<T: Pod, S: Serializer>(all: &[T], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytemuck::cast_slice(all))
    }

    pub(super) fn deserialize<'a, T: Pod, D: Deserializer<'a>>(
        from: D,
    ) -> Result<Vec<T>, D::Error> {
        from.deserialize_bytes(Bytes(PhantomData))
    }

    struct Bytes<T>(PhantomData<T>);

    impl<T: Pod> Visitor<'_> for Bytes<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "bytes, {} to each number", size_of::<T>())
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
            if !bytes.len().is_multiple_of(size_of::<T>()) {
                return Err(E::invalid_length(bytes.len(), &self));
            }
            Ok(bytemuck::pod_collect_to_vec(bytes))
        }
    }
}

/// Before which line of its lane each actor stands.
pub(crate) fn places<'a>(model: &'a Model, state: &'a [u64]) -> impl Iterator<Item = u16> + 'a {
    let place =
        move |it: &Actor| u16::try_from(state::read(model, state, it.position)).unwrap_or(0);
    model.actors.iter().map(place)
}

fn tally_of(fate: Fate) -> Tally {
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
