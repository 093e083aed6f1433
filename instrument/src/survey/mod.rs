//! What the worker finds out of a race under a choice of knobs, as plain data that travels: where everybody can stand and what a graph of that is best drawn by, windows, placements, protections. Imports the engine, census and grid, no screen.

mod course;
mod fixes;
mod windows;

use racewalk_engine::explain::{Counts, Fates, Incomplete, Transitions};
use racewalk_engine::explore::{self, Limits, explore};
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use serde::{Deserialize, Serialize};

use crate::axes::Candidates;
use crate::census::Census;
use crate::grid::candidates;

pub use course::{Ahead, Beginning, Mended, Surveyed, Times, Witness};
pub use fixes::{Card, Choice, Found, Gap, Protection, Protections};
pub use windows::{ANY, Comes, Effect, Line, Order, Time, Window};

/// What a search may use: what is drawn of more states than this nobody can read.
const LIMITS: Limits = Limits { max_states: 400_000, max_bytes: 256 << 20 };

/// A question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The number of the survey that it belongs to; the answers carry it.
    pub id: u32,
    /// What is asked.
    pub ask: Ask,
}

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// Everything, of a race, packed, under these knobs.
    Survey(Vec<u8>, Vec<(String, String)>),
    /// Of what was surveyed last: a schedule in time, by its code.
    Times(String),
    /// The way from a schedule to a good one.
    Mend(String),
    /// A schedule where this happens.
    Witness(String),
}

/// A part of an answer; those of a survey come in this order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum News {
    /// Where everybody can stand, and what the axes of a graph of that can be.
    Census(Box<Census>, Candidates),
    /// What the failing schedules share, and what prevents it.
    Windows(Vec<Window>),
    /// Every card in every gap.
    Cards(Vec<Card>),
    /// Every combination of protections; or why they were not tried.
    Protections(Result<Protections, String>),
    /// There is no answer to a survey, and why.
    Failed(String),
    /// A schedule in time.
    Times(Times),
    /// The way to a good schedule, or why there is none.
    Mended(Result<Mended, String>),
    /// A schedule where what was asked happens.
    Witness(String, Witness),
}

/// Finds out everything, and tells it part by part; what is kept answers further questions.
pub fn survey(
    race: &Race,
    knobs: &[(String, String)],
    mut tell: impl FnMut(News),
) -> Option<Surveyed> {
    let settings = settings(race, knobs);
    let told = race.compile(&settings).map_err(|it| it.to_string());
    let told = told.and_then(|model| model_survey(race, &settings, model, &mut tell));
    told.map_err(|why| tell(News::Failed(why))).ok()
}

/// The answer to any other question.
#[must_use]
pub fn answer(of: &Surveyed, ask: Ask) -> Option<News> {
    match ask {
        Ask::Survey(..) => None,
        Ask::Times(code) => Some(News::Times(of.times(&code))),
        Ask::Mend(code) => Some(News::Mended(of.mended(&code))),
        Ask::Witness(question) => {
            let found = of.witness(&question);
            Some(News::Witness(question, found))
        }
    }
}

fn model_survey(
    race: &Race,
    settings: &Settings,
    model: Model,
    tell: &mut impl FnMut(News),
) -> Result<Surveyed, String> {
    let graph = explore(&model, LIMITS);
    let transitions = Transitions::new(&model, &graph).map_err(incomplete)?;
    let fates = Fates::new(&transitions);
    let counts = Counts::new(&transitions);
    let census = Census::new(&model, &graph, &transitions, &fates, counts.as_ref());
    let axes = candidates(&model, &census);
    tell(News::Census(Box::new(census), axes));
    let answer = explore::answer(&model, &graph);
    let found = windows::found(&model, &answer, &transitions);
    tell(News::Windows(windows::told(race, settings, &model, &answer, &found)));
    tell(News::Cards(fixes::cards(race, settings, &model).map_err(|it| it.to_string())?));
    tell(News::Protections(fixes::protections(race, settings)));
    let orders = found.into_iter().map(|it| (it.0, it.1.orders)).collect();
    Ok(Surveyed { model, graph, transitions, fates, counts, orders })
}

/// The settings of these knobs; those that the race does not have are left out: the page has said so.
fn settings(race: &Race, knobs: &[(String, String)]) -> Settings {
    let mut settings = race.settings();
    for (knob, value) in knobs {
        let _ = settings.set(race, knob, value);
    }
    settings
}

fn incomplete(why: Incomplete) -> String {
    why.to_string()
}

#[cfg(test)]
mod tests;
