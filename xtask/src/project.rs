//! Where things lie in the project.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The project's own folder.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// What is derived from the work of others.
pub(crate) fn vendored() -> PathBuf {
    root().join("vendor")
}

/// The built page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The project's own tools: trunk, wasm-bindgen, wasm-opt.
pub fn tools() -> PathBuf {
    root().join(".tools")
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// What a folder holds, in an order that does not depend on the file system.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).map_err(Error::file(folder))?;
    let mut paths = Vec::new();
    for entry in listed {
        paths.push(entry.map_err(Error::file(folder))?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result {
    fs::create_dir_all(to).map_err(Error::file(to))?;
    for entry in entries(from)? {
        let target = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            copy(&entry, &target)?;
        } else {
            fs::copy(&entry, &target).map_err(Error::file(&entry))?;
        }
    }
    Ok(())
}

/// All files below a folder, by their paths from there, in an order that does not depend on the file system.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        let name = PathBuf::from(entry.file_name().unwrap_or_default());
        if entry.is_dir() {
            found.extend(files(&entry)?.into_iter().map(|it| name.join(it)));
        } else {
            found.push(name);
        }
    }
    Ok(found)
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(Error::file(path))
}

/// Writes a file.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result {
    fs::write(path, content).map_err(Error::file(path))
}
