use racewalk_engine::library;
use racewalk_engine::race::Race;
use racewalk_engine::trace::Trace;

use super::*;
use crate::axes::{Candidates, apart, chains};
use crate::census::{Census, Tally};
use crate::geometry::corners;
use crate::grid::{Fate, Grid};
use crate::survey::{News, survey};

struct Bench {
    model: Model,
    census: Census,
    axes: Axes,
}

fn bench(id: &str, knobs: &[(&str, &str)]) -> Bench {
    let race = Race::load(library::race(id).expect("a race")).expect("no mistakes");
    let mut settings = race.settings();
    for (knob, value) in knobs {
        settings.set(&race, knob, value).expect("a knob");
    }
    let model = race.compile(&settings).expect("a model");
    let knobs: Vec<_> =
        knobs.iter().map(|&(knob, value)| (knob.to_owned(), value.to_owned())).collect();
    let (mut census, mut axes) = (Census::default(), Candidates::default());
    survey(&race, &knobs, |it| {
        if let News::Census(found, candidates) = it {
            (census, axes) = (*found, candidates);
        }
    });
    Bench { model, census, axes: axes.best }
}

fn mail() -> Bench {
    bench("memunmap", &[("kill_gp", "off")])
}

#[test]
fn an_await_puts_the_third_actor_behind_the_second() {
    let Bench { model, axes, .. } = mail();
    assert_eq!(axes.down.name(&model), "walker");
    assert_eq!(axes.across.name(&model), "unmap → unplug");
}

#[test]
fn the_mails_graph() {
    let Bench { model, census, axes } = mail();
    let grid = Grid::new(&model, &census, &axes, &[]);
    let mut drawn = String::new();
    for y in 0..grid.rows {
        for x in 0..grid.columns {
            drawn.push(match grid.cell(x, y).expect("a cell").fate() {
                Fate::Unreachable => '#',
                Fate::Safe => '.',
                Fate::Open => 'o',
                Fate::Lost => 'X',
                Fate::Unknown => '?',
                Fate::Mixed => '/',
            });
        }
        drawn.push('\n');
    }
    expect_test::expect![[r#"
        o............
        o............
        ooooooooooXXX
        ooooooooooXXX
        .......######
        .......######
        #......######
        #############
        .............
        .......######
        .............
    "#]]
    .assert_eq(&drawn);
}

/// Of all pairs, drawn one by one, no other tells more.
#[test]
fn the_axes_that_are_drawn_first_tell_the_most() {
    for of in library::races() {
        let Bench { model, census, axes } = bench(of.id, &[]);
        let told = |axes: &Axes| {
            let grid = Grid::new(&model, &census, axes, &[]);
            let cells = (0..grid.rows).flat_map(|y| (0..grid.columns).map(move |x| (x, y)));
            let cells = cells.filter_map(|(x, y)| grid.cell(x, y));
            let mixed: Vec<_> = cells.filter(|it| it.fate() == Fate::Mixed).collect();
            (mixed.iter().map(|it| it.tally.lost).sum::<usize>(), mixed.len())
        };
        let chains = chains(&model, &census);
        for (number, down) in chains.iter().enumerate() {
            for across in &chains[number + 1..] {
                let others = Axes { across: across.clone(), down: down.clone() };
                assert!(told(&axes) <= told(&others), "{}: {others:?}", of.id);
            }
        }
    }
}

/// Whatever is pulled, the schedule that comes of it is one, and stands where the hand is.
#[test]
fn every_pull_of_every_race_gives_a_schedule_that_stands_there() {
    for of in library::races() {
        let Bench { model, census, axes } = bench(of.id, &[]);
        let grid = Grid::new(&model, &census, &axes, &[]);
        let ways = (0..census.stands.len()).map(|it| census.stands.way(it));
        let longest = ways.max_by_key(|it| it.len()).expect("a stand");
        let schedule = Schedule::parse(longest, &model).expect("a code");
        let (path, breaks) = points(&model, &axes, &schedule);
        let corners = corners(&path, breaks.map(|it| axes.across.has(it)));
        let corners = corners.iter().map(|it| Held::Corner { at: it.at, from_left: it.from_left });
        for held in corners.chain([Held::Path]) {
            for x in 0..grid.columns {
                for y in 0..grid.rows {
                    let cell = grid.cell(x, y).expect("a cell");
                    let way = grid
                        .stands(cell)
                        .next()
                        .map(|it| Schedule::parse(census.stands.way(it), &model).expect("a code"));
                    let pulled = pull(&model, &axes, &schedule, held, (x, y), way.as_ref());
                    assert_eq!(pulled.is_some(), way.is_some(), "{} {x} {y}", of.id);
                    if let Some(Pulled { schedule, at }) = pulled {
                        assert!(Trace::replay(&model, &schedule).stopped.is_none());
                        assert_eq!(points(&model, &axes, &schedule).0[at], (x, y));
                    }
                }
            }
        }
    }
}

#[test]
fn a_corner_that_is_pulled_stays_a_corner() {
    let Bench { model, axes, .. } = mail();
    let schedule = Schedule::parse("w2m3h7w", &model).expect("a code");
    let (path, breaks) = points(&model, &axes, &schedule);
    assert_eq!(breaks, Some(0));
    let corner = *corners(&path, Some(false)).last().expect("a corner");
    assert!(corner.from_left);
    let held = Held::Corner { at: corner.at, from_left: true };
    // The walker goes on one step before the memmap is freed: it is let go.
    let to = (corner.cell.0 - 1, corner.cell.1);
    let pulled = pull(&model, &axes, &schedule, held, to, None).expect("a schedule");
    assert_eq!(pulled.schedule.code(&model), "w2m3h6wh");
    assert_eq!(pulled.at, 11);
}

#[test]
fn a_pull_to_where_it_is_changes_nothing() {
    let Bench { model, axes, .. } = mail();
    let schedule = Schedule::parse("w2m3h7w", &model).expect("a code");
    let (path, _) = points(&model, &axes, &schedule);
    for corner in corners(&path, Some(false)) {
        let held = Held::Corner { at: corner.at, from_left: corner.from_left };
        let pulled = pull(&model, &axes, &schedule, held, corner.cell, None).expect("a schedule");
        assert_eq!((pulled.schedule, pulled.at), (schedule.clone(), corner.at));
    }
}

/// Wherever those stand of whom no axis tells, it is all of the cell, once.
#[test]
fn the_places_of_a_third_actor_part_the_states_of_a_cell() {
    let mut races = Vec::new();
    for of in library::races() {
        let Bench { model, census, axes } = bench(of.id, &[]);
        let all = Grid::new(&model, &census, &axes, &[]);
        for actor in apart(&model, &axes) {
            races.push(of.id);
            let places = 0..=crate::axes::len(&model, actor) as u16;
            let grids: Vec<Grid> = places
                .map(|it| {
                    let mut others = vec![None; model.actors.len()];
                    others[actor] = Some(it);
                    Grid::new(&model, &census, &axes, &others)
                })
                .collect();
            for x in 0..all.columns {
                for y in 0..all.rows {
                    let mut tally = Tally::default();
                    for grid in &grids {
                        tally.add(grid.cell(x, y).expect("a cell").tally);
                    }
                    assert_eq!(tally, all.cell(x, y).expect("a cell").tally, "{} {x} {y}", of.id);
                }
            }
        }
    }
    expect_test::expect!["ram-unplug"].assert_eq(&races.join(" "));
}
