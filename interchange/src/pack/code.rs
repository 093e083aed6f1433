//! What writing and reading of deflated bytes share: canonical codes, and how lengths and distances are
//! told by a symbol and some bits after it (RFC 1951, sections 3.2.2 and 3.2.5). Pure.

/// The symbol that ends a block; literals stand before it, lengths after it.
pub(super) const END: usize = 256;
/// How many symbols there are for literals, the end and lengths.
pub(super) const LITERALS: usize = 286;
/// How many there are for distances.
pub(super) const DISTANCES: usize = 30;
/// How far back a match may lie.
pub(super) const WINDOW: usize = 32 << 10;
/// The order in which the lengths of the third code are told.
pub(super) const ORDER: [usize; 19] =
    [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The code words of symbols whose words have these lengths; 0: the symbol has none.
pub(super) fn words(lengths: &[u8]) -> Vec<u16> {
    let mut words = vec![0; lengths.len()];
    let mut next = 0_u16;
    for length in 1..=15 {
        for (word, _) in words.iter_mut().zip(lengths).filter(|it| *it.1 == length) {
            *word = next;
            next = next.wrapping_add(1);
        }
        next = next.wrapping_shl(1);
    }
    words
}

/// The least length that a symbol tells, counted from the first length symbol, and how many bits more
/// tell it exactly.
pub(super) fn length(symbol: usize) -> (usize, u32) {
    match symbol {
        28 => (258, 0),
        _ => {
            let (least, bits) = range(symbol, 4);
            (3 + least, bits)
        }
    }
}

/// The least distance that a symbol tells, likewise.
pub(super) fn distance(symbol: usize) -> (usize, u32) {
    let (least, bits) = range(symbol, 2);
    (1 + least, bits)
}

/// Each further bit serves so many symbols.
fn range(symbol: usize, per: usize) -> (usize, u32) {
    match symbol / per {
        0 => (symbol, 0),
        row => ((per + symbol % per) << (row - 1), row as u32 - 1),
    }
}
