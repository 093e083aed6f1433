//! `cargo xtask check-sources`: whether every function that the library cites is defined in the file it is
//! cited from, in unpacked kernel trees. Asks `racewalk sources` what is cited; knows no race itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde::Deserialize;

use crate::run::{cargo, output};
use crate::{Error, Result};

/// One line of the library that cites the kernel: as `racewalk sources --json` prints it.
#[derive(Deserialize)]
struct Citation {
    file: String,
    function: String,
    versions: Vec<String>,
    cited_in: String,
    line: usize,
    step: String,
}

/// What a tree says to a citation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Finding {
    Defined,
    /// Only called or declared there.
    Mentioned,
    Absent,
    NoFile,
}

/// Checks every citation against each tree, prints what it could not find, and fails if there is any.
///
/// # Errors
/// A folder that is no kernel tree, a version that nothing is cited for, or citations that do not hold.
pub fn check_sources(trees: &[PathBuf]) -> Result {
    let citations = citations()?;
    let mut missing = 0;
    for tree in trees {
        let (version, release) = version(tree)?;
        let mut texts = BTreeMap::new();
        let mut found = 0;
        for citation in
            citations.iter().filter(|it| it.versions.is_empty() || it.versions.contains(&version))
        {
            let text = texts
                .entry(citation.file.as_str())
                .or_insert_with(|| fs::read(tree.join(&citation.file)).ok());
            let text = text.as_deref().map(String::from_utf8_lossy);
            let finding = text.map_or(Finding::NoFile, |text| find(&text, &citation.function));
            if finding == Finding::Defined {
                found += 1;
                continue;
            }
            missing += 1;
            let Citation { file, function, cited_in, line, step, .. } = citation;
            let why = match finding {
                Finding::NoFile => "there is no such file",
                Finding::Mentioned => "used there, but not defined there",
                Finding::Absent | Finding::Defined => "not there",
            };
            println!("{version}: {file}: {function}: {why} ({cited_in} line {line}, step {step})");
        }
        println!("{version} ({release}): {found} citations found, in {} files", texts.len());
    }
    if missing == 0 { Ok(()) } else { Err(Error::Citations { missing }) }
}

fn citations() -> Result<Vec<Citation>> {
    let mut racewalk = cargo();
    racewalk.args(["run", "--quiet", "--package", "racewalk-cli", "--", "sources", "--json"]);
    let json = output(&mut racewalk).ok_or(Error::Tests("`racewalk sources`"))?;
    serde_json::from_str(&json)
        .map_err(|source| Error::Json { what: "racewalk sources --json", source })
}

/// The version of a kernel tree as citations name it, `v6.12`, and in full, `6.12.95`.
fn version(tree: &Path) -> Result<(String, String)> {
    let path = tree.join("Makefile");
    let makefile = fs::read_to_string(&path).map_err(Error::file(&path))?;
    let number = |name: &str| {
        makefile
            .lines()
            .find_map(|line| line.strip_prefix(name)?.trim().strip_prefix('='))
            .map(str::trim)
    };
    match ["VERSION", "PATCHLEVEL", "SUBLEVEL"].map(number) {
        [Some(version), Some(patchlevel), Some(sublevel)] => {
            Ok((format!("v{version}.{patchlevel}"), format!("{version}.{patchlevel}.{sublevel}")))
        }
        _ => Err(Error::NoKernel { tree: tree.to_owned() }),
    }
}

/// Looks for a definition: a function with its body, or a macro. Not a parser of C: a body is a brace after
/// the parameters, where a call has a semicolon, an operator or another bracket.
fn find(text: &str, function: &str) -> Finding {
    let name = regex::escape(function);
    let definitions = [
        // `static int name(…)`, also on a line after its type, and with attributes before the body.
        format!(r"(?m)^(?:[A-Za-z_][\w\s*]*?[\s*])?{name}\s*\([^;{{}}]*\)[\w\s]*\{{"),
        format!(r"(?m)^#\s*define\s+{name}\b"),
    ];
    let matches = |pattern: &str| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text));
    if definitions.iter().any(|it| matches(it)) {
        Finding::Defined
    } else if matches(&format!(r"\b{name}\b")) {
        Finding::Mentioned
    } else {
        Finding::Absent
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, find};

    #[test]
    fn tells_a_definition_from_a_use() {
        let text = "
#define try_it(x) other(x)
static inline int of_one_line(int a) {
}
static int
on_its_own_line(struct page *page,
\t\tint more)
{
\tif (called(page)) {
\t}
}
void __meminit with_attribute(int a) __must_hold(lock)
{
}
int declared(int a);
";
        let expected = [
            ("try_it", Finding::Defined),
            ("of_one_line", Finding::Defined),
            ("on_its_own_line", Finding::Defined),
            ("called", Finding::Mentioned),
            ("declared", Finding::Mentioned),
            ("other", Finding::Mentioned),
            ("one_line", Finding::Absent),
        ];
        for (function, finding) in expected {
            assert_eq!(find(text, function), finding, "{function}");
        }
    }
}
