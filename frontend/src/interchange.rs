//! The module for what a reader brings in and takes away, loaded when one does. It knows no race and no screen.
//!
//! What it does is in `racewalk-interchange`; a native build, as for tests, calls that crate itself.

pub(crate) use module::{is_ready, library_text, load, mistakes, pack, read, unpack};

use crate::permalink::{Link, Origin};

/// Whether a link cannot be opened before the module is loaded.
pub(crate) fn wanted_by(link: Option<&Link>) -> bool {
    !is_ready() && link.is_some_and(|it| matches!(it.origin, Origin::Packed(_)))
}

/// Why nothing can be read.
pub(crate) const ABSENT: &str = "The part of Racewalk that reads races could not be loaded. Nothing is lost: try again, \
                      or reload the page.";

#[cfg(target_arch = "wasm32")]
mod module {
    use std::cell::OnceCell;

    use js_sys::Promise;
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use super::ABSENT;
    use crate::worker::VERSION;

    #[wasm_bindgen]
    extern "C" {
        /// Loads the module; `race-walk.js` defines it, since only a script knows where its neighbours lie.
        #[wasm_bindgen(catch, js_name = loadRacewalkInterchange)]
        fn fetch() -> Result<Promise, JsValue>;

        type Module;
        #[wasm_bindgen(method)]
        fn version(this: &Module) -> String;
        #[wasm_bindgen(method, catch)]
        fn read(this: &Module, text: &str) -> Result<Vec<u8>, JsValue>;
        #[wasm_bindgen(method)]
        fn mistakes(this: &Module, text: &str, knobs: Vec<String>) -> String;
        #[wasm_bindgen(method, js_name = libraryText)]
        fn library_text(this: &Module, id: &str) -> Option<String>;
        #[wasm_bindgen(method)]
        fn pack(this: &Module, text: &str) -> Option<String>;
        #[wasm_bindgen(method, catch)]
        fn unpack(this: &Module, packed: &str) -> Result<String, JsValue>;
    }

    thread_local! {
        static MODULE: OnceCell<Module> = const { OnceCell::new() };
    }

    fn with<T>(call: impl FnOnce(&Module) -> T) -> Option<T> {
        MODULE.with(|it| it.get().map(call))
    }

    /// Loads the module, unless it is there.
    pub(crate) async fn load() -> Result<(), String> {
        if is_ready() {
            return Ok(());
        }
        let module: Option<Module> = match fetch() {
            Ok(promise) => JsFuture::from(promise).await.ok().map(JsCast::unchecked_into),
            Err(_) => None,
        };
        let module = module.filter(|it| it.version() == VERSION).ok_or(ABSENT)?;
        // Somebody else may have been faster; the two are the same.
        MODULE.with(|it| drop(it.set(module)));
        Ok(())
    }

    pub(crate) fn is_ready() -> bool {
        with(|_| ()).is_some()
    }

    pub(crate) fn read(text: &str) -> Result<Vec<u8>, String> {
        with(|it| it.read(text).map_err(said)).unwrap_or_else(|| Err(ABSENT.to_owned()))
    }

    pub(crate) fn mistakes(text: &str, knobs: Vec<String>) -> String {
        with(|it| it.mistakes(text, knobs)).unwrap_or_else(|| ABSENT.to_owned())
    }

    pub(crate) fn library_text(id: &str) -> Option<String> {
        with(|it| it.library_text(id)).flatten()
    }

    pub(crate) fn pack(text: &str) -> Option<String> {
        with(|it| it.pack(text)).flatten()
    }

    pub(crate) fn unpack(packed: &str) -> Result<String, String> {
        with(|it| it.unpack(packed).map_err(said)).unwrap_or_else(|| Err(ABSENT.to_owned()))
    }

    fn said(error: JsValue) -> String {
        error.as_string().unwrap_or_else(|| ABSENT.to_owned())
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod module {
    pub(crate) use racewalk_interchange::{pack, read, unpack};

    /// It is always there.
    pub(crate) async fn load() -> Result<(), String> {
        Ok(())
    }

    pub(crate) fn is_ready() -> bool {
        true
    }

    pub(crate) fn mistakes(text: &str, knobs: Vec<String>) -> String {
        let pairs = knobs.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str()));
        racewalk_interchange::mistakes(text, pairs)
    }

    pub(crate) fn library_text(id: &str) -> Option<String> {
        racewalk_interchange::library_text(id).map(str::to_owned)
    }
}
