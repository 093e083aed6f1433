//! What a reader sees, as plain data: the stage (what stays for a whole run) and frames (one position
//! of a schedule each). Derived from model and trace; never sees the exploration; knows no screen.
//!
//! The page draws these, and so do the text and SVG exports.

mod frame;
pub(crate) mod light;
mod stage;
pub(crate) mod words;

use serde::Serialize;

use crate::ids::{ActorId, CellId, StepId, StorageId, ViolationId};
use crate::model::Shape;

/// A piece of resolved text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "as", content = "text")]
pub enum Words {
    /// As it stands.
    Plain(String),
    /// Shown as code.
    Code(String),
}

/// A text whose values are filled in.
pub type Prose = Vec<Words>;

/// What stays for a whole run: lanes and cells, in the order of the model.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Stage {
    /// One for each actor instance, in the order of declaration. An actor without lines under these
    /// knobs has a lane without rows: leave it out.
    pub lanes: Vec<Lane>,
    /// One for each cell of the model (positions included), at the index of its [`CellId`].
    pub cells: Vec<StageCell>,
    /// The storages with a lifetime.
    pub storages: Vec<StageStorage>,
}

/// An actor's lane.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Lane {
    /// Whose.
    pub actor: ActorId,
    /// `walker`, `walker 2`.
    pub name: String,
    /// `get_user_pages_fast()`.
    pub title: String,
    /// On which CPU, if the race says so.
    pub cpu: Option<u8>,
    /// Its letter in schedules, and its key on a keyboard.
    pub letter: char,
    /// Number of its declaration among those that are not environment (0, 1, 2, …): hue and shape;
    /// `None` for the environment.
    pub hue: Option<u8>,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// A line of a lane.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// Its step.
    pub step: StepId,
    /// `W2`.
    pub key: String,
    /// `pte = ptep_get_lockless(ptep)`.
    pub label: String,
    /// Where else than to the next row it can lead: keys in the lane's order, and `end`.
    pub branches: Vec<String>,
    /// Citations.
    pub sources: Vec<crate::model::Source>,
    /// How well they are founded; empty: read in the source.
    pub marks: Vec<crate::model::Mark>,
    /// It waits for something before it runs.
    pub waits: bool,
}

/// A cell's unchanging side.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StageCell {
    /// `page[4].refcount`.
    pub name: String,
    /// `refcount`.
    pub title: String,
    /// The array (or record) that it belongs to: `page`, with its index: `Some(4)`; `("pgmap", None)`.
    pub group: Option<(String, Option<i32>)>,
    /// What a picture calls that group: `struct page`.
    pub group_title: Option<String>,
    /// Whose local it is.
    pub owner: Option<ActorId>,
    /// For an element of a shared array that is indexed by actors: which of them it is about.
    pub about: Option<ActorId>,
    /// Whether it is an actor's position (never drawn as a cell).
    pub is_position: bool,
    /// The storage that it lives in.
    pub storage: Option<StorageId>,
    /// What it is drawn as; `None`: not drawn, unless the race draws nothing at all (then everything
    /// is a plain grid).
    pub shape: Option<Shape>,
    /// What its value is an arrow to, if it is one.
    pub points_to: Option<Shape>,
    /// For a flag: the name of the storage beside which it stands.
    pub beside: Option<String>,
    /// Levels above a table entry, not modelled.
    pub levels: Vec<String>,
    /// Whether any step can change it under these knobs.
    pub varies: bool,
}

/// A storage.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StageStorage {
    /// `memmap`.
    pub name: String,
    /// The cell with its lifetime.
    pub lifetime: CellId,
    /// Names of the lifetimes, the healthy one first: `live`, `poisoned`, …
    pub lifetimes: Vec<String>,
    /// What a picture says of each: `freed, still mapped`.
    pub captions: Vec<String>,
    /// Whether each can occur under these knobs: the first one does, the others when some step may
    /// set them.
    pub occurs: Vec<bool>,
}

/// One position of a schedule.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Frame {
    /// Steps taken.
    pub at: usize,
    /// The step just taken; `None` at the start.
    pub last: Option<Move>,
    /// What every cell holds, at the index of its [`CellId`].
    pub cells: Vec<CellFrame>,
    /// Where every actor stands, at the index of its [`ActorId`].
    pub actors: Vec<ActorFrame>,
    /// How the run ended, if it has.
    pub ending: Option<Ending>,
}

/// A step that was taken.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Move {
    /// 1 for the first step of a schedule.
    pub number: usize,
    /// Who.
    pub actor: ActorId,
    /// Which line.
    pub step: StepId,
    /// Which outcome, 0-based.
    pub outcome: u8,
    /// The line's sentence, then what was said on the way.
    pub narration: Vec<Prose>,
    /// The property that it broke.
    pub broke: Option<ViolationId>,
    /// What it read and wrote, in order, each cell once; a read-modify-write is a write.
    pub accesses: Vec<Access>,
}

/// An access to a cell.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Access {
    /// Which cell.
    pub cell: CellId,
    /// Whether it was written.
    pub written: bool,
    /// It is the access that broke a property. An access that its storage forbids never happened:
    /// this is where it would have been.
    pub broke: bool,
    /// It was only looked at by the property that broke, not by the actor.
    pub by_property: bool,
}

/// A cell at one position.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CellFrame {
    /// Its number.
    pub value: i32,
    /// As it reads: `none`, `4`, `free`, `yes`, `{walker}`.
    pub text: String,
    /// Number of the step that wrote it last; `None`: still as in the beginning. A register that was
    /// never written reads as "not set".
    pub set_at: Option<usize>,
    /// What it read before the last step, if that step changed it.
    pub before: Option<String>,
    /// The last step broke a property while it read what it was about to write here, so nobody knows
    /// what it holds.
    pub undefined: bool,
    /// Where it points, if it is an index that is not none.
    pub pointer: Option<Pointer>,
}

/// An arrow from a cell.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Pointer {
    /// To what.
    pub shape: Shape,
    /// In which array.
    pub array: String,
    /// Which one.
    pub index: i32,
    /// Whether, since which step and why it must not be trusted any more.
    pub stale: Option<Stale>,
}

/// Why a pointer is stale.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "because")]
pub enum Stale {
    /// The cell that it was copied from was written since.
    Changed {
        /// That cell.
        cell: CellId,
        /// Number of the step that wrote it first after the copy.
        since: usize,
    },
    /// What it points to lives in a storage that is not healthy any more.
    Gone {
        /// That storage.
        storage: StorageId,
        /// Number of the step that ended its healthy lifetime; 0: it never was healthy.
        since: usize,
    },
}

/// Where an actor stands.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ActorFrame {
    /// What it may do.
    pub state: ActorState,
    /// The shared cells that its next step would read or write if it ran now, in order.
    pub will_touch: Vec<CellId>,
    /// For each row of its lane, the number of the step at which it ran last.
    pub ran_at: Vec<Option<usize>>,
}

/// What an actor may do.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ActorState {
    /// It can take its next step.
    Ready {
        /// Which line.
        step: StepId,
        /// The ways it can go; one without a title where there is no choice.
        outcomes: Vec<OutcomeFrame>,
    },
    /// It waits.
    Waits {
        /// Before which line.
        step: StepId,
        /// For what, in the race's words.
        words: Prose,
        /// For whom.
        whom: Vec<ActorId>,
        /// Whether waiting for ever is no fault.
        may_be_held_off: bool,
    },
    /// It has done all its lines.
    Finished {
        /// Number of its last step; `None` when it has no lines.
        at: Option<usize>,
    },
    /// The run is over; it stands before this line for ever.
    Over {
        /// Before which line; `None`: it had finished.
        step: Option<StepId>,
    },
}

/// A way in which a step can go.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OutcomeFrame {
    /// Its number, 0-based.
    pub outcome: u8,
    /// What a reader chooses.
    pub title: Option<Prose>,
    /// Whether it can be taken now.
    pub enabled: bool,
}

/// How a run ended.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "ending")]
pub enum Ending {
    /// Every actor but the environment has finished.
    Complete,
    /// A property was broken.
    Violated {
        /// Which.
        violation: ViolationId,
        /// Its stable name.
        kind: String,
        /// What it means.
        sentence: String,
    },
    /// Some actor waits for ever, and should not.
    Deadlock,
    /// Those who wait may be held off.
    HeldOff,
}
