//! What the knobs of `ram-unplug` are set to, who waits for which walker, and the order of the unplug's rows.

use crate::rules::Sync;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Walker {
    Gup,
    Rcu,
    Pfn,
    PfnRcu,
    Mems,
    Ksm,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum GracePeriod {
    None,
    OfflineBegin,
    Isolated,
    RemoveBegin,
    EveryBegin,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Teardown {
    X86,
    Arm64,
    Deferred,
    DeferredFree,
}

/// What the knobs are set to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    pub(crate) walker: Walker,
    pub(crate) flush_ipi: bool,
    pub(crate) grace_period: GracePeriod,
    pub(crate) rcu_sync: Sync,
    pub(crate) ipi_barrier: bool,
    pub(crate) teardown: Teardown,
    pub(crate) poison: bool,
    pub(crate) debug_vm: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unplug {
    Begin,
    BeginWait,
    Isolate,
    TakeKsmMutex,
    AllUnmapped,
    Test,
    Poison,
    Done,
    Invalidate,
    FreeBacking,
    UnmapMemmap,
    StartAdded,
    AwaitAdded,
    StartDeferred,
    AwaitDeferred,
    SendBarrier,
    AwaitBarrier,
}

impl Walker {
    pub(super) fn by_pte(self) -> bool {
        matches!(self, Self::Gup | Self::Rcu | Self::Mems)
    }

    pub(super) fn irq_off(self) -> bool {
        self == Self::Gup
    }

    /// A grace period waits for it.
    pub(super) fn is_reader(self) -> bool {
        matches!(self, Self::Gup | Self::Rcu | Self::PfnRcu)
    }
}

impl Choice {
    /// The order for RAM: H1 H2 H3 H4 (H6) H7 H8 H9 H10 H11 H7.
    pub(super) fn unplug_rows(&self) -> Vec<Unplug> {
        use GracePeriod as G;
        let grace_period = |rows: &mut Vec<Unplug>, at: &[GracePeriod]| {
            if at.contains(&self.grace_period) {
                rows.extend([Unplug::StartAdded, Unplug::AwaitAdded]);
            }
        };
        let mut rows = vec![Unplug::Begin, Unplug::BeginWait];
        grace_period(&mut rows, &[G::OfflineBegin, G::EveryBegin]);
        rows.push(Unplug::Isolate);
        rows.extend((self.walker == Walker::Ksm).then_some(Unplug::TakeKsmMutex));
        rows.extend([Unplug::AllUnmapped, Unplug::Test]);
        grace_period(&mut rows, &[G::Isolated]);
        rows.extend(self.poison.then_some(Unplug::Poison));
        rows.extend([Unplug::Done, Unplug::Begin, Unplug::BeginWait]);
        grace_period(&mut rows, &[G::RemoveBegin, G::EveryBegin]);
        if self.ipi_barrier {
            rows.extend([Unplug::SendBarrier, Unplug::AwaitBarrier]);
        }
        rows.push(Unplug::Invalidate);
        match self.teardown {
            Teardown::X86 => rows.push(Unplug::FreeBacking),
            Teardown::Deferred => {
                rows.extend([Unplug::StartDeferred, Unplug::AwaitDeferred, Unplug::FreeBacking])
            }
            // The free comes after the unmapping, where nobody can see it.
            Teardown::Arm64 | Teardown::DeferredFree => {}
        }
        rows.extend([Unplug::UnmapMemmap, Unplug::Done]);
        rows
    }
}
