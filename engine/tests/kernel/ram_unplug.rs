//! `ram-unplug`, hand-coded from the kernel facts alone: a walker, somebody who unmaps, and offlining with removal.

mod choice;

pub(crate) use choice::{Choice, GracePeriod, Teardown, Walker};

use choice::Unplug;

use crate::rules::{Access, Memmap, Owner, Sync};
use crate::runs::{Kind, Rules};

/// The rules under one choice.
#[derive(Clone, Debug)]
pub(crate) struct RamUnplug {
    choice: Choice,
    /// What the unplug does, in its order.
    rows: Vec<Unplug>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Walk {
    Enter,
    LoadPte,
    AskPfnValid,
    AskOnline,
    FindFolio,
    TryGet,
    RecheckHead,
    RecheckPte,
    Put,
    Leave,
    PutPin,
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Unmap {
    Clear,
    SendIpi,
    AwaitIpi,
    Broadcast,
    Drop,
    Realloc,
    FreeAgain,
    Done,
}

/// Whose leaving somebody waits for. There is one walker, so a snapshot is a yes or a no.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
struct Snapshots {
    flush: bool,
    begin: bool,
    added: bool,
    deferred: bool,
    barrier: bool,
    exit: bool,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct State {
    walk: Walk,
    unmap: Unmap,
    /// How many rows of the unplug are done.
    unplug: usize,
    inside: bool,
    pinned: bool,
    pte: bool,
    refcount: i32,
    owner: Owner,
    memmap: Memmap,
    has_mem_map: bool,
    online: bool,
    isolated: bool,
    hotplug_locked: bool,
    scanner_kept_out: bool,
    rcu_sync: Sync,
    awaited: Snapshots,
}

impl State {
    fn put(&mut self) -> Result<(), Kind> {
        self.refcount -= 1;
        if self.refcount < 0 {
            return Err("refcount-underflow");
        }
        if self.refcount == 0 {
            self.owner = Owner::Free;
        }
        Ok(())
    }
}

impl RamUnplug {
    pub(crate) fn new(choice: Choice) -> Self {
        Self { choice, rows: choice.unplug_rows() }
    }

    /// `Ok(None)` when it has to wait.
    fn walk(&self, s: &State) -> Result<Option<State>, Kind> {
        let mut s = s.clone();
        let leave =
            if matches!(self.choice.walker, Walker::Pfn) { Walk::Done } else { Walk::Leave };
        s.walk = match s.walk {
            Walk::Enter => {
                let kept_out = match self.choice.walker {
                    Walker::Mems => s.hotplug_locked,
                    Walker::Ksm => s.scanner_kept_out,
                    _ => false,
                };
                if kept_out {
                    return Ok(None);
                }
                s.inside = true;
                if self.choice.walker.by_pte() { Walk::LoadPte } else { Walk::AskOnline }
            }
            Walk::LoadPte if !s.pte => leave,
            Walk::LoadPte if self.choice.debug_vm => Walk::AskPfnValid,
            Walk::LoadPte => Walk::FindFolio,
            Walk::AskPfnValid if !s.has_mem_map => return Err("pfn-invalid"),
            Walk::AskPfnValid => Walk::FindFolio,
            Walk::AskOnline if !s.online => leave,
            Walk::AskOnline => Walk::FindFolio,
            Walk::FindFolio => {
                s.memmap.touch(Access::Read)?;
                Walk::TryGet
            }
            Walk::TryGet => {
                s.memmap.touch(Access::Write)?;
                if s.refcount == 0 {
                    leave
                } else {
                    s.refcount += 1;
                    Walk::RecheckHead
                }
            }
            Walk::RecheckHead => {
                s.memmap.touch(Access::Read)?;
                if self.choice.walker.by_pte() { Walk::RecheckPte } else { Walk::Put }
            }
            Walk::RecheckPte if !s.pte => Walk::Put,
            Walk::RecheckPte => {
                match s.owner {
                    Owner::A => s.pinned = true,
                    Owner::B => return Err("wrong-owner"),
                    Owner::Free => return Err("pinned-free-page"),
                }
                Walk::Leave
            }
            Walk::Put => {
                s.memmap.touch(Access::Write)?;
                s.put()?;
                leave
            }
            Walk::Leave => {
                s.inside = false;
                s.awaited = Snapshots::default();
                if s.pinned { Walk::PutPin } else { Walk::Done }
            }
            Walk::PutPin => {
                s.memmap.touch(Access::Pin)?;
                s.put()?;
                Walk::Done
            }
            Walk::Done => return Ok(None),
        };
        Ok(Some(s))
    }

    /// Each way that the next row of the unmapper can go.
    fn unmap(&self, before: &State) -> Vec<Result<State, Kind>> {
        let mut s = before.clone();
        let irq_off = s.inside && self.choice.walker.irq_off();
        s.unmap = match s.unmap {
            Unmap::Clear => {
                s.pte = false;
                if self.choice.flush_ipi { Unmap::SendIpi } else { Unmap::Broadcast }
            }
            Unmap::SendIpi => {
                s.awaited.flush = irq_off;
                Unmap::AwaitIpi
            }
            Unmap::AwaitIpi if s.awaited.flush => return Vec::new(),
            Unmap::AwaitIpi | Unmap::Broadcast => Unmap::Drop,
            Unmap::Drop | Unmap::FreeAgain => {
                if let Err(kind) = s.memmap.touch(Access::Write).and_then(|()| s.put()) {
                    return vec![Err(kind)];
                }
                if before.unmap == Unmap::Drop { Unmap::Realloc } else { Unmap::Done }
            }
            Unmap::Realloc => {
                let nobody = State { unmap: Unmap::Done, ..s.clone() };
                let mut ways = vec![Ok(nobody)];
                if s.owner == Owner::Free && !s.isolated {
                    s.unmap = Unmap::FreeAgain;
                    s.refcount = 1;
                    s.owner = Owner::B;
                    ways.push(s.memmap.touch(Access::Write).map(|()| s));
                }
                return ways;
            }
            Unmap::Done => return Vec::new(),
        };
        vec![Ok(s)]
    }

    fn unplug(&self, s: &State) -> Option<State> {
        let mut s = s.clone();
        let row = *self.rows.get(s.unplug)?;
        s.unplug += 1;
        let reader = s.inside && self.choice.walker.is_reader();
        let irq_off = s.inside && self.choice.walker.irq_off();
        let waits = match row {
            Unplug::Begin => {
                let own = s.rcu_sync == Sync::Idle;
                if s.rcu_sync != Sync::Ignored {
                    s.rcu_sync = Sync::Passed;
                }
                s.hotplug_locked = true;
                if own {
                    s.awaited.begin = reader;
                } else {
                    // Without its own grace period it has no wait.
                    s.unplug += 1;
                }
                s.inside && self.choice.walker == Walker::Mems
            }
            Unplug::BeginWait => s.awaited.begin,
            Unplug::StartAdded => {
                s.awaited.added = reader;
                false
            }
            Unplug::AwaitAdded => s.awaited.added,
            Unplug::StartDeferred => {
                s.awaited.deferred = reader;
                false
            }
            Unplug::AwaitDeferred => s.awaited.deferred,
            Unplug::SendBarrier => {
                s.awaited.barrier = irq_off;
                false
            }
            Unplug::AwaitBarrier => s.awaited.barrier,
            Unplug::Isolate => {
                s.isolated = true;
                false
            }
            Unplug::TakeKsmMutex => {
                s.scanner_kept_out = true;
                s.inside
            }
            Unplug::AllUnmapped => s.pte || s.unmap <= Unmap::Drop,
            Unplug::Test => {
                s.online = false;
                s.refcount != 0 || s.owner != Owner::Free
            }
            Unplug::Poison => {
                s.memmap = Memmap::Poisoned;
                false
            }
            Unplug::Done => {
                s.hotplug_locked = false;
                if s.rcu_sync != Sync::Ignored {
                    s.rcu_sync = Sync::Exit;
                    s.awaited.exit = reader;
                }
                false
            }
            Unplug::Invalidate => {
                s.has_mem_map = false;
                false
            }
            Unplug::FreeBacking => {
                s.memmap = Memmap::FreedButMapped;
                false
            }
            Unplug::UnmapMemmap => {
                s.memmap = Memmap::Unmapped;
                false
            }
        };
        (!waits).then_some(s)
    }
}

impl Rules for RamUnplug {
    type State = State;

    fn start(&self) -> State {
        State {
            walk: if self.choice.walker == Walker::Pfn { Walk::AskOnline } else { Walk::Enter },
            unmap: Unmap::Clear,
            unplug: 0,
            inside: false,
            pinned: false,
            pte: true,
            refcount: 1,
            owner: Owner::A,
            memmap: Memmap::Live,
            has_mem_map: true,
            online: true,
            isolated: false,
            hotplug_locked: false,
            scanner_kept_out: false,
            rcu_sync: self.choice.rcu_sync,
            awaited: Snapshots::default(),
        }
    }

    fn next(&self, state: &State) -> Vec<Result<State, Kind>> {
        let mut all = self.unmap(state);
        all.extend(self.walk(state).transpose());
        all.extend(self.unplug(state).map(Ok));
        // E1.
        if state.memmap == Memmap::FreedButMapped {
            all.push(Ok(State { memmap: Memmap::Reused, ..state.clone() }));
        }
        // H7'.
        if state.rcu_sync == Sync::Exit && !state.awaited.exit {
            all.push(Ok(State { rcu_sync: Sync::Idle, ..state.clone() }));
        }
        all
    }

    fn is_complete(&self, state: &State) -> bool {
        state.walk == Walk::Done && state.unmap == Unmap::Done && state.unplug == self.rows.len()
    }

    /// The scanner may be shut out for ever, and a reference may hold off the test of the pages.
    fn is_held_off(&self, state: &State) -> bool {
        let scanner = state.walk == Walk::Done
            || self.choice.walker == Walker::Ksm && state.walk == Walk::Enter;
        let unplug =
            state.unplug == self.rows.len() || self.rows.get(state.unplug) == Some(&Unplug::Test);
        scanner && unplug && state.unmap == Unmap::Done
    }
}
