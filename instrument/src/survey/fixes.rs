//! The fix: every card in every gap, and every combination of protections. Imports the engine, no screen.

use racewalk_engine::explain::{self, Tried};
use racewalk_engine::explore::Verdict;
use racewalk_engine::export;
use racewalk_engine::ids::ActorId;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Report, Settings};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::state::Ending;
use racewalk_engine::trace::Trace;
use serde::{Deserialize, Serialize};

use super::LIMITS;

/// A card, in every gap of every lane.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Card {
    /// Its stable name.
    pub name: String,
    /// What stands on it.
    pub title: String,
    /// The gaps, by actor and place.
    pub gaps: Vec<Gap>,
}

/// A gap with a card in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gap {
    /// Whose lane.
    pub actor: usize,
    /// Before which line of it, counted from 0; the number of its lines: behind the last one.
    pub gap: usize,
    /// What was found.
    pub found: Found,
    /// The steps of the remaining failure, the card's own among them, by their keys.
    pub spelled: Vec<String>,
}

/// What was found of a variant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Found {
    /// Whether nothing fails; `None`: a limit stopped the search.
    pub safe: Option<bool>,
    /// A shortest failure: its kind, its length and its code. For a card, the code is without the card's own
    /// turns: a card only waits, so that fails without it as well; empty where only the card makes it fail.
    pub failure: Option<(String, usize, String)>,
    /// Distinct states.
    pub states: usize,
}

impl Found {
    fn new(tried: &Tried) -> Self {
        let failure = tried.failure.as_ref();
        Self {
            safe: match tried.verdict {
                Verdict::Safe => Some(true),
                Verdict::Violated => Some(false),
                // What was found stands.
                Verdict::Incomplete => failure.map(|_| false),
            },
            failure: failure.map(|it| (it.kind.clone(), it.steps, it.schedule.clone())),
            states: tried.states,
        }
    }
}

/// Every card in every gap.
pub(super) fn cards(race: &Race, settings: &Settings, model: &Model) -> Result<Vec<Card>, Report> {
    let mut cards = Vec::new();
    for (number, card) in race.cards().into_iter().enumerate() {
        let mut gaps = Vec::new();
        for it in explain::placements(race, settings, LIMITS, number)? {
            let mut gap = Gap {
                actor: it.placement.actor.index(),
                gap: it.placement.gap,
                found: Found::new(&it.tried),
                spelled: Vec::new(),
            };
            if let Some((kind, _, code)) = &mut gap.found.failure {
                let placed = race.compile_with(settings, Some(it.placement))?;
                let (without, spelled) = without_card(model, &placed, it.placement.actor, code);
                (*code, gap.spelled) = (without.code(model), spelled);
                if ends(model, &without) != Some(&**kind) {
                    code.clear();
                }
            }
            gaps.push(gap);
        }
        cards.push(Card { name: card.name, title: card.title, gaps });
    }
    Ok(cards)
}

/// The kind of failure in which a schedule ends, if it does.
fn ends<'a>(model: &'a Model, schedule: &Schedule) -> Option<&'a str> {
    let trace = Trace::replay(model, schedule);
    let ending = trace.last().ending.filter(|_| trace.stopped.is_none())?;
    let fails = matches!(ending, Ending::Violated(_) | Ending::Deadlock);
    fails.then(|| export::explain::end(model, ending))
}

/// The schedule without the turns of lines that only the lane with the card has; and all its steps, by their
/// keys.
fn without_card(
    model: &Model,
    placed: &Model,
    actor: ActorId,
    code: &str,
) -> (Schedule, Vec<String>) {
    let schedule = Schedule::parse(code, placed).unwrap_or_default();
    let trace = Trace::replay(placed, &schedule);
    let own = &model.actors[actor.index()].steps;
    let own = &model.steps[usize::from(own.start)..usize::from(own.end)];
    let known = |key: &str| own.iter().any(|it| it.key == key);
    let mut kept = Vec::new();
    let mut spelled = Vec::new();
    for it in &trace.steps {
        let key = &placed.steps[it.step.index()].key;
        spelled.push(key.clone());
        if it.turn.actor != actor || known(key) {
            kept.push(it.turn);
        }
    }
    (Schedule(kept), spelled)
}

/// All combinations of the protections of a race.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Protections {
    /// What can be on or off.
    pub protections: Vec<Protection>,
    /// Every combination; the first one is without any.
    pub choices: Vec<Choice>,
}

/// A knob that protects.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Protection {
    /// Its name.
    pub knob: String,
    /// Its values that protect.
    pub values: Vec<String>,
}

/// A combination.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// For each protection its value, if it is on.
    pub on: Vec<Option<String>>,
    /// All knobs that are turned then.
    pub knobs: Vec<(String, String)>,
    /// Whether it is the choice that the reader has made.
    pub here: bool,
    /// What was found.
    pub found: Found,
    /// Safe, and with fewer of the same it is not.
    pub minimal: bool,
    /// Not safe, and with more of the same it is.
    pub maximal: bool,
}

/// Every combination of protections, or why they were not tried.
pub(super) fn protections(race: &Race, settings: &Settings) -> Result<Protections, String> {
    let found = explain::protections(race, settings, LIMITS).map_err(|it| it.to_string())?;
    let value = |knob: usize, value: usize| race.knobs[knob].values[value].name.clone();
    let owned = |(knob, value): (&str, &str)| (knob.to_owned(), value.to_owned());
    let choices = found.choices.iter().enumerate().map(|(number, it)| Choice {
        on: (found.protections.iter().zip(&it.on))
            .map(|(of, on)| on.map(|on| value(of.knob, on)))
            .collect(),
        knobs: it.settings.changed(race).map(owned).collect(),
        here: it.settings == *settings,
        found: Found::new(&it.tried),
        minimal: found.minimal_safe.contains(&number),
        maximal: found.maximal_unsafe.contains(&number),
    });
    Ok(Protections {
        choices: choices.collect(),
        protections: (found.protections.iter())
            .map(|it| Protection {
                knob: race.knobs[it.knob].name.clone(),
                values: it.with.iter().map(|&with| value(it.knob, with)).collect(),
            })
            .collect(),
    })
}
