//! `cargo xtask size`: what a reader downloads, and the most that it may be.

use std::fs;
use std::path::Path;

use crate::{Error, Result, compress, project};

/// What is downloaded together.
struct Download {
    /// By whom.
    what: &'static str,
    /// Its files, by the beginnings of their names.
    files: &'static [&'static str],
    /// Whether a race comes with it: the first of the library is counted.
    race: bool,
    /// What it may be at most as brotli, in bytes.
    limit: Option<u64>,
}

const DOWNLOADS: [Download; 5] = [
    Download {
        what: "the page",
        files: &["index.html", "first.svg", "start.", "worker.js", "racewalk-frontend"],
        race: true,
        limit: Some(200_000),
    },
    Download {
        what: "more once the page has time: the instrument",
        files: &["racewalk-instrument"],
        race: false,
        limit: Some(INSTRUMENT),
    },
    Download {
        what: "more when a reader brings something in or takes something away",
        files: &["racewalk-interchange"],
        race: false,
        limit: None,
    },
    Download {
        what: "the element",
        // Script, wasm and the styles, which are in it: of races it loads those that its document shows.
        files: &["race-walk.js", "worker.js", "racewalk-embed"],
        race: false,
        limit: Some(150_000),
    },
    Download { what: "more for a frame", files: &["embed."], race: false, limit: None },
];

/// It comes when all that a first visit needs is there. Lower this with every gain.
const INSTRUMENT: u64 = 210_000;

/// What is downloaded, by the ends of its names.
const DOWNLOADED: [&str; 6] = ["html", "svg", "css", "js", "wasm", "woff2"];

/// The race that a page opens where its address names none; others are larger or smaller by 1 kB to 6 kB.
const FIRST_RACE: &str = "memunmap";

#[derive(Default)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn of(bytes: &[u8], path: &Path) -> Result<Self> {
        let gzip = compress::gzip(bytes).map_err(Error::file(path))?;
        let brotli = compress::brotli(bytes).map_err(Error::file(path))?;
        let len = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(Self { raw: len(bytes), gzip: len(&gzip), brotli: len(&brotli) })
    }

    fn print(&self, name: &str) {
        println!("{:>9} {:>9} {:>9}  {name}", self.raw, self.gzip, self.brotli);
    }
}

/// Prints the sizes of what was built, and fails where something is too large.
pub fn size() -> Result {
    println!("{:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    let mut files = Vec::new();
    for path in project::entries(&project::dist())? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| DOWNLOADED.contains(&extension)) {
            let bytes = fs::read(&path).map_err(Error::file(&path))?;
            let size = Size::of(&bytes, &path)?;
            size.print(&name);
            files.push((name, size));
        }
    }
    let race = first_race()?;
    println!();
    for Download { what, files: parts, race: with_race, limit } in DOWNLOADS {
        let mut total = Size::default();
        let of_it = files.iter().filter(|it| parts.iter().any(|part| it.0.starts_with(part)));
        for size in of_it.map(|it| &it.1).chain(with_race.then_some(&race)) {
            total.raw += size.raw;
            total.gzip += size.gzip;
            total.brotli += size.brotli;
        }
        match limit {
            Some(limit) => total.print(&format!("{what}, of {limit} allowed as brotli")),
            None => total.print(what),
        }
        if let Some(limit) = limit
            && total.brotli > limit
        {
            return Err(Error::TooLarge { what, actual: total.brotli, limit });
        }
    }
    Ok(())
}

/// Prints what each race is, and returns the one that a page opens first.
fn first_race() -> Result<Size> {
    let mut first = Size::default();
    for path in project::entries(&project::dist().join("races"))? {
        let size = Size::of(&fs::read(&path).map_err(Error::file(&path))?, &path)?;
        size.print(&format!("races/{}", path.file_name().unwrap_or_default().display()));
        if path.ends_with(FIRST_RACE) {
            first = size;
        }
    }
    Ok(first)
}
