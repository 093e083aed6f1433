//! Deflating: as few bytes as one block with codes of its own needs (RFC 1951). Pure.

use super::code::{DISTANCES, END, LITERALS, ORDER, WINDOW, distance, length, words};

/// How many places are tried for a match.
const TRIED: usize = 128;

/// The bytes, deflated.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let symbols = symbols(bytes);
    let (mut literals, mut distances) = (vec![0; LITERALS], vec![0; DISTANCES]);
    for it in &symbols {
        literals[it.literal] += 1;
        if let Some(back) = &it.back {
            distances[back.symbol] += 1;
        }
    }
    let (literals, distances) = (lengths(literals), lengths(distances));
    let mut bits = Bits::default();
    // The last block, with its own codes: of literals, of distances, and of the lengths of their words.
    for (value, count) in
        [(1, 1), (2, 2), (LITERALS - 257, 5), (DISTANCES - 1, 5), (ORDER.len() - 4, 4)]
    {
        bits.put(value, count);
    }
    // Each length from 0 to 15 has a word of four bits: it.
    for symbol in ORDER {
        bits.put(if symbol < 16 { 4 } else { 0 }, 3);
    }
    for &length in literals.iter().chain(&distances) {
        bits.put_word(length.into(), 4);
    }
    let (words, far) = (words(&literals), words(&distances));
    for it in symbols {
        bits.put_word(words[it.literal], literals[it.literal]);
        bits.put(it.more, it.bits);
        if let Some(it) = it.back {
            bits.put_word(far[it.symbol], distances[it.symbol]);
            bits.put(it.more, it.bits);
        }
    }
    bits.bytes
}

/// A literal, the end, or a length with its distance.
struct Symbol {
    literal: usize,
    more: usize,
    bits: u32,
    back: Option<Back>,
}

/// A distance.
struct Back {
    symbol: usize,
    more: usize,
    bits: u32,
}

/// The bytes as literals, and matches with what stands before.
fn symbols(bytes: &[u8]) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    let mut chains = Chains { bytes, last: vec![usize::MAX; 1 << 12], before: Vec::new() };
    let mut at = 0;
    let plain = |literal| Symbol { literal, more: 0, bits: 0, back: None };
    while let Some(&byte) = bytes.get(at) {
        let (len, from) = chains.longest(at);
        if len < 3 {
            symbols.push(plain(byte.into()));
            chains.add(at);
            at += 1;
            continue;
        }
        let (symbol, more, bits) = told(len, 29, length);
        let back = told(at - from, DISTANCES, distance);
        let back = Some(Back { symbol: back.0, more: back.1, bits: back.2 });
        symbols.push(Symbol { literal: END + 1 + symbol, more, bits, back });
        (at..at + len).for_each(|at| chains.add(at));
        at += len;
    }
    symbols.push(plain(END));
    symbols
}

/// The symbol that tells a number, and what more, in how many bits.
fn told(number: usize, symbols: usize, of: fn(usize) -> (usize, u32)) -> (usize, usize, u32) {
    let fits = |&symbol: &usize| of(symbol).0 <= number;
    let symbol = (0..symbols).rev().find(fits).unwrap_or_default();
    let (least, bits) = of(symbol);
    (symbol, number - least, bits)
}

/// Where the same three bytes stood before.
struct Chains<'a> {
    bytes: &'a [u8],
    /// Where three bytes of a hash stood last.
    last: Vec<usize>,
    /// For each place that was added, where three bytes of its hash stood before it.
    before: Vec<usize>,
}

impl Chains<'_> {
    fn hash(&self, at: usize) -> Option<usize> {
        let three = self.bytes.get(at..at + 3)?;
        let hash = three.iter().fold(0_usize, |hash, &it| (hash << 4) ^ usize::from(it));
        Some(hash % self.last.len())
    }

    /// Adds the place after those that were added.
    fn add(&mut self, at: usize) {
        let hash = self.hash(at);
        self.before.push(hash.map_or(usize::MAX, |it| self.last[it]));
        if let Some(hash) = hash {
            self.last[hash] = at;
        }
    }

    /// The longest match of what stands at a place: its length, and where it stands before.
    fn longest(&self, at: usize) -> (usize, usize) {
        let mut best = (0, 0);
        let mut from = self.hash(at).map_or(usize::MAX, |it| self.last[it]);
        for _ in 0..TRIED {
            if from == usize::MAX || at - from > WINDOW || best.0 == 258 {
                break;
            }
            let (old, new) = (&self.bytes[from..], &self.bytes[at..]);
            let len = old.iter().zip(new).take(258).take_while(|(a, b)| a == b).count();
            if len > best.0 {
                best = (len, from);
            }
            from = self.before[from];
        }
        best
    }
}

/// The lengths of the words that make symbols of these counts shortest together, none above 15.
fn lengths(mut counts: Vec<usize>) -> Vec<u8> {
    loop {
        let mut lengths = vec![0; counts.len()];
        let used = counts.iter().enumerate().filter(|it| *it.1 > 0);
        let mut groups: Vec<(usize, Vec<usize>)> = used.map(|(it, &n)| (n, vec![it])).collect();
        if let [(_, only)] = &groups[..] {
            lengths[only[0]] = 1;
        }
        // The two rarest groups become one: the words of both grow by a bit.
        while let (Some(mut one), Some(other)) = (rarest(&mut groups), rarest(&mut groups)) {
            one.0 += other.0;
            one.1.extend(other.1);
            one.1.iter().for_each(|&it| lengths[it] += 1);
            groups.push(one);
        }
        if lengths.iter().all(|&it| it <= 15) {
            return lengths;
        }
        // Counts that differ less make words that differ less.
        counts.iter_mut().filter(|it| **it > 0).for_each(|it| *it = *it / 2 + 1);
    }
}

fn rarest<T>(groups: &mut Vec<(usize, T)>) -> Option<(usize, T)> {
    let place = (0..groups.len()).min_by_key(|&it| groups[it].0)?;
    Some(groups.swap_remove(place))
}

/// Bits as bytes, the lowest first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// How many bits of the last byte are used; none of them: there is no such byte.
    used: u32,
}

impl Bits {
    /// A number, its lowest bit first.
    fn put(&mut self, number: usize, count: u32) {
        for place in 0..count {
            if self.used == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((number >> place & 1) as u8) << self.used;
            }
            self.used = (self.used + 1) % 8;
        }
    }

    /// A code word, its highest bit first.
    fn put_word(&mut self, word: u16, length: u8) {
        for place in (0..length).rev() {
            self.put(usize::from(word >> place), 1);
        }
    }
}
