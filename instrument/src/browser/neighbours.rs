//! What the page's scripts give: a worker, races, the module that reads texts (`frontend/scripts/load.js`).

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Worker;

#[wasm_bindgen(js_namespace = racewalk)]
extern "C" {
    /// Starts a worker on this module, as it is compiled; `None` where the browser allows no worker.
    pub(super) fn worker(module: &JsValue, name: &str) -> Option<Worker>;
    /// The bytes of a race of the library.
    #[wasm_bindgen(catch)]
    pub(super) fn race(id: &str) -> Result<Promise, JsValue>;
    /// The module that reads texts of races.
    #[wasm_bindgen(catch)]
    pub(super) fn interchange() -> Result<Promise, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// That module.
    pub(super) type Interchange;
    /// The text that a link holds.
    #[wasm_bindgen(method, catch)]
    pub(super) fn unpack(this: &Interchange, packed: &str) -> Result<String, JsValue>;
    /// The packed race of a text.
    #[wasm_bindgen(method, catch)]
    pub(super) fn read(this: &Interchange, text: &str) -> Result<Vec<u8>, JsValue>;
}
