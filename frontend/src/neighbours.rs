//! What lies beside this module: its worker, the interchange, the instrument, races, traces of real kernels, the page. Only the scripts that
//! started it know where (`load.js`, or in the single file `single-file.js`), so they are asked.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Worker;

#[wasm_bindgen(js_namespace = racewalk)]
extern "C" {
    /// Starts a worker on this module as it is compiled; `None` where the browser allows no worker.
    pub(crate) fn worker(module: &JsValue) -> Option<Worker>;
    /// Loads the module of what a reader brings in and takes away.
    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen(catch)]
    pub(crate) fn interchange() -> Result<Promise, JsValue>;
    /// Tells the instrument where the reader is, by what stands behind `#` in the link to there; empty: there is none.
    pub(crate) fn show(link: &str);
    /// The bytes of a race of the library, by its id.
    #[cfg(target_arch = "wasm32")]
    #[wasm_bindgen(catch)]
    pub(crate) fn race(id: &str) -> Result<Promise, JsValue>;
    /// The text of a trace, by its file's name.
    #[wasm_bindgen(catch)]
    pub(crate) fn trace(file: &str) -> Result<Promise, JsValue>;
    /// The address of the page.
    pub(crate) fn page() -> String;
}
