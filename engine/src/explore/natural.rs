//! Whole numbers without an upper bound, for counts: they are added and printed, nothing more, so their digits are decimal. Imports nothing.

use std::fmt;
use std::ops::AddAssign;

/// One more than the largest group of digits.
const GROUP: u32 = 1_000_000_000;
/// Decimal digits in a group.
const DIGITS: usize = 9;

/// A whole number, 0 or more.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Natural {
    /// Groups of nine decimal digits, the lowest first, without zeroes above the highest.
    groups: Vec<u32>,
}

impl AddAssign<&Self> for Natural {
    fn add_assign(&mut self, other: &Self) {
        let mut carry = 0;
        for at in 0..self.groups.len().max(other.groups.len()) {
            if at == self.groups.len() {
                self.groups.push(0);
            }
            let sum = self.groups[at] + other.groups.get(at).unwrap_or(&0) + carry;
            carry = u32::from(sum >= GROUP);
            self.groups[at] = sum - carry * GROUP;
        }
        if carry > 0 {
            self.groups.push(carry);
        }
    }
}

impl From<u128> for Natural {
    /// Takes up 32 bits at a time, so that no division is wider than 64 bits.
    fn from(number: u128) -> Self {
        let mut groups: Vec<u32> = Vec::new();
        for shift in [96, 64, 32, 0] {
            let mut carry = u64::from((number >> shift) as u32);
            for group in &mut groups {
                let scaled = (u64::from(*group) << 32) + carry;
                *group = (scaled % u64::from(GROUP)) as u32;
                carry = scaled / u64::from(GROUP);
            }
            while carry > 0 {
                groups.push((carry % u64::from(GROUP)) as u32);
                carry /= u64::from(GROUP);
            }
        }
        Self { groups }
    }
}

impl fmt::Display for Natural {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((highest, lower)) = self.groups.split_last() else {
            return out.write_str("0");
        };
        write!(out, "{highest}")?;
        lower.iter().rev().try_for_each(|group| write!(out, "{group:0DIGITS$}"))
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_are_those_of_big_integers(terms in prop::collection::vec(any::<u128>(), 0..40), doubled in 0..200) {
            let (mut sum, mut expected) = (Natural::default(), BigUint::default());
            for term in terms {
                sum += &term.into();
                expected += term;
            }
            for _ in 0..doubled {
                sum += &sum.clone();
                expected *= 2u8;
            }
            prop_assert_eq!(sum.to_string(), expected.to_string());
        }

        #[test]
        fn equal_numbers_are_equal(left in any::<u64>(), right in any::<u64>()) {
            let mut sum = Natural::from(u128::from(left));
            sum += &u128::from(right).into();
            prop_assert_eq!(sum, Natural::from(u128::from(left) + u128::from(right)));
        }
    }

    #[test]
    fn carries_run_through() {
        let mut sum = Natural::from(u128::from(u64::MAX));
        sum += &1.into();
        assert_eq!(sum.to_string(), "18446744073709551616");
        let mut sum = Natural::from(999_999_999_999_999_999);
        sum += &1.into();
        assert_eq!(sum.to_string(), "1000000000000000000");
        assert_eq!(Natural::from(0).to_string(), "0");
        assert_eq!(Natural::from(0), Natural::default());
    }
}
