//! What each row of the hand-coded rules does, and in which order the rows come.

use crate::rules::{
    Access, Choice, GracePeriod, Memmap, Owner, Protection, Rest, Row, Snapshots, State, Sync,
    Walker,
};
use crate::runs::Kind;

impl Choice {
    /// Takes a row; `Ok(false)` when it has to wait. Only M4 can go two ways, so only there
    /// `nobody` is heard.
    pub(crate) fn take(&self, row: Row, nobody: bool, s: &mut State) -> Result<bool, Kind> {
        if nobody && row != Row::M4 {
            return Ok(false);
        }
        match row {
            Row::W1 | Row::W2 | Row::W3 | Row::W4 | Row::W5 | Row::W6 => self.walk(row, s)?,
            Row::W7 | Row::W8 | Row::W9 | Row::W10 | Row::W11 => self.settle(row, s)?,
            Row::M1 | Row::M2a | Row::M2b | Row::M2Broadcast | Row::M3 | Row::M4 | Row::M5 => {
                return self.reclaim(row, nobody, s);
            }
            _ => return Ok(self.remove(row, s)),
        }
        Ok(true)
    }

    fn walk(&self, row: Row, s: &mut State) -> Result<(), Kind> {
        let leave = (self.walker != Walker::Pfn).then_some(Row::W10);
        let next = following(&self.walker_rows(), row);
        s.walker = next;
        match row {
            Row::W1 => {
                let rcu = self.walker == Walker::Rcu;
                s.protection = if rcu { Protection::Rcu } else { Protection::IrqOff };
            }
            Row::W2 if !s.pte => s.walker = leave,
            Row::W3 if s.pgmap_dying => s.walker = leave,
            Row::W3 => {
                s.pgmap_ref += 1;
                s.holds_pgmap = true;
            }
            Row::W4 if !s.has_mem_map => return Err("pfn-invalid"),
            Row::W5 => s.touch(Access::Read)?,
            Row::W6 => {
                s.touch(Access::Write)?;
                match s.refcount {
                    0 if self.zero_check => s.walker = leave,
                    0 => return Err("refcount-from-zero"),
                    _ => s.refcount += 1,
                }
            }
            _ => (),
        }
        Ok(())
    }

    fn settle(&self, row: Row, s: &mut State) -> Result<(), Kind> {
        match row {
            // No race here changes a head, so the recheck never differs.
            Row::W7 => {
                s.touch(Access::Read)?;
                match following(&self.walker_rows(), Row::W7) {
                    Some(Row::W10) => s.succeed()?,
                    next => s.walker = next,
                }
            }
            Row::W8 if s.pte => s.succeed()?,
            Row::W8 => s.walker = Some(Row::W9),
            Row::W9 => {
                s.touch(Access::Write)?;
                s.put()?;
                s.walker = (self.walker != Walker::Pfn).then_some(Row::W10);
            }
            Row::W10 => {
                s.protection = Protection::None;
                s.waiting_for_walker = Snapshots::default();
                if s.holds_pgmap {
                    s.pgmap_ref -= 1;
                    s.holds_pgmap = false;
                }
                s.walker = s.pinned.then_some(Row::W11);
            }
            _ => {
                s.touch(Access::Pin)?;
                s.put()?;
                s.walker = None;
            }
        }
        Ok(())
    }

    fn reclaim(&self, row: Row, nobody: bool, s: &mut State) -> Result<bool, Kind> {
        let mut next = following(&self.unmapper_rows(), row);
        match row {
            Row::M1 => s.pte = false,
            Row::M2a => s.waiting_for_walker.flush = s.protection == Protection::IrqOff,
            Row::M2b if s.waiting_for_walker.flush => return Ok(false),
            Row::M3 | Row::M5 => {
                s.touch(Access::Write)?;
                s.put()?;
            }
            Row::M4 if nobody => next = None,
            Row::M4 if s.owner != Owner::Free => return Ok(false),
            Row::M4 => {
                s.touch(Access::Write)?;
                s.refcount = 1;
                s.owner = Owner::B;
            }
            _ => (),
        }
        s.unmapper = next;
        Ok(true)
    }

    fn remove(&self, row: Row, s: &mut State) -> bool {
        let Rest::Memunmap { kill_gp, .. } = self.rest else { return false };
        let mut next = following(&self.unplug_rows(), row);
        match row {
            Row::H3 if s.pte || s.unmapper.is_some() => return false,
            Row::D2 => {
                s.pgmap_dying = true;
                s.pgmap_ref -= 1;
                s.waiting_for_walker.kill = kill_gp && s.is_rcu_reader();
            }
            Row::D3 if s.pgmap_ref != 0 || s.waiting_for_walker.kill => return false,
            Row::D4 if s.refcount != 0 => return false,
            Row::H1 => match s.rcu_sync {
                Sync::Idle => {
                    s.rcu_sync = Sync::Passed;
                    s.waiting_for_walker.begin = s.is_rcu_reader();
                }
                Sync::Ignored => next = following(&self.unplug_rows(), Row::H1w),
                Sync::Passed | Sync::Exit => {
                    s.rcu_sync = Sync::Passed;
                    next = following(&self.unplug_rows(), Row::H1w);
                }
            },
            Row::H1w if s.waiting_for_walker.begin => return false,
            Row::Gp => s.waiting_for_walker.added = s.is_rcu_reader(),
            Row::Gpw if s.waiting_for_walker.added => return false,
            Row::H6 => s.memmap = Memmap::Poisoned,
            Row::H9 => s.has_mem_map = false,
            Row::H10 => s.memmap = Memmap::FreedButMapped,
            Row::H11 => s.memmap = Memmap::Unmapped,
            Row::H7 if s.rcu_sync != Sync::Ignored => {
                s.rcu_sync = Sync::Exit;
                s.waiting_for_walker.exit = s.is_rcu_reader();
            }
            _ => (),
        }
        s.unplug = next;
        true
    }

    pub(crate) fn walker_rows(&self) -> Vec<Row> {
        if self.walker == Walker::Pfn {
            return vec![Row::W5, Row::W6, Row::W7, Row::W9];
        }
        let mut rows = vec![Row::W1, Row::W2];
        rows.extend((self.walker == Walker::GupPgmap).then_some(Row::W3));
        rows.extend(self.debug_vm.then_some(Row::W4));
        rows.extend([Row::W5, Row::W6, Row::W7]);
        rows.extend(self.pte_recheck.then_some(Row::W8));
        rows.push(Row::W10);
        rows
    }

    pub(crate) fn unmapper_rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::M1];
        if self.flush_ipi {
            rows.extend([Row::M2a, Row::M2b]);
        } else {
            rows.push(Row::M2Broadcast);
        }
        match self.rest {
            Rest::Reclaim => rows.extend([Row::M3, Row::M4, Row::M5]),
            Rest::Memunmap { unmap: false, .. } => rows.clear(),
            Rest::Memunmap { page_wait, .. } => rows.extend(page_wait.then_some(Row::M3)),
        }
        rows
    }

    pub(crate) fn unplug_rows(&self) -> Vec<Row> {
        let Rest::Memunmap { grace_period, page_wait, unmap, x86_teardown, poison, .. } = self.rest
        else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        rows.extend(unmap.then_some(Row::H3));
        rows.extend([Row::D2, Row::D3]);
        rows.extend(page_wait.then_some(Row::D4));
        rows.extend([Row::H1, Row::H1w]);
        if grace_period == GracePeriod::AfterBegin {
            rows.extend([Row::Gp, Row::Gpw]);
        }
        rows.extend(poison.then_some(Row::H6));
        rows.push(Row::H9);
        rows.extend(x86_teardown.then_some(Row::H10));
        rows.push(Row::H11);
        if grace_period == GracePeriod::AfterRemove {
            rows.extend([Row::Gp, Row::Gpw]);
        }
        rows.push(Row::H7);
        rows
    }
}

fn following(rows: &[Row], row: Row) -> Option<Row> {
    let at = rows.iter().position(|it| *it == row)?;
    rows.get(at + 1).copied()
}
