//! The module's functions as JavaScript sees them (`frontend/src/interchange.rs` calls them).

#[cfg(target_arch = "wasm32")]
mod save;

fn main() {}

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "only public functions can be exported")]
mod exports {
    use racewalk_interchange::flat;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Files carry no hash, so a page may meet a module of another release.
    #[wasm_bindgen]
    #[must_use]
    pub fn version() -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }

    /// See [`racewalk_interchange::read`].
    #[wasm_bindgen]
    pub fn read(text: &str) -> Result<Vec<u8>, String> {
        racewalk_interchange::read(text)
    }

    /// See [`flat::mistakes`].
    #[wasm_bindgen]
    #[must_use]
    pub fn mistakes(text: &str, knobs: Vec<String>) -> String {
        flat::mistakes(text, &knobs)
    }

    /// See [`racewalk_interchange::library_text`].
    #[wasm_bindgen(js_name = libraryText)]
    #[must_use]
    pub fn library_text(id: &str) -> Option<String> {
        racewalk_interchange::library_text(id).map(str::to_owned)
    }

    /// See [`racewalk_interchange::pack`].
    #[wasm_bindgen]
    #[must_use]
    pub fn pack(text: &str) -> Option<String> {
        racewalk_interchange::pack(text)
    }

    /// See [`racewalk_interchange::unpack`].
    #[wasm_bindgen]
    pub fn unpack(packed: &str) -> Result<String, String> {
        racewalk_interchange::unpack(packed)
    }

    /// See [`flat::mail`].
    #[wasm_bindgen]
    pub fn mail(place: Vec<String>) -> Result<String, String> {
        flat::mail(&place)
    }

    /// See [`flat::offers`].
    #[wasm_bindgen]
    #[must_use]
    pub fn offers(
        place: Vec<String>,
        theme: &str,
        steps: Option<String>,
        embed: bool,
    ) -> Vec<String> {
        flat::offers(&place, theme, steps.as_deref(), embed)
    }

    /// See [`flat::table`].
    #[wasm_bindgen]
    #[must_use]
    pub fn table(place: Vec<String>, text: &str) -> Vec<String> {
        flat::table(&place, text)
    }

    /// See [`flat::promise`].
    #[wasm_bindgen]
    #[must_use]
    pub fn promise(place: Vec<String>, model: Option<String>, expect: Option<String>) -> String {
        flat::promise(&place, model.as_deref(), expect.as_deref())
    }
}
