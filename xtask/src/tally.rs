//! Counts tests over several runners by the closing lines that they print.

use std::fmt;

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tests, and checks that count as one.
    pub passed: u64,
    /// The same, failed.
    pub failed: u64,
    /// Tests that cannot be run here, and have said why.
    pub skipped: u64,
    /// Those of them whose runner has not closed yet: it will count them among what passed.
    pub(crate) open: u64,
}

/// How a line begins by which a test says that it cannot be run here, and why.
pub const SKIPPED: &str = "skipped in ";

impl Tally {
    /// Counts a line if it closes a run of tests, `test result: ok. 3 passed; 0 failed; …` or pytest's
    /// `3 passed, 1 skipped in 0.12s`, or if it begins with [`SKIPPED`].
    pub fn read(&mut self, line: &str) {
        if line.starts_with(SKIPPED) {
            self.open += 1;
            self.skipped += 1;
            return;
        }
        let result = match line.split_once("test result: ") {
            Some((_, result)) => result,
            None if closes_pytest(line) => line,
            None => return,
        };
        let count = |what: &str| -> u64 {
            let words = result.split([' ', ';', '.', ',', '=']).filter(|word| !word.is_empty());
            let pairs = words.clone().zip(words.skip(1));
            pairs.filter(|(_, kind)| *kind == what).find_map(|(n, _)| n.parse().ok()).unwrap_or(0)
        };
        self.passed += count("passed").saturating_sub(std::mem::take(&mut self.open));
        self.failed += count("failed") + count("error") + count("errors");
        self.skipped += count("skipped");
    }

    /// Adds what another has counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
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
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        match self.skipped {
            0 => Ok(()),
            skipped => write!(f, ", {skipped} skipped"),
        }
    }
}

fn closes_pytest(line: &str) -> bool {
    let outcomes =
        ["passed", "failed", "skipped", "error", "errors", "deselected", "warning", "warnings"];
    let Some((counts, seconds)) = line.trim_matches(['=', ' ']).split_once(" in ") else {
        return false;
    };
    let is_count = |part: &str| {
        let (number, outcome) = part.split_once(' ').unwrap_or_default();
        number.parse::<u64>().is_ok() && outcomes.contains(&outcome)
    };
    let (seconds, _) = seconds.split_once('s').unwrap_or_default();
    counts.split(", ").all(is_count) && seconds.parse::<f64>().is_ok()
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

    #[test]
    fn reads_what_pytest_prints() {
        let mut tally = Tally::default();
        for line in [
            "....s",
            "SKIPPED [1] tests/test_it.py:9: 3 passed in vain",
            "4 passed, 1 skipped in 0.12s",
            "==== 1 failed, 2 passed, 1 warning, 1 error in 75.10s (0:01:15) ====",
        ] {
            tally.read(line);
        }
        assert_eq!(tally.to_string(), "6 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn what_was_skipped_has_not_passed() {
        let mut tally = Tally::default();
        for line in [
            "skipped in firefox: look::theme: firefox cannot emulate media",
            "test look::theme ... ok",
            "test result: ok. 3 passed; 0 failed; 0 ignored; finished in 0.00s",
            "test result: ok. 1 passed; 0 failed; 0 ignored; finished in 0.00s",
        ] {
            tally.read(line);
        }
        assert_eq!(tally.to_string(), "3 passed, 0 failed, 1 skipped");
    }
}
