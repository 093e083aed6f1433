//! What a test sees of the page.

use serde_json::Value;

use super::Page;
use crate::{Error, Result};

/// An element's text as a reader sees it; SVG has no `innerText`.
const TEXT: &str = "const found = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
    return found && (found.innerText ?? found.textContent).replace(/\\s+/g, ' ').trim();";

impl Page {
    /// The text of an element, once there is one, its spaces made single.
    pub fn text(&self, testid: &str) -> Result<String> {
        self.wait_until_some(&format!("`{testid}`"), TEXT, testid)
    }

    /// The races that the reader can choose, by their names.
    pub fn races(&self) -> Result<Vec<String>> {
        let races = "return [...document.querySelectorAll('[data-testid=race] option')].map(it => it.value);";
        let races = self.script(races, &[])?;
        let names = races.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(names.map(str::to_owned).collect())
    }

    /// Waits until the text of an element contains this.
    pub fn wait_text(&self, testid: &str, part: &str) -> Result {
        self.poll(&format!("`{testid}` to say `{part}`"), || {
            let text = self.script(TEXT, &[testid.into()])?;
            let says = text.as_str().is_some_and(|text| text.contains(part));
            Ok(if says { Ok(()) } else { Err(text.to_string()) })
        })
    }

    /// Waits until there is no such element.
    pub fn wait_gone(&self, testid: &str) -> Result {
        self.poll(&format!("`{testid}` to be gone"), || {
            let count = self.count(testid)?;
            Ok(if count == 0 { Ok(()) } else { Err(format!("{count} of it")) })
        })
    }

    /// How many elements of this name there are now.
    pub fn count(&self, testid: &str) -> Result<u64> {
        let count = "return document.querySelectorAll(`[data-testid=\"${arguments[0]}\"]`).length;";
        Ok(self.script(count, &[testid.into()])?.as_u64().unwrap_or(0))
    }

    /// The value of an element's attribute; empty where it has none.
    pub fn attribute(&self, testid: &str, name: &str) -> Result<String> {
        let attribute = "const found = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
            return found && (found.getAttribute(arguments[1]) ?? '');";
        let what = format!("`{testid}`");
        let value = self.wait_until(&what, attribute, &[testid.into(), name.into()])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until an element's attribute has this value.
    pub fn wait_attribute(&self, testid: &str, name: &str, wanted: &str) -> Result {
        self.poll(&format!("`{name}` of `{testid}` to be `{wanted}`"), || {
            let value = self.attribute(testid, name)?;
            Ok(if value == wanted { Ok(()) } else { Err(value) })
        })
    }

    /// The address's hash, as in the address bar.
    pub fn hash(&self) -> Result<String> {
        let hash = self.script("return location.hash;", &[])?;
        Ok(hash.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the address's hash contains this.
    pub fn wait_hash(&self, part: &str) -> Result {
        self.poll(&format!("an address with `{part}`"), || {
            let hash = self.hash()?;
            Ok(if hash.contains(part) { Ok(()) } else { Err(hash) })
        })
    }

    /// Every address that the page has loaded something from, its own included.
    pub fn loaded(&self) -> Result<Vec<String>> {
        let loaded = "return performance.getEntries().filter(({ entryType }) =>
            entryType === 'resource' || entryType === 'navigation')
            // Firefox has no name for a file.
            .map(({ name }) => name === 'document' ? document.URL : name);";
        let loaded = self.script(loaded, &[])?;
        let names = loaded.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(names.map(str::to_owned).collect())
    }

    /// Whether the page is wider than its window, so that a reader must scroll sideways.
    pub fn scrolls_sideways(&self) -> Result<bool> {
        let wide = "const root = document.documentElement;
            return root.scrollWidth > root.clientWidth;";
        Ok(self.script(wide, &[])?.as_bool().unwrap_or(false))
    }

    fn wait_until_some(&self, what: &str, script: &str, testid: &str) -> Result<String> {
        let value = self.wait_until(what, script, &[testid.into()])?;
        let text = value.as_str().map(str::to_owned);
        text.ok_or_else(|| Error::Timeout { what: what.to_owned(), seen: value.to_string() })
    }
}
