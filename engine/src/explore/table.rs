//! The states that a search has seen: flat words behind an open-addressing table of their numbers. Imports the search's limits only, never a model.

use super::Limit;

/// A slot of the table that holds no state.
const EMPTY: u32 = u32::MAX;

/// Distinct states, numbered in the order in which they were added.
pub(super) struct Table {
    /// Words of a state.
    words: usize,
    len: usize,
    /// The states, one after the other.
    states: Vec<u64>,
    /// State numbers; a power of two of them, at most three quarters taken.
    slots: Vec<u32>,
    /// What a hash is shifted by, so that its upper bits choose a slot.
    shift: u32,
}

impl Table {
    pub(super) fn new(words: usize) -> Self {
        const BITS: u32 = 10;
        let slots = vec![EMPTY; 1 << BITS];
        Self { words, len: 0, states: Vec::new(), slots, shift: 64 - BITS }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn bytes(&self) -> usize {
        self.states.capacity() * size_of::<u64>() + self.slots.capacity() * size_of::<u32>()
    }

    pub(super) fn state(&self, number: usize) -> &[u64] {
        &self.states[number * self.words..][..self.words]
    }

    pub(super) fn into_states(self) -> Vec<u64> {
        self.states
    }

    /// The number of a state; where it is not known, the slot for its number.
    pub(super) fn find(&self, state: &[u64]) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = (hash(state) >> self.shift) as usize;
        loop {
            match self.slots[slot] {
                EMPTY => return Err(slot),
                number if same(self.state(number as usize), state) => return Ok(number),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// Adds a state at the slot that [`Table::find`] has just named, and returns its number.
    pub(super) fn add(&mut self, slot: usize, state: &[u64]) -> u32 {
        let number = self.len as u32;
        self.states.extend_from_slice(state);
        self.slots[slot] = number;
        self.len += 1;
        number
    }

    /// Adds a state unless it is known.
    pub(super) fn insert(&mut self, state: &[u64]) {
        if let Err(slot) = self.find(state) {
            self.add(slot, state);
        }
    }

    /// Makes room for `extra` more states within `max_bytes`.
    pub(super) fn reserve(&mut self, extra: usize, max_bytes: usize) -> Result<(), Limit> {
        let beside = self.slots.capacity() * size_of::<u32>();
        grow(&mut self.states, extra * self.words, max_bytes.saturating_sub(beside))?;
        while (self.len + extra) * 4 > self.slots.len() * 3 {
            let beside = self.states.capacity() * size_of::<u64>();
            self.double(max_bytes.saturating_sub(beside))?;
        }
        Ok(())
    }

    fn double(&mut self, max_bytes: usize) -> Result<(), Limit> {
        let size = self.slots.len() * 2;
        let mut slots = Vec::new();
        if size * size_of::<u32>() > max_bytes || slots.try_reserve_exact(size).is_err() {
            return Err(Limit::Bytes);
        }
        slots.resize(size, EMPTY);
        self.slots = slots;
        self.shift -= 1;
        for number in 0..self.len {
            let mut slot = (hash(self.state(number)) >> self.shift) as usize;
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = number as u32;
        }
        Ok(())
    }
}

/// Makes room for `extra` more elements: twice the room if `max_bytes` allow that, else what they
/// allow.
pub(super) fn grow<T>(vec: &mut Vec<T>, extra: usize, max_bytes: usize) -> Result<(), Limit> {
    let need = vec.len() + extra;
    if need <= vec.capacity() {
        return Ok(());
    }
    let want = need.max(vec.capacity() * 2).max(1024).min(max_bytes / size_of::<T>());
    if want < need || vec.try_reserve_exact(want - vec.len()).is_err() {
        return Err(Limit::Bytes);
    }
    Ok(())
}

/// Whether two states are the same. They are so short that calling the library's comparison would be
/// the longer part.
fn same(left: &[u64], right: &[u64]) -> bool {
    left.iter().zip(right).all(|(left, right)| left == right)
}

/// Spreads a state over 64 bits, the upper ones best: multiplication by an odd constant, as in
/// Knuth's multiplicative hashing (The Art of Computer Programming 3, 6.4), with a fold between.
fn hash(state: &[u64]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = 0u64;
    for &word in state {
        hash = (hash.rotate_left(29) ^ word).wrapping_mul(ODD);
        hash ^= hash >> 32;
    }
    hash.wrapping_mul(ODD)
}
