//! The built page in a real browser, as a test or a camera drives it.
//!
//! A test is a function that visits the page. Whatever it waits for has a deadline, so no test
//! sleeps; where one fails, a picture of the page and its console are kept in
//! `target/e2e/<test>/`. Elements are named by their `data-testid`.
//!
//! ```no_run
//! use racewalk_e2e::visit;
//!
//! visit("#/race/memunmap?kill_gp=off", |page| {
//!     page.set_size(360, 800)?;
//!     page.emulate(&[("prefers-color-scheme", "dark"), ("prefers-reduced-motion", "reduce")])?;
//!     page.wait_text("verdict", "violated")?;
//!     page.click("shortest-failure")?;
//!     page.press("ArrowRight")?;
//!     assert_eq!(page.text("steps-taken")?, "1");
//!     page.wait_hash("at=1")
//! });
//! ```
//!
//! `cargo xtask test` builds the page and runs them all; `RACEWALK_BROWSER=firefox` or `webkit`
//! drives another browser, as `cargo xtask test --all-browsers` does. A test that asks of a browser
//! what it cannot be driven to do is skipped there, and says why.

pub mod browser;
mod display;
mod driver;
mod error;
mod evidence;
mod fonts;
mod keys;
pub mod monkey;
pub mod page;
pub mod policy;
mod visit;
pub mod watch;

pub use browser::Browser;
pub use error::{Error, ended};
pub use page::Page;
pub use visit::{visit, with_page};

/// What a test, and each helper, returns.
pub type Result<T = ()> = std::result::Result<T, Error>;
