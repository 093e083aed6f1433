//! What has to be loaded before a link can be opened: a race of the library, or the module that reads a reader's
//! own. It knows no screen.

use crate::permalink::{Link, Origin};
use crate::{interchange, library};

/// Whether a link can be opened at once; `None` is the first race of the library.
pub(crate) fn is_here(link: Option<&Link>) -> bool {
    match link.map(|it| &it.origin) {
        Some(Origin::Packed(_)) => interchange::is_ready(),
        _ => library::packed(race(link)).is_some(),
    }
}

/// Loads what a link needs, or says that it could not be had.
pub(crate) async fn load(link: Option<&Link>) -> Result<(), String> {
    match link.map(|it| &it.origin) {
        Some(Origin::Packed(_)) => interchange::load().await,
        _ => library::fetch(race(link)).await,
    }
}

/// The race that a link shows: where there is none of its name, the first.
fn race(link: Option<&Link>) -> &'static str {
    let known = |wanted: &str| library::ids().find(|it| *it == wanted);
    match link.map(|it| &it.origin) {
        Some(Origin::Library(wanted)) => known(wanted),
        _ => None,
    }
    .or_else(|| library::ids().next())
    .unwrap_or_default()
}
