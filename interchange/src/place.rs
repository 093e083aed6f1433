//! Where a reader is: a race, its knobs, a schedule, a position, a verdict. The page tells it as pairs of texts; here it becomes a run of the engine again.

use racewalk_engine::export::json::{End, Findings, Kind, Verdict};
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings, knob_and_value};
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;

use crate::text;

/// Where a reader is.
#[derive(Debug)]
pub struct Place {
    pub(crate) race: Race,
    /// Whether the race is the reader's own.
    pub(crate) is_own: bool,
    pub(crate) settings: Settings,
    pub(crate) model: Model,
    pub(crate) trace: Trace,
    /// Steps taken.
    pub(crate) at: usize,
    /// What can happen, once it is known.
    pub(crate) findings: Option<Findings>,
    /// The page's own address, without what follows `#`.
    pub(crate) page: String,
    /// What follows `#` in the link to here; `None`: the race is too long for one.
    pub(crate) fragment: Option<String>,
}

impl Place {
    /// Reads the pairs, a name and its value by turns:
    ///
    /// | name | value |
    /// |---|---|
    /// | `race` | an id of the library |
    /// | `text` | instead of it, the text of a reader's own |
    /// | `knob` | `knob=value`, for each that is turned |
    /// | `s`, `at` | the schedule's code, and how many of its steps are taken |
    /// | `page`, `fragment` | the page's address, and what follows `#` in the link to here |
    /// | `verdict` | `safe`, `violated` or `incomplete` |
    /// | `states`, `transitions`, `schedules`, `bad_schedules` | what was counted |
    /// | `violation`, `deadlock`, `held_off` | steps, a shortest schedule's code, kind |
    ///
    /// # Errors
    /// What there is not. The page tells nothing that it does not show, so this is for its developers.
    pub fn read<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
    ) -> Result<Self, String> {
        let value = |name| pairs.clone().into_iter().find(|it| it.0 == name).map(|it| it.1);
        let (text, is_own) = match value("text") {
            Some(text) => (text, true),
            None => {
                let id = value("race").unwrap_or_default();
                (text::library_text(id).ok_or_else(|| format!("there is no race `{id}`"))?, false)
            }
        };
        let race = text::load(text)?;
        let mut settings = race.settings();
        for (_, knob) in pairs.clone().into_iter().filter(|it| it.0 == "knob") {
            let (knob, value) = knob_and_value(knob).ok_or("a knob without a value")?;
            settings.set(&race, knob, value).map_err(|error| error.to_string())?;
        }
        let model = race.compile(&settings).map_err(|report| report.to_string())?;
        let schedule = Schedule::parse(value("s").unwrap_or_default(), &model);
        let trace = Trace::replay(&model, &schedule.map_err(|error| error.to_string())?);
        let at = value("at").and_then(|it| it.parse().ok()).unwrap_or(0).min(trace.steps.len());
        let owned = |name| value(name).map(str::to_owned);
        Ok(Self {
            findings: findings(pairs.clone()),
            page: owned("page").unwrap_or_default(),
            fragment: owned("fragment"),
            race,
            is_own,
            settings,
            model,
            trace,
            at,
        })
    }

    /// The link to here.
    pub(crate) fn link(&self) -> Option<String> {
        Some(format!("{}#{}", self.page, self.fragment.as_deref()?))
    }

    /// The knobs that are turned: `kill_gp=off`.
    pub(crate) fn knobs(&self) -> Vec<String> {
        self.settings.changed(&self.race).map(|(knob, value)| format!("{knob}={value}")).collect()
    }

    /// The code of the schedule.
    pub(crate) fn code(&self) -> String {
        self.trace.schedule().code(&self.model)
    }
}

fn findings<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)> + Clone) -> Option<Findings> {
    let all = |name: &'static str| {
        pairs.clone().into_iter().filter(move |it| it.0 == name).map(|it| it.1)
    };
    let verdict = match all("verdict").next()? {
        "safe" => Verdict::Safe,
        "violated" => Verdict::Violated,
        _ => Verdict::Incomplete,
    };
    let number = |name| all(name).next().and_then(|it| it.parse().ok()).unwrap_or(0);
    let found = |text: &str| {
        let mut parts = text.splitn(3, ' ').map(str::to_owned);
        let steps = parts.next()?.parse().ok()?;
        Some(Kind { steps, schedule: parts.next()?, kind: parts.next()? })
    };
    let ends = |name| {
        let end = |it: Kind| End { steps: it.steps, schedule: it.schedule };
        all(name).filter_map(found).map(end).collect()
    };
    Some(Findings {
        verdict,
        violations: all("violation").filter_map(found).collect(),
        deadlocks: ends("deadlock"),
        held_off: ends("held_off"),
        states: number("states"),
        transitions: number("transitions"),
        schedules: all("schedules").next().map(str::to_owned),
        bad_schedules: all("bad_schedules").next().map(str::to_owned),
        reduced: false,
        shortest: None,
    })
}
