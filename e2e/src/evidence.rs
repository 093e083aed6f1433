//! What is kept of a page on which a test failed.

use std::fs;
use std::path::PathBuf;

use racewalk_xtask::project;

use crate::{Error, Page, Result};

/// Takes away what an earlier run of a test kept.
pub(crate) fn forget(test: &str) {
    // Mostly there is none.
    drop(fs::remove_dir_all(folder(test)));
}

/// Keeps a picture of the page, and its console, in a folder named after the test.
pub(crate) fn keep(page: &Page, test: &str) -> Result<PathBuf> {
    let folder = folder(test);
    let file = |source| Error::File { path: folder.clone(), source };
    fs::create_dir_all(&folder).map_err(file)?;
    page.photograph(&folder.join("page.png"))?;
    // Not every browser tells its console; the picture is there all the same.
    if let Ok(lines) = page.console() {
        fs::write(folder.join("console.txt"), lines.join("\n")).map_err(file)?;
    }
    Ok(folder)
}

fn folder(test: &str) -> PathBuf {
    project::target().join("e2e").join(test.replace("::", "-"))
}
