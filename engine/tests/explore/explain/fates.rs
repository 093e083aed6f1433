//! Fates, counts and courses: what the completions of every prefix of every schedule come to.

use std::collections::BTreeMap;

use proptest::prelude::*;
use racewalk_engine::explain::{Count, Fate, Prefix};
use racewalk_engine::explore::{Limits, Natural, answer};
use racewalk_engine::schedule::{Schedule, Turn};
use racewalk_engine::state::Ending;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Known, ending, fails, runs, schedule};
use crate::{build, random, samples};

fn fate(all: u128, failing: u128) -> Fate {
    match failing {
        0 => Fate::Safe,
        _ if failing == all => Fate::Lost,
        _ => Fate::Open,
    }
}

/// Each prefix has as many completions, and failing ones, as were walked, and its fate is theirs.
fn agrees(race: &build::Race) {
    let known = Known::of(race);
    let runs = runs(race);
    let mut ahead: BTreeMap<Vec<Turn>, (u128, u128)> = BTreeMap::new();
    for (steps, over) in &runs {
        let turns = schedule(steps).0;
        for length in 0..=turns.len() {
            let (all, failing) = ahead.entry(turns[..length].to_vec()).or_default();
            *all += 1;
            *failing += u128::from(fails(over));
        }
    }
    for (steps, over) in &runs {
        let schedule = schedule(steps);
        let course = known.course(&schedule);
        assert_eq!(course.ending, Some(ending(over)));
        assert_eq!(course.prefixes.len(), schedule.len() + 1);
        let expected = (0..=schedule.len()).map(|it| ahead[&schedule.0[..it]]);
        for (prefix, (all, failing)) in course.prefixes.iter().zip(expected.clone()) {
            let Prefix { fate: found, all: found_all, failing: found_failing, .. } = prefix;
            assert_eq!(*found, fate(all, failing));
            assert_eq!(*found_all, Some(Count::Small(all)));
            assert_eq!(*found_failing, Some(Count::Small(failing)));
        }
        let lost = expected.clone().position(|(all, failing)| all == failing);
        assert_eq!(course.point_of_no_return(), lost);
    }
}

/// What holds for any race: a state's fate is that of what follows it, and the initial state's numbers are
/// the answer's. Where a limit stopped the search, what is said of the part is true of the whole.
fn holds(race: &build::Race, most: usize) {
    let known = Known::of(race);
    let answer = answer(&known.model, &known.graph);
    let counts = known.counts.as_ref().expect("a whole graph");
    let natural = |it: &Option<Natural>| it.as_ref().map(ToString::to_string);
    assert_eq!(counts.all(0).natural().map(|it| it.to_string()), natural(&answer.schedules));
    assert_eq!(
        counts.failing(0).natural().map(|it| it.to_string()),
        natural(&answer.bad_schedules)
    );
    let tally = known.fates.tally();
    assert_eq!(tally.unknown, 0);
    assert_eq!(tally.safe + tally.open + tally.lost, known.transitions.states());
    for state in 0..known.transitions.states() as u32 {
        let fails = counts.failing(state) != &Count::Small(0);
        assert_eq!(fails, matches!(known.fates.of(state), Fate::Open | Fate::Lost));
    }
    let part = Known::new(race.model(), Limits { max_states: most, ..Limits::default() });
    assert_eq!(part.counts.is_none(), part.transitions.whole().is_err());
    for state in 0..part.transitions.states() as u32 {
        let said = part.fates.of(state);
        assert!(said == Fate::Unknown || said == known.fates.of(state));
        assert!(part.transitions.whole().is_err() || said != Fate::Unknown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_prefix_is_as_its_completions(race in random::race(false)) {
        agrees(&race);
    }

    #[test]
    fn fates_hold_with_loops_and_in_part(race in random::race(true), most in 1usize..60) {
        holds(&race, most);
    }
}

#[test]
fn more_than_128_bits() {
    let known = Known::of(&samples::counters(70, 70));
    let counts = known.counts.as_ref().expect("a whole graph");
    let answer = answer(&known.model, &known.graph);
    assert!(matches!(counts.all(0), Count::Large(_)));
    assert_eq!(counts.all(0).natural(), answer.schedules);
}

/// Two locks in opposite orders: once each has its first one, only the deadlock is ahead.
#[test]
fn a_deadlock_is_lost_before_it_is_there() {
    let known = Known::of(&samples::two_locks());
    let course = known.course(&Schedule::parse("ab", &known.model).expect("a code"));
    let fates: Vec<Fate> = course.prefixes.iter().map(|it| it.fate).collect();
    assert_eq!(fates, [Fate::Open, Fate::Open, Fate::Lost]);
    assert_eq!(course.ending, Some(Ending::Deadlock));
    assert_eq!(course.point_of_no_return(), Some(2));
}

/// What can be neither finished nor left is no failure, and has no completion.
#[test]
fn a_loop_without_a_way_out_completes_nothing() {
    let known = Known::of(&samples::filter(2));
    assert_eq!(known.fates.of(0), Fate::Safe);
    let counts = known.counts.as_ref().expect("a whole graph");
    assert_eq!((counts.all(0), counts.failing(0)), (&Count::Infinite, &Count::Small(0)));
}

/// A turn that is not possible ends the course before it.
#[test]
fn an_impossible_turn_is_not_followed() {
    let known = Known::of(&samples::two_locks());
    let course = known.course(&Schedule::parse("aab", &known.model).expect("a code"));
    assert_eq!((course.steps.len(), course.prefixes.len(), course.ending), (2, 3, None));
}
