//! From what the command line names to a race under a choice of knobs.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
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
    let settings = turn(&race, race.settings(), &asked.set)?;
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

/// A race of the library.
pub(crate) fn of_library(name: &str) -> Result<Race, Error> {
    load(library::race(name).ok_or_else(|| unknown(name))?, name)
}

fn unknown(race: &str) -> Error {
    let races: Vec<&str> = library::races().iter().map(|it| it.id).collect();
    let closest = closest(race, races.iter().copied()).map(str::to_owned);
    Error::UnknownRace { race: race.to_owned(), closest, races }
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

/// Turns the knobs that the command line names.
pub(crate) fn turn(
    race: &Race,
    mut settings: Settings,
    asked: &[Setting],
) -> Result<Settings, Error> {
    for (index, Setting { knob, value }) in asked.iter().enumerate() {
        if asked[..index].iter().any(|it| it.knob == *knob) {
            return Err(Error::SetTwice { knob: knob.clone() });
        }
        settings.set(race, knob, value).map_err(Error::Setting)?;
    }
    Ok(settings)
}

/// Reads the file of a race.
fn read(asked: &OsStr) -> Result<String, Error> {
    let path = Path::new(asked);
    if !path.exists() && !looks_like_a_path(path) {
        return Err(unknown(&asked.to_string_lossy()));
    }
    if path.is_dir() {
        return Err(Error::Directory { path: path.to_owned() });
    }
    let file =
        File::open(path).map_err(|error| Error::Unreadable { path: path.to_owned(), error })?;
    text(path, file)
}

/// Reads a text, however long it says that it is: no more of it than a race can have.
pub(crate) fn text(path: &Path, file: impl Read) -> Result<String, Error> {
    let unreadable = |error| Error::Unreadable { path: path.to_owned(), error };
    let mut bytes = Vec::new();
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
