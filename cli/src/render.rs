//! `racewalk render`: what stands where an embed of a document cannot run, written beside the document.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use racewalk_embed::{Asked, Bench, Embed, Found, Markup, Problem};
use racewalk_engine::export::{self, Theme, counted, json};
use serde::Serialize;

use crate::error::Error;
use crate::{Status, args};

/// An embed that cannot be rendered.
#[derive(Debug)]
pub(crate) struct Fault {
    document: PathBuf,
    line: usize,
    problem: Problem,
}

impl Fault {
    /// Whether only what was expected is not so any more.
    pub(crate) fn is_no_longer(&self) -> bool {
        matches!(self.problem, Problem::NoLonger(_))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.document.display(), self.line, self.problem)
    }
}

/// What an extension needs to match files with their embed. No line: what stands above an embed
/// changes nothing of it.
#[derive(Serialize)]
struct Sidecar<'a> {
    format: u32,
    embed: &'a Embed,
    title: &'a str,
    /// How many steps of the schedule have been taken.
    at: usize,
    steps: usize,
    check: json::Check,
}

/// The files of a document's embeds.
struct Rendered {
    document: PathBuf,
    embeds: usize,
    files: Vec<(String, String)>,
}

pub(crate) fn run(args: &args::Render, out: &mut impl Write) -> Result<Status, Error> {
    let mut documents = Vec::new();
    find(&args.folder, &mut documents)?;
    let mut rendered = Vec::new();
    let mut faults = Vec::new();
    for (path, markup) in documents {
        let text = read(&path)?;
        // A document that has lost its embeds loses their files.
        if text.is_some() || folder_of(&path).is_dir() {
            let embeds = text.map(|it| markup.embeds(&it)).unwrap_or_default();
            rendered.push(render(path, &embeds, &mut faults)?);
        }
    }
    if !faults.is_empty() {
        return Err(Error::Embeds { faults });
    }
    for Rendered { document, embeds, files } in &rendered {
        let folder = folder_of(document);
        put(&folder, files).map_err(|error| Error::Unwritable { path: folder.clone(), error })?;
        if *embeds > 0 {
            writeln!(out, "{}: {}", document.display(), counted(&embeds.to_string(), "embed"))?;
        }
    }
    Ok(Status::Fine)
}

/// The documents below a folder, in the order of their names. Links to folders are not followed.
fn find(folder: &Path, found: &mut Vec<(PathBuf, Markup)>) -> Result<(), Error> {
    let unreadable = |error| Error::Unreadable { path: folder.to_owned(), error };
    let mut entries: Vec<fs::DirEntry> =
        fs::read_dir(folder).and_then(Iterator::collect).map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_dir() && !name.starts_with('.') && !name.ends_with(FOLDER) {
            find(&entry.path(), found)?;
        } else if kind.is_file()
            && let Some(markup) = Markup::of(&name)
        {
            found.push((entry.path(), markup));
        }
    }
    Ok(())
}

/// A document, if it may have embeds.
fn read(path: &Path) -> Result<Option<String>, Error> {
    let bytes =
        fs::read(path).map_err(|error| Error::Unreadable { path: path.to_owned(), error })?;
    let name = b"race-walk";
    let has_name = bytes.windows(name.len()).any(|it| it.eq_ignore_ascii_case(name));
    if !has_name {
        return Ok(None);
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..offset].iter().filter(|it| **it == b'\n').count() + 1;
        Error::NotText { path: path.to_owned(), line, offset }
    })
}

/// What stands behind a document's name in that of the folder with its files.
const FOLDER: &str = ".race-walk";

fn folder_of(document: &Path) -> PathBuf {
    let mut name = document.as_os_str().to_owned();
    name.push(FOLDER);
    PathBuf::from(name)
}

fn render(document: PathBuf, embeds: &[Found], faults: &mut Vec<Fault>) -> Result<Rendered, Error> {
    let mut names = BTreeSet::new();
    let mut files = Vec::new();
    for (Found { line, embed, .. }, number) in embeds.iter().zip(1..) {
        let asked = embed.as_ref().map_err(|reason| Problem::Wrong(reason.clone()));
        let asked = asked.and_then(|embed| {
            let name = embed.name.clone().unwrap_or_else(|| number.to_string());
            if names.insert(name.clone()) {
                Ok((name, embed, embed.ask()?))
            } else {
                Err(Problem::Wrong(format!("another embed of the document has the name `{name}`")))
            }
        });
        match asked {
            Ok((name, embed, asked)) => self::files(&name, embed, &asked, &mut files)?,
            Err(problem) => faults.push(Fault { document: document.clone(), line: *line, problem }),
        }
    }
    Ok(Rendered { document, embeds: embeds.len(), files })
}

fn files(
    name: &str,
    embed: &Embed,
    asked: &Asked,
    files: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    let Asked { bench: Bench { race, settings, model }, trace, at, answer } = asked;
    let sidecar = Sidecar {
        format: json::FORMAT,
        embed,
        title: &race.title,
        at: *at,
        steps: trace.steps.len(),
        check: json::Check::new(race, settings, model, answer),
    };
    let svg = export::svg(race, settings, model, trace, &[*at], Theme::Auto);
    files.push((format!("{name}.svg"), svg));
    files.push((format!("{name}.txt"), export::table(race, settings, model, trace)));
    files.push((format!("{name}.json"), serde_json::to_string_pretty(&sidecar)? + "\n"));
    Ok(())
}

/// Makes a folder hold these files and no others of their kinds. A file that is as it should be is not
/// touched; no file is ever seen half written.
fn put(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    if !files.is_empty() {
        fs::create_dir_all(folder)?;
    } else if !folder.is_dir() {
        return Ok(());
    }
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|it| it == text.as_bytes()) {
            continue;
        }
        let new = folder.join(format!("{name}.new"));
        fs::write(&new, text)?;
        fs::rename(&new, &path)?;
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        let is_kept = files.iter().any(|it| path.file_name().is_some_and(|name| name == &*it.0));
        if ["svg", "txt", "json", "new"].contains(&kind) && !is_kept {
            fs::remove_file(path)?;
        }
    }
    if fs::read_dir(folder)?.next().is_none() {
        fs::remove_dir(folder)?;
    }
    Ok(())
}
