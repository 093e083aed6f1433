//! Every combination of the knobs of every race, in the engine and by hand: the same failures, as soon, in as many runs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use racewalk_engine::explore::{Answer, Limits, Natural, answer, explore};
use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;
use racewalk_engine::trace::Trace;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::pae_torn_pte::PaeTornPte;
use crate::ram_unplug::{self, RamUnplug, Teardown};
use crate::rules::{Choice, GracePeriod, Rest, Sync, Walker};
use crate::runs::{Outcome, Rules, outcome};
use crate::table_free::{Free, TableFree};
use crate::thp_collapse::ThpCollapse;
use crate::thp_split::ThpSplit;

#[test]
fn reclaim_fails_exactly_as_the_rules_say() {
    compare("reclaim", 8, |knobs| Choice {
        walker: Walker::Gup,
        flush_ipi: knobs.is("flush", "ipi"),
        pte_recheck: knobs.is("pte_recheck", "on"),
        zero_check: knobs.is("zero_check", "on"),
        debug_vm: false,
        rest: Rest::Reclaim,
    });
}

#[test]
fn memunmap_fails_exactly_as_the_rules_say() {
    compare("memunmap", 4608, |knobs| Choice {
        walker: match knobs.value("walker") {
            "gup" => Walker::Gup,
            "gup-pgmap" => Walker::GupPgmap,
            "rcu" => Walker::Rcu,
            "pfn" => Walker::Pfn,
            other => panic!("no rule for walker={other}"),
        },
        flush_ipi: knobs.is("flush", "ipi"),
        pte_recheck: true,
        zero_check: true,
        debug_vm: knobs.is("debug_vm", "on"),
        rest: Rest::Memunmap {
            kill_gp: knobs.is("kill_gp", "on"),
            grace_period: match knobs.value("grace_period") {
                "none" => GracePeriod::None,
                "after-begin" => GracePeriod::AfterBegin,
                "after-remove" => GracePeriod::AfterRemove,
                other => panic!("no rule for grace_period={other}"),
            },
            page_wait: knobs.is("page_wait", "on"),
            unmap: knobs.is("unmap", "on"),
            rcu_sync: rcu_sync(&knobs),
            x86_teardown: match knobs.value("teardown") {
                "x86" => true,
                "arm64" => false,
                other => panic!("no rule for teardown={other}"),
            },
            poison: knobs.is("poison", "on"),
        },
    });
}

#[test]
fn ram_unplug_fails_exactly_as_the_rules_say() {
    use ram_unplug::{Choice, GracePeriod, Walker};
    compare("ram-unplug", 5760, |knobs| {
        RamUnplug::new(Choice {
            walker: match knobs.value("walker") {
                "gup" => Walker::Gup,
                "rcu" => Walker::Rcu,
                "pfn" => Walker::Pfn,
                "pfn-rcu" => Walker::PfnRcu,
                "mems" => Walker::Mems,
                "ksm" => Walker::Ksm,
                other => panic!("no rule for walker={other}"),
            },
            flush_ipi: knobs.is("flush", "ipi"),
            grace_period: match knobs.value("grace_period") {
                "none" => GracePeriod::None,
                "offline-begin" => GracePeriod::OfflineBegin,
                "isolated" => GracePeriod::Isolated,
                "remove-begin" => GracePeriod::RemoveBegin,
                "every-begin" => GracePeriod::EveryBegin,
                other => panic!("no rule for grace_period={other}"),
            },
            rcu_sync: rcu_sync(&knobs),
            ipi_barrier: knobs.is("ipi_barrier", "on"),
            teardown: match knobs.value("teardown") {
                "x86" => Teardown::X86,
                "arm64" => Teardown::Arm64,
                "deferred" => Teardown::Deferred,
                "deferred-free" => Teardown::DeferredFree,
                other => panic!("no rule for teardown={other}"),
            },
            poison: knobs.is("poison", "on"),
            debug_vm: knobs.is("debug_vm", "on"),
        })
    });
}

#[test]
fn thp_split_fails_exactly_as_the_rules_say() {
    compare("thp-split", 4, |knobs| ThpSplit {
        flush_ipi: knobs.is("flush", "ipi"),
        head_recheck: knobs.is("head_recheck", "on"),
    });
}

#[test]
fn thp_collapse_fails_exactly_as_the_rules_say() {
    compare("thp-collapse", 8, |knobs| ThpCollapse {
        flush_ipi: knobs.is("flush", "ipi"),
        pmd_recheck: knobs.is("pmd_recheck", "on"),
        ipi_sync: knobs.is("ipi_sync", "on"),
    });
}

#[test]
fn table_free_fails_exactly_as_the_rules_say() {
    compare("table-free", 12, |knobs| TableFree {
        walker_irq: knobs.is("walker", "irq"),
        flush_ipi: knobs.is("flush", "ipi"),
        free: match knobs.value("free") {
            "rcu" => Free::Rcu,
            "immediate" => Free::Immediate,
            "ipi-sync" => Free::IpiSync,
            other => panic!("no rule for free={other}"),
        },
    });
}

#[test]
fn pae_torn_pte_fails_exactly_as_the_rules_say() {
    compare("pae-torn-pte", 16, |knobs| PaeTornPte {
        irqs_off: knobs.is("irqs", "off"),
        flush_ipi: knobs.is("flush", "ipi"),
        recheck_low: knobs.is("recheck_low", "on"),
        low_first: knobs.is("order", "low-first"),
    });
}

fn rcu_sync(knobs: &Knobs<'_>) -> Sync {
    match knobs.value("rcu_sync") {
        "ignored" => Sync::Ignored,
        "idle" => Sync::Idle,
        "exit" => Sync::Exit,
        other => panic!("no rule for rcu_sync={other}"),
    }
}

/// What a race's knobs are set to.
struct Knobs<'a> {
    race: &'a Race,
    settings: &'a Settings,
}

impl Knobs<'_> {
    fn value(&self, knob: &str) -> &str {
        self.settings.value(self.race, knob).expect("the race has this knob")
    }

    fn is(&self, knob: &str, value: &str) -> bool {
        self.value(knob) == value
    }
}

/// Holds the engine's answer against the rules', for every combination of a race's knobs.
#[track_caller]
fn compare<R: Rules>(id: &str, combinations: usize, choice: impl Fn(Knobs<'_>) -> R) {
    let text = library::race(id).expect("the library has this race");
    let race = Race::load(text).unwrap_or_else(|report| panic!("{report}"));
    let every = every_settings(&race);
    assert_eq!(every.len(), combinations, "a knob of {id} was added or taken away");
    let mut different = Vec::new();
    let mut known: BTreeMap<String, Outcome> = BTreeMap::new();
    for settings in &every {
        let model = race.compile(settings).unwrap_or_else(|report| panic!("{report}"));
        // Knobs that mean nothing beside others lead to the same model.
        let by_engine = known.entry(model.hash()).or_insert_with(|| {
            let answer = answer(&model, &explore(&model, Limits::default()));
            replay_all(&model, &answer);
            summary(&model, &answer)
        });
        let by_rules = outcome(&choice(Knobs { race: &race, settings }));
        if *by_engine != by_rules {
            let mut knobs = id.to_owned();
            for (knob, value) in settings.changed(&race) {
                let _ = write!(knobs, " {knob}={value}");
            }
            different.push(format!("{knobs}\n engine {by_engine:?}\n rules  {by_rules:?}\n"));
        }
    }
    let (first, count) = (&different[..different.len().min(12)], different.len());
    assert!(different.is_empty(), "{count} of {combinations} differ:\n{}", first.concat());
}

/// Every choice of the knobs; the ones that only set a size stay as they are.
fn every_settings(race: &Race) -> Vec<Settings> {
    let mut every = vec![race.settings()];
    for knob in race.knobs.iter().filter(|it| !it.scale) {
        let with = |settings: &Settings, value: &str| {
            let mut settings = settings.clone();
            settings.set(race, &knob.name, value).expect("the race's own knob and value");
            settings
        };
        let all = |settings: &Settings| -> Vec<Settings> {
            knob.values.iter().map(|value| with(settings, &value.name)).collect()
        };
        every = every.iter().flat_map(all).collect();
    }
    every
}

fn summary(model: &Model, answer: &Answer) -> Outcome {
    let number = |it: &Option<_>| {
        let it: &Natural = it.as_ref().expect("these races have no loop");
        it.to_string().parse::<u128>().expect("few enough runs")
    };
    let kind = |it: &racewalk_engine::explore::Found| {
        (model.violations[it.violation.index()].name.clone(), it.schedule.len())
    };
    Outcome {
        kinds: answer.violations.iter().map(kind).collect(),
        deadlock: answer.deadlocks.iter().map(|it| it.schedule.len()).min(),
        held_off: answer.held_off.iter().map(|it| it.schedule.len()).min(),
        runs: number(&answer.schedules),
        bad: number(&answer.bad_schedules),
    }
}

/// Every schedule that is reported ends as it claims, also after a trip through its code.
#[track_caller]
fn replay_all(model: &Model, answer: &Answer) {
    let violated =
        answer.violations.iter().map(|it| (&it.schedule, Ending::Violated(it.violation)));
    let deadlocks = answer.deadlocks.iter().map(|it| (&it.schedule, Ending::Deadlock));
    let held_off = answer.held_off.iter().map(|it| (&it.schedule, Ending::HeldOff));
    for (schedule, ending) in violated.chain(deadlocks).chain(held_off) {
        let code = schedule.code(model);
        assert_eq!(Schedule::parse(&code, model).as_ref(), Ok(schedule), "{code}");
        let trace = Trace::replay(model, schedule);
        assert_eq!(trace.stopped, None, "{code}");
        assert_eq!(trace.last().ending, Some(ending), "{code}");
    }
}
