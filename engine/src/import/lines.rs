//! The lines of a paste, without what mailers and comments put in front of them. Imports nothing.

/// A line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// Its number in the paste, from 1.
    pub(super) number: usize,
    /// In which column its text begins, from 0.
    pub(super) indent: usize,
    /// Its text, without blanks around it and tabs in it; empty for a blank line.
    pub(super) text: String,
}

/// What may stand before every line: quotes in a mail, comments in C, in shells and in commit
/// messages.
const MARKS: [&str; 4] = [">", "*", "//", "#"];
/// A mark may be quoted, and be quoted again.
const DEEPEST: usize = 16;

/// The lines of a paste.
pub(super) fn lines(paste: &str) -> Vec<Line> {
    let mut lines: Vec<&str> = paste.lines().map(str::trim_end).collect();
    for line in &mut lines {
        if ["/*", "/**", "*/", "```", "```text"].contains(&line.trim()) {
            *line = "";
        }
    }
    for _ in 0..DEEPEST {
        if !MARKS.iter().any(|mark| without(&mut lines, mark)) {
            break;
        }
    }
    let line = |(line, number): (&str, usize)| {
        let text = expanded(line);
        let rest = text.trim_start();
        let indent = text.chars().count() - rest.chars().count();
        Line { number, indent, text: rest.to_owned() }
    };
    lines.into_iter().zip(1..).map(line).collect()
}

/// Takes a mark off the lines, if most of them have it.
fn without(lines: &mut [&str], mark: &str) -> bool {
    let all = lines.iter().filter(|it| !it.trim().is_empty()).count();
    let marked = lines.iter().filter(|it| it.trim_start().starts_with(mark)).count();
    if marked == 0 || marked * 2 <= all {
        return false;
    }
    for line in lines {
        if let Some(rest) = line.trim_start().strip_prefix(mark) {
            *line = rest.strip_prefix(' ').unwrap_or(rest);
        }
    }
    true
}

/// With blanks for tabs.
fn expanded(line: &str) -> String {
    const TAB: usize = 8;
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for it in line.chars() {
        if it == '\t' {
            let blanks = TAB - column % TAB;
            out.extend(std::iter::repeat_n(' ', blanks));
            column += blanks;
        } else {
            out.push(if it.is_whitespace() { ' ' } else { it });
            column += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[track_caller]
    fn check(paste: &str, expected: &[(usize, &str)]) {
        let lines = lines(paste);
        let found: Vec<(usize, &str)> = lines.iter().map(|it| (it.indent, &*it.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_are_taken_off_where_most_lines_have_them() {
        check("> a\n>\n>   b\n", &[(0, "a"), (0, ""), (2, "b")]);
        check("> > a\n> >  b\n", &[(0, "a"), (1, "b")]);
        check(">> a\n>>  b\n", &[(0, "a"), (1, "b")]);
        check("/*\n * a\n *   b\n */\n", &[(0, ""), (0, "a"), (2, "b"), (0, "")]);
        check("a\n  > b\n", &[(0, "a"), (2, "> b")]);
        check("> a\nb\n>  c", &[(0, "a"), (0, "b"), (1, "c")]);
    }

    #[test]
    fn tabs_reach_to_the_next_eighth_column() {
        check("\ta\n  \tb\n\t c\td", &[(8, "a"), (8, "b"), (9, "c      d")]);
        check("> \ta\n> b\r\n", &[(8, "a"), (0, "b")]);
    }
}
