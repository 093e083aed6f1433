//! The instrument's module, and its worker's, as JavaScript sees them (`frontend/scripts/load.js` calls them).

fn main() {
    #[cfg(target_arch = "wasm32")]
    racewalk_instrument::browser::start();
}

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "only public functions can be exported")]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Shows what the link leads to, by what stands behind its `#`; empty: there is none.
    #[wasm_bindgen]
    pub fn show(link: &str) {
        racewalk_instrument::browser::show(link);
    }
}
