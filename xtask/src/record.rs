//! What something was made from, as a fingerprint, and the record that it was made: `target/xtask/<name>`.
//! It knows no command, and asks programs for nothing but their versions.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::run::{output, program};
use crate::{Error, Result, project};

/// Stands for everything that was put into it: the same only where all of that is the same.
#[derive(Default)]
pub(crate) struct Fingerprint(DefaultHasher);

impl Fingerprint {
    /// A fact, such as the version of a tool.
    pub(crate) fn fact(mut self, fact: &impl Hash) -> Self {
        fact.hash(&mut self.0);
        self
    }

    /// What a program says of itself, or that it is not there.
    pub(crate) fn program(self, name: &OsStr, ask: &str) -> Self {
        self.fact(&(name, output(program(name).arg(ask))))
    }

    /// A file, or all that a folder holds except for what is called as one of `apart`.
    pub(crate) fn files(mut self, path: &Path, apart: &[&str]) -> Result<Self> {
        hash_into(path, apart, &mut self.0)?;
        Ok(self)
    }

    pub(crate) fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

fn hash_into(path: &Path, apart: &[&str], hash: &mut impl Hasher) -> Result {
    if path.is_dir() {
        for entry in project::entries(path)? {
            if !apart.iter().any(|apart| entry.ends_with(apart)) {
                hash_into(&entry, apart, hash)?;
            }
        }
    } else {
        path.hash(hash);
        fs::read(path).map_err(Error::file(path))?.hash(hash);
    }
    Ok(())
}

/// That something was made, and from what.
pub(crate) struct Record(PathBuf);

impl Record {
    pub(crate) fn of(name: &str) -> Self {
        Self::within(&project::target().join("xtask"), name)
    }

    pub(crate) fn within(folder: &Path, name: &str) -> Self {
        Self(folder.join(name))
    }

    /// What was noted when it was made, if it was made from just this.
    pub(crate) fn note(&self, fingerprint: &str) -> Option<String> {
        let text = fs::read_to_string(&self.0).ok()?;
        let (made_from, note) = text.split_once('\n')?;
        (made_from == fingerprint).then(|| note.to_owned())
    }

    pub(crate) fn write(&self, fingerprint: &str, note: &str) -> Result {
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder).map_err(Error::file(folder))?;
        }
        fs::write(&self.0, format!("{fingerprint}\n{note}")).map_err(Error::file(&self.0))
    }

    /// Before it is made again: should that fail, nothing is recorded.
    pub(crate) fn forget(&self) -> Result {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::file(&self.0)(error)),
            _ => Ok(()),
        }
    }
}
