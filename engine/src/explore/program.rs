//! A model's steps as one flat program: fields of the state resolved to words, shifts and masks, conditions to sets of values. Runs without an observer; `state` does the same in the open. Imports ids and the model's operators, never a text or a table.

use crate::ids::ViolationId;
use crate::model::Binary;

/// Some bits of a packed state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Field {
    pub(super) mask: u32,
    pub(super) word: u8,
    pub(super) shift: u8,
}

impl Field {
    #[inline]
    pub(super) fn of(self, state: &[u64]) -> u32 {
        (state[usize::from(self.word)] >> self.shift) as u32 & self.mask
    }
}

/// A cell, for whoever knows only at run time which one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) field: Field,
    /// The value that stands for zero bits.
    pub(super) min: i32,
    pub(super) range: (i32, i32),
    /// Broken by a value below, or above, the range.
    pub(super) out_of_range: (ViolationId, ViolationId),
}

/// An element of an array: its number is in a register, minus `first`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) base: u16,
    pub(super) len: u16,
    pub(super) stride: u16,
    pub(super) out_of_range: ViolationId,
    pub(super) first: i32,
}

/// A register: a place for a value while an expression is worked out.
pub(super) type Register = u16;

/// A micro-operation. Each goes on at the next one unless it says otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) enum Micro {
    /// The step cannot be taken.
    Blocked,
    /// Goes on at `to` unless the field is in the set: bit `n` of it stands for `n`.
    Unless {
        field: Field,
        set: u64,
        to: u32,
    },
    /// Goes on at `to` if the register is 0 (`when` false), or is not (`when` true).
    If {
        at: Register,
        when: bool,
        to: u32,
    },
    Jump {
        to: u32,
    },
    Value {
        at: Register,
        value: i32,
    },
    Load {
        at: Register,
        field: Field,
        min: i32,
    },
    /// The number of the element is in the register that it is loaded to.
    LoadElement {
        at: Register,
        element: Element,
    },
    /// Applies an operator to a register and the next one.
    Apply {
        at: Register,
        operator: Binary,
    },
    /// Adds bits to a register.
    Insert {
        at: Register,
        bits: i32,
    },
    /// Sets bits of a word that are known beforehand.
    Put {
        word: u8,
        clear: u64,
        set: u64,
    },
    /// Stores a register in a cell, if that has room for it.
    Store {
        at: Register,
        cell: u16,
    },
    /// The same; the number of the element is in the next register.
    StoreElement {
        at: Register,
        element: Element,
    },
    Break(ViolationId),
    /// Sets bits as [`Micro::Put`] does; that was the step.
    Done {
        word: u8,
        clear: u64,
        set: u64,
    },
}

/// What became of an attempt to take a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    Blocked,
    Done,
    Broken(ViolationId),
}

/// An actor that moves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mover {
    pub(super) actor: u8,
    pub(super) position: Field,
    /// Where its first line stands in [`Program::lines`]; there is one for "finished" as well.
    pub(super) lines: u32,
}

/// All steps of a model.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// 64-bit words of a state.
    pub(super) words: usize,
    /// Registers that its expressions need.
    pub(super) registers: usize,
    /// The most transitions that a state can have.
    pub(super) fan: usize,
    pub(super) movers: Vec<Mover>,
    /// For each line, its first outcome in `outcomes`; the next line's is where they end.
    pub(super) lines: Vec<u32>,
    /// For each outcome, its first operation.
    pub(super) outcomes: Vec<u32>,
    pub(super) code: Vec<Micro>,
    pub(super) cells: Vec<Slot>,
    /// For each word, which bits have to be how when every actor but the environment has finished.
    pub(super) complete: Vec<(u64, u64)>,
}

impl Program {
    /// Whether the run is over since every actor but the environment has finished.
    #[inline]
    pub(super) fn is_complete(&self, state: &[u64]) -> bool {
        state.iter().zip(&self.complete).all(|(word, (mask, value))| word & mask == *value)
    }

    /// The outcomes of the line that an actor stands before, in `outcomes`; none when it has finished.
    #[inline]
    pub(super) fn outcomes(&self, mover: Mover, state: &[u64]) -> std::ops::Range<usize> {
        let line = (mover.lines + mover.position.of(state)) as usize;
        self.lines[line] as usize..self.lines[line + 1] as usize
    }

    /// Tries the outcome with this number. Where a step breaks, or is blocked, the state is spoilt.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn run(&self, outcome: usize, state: &mut [u64], registers: &mut [i32]) -> Fate {
        let mut next = self.outcomes[outcome] as usize;
        loop {
            let micro = self.code[next];
            next += 1;
            match micro {
                Micro::Blocked => return Fate::Blocked,
                Micro::Unless { field, set, to } => {
                    if set >> (field.of(state) & 63) & 1 == 0 {
                        next = to as usize;
                    }
                }
                Micro::If { at, when, to } => {
                    if (registers[usize::from(at)] != 0) == when {
                        next = to as usize;
                    }
                }
                Micro::Jump { to } => next = to as usize,
                Micro::Value { at, value } => registers[usize::from(at)] = value,
                Micro::Load { at, field, min } => {
                    registers[usize::from(at)] = min.wrapping_add(field.of(state) as i32);
                }
                Micro::LoadElement { at, element } => {
                    let register = &mut registers[usize::from(at)];
                    let Some(cell) = self.element(element, *register) else {
                        return Fate::Broken(element.out_of_range);
                    };
                    *register = cell.min.wrapping_add(cell.field.of(state) as i32);
                }
                Micro::Apply { at, operator } => {
                    let at = usize::from(at);
                    registers[at] = operator.apply(registers[at], registers[at + 1]);
                }
                Micro::Insert { at, bits } => registers[usize::from(at)] |= bits,
                Micro::Put { word, clear, set } => put(state, word, clear, set),
                Micro::Store { at, cell } => {
                    let value = registers[usize::from(at)];
                    if let Err(broken) = store(state, self.cells[usize::from(cell)], value) {
                        return Fate::Broken(broken);
                    }
                }
                Micro::StoreElement { at, element } => {
                    let at = usize::from(at);
                    let Some(cell) = self.element(element, registers[at + 1]) else {
                        return Fate::Broken(element.out_of_range);
                    };
                    if let Err(broken) = store(state, cell, registers[at]) {
                        return Fate::Broken(broken);
                    }
                }
                Micro::Break(violation) => return Fate::Broken(violation),
                Micro::Done { word, clear, set } => {
                    put(state, word, clear, set);
                    return Fate::Done;
                }
            }
        }
    }

    #[inline]
    fn element(&self, element: Element, index: i32) -> Option<Slot> {
        // A difference that does not fit is farther out than any array is long.
        let number = index.wrapping_sub(element.first) as u32;
        if index < element.first || number >= u32::from(element.len) {
            return None;
        }
        let cell = usize::from(element.base) + number as usize * usize::from(element.stride);
        Some(self.cells[cell])
    }
}

#[inline]
fn put(state: &mut [u64], word: u8, clear: u64, set: u64) {
    let word = &mut state[usize::from(word)];
    *word = *word & clear | set;
}

#[inline]
fn store(state: &mut [u64], cell: Slot, value: i32) -> Result<(), ViolationId> {
    if value < cell.range.0 {
        return Err(cell.out_of_range.0);
    }
    if value > cell.range.1 {
        return Err(cell.out_of_range.1);
    }
    let Field { mask, word, shift } = cell.field;
    let bits = u64::from(value.wrapping_sub(cell.min) as u32 & mask);
    put(state, word, !(u64::from(mask) << shift), bits << shift);
    Ok(())
}
