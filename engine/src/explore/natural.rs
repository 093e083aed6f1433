//! Whole numbers without an upper bound, for counts. Printing is written out here, since the library's own would bring multiplication and division of any size to a page that needs neither.

use std::fmt;
use std::ops::AddAssign;

use num_bigint::BigUint;

/// A whole number, 0 or more: it is added and printed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Natural(BigUint);

impl AddAssign<&Self> for Natural {
    fn add_assign(&mut self, other: &Self) {
        self.0 += &other.0;
    }
}

impl From<u128> for Natural {
    fn from(number: u128) -> Self {
        Self(number.into())
    }
}

impl fmt::Display for Natural {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const GROUP: u64 = 1_000_000_000;
        // The highest digits first, in binary; the lowest group first, in decimal.
        let mut digits = self.0.to_u32_digits();
        digits.reverse();
        let mut groups = Vec::new();
        while !digits.is_empty() {
            let mut rest = 0;
            for digit in &mut digits {
                let part = (rest << 32) | u64::from(*digit);
                *digit = (part / GROUP) as u32;
                rest = part % GROUP;
            }
            groups.push(rest);
            let zeroes = digits.iter().take_while(|it| **it == 0).count();
            digits.drain(..zeroes);
        }
        let Some((highest, lower)) = groups.split_last() else {
            return out.write_str("0");
        };
        write!(out, "{highest}")?;
        lower.iter().rev().try_for_each(|group| write!(out, "{group:09}"))
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
