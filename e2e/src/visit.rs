//! A test's visit to the page, from a fresh browser to what is kept where it fails.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

use racewalk_xtask::tally::SKIPPED;

use crate::{Error, Page, Result, evidence};

/// Opens the page at a hash in a fresh browser, and tests it.
///
/// # Panics
///
/// Where the test fails, and says where its evidence is.
pub fn visit(hash: &str, test: impl FnOnce(&Page) -> Result) {
    with_page(|page| {
        page.open(hash)?;
        test(page)
    });
}

/// Tests in a fresh browser that has not opened the page yet. Where the test asks for what this
/// browser cannot be driven to do, it is skipped, and says so.
///
/// # Panics
///
/// Where the test fails, and says where its evidence is.
pub fn with_page(test: impl FnOnce(&Page) -> Result) {
    let name = thread::current().name().unwrap_or("test").to_owned();
    evidence::forget(&name);
    let page = match Page::start() {
        Ok(page) => page,
        Err(error) => panic!("no browser to test in: {error}"),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| test(&page)));
    match &outcome {
        Ok(Ok(())) => return,
        Ok(Err(error @ Error::NotOffered { .. })) => return say_skipped(&page, &name, error),
        _ => {}
    }
    let kept = match evidence::keep(&page, &name) {
        Ok(folder) => format!("the page as it was then is in {}", folder.display()),
        Err(error) => format!("of the page nothing could be kept: {error}"),
    };
    match outcome {
        Err(panic) => {
            eprintln!("{kept}");
            resume_unwind(panic)
        }
        Ok(Err(error)) => panic!("{error}\n{kept}"),
        Ok(Ok(())) => {}
    }
}

/// On a line of its own: not by `println!`, whose lines nobody sees of a test that passes.
fn say_skipped(page: &Page, test: &str, reason: &Error) {
    let line = format!("\n{SKIPPED}{}: {test}: {reason}\n", page.browser());
    // Where nobody listens, nobody counts either.
    drop(io::stdout().write_all(line.as_bytes()));
}
