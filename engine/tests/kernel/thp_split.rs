//! `thp-split`, hand-coded from the kernel facts alone: pages 4 (the head) and 5 (the tail that the PTE maps).

use crate::runs::{Kind, Rules, of_two};

/// What the knobs are set to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ThpSplit {
    pub(crate) flush_ipi: bool,
    pub(crate) head_recheck: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Walk {
    Enter,
    LoadPte,
    FindFolio,
    TryGet,
    RecheckHead,
    RecheckPte,
    PutAndRetry,
    Put,
    Leave,
    PutPin,
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Split {
    Clear,
    SendIpi,
    AwaitIpi,
    Broadcast,
    Freeze,
    Separate,
    Unfreeze,
    Remap,
    Done,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct State {
    walk: Walk,
    split: Split,
    irq_off: bool,
    flush_waits: bool,
    pte: bool,
    /// Of page 5.
    head: usize,
    /// Of pages 4 and 5.
    refcount: [i32; 2],
    /// What the walker has found.
    folio: usize,
    pinned: bool,
}

impl ThpSplit {
    fn walk(&self, s: &mut State) -> Result<(), Kind> {
        s.walk = match s.walk {
            Walk::Enter => {
                s.irq_off = true;
                Walk::LoadPte
            }
            Walk::LoadPte if s.pte => Walk::FindFolio,
            Walk::LoadPte => Walk::Leave,
            Walk::FindFolio => {
                s.folio = s.head;
                Walk::TryGet
            }
            Walk::TryGet if s.refcount[s.folio - 4] == 0 => Walk::Leave,
            Walk::TryGet => {
                s.refcount[s.folio - 4] += 1;
                if self.head_recheck { Walk::RecheckHead } else { Walk::RecheckPte }
            }
            Walk::RecheckHead if s.head == s.folio => Walk::RecheckPte,
            Walk::RecheckHead => Walk::PutAndRetry,
            Walk::RecheckPte if !s.pte => Walk::Put,
            Walk::RecheckPte if s.head != s.folio => return Err("wrong-folio"),
            Walk::RecheckPte => {
                s.pinned = true;
                Walk::Leave
            }
            put @ (Walk::PutAndRetry | Walk::Put | Walk::PutPin) => {
                s.refcount[s.folio - 4] -= 1;
                // Whoever put the last reference would free the page; the rules know no such run.
                assert!(s.refcount[s.folio - 4] > 0);
                match put {
                    Walk::PutAndRetry => Walk::FindFolio,
                    Walk::Put => Walk::Leave,
                    _ => Walk::Done,
                }
            }
            Walk::Leave => {
                s.irq_off = false;
                s.flush_waits = false;
                if s.pinned { Walk::PutPin } else { Walk::Done }
            }
            Walk::Done => Walk::Done,
        };
        Ok(())
    }

    /// Whether the row could be taken.
    fn split(&self, s: &mut State) -> bool {
        s.split = match s.split {
            Split::Clear => {
                s.pte = false;
                if self.flush_ipi { Split::SendIpi } else { Split::Broadcast }
            }
            Split::SendIpi => {
                s.flush_waits = s.irq_off;
                Split::AwaitIpi
            }
            Split::AwaitIpi if s.flush_waits => return false,
            Split::AwaitIpi | Split::Broadcast => Split::Freeze,
            Split::Freeze if s.refcount[0] != 1 => Split::Remap,
            Split::Freeze => {
                s.refcount[0] = 0;
                Split::Separate
            }
            Split::Separate => {
                s.head = 5;
                Split::Unfreeze
            }
            Split::Unfreeze => {
                s.refcount = [1, 1];
                Split::Remap
            }
            Split::Remap => {
                s.pte = true;
                Split::Done
            }
            Split::Done => return false,
        };
        true
    }
}

impl Rules for ThpSplit {
    type State = State;

    fn start(&self) -> State {
        State {
            walk: Walk::Enter,
            split: Split::Clear,
            irq_off: false,
            flush_waits: false,
            pte: true,
            head: 4,
            refcount: [1, 0],
            folio: 4,
            pinned: false,
        }
    }

    fn next(&self, state: &State) -> Vec<Result<State, Kind>> {
        let walk = (state.walk != Walk::Done).then_some(|s: &mut State| self.walk(s));
        of_two(state, walk, |s| self.split(s))
    }

    fn is_complete(&self, state: &State) -> bool {
        state.walk == Walk::Done && state.split == Split::Done
    }
}
