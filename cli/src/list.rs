//! `racewalk list`: the races of the library, or of files, their knobs, values, defaults and presets.

use std::io::Write;

use racewalk_engine::export::json::ListedRace;
use racewalk_engine::race::{Knob, Preset, Race};

use crate::error::Error;
use crate::{Status, args, source};

pub(crate) fn run(args: &args::List, out: &mut impl Write) -> Result<Status, Error> {
    let races = if args.races.is_empty() {
        source::library()?
    } else {
        args.races.iter().map(|it| source::race(it)).collect::<Result<Vec<_>, _>>()?
    };
    if args.json {
        let all: Vec<ListedRace> = races.iter().map(ListedRace::new).collect();
        serde_json::to_writer(&mut *out, &all)?;
        writeln!(out)?;
        return Ok(Status::Fine);
    }
    for (number, race) in races.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        tell(race, out)?;
    }
    Ok(Status::Fine)
}

fn tell(race: &Race, out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "{}: {}", race.id, race.title)?;
    if !race.knobs.is_empty() {
        writeln!(out, "  knobs, each with its default first")?;
    }
    for Knob { name, values, .. } in &race.knobs {
        let values: Vec<&str> = values.iter().map(|it| &*it.name).collect();
        writeln!(out, "    {name}={}", values.join("|"))?;
    }
    if !race.presets.is_empty() {
        writeln!(out, "  presets")?;
    }
    for Preset { title, settings, .. } in &race.presets {
        writeln!(out, "    {title}")?;
        let settings: Vec<String> =
            settings.iter().map(|(knob, value)| format!("--set {knob}={value}")).collect();
        if !settings.is_empty() {
            writeln!(out, "      {}", settings.join(" "))?;
        }
    }
    Ok(())
}
