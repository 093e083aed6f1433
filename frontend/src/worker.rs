//! The worker: how the page gets one, and what it does once it runs.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{
    Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, Worker, WorkerOptions, WorkerType,
};

/// What a worker says first. Files carry no hash, so a page may meet a worker of another release.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[wasm_bindgen]
extern "C" {
    /// The address of this module's JavaScript, beside which the worker's script lies.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static HERE: String;
}

/// The address of a file that lies beside this module.
pub(crate) fn beside(name: &str) -> String {
    let address = HERE.with(|here| web_sys::Url::new_with_base(name, here));
    address.map_or_else(|_| name.to_owned(), |it| it.href())
}

/// Starts a worker on the page's own compiled module, so that nothing is loaded twice.
///
/// `None` where the browser allows no worker: the page explores in slices on its own thread then.
/// A worker that cannot start tells so by an `error` event; one that has, by sending [`VERSION`].
pub(crate) fn start() -> Option<Worker> {
    let script = beside("worker.js");
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    // The script learns from it which module's worker it is.
    options.set_name(&HERE.with(|here| here.rsplit('/').next().unwrap_or_default().to_owned()));
    let worker = Worker::new_with_options(&script, &options).or_else(|_| {
        // A script of another origin may not be a worker, but a worker may import it.
        let import = Array::of(&[JsValue::from_str(&["import \"", &script, "\";"].concat())]);
        let properties = BlobPropertyBag::new();
        properties.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&import, &properties)?;
        Worker::new_with_options(&web_sys::Url::create_object_url_with_blob(&blob)?, &options)
    });
    let worker = worker.ok()?;
    worker.post_message(&wasm_bindgen::module()).ok()?;
    Some(worker)
}

/// Runs in the worker.
pub(crate) fn serve(scope: &DedicatedWorkerGlobalScope) {
    crate::desk::open(scope);
    // Nobody is left to tell when the page is gone.
    drop(scope.post_message(&JsValue::from_str(VERSION)));
}
