//! Small random races. Imports proptest and the test builder only.

use proptest::prelude::*;
use racewalk_engine::model::{Binary, Meaning};

use crate::build::{Array, E, Kept, Lane, Line, Race, S, Way, bin, eq, val};

/// Cells that every random race declares: three numbers, two elements, a set, a holder, a lifetime.
const CELLS: u16 = 8;
const ELEMENTS: Array = Array { base: 3, first: 1, len: 2, outside: 3 };
const SET: u16 = 5;
const HOLDER: u16 = 6;
const LIFETIME: u16 = 7;
const KINDS: u8 = 5;

const OPERATORS: [Binary; 13] = [
    Binary::And,
    Binary::Or,
    Binary::Equal,
    Binary::NotEqual,
    Binary::Less,
    Binary::LessOrEqual,
    Binary::Add,
    Binary::Subtract,
    Binary::Multiply,
    Binary::Remainder,
    Binary::Without,
    Binary::With,
    Binary::Contains,
];

/// A race of two or three actors; without loops unless `loops`.
pub(crate) fn race(loops: bool) -> impl Strategy<Value = Race> {
    let lanes = prop_oneof![
        2 => prop::collection::vec(lane(2, 4, loops), 2),
        1 => prop::collection::vec(lane(3, 2, loops), 3),
    ];
    (lanes, prop_oneof![Just(0), Just(8), Just(5)]).prop_map(|(mut lanes, word_bits)| {
        for (lane, letter) in lanes.iter_mut().zip('a'..) {
            lane.letter = letter;
        }
        lanes[0].environment = false;
        let mut race = Race { kinds: KINDS, word_bits, ..Race::default() };
        for _ in 0..3 {
            race.cell_of(-1, 2, 0, Meaning::Number);
        }
        race.cell_of(0, 1, 0, Meaning::Bool);
        race.cell_of(0, 1, 1, Meaning::Bool);
        race.cell_of(0, 7, 0, Meaning::Actors);
        race.cell_of(-1, 2, -1, Meaning::Actor);
        race.cell_of(0, 1, 0, Meaning::Names(vec![]));
        for (cell, number) in race.cells.iter_mut().zip(0..) {
            cell.outside = (number % KINDS, (number + 1) % KINDS);
        }
        let rules = vec![vec![None, Some(1)], vec![None, Some(4)]];
        race.storages.push(Kept { lifetime: LIFETIME, rules });
        race.lanes = lanes;
        race
    })
}

/// A race of three actors, two of which are alike: what the first says of itself the second says of itself.
pub(crate) fn twins(loops: bool) -> impl Strategy<Value = Race> {
    race(loops).prop_map(|mut race| {
        let mut twin = race.lanes[0].clone();
        twin.letter = 't';
        twin.is_twin = true;
        let ways = twin.lines.iter_mut().flat_map(|it| &mut it.ways);
        for statement in ways.flat_map(|it| &mut it.body) {
            match statement {
                S::Set(HOLDER, E::Val(it @ 0..=1)) => *it = 1 - *it,
                S::Set(SET, E::Bin(_, _, it)) => {
                    if let E::Val(it @ 0..=1) = &mut **it {
                        *it = 1 - *it;
                    }
                }
                _ => {}
            }
        }
        race.lanes.insert(1, twin);
        race.lanes.truncate(3);
        race
    })
}

fn lane(actors: u8, most: usize, loops: bool) -> impl Strategy<Value = Lane> {
    let lines = (1..=most).prop_flat_map(move |count| {
        let line = move |at| line(actors, at as u16, count as u16, loops);
        (0..count).map(line).collect::<Vec<_>>()
    });
    let environment = prop::bool::weighted(0.2);
    (lines, environment).prop_map(|(lines, environment)| Lane {
        letter: 'x',
        is_twin: false,
        environment,
        lines,
    })
}

fn line(actors: u8, at: u16, count: u16, loops: bool) -> impl Strategy<Value = Line> {
    let way = (guard(actors), prop::collection::vec(statement(at, count, loops), 0..3));
    let way = way.prop_map(|(guard, body)| Way { guard, body }).boxed();
    let ways = prop_oneof![
        4 => prop::collection::vec(way.clone(), 1),
        1 => prop::collection::vec(way, 2),
    ];
    (ways, prop::bool::ANY).prop_map(|(ways, held_off)| Line { ways, held_off })
}

fn guard(actors: u8) -> impl Strategy<Value = E> {
    let members = (0..actors, 0..3i32).prop_map(move |(actor, line)| {
        E::Where(vec![(actor, eq(E::Cell(CELLS + u16::from(actor)), val(line)))])
    });
    prop_oneof![
        4 => Just(val(1)),
        1 => (0..3u16, -1..3i32).prop_map(|(cell, value)| eq(E::Cell(cell), val(value))),
        1 => Just(eq(E::Cell(SET), val(0))),
        1 => Just(eq(E::Cell(HOLDER), val(-1))),
        1 => (0..2u16, 0..3i32).prop_map(|(actor, line)| {
            bin(Binary::LessOrEqual, val(line), E::Cell(CELLS + actor))
        }),
        1 => members.prop_map(|set| eq(set, val(0))),
        1 => expr(),
    ]
}

fn statement(at: u16, count: u16, loops: bool) -> impl Strategy<Value = S> {
    let simple = prop_oneof![
        (0..3u16, expr()).prop_map(|(cell, value)| S::Set(cell, value)),
        (0..3u16, 0..3i32).prop_map(|(cell, value)| S::Set(cell, val(value))),
        (expr(), 0..2i32).prop_map(|(index, value)| S::SetAt(ELEMENTS, index, val(value))),
        (0..2i32).prop_map(|actor| S::Set(SET, bin(Binary::With, E::Cell(SET), val(actor)))),
        (0..2i32).prop_map(|actor| S::Set(SET, bin(Binary::Without, E::Cell(SET), val(actor)))),
        (-1..2i32).prop_map(|actor| S::Set(HOLDER, val(actor))),
        (0..2i32).prop_map(|lifetime| S::Set(LIFETIME, val(lifetime))),
        (0..2u8).prop_map(|access| S::Touch(0, access)),
        (expr(), 0..KINDS).prop_map(|(condition, kind)| S::Check(condition, kind)),
    ];
    let first = if loops { 0 } else { at + 1 };
    let branch = (expr(), simple.clone(), first..=count)
        .prop_map(|(condition, yes, to)| S::If(condition, vec![yes], vec![S::Goto(to)]));
    prop_oneof![6 => simple, 1 => branch, 1 => (first..=count).prop_map(S::Goto)]
}

fn expr() -> impl Strategy<Value = E> {
    let leaf = prop_oneof![(-1..4i32).prop_map(E::Val), (0..CELLS + 2).prop_map(E::Cell)];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let operator = prop::sample::select(&OPERATORS[..]);
        prop_oneof![
            inner.clone().prop_map(|it| E::Not(Box::new(it))),
            inner.clone().prop_map(|it| E::At(ELEMENTS, Box::new(it))),
            (inner.clone(), inner.clone()).prop_map(|it| E::Where(vec![(0, it.0), (1, it.1)])),
            (operator, inner.clone(), inner).prop_map(|(op, left, right)| bin(op, left, right)),
        ]
    })
}
