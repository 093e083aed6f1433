//! Asks the processor for memory that will be looked at soon. Imports nothing.
//!
//! The one file of the engine with `unsafe` in it: the instruction has no safe form. It is sound since
//! a prefetch is a hint: it changes no memory and no value, and an address that cannot be read makes
//! it do nothing (Intel 64 Software Developer's Manual, PREFETCHh). Elsewhere than on x86-64 this file
//! does nothing.

/// Asks for the cache line of an element. An index that does not exist asks for nothing useful.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the instruction has no safe form; the file says why it is sound")]
#[inline(always)]
pub(super) fn prefetch<T>(slice: &[T], index: usize) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    let address = slice.as_ptr().wrapping_add(index);
    // SAFETY: SSE, which has the instruction, is part of x86-64; the instruction accesses nothing.
    unsafe { _mm_prefetch(address.cast(), _MM_HINT_T0) }
}

/// Does nothing here.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
pub(super) fn prefetch<T>(_slice: &[T], _index: usize) {}
