//! Where each cell stands in the packed state: constants nowhere, the others in as few bits as they need.

use super::fold::constant_cells;
use crate::model::{Bits, Model};

/// Gives every cell its bits, in order; no cell straddles two words.
pub(super) fn pack(model: &mut Model) {
    let constant = constant_cells(model);
    let mut used: Vec<u32> = vec![0];
    for (cell, constant) in model.cells.iter_mut().zip(constant) {
        if constant {
            cell.bits = Bits { word: 0, shift: 0, mask: 0, min: cell.initial };
            continue;
        }
        let span = (i64::from(cell.range.1) - i64::from(cell.range.0)) as u64;
        let width = u64::BITS - span.leading_zeros();
        let mask = if width == 0 { 0 } else { u64::MAX >> (u64::BITS - width) };
        let word = used.iter().position(|bits| bits + width <= u64::BITS).unwrap_or_else(|| {
            used.push(0);
            used.len() - 1
        });
        cell.bits = Bits { word: word as u8, shift: used[word] as u8, mask, min: cell.range.0 };
        used[word] += width;
    }
    model.words = used.len();
}
