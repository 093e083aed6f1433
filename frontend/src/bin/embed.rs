//! The module of the `<race-walk>` element, and of its worker: what `race-walk.js` calls.

fn main() {
    racewalk_frontend::element();
}

#[cfg(target_arch = "wasm32")]
mod exports {
    use racewalk_frontend::{Handle, embed};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;
    use web_sys::{HtmlElement, ShadowRoot};

    /// What fills an element; freed when the element leaves its document.
    #[wasm_bindgen]
    pub struct Filled(Handle);

    #[wasm_bindgen]
    impl Filled {
        /// Fills the shadow root of an element.
        #[wasm_bindgen(constructor)]
        pub fn new(host: HtmlElement, root: &ShadowRoot) -> Result<Filled, JsValue> {
            embed(host, root).map(Self)
        }

        /// An attribute has changed.
        pub fn changed(&self) {
            self.0.changed();
        }

        /// Stand after so many steps.
        pub fn seek(&self, at: usize) {
            self.0.seek(at);
        }

        /// So many steps on, or back where it is negative.
        pub fn step(&self, by: i32) {
            self.0.step(by);
        }

        /// Play, or pause.
        pub fn play(&self, on: bool) {
            self.0.play(on);
        }
    }
}
