//! What the front of the language promises.

mod expressions;
mod heads;
mod library;
mod limits;
mod lines;
mod signs;
mod statements;
mod steps;
mod trees;

use super::diagnostic::Sources;
use super::parse;
use super::render::render;
use super::tree::File;

/// Parses `text`, which has no mistake in it.
#[track_caller]
fn parsed(text: &str) -> File {
    let mut sources = Sources::new();
    let file = sources.add("test.race", text);
    let parsed = parse(text, file);
    assert!(parsed.diagnostics.is_empty(), "{}", render(&sources, &parsed.diagnostics));
    parsed.file.expect("a file")
}

/// The mistakes in `text`, as a reader sees them.
fn complaints(text: &str) -> String {
    let mut sources = Sources::new();
    let file = sources.add("test.race", text);
    render(&sources, &parse(text, file).diagnostics) + "\n"
}
