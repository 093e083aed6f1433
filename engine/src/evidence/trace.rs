//! A trace of a real kernel, as text and line by line. Imports nothing.

use std::fmt;

/// One line of a trace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TraceLine<'a> {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Microseconds since the first line; `None` for a line of the console or of the traced program.
    pub at: Option<u64>,
    /// The CPU, for a line of the tracer.
    pub cpu: Option<u8>,
    /// The task, for a line of the tracer.
    pub task: &'a str,
    /// `FUNCTION <-CALLER`, or what else was printed.
    pub event: &'a str,
}

/// A line that no trace has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TraceError {
    /// Its number in the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for TraceError {}

/// What a trace says of itself: `kernel`, `machine`, `how`, `shown` and so on, in its order.
pub fn header(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.strip_prefix("# ")?.split_once(": "))
}

/// The lines of a trace, without its header.
///
/// # Errors
/// A line that begins as the tracer's lines do and does not go on so, or one earlier than the line before it.
pub fn lines(text: &str) -> Result<Vec<TraceLine<'_>>, TraceError> {
    let mut found = Vec::new();
    let mut last = 0;
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let fail = |reason| TraceError { line: number, reason };
        let Some((time, rest)) = line.split_once(" ms ") else {
            let event = line.trim_end();
            found.push(TraceLine { number, at: None, cpu: None, task: "", event });
            continue;
        };
        let at = microseconds(time.trim())
            .ok_or_else(|| fail("its time is no number of milliseconds"))?;
        if at < last {
            return Err(fail("it is earlier than the line before it"));
        }
        last = at;
        let (cpu, rest) = word(rest);
        let cpu = cpu.strip_prefix("cpu").and_then(|it| it.parse().ok());
        let cpu = cpu.ok_or_else(|| fail("it names no CPU"))?;
        let (task, event) = word(rest);
        if task.is_empty() || event.trim().is_empty() {
            return Err(fail("it names no task and event"));
        }
        found.push(TraceLine { number, at: Some(at), cpu: Some(cpu), task, event: event.trim() });
    }
    Ok(found)
}

/// The first word of a line, and what comes after it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(' ').unwrap_or((text, ""))
}

/// `21.36` as 21360.
pub(super) fn microseconds(milliseconds: &str) -> Option<u64> {
    let (whole, rest) = milliseconds.split_once('.').unwrap_or((milliseconds, "0"));
    if rest.is_empty() || rest.len() > 3 {
        return None;
    }
    let thousandths: u64 = rest.parse().ok()?;
    let scale = 10u64.pow(3 - rest.len() as u32);
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(thousandths * scale)
}
