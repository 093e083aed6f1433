//! Choices of knobs: every one, or so many that any two values of any two knobs meet.

use std::collections::BTreeSet;

use super::engine::{Listed, Setting};

/// Every choice.
pub(super) fn every(race: &Listed) -> Vec<Vec<Setting>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for knob in &race.knobs {
        let with = |row: &Vec<usize>, value: usize| [&row[..], &[value]].concat();
        all = all
            .iter()
            .flat_map(|row| (0..knob.values.len()).map(move |value| with(row, value)))
            .collect();
    }
    all.iter().map(|row| settings(race, row)).collect()
}

/// So few choices are all tried.
const FEW: usize = 16;

/// All, where there are few; else the defaults, the presets, and rows until every pair of values has met in one of them.
pub(super) fn covering(race: &Listed) -> Vec<Vec<Setting>> {
    let sizes: Vec<usize> = race.knobs.iter().map(|it| it.values.len()).collect();
    if sizes.iter().product::<usize>() <= FEW {
        return every(race);
    }
    let mut rows = vec![vec![0; sizes.len()]];
    rows.extend(race.presets.iter().map(|preset| {
        let number = |knob: &super::engine::Knob| {
            let value = preset.set.get(&knob.name).and_then(|it| it.as_str());
            knob.values.iter().position(|it| Some(it.as_str()) == value).unwrap_or(0)
        };
        race.knobs.iter().map(number).collect()
    }));
    let mut missing = pairs(&sizes);
    rows.iter().for_each(|row| meet(&mut missing, row));
    while let Some(&first) = missing.iter().next() {
        let row = fill(&sizes, first, &missing);
        meet(&mut missing, &row);
        rows.push(row);
    }
    let rows: BTreeSet<Vec<usize>> = rows.into_iter().collect();
    rows.iter().map(|row| settings(race, row)).collect()
}

/// A knob with one of its values, both by number.
type Value = (usize, usize);

fn pairs(sizes: &[usize]) -> BTreeSet<(Value, Value)> {
    let values = |knob: usize| (0..sizes[knob]).map(move |value| (knob, value));
    // A knob's value meets itself, so that it is there even where no other knob is.
    let mut all: BTreeSet<(Value, Value)> =
        (0..sizes.len()).flat_map(values).map(|it| (it, it)).collect();
    for one in 0..sizes.len() {
        for other in one + 1..sizes.len() {
            all.extend(values(one).flat_map(|it| values(other).map(move |also| (it, also))));
        }
    }
    all
}

fn meet(missing: &mut BTreeSet<(Value, Value)>, row: &[usize]) {
    missing.retain(|(one, other)| row[one.0] != one.1 || row[other.0] != other.1);
}

/// A row with this pair in it; each other knob has the value that meets the most that is missing.
fn fill(sizes: &[usize], pair: (Value, Value), missing: &BTreeSet<(Value, Value)>) -> Vec<usize> {
    let mut row: Vec<Option<usize>> = vec![None; sizes.len()];
    for (knob, value) in [pair.0, pair.1] {
        row[knob] = Some(value);
    }
    for knob in 0..sizes.len() {
        if row[knob].is_some() {
            continue;
        }
        let gain = |value: usize| {
            let known = row.iter().enumerate().filter_map(|(it, value)| Some((it, (*value)?)));
            known
                .filter(|&other| {
                    let own = (knob, value);
                    missing.contains(&(own.min(other), own.max(other)))
                })
                .count()
        };
        // The first of the best.
        row[knob] = (0..sizes[knob]).rev().max_by_key(|&value| gain(value));
    }
    row.into_iter().map(|it| it.unwrap_or(0)).collect()
}

fn settings(race: &Listed, row: &[usize]) -> Vec<Setting> {
    let setting = |(knob, &value): (&super::engine::Knob, &usize)| {
        (knob.name.clone(), knob.values[value].clone())
    };
    race.knobs.iter().zip(row).map(setting).collect()
}

#[cfg(test)]
mod tests {
    use super::{covering, every};
    use crate::conformance::engine::{Knob, Listed};

    fn race(sizes: &[usize]) -> Listed {
        let knob = |(number, &size): (usize, &usize)| Knob {
            name: format!("k{number}"),
            values: (0..size).map(|it| format!("v{it}")).collect(),
        };
        let knobs = sizes.iter().enumerate().map(knob).collect();
        Listed { id: "r".to_owned(), knobs, presets: Vec::new() }
    }

    #[test]
    fn every_choice_is_there_once() {
        let mut all = every(&race(&[2, 3, 4]));
        assert_eq!(all.len(), 24);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 24);
        assert_eq!(every(&race(&[])), [[]]);
    }

    #[test]
    fn any_two_values_meet() {
        for sizes in [&[4, 2, 2, 3, 2, 2, 3, 2, 2, 2][..], &[2, 2], &[20], &[3, 3, 3]] {
            let race = race(sizes);
            let rows = covering(&race);
            for one in &race.knobs {
                for other in &race.knobs {
                    if one.name == other.name {
                        continue;
                    }
                    for value in &one.values {
                        for also in &other.values {
                            let has = |row: &Vec<(String, String)>| {
                                row.contains(&(one.name.clone(), value.clone()))
                                    && row.contains(&(other.name.clone(), also.clone()))
                            };
                            assert!(rows.iter().any(has), "{value} and {also}");
                        }
                    }
                }
            }
            assert!(rows.len() <= every(&race).len());
        }
        assert_eq!(covering(&race(&[2])).len(), 2);
        assert!(covering(&race(&[4, 2, 2, 3, 2, 2, 3, 2, 2, 2])).len() < 24);
    }
}
