//! `racewalk sources`: what the library cites of the kernel's source, each line once.

use std::io::Write;

use racewalk_engine::race::{Citation, Race};

use crate::error::Error;
use crate::{Status, args, source};

pub(crate) fn run(args: &args::Sources, out: &mut impl Write) -> Result<Status, Error> {
    let mut citations: Vec<Citation> =
        source::library()?.iter().flat_map(Race::citations).collect();
    // Races share preludes.
    citations.sort();
    citations.dedup();
    if args.json {
        serde_json::to_writer(&mut *out, &citations)?;
        writeln!(out)?;
        return Ok(Status::Fine);
    }
    for Citation { file, function, versions, cited_in, line, step } in &citations {
        let versions =
            if versions.is_empty() { String::new() } else { format!(" ({})", versions.join(", ")) };
        writeln!(out, "{file}: {function}{versions}, in {cited_in} line {line}, step {step}")?;
    }
    Ok(Status::Fine)
}
