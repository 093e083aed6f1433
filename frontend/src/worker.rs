//! The worker: how the page gets one, and what it does once it runs.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{DedicatedWorkerGlobalScope, Worker, WorkerOptions, WorkerType};

/// What a worker says first. Files carry no hash, so a page may meet a worker of another release.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[wasm_bindgen]
extern "C" {
    /// The address of this module's JavaScript, beside which the worker's script lies.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static HERE: String;
}

/// Starts a worker on the page's own compiled module, so that nothing is loaded twice.
///
/// `None` where the browser allows no worker: the page explores in slices on its own thread then.
/// A worker that cannot start tells so by an `error` event; one that has, by sending [`VERSION`].
pub(crate) fn start() -> Option<Worker> {
    let script = HERE.with(|here| web_sys::Url::new_with_base("race-walk.js", here)).ok()?.href();
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&script, &options).ok()?;
    worker.post_message(&wasm_bindgen::module()).ok()?;
    Some(worker)
}

/// Runs in the worker.
pub(crate) fn serve(scope: &DedicatedWorkerGlobalScope) {
    crate::desk::open(scope);
    // Nobody is left to tell when the page is gone.
    drop(scope.post_message(&JsValue::from_str(VERSION)));
}
