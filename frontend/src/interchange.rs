//! The module for what a reader brings in and takes away, loaded when one does. It knows no race and no screen.
//!
//! What it does is in `racewalk-interchange`; a native build, as for tests, calls that crate itself.

pub(crate) use module::{
    is_ready, library_text, load, mail, mistakes, offers, pack, promise, read, save, unpack,
};

/// Why nothing can be read.
pub(crate) const ABSENT: &str =
    "A part of Racewalk could not be loaded. Nothing is lost: try again, or reload the page.";

/// What could be read of a table that was pasted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Table {
    /// The library's race that it names; empty: the one that is open.
    pub(crate) race: String,
    /// The code of the steps that could be matched.
    pub(crate) code: String,
    /// What is wrong with the rest; empty: nothing.
    pub(crate) report: String,
    /// The knobs that are turned: `kill_gp=off`.
    pub(crate) knobs: Vec<String>,
}

/// Reads a table; `None`: the text is none. What is open is told as a place (see `place`).
pub(crate) fn table(place: Vec<String>, text: &str) -> Option<Table> {
    let mut row = module::table(place, text).into_iter();
    let (race, code, report) = (row.next()?, row.next()?, row.next()?);
    Some(Table { race, code, report, knobs: row.collect() })
}

#[cfg(target_arch = "wasm32")]
mod module {
    use std::cell::OnceCell;

    use js_sys::Promise;
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use super::ABSENT;
    use crate::neighbours;
    use crate::worker::VERSION;

    #[wasm_bindgen]
    extern "C" {
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
        #[wasm_bindgen(method, catch)]
        fn mail(this: &Module, place: Vec<String>) -> Result<String, JsValue>;
        #[wasm_bindgen(method)]
        fn offers(
            this: &Module,
            place: Vec<String>,
            theme: &str,
            steps: Option<String>,
            embed: bool,
        ) -> Vec<String>;
        #[wasm_bindgen(method)]
        fn table(this: &Module, place: Vec<String>, text: &str) -> Vec<String>;
        #[wasm_bindgen(method)]
        fn promise(
            this: &Module,
            place: Vec<String>,
            model: Option<String>,
            expect: Option<String>,
        ) -> String;
        #[wasm_bindgen(method)]
        fn save(this: &Module, name: &str, text: &str) -> Promise;
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
        let module: Option<Module> = match neighbours::interchange() {
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

    /// The text for a mail.
    pub(crate) fn mail(place: Vec<String>) -> Result<String, String> {
        with(|it| it.mail(place).map_err(said)).unwrap_or_else(|| Err(ABSENT.to_owned()))
    }

    /// What can be taken away, or `embed`ded in other documents, as a row of texts.
    pub(crate) fn offers(
        place: Vec<String>,
        theme: &str,
        steps: Option<String>,
        embed: bool,
    ) -> Vec<String> {
        with(|it| it.offers(place, theme, steps, embed)).unwrap_or_default()
    }

    pub(super) fn table(place: Vec<String>, text: &str) -> Vec<String> {
        with(|it| it.table(place, text)).unwrap_or_default()
    }

    /// What became of what a link promised, in sentences.
    pub(crate) fn promise(
        place: Vec<String>,
        model: Option<String>,
        expect: Option<String>,
    ) -> String {
        with(|it| it.promise(place, model, expect)).unwrap_or_default()
    }

    /// Saves a text as a file of that name; whether it could.
    pub(crate) async fn save(name: &str, text: &str) -> bool {
        match with(|it| it.save(name, text)) {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        }
    }

    fn said(error: JsValue) -> String {
        error.as_string().unwrap_or_else(|| ABSENT.to_owned())
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod module {
    use racewalk_interchange::flat;
    pub(crate) use racewalk_interchange::{pack, read, unpack};

    /// It is always there.
    pub(crate) async fn load() -> Result<(), String> {
        Ok(())
    }

    pub(crate) fn is_ready() -> bool {
        true
    }

    pub(crate) fn mistakes(text: &str, knobs: Vec<String>) -> String {
        flat::mistakes(text, &knobs)
    }

    pub(crate) fn library_text(id: &str) -> Option<String> {
        racewalk_interchange::library_text(id).map(str::to_owned)
    }

    pub(crate) fn mail(place: Vec<String>) -> Result<String, String> {
        flat::mail(&place)
    }

    pub(crate) fn offers(
        place: Vec<String>,
        theme: &str,
        steps: Option<String>,
        embed: bool,
    ) -> Vec<String> {
        flat::offers(&place, theme, steps.as_deref(), embed)
    }

    pub(super) fn table(place: Vec<String>, text: &str) -> Vec<String> {
        flat::table(&place, text)
    }

    pub(crate) fn promise(
        place: Vec<String>,
        model: Option<String>,
        expect: Option<String>,
    ) -> String {
        flat::promise(&place, model.as_deref(), expect.as_deref())
    }

    /// Nothing but a browser saves files.
    pub(crate) async fn save(_: &str, _: &str) -> bool {
        false
    }
}
