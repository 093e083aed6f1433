//! `cargo xtask bench`, its last part: elements in somebody else's page, on a phone. How long a reader waits for the
//! first, and how much memory ten of them take.

#![expect(clippy::print_stdout, reason = "printing the figures is what it is for")]

use std::process::ExitCode;

use racewalk_e2e::{Error, Page, Result, ended};
use serde_json::Value;

/// Lighthouse's mobile profile: milliseconds, bytes a second (1.6 Mbit), and how many times slower.
const PHONE: (f64, f64, f64) = (150.0, 1.6e6 / 8.0, 4.0);
const ROUNDS: usize = 5;

/// As a document has it: a head, text, the element with a fallback.
const ONE: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>A document</title>
    <meta name=viewport content='width=device-width'>
    <script type=module src=race-walk.js></script>
    <p>What happens when the memmap goes away:</p>
    <race-walk race=memunmap set='kill_gp=off' schedule=w2m3h7w at=13><p>It breaks.</p></race-walk>";

/// When the fallback was painted and when the element was there, in milliseconds from the start.
const READY: &str = "const ready = performance.getEntriesByName('racewalk-ready')[0];
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    return ready && painted && [painted.startTime, ready.startTime];";

/// What page and worker take but for wasm memories, in bytes: a browser does not count those.
const HEAPS: &str =
    "return performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes);";

/// Has page and worker tell how much their wasm memories take, when they are asked on a channel.
const TELL: &str = "const tell = () => {
        const memories = [];
        for (const name of ['instantiate', 'instantiateStreaming']) {
            const make = WebAssembly[name];
            WebAssembly[name] = async (...all) => {
                const made = await make.apply(WebAssembly, all);
                const held = Object.values((made.instance ?? made).exports);
                memories.push(...held.filter(it => it instanceof WebAssembly.Memory));
                return made;
            };
        }
        const channel = new BroadcastChannel('memory');
        channel.onmessage = ({ data }) => {
            if (data === 'ask') channel.postMessage(memories.map(it => it.buffer.byteLength));
        };
    };
    tell();
    const Given = Worker;
    globalThis.Worker = function (script, options) {
        const text = `(${tell})();import ${JSON.stringify(String(script))};`;
        const blob = new Blob([text], { type: 'text/javascript' });
        return new Given(URL.createObjectURL(blob), options);
    };
    const ear = new BroadcastChannel('memory');
    globalThis.told = [];
    ear.onmessage = ({ data }) => { if (data !== 'ask') told.push(data); };
    globalThis.ask = () => { told.length = 0; ear.postMessage('ask'); };";

fn main() -> ExitCode {
    ended(measure())
}

fn measure() -> Result {
    println!(
        "An element in a document, on a phone (150 ms, 1.6 Mbit/s, a processor 4 times slower), from a cold cache:"
    );
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(on_a_phone()?);
    }
    for (index, what) in ["its fallback is painted", "`racewalk-ready`"].iter().enumerate() {
        let mut times: Vec<f64> = rounds.iter().map(|it| it[index]).collect();
        times.sort_by(f64::total_cmp);
        println!(
            "{what:>24}: median {:.0} ms of {ROUNDS}, from {:.0} to {:.0}",
            times[ROUNDS / 2],
            times[0],
            times[ROUNDS - 1]
        );
    }
    let (heaps, memories) = memory(10)?;
    println!(
        "Ten elements on one page, each at its verdict: {:.1} MB, of which wasm memories {:.1} MB ({}).",
        (heaps + memories.iter().sum::<f64>()) / 1e6,
        memories.iter().sum::<f64>() / 1e6,
        memories.iter().map(|it| format!("{:.1}", it / 1e6)).collect::<Vec<_>>().join(" and ")
    );
    Ok(())
}

fn on_a_phone() -> Result<[f64; 2]> {
    let page = Page::start_measured()?;
    page.serve("one.html", ONE, "");
    // Compresses what is not compressed yet.
    page.load("one.html")?;
    page.wait_until("an element", READY, &[])?;
    page.forget_all()?;
    let (delay, speed, times) = PHONE;
    page.slow_down(delay, speed, times)?;
    page.load("one.html")?;
    let [painted, ready] = [0, 1].map(|index| move |it: &Value| it[index].as_f64());
    let times = page.wait_until("an element", READY, &[])?;
    let seen = || Error::Timeout { what: "two times".to_owned(), seen: times.to_string() };
    Ok([painted(&times).ok_or_else(seen)?, ready(&times).ok_or_else(seen)?])
}

/// What a page with so many elements takes, in bytes: heaps, and each wasm memory.
fn memory(elements: usize) -> Result<(f64, Vec<f64>)> {
    let page = Page::start_measured()?;
    page.before_load(TELL)?;
    let races = ["memunmap", "ram-unplug", "reclaim", "thp-split"];
    let each =
        |index: usize| format!("<race-walk race={} at=3></race-walk>", races[index % races.len()]);
    let all: String = (0..elements).map(each).collect();
    let html = format!(
        "<!doctype html><meta charset=utf-8><title>t</title><script type=module src=race-walk.js></script>
        <script>var verdicts = 0; addEventListener('verdict', () => verdicts++);</script>{all}"
    );
    page.serve("ten.html", &html, "");
    page.load("ten.html")?;
    for index in 0..elements {
        let show = "document.querySelectorAll('race-walk')[arguments[0]].scrollIntoView();";
        page.script(show, &[index.into()])?;
        page.wait_until("a verdict", "return verdicts > arguments[0];", &[index.into()])?;
    }
    let seen = |what: &str, value: &Value| Error::Timeout {
        what: what.to_owned(),
        seen: value.to_string(),
    };
    page.script("ask();", &[])?;
    // Page and worker.
    let told = page.wait_until("both memories", "return told.length === 2 && told.flat();", &[])?;
    let memories: Vec<f64> =
        told.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    if memories.len() != 2 {
        return Err(seen("both memories", &told));
    }
    let heaps = page.script(HEAPS, &[])?;
    Ok((heaps.as_f64().ok_or_else(|| seen("the heaps", &heaps))?, memories))
}
