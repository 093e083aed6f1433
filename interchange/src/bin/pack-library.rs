//! Packs the races of the library into a folder, one file each, for pages to fetch.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use racewalk_engine::library;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("pack-library FOLDER")?);
    fs::create_dir_all(&folder)?;
    for race in library::races() {
        fs::write(folder.join(race.id), racewalk_interchange::read(race.text)?)?;
    }
    Ok(())
}
