//! Every table, whatever the schedule, fits, and tells who moved when: it can be read back.

use proptest::prelude::*;
use racewalk_engine::export::{self, WIDTH};
use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::library;
use racewalk_engine::model::{Model, Piece};
use racewalk_engine::schedule::{Schedule, Turn};
use racewalk_engine::trace::{Position, Standing, Trace};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::{Bench, CROWD, bench};

const PHILOSOPHERS: &str = include_str!("../races/philosophers.race");
const PETERSON: &str = include_str!("../races/peterson.race");

pub(crate) fn races() -> Vec<Bench> {
    let library = |id| library::race(id).expect("the library has it");
    vec![
        bench(library("memunmap"), &[("kill_gp", "off"), ("unmap", "off"), ("page_wait", "off")]),
        bench(library("memunmap"), &[("kill_gp", "off"), ("rcu_sync", "exit"), ("flush", "ipi")]),
        bench(library("reclaim"), &[("flush", "broadcast"), ("zero_check", "off")]),
        bench(CROWD, &[]),
        bench(PHILOSOPHERS, &[]),
        bench(PETERSON, &[("order", "turn-first")]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]
    #[test]
    fn a_table_is_its_schedule(choices in prop::collection::vec(any::<u8>(), 0..40)) {
        for bench in races() {
            let schedule = some_run(&bench.model, &choices);
            let trace = Trace::replay(&bench.model, &schedule);
            let table = export::table(&bench.race, &bench.settings, &bench.model, &trace);
            for line in table.lines() {
                prop_assert!(line.chars().count() <= WIDTH, "{line}");
                prop_assert!(line.is_ascii() && line.trim_end() == line && !line.contains('\t'), "{line}");
            }
            prop_assert_eq!(read(&bench.model, &table), schedule, "{}", table);
        }
    }
}

/// The run in which the n-th number says who moves, and how, among those who can.
pub(crate) fn some_run(model: &Model, choices: &[u8]) -> Schedule {
    let mut schedule = Schedule::default();
    for choice in choices {
        let trace = Trace::replay(model, &schedule);
        let can: Vec<Turn> = turns(trace.last()).map(|it| it.0).collect();
        match can.get(usize::from(*choice) % can.len().max(1)) {
            Some(turn) => schedule.0.push(*turn),
            None => break,
        }
    }
    schedule
}

fn turns(position: &Position) -> impl Iterator<Item = (Turn, StepId)> + '_ {
    position.actors.iter().zip(0..).flat_map(|(standing, actor)| {
        let (step, outcomes) = match standing {
            Standing::CanMove { step, outcomes } => (*step, &outcomes[..]),
            _ => (StepId(0), &[][..]),
        };
        outcomes.iter().map(move |it| (Turn { actor: ActorId(actor), outcome: *it }, step))
    })
}

/// Reads a table as its module says that it can be read.
fn read(model: &Model, table: &str) -> Schedule {
    let (_, body) = table.split_once("\n\n").expect("a headline");
    let starts: Vec<(usize, ActorId)> = match body.split_once("\n\n") {
        Some((heads, _)) => columns(model, heads.lines().last().expect("names")),
        None => Vec::new(),
    };
    let steps = body.split_once("\n\n").map_or(body, |it| it.1);
    let mut schedule = Schedule::default();
    for (actor, label) in lines(model, steps, &starts) {
        let trace = Trace::replay(model, &schedule);
        let turn = turns(trace.last())
            .find(|(turn, step)| turn.actor == actor && text(model, *step, turn.outcome) == label);
        schedule.0.push(turn.unwrap_or_else(|| panic!("no step `{label}`\n{table}")).0);
    }
    schedule
}

/// Where each column begins; names stand at least two spaces apart.
fn columns(model: &Model, names: &str) -> Vec<(usize, ActorId)> {
    let actor = |name: &str| model.actors.iter().position(|it| it.name == name).expect("an actor");
    let mut columns = Vec::new();
    let mut at = 0;
    for part in names.split("  ") {
        let name = part.trim_start();
        if !name.is_empty() {
            let start = at + part.len() - name.len();
            columns.push((start, ActorId(actor(name) as u8)));
        }
        at += part.len() + 2;
    }
    columns
}

/// Each step's actor and its label without spaces; notes are left out.
fn lines(model: &Model, text: &str, starts: &[(usize, ActorId)]) -> Vec<(ActorId, String)> {
    let mut steps: Vec<(ActorId, String)> = Vec::new();
    let mut in_note = false;
    for line in text.lines().filter(|it| !it.starts_with("(nobody")) {
        let rest = line.trim_start();
        let indent = line.len() - rest.len();
        let (rest, note) = match rest.strip_prefix("<-- ") {
            Some(_) => ("", true),
            None => rest.split_once("  <-- ").map_or((rest, false), |it| (it.0, true)),
        };
        let folded = |rest: &str| {
            let (name, label) = rest.split_once(':')?;
            let actor = model.actors.iter().position(|it| it.name == name)?;
            Some((ActorId(actor as u8), label.trim_start().to_owned()))
        };
        let step = match starts.iter().find(|it| it.0 == indent) {
            _ if rest.is_empty() => None,
            Some(column) => Some((column.1, rest.to_owned())),
            None if starts.is_empty() && indent == 2 => folded(rest),
            None => None,
        };
        match step {
            Some(step) => {
                steps.push(step);
                in_note = false;
            }
            None if !in_note && !rest.is_empty() => {
                steps.last_mut().expect("a step").1.push_str(rest)
            }
            None => (),
        }
        in_note |= note;
    }
    let close = |(actor, label): (ActorId, String)| (actor, label.replace(' ', ""));
    steps.into_iter().map(close).collect()
}

/// A label with its outcome, without spaces. The labels of these races hold no values.
fn text(model: &Model, step: StepId, outcome: u8) -> String {
    let line = &model.steps[step.index()];
    let plain = |text: racewalk_engine::ids::TextId| -> String {
        let pieces = model.texts[text.index()].iter().map(|it| match it {
            Piece::Words(words) | Piece::Code(words) => words.as_str(),
            Piece::Value(..) => panic!("a value"),
        });
        pieces.collect::<String>().replace(' ', "")
    };
    let title = line.outcomes[usize::from(outcome)].title.filter(|_| line.outcomes.len() > 1);
    let title = title.map(|it| format!("[{}]", plain(it))).unwrap_or_default();
    format!("{}{title}", plain(line.label))
}
