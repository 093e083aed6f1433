//! Files out of the page: a text as it is, or a picture drawn from its SVG. It knows what a browser does with both, and nothing of what is in them.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Document, HtmlAnchorElement,
    HtmlCanvasElement, HtmlImageElement, Url, window,
};

/// How many pixels of a PNG stand for one of its SVG.
const SCALE: u32 = 2;

/// Saves a text under a name; what the name ends in says as what. A `.png` is drawn from the text of an
/// SVG.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "only public functions can be exported")]
pub async fn save(name: String, text: String) -> Result<(), JsValue> {
    let document = window().and_then(|it| it.document()).ok_or("no document")?;
    let blob = match name.rsplit('.').next() {
        Some("png") => draw(&document, &text).await?,
        Some("svg") => blob(&text, "image/svg+xml")?,
        Some("json") => blob(&text, "application/json")?,
        _ => blob(&text, "text/plain;charset=utf-8")?,
    };
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(&name);
    link.click();
    // Not at once: some browsers read it only after the click is over.
    let forget = Closure::once_into_js(move || drop(Url::revoke_object_url(&address)));
    let later = window().ok_or("no window")?;
    later.set_timeout_with_callback_and_timeout_and_arguments_0(forget.unchecked_ref(), 60_000)?;
    Ok(())
}

fn blob(text: &str, kind: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)
}

/// A PNG of an SVG. The policy of the page lets a picture come from a `data:` address only.
async fn draw(document: &Document, svg: &str) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    let encoded = String::from(js_sys::encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
    JsFuture::from(image.decode()).await?;
    let (width, height) = (image.natural_width() * SCALE, image.natural_height() * SCALE);
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let paper = canvas.get_context("2d")?.ok_or("no canvas")?;
    let paper: CanvasRenderingContext2d = paper.unchecked_into();
    let (wide, high) = (f64::from(width), f64::from(height));
    paper.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, wide, high)?;
    let drawn = Promise::new(&mut |done, failed| {
        let done =
            Closure::once_into_js(move |blob: JsValue| drop(done.call1(&JsValue::NULL, &blob)));
        if let Err(error) = canvas.to_blob(done.unchecked_ref()) {
            drop(failed.call1(&JsValue::NULL, &error));
        }
    });
    // A canvas that is too large for the browser gives nothing.
    JsFuture::from(drawn).await?.dyn_into().map_err(|_| "no picture".into())
}
