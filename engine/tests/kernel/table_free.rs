//! `table-free`, hand-coded from the kernel facts alone: a walk through a table, and somebody who frees that table.

use crate::runs::{Kind, Rules};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Free {
    Rcu,
    Immediate,
    IpiSync,
}

/// What the knobs are set to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableFree {
    /// The walker has interrupts off; otherwise it is in an RCU section.
    pub(crate) walker_irq: bool,
    pub(crate) flush_ipi: bool,
    pub(crate) free: Free,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Row {
    Unlink,
    SendFlush,
    AwaitFlush,
    Broadcast,
    StartGracePeriod,
    SendSync,
    AwaitFree,
    Free,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct State {
    /// Rows done: enter, load the PMD, load a PTE, leave.
    walked: usize,
    freed_rows: usize,
    linked: bool,
    freed: bool,
    flush_waits: bool,
    free_waits: bool,
}

impl TableFree {
    fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::Unlink];
        if self.flush_ipi {
            rows.extend([Row::SendFlush, Row::AwaitFlush]);
        } else {
            rows.push(Row::Broadcast);
        }
        match self.free {
            Free::Rcu => rows.extend([Row::StartGracePeriod, Row::AwaitFree]),
            Free::Immediate => {}
            Free::IpiSync => rows.extend([Row::SendSync, Row::AwaitFree]),
        }
        rows.push(Row::Free);
        rows
    }
}

impl Rules for TableFree {
    type State = State;

    fn start(&self) -> State {
        State {
            walked: 0,
            freed_rows: 0,
            linked: true,
            freed: false,
            flush_waits: false,
            free_waits: false,
        }
    }

    fn next(&self, state: &State) -> Vec<Result<State, Kind>> {
        let mut all = Vec::new();
        let mut s = state.clone();
        s.walked += 1;
        match state.walked {
            0 => all.push(Ok(s)),
            1 => {
                s.walked = if s.linked { 2 } else { 3 };
                all.push(Ok(s));
            }
            2 => all.push(if s.freed { Err("table-uaf") } else { Ok(s) }),
            3 => {
                s.flush_waits = false;
                s.free_waits = false;
                all.push(Ok(s));
            }
            _ => {}
        }
        if let Some(&row) = self.rows().get(state.freed_rows) {
            let inside = (1..=3).contains(&state.walked);
            let mut s = state.clone();
            s.freed_rows += 1;
            match row {
                Row::Unlink => s.linked = false,
                Row::SendFlush => s.flush_waits = inside && self.walker_irq,
                Row::SendSync => s.free_waits = inside && self.walker_irq,
                Row::StartGracePeriod => s.free_waits = inside,
                Row::Free => s.freed = true,
                Row::AwaitFlush | Row::AwaitFree | Row::Broadcast => {}
            }
            let waits =
                row == Row::AwaitFlush && s.flush_waits || row == Row::AwaitFree && s.free_waits;
            all.extend((!waits).then_some(Ok(s)));
        }
        all
    }

    fn is_complete(&self, state: &State) -> bool {
        state.walked == 4 && state.freed
    }
}
