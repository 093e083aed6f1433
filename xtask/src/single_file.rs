//! `cargo xtask single-file`: the whole page as one file, which a browser opens from a disk.
//!
//! It is `index.html` with everything in it: its scripts and styles between tags, whose hashes its policy names; what
//! a browser is not to run by itself (wasm, the worker, traces) in elements of no known type, which
//! `frontend/scripts/single-file.js` reads.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use regex::{NoExpand, Regex};
use sha2::{Digest, Sha256};

use crate::run::{program, run};
use crate::{Error, Result, compress, dist, licences, project};

/// What it is called.
pub(crate) const NAME: &str = "racewalk.html";

/// The modules of the page.
const MODULES: [&str; 3] = ["racewalk-frontend", "racewalk-interchange", "racewalk-instrument"];

/// What it may do: only what it holds itself.
const POLICY: &str = "default-src 'none'; script-src 'wasm-unsafe-eval' SCRIPT; style-src STYLE; img-src data: blob:; \
                      worker-src blob:; base-uri 'none'; form-action 'none'";

/// Writes it into a folder, and says where it is.
pub fn single_file(into: &Path) -> Result<PathBuf> {
    dist::build()?;
    fs::create_dir_all(into).map_err(Error::file(into))?;
    let path = into.join(NAME);
    project::write(&path, text()?)?;
    println!("{}", path.display());
    Ok(path)
}

/// Its text, from the built page.
pub(crate) fn text() -> Result<String> {
    let dist = project::dist();
    let script = bundled("start.js", "esm")?;
    let style = project::read(&dist.join("start.css"))?;
    let policy = POLICY.replace("SCRIPT", &hash(&script)).replace("STYLE", &hash(&style));
    let mut held = String::new();
    for name in MODULES {
        let path = dist.join(format!("{name}_bg.wasm"));
        let wasm = fs::read(&path).map_err(Error::file(&path))?;
        let compressed = compress::gzip(&wasm).map_err(Error::file(&path))?;
        held += &hold("application/gzip", &format!("{name}.wasm"), &BASE64.encode(compressed));
    }
    for race in project::entries(&dist.join("races"))? {
        let bytes = fs::read(&race).map_err(Error::file(&race))?;
        let id = format!("races/{}", race.file_name().unwrap_or_default().display());
        held += &hold("application/octet-stream", &id, &BASE64.encode(bytes));
    }
    held += &hold("text/plain", "worker.js", &bundled("worker.js", "iife")?);
    for file in project::files(&dist.join("evidence"))? {
        let text = project::read(&dist.join("evidence").join(&file))?;
        held += &hold("text/plain", &format!("evidence/{}", file.display()), &text);
    }
    held += &hold("text/plain", "licences", &licences_of_all()?);

    let html = project::read(&dist.join("index.html"))?;
    let html = exchange(&html, r"<!doctype html>", &format!("<!doctype html>\n{LICENCE}"))?;
    let html = exchange(
        &html,
        r#"(?s)<meta http-equiv="Content-Security-Policy".*?>"#,
        &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"),
    )?;
    let html = exchange(
        &html,
        r#"<link rel="stylesheet" href="[^"]*start\.css"[^>]*>"#,
        &format!("<style>{style}</style>"),
    )?;
    let html = exchange(&html, r#"<link rel="preload"[^>]*>"#, "")?;
    let first = project::read(&dist.join("first.svg"))?;
    let first = format!("src=\"data:image/svg+xml;base64,{}\"", BASE64.encode(first));
    let html = exchange(&html, r#"src="first\.svg""#, &first)?;
    // A script between tags waits for nothing unless it is a module, and is to find all that is held.
    let html = exchange(&html, r#"<script type="module" src="start.js"></script>"#, "")?;
    let end = format!("{held}<script type=\"module\">{script}</script>\n</body>");
    exchange(&html, "</body>", &end)
}

const LICENCE: &str =
    "<!-- Racewalk, MIT OR Apache-2.0; the licences stand in the element `licences` below. -->";

fn licences_of_all() -> Result<String> {
    let mut all = licences::of_others()?;
    for licence in licences::OWN {
        all = format!("{all}\n{}\nRacewalk\n\n", "-".repeat(72));
        all += &project::read(&project::root().join(licence))?;
    }
    Ok(all)
}

/// A script with all that it imports, `load.js` exchanged for what reads from the document, in a format of esbuild's.
fn bundled(script: &str, format: &str) -> Result<String> {
    let scripts = project::root().join("frontend/scripts");
    let folder = project::target().join("single-file");
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let copies = [(script, script), ("single-file.js", "load.js")];
    for (from, to) in copies {
        project::write(&folder.join(to), project::read(&scripts.join(from))?)?;
    }
    for name in MODULES {
        let glue = format!("{name}.js");
        project::write(&folder.join(&glue), project::read(&project::dist().join(&glue))?)?;
    }
    let made = folder.join(format!("bundled-{script}"));
    let mut bundle = program("esbuild");
    bundle.args(["--minify", "--bundle", "--log-level=warning", &format!("--format={format}")]);
    // Only a module knows this; nothing lies beside it anyway.
    bundle.arg("--define:import.meta.url=location.href");
    run(bundle.arg(format!("--outfile={}", made.display())).arg(folder.join(script)))?;
    // What ends the element that holds it may stand in no script.
    Ok(project::read(&made)?.replace("</script", "<\\/script"))
}

/// An element that holds something which is not to run, by its id.
fn hold(kind: &str, id: &str, text: &str) -> String {
    // Texts hold no markup; what would end the element is kept from doing so.
    let text = text.replace("</script", "<\\/script");
    format!("<script type=\"{kind}\" id=\"{id}\">{text}</script>\n")
}

/// A source of a policy that allows just this text.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

/// Exchanges the one place where this is written.
fn exchange(html: &str, pattern: &str, with: &str) -> Result<String> {
    let answer = |reason: String| Error::Answer {
        program: "trunk",
        reason: format!("index.html: {reason}"),
    };
    let found = Regex::new(pattern).map_err(|error| answer(error.to_string()))?;
    match found.find_iter(html).count() {
        1 => Ok(found.replace(html, NoExpand(with)).into_owned()),
        count => Err(answer(format!("{count} places are like {pattern}"))),
    }
}
