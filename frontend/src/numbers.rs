//! Numbers as a reader sees them: grouped, and very large ones rounded. Pure; imports nothing.

/// Digits from which on a number is shown as `1.2×10²³`.
const LONG: usize = 13;

/// A whole number, given by its decimal digits, in groups of three: `12,345`.
/// Four digits stay together.
pub(crate) fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A whole number in as little room as it needs: `12,345`, or `1.2×10²³` when it is very large.
pub(crate) fn short(digits: &str) -> String {
    if digits.len() < LONG || !digits.is_ascii() {
        return grouped(digits);
    }
    let (mut head, mut exponent) = (two(digits), digits.len() - 1);
    if digits.as_bytes().get(2).is_some_and(|&it| it >= b'5') {
        head += 1;
    }
    if head == 100 {
        (head, exponent) = (10, exponent + 1);
    }
    format!("{}.{}×10{}", head / 10, head % 10, superscript(exponent))
}

/// `1 step`, `13 steps`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(&count.to_string()), if count == 1 { one } else { many })
}

/// The number that the first two digits make.
fn two(digits: &str) -> u32 {
    digits.bytes().take(2).fold(0, |sum, it| sum * 10 + u32::from(it.wrapping_sub(b'0')))
}

fn superscript(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().map(|it| DIGITS[usize::from(it - b'0')]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three() {
        assert_eq!(grouped("0"), "0");
        assert_eq!(grouped("1234"), "1234");
        assert_eq!(grouped("12345"), "12,345");
        assert_eq!(grouped("1234567"), "1,234,567");
    }

    #[test]
    fn very_large_numbers_are_rounded() {
        assert_eq!(short("999999999999"), grouped("999999999999"));
        assert_eq!(short("1234567890123"), "1.2×10¹²");
        assert_eq!(short("1250000000000"), "1.3×10¹²");
        assert_eq!(short("9960000000000"), "1.0×10¹³");
        assert_eq!(short(&format!("12{}", "0".repeat(22))), "1.2×10²³");
    }

    #[test]
    fn a_count_agrees_with_its_noun() {
        assert_eq!(counted(1, "step", "steps"), "1 step");
        assert_eq!(counted(0, "step", "steps"), "0 steps");
    }
}
