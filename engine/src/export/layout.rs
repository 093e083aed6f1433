//! Words on lines of a limited width. Imports nothing.

/// Breaks a text at its spaces into lines: the first is at most `first` wide, the others `rest`.
/// A word wider than a line is cut. Between words stands one space, whatever stood there before.
pub(super) fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines =
        Lines { done: Vec::new(), line: String::new(), used: 0, room: first.max(1), rest };
    for word in text.split_whitespace() {
        lines.word(word);
    }
    lines.done.push(lines.line);
    lines.done
}

/// How wide a text is, as far as its number of characters tells.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

struct Lines {
    done: Vec<String>,
    line: String,
    used: usize,
    /// The width of the line that is being written.
    room: usize,
    /// The width of all lines after the first.
    rest: usize,
}

impl Lines {
    fn word(&mut self, word: &str) {
        let needed = width(word);
        // What has to be cut anyway begins where there is room.
        let is_cut = needed > self.rest && self.used + 1 < self.room;
        if self.used > 0 && self.used + 1 + needed > self.room && !is_cut {
            self.end_line();
        }
        if self.used > 0 {
            self.line.push(' ');
            self.used += 1;
        }
        for char in word.chars() {
            if self.used == self.room {
                self.end_line();
            }
            self.line.push(char);
            self.used += 1;
        }
    }

    fn end_line(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0;
        self.room = self.rest.max(1);
    }
}

/// Appends lines, each behind so many spaces.
pub(super) fn push(out: &mut String, lines: &[String], first: usize, rest: usize) {
    for (number, line) in lines.iter().enumerate() {
        let indent = if number == 0 { first } else { rest };
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// A paragraph of at most `width` columns, its first line behind `first` spaces, the others behind
/// `rest`.
pub(super) fn paragraph(out: &mut String, text: &str, width: usize, first: usize, rest: usize) {
    let lines = wrap(text, width.saturating_sub(first), width.saturating_sub(rest));
    push(out, &lines, first, rest);
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[track_caller]
    fn check(text: &str, first: usize, rest: usize, expected: &[&str]) {
        assert_eq!(wrap(text, first, rest), expected);
    }

    #[test]
    fn breaks_at_spaces() {
        check("one two three", 7, 5, &["one two", "three"]);
        check("one  two", 20, 20, &["one two"]);
        check("", 5, 5, &[""]);
    }

    #[test]
    fn cuts_what_has_no_space() {
        check("abcdefgh", 3, 2, &["abc", "de", "fg", "h"]);
        check("a bcdefgh", 4, 3, &["a bc", "def", "gh"]);
        check("ab cdefgh", 3, 3, &["ab", "cde", "fgh"]);
        check("abc", 0, 0, &["a", "b", "c"]);
    }
}
