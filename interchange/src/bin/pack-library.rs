//! What pages fetch of the library: its races, packed, in `races`; and `first.svg`, the first of them before its first
//! step, which `index.html` shows until the page runs.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use racewalk_engine::export::{Theme, svg};
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::{library, trace::Trace};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("pack-library FOLDER")?);
    let races = folder.join("races");
    fs::create_dir_all(&races)?;
    for race in library::races() {
        fs::write(races.join(race.id), racewalk_interchange::read(race.text)?)?;
    }
    let first = library::races().first().ok_or("the library is empty")?;
    fs::write(folder.join("first.svg"), start_of(first.text)?)?;
    Ok(())
}

/// A race before its first step, every knob at its default.
fn start_of(race: &str) -> Result<String, Box<dyn Error>> {
    let race = Race::load(race).map_err(|report| report.to_string())?;
    let settings = race.settings();
    let model = race.compile(&settings).map_err(|report| report.to_string())?;
    let trace = Trace::replay(&model, &Schedule::default());
    Ok(svg(&race, &settings, &model, &trace, &[0], Theme::Auto))
}
