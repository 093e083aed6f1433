//! Schedules and their code `w2m3h7w`, the artefact that links, tests and timelines carry. Imports ids and the model's letters, never a state.

use std::fmt::{self, Write as _};

use winnow::ascii::digit1;
use winnow::combinator::opt;
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::any;

use crate::ids::ActorId;
use crate::model::Model;

/// The most turns that a code may stand for.
pub const MAX_TURNS: usize = 100_000;

/// One actor taking its next step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Turn {
    /// Whose turn it is.
    pub actor: ActorId,
    /// Which outcome its step has, counted from 0.
    pub outcome: u8,
}

/// Who moves when: everything that is needed to repeat a run.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Schedule(pub Vec<Turn>);

/// What is wrong with a code, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeError {
    /// Byte offset in the code.
    pub at: usize,
    /// What is wrong there.
    pub fault: CodeFault,
}

/// What can be wrong with a code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeFault {
    /// A character that is no actor's letter where a letter has to stand.
    NoSuchLetter {
        /// What stands there.
        found: char,
        /// The letters that there are, in the order of the actors.
        letters: Vec<char>,
    },
    /// A count of 0.
    NoTurns,
    /// More than [`MAX_TURNS`] turns altogether.
    TooManyTurns,
    /// A point without the number of an outcome.
    OutcomeMissing,
    /// An outcome's number outside 1 to 256.
    OutcomeOutOfRange,
    /// A count and an outcome at once; such turns are written one by one.
    CountAndOutcome,
}

impl Schedule {
    /// How many steps it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody moves.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How often another actor goes on than the one that moved last.
    #[must_use]
    pub fn switches(&self) -> usize {
        self.0.windows(2).filter(|it| it[0].actor != it[1].actor).count()
    }

    /// Its code: each actor's letter, with a count when it moves several times running, or with `.n`
    /// when its step has the `n`-th outcome and `n` is not 1.
    ///
    /// # Panics
    /// When an actor is not of this model.
    #[must_use]
    pub fn code(&self, model: &Model) -> String {
        let mut code = String::new();
        for run in self.0.chunk_by(|a, b| a == b && a.outcome == 0) {
            code.push(model.actors[run[0].actor.index()].letter);
            // Writing to a string cannot fail.
            let _ = match (run.len(), u32::from(run[0].outcome) + 1) {
                (1, 1) => Ok(()),
                (count, 1) => write!(code, "{count}"),
                (_, outcome) => write!(code, ".{outcome}"),
            };
        }
        code
    }

    /// Reads a code.
    ///
    /// # Errors
    /// At the first character that cannot belong to a code of this model. Whether its steps are
    /// possible is for a replay to say.
    pub fn parse(code: &str, model: &Model) -> Result<Self, CodeError> {
        let mut input = LocatingSlice::new(code);
        let mut turns = Vec::new();
        loop {
            let start = input.current_token_start();
            let Ok(letter) = letter.parse_next(&mut input) else {
                return Ok(Self(turns));
            };
            let Some(actor) = model.actors.iter().position(|it| it.letter == letter) else {
                let letters = model.actors.iter().map(|it| it.letter).collect();
                let fault = CodeFault::NoSuchLetter { found: letter, letters };
                return Err(CodeError { at: start, fault });
            };
            let at = input.current_token_start();
            let suffix = suffix.parse_next(&mut input).unwrap_or_default();
            let (count, outcome) = suffix.meaning().map_err(|fault| CodeError { at, fault })?;
            if turns.len() + count > MAX_TURNS {
                return Err(CodeError { at: start, fault: CodeFault::TooManyTurns });
            }
            let turn = Turn { actor: ActorId(actor as u8), outcome };
            turns.extend(std::iter::repeat_n(turn, count));
        }
    }
}

type Input<'a> = LocatingSlice<&'a str>;

/// What may follow a letter: digits, and a point with digits or without.
#[derive(Default)]
struct Suffix<'a> {
    count: Option<&'a str>,
    outcome: Option<Option<&'a str>>,
}

impl Suffix<'_> {
    fn meaning(&self) -> Result<(usize, u8), CodeFault> {
        match (self.count, self.outcome) {
            (None, None) => Ok((1, 0)),
            (Some(count), None) => match count.parse() {
                Ok(0) => Err(CodeFault::NoTurns),
                Ok(count) if count <= MAX_TURNS => Ok((count, 0)),
                _ => Err(CodeFault::TooManyTurns),
            },
            (Some(_), Some(_)) => Err(CodeFault::CountAndOutcome),
            (None, Some(None)) => Err(CodeFault::OutcomeMissing),
            (None, Some(Some(outcome))) => match outcome.parse() {
                Ok(outcome @ 1..=256usize) => Ok((1, (outcome - 1) as u8)),
                _ => Err(CodeFault::OutcomeOutOfRange),
            },
        }
    }
}

fn letter(input: &mut Input<'_>) -> winnow::ModalResult<char> {
    any.parse_next(input)
}

fn suffix<'a>(input: &mut Input<'a>) -> winnow::ModalResult<Suffix<'a>> {
    let count = opt(digit1).parse_next(input)?;
    let outcome = opt(('.', opt(digit1))).parse_next(input)?.map(|it| it.1);
    Ok(Suffix { count, outcome })
}

impl fmt::Display for CodeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the schedule's character at offset {}: {}", self.at, self.fault)
    }
}

impl fmt::Display for CodeFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchLetter { found, letters } => {
                write!(out, "no actor has the letter `{}`; there are", found.escape_default())?;
                letters.iter().try_for_each(|it| write!(out, " `{it}`"))
            }
            Self::NoTurns => write!(out, "a count has to be at least 1"),
            Self::TooManyTurns => write!(out, "more than {MAX_TURNS} steps"),
            Self::OutcomeMissing => write!(out, "`.` is followed by the number of an outcome"),
            Self::OutcomeOutOfRange => write!(out, "an outcome's number is 1 to 256"),
            Self::CountAndOutcome => {
                write!(out, "a step with an outcome has no count: write it once for each step")
            }
        }
    }
}

impl std::error::Error for CodeError {}
