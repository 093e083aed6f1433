//! A monkey: it presses, drags, types and pastes in the page at random, the same again for the same seed. It tells what it
//! did and what was thrown; what that means, a test or a program says.

use serde_json::{Value, json};

use crate::watch::philosophers;
use crate::{Page, Result};

/// Keeps what is thrown, and the wasm memories of the page's own thread. Links to elsewhere lead nowhere, and neither
/// files nor pictures are taken away: a monkey would fill the disk.
const BEFORE: &str = r#"
    const monkey = { thrown: [], memories: [] };
    globalThis.monkey = monkey;
    addEventListener("error", event => monkey.thrown.push(`error: ${event.message} ${event.error?.stack ?? ""}`));
    addEventListener("unhandledrejection", event => monkey.thrown.push(`unhandled: ${event.reason}`));
    addEventListener("click", event => {
        const link = event.target.closest?.("a");
        if (link && (link.target === "_blank" || link.hasAttribute("download"))) event.preventDefault();
    }, true);
    HTMLAnchorElement.prototype.click = function () {
        if (!this.hasAttribute("download")) HTMLElement.prototype.click.call(this);
    };
    for (const name of ["instantiate", "instantiateStreaming"]) {
        const given = WebAssembly[name];
        WebAssembly[name] = async (...all) => {
            const made = await given.apply(WebAssembly, all);
            const exported = Object.values((made.instance ?? made).exports ?? {});
            monkey.memories.push(...exported.filter(it => it instanceof WebAssembly.Memory));
            return made;
        };
    }
"#;
const ROUND: &str = include_str!("monkey.js");
/// Megabytes of the page's wasm memories.
const WASM: &str =
    "return monkey.memories.reduce((sum, it) => sum + it.buffer.byteLength, 0) / 1048576;";

/// What came of a round.
#[derive(Debug)]
pub struct Round {
    /// What it did, in order; after what was thrown it did nothing more.
    pub did: Vec<String>,
    /// Whatever was thrown and caught by nobody.
    pub thrown: Vec<String>,
}

/// What the page holds, once what nobody holds any more is gone.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// Megabytes of JavaScript's objects.
    pub heap: f64,
    /// Megabytes of the wasm memories of the page's thread, which never shrink.
    pub wasm: f64,
    /// Nodes of documents, those that only a script holds included.
    pub nodes: f64,
    /// Listeners of events.
    pub listeners: f64,
}

/// Lets the monkey at the page.
///
/// # Errors
///
/// Where the browser cannot be driven.
pub fn arrive(page: &Page) -> Result {
    page.before_load(BEFORE)?;
    page.open("#/race/memunmap")?;
    let tables = ["CPU0  CPU1\n----  ----\nW1\n      M1", "not a race", ""].map(str::to_owned);
    let broken = format!("{}\nactor", philosophers(2));
    let pastes: Vec<String> = tables.into_iter().chain([philosophers(3), broken]).collect();
    page.script("monkey.pastes = arguments[0];", &[json!(pastes)]).map(drop)
}

/// So many actions; a driver allows a script half a minute.
///
/// # Errors
///
/// Where the browser cannot be driven, or the page does not answer.
pub fn play(page: &Page, seed: u32, actions: u32) -> Result<Round> {
    let round = page.script(ROUND, &[json!(seed), json!(actions)])?;
    Ok(Round { did: texts(&round["did"]), thrown: texts(&round["thrown"]) })
}

/// What the page holds, at one and the same race, at rest.
///
/// # Errors
///
/// As [`crate::Error::NotOffered`] in another browser than Chromium; or where it cannot be driven.
pub fn holding(page: &Page) -> Result<Holding> {
    page.follow("#/race/memunmap")?;
    page.wait_text("verdict", "safe")?;
    page.reach_instrument()?;
    page.wait_text("ahead", "complete schedule")?;
    let [heap, nodes, listeners] = page.held()?;
    let wasm = page.script(WASM, &[])?.as_f64().unwrap_or(f64::NAN);
    Ok(Holding { heap: heap / 1_048_576.0, wasm, nodes, listeners })
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
