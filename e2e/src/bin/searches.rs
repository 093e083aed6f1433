//! `cargo xtask bench`, one of its parts: searches in the built page's worker. How fast a large one is beside SPIN's
//! native one, how smoothly the page moves meanwhile, and how soon a worker answers a small one.

#![expect(clippy::print_stdout, reason = "printing the figures is what it is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use racewalk_e2e::watch::{QUESTION, WATCH};
use racewalk_e2e::{Error, Page, Result, ended};
use racewalk_xtask::{pan::Pan, project};
use serde_json::{Value, json};

/// Searches in the built page's worker.
#[derive(Parser)]
#[command(name = "searches")]
struct Arguments {
    /// Search this race once, and tell what the page says in the end; nothing else
    #[arg(long, value_name = "FILE")]
    race: Option<PathBuf>,
}

/// The models in `engine/benches/models` that a reader pastes, of one word and of two.
const MODELS: [&str; 2] = ["peterson5", "philosophers10"];
const ROUNDS: usize = 3;
/// How long a search may take, on a machine that does other things, too.
const PATIENCE: Duration = Duration::from_secs(300);

/// Keeps in `frames` when each frame begins, and in `tasks` the page's own work that took more than 50 ms.
const FRAMES: &str = "globalThis.frames = [];
    globalThis.tasks = [];
    const observer = new PerformanceObserver(list => tasks.push(...list.getEntries()));
    observer.observe({ type: 'longtask' });
    const frame = at => { frames.push(at); requestAnimationFrame(frame); };
    requestAnimationFrame(frame);";

/// What is known once there is an answer: when it was asked, when answered; of the last news, when and how many
/// states; how often there were news; the times between frames from the first news on, and before, while the page opens
/// the race; the page's own long work from the first news on.
const SEEN: &str = "const [asked] = watch.said.filter(it => it.kind === 'e').slice(-1);
    const said = watch.said.filter(it => it.at > asked.at);
    const answered = said.find(it => it.kind === 'a');
    if (!answered) return null;
    const news = said.filter(it => it.kind === 'p');
    const last = news[news.length - 1];
    const between = (from, to) => {
        const within = frames.filter(it => it >= from && it <= to);
        return within.slice(1).map((it, before) => it - within[before]);
    };
    const gaps = between(news[0].at, answered.at);
    const opening = between(asked.at - 50, news[0].at + 50);
    const long = tasks.filter(it => it.startTime >= news[0].at && it.startTime <= answered.at)
        .map(it => it.duration);
    return { seconds: (answered.at - asked.at) / 1000, states: last.states,
        searching: (last.at - asked.at) / 1000, news: news.length, gaps, opening, long };";

/// Starts a worker as the page does and asks it: in milliseconds, from its start to its first answer, then from each
/// question to its answer, then for what needs no search.
const SMALL: &str = r#"
return (async (race, knobs, rounds) => {
    const module = await WebAssembly.compileStreaming(fetch("racewalk-frontend_bg.wasm"));
    const packed = new Uint8Array(await (await fetch(`races/${race}`)).arrayBuffer());
    const times = { cold: [], warm: [], empty: [] };
    for (let round = 0; round < rounds; round++) {
        const begun = performance.now();
        const worker = new Worker("worker.js", { type: "module", name: "racewalk-frontend" });
        const next = () => new Promise(done => worker.addEventListener("message", done, { once: true }));
        worker.postMessage(module);
        await next();
        const ask = async (knobs) => {
            const begun = performance.now();
            worker.postMessage(question(7, packed, knobs));
            await next();
            return performance.now() - begun;
        };
        await ask(knobs);
        times.cold.push(performance.now() - begun);
        for (let again = 0; again < 20; again++) times.warm.push(await ask(knobs));
        for (let again = 0; again < 20; again++) times.empty.push(await ask([["no such knob", "on"]]));
        worker.terminate();
    }
    return times;
})(...arguments);
"#;

/// One search in the page.
struct Seen {
    /// From question to answer.
    seconds: f64,
    /// Million states per second until the last news.
    rate: f64,
    /// News per second.
    news: f64,
    /// Milliseconds between frames.
    gaps: Vec<f64>,
    /// The same while the race was opened.
    opening: Vec<f64>,
    /// The longest piece of the page's own work from the first news on, in milliseconds; 0 where none took 50.
    work: f64,
}

fn main() -> ExitCode {
    ended(bench(&Arguments::parse()))
}

fn bench(arguments: &Arguments) -> Result {
    let page = Page::start()?;
    page.before_load(WATCH)?;
    page.before_load(FRAMES)?;
    if let Some(path) = &arguments.race {
        return once(&page, path);
    }
    small(&page)?;
    println!(
        "\nSearches in the page's worker, of races that are pasted, and SPIN's native ones of the same in turns; the page meanwhile:"
    );
    println!(
        "{:16} {:>14} {:>12} {:>12} {:>8} {:>8} {:>13} {:>7} {:>7} {:>7} {:>8} {:>10}",
        "",
        "M states/s",
        "to answer/s",
        "pan, native",
        "ratio",
        "news/s",
        "frames: p50",
        "p95",
        "p99",
        "max/ms",
        "work/ms",
        "opening/ms"
    );
    MODELS.iter().try_for_each(|model| large(&page, model))
}

fn large(page: &Page, model: &str) -> Result {
    let path = project::root().join("engine/benches/models").join(model).with_extension("race");
    let text = read(&path)?;
    let pan = Pan::fastest(model)?;
    let (mut seen, mut native) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        seen.push(search(page, &text)?);
        if let Some(pan) = &pan {
            let run = pan.search()?;
            native.push(run.states as f64 / run.seconds / 1e6);
        }
    }
    let rate = median(seen.iter().map(|it| it.rate));
    let native = median(native);
    // All frames of all rounds: what a reader feels is the worst of them.
    let gaps: Vec<f64> = seen.iter().flat_map(|it| it.gaps.iter().copied()).collect();
    let [half, most, nearly_all, all] = [0.5, 0.95, 0.99, 1.0].map(|it| share(&gaps, it));
    println!(
        "{model:16} {rate:>14.2} {:>12.1} {native:>12.2} {:>8.1} {:>8.1} {half:>13.1} {most:>7.1} {nearly_all:>7.1} {all:>7.1} {:>8.0} {:>10.0}",
        median(seen.iter().map(|it| it.seconds)),
        rate / native,
        median(seen.iter().map(|it| it.news)),
        seen.iter().map(|it| it.work).fold(0.0, f64::max),
        median(seen.iter().map(|it| share(&it.opening, 1.0))),
    );
    Ok(())
}

/// Searches a race once.
fn once(page: &Page, path: &Path) -> Result {
    let seen = search(page, &read(path)?)?;
    let verdict = page.script("return document.querySelector('.verdict .word').innerText;", &[])?;
    println!(
        "{} after {:.1} s: {} states ({:.2} million/s), frames up to {:.0} ms (the page's own work {:.0} ms), {:.0} ms while the race was opened",
        verdict.as_str().unwrap_or_default().replace('\n', ", "),
        seen.seconds,
        page.text("states")?,
        seen.rate,
        share(&seen.gaps, 1.0),
        seen.work,
        share(&seen.opening, 1.0)
    );
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Pastes the race, and waits for its answer.
fn search(page: &Page, text: &str) -> Result<Seen> {
    page.open("#/race/memunmap")?;
    page.wait_text("verdict", "safe")?;
    let asked = "return watch.said.filter(it => it.kind === 'e').length;";
    let before = page.script(asked, &[])?;
    page.paste(text)?;
    let more = "return watch.said.filter(it => it.kind === 'e').length > arguments[0];";
    page.wait_until("the question", more, &[before])?;
    let begun = Instant::now();
    let seen = loop {
        // Each look takes a little of the page's time.
        thread::sleep(Duration::from_secs(1));
        let seen = page.script(SEEN, &[])?;
        if seen != Value::Null {
            break seen;
        }
        if begun.elapsed() > PATIENCE {
            return Err(Error::Timeout {
                what: "an answer".to_owned(),
                seen: page.text("verdict")?,
            });
        }
    };
    let number = |name: &str| seen[name].as_f64().unwrap_or(f64::NAN);
    Ok(Seen {
        seconds: number("seconds"),
        rate: number("states") / number("searching") / 1e6,
        news: number("news") / number("searching"),
        gaps: numbers(&seen["gaps"]),
        opening: numbers(&seen["opening"]),
        work: numbers(&seen["long"]).into_iter().fold(0.0, f64::max),
    })
}

/// Prints how soon a worker answers a search of about a thousand states.
fn small(page: &Page) -> Result {
    page.open("#/race/memunmap?walkers=2&kill_gp=off")?;
    page.wait_text("verdict", "violated")?;
    let states = page.text("states")?;
    let knobs = json!([["walkers", "2"], ["kill_gp", "off"]]);
    let times =
        page.script(&format!("{QUESTION}{SMALL}"), &[json!("memunmap"), knobs, json!(9)])?;
    println!("A worker asked about memunmap with kill_gp=off and two walkers, {states} states:");
    for (name, what) in [
        ("cold", "from its start to its first answer"),
        ("warm", "from a question to its answer"),
        ("empty", "the same for what needs no search"),
    ] {
        let times = numbers(&times[name]);
        println!(
            "{what:>36}: median {:.1} ms, p95 {:.1} ms of {}",
            share(&times, 0.5),
            share(&times, 0.95),
            times.len()
        );
    }
    Ok(())
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    share(&values.into_iter().collect::<Vec<_>>(), 0.5)
}

/// The value that this share of them does not exceed; no number where there is none.
fn share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len().saturating_sub(1) as f64 * share) as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
