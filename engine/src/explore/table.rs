//! The states that a search has seen: packed words in the order in which they were found, behind an open-addressing table of their numbers. Imports the search's limits and prefetching only, never a model.

use super::Limit;
use super::prefetch::prefetch;

/// A slot of the table that holds no state.
const EMPTY: u32 = u32::MAX;

/// States to a chunk, as a power of two. Chunks never move, so growing needs no second copy.
const CHUNK: u32 = 15;

/// Distinct states, numbered in the order in which they were added.
///
/// A slot has the number of a state in its lower bits, as many as the table's size needs, and above
/// them a tag: bits of the state's hash, so that hardly a state is looked at in vain. With slots of 4
/// bytes, three eighths to three quarters of them taken, a state costs its words and 5 to 11 bytes.
#[derive(Debug)]
pub(super) struct Table {
    /// Words of a state.
    words: usize,
    len: usize,
    /// The states, one after the other.
    chunks: Vec<Vec<u64>>,
    /// Words that the chunks have room for.
    room: usize,
    /// A power of two of them, at most three quarters taken.
    slots: Vec<u32>,
    /// What a hash is shifted by, so that its upper bits choose a slot.
    shift: u32,
}

impl Table {
    pub(super) fn new(words: usize) -> Self {
        const BITS: u32 = 10;
        let slots = vec![EMPTY; 1 << BITS];
        Self { words, len: 0, chunks: Vec::new(), room: 0, slots, shift: 64 - BITS }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn words(&self) -> usize {
        self.words
    }

    pub(super) fn bytes(&self) -> usize {
        self.room * size_of::<u64>() + self.slots.capacity() * size_of::<u32>()
    }

    /// The words of a state.
    #[inline]
    pub(super) fn state(&self, number: usize) -> &[u64] {
        self.state_of(number, self.words)
    }

    /// The same for whoever knows how many words there are, so that it is compiled for that.
    #[inline(always)]
    pub(super) fn state_of(&self, number: usize, words: usize) -> &[u64] {
        &self.chunks[number >> CHUNK][(number & ((1 << CHUNK) - 1)) * words..][..words]
    }

    /// Asks for the memory that [`Table::find`] will look at.
    #[inline(always)]
    pub(super) fn prefetch(&self, hash: u64) {
        prefetch(&self.slots, (hash >> self.shift) as usize);
    }

    /// The number of a state with this hash; where it is not known, the slot for its number.
    #[inline(always)]
    pub(super) fn find(&self, state: &[u64], hash: u64, words: usize) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let low = mask as u32;
        let mut slot = (hash >> self.shift) as usize;
        loop {
            let found = self.slots[slot];
            if found == EMPTY {
                return Err(slot);
            }
            let number = found & low;
            if (found ^ hash as u32) & !low == 0
                && same(self.state_of(number as usize, words), state)
            {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Adds a state, for which [`Table::reserve`] has made room, at the slot that [`Table::find`] has
    /// just named, and returns its number.
    #[inline(always)]
    pub(super) fn add(&mut self, slot: usize, state: &[u64], hash: u64) -> u32 {
        let number = self.len as u32;
        self.chunks[self.len >> CHUNK].extend_from_slice(state);
        self.take(slot, number, hash);
        self.len += 1;
        number
    }

    #[inline(always)]
    fn take(&mut self, slot: usize, number: u32, hash: u64) {
        let low = (self.slots.len() - 1) as u32;
        self.slots[slot] = number | hash as u32 & !low;
    }

    /// Makes room for `extra` more states, no more than a chunk has, within `max_bytes`.
    pub(super) fn reserve(&mut self, extra: usize, max_bytes: usize) -> Result<(), Limit> {
        let need = self.len + extra;
        for chunk in self.len >> CHUNK..=(need - 1) >> CHUNK {
            if chunk == self.chunks.len() {
                self.chunks.push(Vec::new());
            }
            let beside = self.bytes() - self.chunks[chunk].capacity() * size_of::<u64>();
            let full = self.words << CHUNK;
            let in_chunk = (need - (chunk << CHUNK)) * self.words;
            // Only a small search has its first states moved.
            let most =
                if chunk == 0 { full.min(max_bytes.saturating_sub(beside) / 8) } else { full };
            let want = if chunk == 0 { in_chunk.next_power_of_two().max(64) } else { full };
            let want = want.min(most).max(in_chunk.min(full));
            let states = &mut self.chunks[chunk];
            let more = want.saturating_sub(states.capacity());
            if more == 0 {
                continue;
            }
            if beside + want * size_of::<u64>() > max_bytes
                || states.try_reserve_exact(want - states.len()).is_err()
            {
                return Err(Limit::Bytes);
            }
            self.room += more;
        }
        while need * 4 > self.slots.len() * 3 {
            self.double(max_bytes.saturating_sub(self.room * size_of::<u64>()))?;
        }
        Ok(())
    }

    /// Doubles the slots, in place where the system can do that, and enters every state again.
    fn double(&mut self, max_bytes: usize) -> Result<(), Limit> {
        let size = self.slots.len() * 2;
        if self.shift == 32 {
            return Err(Limit::States);
        }
        if size * size_of::<u32>() > max_bytes
            || self.slots.try_reserve_exact(size - self.slots.len()).is_err()
        {
            return Err(Limit::Bytes);
        }
        self.slots.fill(EMPTY);
        self.slots.resize(size, EMPTY);
        self.shift -= 1;
        let mut hashes = [0; 32];
        let mut number = 0;
        while number < self.len {
            let count = hashes.len().min(self.len - number);
            for (ahead, to) in hashes[..count].iter_mut().enumerate() {
                *to = hash(self.state(number + ahead));
                self.prefetch(*to);
            }
            for &hash in &hashes[..count] {
                let mut slot = (hash >> self.shift) as usize;
                while self.slots[slot] != EMPTY {
                    slot = (slot + 1) & (size - 1);
                }
                self.take(slot, number as u32, hash);
                number += 1;
            }
        }
        Ok(())
    }
}

/// Whether two states are the same. They are so short that calling the library's comparison would be
/// the longer part.
#[inline(always)]
fn same(left: &[u64], right: &[u64]) -> bool {
    left.iter().zip(right).all(|(left, right)| left == right)
}

/// Spreads a state over 64 bits, the upper ones best: multiplication by an odd constant, as in
/// Knuth's multiplicative hashing (The Art of Computer Programming 3, 6.4), with a fold between.
#[inline(always)]
pub(super) fn hash(state: &[u64]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = 0u64;
    for &word in state {
        hash = (hash.rotate_left(29) ^ word).wrapping_mul(ODD);
        hash ^= hash >> 32;
    }
    hash.wrapping_mul(ODD)
}
