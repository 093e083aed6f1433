//! Every race and prelude of the library parses without a word.
#![cfg(not(target_arch = "wasm32"))]

use crate::syntax::diagnostic::Sources;
use crate::syntax::parse;
use crate::syntax::render::render;
use std::fs;
use std::path::{Path, PathBuf};

fn races(below: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(below).expect("engine/races").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => races(&path, into),
            false => into.extend(path.extension().is_some_and(|end| end == "race").then_some(path)),
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test takes whatever lies in the folder")]
fn the_library_parses() {
    let mut paths = Vec::new();
    races(&Path::new(env!("CARGO_MANIFEST_DIR")).join("races"), &mut paths);
    let mut all = String::new();
    for path in &paths {
        let mut sources = Sources::new();
        let file =
            sources.add(path.display().to_string(), fs::read_to_string(path).expect("a text"));
        all += &render(&sources, &parse(sources.text(file), file).diagnostics);
    }
    assert!(paths.len() >= 7 && all.is_empty(), "{all}");
}
