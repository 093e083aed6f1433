//! `thp-collapse`, hand-coded from the kernel facts alone: a walker that loads the PMD first, and khugepaged.

use crate::runs::{Kind, Rules, of_two};

/// What the knobs are set to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ThpCollapse {
    pub(crate) flush_ipi: bool,
    pub(crate) pmd_recheck: bool,
    pub(crate) ipi_sync: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Walk {
    Enter,
    LoadPmd,
    LoadPte,
    FindFolio,
    TryGet,
    RecheckHead,
    RecheckPmd,
    RecheckPte,
    Put,
    Leave,
    PutPin,
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Collapse {
    ClearPmd,
    SendFlush,
    AwaitFlush,
    Broadcast,
    SendSync,
    AwaitSync,
    Check,
    ClearPte,
    Drop,
    Restore,
    Done,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct State {
    walk: Walk,
    collapse: Collapse,
    irq_off: bool,
    flush_waits: bool,
    sync_waits: bool,
    pmd: bool,
    pte: bool,
    refcount: i32,
    /// The check has passed: the address belongs to the huge folio.
    moved: bool,
    pinned: bool,
}

impl ThpCollapse {
    fn walk(&self, s: &mut State) -> Result<(), Kind> {
        s.walk = match s.walk {
            Walk::Enter => {
                s.irq_off = true;
                Walk::LoadPmd
            }
            Walk::LoadPmd if !s.pmd => Walk::Leave,
            Walk::LoadPmd => Walk::LoadPte,
            Walk::LoadPte if !s.pte => Walk::Leave,
            Walk::LoadPte => Walk::FindFolio,
            Walk::FindFolio => Walk::TryGet,
            Walk::TryGet if s.refcount == 0 => Walk::Leave,
            Walk::TryGet => {
                s.refcount += 1;
                Walk::RecheckHead
            }
            Walk::RecheckHead if self.pmd_recheck => Walk::RecheckPmd,
            Walk::RecheckHead => Walk::RecheckPte,
            Walk::RecheckPmd if !s.pmd => Walk::Put,
            Walk::RecheckPmd => Walk::RecheckPte,
            Walk::RecheckPte if !s.pte => Walk::Put,
            Walk::RecheckPte if s.moved => return Err("wrong-folio"),
            Walk::RecheckPte => {
                s.pinned = true;
                Walk::Leave
            }
            put @ (Walk::Put | Walk::PutPin) => {
                s.refcount -= 1;
                if s.refcount < 0 {
                    return Err("refcount-underflow");
                }
                if put == Walk::Put { Walk::Leave } else { Walk::Done }
            }
            Walk::Leave => {
                s.irq_off = false;
                s.flush_waits = false;
                s.sync_waits = false;
                if s.pinned { Walk::PutPin } else { Walk::Done }
            }
            Walk::Done => Walk::Done,
        };
        Ok(())
    }

    /// Whether the row could be taken.
    fn collapse(&self, s: &mut State) -> bool {
        let flushed = if self.ipi_sync { Collapse::SendSync } else { Collapse::Check };
        s.collapse = match s.collapse {
            Collapse::ClearPmd => {
                s.pmd = false;
                if self.flush_ipi { Collapse::SendFlush } else { Collapse::Broadcast }
            }
            Collapse::SendFlush => {
                s.flush_waits = s.irq_off;
                Collapse::AwaitFlush
            }
            Collapse::AwaitFlush if s.flush_waits => return false,
            Collapse::AwaitFlush | Collapse::Broadcast => flushed,
            Collapse::SendSync => {
                s.sync_waits = s.irq_off;
                Collapse::AwaitSync
            }
            Collapse::AwaitSync if s.sync_waits => return false,
            Collapse::AwaitSync => Collapse::Check,
            Collapse::Check if s.refcount != 1 => Collapse::Restore,
            Collapse::Check => {
                s.moved = true;
                Collapse::ClearPte
            }
            Collapse::ClearPte => {
                s.pte = false;
                Collapse::Drop
            }
            Collapse::Drop => {
                s.refcount -= 1;
                Collapse::Done
            }
            Collapse::Restore => {
                s.pmd = true;
                Collapse::Done
            }
            Collapse::Done => return false,
        };
        true
    }
}

impl Rules for ThpCollapse {
    type State = State;

    fn start(&self) -> State {
        State {
            walk: Walk::Enter,
            collapse: Collapse::ClearPmd,
            irq_off: false,
            flush_waits: false,
            sync_waits: false,
            pmd: true,
            pte: true,
            refcount: 1,
            moved: false,
            pinned: false,
        }
    }

    fn next(&self, state: &State) -> Vec<Result<State, Kind>> {
        let walk = (state.walk != Walk::Done).then_some(|s: &mut State| self.walk(s));
        of_two(state, walk, |s| self.collapse(s))
    }

    fn is_complete(&self, state: &State) -> bool {
        state.walk == Walk::Done && state.collapse == Collapse::Done
    }
}
