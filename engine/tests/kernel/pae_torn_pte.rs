//! `pae-torn-pte`, hand-coded from the kernel facts alone: a PTE of two words, read while page A makes way for page B.

use crate::runs::{Kind, Rules, of_two};

/// What the knobs are set to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PaeTornPte {
    /// The walker has interrupts off.
    pub(crate) irqs_off: bool,
    pub(crate) flush_ipi: bool,
    pub(crate) recheck_low: bool,
    /// A clear writes the low word first.
    pub(crate) low_first: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Read {
    Enter,
    Low,
    High,
    LowAgain,
    Leave,
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Map {
    ClearFirst,
    ClearSecond,
    SendIpi,
    AwaitIpi,
    Broadcast,
    SetHigh,
    SetLow,
    Done,
}

/// A high word: of no page, or of one of two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum High {
    Zero,
    A,
    B,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct State {
    read: Read,
    map: Map,
    irq_off: bool,
    flush_waits: bool,
    /// Whether the low word says present; both pages have the same one.
    low: bool,
    high: High,
    low_read: bool,
    high_read: High,
}

impl PaeTornPte {
    fn read(&self, s: &mut State) -> Result<(), Kind> {
        s.read = match s.read {
            Read::Enter => {
                s.irq_off = self.irqs_off;
                Read::Low
            }
            Read::Low => {
                s.low_read = s.low;
                Read::High
            }
            Read::High => {
                s.high_read = s.high;
                if self.recheck_low { Read::LowAgain } else { self.settle(s)? }
            }
            Read::LowAgain if s.low != s.low_read => Read::Low,
            Read::LowAgain => self.settle(s)?,
            Read::Leave => {
                s.irq_off = false;
                s.flush_waits = false;
                Read::Done
            }
            Read::Done => Read::Done,
        };
        Ok(())
    }

    fn settle(&self, s: &State) -> Result<Read, Kind> {
        if s.low_read && s.high_read == High::Zero { Err("torn-pte") } else { Ok(Read::Leave) }
    }

    /// Whether the row could be taken.
    fn map(&self, s: &mut State) -> bool {
        let clears_low = self.low_first == (s.map == Map::ClearFirst);
        s.map = match s.map {
            clear @ (Map::ClearFirst | Map::ClearSecond) => {
                if clears_low {
                    s.low = false;
                } else {
                    s.high = High::Zero;
                }
                match clear {
                    Map::ClearFirst => Map::ClearSecond,
                    _ if self.flush_ipi => Map::SendIpi,
                    _ => Map::Broadcast,
                }
            }
            Map::SendIpi => {
                s.flush_waits = s.irq_off;
                Map::AwaitIpi
            }
            Map::AwaitIpi if s.flush_waits => return false,
            Map::AwaitIpi | Map::Broadcast => Map::SetHigh,
            Map::SetHigh => {
                s.high = High::B;
                Map::SetLow
            }
            Map::SetLow => {
                s.low = true;
                Map::Done
            }
            Map::Done => return false,
        };
        true
    }
}

impl Rules for PaeTornPte {
    type State = State;

    fn start(&self) -> State {
        State {
            read: Read::Enter,
            map: Map::ClearFirst,
            irq_off: false,
            flush_waits: false,
            low: true,
            high: High::A,
            low_read: false,
            high_read: High::Zero,
        }
    }

    fn next(&self, state: &State) -> Vec<Result<State, Kind>> {
        let read = (state.read != Read::Done).then_some(|s: &mut State| self.read(s));
        of_two(state, read, |s| self.map(s))
    }

    fn is_complete(&self, state: &State) -> bool {
        state.read == Read::Done && state.map == Map::Done
    }
}
