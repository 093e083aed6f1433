//! A question on its way to its answer, in slices: the same in the worker and on the page's own
//! thread. It knows no clock and no screen; whoever runs it owns the time.

use racewalk_engine::explore::{self, Answer, Budget, Limit, Limits, Progress, Search};
use racewalk_engine::model::{Model, Piece};
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;

use crate::protocol::{Found, News, Question, Reply, Summary, Verdict};

/// What a search in a browser's tab may use.
const LIMITS: Limits = Limits { max_states: usize::MAX, max_bytes: 1 << 30 };

/// Why a race of the reader's own cannot be explored; the page says it with lines and columns.
const MISTAKES: &str = "the race has mistakes under this choice of knobs";

/// How many states one call of [`Job::advance`] expands.
const BUDGET: Budget = Budget(2_000);

/// The race that was asked about last: loading one takes longer than a search in it.
#[derive(Default)]
pub(crate) struct Known(Option<Box<(Vec<u8>, Race)>>);

impl Known {
    fn load(&mut self, packed: &[u8]) -> &Race {
        let known = match self.0.take() {
            Some(known) if known.0 == packed => known,
            _ => Box::new((packed.to_vec(), Race::unpack(packed))),
        };
        &self.0.insert(known).1
    }
}

/// A search that has begun.
pub(crate) struct Job {
    id: u32,
    model: Model,
    search: Search,
}

impl Job {
    /// Begins; what cannot begin is answered at once.
    pub(crate) fn begin(question: &Question, known: &mut Known) -> Result<Self, Box<Reply>> {
        let failed = |why: String| Box::new(Reply { id: question.id, news: News::Failed(why) });
        let race = known.load(&question.race);
        let mut settings = race.settings();
        for (knob, value) in &question.knobs {
            settings.set(race, knob, value).map_err(|it| failed(it.to_string()))?;
        }
        let model = race.compile(&settings).map_err(|_| failed(MISTAKES.to_owned()))?;
        let search = Search::new(&model, LIMITS);
        Ok(Self { id: question.id, model, search })
    }

    /// The number of its question.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// Goes on for a little while. `true`: there is more to do.
    pub(crate) fn advance(&mut self) -> bool {
        matches!(self.search.advance(BUDGET), Progress::More(_))
    }

    /// How far it has come.
    pub(crate) fn progress(&self) -> Reply {
        let stats = self.search.stats();
        Reply { id: self.id, news: News::Progress { states: stats.states, depth: stats.depth } }
    }

    /// The answer, as far as it is known. `by_reader`: the reader did not want to wait longer.
    pub(crate) fn finish(self, by_reader: bool) -> Reply {
        let graph = self.search.finish();
        let answer = explore::answer(&self.model, &graph);
        let mut summary = summary(&self.model, &answer);
        if by_reader && answer.stopped.is_some() {
            summary.stopped = Some("you stopped the search".to_owned());
        }
        Reply { id: self.id, news: News::Answer(summary) }
    }
}

fn summary(model: &Model, answer: &Answer) -> Summary {
    let found = |kind: &str, sentence: String, schedule: &Schedule| Found {
        kind: kind.to_owned(),
        sentence,
        steps: schedule.len(),
        schedule: schedule.code(model),
    };
    let violations = answer.violations.iter().map(|it| {
        let violation = &model.violations[it.violation.index()];
        found(&violation.name, violation.sentence.clone(), &it.schedule)
    });
    let end = |kind: &'static str| {
        move |it: &explore::End| {
            let waiting: Vec<String> = it
                .waiting
                .iter()
                .map(|&(actor, step)| {
                    let key = &model.steps[step.index()].key;
                    format!(
                        "{} waits at {key}{}",
                        model.actors[actor.index()].name,
                        reason(model, step)
                    )
                })
                .collect();
            found(kind, format!("{}, for ever", waiting.join("; ")), &it.schedule)
        }
    };
    Summary {
        verdict: match answer.verdict {
            explore::Verdict::Safe => Verdict::Safe,
            explore::Verdict::Violated => Verdict::Violated,
            explore::Verdict::Incomplete => Verdict::Incomplete,
        },
        violations: violations.collect(),
        deadlocks: answer.deadlocks.iter().map(end("deadlock")).collect(),
        held_off: answer.held_off.iter().map(end("held off")).collect(),
        states: answer.states,
        transitions: answer.transitions,
        schedules: answer.schedules.as_ref().map(ToString::to_string),
        bad_schedules: answer.bad_schedules.as_ref().map(ToString::to_string),
        stopped: answer.stopped.map(|it| match it {
            Limit::States => "the number of states that the search may keep was reached".to_owned(),
            Limit::Bytes => "the memory that a tab may use was reached".to_owned(),
        }),
    }
}

/// ` for every reference on the page`: the words of a step's wait, without values.
fn reason(model: &Model, step: racewalk_engine::ids::StepId) -> String {
    let Some(wait) = &model.steps[step.index()].wait else { return String::new() };
    let words: String = model.texts[usize::from(wait.words.0)]
        .iter()
        .map(|piece| match piece {
            Piece::Words(text) | Piece::Code(text) => text.as_str(),
            Piece::Value(..) => "…",
        })
        .collect();
    if words.is_empty() { words } else { format!(" {words}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn ask(race: &str, knobs: &[(&str, &str)]) -> Reply {
        let race = crate::library::packed(race).expect("a race of the library");
        let knobs =
            knobs.iter().map(|&(knob, value)| (knob.to_owned(), value.to_owned())).collect();
        match Job::begin(&Question { id: 3, race, knobs }, &mut Known::default()) {
            Ok(mut job) => {
                while job.advance() {}
                job.finish(false)
            }
            Err(reply) => *reply,
        }
    }

    #[test]
    fn a_question_is_answered() {
        let News::Answer(summary) = ask("memunmap", &[("kill_gp", "off")]).news else {
            panic!("no answer")
        };
        assert_eq!(summary.verdict, Verdict::Violated);
        let shortest = summary.shortest().expect("it fails");
        assert_eq!((shortest.kind.as_str(), shortest.steps), ("uaf-read", 13));
    }

    #[test]
    fn a_question_without_sense_fails() {
        assert!(matches!(ask("memunmap", &[("kill_gp", "maybe")]).news, News::Failed(_)));
    }
}
