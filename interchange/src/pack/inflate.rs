//! Reading what is deflated (RFC 1951). Pure.

use super::code::{DISTANCES, END, LITERALS, ORDER, distance, length};

/// The bytes that were deflated; `None`: these are no such bytes, or there would be more than `most`.
pub(super) fn inflate(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut bits = Bits { bytes, at: 0 };
    let mut out = Vec::new();
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out)?,
            1 => {
                let mut literals = [8; 288];
                literals[144..256].fill(9);
                literals[256..280].fill(7);
                block(&mut bits, &Code::of(&literals), &Code::of(&[5; DISTANCES]), &mut out, most)?;
            }
            2 => {
                let (literals, distances) = codes(&mut bits)?;
                block(&mut bits, &literals, &distances, &mut out, most)?;
            }
            _ => return None,
        }
        if out.len() > most {
            return None;
        }
        if last {
            return Some(out);
        }
    }
}

/// Bytes as bits, the lowest first.
struct Bits<'a> {
    bytes: &'a [u8],
    /// How many bits are taken.
    at: usize,
}

impl Bits<'_> {
    /// So many bits as a number.
    fn take(&mut self, count: u32) -> Option<usize> {
        let mut number = 0;
        for place in 0..count {
            let byte = *self.bytes.get(self.at / 8)?;
            number |= usize::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Some(number)
    }
}

/// A canonical code, for reading.
struct Code {
    /// How many words there are of each length.
    counts: [usize; 16],
    /// The symbols in the order of their words.
    symbols: Vec<usize>,
}

impl Code {
    fn of(lengths: &[u8]) -> Self {
        let (mut counts, mut symbols) = ([0; 16], Vec::new());
        for length in 1..=15 {
            let of_it = lengths.iter().enumerate().filter(|it| *it.1 == length);
            let before = symbols.len();
            symbols.extend(of_it.map(|it| it.0));
            counts[usize::from(length)] = symbols.len() - before;
        }
        Self { counts, symbols }
    }

    /// The symbol whose word stands next.
    fn read(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut word, mut first, mut index) = (0, 0, 0);
        for count in &self.counts[1..] {
            word = word << 1 | bits.take(1)?;
            // A code with too many words of a length has words below the first.
            if let Some(it) = word.checked_sub(first).filter(|it| it < count) {
                return self.symbols.get(index + it).copied();
            }
            index += count;
            first = (first + count) << 1;
        }
        None
    }
}

fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>) -> Option<()> {
    bits.at = bits.at.next_multiple_of(8);
    let (len, check) = (bits.take(16)?, bits.take(16)?);
    let from = bits.at / 8;
    out.extend_from_slice(bits.bytes.get(from..from + len)?);
    bits.at += 8 * len;
    (len ^ check == 0xffff).then_some(())
}

/// The two codes of a block that brings its own.
fn codes(bits: &mut Bits<'_>) -> Option<(Code, Code)> {
    let (literals, distances) = (bits.take(5)? + 257, bits.take(5)? + 1);
    let mut lengths = [0; ORDER.len()];
    let told = bits.take(4)? + 4;
    for &symbol in &ORDER[..told] {
        lengths[symbol] = bits.take(3)? as u8;
    }
    let code = Code::of(&lengths);
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        let (length, times) = match code.read(bits)? {
            16 => (*lengths.last()?, bits.take(2)? + 3),
            17 => (0, bits.take(3)? + 3),
            18 => (0, bits.take(7)? + 11),
            length => (length as u8, 1),
        };
        lengths.resize(lengths.len() + times, length);
    }
    if literals > LITERALS || lengths.len() > literals + distances {
        return None;
    }
    let (literals, distances) = lengths.split_at(literals);
    Some((Code::of(literals), Code::of(distances)))
}

fn block(
    bits: &mut Bits<'_>,
    literals: &Code,
    distances: &Code,
    out: &mut Vec<u8>,
    most: usize,
) -> Option<()> {
    while out.len() <= most {
        match literals.read(bits)? {
            END => return Some(()),
            literal @ 0..END => out.push(literal as u8),
            symbol if symbol < LITERALS => {
                let (least, more) = length(symbol - END - 1);
                let length = least + bits.take(more)?;
                let (least, more) = distance(distances.read(bits).filter(|&it| it < DISTANCES)?);
                let from = out.len().checked_sub(least + bits.take(more)?)?;
                // What is copied may itself be what is being written.
                for at in from..from + length {
                    out.push(out[at]);
                }
            }
            _ => return None,
        }
    }
    None
}
