//! Shortest schedules: of all of minimal length one with the fewest switches between actors, of these the first by order of declaration. Imports the graph and schedules, never a model.

use super::graph::{Edge, Graph, Target};
use crate::ids::{ActorId, ViolationId};
use crate::schedule::{Schedule, Turn};

/// Where a schedule has to end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Goal {
    /// With a step, taken in one of these states, all equally deep, that breaks this property.
    Violation(ViolationId, Vec<u32>),
    /// In one of these states, all equally deep.
    States(Vec<u32>),
}

/// Finds shortest schedules in a graph, one goal after the other.
///
/// The shortest paths form an acyclic graph between neighbouring depths. From a goal backward, each
/// state on such a path learns the fewest switches that are still ahead of it (`fewest`) and with
/// which actors' steps these are had (`with`): if one of them moved last there are `fewest` to come,
/// else one more. Forward from the initial state, the first transition that keeps to this is the one.
pub(super) struct Shortest<'a> {
    graph: &'a Graph,
    /// Predecessors one step nearer to the initial state: where those of each state end, and they.
    ends: Vec<u32>,
    before: Vec<(u32, ActorId)>,
    /// For which goal, counted from 1, a state's `ahead` was worked out.
    mark: Vec<u32>,
    ahead: Vec<Ahead>,
    goal: u32,
}

/// What lies between a state and the goal.
#[derive(Clone, Copy, Default)]
struct Ahead {
    fewest: u32,
    /// A set of actors; a model has at most 32, for sets of actors are bits of an `i32`.
    with: u32,
}

impl Ahead {
    fn after(self, actor: ActorId) -> u32 {
        self.fewest + u32::from(self.with & bit(actor) == 0)
    }
}

fn bit(actor: ActorId) -> u32 {
    1u32.checked_shl(u32::from(actor.0)).unwrap_or(0)
}

impl<'a> Shortest<'a> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        let size = graph.states();
        let mut ends = vec![0u32; size + 1];
        each_forward(graph, |_, _, next| ends[next as usize + 1] += 1);
        for it in 1..=size {
            ends[it] += ends[it - 1];
        }
        let mut before = vec![(0, ActorId(0)); ends[size] as usize];
        // Filling moves each start up to its end, which is where the next one starts.
        each_forward(graph, |state, turn, next| {
            let at = &mut ends[next as usize];
            before[*at as usize] = (state, turn.actor);
            *at += 1;
        });
        ends.truncate(size);
        let (mark, ahead) = (vec![0; size], vec![Ahead::default(); size]);
        Self { graph, ends, before, mark, ahead, goal: 0 }
    }

    /// A shortest schedule to the goal.
    pub(super) fn to(&mut self, goal: &Goal) -> Schedule {
        self.goal += 1;
        let (Goal::Violation(_, states) | Goal::States(states)) = goal;
        let mut layer = states.clone();
        for &state in states {
            self.mark[state as usize] = self.goal;
            self.ahead[state as usize] = Ahead { fewest: 0, with: self.last_actors(goal, state) };
        }
        while layer.first().is_some_and(|&it| it != 0) {
            layer = self.step_back(&layer);
        }
        self.walk(goal)
    }

    /// Actors whose being the last to move before the goal costs no switch.
    fn last_actors(&self, goal: &Goal, state: u32) -> u32 {
        match goal {
            Goal::States(_) => u32::MAX,
            Goal::Violation(kind, _) => {
                let breaks = |it: &Edge| it.target == Target::Violation(*kind);
                let actors = self.graph.edges(state).filter(breaks).map(|it| bit(it.turn.actor));
                actors.fold(0, |all, it| all | it)
            }
        }
    }

    /// Works out what is ahead of the states before those of a layer, and returns them.
    fn step_back(&mut self, layer: &[u32]) -> Vec<u32> {
        let mut earlier = Vec::new();
        for &state in layer {
            let ahead = self.ahead[state as usize];
            let start = state.checked_sub(1).map_or(0, |it| self.ends[it as usize]);
            for &(from, actor) in &self.before[start as usize..self.ends[state as usize] as usize] {
                let cost = ahead.after(actor);
                let known = &mut self.ahead[from as usize];
                if self.mark[from as usize] != self.goal {
                    self.mark[from as usize] = self.goal;
                    earlier.push(from);
                    *known = Ahead { fewest: cost, with: bit(actor) };
                } else if cost < known.fewest {
                    *known = Ahead { fewest: cost, with: bit(actor) };
                } else if cost == known.fewest {
                    known.with |= bit(actor);
                }
            }
        }
        earlier
    }

    /// Goes from the initial state to the goal by the first transitions that keep to the optimum.
    fn walk(&self, goal: &Goal) -> Schedule {
        let (Goal::Violation(_, states) | Goal::States(states)) = goal;
        let depth = states.first().map_or(0, |&it| self.graph.depth(it));
        let mut turns: Vec<Turn> = Vec::new();
        let mut state = 0;
        for deeper in 1..=depth {
            let layer = self.graph.layer(deeper);
            let ahead = |next: u32| {
                let known = layer.contains(&next) && self.mark[next as usize] == self.goal;
                known.then(|| self.ahead[next as usize])
            };
            let best = |it: &Edge| match it.target {
                Target::State(next) => {
                    let cost = ahead(next).map(|next| next.after(it.turn.actor));
                    cost == Some(self.still(state, &turns, it.turn))
                }
                Target::Violation(_) => false,
            };
            let Some(Edge { turn, target: Target::State(next) }) =
                self.graph.edges(state).find(|it| best(it))
            else {
                break;
            };
            turns.push(turn);
            state = next;
        }
        if let Goal::Violation(kind, _) = goal {
            let last = |it: &Edge| {
                it.target == Target::Violation(*kind) && self.still(state, &turns, it.turn) == 0
            };
            turns.extend(self.graph.edges(state).find(last).map(|it| it.turn));
        }
        Schedule(turns)
    }

    /// The switches that have to be ahead after `turn` in `state`, for the optimum: those that are
    /// ahead now, less the one that this turn itself is. One that is not to be had is never equal.
    fn still(&self, state: u32, turns: &[Turn], turn: Turn) -> u32 {
        let ahead = self.ahead[state as usize];
        let (now, switch) = match turns.last() {
            Some(last) => (ahead.after(last.actor), u32::from(last.actor != turn.actor)),
            None => (ahead.fewest, 0),
        };
        now.checked_sub(switch).unwrap_or(u32::MAX)
    }
}

/// Calls `tell` with every transition that leads one step farther from the initial state.
fn each_forward(graph: &Graph, mut tell: impl FnMut(u32, Turn, u32)) {
    for depth in 0..graph.max_depth() {
        let next_layer = graph.layer(depth + 1);
        for state in graph.layer(depth) {
            for edge in graph.edges(state) {
                match edge.target {
                    Target::State(next) if next_layer.contains(&next) => {
                        tell(state, edge.turn, next);
                    }
                    _ => {}
                }
            }
        }
    }
}
