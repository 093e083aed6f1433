//! A second model of `reclaim` and `memunmap`, hand-coded from the kernel facts alone. It uses nothing of the engine and nothing of the race files, so that it can disagree with them.

use crate::runs::{Kind, Rules};

/// What the knobs are set to. One type serves `reclaim` and `memunmap`: what a race does not turn stands still.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    pub(crate) walker: Walker,
    /// The flush is an IPI that waits; otherwise it is broadcast.
    pub(crate) flush_ipi: bool,
    pub(crate) pte_recheck: bool,
    pub(crate) zero_check: bool,
    pub(crate) debug_vm: bool,
    pub(crate) rest: Rest,
}

/// What happens to the page besides the walker.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest {
    /// It is freed, and perhaps given to somebody else.
    Reclaim,
    /// Its struct page is taken away.
    Memunmap {
        kill_gp: bool,
        grace_period: GracePeriod,
        page_wait: bool,
        unmap: bool,
        /// The state that `rcu_sync` starts in, where it is modelled.
        rcu_sync: Sync,
        /// The backing of the memmap is freed before it is unmapped; otherwise nobody sees the free.
        x86_teardown: bool,
        poison: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Walker {
    Gup,
    GupPgmap,
    Rcu,
    Pfn,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum GracePeriod {
    None,
    AfterBegin,
    AfterRemove,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Sync {
    Ignored,
    Idle,
    Passed,
    Exit,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Memmap {
    Live,
    Poisoned,
    FreedButMapped,
    Reused,
    Unmapped,
}

impl Memmap {
    /// S1 and S4: what a touch of a struct page breaks.
    pub(crate) fn touch(self, access: Access) -> Result<(), Kind> {
        use Access::{Pin, Read, Write};
        use Memmap::{FreedButMapped, Live, Poisoned, Reused, Unmapped};
        Err(match (self, access) {
            (Live, _) => return Ok(()),
            (Poisoned, Read) => "poison-read",
            (Poisoned, Write | Pin) => "poison-write",
            (FreedButMapped | Reused, Read) => "uaf-read",
            (FreedButMapped, Write) => "uaf-write",
            (Reused, Write) => "corrupt-write",
            (Unmapped, Read | Write) => "fault",
            (FreedButMapped, Pin) => "pin-uaf-write",
            (Reused, Pin) => "pin-corrupt-write",
            (Unmapped, Pin) => "pin-fault",
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Owner {
    A,
    Free,
    B,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Protection {
    None,
    IrqOff,
    Rcu,
}

/// A row of the table of steps. Waits that are steps of their own end in `w`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Row {
    W1,
    W2,
    W3,
    W4,
    W5,
    W6,
    W7,
    W8,
    W9,
    W10,
    W11,
    M1,
    M2a,
    M2b,
    M2Broadcast,
    M3,
    M4,
    M5,
    H3,
    D2,
    D3,
    D4,
    H1,
    H1w,
    Gp,
    Gpw,
    H6,
    H9,
    H10,
    H11,
    H7,
}

/// Whose leaving somebody waits for. There is one walker, so a snapshot is a yes or a no.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(crate) struct Snapshots {
    pub(crate) flush: bool,
    pub(crate) kill: bool,
    pub(crate) begin: bool,
    pub(crate) added: bool,
    pub(crate) exit: bool,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct State {
    /// The row that each of the three stands before; `None` when it has finished.
    pub(crate) walker: Option<Row>,
    pub(crate) unmapper: Option<Row>,
    pub(crate) unplug: Option<Row>,
    pub(crate) protection: Protection,
    pub(crate) holds_pgmap: bool,
    pub(crate) pinned: bool,
    pub(crate) pte: bool,
    pub(crate) refcount: i32,
    pub(crate) owner: Owner,
    pub(crate) memmap: Memmap,
    pub(crate) has_mem_map: bool,
    pub(crate) pgmap_dying: bool,
    pub(crate) pgmap_ref: i32,
    pub(crate) rcu_sync: Sync,
    pub(crate) waiting_for_walker: Snapshots,
}

#[derive(Clone, Copy)]
pub(crate) enum Access {
    Read,
    Write,
    Pin,
}

impl State {
    pub(crate) fn touch(&self, access: Access) -> Result<(), Kind> {
        self.memmap.touch(access)
    }

    pub(crate) fn put(&mut self) -> Result<(), Kind> {
        self.refcount -= 1;
        match self.refcount {
            ..0 => Err("refcount-underflow"),
            0 => {
                self.owner = Owner::Free;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// S3, at the row where the walk succeeds.
    pub(crate) fn succeed(&mut self) -> Result<(), Kind> {
        match self.owner {
            Owner::A => {
                self.pinned = true;
                self.walker = Some(Row::W10);
                Ok(())
            }
            Owner::B => Err("wrong-owner"),
            Owner::Free => Err("pinned-free-page"),
        }
    }

    pub(crate) fn is_rcu_reader(&self) -> bool {
        self.protection != Protection::None
    }
}

impl Rules for Choice {
    type State = State;

    fn start(&self) -> State {
        State {
            walker: self.walker_rows().first().copied(),
            unmapper: self.unmapper_rows().first().copied(),
            unplug: self.unplug_rows().first().copied(),
            protection: Protection::None,
            holds_pgmap: false,
            pinned: false,
            pte: true,
            refcount: 1,
            owner: Owner::A,
            memmap: Memmap::Live,
            has_mem_map: true,
            pgmap_dying: false,
            pgmap_ref: 1,
            rcu_sync: match self.rest {
                Rest::Reclaim => Sync::Ignored,
                Rest::Memunmap { rcu_sync, .. } => rcu_sync,
            },
            waiting_for_walker: Snapshots::default(),
        }
    }

    fn next(&self, state: &State) -> Vec<Result<State, Kind>> {
        let mut all = Vec::new();
        let row = |it: Option<Row>, all: &mut Vec<_>| {
            let Some(row) = it else { return };
            for nobody in [false, true] {
                let mut after = state.clone();
                match self.take(row, nobody, &mut after) {
                    Ok(true) => all.push(Ok(after)),
                    Ok(false) => (),
                    Err(kind) => all.push(Err(kind)),
                }
            }
        };
        row(state.walker, &mut all);
        row(state.unmapper, &mut all);
        row(state.unplug, &mut all);
        // E1.
        if state.memmap == Memmap::FreedButMapped {
            all.push(Ok(State { memmap: Memmap::Reused, ..state.clone() }));
        }
        // H7'.
        if state.rcu_sync == Sync::Exit && !state.waiting_for_walker.exit {
            all.push(Ok(State { rcu_sync: Sync::Idle, ..state.clone() }));
        }
        all
    }

    fn is_complete(&self, state: &State) -> bool {
        state.walker.is_none() && state.unmapper.is_none() && state.unplug.is_none()
    }

    /// Only D4 may wait for ever without a fault.
    fn is_held_off(&self, state: &State) -> bool {
        state.walker.is_none() && state.unmapper.is_none() && state.unplug == Some(Row::D4)
    }
}
