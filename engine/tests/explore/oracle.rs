//! A naive oracle: runs races as they are written, without packing, sharing or cleverness. Imports the test races only, nothing that searches.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use racewalk_engine::ids::ActorId;
use racewalk_engine::model::Binary;
use racewalk_engine::schedule::Turn;

use crate::build::{Array, E, Race, S};

type Values = Vec<i32>;

/// How a run ends: who stands at which line, and waits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Over {
    Complete,
    Violated(u8),
    Deadlock(Vec<(u8, u16)>),
    HeldOff(Vec<(u8, u16)>),
}

/// What is said of the states.
#[derive(PartialEq, Eq, Default, Debug)]
pub(crate) struct States {
    pub(crate) states: usize,
    pub(crate) transitions: usize,
    /// Shortest length of each kind of end, complete ones left out.
    pub(crate) lengths: BTreeMap<Over, usize>,
}

/// What is said of the schedules.
#[derive(PartialEq, Eq, Default, Debug)]
pub(crate) struct Schedules {
    pub(crate) all: u64,
    pub(crate) bad: u64,
    /// For each kind of end the best schedule: shortest, fewest switches, first in order.
    pub(crate) best: BTreeMap<Over, (usize, usize, Vec<Turn>)>,
}

/// Looks at every distinct state.
pub(crate) fn states(race: &Race) -> States {
    let start = start(race);
    let mut found = States::default();
    let mut seen = BTreeSet::from([start.clone()]);
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((state, depth)) = queue.pop_front() {
        found.states += 1;
        let next = successors(race, &state);
        if next.is_empty() {
            note(&mut found.lengths, over(race, &state), depth);
        }
        for (_, outcome) in next {
            found.transitions += 1;
            match outcome {
                Ok(next) if seen.insert(next.clone()) => queue.push_back((next, depth + 1)),
                Ok(_) => {}
                Err(kind) => note(&mut found.lengths, Over::Violated(kind), depth + 1),
            }
        }
    }
    found
}

fn note(lengths: &mut BTreeMap<Over, usize>, over: Over, length: usize) {
    if over != Over::Complete {
        lengths.entry(over).or_insert(length);
    }
}

/// Walks every schedule of a race without loops.
pub(crate) fn schedules(race: &Race) -> Schedules {
    let mut found = Schedules::default();
    walk(race, &start(race), &mut Vec::new(), &mut found);
    found
}

fn walk(race: &Race, state: &Values, turns: &mut Vec<Turn>, found: &mut Schedules) {
    let next = successors(race, state);
    if next.is_empty() {
        end(over(race, state), turns, found);
    }
    for (turn, outcome) in next {
        turns.push(turn);
        match outcome {
            Ok(next) => walk(race, &next, turns, found),
            Err(kind) => end(Over::Violated(kind), turns, found),
        }
        turns.pop();
    }
}

fn end(over: Over, turns: &[Turn], found: &mut Schedules) {
    found.all += 1;
    found.bad += u64::from(matches!(over, Over::Violated(_) | Over::Deadlock(_)));
    let switches = turns.windows(2).filter(|it| it[0].actor != it[1].actor).count();
    let run = (turns.len(), switches, turns.to_vec());
    let best = found.best.entry(over).or_insert_with(|| run.clone());
    *best = run.min(best.clone());
}

/// A step of a run: the turn, and which line of the actor's lane it took.
pub(crate) type Stepped = (Turn, u16);

/// Every complete schedule of at most so many steps, with its end, one after the other; at most so many.
pub(crate) fn each_schedule(race: &Race, steps: usize, most: usize) -> Vec<(Vec<Stepped>, Over)> {
    let mut found = Vec::new();
    follow(race, &start(race), &mut Vec::new(), (steps, most), &mut found);
    found
}

fn follow(
    race: &Race,
    state: &Values,
    steps: &mut Vec<Stepped>,
    limits: (usize, usize),
    found: &mut Vec<(Vec<Stepped>, Over)>,
) {
    let next = successors(race, state);
    if next.is_empty() {
        found.push((steps.clone(), over(race, state)));
    }
    if steps.len() == limits.0 || found.len() >= limits.1 {
        return;
    }
    for (turn, outcome) in next {
        steps.push((turn, at(race, state, turn.actor.index()) as u16));
        match outcome {
            Ok(next) => follow(race, &next, steps, limits, found),
            Err(kind) => found.push((steps.clone(), Over::Violated(kind))),
        }
        steps.pop();
    }
}

fn start(race: &Race) -> Values {
    let declared = race.cells.iter().map(|it| it.initial);
    declared.chain(race.lanes.iter().map(|_| 0)).collect()
}

fn at(race: &Race, state: &Values, actor: usize) -> usize {
    state[race.cells.len() + actor] as usize
}

fn over(race: &Race, state: &Values) -> Over {
    let waiting: Vec<(u8, u16)> = (0..race.lanes.len())
        .filter(|&it| !race.lanes[it].environment)
        .map(|it| (it as u8, at(race, state, it) as u16))
        .filter(|it| usize::from(it.1) < race.lanes[usize::from(it.0)].lines.len())
        .collect();
    let held = |it: &(u8, u16)| race.lanes[usize::from(it.0)].lines[usize::from(it.1)].held_off;
    match waiting {
        waiting if waiting.is_empty() => Over::Complete,
        waiting if waiting.iter().all(held) => Over::HeldOff(waiting),
        waiting => Over::Deadlock(waiting),
    }
}

/// Every step that can be taken, and the state or the violation that it leads to.
fn successors(race: &Race, state: &Values) -> Vec<(Turn, Result<Values, u8>)> {
    let mut next = Vec::new();
    if over(race, state) == Over::Complete {
        return next;
    }
    for (actor, lane) in race.lanes.iter().enumerate() {
        let Some(line) = lane.lines.get(at(race, state, actor)) else { continue };
        for (outcome, way) in line.ways.iter().enumerate() {
            let turn = Turn { actor: ActorId(actor as u8), outcome: outcome as u8 };
            match value(state, &way.guard) {
                Ok(0) => {}
                Ok(_) => {
                    let mut after = state.clone();
                    let position = race.cells.len() + actor;
                    let result = match run(race, &mut after, position, &way.body) {
                        Err(kind) => Err(kind),
                        Ok(moved) => {
                            after[position] += i32::from(!moved);
                            Ok(after)
                        }
                    };
                    next.push((turn, result));
                }
                Err(kind) => next.push((turn, Err(kind))),
            }
        }
    }
    next
}

/// Runs statements; says whether the step is over.
fn run(race: &Race, state: &mut Values, position: usize, body: &[S]) -> Result<bool, u8> {
    for statement in body {
        match statement {
            S::Touch(storage, access) => {
                let it = &race.storages[usize::from(*storage)];
                let lifetime = state[usize::from(it.lifetime)] as usize;
                if let Some(kind) = it.rules[usize::from(*access)][lifetime] {
                    return Err(kind);
                }
            }
            S::Set(cell, expr) => {
                let value = value(state, expr)?;
                set(race, state, usize::from(*cell), value)?;
            }
            S::SetAt(array, index, expr) => {
                let new = value(state, expr)?;
                let cell = element(state, *array, index)?;
                set(race, state, cell, new)?;
            }
            S::Check(condition, kind) => {
                if value(state, condition)? == 0 {
                    return Err(*kind);
                }
            }
            S::If(condition, yes, no) => {
                let branch = if value(state, condition)? != 0 { yes } else { no };
                if run(race, state, position, branch)? {
                    return Ok(true);
                }
            }
            S::Goto(line) => {
                state[position] = i32::from(*line);
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn set(race: &Race, state: &mut Values, cell: usize, value: i32) -> Result<(), u8> {
    let it = &race.cells[cell];
    if value < it.range.0 {
        return Err(it.outside.0);
    }
    if value > it.range.1 {
        return Err(it.outside.1);
    }
    state[cell] = value;
    Ok(())
}

fn element(state: &Values, array: Array, index: &E) -> Result<usize, u8> {
    let index = value(state, index)? - array.first;
    if index < 0 || index >= i32::from(array.len) {
        return Err(array.outside);
    }
    Ok(usize::from(array.base) + index as usize)
}

fn value(state: &Values, expr: &E) -> Result<i32, u8> {
    Ok(match expr {
        E::Val(value) => *value,
        E::Cell(cell) => state[usize::from(*cell)],
        E::At(array, index) => state[element(state, *array, index)?],
        E::Not(inner) => i32::from(value(state, inner)? == 0),
        E::Bin(Binary::And, left, right) => {
            i32::from(value(state, left)? != 0 && value(state, right)? != 0)
        }
        E::Bin(Binary::Or, left, right) => {
            i32::from(value(state, left)? != 0 || value(state, right)? != 0)
        }
        E::Bin(operator, left, right) => {
            let (left, right) = (value(state, left)?, value(state, right)?);
            let member = |actor: i32| if (0..31).contains(&actor) { 1 << actor } else { 0 };
            match operator {
                Binary::Equal => i32::from(left == right),
                Binary::NotEqual => i32::from(left != right),
                Binary::Less => i32::from(left < right),
                Binary::LessOrEqual => i32::from(left <= right),
                Binary::Add => left + right,
                Binary::Subtract => left - right,
                Binary::Multiply => left * right,
                Binary::Remainder if right == 0 => 0,
                Binary::Remainder => left.rem_euclid(right),
                Binary::Without => left & !member(right),
                Binary::With => left | member(right),
                _ => i32::from(left & member(right) != 0),
            }
        }
        E::Where(all) => {
            let mut set = 0;
            for (actor, condition) in all {
                if value(state, condition)? != 0 {
                    set |= 1 << actor;
                }
            }
            set
        }
    })
}
