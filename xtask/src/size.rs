//! `cargo xtask size`: what a reader downloads, and the most that it may be.

use std::fs;
use std::io::Write;
use std::path::Path;

use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{Error, Result, project};

/// What the download of the page may be at most as brotli, in bytes.
const LIMIT: u64 = 200_000;

/// What is loaded only when a reader brings something in or takes something away, by the beginning of its names.
const LATER: &str = "racewalk-interchange";

/// What a page loads, by the ends of its names.
const DOWNLOADED: [&str; 5] = ["html", "css", "js", "wasm", "woff2"];

#[derive(Default)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn of(bytes: &[u8], path: &Path) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = gzip.write_all(bytes).and_then(|()| gzip.finish()).map_err(Error::file(path))?;
        let mut brotli = Vec::new();
        // Quality 11, the best, as a static host that compresses once uses it.
        let best = BrotliEncoderParams { quality: 11, ..BrotliEncoderParams::default() };
        let mut writer = CompressorWriter::with_params(&mut brotli, 4096, &best);
        writer.write_all(bytes).and_then(|()| writer.flush()).map_err(Error::file(path))?;
        drop(writer);
        let len = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(Self { raw: len(bytes), gzip: len(&gzip), brotli: len(&brotli) })
    }

    fn print(&self, name: &str) {
        println!("{:>9} {:>9} {:>9}  {name}", self.raw, self.gzip, self.brotli);
    }
}

/// Prints the sizes of the built page, and fails where it is too large.
pub fn size() -> Result {
    println!("{:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    let (mut total, mut later) = (Size::default(), Size::default());
    for path in project::entries(&project::dist())? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !extension.is_some_and(|extension| DOWNLOADED.contains(&extension)) {
            continue;
        }
        let bytes = fs::read(&path).map_err(Error::file(&path))?;
        let size = Size::of(&bytes, &path)?;
        size.print(&name);
        let sum = if name.starts_with(LATER) { &mut later } else { &mut total };
        sum.raw += size.raw;
        sum.gzip += size.gzip;
        sum.brotli += size.brotli;
    }
    later.print("more when a reader brings something in or takes something away");
    total.print(&format!("in all, of {LIMIT} allowed as brotli"));
    if total.brotli > LIMIT {
        return Err(Error::TooLarge { actual: total.brotli, limit: LIMIT });
    }
    Ok(())
}
