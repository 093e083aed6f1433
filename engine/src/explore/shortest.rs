//! Shortest schedules: of all of minimal length one with the fewest switches between actors, of these the first by order of declaration.
//! Where there is no memory to compare them all, the first that is met. Imports the graph and schedules, never a model.

use super::graph::{Edge, Graph, Target};
use crate::ids::{ActorId, ViolationId};
use crate::schedule::{Schedule, Turn};

/// Finds shortest schedules in a graph, to one goal after the other. A goal is a list of states, all
/// equally deep.
///
/// The shortest paths form an acyclic graph between neighbouring depths. From a goal backward, each
/// state on such a path learns the fewest switches that are still ahead of it (`fewest`) and with
/// which actors' steps these are had (`with`): if one of them moved last there are `fewest` to come,
/// else one more. Forward from the initial state, the first transition that keeps to this is the one.
pub(super) struct Shortest<'a> {
    graph: &'a Graph,
    /// The goals' states, in order, with their places: their numbers among the states from which a
    /// goal is reached.
    goals: Vec<(u32, u32)>,
    /// The transitions, one step farther from the initial state, between these states: the deepest
    /// first, by actor and outcome for each state.
    steps: Vec<Step>,
    /// For each place, where its steps begin.
    first: Vec<u32>,
    ahead: Vec<Ahead>,
    /// The goals that were asked for so far.
    asked: u32,
}

struct Step {
    from: u32,
    to: u32,
    turn: Turn,
}

/// What lies between a state and the goal.
#[derive(Clone, Copy, Default)]
struct Ahead {
    /// The goal that this is about, counted from 1.
    goal: u32,
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

/// No place yet.
const NOWHERE: u32 = u32::MAX;

impl<'a> Shortest<'a> {
    /// Looks for the ways to these goals. `None` where there is no memory for all their steps, or where these are
    /// more than `most`.
    pub(super) fn new<'g>(
        graph: &'a Graph,
        goals: impl Iterator<Item = &'g Vec<u32>>,
        most: usize,
    ) -> Option<Self> {
        let mut goals: Vec<_> = goals.flatten().map(|&it| (it, NOWHERE)).collect();
        goals.sort_unstable();
        goals.dedup();
        let (mut steps, mut first): (Vec<Step>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut fits = true;
        let mut deeper = (0..0, Vec::new());
        let mut rest = &mut *goals;
        let deepest = rest.last().map(|it| graph.depth(it.0));
        for depth in (0..deepest.map_or(0, |it| it + 1)).rev() {
            let layer = graph.layer(depth);
            let mut places = vec![NOWHERE; layer.len()];
            let mut enter = |state: u32| {
                let place = &mut places[(state - layer.start) as usize];
                if *place == NOWHERE {
                    *place = first.len() as u32;
                    first.push(NOWHERE);
                }
                *place
            };
            let (above, here) = rest.split_at_mut(rest.partition_point(|it| it.0 < layer.start));
            here.iter_mut().for_each(|it| it.1 = enter(it.0));
            rest = above;
            if !deeper.1.is_empty() {
                graph.each_edge(layer.clone(), |state, Edge { turn, target }| {
                    let Target::State(next) = target else { return };
                    if !deeper.0.contains(&next) {
                        return;
                    }
                    let to = deeper.1[(next - deeper.0.start) as usize];
                    if to == NOWHERE {
                        return;
                    }
                    fits &= steps.len() < most && steps.try_reserve(1).is_ok();
                    if fits {
                        let from = enter(state);
                        steps.push(Step { from, to, turn });
                    }
                });
            }
            if !fits {
                return None;
            }
            deeper = (layer, places);
        }
        for (at, step) in steps.iter().enumerate().rev() {
            first[step.from as usize] = at as u32;
        }
        let mut ahead = Vec::new();
        ahead.try_reserve_exact(first.len()).ok()?;
        ahead.resize(first.len(), Ahead::default());
        Some(Self { graph, goals, steps, first, ahead, asked: 0 })
    }

    /// A shortest schedule to one of these states, which are one of the goals; to a step from there
    /// that breaks this property, if one is named.
    pub(super) fn to(&mut self, violation: Option<ViolationId>, states: &[u32]) -> Schedule {
        self.asked += 1;
        let goal = self.asked;
        for &state in states {
            let with = match violation {
                // Whoever moves last costs no switch.
                None => u32::MAX,
                Some(kind) => self.breaks(state, kind).fold(0, |all, it| all | bit(it.actor)),
            };
            let at = self.goals.partition_point(|it| it.0 < state);
            self.ahead[self.goals[at].1 as usize] = Ahead { goal, fewest: 0, with };
        }
        for &Step { from, to, turn } in &self.steps {
            let ahead = self.ahead[to as usize];
            if ahead.goal != goal {
                continue;
            }
            let (cost, actor) = (ahead.after(turn.actor), bit(turn.actor));
            let known = &mut self.ahead[from as usize];
            if known.goal != goal || cost < known.fewest {
                *known = Ahead { goal, fewest: cost, with: actor };
            } else if cost == known.fewest {
                known.with |= actor;
            }
        }
        let depth = states.first().map_or(0, |&it| self.graph.depth(it));
        self.walk(violation, depth)
    }

    /// The turns in a state that break this property.
    fn breaks(&self, state: u32, kind: ViolationId) -> impl Iterator<Item = Turn> {
        let breaks = move |it: &Edge| it.target == Target::Violation(kind);
        self.graph.edges(state).filter(breaks).map(|it| it.turn)
    }

    /// Goes from the initial state, which has the last place, to the goal by the first transitions
    /// that keep to the optimum.
    fn walk(&self, violation: Option<ViolationId>, depth: usize) -> Schedule {
        let mut turns: Vec<Turn> = Vec::new();
        let mut place = self.ahead.len() as u32 - 1;
        for _ in 0..depth {
            let steps = self.steps.get(self.first[place as usize] as usize..).unwrap_or_default();
            let best = |it: &&Step| {
                let ahead = self.ahead[it.to as usize];
                ahead.goal == self.asked
                    && ahead.after(it.turn.actor) == self.still(place, &turns, it.turn)
            };
            let Some(step) = steps.iter().take_while(|it| it.from == place).find(best) else {
                break;
            };
            turns.push(step.turn);
            place = step.to;
        }
        if let Some(kind) = violation
            && let Some(&(state, _)) = self.goals.iter().find(|it| it.1 == place)
        {
            let mut breaks = self.breaks(state, kind);
            turns.extend(breaks.find(|&it| self.still(place, &turns, it) == 0));
        }
        Schedule(turns)
    }

    /// The switches that have to be ahead after `turn` in a state, for the optimum: those that are
    /// ahead now, less the one that this turn itself is. One that is not to be had is never equal.
    fn still(&self, place: u32, turns: &[Turn], turn: Turn) -> u32 {
        let ahead = self.ahead[place as usize];
        let (now, switch) = match turns.last() {
            Some(last) => (ahead.after(last.actor), u32::from(last.actor != turn.actor)),
            None => (ahead.fewest, 0),
        };
        now.checked_sub(switch).unwrap_or(u32::MAX)
    }
}

/// A schedule as short as any to the first of these states, and to a step from there that breaks this property, if one
/// is named: by the first transition into each state. It takes no memory, and looks at the graph once more.
pub(super) fn any(graph: &Graph, violation: Option<ViolationId>, states: &[u32]) -> Schedule {
    let mut turns = Vec::new();
    let Some(&(mut state)) = states.first() else { return Schedule::default() };
    if let Some(kind) = violation {
        let breaks = |it: &Edge| it.target == Target::Violation(kind);
        turns.extend(graph.edges(state).find(breaks).map(|it| it.turn));
    }
    for depth in (0..graph.depth(state)).rev() {
        let mut into = None;
        graph.each_edge(graph.layer(depth), |from, Edge { turn, target }| {
            if target == Target::State(state) && into.is_none() {
                into = Some((from, turn));
            }
        });
        let Some((from, turn)) = into else { break };
        turns.push(turn);
        state = from;
    }
    turns.reverse();
    Schedule(turns)
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Shortest, any};
    use crate::explore::{Limits, explore};
    use crate::ids::ViolationId;
    use crate::library;
    use crate::race::Race;
    use crate::state::Ending;
    use crate::trace::Trace;

    /// As short as the one with the fewest switches, and it breaks the same.
    #[test]
    fn without_memory_a_schedule_is_as_short() {
        let mut compared = 0;
        for it in library::races() {
            let race = Race::load(it.text).expect("a race of the library");
            for preset in &race.presets {
                let model = race.compile(&race.preset(preset)).expect("a race of the library");
                let graph = explore(&model, Limits::default());
                let nearest = || graph.violated.iter().filter(|it| !it.is_empty());
                assert_eq!(Shortest::new(&graph, nearest(), 0).is_some(), nearest().count() == 0);
                let mut shortest = Shortest::new(&graph, nearest(), usize::MAX).expect("memory");
                for (kind, states) in graph.violated.iter().enumerate() {
                    if states.is_empty() {
                        continue;
                    }
                    let kind = ViolationId(kind as u8);
                    let schedule = any(&graph, Some(kind), states);
                    let best = shortest.to(Some(kind), states);
                    assert_eq!(schedule.0.len(), best.0.len(), "{}", it.id);
                    let trace = Trace::replay(&model, &schedule);
                    assert_eq!(trace.stopped, None);
                    assert_eq!(trace.last().ending, Some(Ending::Violated(kind)));
                    compared += 1;
                }
            }
        }
        assert!(compared > 0);
    }
}
