//! From what the command line names to a race under a choice of knobs.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{MAIN_SEPARATOR, Path};

use racewalk_engine::library;
use racewalk_engine::model::Model;
use racewalk_engine::race::{Race, Settings};
use racewalk_engine::syntax::{MAX_BYTES, diagnostic::closest};

use crate::args::{self, Setting};
use crate::error::Error;

/// A race, ready to run.
pub(crate) struct Bench {
    pub(crate) race: Race,
    pub(crate) settings: Settings,
    pub(crate) model: Model,
}

impl Bench {
    /// Loads and compiles what the command line asks for.
    pub(crate) fn open(asked: &args::Race) -> Result<Self, Error> {
        let (race, settings) = open(asked)?;
        let model = compile(&race, &settings)?;
        Ok(Self { race, settings, model })
    }
}

/// Loads what the command line asks for.
pub(crate) fn open(asked: &args::Race) -> Result<(Race, Settings), Error> {
    let race = race(&asked.race)?;
    let settings = settings(&race, &asked.set)?;
    Ok((race, settings))
}

/// A race of the library, or of a file. A name of the library comes before a file of that name:
/// `./reclaim` is always the file.
pub(crate) fn race(asked: &OsStr) -> Result<Race, Error> {
    let name = asked.to_string_lossy();
    match library::race(&name) {
        Some(text) => load(text, &name),
        None => load(&read(asked)?, &name),
    }
}

/// The race under these settings. Loading has tried every value, not every combination of them.
pub(crate) fn compile(race: &Race, settings: &Settings) -> Result<Model, Error> {
    race.compile(settings).map_err(Error::Race)
}

/// Every race of the library, in its order.
pub(crate) fn library() -> Result<Vec<Race>, Error> {
    library::races().iter().map(|it| load(it.text, it.id)).collect()
}

/// Loads a race from its text; mistakes are told under that name.
fn load(text: &str, name: &str) -> Result<Race, Error> {
    Race::load_as(name, text).map_err(Error::Race)
}

fn settings(race: &Race, asked: &[Setting]) -> Result<Settings, Error> {
    let mut settings = race.settings();
    for (index, Setting { knob, value }) in asked.iter().enumerate() {
        if asked[..index].iter().any(|it| it.knob == *knob) {
            return Err(Error::SetTwice { knob: knob.clone() });
        }
        settings.set(race, knob, value).map_err(Error::Setting)?;
    }
    Ok(settings)
}

/// Reads a file, however long it says that it is: no more of it than a race can have.
fn read(asked: &OsStr) -> Result<String, Error> {
    let path = Path::new(asked);
    let unreadable = |error| Error::Unreadable { path: path.to_owned(), error };
    if !path.exists() && !looks_like_a_path(path) {
        let races: Vec<&str> = library::races().iter().map(|it| it.id).collect();
        let race = asked.to_string_lossy().into_owned();
        let closest = closest(&race, races.iter().copied()).map(str::to_owned);
        return Err(Error::UnknownRace { race, closest, races });
    }
    if path.is_dir() {
        return Err(Error::Directory { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLong { path: path.to_owned() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..offset].iter().filter(|it| **it == b'\n').count() + 1;
        Error::NotText { path: path.to_owned(), line, offset }
    })
}

fn looks_like_a_path(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "race")
        || path.as_os_str().to_string_lossy().contains(['/', MAIN_SEPARATOR])
}
