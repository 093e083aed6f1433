//! Races whose numbers are known, written by hand. Imports the test builder only.

use racewalk_engine::model::{Binary, Meaning};

use crate::build::{Array, E, Line, Race, S, Way, bin, eq, line, val, wait};

/// Two actors that count, each on its own: `n` and `m` steps that never meet.
pub(crate) fn counters(n: i32, m: i32) -> Race {
    let mut race = Race::default();
    for (letter, steps) in [('a', n), ('b', m)] {
        let cell = race.cell(0, steps.max(1));
        let step = line(vec![S::Set(cell, bin(Binary::Add, E::Cell(cell), val(1)))]);
        race.lane(letter, vec![step; steps as usize]);
    }
    race
}

/// Peterson's lock for two (Myths about the mutual exclusion problem, 1981), once each: raise the
/// flag, give way, enter when the other's flag is down or it gave way, leave. Kind 1: both are in.
pub(crate) fn peterson(flawed: bool) -> Race {
    let mut race = Race { kinds: 2, ..Race::default() };
    let flags = [race.cell(0, 1), race.cell(0, 1)];
    let turn = race.cell(0, 1);
    for me in 0..2u8 {
        let other = 1 - me;
        let mine = usize::from(me);
        let other_is_down = eq(E::Cell(flags[1 - mine]), val(0));
        let my_turn = eq(E::Cell(turn), val(i32::from(me)));
        let outside = E::Not(Box::new(eq(E::Cell(3 + u16::from(other)), val(3))));
        let give = if flawed { me } else { other };
        let lines = vec![
            line(vec![S::Set(flags[mine], val(1))]),
            line(vec![S::Set(turn, val(i32::from(give)))]),
            wait(bin(Binary::Or, other_is_down, my_turn), vec![S::Check(outside, 1)]),
            line(vec![S::Set(flags[mine], val(0))]),
        ];
        race.lane(['a', 'b'][mine], lines);
    }
    race
}

/// Two locks, taken in opposite orders and given back in the order opposite to that.
pub(crate) fn two_locks() -> Race {
    let mut race = Race::default();
    let locks = [race.cell_of(-1, 1, -1, Meaning::Actor), race.cell_of(-1, 1, -1, Meaning::Actor)];
    for (me, letter) in ['a', 'b'].into_iter().enumerate() {
        let [first, second] = if me == 0 { locks } else { [locks[1], locks[0]] };
        let take = |lock| wait(eq(E::Cell(lock), val(-1)), vec![S::Set(lock, val(me as i32))]);
        let give = |lock| line(vec![S::Set(lock, val(-1))]);
        race.lane(letter, vec![take(first), take(second), give(second), give(first)]);
    }
    race
}

/// A pin that may be taken and is never given back, and an unplug that waits for it to be gone.
pub(crate) fn pinned(held_off: bool) -> Race {
    let mut race = Race::default();
    let pin = race.cell(0, 1);
    let give_up = Way { guard: val(1), body: vec![] };
    let take = Way { guard: val(1), body: vec![S::Set(pin, val(1))] };
    race.lane('w', vec![Line { ways: vec![take, give_up], held_off: false }]);
    let gone = Way { guard: eq(E::Cell(pin), val(0)), body: vec![] };
    race.lane('h', vec![Line { ways: vec![gone], held_off }]);
    race
}

/// Dining philosophers (Dijkstra, EWD 310): each takes the left fork, then the right one, eats, and
/// lays them down.
pub(crate) fn philosophers(seats: u16) -> Race {
    let mut race = Race::default();
    let forks: Vec<u16> = (0..seats).map(|_| race.cell(0, 1)).collect();
    for seat in 0..usize::from(seats) {
        let (left, right) = (forks[seat], forks[(seat + 1) % forks.len()]);
        let take = |fork| wait(eq(E::Cell(fork), val(0)), vec![S::Set(fork, val(1))]);
        let give = |fork| line(vec![S::Set(fork, val(0))]);
        let lines = vec![take(left), take(right), give(left), give(right)];
        race.lane(char::from(b'a' + seat as u8), lines);
    }
    race
}

/// Peterson's filter lock: at each level, wait while somebody else is at this level or above and this
/// one came last. It looks at one other at a time, and for ever: it is left only to begin again.
pub(crate) fn filter(processes: u8) -> Race {
    let mut race = Race { kinds: 2, ..Race::default() };
    let n = i32::from(processes);
    let base = race.cell(0, n - 1);
    for _ in 1..processes {
        race.cell(0, n - 1);
    }
    let level = |of: u8| base + u16::from(of);
    let last =
        Array { base: race.cell(0, n - 1), first: 1, len: u16::from(processes) - 1, outside: 0 };
    for _ in 2..processes {
        race.cell(0, n - 1);
    }
    let own: Vec<u16> = (0..processes).map(|_| race.cell(1, n)).collect();
    let critical = race.cell(0, n);
    for me in 0..processes {
        let at = || E::Cell(own[usize::from(me)]);
        let mut lines = vec![
            line(vec![S::Set(level(me), at())]),
            line(vec![S::SetAt(last, at(), val(i32::from(me)))]),
        ];
        let my_last = || eq(E::At(last, Box::new(at())), val(i32::from(me)));
        for other in (0..processes).filter(|&it| it != me) {
            let below = bin(Binary::Less, E::Cell(level(other)), at());
            let not_last = E::Not(Box::new(my_last()));
            lines.push(wait(bin(Binary::Or, below, not_last), vec![]));
        }
        let up = bin(Binary::Add, at(), val(1));
        let own = own[usize::from(me)];
        lines.push(line(vec![
            S::Set(own, up),
            S::If(bin(Binary::Less, at(), val(n)), vec![S::Goto(0)], vec![]),
        ]));
        let into = bin(Binary::Add, E::Cell(critical), val(1));
        let alone = eq(E::Cell(critical), val(1));
        lines.push(line(vec![S::Set(critical, into), S::Check(alone, 1)]));
        let out = bin(Binary::Subtract, E::Cell(critical), val(1));
        let leave = vec![S::Set(critical, out), S::Set(level(me), val(0)), S::Set(own, val(1))];
        lines.push(line([leave, vec![S::Goto(0)]].concat()));
        race.lane(char::from(b'a' + me), lines);
    }
    race
}
