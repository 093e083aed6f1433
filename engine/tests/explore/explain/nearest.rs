//! A nearest good schedule: as few swaps as any chain needs, each of them possible, and only the last one settles it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use racewalk_engine::explain::{Fate, nearest_good};
use racewalk_engine::ids::ActorId;
use racewalk_engine::schedule::{Schedule, Turn};
use racewalk_engine::state::Ending;
use racewalk_engine::trace::{Standing, Trace, Why};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Known, fails, runs, schedule};
use crate::{build, random, samples};

/// The turns that are taken, then what a failure cut off, without a last one that has to wait; `None` where one
/// is not possible. It is replayed,
/// not looked up in the graph.
fn replayed(known: &Known, word: &[Turn]) -> Option<(Vec<Turn>, usize, Option<Ending>)> {
    let mut kept: Vec<Turn> = Vec::new();
    for (at, turn) in word.iter().enumerate() {
        let here = Trace::replay(&known.model, &Schedule(kept.clone()));
        if let Some(Ending::Violated(_)) = here.last().ending {
            let taken = kept.len();
            kept.extend_from_slice(&word[at..]);
            return Some((kept, taken, here.last().ending));
        }
        if here.last().ending.is_some() {
            break;
        }
        if here.last().actors[turn.actor.index()] == Standing::Finished {
            continue;
        }
        kept.push(*turn);
        let there = Trace::replay(&known.model, &Schedule(kept.clone()));
        if let Some(stopped) = there.stopped {
            assert!(!matches!(stopped.why, Why::RunIsOver(_)));
            if at + 1 == word.len() && matches!(stopped.why, Why::Waits { .. }) {
                kept.pop();
                continue;
            }
            return None;
        }
    }
    let ending = Trace::replay(&known.model, &Schedule(kept.clone())).last().ending;
    let taken = kept.len();
    Some((kept, taken, ending))
}

/// The fewest swaps to an order that begins a good schedule, up to `most`: level by level.
fn fewest(known: &Known, good: &BTreeSet<Vec<Turn>>, word: &[Turn], most: usize) -> Option<usize> {
    let mut level = vec![word.to_vec()];
    for swaps in 0..=most {
        let mut next = Vec::new();
        for word in level {
            let Some((word, taken, ending)) = replayed(known, &word) else { continue };
            if !matches!(ending, Some(Ending::Violated(_))) && good.contains(&word) {
                return Some(swaps);
            }
            for at in 1..word.len().min(taken + 1) {
                if word[at - 1].actor != word[at].actor {
                    let mut swapped = word.clone();
                    swapped.swap(at - 1, at);
                    next.push(swapped);
                }
            }
            if let (Some((last, before)), Some(Ending::Violated(_) | Ending::Deadlock)) =
                (word.split_last(), ending)
                && taken == word.len()
            {
                let trace = Trace::replay(&known.model, &Schedule(before.to_vec()));
                for (actor, standing) in trace.last().actors.iter().enumerate() {
                    let Standing::CanMove { outcomes, .. } = standing else { continue };
                    let actor = ActorId(actor as u8);
                    for &outcome in outcomes.iter().filter(|_| actor != last.actor) {
                        next.push([before, &[Turn { actor, outcome }, *last]].concat());
                    }
                }
            }
        }
        next.sort();
        next.dedup();
        level = next;
    }
    None
}

fn agrees(race: &build::Race) {
    const MOST: usize = 3;
    let known = Known::of(race);
    let Known { model, graph, transitions, fates, .. } = &known;
    let all = runs(race);
    let mut good = BTreeSet::new();
    for (steps, _) in all.iter().filter(|it| !fails(&it.1)) {
        let turns = schedule(steps).0;
        good.extend((0..=turns.len()).map(|it| turns[..it].to_vec()));
    }
    for (steps, _) in all.iter().filter(|it| fails(&it.1)).take(12) {
        let bad = schedule(steps);
        let found = nearest_good(model, graph, transitions, fates, &bad).expect("a small race");
        let fewest = fewest(&known, &good, &bad.0, MOST);
        let Some(found) = found else {
            assert_eq!(fewest, None);
            continue;
        };
        assert_eq!(Some(found.swaps.len()).filter(|it| *it <= MOST), fewest);
        let mut before = bad;
        for (number, swap) in found.swaps.iter().enumerate() {
            let taken = Trace::replay(model, &before).steps;
            assert_eq!(taken[swap.at].step, swap.first);
            assert_ne!(before.0[swap.at].actor, swap.schedule.0[swap.at].actor);
            assert!(taken.get(swap.at + 1).is_none_or(|it| it.step == swap.then));
            assert_eq!(before.0[..swap.at], swap.schedule.0[..swap.at]);
            let after = Trace::replay(model, &swap.schedule);
            assert_eq!((after.stopped.as_ref(), after.last().ending), (None, swap.ending));
            assert_eq!(swap.fate == Fate::Lost, number + 1 < found.swaps.len());
            before = swap.schedule.clone();
        }
        assert!(found.good.0.starts_with(&before.0));
        assert_eq!(Trace::replay(model, &found.good).last().ending, Some(found.ending));
        assert!(matches!(found.ending, Ending::Complete | Ending::HeldOff));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_chain_of_swaps_is_shorter(race in random::race(false)) {
        agrees(&race);
    }
}

#[test]
fn known_swaps() {
    let known = Known::of(&samples::two_locks());
    let Known { model, graph, transitions, fates, .. } = &known;
    let bad = Schedule::parse("ab", model).expect("a code");
    let found = nearest_good(model, graph, transitions, fates, &bad).expect("a small race");
    let codes: Vec<String> =
        found.iter().flat_map(|it| &it.swaps).map(|it| it.schedule.code(model)).collect();
    // One takes both locks, and the other has to wait for its first one.
    assert_eq!(codes, ["a2"]);
    let race = samples::peterson(true);
    let known = Known::of(&race);
    let bad = Schedule::parse("a3b3", &known.model).expect("a code");
    let Known { model, graph, transitions, fates, .. } = &known;
    let found = nearest_good(model, graph, transitions, fates, &bad).expect("a small race");
    let codes: Vec<String> =
        found.iter().flat_map(|it| &it.swaps).map(|it| it.schedule.code(model)).collect();
    // One leaves before the other comes in.
    assert_eq!(codes, ["a3b2ab"]);
}
