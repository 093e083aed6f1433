//! Every table, whatever the schedule, fits, and tells who moved when: it can be read back.

use proptest::prelude::*;
use racewalk_engine::export::{self, WIDTH};
use racewalk_engine::ids::{ActorId, StepId};
use racewalk_engine::model::Model;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::{Schedule, Turn};
use racewalk_engine::trace::{Position, Standing, Trace};
use racewalk_engine::{import, library};
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

/// Every race of the library, each knob at the value that the numbers choose.
fn turned(choices: &[u8]) -> Vec<Bench> {
    let mut choices = choices.iter().map(|it| usize::from(*it));
    let turn = |it: &library::LibraryRace| {
        let race = Race::load(it.text).expect("it loads");
        let mut settings = race.settings();
        for knob in &race.knobs {
            let value = &knob.values[choices.next().unwrap_or(0) % knob.values.len()];
            settings.set(&race, &knob.name, &value.name).expect("its own value");
        }
        let model = race.compile(&settings).expect("any choice compiles");
        Bench { race, settings, model }
    };
    library::races().iter().map(turn).collect()
}

fn printed(bench: &Bench, schedule: &Schedule) -> String {
    let trace = Trace::replay(&bench.model, schedule);
    export::table(&bench.race, &bench.settings, &bench.model, &trace)
}

#[track_caller]
fn is_read_as(bench: &Bench, schedule: &Schedule, pasted: &str) -> Result<(), TestCaseError> {
    let read = import::table(&bench.race, pasted).expect("it compiles");
    prop_assert_eq!(&read.faults, &[], "{}", pasted);
    prop_assert_eq!(&read.settings, &bench.settings, "{}", pasted);
    prop_assert_eq!(&read.schedule, schedule, "{}", pasted);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_table_is_its_schedule(
        choices in prop::collection::vec(any::<u8>(), 0..40),
        knobs in prop::collection::vec(any::<u8>(), 60),
    ) {
        for bench in races().into_iter().chain(turned(&knobs)) {
            let schedule = some_run(&bench.model, &choices);
            let table = printed(&bench, &schedule);
            for line in table.lines() {
                prop_assert!(line.chars().count() <= WIDTH, "{line}");
                prop_assert!(line.is_ascii() && line.trim_end() == line && !line.contains('\t'), "{line}");
            }
            is_read_as(&bench, &schedule, &table)?;
            let again = import::table(&bench.race, &table).expect("it compiles");
            prop_assert_eq!(printed(&bench, &again.schedule), table);
        }
    }

    /// Whatever mailers, comments and editors do to it.
    #[test]
    fn a_pasted_table_is_its_schedule(
        choices in prop::collection::vec(any::<u8>(), 0..40),
        knobs in prop::collection::vec(any::<u8>(), 60),
    ) {
        for bench in races().into_iter().chain(turned(&knobs)) {
            let schedule = some_run(&bench.model, &choices);
            let table = printed(&bench, &schedule);
            for pasted in [
                before_every_line(&table, "> "),
                before_every_line(&table, "> > "),
                before_every_line(&table, ">>"),
                format!("/*\n{} */\n", before_every_line(&table, " * ")),
                before_every_line(&table, "# "),
                before_every_line(&table, "    "),
                before_every_line(&with_tabs(&table), "> "),
                with_tabs(&table),
                table.replace('\n', "\r\n"),
                table.replace("\n\n", "\n"),
                mailed(&bench, &schedule),
                before_every_line(&broken_at(&table, 70), "> "),
            ] {
                is_read_as(&bench, &schedule, &pasted)?;
            }
        }
    }

    /// Nothing that anybody pastes makes it panic, and what is kept is always possible.
    #[test]
    fn anything_can_be_pasted(
        choices in prop::collection::vec(any::<u8>(), 0..40),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6),
        noise in "\\PC{0,40}",
    ) {
        for bench in races() {
            let mut lines: Vec<String> =
                printed(&bench, &some_run(&bench.model, &choices)).lines().map(str::to_owned).collect();
            for (from, to) in &cuts {
                let line = lines.remove(from.index(lines.len()));
                let to = to.index(lines.len() + 1);
                lines.insert(to, if to % 2 == 0 { line } else { format!("{line}{noise}") });
            }
            let pasted = lines.join("\n");
            let read = import::table(&bench.race, &pasted).expect("it compiles");
            let model = bench.race.compile(&read.settings).expect("any choice compiles");
            prop_assert!(Trace::replay(&model, &read.schedule).stopped.is_none(), "{}", pasted);
        }
    }
}

fn before_every_line(text: &str, mark: &str) -> String {
    text.lines().map(|it| format!("{}\n", format!("{mark}{it}").trim_end())).collect()
}

/// With tabs for blanks, as an editor that is set so leaves it.
fn with_tabs(text: &str) -> String {
    let line = |it: &str| {
        let rest = it.trim_start();
        let indent = it.len() - rest.len();
        format!("{}{}{rest}\n", "\t".repeat(indent / 8), " ".repeat(indent % 8))
    };
    text.lines().map(line).collect()
}

/// The whole mail around it.
fn mailed(bench: &Bench, schedule: &Schedule) -> String {
    let Bench { race, settings, model } = bench;
    let trace = Trace::replay(model, schedule);
    export::mail(race, settings, model, &trace, None, "https://example.org/#/race/x")
}

/// With every longer line broken, as a mailer does it: the rest begins at the left.
fn broken_at(text: &str, width: usize) -> String {
    let line = |it: &str| match it.char_indices().take(width).filter(|it| it.1 == ' ').last() {
        Some((at, _)) if it.len() > width && !it[..at].trim().is_empty() => {
            format!("{}\n{}\n", it[..at].trim_end(), it[at..].trim_start())
        }
        _ => format!("{it}\n"),
    };
    text.lines().map(line).collect()
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
