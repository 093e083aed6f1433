//! The race of a link, as bytes. It knows the page's scripts, no part of the screen.

use js_sys::Uint8Array;
use racewalk_permalink::Origin;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::neighbours::{self, Interchange};

/// The packed race of this origin; `None`: it could not be had.
pub(super) async fn bytes(origin: Origin) -> Option<Vec<u8>> {
    match origin {
        Origin::Library(id) => {
            let bytes = JsFuture::from(neighbours::race(&id).ok()?).await.ok()?;
            Some(bytes.dyn_into::<Uint8Array>().ok()?.to_vec())
        }
        Origin::Packed(packed) => {
            let module = JsFuture::from(neighbours::interchange().ok()?).await.ok()?;
            let module: Interchange = module.unchecked_into();
            let text = module.unpack(&packed).ok()?;
            module.read(&text).ok()
        }
    }
}
