//! How fast the search is: `cargo bench -p racewalk-engine --bench explore` prints medians over interleaved rounds. Imports the library's races, the hand-made ones of the tests and the engine.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]
#![expect(clippy::disallowed_types, reason = "the clock is read here, not in the engine")]

use std::time::{Duration, Instant};

use racewalk_engine::explore::{Budget, Limits, Progress, Search, answer, explore, reduced};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};

#[path = "../tests/explore/build.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod build;
#[path = "../tests/explore/samples.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod samples;

/// One measurement of one model.
struct Run {
    search: Duration,
    answer: Duration,
}

/// A model, and what was measured of it.
struct Case {
    name: String,
    model: Model,
    states: usize,
    transitions: usize,
    bytes: usize,
    runs: Vec<Run>,
}

fn main() {
    let has = |flag: &str| std::env::args().any(|it| it == flag);
    let mut arguments = std::env::args().skip_while(|it| it != "--race").skip(1);
    if let Some(path) = arguments.next() {
        return one(&path, has("--reduce"));
    }
    // A smaller job for whoever wants only to see that it runs.
    let quick = has("--quick");
    if has("--growth") {
        return growth(if quick { 1 } else { 9 });
    }
    let rounds = if quick { 1 } else { 7 };
    let mut cases: Vec<Case> = library::races().iter().map(|it| largest(it.id, it.text)).collect();
    cases.extend([
        case("counters 44x44", samples::counters(44, 44).model()),
        case("filter lock 3", samples::filter(3).model()),
        case("philosophers 8", samples::philosophers(8).model()),
    ]);
    if !quick {
        cases.push(case("philosophers 9", samples::philosophers(9).model()));
        cases.push(case("filter lock 4", samples::filter(4).model()));
    }
    for _ in 0..rounds {
        cases.iter_mut().for_each(measure);
    }
    println!(
        "{:18} {:>9} {:>10} {:>10} {:>10} {:>10} {:>8} {:>8}",
        "", "states", "trans.", "search/ms", "answer/ms", "all/ms", "M st/s", "B/state"
    );
    for case in &mut cases {
        let search = median(case.runs.iter().map(|it| it.search));
        let answer = median(case.runs.iter().map(|it| it.answer));
        let all = median(case.runs.iter().map(|it| it.search + it.answer));
        println!(
            "{:18} {:>9} {:>10} {:>10.3} {:>10.3} {:>10.3} {:>8.2} {:>8.1}",
            case.name,
            case.states,
            case.transitions,
            milliseconds(search),
            milliseconds(answer),
            milliseconds(all),
            case.states as f64 / search.as_secs_f64() / 1e6,
            case.bytes as f64 / case.states as f64,
        );
    }
}

/// Searches the race in a file once, and prints its states, transitions, seconds, bytes and words in a
/// line: `cargo xtask bench` sets other searches beside it. The bytes of a reduced search are not told.
#[expect(clippy::disallowed_methods, reason = "the file is read here, not in the engine")]
fn one(path: &str, reduce: bool) {
    let text = std::fs::read_to_string(path).unwrap_or_else(|it| panic!("{path}: {it}"));
    let race = Race::load(&text).unwrap_or_else(|_| panic!("{path} is a race"));
    let model = race.compile(&race.settings()).unwrap_or_else(|_| panic!("{path} compiles"));
    let words = model.words;
    if reduce {
        let start = Instant::now();
        let found = reduced(&model, Limits::default());
        let seconds = start.elapsed().as_secs_f64();
        let states = found.answer.states + found.more_states;
        println!("{states} {} {seconds} 0 {words}", found.answer.transitions);
        return;
    }
    let mut case = case("", model);
    measure(&mut case);
    let seconds = case.runs[0].search.as_secs_f64();
    println!("{} {} {seconds} {} {words}", case.states, case.transitions, case.bytes);
}

/// Prints, for each race that has a knob for it and each number of walkers, in a line: the race with its knobs,
/// the walkers; states and milliseconds of the whole search and its answer; the states of the reduced search for the
/// verdict, those for the shortest schedules, its milliseconds. `cargo xtask bench` draws it.
fn growth(rounds: usize) {
    const KNOBS: [(&str, &str); 3] =
        [("reclaim", ""), ("memunmap", "kill_gp=off"), ("ram-unplug", "")];
    let mut cases = Vec::new();
    for (id, knob) in KNOBS {
        let text = library::race(id).unwrap_or_else(|| panic!("{id} is part of the library"));
        let race = Race::load(text).unwrap_or_else(|_| panic!("{id} is a race"));
        for walkers in ["1", "2", "3", "4"] {
            let mut settings = race.settings();
            let mut set = |name: &str, value: &str| {
                settings.set(&race, name, value).unwrap_or_else(|_| panic!("{id} has {name}"));
            };
            set("walkers", walkers);
            if let Some((name, value)) = knob.split_once('=') {
                set(name, value);
            }
            let model = race.compile(&settings).unwrap_or_else(|_| panic!("{id} compiles"));
            cases.push((format!("{id}\t{knob}\t{walkers}"), model, Vec::new(), Vec::new()));
        }
    }
    for _ in 0..rounds {
        for (_, model, whole, few) in &mut cases {
            let start = Instant::now();
            let all = answer(model, &explore(model, Limits::default()));
            whole.push((start.elapsed(), all.states));
            let start = Instant::now();
            let found = reduced(model, Limits::default());
            few.push((start.elapsed(), found.answer.states, found.more_states));
        }
    }
    for (name, _, whole, few) in &cases {
        let (all, (_, states, more)) = (whole[0].1, few[0]);
        let whole = milliseconds(median(whole.iter().map(|it| it.0)));
        let few = milliseconds(median(few.iter().map(|it| it.0)));
        println!("{name}\t{all}\t{whole:.3}\t{states}\t{more}\t{few:.3}");
    }
}

fn case(name: &str, model: Model) -> Case {
    Case { name: name.to_owned(), model, states: 0, transitions: 0, bytes: 0, runs: Vec::new() }
}

/// That choice of a race's knobs which has the most states.
fn largest(id: &str, text: &str) -> Case {
    let race = Race::load(text).unwrap_or_else(|_| panic!("{id} is part of the library"));
    let mut largest: Option<(usize, Model)> = None;
    let (mut choices, mut answering) = (0, Duration::ZERO);
    let start = Instant::now();
    for settings in every_choice(&race) {
        let model = race.compile(&settings).unwrap_or_else(|_| panic!("{id} compiles"));
        let mut search = Search::new(&model, Limits::default());
        let start = Instant::now();
        while let Progress::More(_) = search.advance(Budget(50_000)) {}
        let states = answer(&model, &search.finish()).states;
        answering += start.elapsed();
        choices += 1;
        if largest.as_ref().is_none_or(|it| it.0 < states) {
            largest = Some((states, model));
        }
    }
    let compiling = milliseconds(start.elapsed() - answering) / f64::from(choices);
    let answering = milliseconds(answering) / f64::from(choices);
    println!(
        "{id}: {choices} choices of knobs, on average {compiling:.3} ms to compile, {answering:.3} ms to answer"
    );
    let model = largest.map(|it| it.1).unwrap_or_else(|| panic!("{id} has a choice of knobs"));
    case(&format!("{id}, largest"), model)
}

/// Every choice of the knobs, the ones that only change the size left as they are.
fn every_choice(race: &Race) -> Vec<Settings> {
    let mut all = vec![race.settings()];
    for knob in race.knobs.iter().filter(|it| !it.scale) {
        let with = |settings: &Settings, value: &str| {
            let mut settings = settings.clone();
            settings.set(race, &knob.name, value).unwrap_or_else(|_| panic!("{value} is a value"));
            settings
        };
        let values = || knob.values.iter().map(|it| &*it.name);
        all = all
            .iter()
            .flat_map(|it| values().map(|value| with(it, value)).collect::<Vec<_>>())
            .collect();
    }
    all
}

fn measure(case: &mut Case) {
    let start = Instant::now();
    let mut search = Search::new(&case.model, Limits { max_bytes: 4 << 30, ..Limits::default() });
    while let Progress::More(_) = search.advance(Budget(50_000)) {}
    case.bytes = search.stats().bytes;
    let graph = search.finish();
    let searched = start.elapsed();
    let answer = answer(&case.model, &graph);
    case.runs.push(Run { search: searched, answer: start.elapsed() - searched });
    case.states = answer.states;
    case.transitions = answer.transitions;
}

fn median(all: impl Iterator<Item = Duration>) -> Duration {
    let mut all: Vec<Duration> = all.collect();
    all.sort_unstable();
    all[all.len() / 2]
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
