//! Why a run does not go on, in a sentence: who waits, for what and for whom; which step of a schedule is impossible.

use crate::ids::{ActorId, StepId};
use crate::model::{Model, Step};
use crate::state::Ending;
use crate::trace::{Impossible, Position, Standing, Trace, Why};
use crate::view::words;

/// Why the schedule of this trace could not be followed to its end, as a sentence without a full
/// stop: its first impossible step, and what that actor waits for. `None` when it could.
#[must_use]
pub fn impossible(model: &Model, trace: &Trace) -> Option<String> {
    let Impossible { index, turn, why } = trace.stopped.as_ref()?;
    let state = &trace.last().state;
    let number = index + 1;
    let name = model.actors.get(turn.actor.index()).map_or("nobody", |it| &it.name);
    let line = |step: &StepId| format!("{name} at {}", at(model, state, *step));
    let why = match why {
        Why::NoSuchActor => "there is no such actor".to_owned(),
        Why::Finished => format!("{name} has finished"),
        Why::RunIsOver(ending) => format!("the run is over before it: {}", over(model, *ending)),
        Why::Waits { step, on } => waits(model, state, *step, on),
        Why::NoSuchOutcome { step, outcomes: 1 } => format!("{} can go one way only", line(step)),
        Why::NoSuchOutcome { step, outcomes } => {
            format!("{} can go {outcomes} ways only", line(step))
        }
        Why::OutcomeNotEnabled { step, enabled } => {
            let outcomes = &model.steps[step.index()].outcomes;
            let title = |it: usize| title(model, state, *step, it);
            let enabled: Vec<String> = enabled.iter().map(|it| title(usize::from(*it))).collect();
            let way = title(usize::from(turn.outcome).min(outcomes.len() - 1));
            format!("{} cannot go by {way} here, only by {}", line(step), enabled.join(", "))
        }
    };
    Some(format!("step {number} is impossible: {why}"))
}

/// Who waits in this position (the environment left out), for what and for whom: a clause each.
#[must_use]
pub fn waiting(model: &Model, position: &Position) -> Vec<String> {
    let waiting = position.actors.iter().zip(&model.actors).filter(|(_, it)| !it.environment);
    let sentence = |(standing, _)| match standing {
        &Standing::Waits { step, ref on } => Some(waits(model, &position.state, step, on)),
        _ => None,
    };
    waiting.filter_map(sentence).collect()
}

/// How a step's choice reads: its title, or its number where it has none or shares it.
pub(super) fn title(model: &Model, state: &[u64], step: StepId, outcome: usize) -> String {
    let text = |it: usize| {
        let title = model.steps[step.index()].outcomes[it].title?;
        let words = words::string(model, state, title);
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let ways = model.steps[step.index()].outcomes.len();
    match text(outcome) {
        Some(title) if !title.is_empty() => {
            let shared = (0..ways).any(|it| it != outcome && text(it).as_ref() == Some(&title));
            if shared { format!("{} {title}", outcome + 1) } else { title }
        }
        _ => (outcome + 1).to_string(),
    }
}

/// "unplug waits for every reference on the page (walker)".
fn waits(model: &Model, state: &[u64], step: StepId, on: &[ActorId]) -> String {
    let line = &model.steps[step.index()];
    let name = &model.actors[line.actor.index()].name;
    let mut text = match words_of(model, state, line) {
        Some(words) => format!("{name} waits {words}"),
        None => format!("{name} waits at {}", at(model, state, step)),
    };
    if !on.is_empty() {
        let names: Vec<&str> = on.iter().map(|it| &*model.actors[it.index()].name).collect();
        text = format!("{text} ({})", names.join(", "));
    }
    text
}

fn words_of(model: &Model, state: &[u64], line: &Step) -> Option<String> {
    let words = words::string(model, state, line.wait.as_ref()?.words);
    Some(words.trim().trim_end_matches('.').to_owned()).filter(|it| !it.is_empty())
}

/// The key and the label of a line.
fn at(model: &Model, state: &[u64], step: StepId) -> String {
    let line = &model.steps[step.index()];
    format!("{} `{}`", line.key, words::string(model, state, line.label))
}

fn over(model: &Model, ending: Ending) -> String {
    match ending {
        Ending::Complete => "everybody has finished".to_owned(),
        Ending::Deadlock => "a deadlock".to_owned(),
        Ending::HeldOff => "held off".to_owned(),
        Ending::Violated(violation) => model.violations[violation.index()].name.clone(),
    }
}
