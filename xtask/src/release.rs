//! `cargo xtask dist`: the built page as a folder `v<N>` for any static host, which never changes again.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Error, Result, dist, licences, project, single_file};

/// What a release holds and what each file hashes to, as `sha256sum -c` reads it.
const SUMS: &str = "SHA256SUMS";

/// Puts the page into the next `v<N>` of a folder, unless the newest one there is the same.
///
/// # Errors
/// A release in that folder that is not as it was made.
pub fn release(into: &Path) -> Result {
    dist::build()?;
    let scratch = project::target().join("release");
    if scratch.is_dir() {
        std::fs::remove_dir_all(&scratch).map_err(Error::file(&scratch))?;
    }
    project::copy(&project::dist(), &scratch)?;
    for licence in licences::OWN {
        let text = project::read(&project::root().join(licence))?;
        project::write(&scratch.join(licence), text)?;
    }
    project::write(&scratch.join("LICENSES-OF-OTHERS.txt"), licences::of_others()?)?;
    project::write(&scratch.join(single_file::NAME), single_file::text()?)?;
    let sums = sums(&scratch)?;
    project::write(&scratch.join(SUMS), &sums)?;
    let made = put(&scratch, &sums, into)?;
    println!("{}", made.display());
    println!("It never changes: later releases go beside it, and links into it stay as they are.");
    Ok(())
}

/// Puts a release beside the earlier ones of a folder, which have to be as they were.
fn put(release: &Path, sums: &str, into: &Path) -> Result<PathBuf> {
    let mut newest = 0;
    let earlier = if into.is_dir() { project::entries(into)? } else { Vec::new() };
    for folder in earlier {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let Some(number) = name.strip_prefix('v').and_then(|it| it.parse::<u32>().ok()) else {
            continue;
        };
        check(&folder)?;
        newest = newest.max(number);
    }
    let last = into.join(format!("v{newest}"));
    if newest > 0 && project::read(&last.join(SUMS))? == sums {
        return Ok(last);
    }
    let next = into.join(format!("v{}", newest + 1));
    project::copy(release, &next)?;
    Ok(next)
}

/// Whether a release is as it was made.
fn check(folder: &Path) -> Result {
    let noted = project::read(&folder.join(SUMS))?;
    let found = sums(folder)?;
    let changed = |line: &&str| !found.lines().any(|it| it == *line);
    let line = noted.lines().find(changed).or_else(|| {
        // A file that was not there.
        found.lines().find(|line| !noted.lines().any(|it| it == *line))
    });
    match line.and_then(|it| it.split_once("  ")) {
        None => Ok(()),
        Some((_, file)) => Err(Error::Changed { path: folder.join(file) }),
    }
}

/// The hash of every file below a folder but of the list itself.
fn sums(folder: &Path) -> Result<String> {
    let mut lines = String::new();
    for file in project::files(folder)?.iter().filter(|it| *it != Path::new(SUMS)) {
        let path = folder.join(file);
        let bytes = std::fs::read(&path).map_err(Error::file(&path))?;
        for byte in Sha256::digest(bytes) {
            // Writing to a string cannot fail.
            let _ = write!(lines, "{byte:02x}");
        }
        let _ = writeln!(lines, "  {}", file.display());
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{SUMS, put, sums};
    use crate::{Error, project};

    /// An empty folder with a release in it whose page says something.
    fn made(test: &str) -> (PathBuf, impl Fn(&str) -> crate::Result<PathBuf>) {
        let folder = project::target().join("xtask-tests").join(test);
        let _ = fs::remove_dir_all(&folder);
        let (scratch, into) = (folder.join("scratch"), folder.join("site"));
        fs::create_dir_all(scratch.join("evidence")).expect("a folder");
        let release = {
            let into = into.clone();
            move |text: &str| {
                fs::write(scratch.join("index.html"), text).expect("a page");
                fs::write(scratch.join("evidence/one.txt"), "one").expect("a trace");
                let sums = sums(&scratch)?;
                fs::write(scratch.join(SUMS), &sums).expect("the sums");
                put(&scratch, &sums, &into)
            }
        };
        (into, release)
    }

    #[test]
    fn a_release_goes_beside_the_earlier_ones_unless_it_is_the_same() {
        let (into, release) = made("releases");
        assert_eq!(release("first").expect("made"), into.join("v1"));
        assert_eq!(release("first").expect("made"), into.join("v1"));
        assert_eq!(release("second").expect("made"), into.join("v2"));
        // A page that is as the first one was is new all the same.
        assert_eq!(release("first").expect("made"), into.join("v3"));
        assert_eq!(project::read(&into.join("v1/index.html")).expect("a page"), "first");
    }

    #[test]
    fn a_release_that_was_changed_is_named() {
        for (name, text) in [("index.html", "other"), ("evidence/two.txt", "more")] {
            let (into, release) = made("changed-release");
            release("first").expect("made");
            fs::write(into.join("v1").join(name), text).expect("changed");
            let error = release("second").expect_err("changed");
            assert!(matches!(&error, Error::Changed { path } if path.ends_with(name)), "{error}");
            assert!(!into.join("v2").exists());
        }
    }
}
