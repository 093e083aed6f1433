//! Placements: a card in a gap is the race that has its lines written there.

use racewalk_engine::explain::placements;
use racewalk_engine::explore::{Limits, Verdict, answer, explore};
use racewalk_engine::ids::ActorId;
use racewalk_engine::race::{Placement, Race};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const HEAD: &str = "race r \"R\"\nuse waiting\nviolation bad \"reads what is gone\"\n\
storage thing\n  lifetime live\n  lifetime gone\n  read of gone breaks bad\n";

/// The lanes, a line each: its key and what it does.
const READER: [(&str, &str); 5] = [
    ("R1", "context[self] = rcu"),
    ("R2", "seen = linked"),
    ("R3", "value = cell"),
    ("R4", "if seen and twice is 0 goto R2"),
    ("R5", "run leave_protection()"),
];
const WRITER: [(&str, &str); 3] = [
    ("D1", "linked = no"),
    ("D2", "wait until linked is no\n        waiting \"for it\""),
    ("D3", "thing = gone"),
];

/// The race with its lanes written out, and the card's lines in one of the gaps.
fn written(card: Option<(&str, usize, usize)>) -> Race {
    let mut text = String::from(HEAD);
    text.push_str(if card.is_some() { "enum wait = own | placed\n" } else { "enum wait = own\n" });
    text.push_str("memory\n  linked: bool = yes\n  cell: 0..1 = 0 in thing\n  twice: 0..1 = 0\n");
    let lanes: [(&str, &[(&str, &str)]); 2] = [("reader", &READER), ("writer", &WRITER)];
    for (number, (name, lines)) in lanes.into_iter().enumerate() {
        let letter = &name[..1];
        text += &format!("actor {name} \"{name}\" letter {letter}\n");
        if number == 0 {
            text.push_str("  local seen: bool = no\n  local value: 0..1 = 0\n");
        }
        for gap in 0..=lines.len() {
            if let Some((run, lane, at)) = card
                && (lane, at) == (number, gap)
            {
                text += run;
            }
            let Some((key, does)) = lines.get(gap) else { continue };
            let atomic = if does.starts_with("run") { "atomic" } else { does };
            // Whoever goes to R2 comes to the card first.
            let is_there = card.is_some_and(|it| (it.1, it.2) == (0, 1));
            let first = if is_there { "goto Xa" } else { "goto R2" };
            let atomic = atomic.replace("goto R2", first);
            let label = if does.contains('\n') { "\n      " } else { "    " };
            text += &format!("  {key}: {atomic}{label}`{key}`\n      \"It does.\"\n");
            if does.starts_with("run") {
                text += &format!("      {does}\n");
            }
            if *key == "R4" {
                text.push_str("      twice = 1\n");
            }
        }
    }
    Race::load(&text).unwrap_or_else(|report| panic!("{report}\n{text}"))
}

/// Each card of the prelude, in each gap: the same model as if its lines stood there, but for their names.
#[test]
fn a_card_is_its_lines() {
    let race = written(None);
    let runs = ["one of irq_off, rcu", "irq_off"].map(|whom| {
        format!(
            "  Xa: waited[placed] = actors where context[it] is {whom}    `Xa`\n      \"It starts.\"\n  \
             Xb: wait until waited[placed] is empty\n        waiting \"for them\"\n      `Xb`\n      \
             \"It is over.\"\n"
        )
    });
    assert_eq!(race.cards().len(), runs.len());
    for (card, run) in runs.iter().enumerate() {
        let gaps =
            placements(&race, &race.settings(), Limits::default(), card).expect("it compiles");
        assert_eq!(gaps.len(), READER.len() + 1 + WRITER.len() + 1);
        for gap in gaps {
            let Placement { actor, gap: at, .. } = gap.placement;
            let by_hand = written(Some((run, actor.index(), at)));
            let by_hand = by_hand.compile(&by_hand.settings()).expect("it compiles");
            let placed =
                race.compile_with(&race.settings(), Some(gap.placement)).expect("it compiles");
            assert_eq!(placed.steps.len(), by_hand.steps.len());
            assert_eq!(placed.hash(), by_hand.hash(), "{:?}", gap.placement);
            let answer = answer(&by_hand, &explore(&by_hand, Limits::default()));
            assert_eq!((gap.tried.verdict, gap.tried.states), (answer.verdict, answer.states));
            let lines = if actor.0 == 0 { &READER[..] } else { &WRITER[..] };
            assert_eq!(gap.before.as_deref(), lines.get(at).map(|it| it.0));
        }
    }
}

/// Where the card would not be, nothing is.
#[test]
fn a_place_that_is_not_there() {
    let race = written(None);
    let plain = race.compile(&race.settings()).expect("it compiles").hash();
    for (card, actor, gap) in [(2, 0, 0), (0, 7, 0), (0, 0, 99)] {
        let placement = Placement { card, actor: ActorId(actor), gap };
        let model = race.compile_with(&race.settings(), Some(placement)).expect("it compiles");
        assert_eq!(model.steps.len(), READER.len() + WRITER.len());
        assert_eq!(model.hash() == plain, card == 2, "an added wait changes the model");
    }
    let limits = Limits { max_states: 2, ..Limits::default() };
    let gaps = placements(&race, &race.settings(), limits, 0).expect("it compiles");
    assert!(gaps.iter().all(|it| it.tried.verdict == Verdict::Incomplete));
}
