//! The races of the library as the page runs them: packed, without their texts. Each lies beside the module and is
//! fetched when a reader wants it. It knows no screen.

include!(concat!(env!("OUT_DIR"), "/library.rs"));

pub(crate) use here::{fetch, packed};

/// Their ids, in the order in which a reader is shown them.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    IDS.iter().copied()
}

/// The steps of a race that are marked as observed, each with the trace of a real kernel that shows it.
pub(crate) fn observed(race: &str) -> &'static [(&'static str, &'static str)] {
    OBSERVED.iter().find(|it| it.0 == race).map_or(&[], |it| it.1)
}

#[cfg(target_arch = "wasm32")]
mod here {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use js_sys::Uint8Array;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;

    use crate::{interchange, neighbours};

    thread_local! {
        static HERE: RefCell<BTreeMap<String, Vec<u8>>> = const { RefCell::new(BTreeMap::new()) };
    }

    /// The bytes of a race; `None`: there is none of that id, or it was not fetched yet.
    pub(crate) fn packed(id: &str) -> Option<Vec<u8>> {
        let here = HERE.with_borrow(|it| it.get(id).cloned());
        // What reads texts has those of the library.
        here.or_else(|| interchange::read(&interchange::library_text(id)?).ok())
    }

    /// Fetches a race, or says that it could not be had.
    pub(crate) async fn fetch(id: &str) -> Result<(), String> {
        let bytes = match neighbours::race(id) {
            Ok(promise) => JsFuture::from(promise).await.ok(),
            Err(_) => None,
        };
        let bytes: Uint8Array =
            bytes.and_then(|it| it.dyn_into().ok()).ok_or(interchange::ABSENT)?;
        HERE.with_borrow_mut(|it| it.insert(id.to_owned(), bytes.to_vec()));
        Ok(())
    }
}

/// A native build, as for tests, has all of them.
#[cfg(not(target_arch = "wasm32"))]
mod here {
    use crate::interchange;

    pub(crate) fn packed(id: &str) -> Option<Vec<u8>> {
        interchange::read(&interchange::library_text(id)?).ok()
    }

    pub(crate) async fn fetch(_: &str) -> Result<(), String> {
        Ok(())
    }
}
