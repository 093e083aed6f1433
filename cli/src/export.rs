//! `racewalk export`: a race in the language of another model checker.

use std::fs;
use std::io::Write;
use std::path::Path;

use racewalk_engine::export::{self, Tla};

use crate::Status;
use crate::args::{Export as Args, To};
use crate::error::Error;
use crate::source::Bench;

pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<Status, Error> {
    let Bench { race, settings, model } = Bench::open(&args.race)?;
    match args.to {
        To::Promela => {
            let text = export::promela(&race, &settings, &model).map_err(Error::Refused)?;
            match &args.out {
                Some(path) => write(path, &text)?,
                None => out.write_all(text.as_bytes())?,
            }
        }
        To::Tla => {
            let Tla { name, module, config } =
                export::tla(&race, &settings, &model).map_err(Error::Refused)?;
            match &args.out {
                Some(folder) => {
                    fs::create_dir_all(folder)
                        .map_err(|error| Error::Unwritable { path: folder.clone(), error })?;
                    write(&folder.join(format!("{name}.tla")), &module)?;
                    write(&folder.join(format!("{name}.cfg")), &config)?;
                }
                // What stands behind a module's last line is no part of it.
                None => write!(out, "{module}\n{name}.cfg:\n\n{config}")?,
            }
        }
    }
    Ok(Status::Fine)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::Unwritable { path: path.to_owned(), error })
}
