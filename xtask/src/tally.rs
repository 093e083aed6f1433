//! Counts tests over several runners by the closing lines that they print.

use std::fmt;

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tests, and checks that count as one.
    pub passed: u64,
    /// The same, failed.
    pub failed: u64,
}

impl Tally {
    /// Counts a line if it closes a run of tests: `test result: ok. 3 passed; 0 failed; …`.
    pub fn read(&mut self, line: &str) {
        let Some((_, result)) = line.split_once("test result: ") else { return };
        let count = |what: &str| -> u64 {
            let words = result.split([' ', ';', '.']).filter(|word| !word.is_empty());
            let pairs = words.clone().zip(words.skip(1));
            pairs.filter(|(_, kind)| *kind == what).find_map(|(n, _)| n.parse().ok()).unwrap_or(0)
        };
        self.passed += count("passed");
        self.failed += count("failed");
    }

    /// Counts a check that is no test of a runner.
    pub(crate) fn check<T>(&mut self, result: crate::Result<T>) -> crate::Result<T> {
        match result {
            Ok(_) => self.passed += 1,
            Err(_) => self.failed += 1,
        }
        result
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn sums_over_runners() {
        let mut tally = Tally::default();
        tally.read("running 3 tests");
        tally.read("test result: ok. 3 passed; 0 failed; 0 ignored; finished in 0.00s");
        tally.read("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured");
        assert_eq!(tally.to_string(), "4 passed, 2 failed");
    }
}
