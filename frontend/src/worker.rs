//! The worker: how the page gets one, and what it does once it runs.

use wasm_bindgen::JsValue;
use web_sys::{DedicatedWorkerGlobalScope, Worker};

use crate::neighbours;

/// What a worker says first. Files carry no hash, so a page may meet a worker of another release.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Starts a worker on the page's own compiled module, so that nothing is loaded twice.
///
/// `None` where the browser allows no worker: the page explores in slices on its own thread then.
/// A worker that cannot start tells so by an `error` event; one that has, by sending [`VERSION`].
pub(crate) fn start() -> Option<Worker> {
    neighbours::worker(&wasm_bindgen::module())
}

/// Runs in the worker.
pub(crate) fn serve(scope: &DedicatedWorkerGlobalScope) {
    crate::desk::open(scope);
    // Nobody is left to tell when the page is gone.
    drop(scope.post_message(&JsValue::from_str(VERSION)));
}
