//! `cargo xtask screenshots`: builds the page and has the browser tests' own camera photograph it.

use crate::run::{cargo, run};
use crate::{Result, browser, dist};

/// Photographs the built page: `cargo xtask screenshots`.
pub fn screenshots(arguments: &[String]) -> Result {
    dist::build()?;
    browser::ensure()?;
    let camera = ["run", "--quiet", "--package", "racewalk-e2e", "--bin", "screenshots", "--"];
    run(cargo().args(camera).args(arguments))
}
