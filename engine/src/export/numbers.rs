//! Whole numbers as a reader of plain text sees them. Imports nothing.

/// Digits up to which a number is written in full.
const MOST_DIGITS: usize = 18;

/// "1 state", "12,345 states".
#[must_use]
pub fn counted(digits: &str, one: &str) -> String {
    let plural = if digits == "1" { "" } else { "s" };
    format!("{} {one}{plural}", grouped(digits))
}

/// A whole number given by its digits: `12,345`; a very large one rounded down, `about 1.2e40`.
#[must_use]
pub fn grouped(digits: &str) -> String {
    if digits.len() > MOST_DIGITS {
        let exponent = digits.len() - 1;
        return format!("about {}.{}e{exponent}", &digits[..1], &digits[1..2]);
    }
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped("0"), "0");
        assert_eq!(grouped("9999"), "9999");
        assert_eq!(grouped("12345"), "12,345");
        assert_eq!(grouped("123456"), "123,456");
        assert_eq!(grouped("1299999999999999999"), "about 1.2e18");
        assert_eq!(counted("1", "state"), "1 state");
    }
}
