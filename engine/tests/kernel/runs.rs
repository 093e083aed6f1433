//! Every run of the hand-coded rules, breadth first: what breaks, after how many steps, and how many runs there are.

use std::collections::BTreeMap;

/// The name of a broken property.
pub(crate) type Kind = &'static str;

/// A race as the kernel facts give it, under one choice of knobs.
pub(crate) trait Rules {
    /// Everything that can differ between two moments of a run.
    type State: Clone + Ord;

    /// How every run begins.
    fn start(&self) -> Self::State;

    /// Everything that can happen next: each a state, or what it breaks.
    fn next(&self, state: &Self::State) -> Vec<Result<Self::State, Kind>>;

    /// Whether every actor but the environment has finished.
    fn is_complete(&self, state: &Self::State) -> bool;

    /// Whether a run that cannot go on from here is held off, and not in a deadlock.
    fn is_held_off(&self, _: &Self::State) -> bool {
        false
    }
}

/// What can happen next where a walker, unless it is done, races one other actor. `other` says whether it
/// could take its row.
pub(crate) fn of_two<S: Clone>(
    state: &S,
    walk: Option<impl FnOnce(&mut S) -> Result<(), Kind>>,
    other: impl FnOnce(&mut S) -> bool,
) -> Vec<Result<S, Kind>> {
    let mut all = Vec::new();
    let mut after = state.clone();
    if let Some(walk) = walk {
        all.push(walk(&mut after).map(|()| after));
    }
    let mut after = state.clone();
    if other(&mut after) {
        all.push(Ok(after));
    }
    all
}

/// What can happen under one choice of knobs.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Outcome {
    /// Each kind of violation with the length of a shortest run into it.
    pub(crate) kinds: BTreeMap<String, usize>,
    /// The length of a shortest run into a deadlock.
    pub(crate) deadlock: Option<usize>,
    /// The length of a shortest run that is held off.
    pub(crate) held_off: Option<usize>,
    /// How many runs there are.
    pub(crate) runs: u128,
    /// How many of them end in a violation or a deadlock.
    pub(crate) bad: u128,
}

/// What can follow from a state: whole runs, and those that fail.
#[derive(Clone, Copy, Default)]
struct Counts {
    runs: u128,
    bad: u128,
}

pub(crate) fn outcome<R: Rules>(rules: &R) -> Outcome {
    let mut all =
        Outcome { kinds: BTreeMap::new(), deadlock: None, held_off: None, runs: 0, bad: 0 };
    let mut seen: BTreeMap<R::State, usize> = BTreeMap::from([(rules.start(), 0)]);
    let mut states = vec![rules.start()];
    let mut next: Vec<Vec<Result<usize, Kind>>> = Vec::new();
    let mut depth = vec![0];
    while next.len() < states.len() {
        let at = next.len();
        let state = states[at].clone();
        let mut row = Vec::new();
        let steps = if rules.is_complete(&state) { Vec::new() } else { rules.next(&state) };
        for step in steps {
            row.push(step.map(|after| {
                *seen.entry(after).or_insert_with_key(|after| {
                    states.push(after.clone());
                    depth.push(depth[at] + 1);
                    states.len() - 1
                })
            }));
        }
        for kind in row.iter().filter_map(|it| it.err()) {
            all.kinds.entry(kind.to_owned()).or_insert(depth[at] + 1);
        }
        if row.is_empty() && !rules.is_complete(&state) {
            let end = if rules.is_held_off(&state) { &mut all.held_off } else { &mut all.deadlock };
            end.get_or_insert(depth[at]);
        }
        next.push(row);
    }
    let mut counts: Vec<Option<Counts>> = vec![None; states.len()];
    let Counts { runs, bad } = count(rules, 0, &states, &next, &mut counts);
    Outcome { runs, bad, ..all }
}

/// No race here loops, so the graph has no cycle.
fn count<R: Rules>(
    rules: &R,
    at: usize,
    states: &[R::State],
    next: &[Vec<Result<usize, Kind>>],
    known: &mut [Option<Counts>],
) -> Counts {
    if let Some(counts) = known[at] {
        return counts;
    }
    let mut sum = Counts::default();
    for step in &next[at] {
        let after = match step {
            Ok(state) => count(rules, *state, states, next, known),
            Err(_) => Counts { runs: 1, bad: 1 },
        };
        sum.runs += after.runs;
        sum.bad += after.bad;
    }
    if next[at].is_empty() {
        let fine = rules.is_complete(&states[at]) || rules.is_held_off(&states[at]);
        sum = Counts { runs: 1, bad: u128::from(!fine) };
    }
    known[at] = Some(sum);
    sum
}
