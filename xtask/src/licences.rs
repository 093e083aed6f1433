//! The licences of what is handed out: ours, and those of every crate that is compiled into the wasm modules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use serde::Deserialize;

use crate::run::{cargo, stdout};
use crate::{Error, Result, project, tools};

/// Our own licences, which lie in the project's folder.
pub(crate) const OWN: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The packages that are compiled to wasm modules.
const MODULES: [&str; 3] = ["racewalk-frontend", "racewalk-interchange", "racewalk-instrument"];

/// How the names of files begin that hold a licence or a notice.
const FILES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];

/// What `cargo metadata` says, as far as it is needed.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    /// `None`: one of ours, or one of others that lies with us.
    source: Option<String>,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// `None`: what is linked, and not for tests or builds only.
    kind: Option<String>,
}

/// The licences of all that comes from others, each text once, below the names of what it is for.
pub(crate) fn of_others() -> Result<String> {
    let mut ask = cargo();
    ask.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", tools::WASM]);
    let answer: Metadata = serde_json::from_str(&stdout(&mut ask)?)
        .map_err(|source| Error::Json { what: "cargo's metadata", source })?;
    let mut texts = BTreeMap::<String, Vec<String>>::new();
    let mut said = String::from(
        "Racewalk is licensed under either of the Apache License 2.0 and the MIT license, as you like.\n\
         Its wasm modules hold parts of these crates of others, and of Rust's standard library\n\
         (MIT OR Apache-2.0, by the Rust Project's contributors). Their licences follow.\n\n",
    );
    for package in linked(&answer) {
        let name = format!("{} {}", package.name, package.version);
        let licence = package.license.as_deref().unwrap_or("see below");
        // Writing to a string cannot fail.
        let _ = writeln!(said, "{name}: {licence}");
        let folder = package.manifest_path.parent().unwrap_or(&package.manifest_path);
        for file in project::files(folder)? {
            let name_of_file = file.to_string_lossy().to_uppercase();
            if FILES.iter().any(|it| name_of_file.starts_with(it)) {
                let text = project::read(&folder.join(&file))?;
                texts.entry(text.trim().to_owned()).or_default().push(name.clone());
            }
        }
    }
    for (text, names) in texts {
        let names: BTreeSet<_> = names.into_iter().collect();
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        let _ = write!(said, "\n{}\n{names}\n\n{text}\n", "-".repeat(72));
    }
    Ok(said)
}

/// What of others is linked into the modules, by name.
fn linked(answer: &Metadata) -> Vec<&Package> {
    let package = |id: &str| answer.packages.iter().find(|it| it.id == id);
    let is_compiler_s = |it: &Package| it.targets.iter().any(|it| it.kind == ["proc-macro"]);
    let mut found = BTreeMap::new();
    let mut ahead: Vec<_> =
        answer.packages.iter().filter(|it| MODULES.contains(&&*it.name)).collect();
    while let Some(next) = ahead.pop() {
        if found.insert(&next.id, next).is_some() {
            continue;
        }
        let node = answer.resolve.nodes.iter().find(|it| it.id == next.id);
        for dependency in node.into_iter().flat_map(|it| &it.deps) {
            if dependency.dep_kinds.iter().any(|it| it.kind.is_none()) {
                ahead.extend(package(&dependency.pkg).filter(|it| !is_compiler_s(it)));
            }
        }
    }
    let is_of_others =
        |it: &&Package| it.source.is_some() || it.manifest_path.starts_with(project::vendored());
    let mut of_others: Vec<_> = found.into_values().filter(is_of_others).collect();
    of_others
        .sort_by(|left, right| (&left.name, &left.version).cmp(&(&right.name, &right.version)));
    of_others
}

#[cfg(test)]
mod tests {
    use super::of_others;

    #[test]
    fn what_is_linked_is_named_with_its_licence() {
        let said = of_others().expect("the licences");
        for part in [
            "\nyew 0.23",
            "\nwasm-bindgen 0.2.129: MIT OR Apache-2.0\n",
            "Permission is hereby granted",
        ] {
            assert!(said.contains(part), "{part:?} is not in {said}");
        }
        for absent in ["racewalk-engine", "proptest", "serde_derive", "clap"] {
            assert!(!said.contains(&format!("\n{absent} ")), "{absent} is in it");
        }
    }
}
