//! What W3C WebDriver alone does not offer: Chromium does, by its own protocol.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde_json::{Value, json};

use super::Page;
use crate::{Browser, Error, Result};

impl Page {
    /// Gives the window this size, in CSS pixels.
    pub fn set_size(&self, width: u32, height: u32) -> Result {
        if self.browser != Browser::Chromium {
            return self.set_window(width, height);
        }
        // A window of Chromium is never narrower than 500 pixels; this is what a phone shows.
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("set its size", "Emulation.setDeviceMetricsOverride", metrics).map(drop)
    }

    /// Gives the window that size which leaves this one to the page.
    fn set_window(&self, width: u32, height: u32) -> Result {
        let inside = "return [innerWidth, innerHeight];";
        let (mut wide, mut high) = (i64::from(width), i64::from(height));
        for _ in 0..2 {
            let [outer_width, outer_height] =
                [wide, high].map(|it| u32::try_from(it).unwrap_or_default());
            self.run(|session| async move {
                session.set_window_rect(0, 0, outer_width, outer_height).await
            })?;
            let now = self.script(inside, &[])?;
            wide += i64::from(width) - now[0].as_i64().unwrap_or_default();
            high += i64::from(height) - now[1].as_i64().unwrap_or_default();
        }
        if self.script(inside, &[])?[0] == json!(width) {
            return Ok(());
        }
        Err(Error::NotOffered { browser: self.browser, what: "make its window as narrow or wide" })
    }

    /// Has media queries answer so: `[("prefers-color-scheme", "dark")]`.
    pub fn emulate(&self, features: &[(&str, &str)]) -> Result {
        let features: Vec<_> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let media = json!({ "features": features });
        self.devtools("emulate media", "Emulation.setEmulatedMedia", media).map(drop)
    }

    /// Makes the processor as many times slower for the page.
    pub fn throttle(&self, times: u32) -> Result {
        let rate = json!({ "rate": times });
        self.devtools("be slower", "Emulation.setCPUThrottlingRate", rate).map(drop)
    }

    /// Lays a finger on a point of the window, moves it to these others, and lifts it.
    pub fn touch(&self, points: &[(f64, f64)]) -> Result {
        let mut kind = "touchStart";
        for (x, y) in points {
            let event = json!({ "type": kind, "touchPoints": [{ "x": x, "y": y }] });
            self.devtools("be touched", "Input.dispatchTouchEvent", event)?;
            kind = "touchMove";
        }
        let event = json!({ "type": "touchEnd", "touchPoints": [] });
        self.devtools("be let go", "Input.dispatchTouchEvent", event).map(drop)
    }

    /// Runs a script in every page loaded from now on, before the page's own.
    pub fn before_load(&self, script: &str) -> Result {
        // By the site, which has to serve the page for that.
        if self.browser != Browser::Chromium && self.file.is_none() {
            self.site.add_script(script);
            return Ok(());
        }
        let source = json!({ "source": script });
        let method = "Page.addScriptToEvaluateOnNewDocument";
        self.devtools("run a script before the page's own", method, source).map(drop)
    }

    /// Shows the page as it is printed.
    pub fn show_as_printed(&self) -> Result {
        let media = json!({ "media": "print" });
        self.devtools("emulate print", "Emulation.setEmulatedMedia", media).map(drop)
    }

    /// Is as slow from now on as a phone: its network's delay (milliseconds) and speed (bytes a second), and how many
    /// times slower than this machine its processor is.
    pub fn slow_down(&self, delay: f64, speed: f64, times: f64) -> Result {
        let network = json!({
            "offline": false,
            "latency": delay,
            "downloadThroughput": speed,
            "uploadThroughput": speed,
        });
        self.devtools("slow down its network", "Network.enable", json!({}))?;
        self.devtools("slow down its network", "Network.emulateNetworkConditions", network)?;
        let processor = json!({ "rate": times });
        self.devtools("slow down", "Emulation.setCPUThrottlingRate", processor).map(drop)
    }

    /// Forgets all that it keeps of what it has loaded.
    pub fn forget_all(&self) -> Result {
        self.devtools("empty its cache", "Network.clearBrowserCache", json!({})).map(drop)
    }

    /// What the page holds once the garbage is collected: bytes of JavaScript's objects, nodes, listeners of events.
    pub fn held(&self) -> Result<[f64; 3]> {
        self.devtools("tell what it holds", "Performance.enable", json!({}))?;
        self.devtools("collect its garbage", "HeapProfiler.collectGarbage", json!({}))?;
        let found = self.devtools("tell what it holds", "Performance.getMetrics", json!({}))?;
        let figure = |name: &str| {
            let all = found["metrics"].as_array().into_iter().flatten();
            let own = all.filter(|it| it["name"] == name).find_map(|it| it["value"].as_f64());
            own.unwrap_or(f64::NAN)
        };
        Ok(["JSHeapUsedSize", "Nodes", "JSEventListeners"].map(figure))
    }

    /// What the console has said since it was last asked, errors of the policy included.
    pub fn console(&self) -> Result<Vec<String>> {
        self.only_in_chromium("tell its console")?;
        let log = self.run(|session| async move { session.browser_log().await })?;
        Ok(log.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect())
    }

    /// Saves a picture of the whole page as PNG, as high as it is.
    pub fn photograph(&self, path: &Path) -> Result {
        let png = if self.browser == Browser::Chromium {
            // Only so are the parts below the window in the picture.
            let size = self.script(
                "const root = document.documentElement;
                return [root.clientWidth, Math.max(root.scrollHeight, innerHeight)];",
                &[],
            )?;
            let [width, height] = [0, 1].map(|axis| size[axis].as_u64().unwrap_or(0));
            let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
            let wish = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
            let shot = self.devtools("photograph", "Page.captureScreenshot", wish)?;
            let data = shot["data"].as_str().unwrap_or_default();
            BASE64.decode(data).map_err(|_| Error::Timeout {
                what: "a picture".to_owned(),
                seen: "something that is not base64".to_owned(),
            })?
        } else {
            self.run(|session| async move { session.screenshot_as_png().await })?
        };
        fs::write(path, png).map_err(|source| Error::File { path: path.to_owned(), source })
    }

    fn devtools(&self, what: &'static str, method: &str, parameters: Value) -> Result<Value> {
        self.only_in_chromium(what)?;
        let method = method.to_owned();
        self.run(|session| async move { session.cdp().send_raw(&method, parameters).await })
    }

    fn only_in_chromium(&self, what: &'static str) -> Result {
        if self.browser == Browser::Chromium {
            return Ok(());
        }
        Err(Error::NotOffered { browser: self.browser, what })
    }
}
