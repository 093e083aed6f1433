//! The tools that build the page: their versions, and how a fresh machine gets them.
//!
//! They live in the project's `.tools`, never in the user's own folders.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::run::{cargo, exists, output, program, run};
use crate::{Error, Result, project};

/// Where a toolchain that has it keeps the source of the standard library.
const STD_SOURCE: &str = "lib/rustlib/src/rust/library/Cargo.lock";

/// The target of the page and its worker.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A program that cargo installs: its crate, the program that shows its version, and what it needs.
struct Crate {
    name: &'static str,
    version: &'static str,
    program: &'static str,
    options: &'static [&'static str],
    /// How much it is optimised (`opt-level`): one that mostly waits for other programs not at all, and none as much as
    /// cargo would, which costs more than it gives.
    optimised: &'static str,
    minutes: &'static str,
}

// Frontend's wasm-bindgen and this must be of one version; a test below looks.
const WASM_BINDGEN: Crate = Crate {
    name: "wasm-bindgen-cli",
    version: "0.2.129",
    program: "wasm-bindgen",
    options: &["--bin", "wasm-bindgen", "--bin", "wasm-bindgen-test-runner"],
    optimised: "1",
    minutes: "3 minutes",
};

const TRUNK: Crate = Crate {
    name: "trunk",
    version: "0.21.14",
    program: "trunk",
    // Without its own updater, and without OpenSSL, which a fresh machine may lack.
    options: &["--no-default-features", "--features", "rustls"],
    optimised: "0",
    minutes: "4 minutes",
};

const MDBOOK: Crate = Crate {
    name: "mdbook",
    version: "0.5.4",
    program: "mdbook",
    options: &["--no-default-features", "--features", "search"],
    optimised: "0",
    minutes: "3 minutes",
};

const FIREFOX_DRIVER: Crate = Crate {
    name: "geckodriver",
    version: "0.37.1",
    program: "geckodriver",
    options: &[],
    optimised: "0",
    minutes: "2 minutes",
};

/// What npm installs.
struct Package {
    name: &'static str,
    version: &'static str,
}

/// What optimises wasm (`wasm-opt`), what makes JavaScript small, what finds what keeps readers out of a page, and the fonts
/// in which tests see it.
const PACKAGES: [Package; 6] = [
    Package { name: "binaryen", version: "132.0.0" },
    Package { name: "esbuild", version: "0.28.2" },
    Package { name: "axe-core", version: "4.14.1" },
    Package { name: "@fontsource/dejavu-sans", version: "5.3.0" },
    Package { name: "@fontsource/dejavu-serif", version: "5.3.0" },
    Package { name: "@fontsource/dejavu-mono", version: "5.3.0" },
];

/// What a package tells of itself.
#[derive(Deserialize)]
struct About {
    version: String,
}

/// All the tools' versions in a line, since another version may build another page.
pub(crate) fn versions() -> String {
    let crates = [TRUNK, WASM_BINDGEN].map(|it| format!("{} {}", it.name, it.version));
    let packages = PACKAGES.map(|it| format!("{} {}", it.name, it.version));
    let std = if has_std_source() { "own std" } else { "rustup's std" };
    format!("{} {} {std}", crates.join(" "), packages.join(" "))
}

/// `PATH` with the project's own tools first.
pub(crate) fn path() -> OsString {
    let tools = project::tools();
    let own = [tools.join("bin"), tools.join("node_modules/.bin")];
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all = own.into_iter().chain(env::split_paths(&inherited));
    // Joining fails for a folder with the separator in its name, which PATH cannot have.
    env::join_paths(all).unwrap_or(inherited)
}

/// Installs what is missing, and says so, since some of it takes minutes.
pub fn ensure() -> Result {
    ensure_target()?;
    ensure_std_source();
    ensure_crate(&WASM_BINDGEN)?;
    ensure_crate(&TRUNK)?;
    ensure_packages()
}

/// Installs what builds the book, if it is missing.
pub(crate) fn ensure_book() -> Result {
    ensure_crate(&MDBOOK)
}

/// Installs what drives Firefox, if it is missing.
pub(crate) fn ensure_firefox_driver() -> Result {
    ensure_crate(&FIREFOX_DRIVER)
}

/// The version of what builds the book.
pub(crate) fn book_version() -> &'static str {
    MDBOOK.version
}

/// Adds the wasm target to the toolchain.
pub(crate) fn ensure_target() -> Result {
    let mut ask = program("rustc");
    let libraries = output(ask.args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|dir| Path::new(dir.trim()).is_dir()) {
        return Ok(());
    }
    if !exists("rustup") {
        let remedy = "Rust's wasm32-unknown-unknown target is missing, and rustup, from \
                      https://rustup.rs, is what adds it";
        return Err(Error::Missing { program: "rustup", remedy });
    }
    println!("Adding the {WASM} target to the Rust toolchain …");
    run(program("rustup").args(["target", "add", WASM]))
}

/// Gets the source of Rust's standard library, from which the page builds one without the text of panics.
/// Where it cannot be had the page is built with rustup's own, and is larger.
fn ensure_std_source() {
    if has_std_source() {
        return;
    }
    println!("Adding the source of the standard library (rust-src) to the Rust toolchain …");
    let added =
        exists("rustup").then(|| run(program("rustup").args(["component", "add", "rust-src"])));
    if !matches!(added, Some(Ok(()))) {
        println!(
            "It could not be had: the page will be about a tenth larger, and otherwise the same."
        );
    }
}

/// Whether the toolchain has the source of its standard library.
pub(crate) fn has_std_source() -> bool {
    let root = output(program("rustc").args(["--print", "sysroot"]));
    root.is_some_and(|root| Path::new(root.trim()).join(STD_SOURCE).is_file())
}

fn ensure_crate(tool: &Crate) -> Result {
    let installed =
        output(program(project::tools().join("bin").join(tool.program)).arg("--version"));
    if installed.is_some_and(|text| {
        text.split_whitespace().any(|word| word.trim_start_matches('v') == tool.version)
    }) {
        return Ok(());
    }
    let Crate { name, version, optimised, minutes, .. } = tool;
    println!("Building {name} {version} into .tools: about {minutes}, this once …");
    let root = project::tools();
    // Kept until it is done, so that an interrupted build goes on where it was.
    let scratch = root.join(format!("build-{name}"));
    let mut install = cargo();
    install.args(["install", "--locked", "--force", &format!("{name}@{version}")]);
    install.args(tool.options).arg("--root").arg(&root).arg("--target-dir").arg(&scratch);
    let quickly = [("OPT_LEVEL", optimised), ("CODEGEN_UNITS", &"256"), ("LTO", &"off")];
    install.envs(quickly.map(|(key, value)| (format!("CARGO_PROFILE_RELEASE_{key}"), value)));
    run(&mut install).map_err(|source| Error::Install {
        tool: format!("{name} {version}"),
        source: Box::new(source),
        by_hand: by_hand(tool),
    })?;
    fs::remove_dir_all(&scratch).map_err(Error::file(&scratch))
}

fn by_hand(tool: &Crate) -> String {
    let options = tool.options.join(" ");
    let line =
        format!("cargo install --locked --root .tools {}@{} {options}", tool.name, tool.version);
    line.trim_end().to_owned()
}

/// All at once, since npm takes away what it is not asked for.
fn ensure_packages() -> Result {
    let is_there = |package: &Package| {
        let about = project::tools().join("node_modules").join(package.name).join("package.json");
        let about: Option<About> =
            fs::read(about).ok().and_then(|it| serde_json::from_slice(&it).ok());
        about.is_some_and(|it| it.version == package.version)
    };
    if PACKAGES.iter().all(is_there) {
        return Ok(());
    }
    if !exists("npm") {
        let remedy = "wasm-opt and esbuild come with it; install Node.js, from https://nodejs.org or as \
                      `apt-get install nodejs npm`";
        return Err(Error::Missing { program: "npm", remedy });
    }
    let packages = PACKAGES.map(|it| format!("{}@{}", it.name, it.version));
    println!("Installing {} into .tools …", packages.join(" and "));
    let mut install = program("npm");
    install.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
    install.arg("--prefix").arg(project::tools()).args(&packages);
    run(&mut install).map_err(|source| Error::Install {
        tool: packages.join(" and "),
        source: Box::new(source),
        by_hand: format!("npm install --no-save --prefix .tools {}", packages.join(" ")),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{WASM_BINDGEN, project};

    #[test]
    fn wasm_bindgen_is_the_one_the_page_is_linked_with() {
        let lock = fs::read_to_string(project::root().join("Cargo.lock")).expect("Cargo.lock");
        let wanted = format!("name = \"wasm-bindgen\"\nversion = \"{}\"", WASM_BINDGEN.version);
        assert!(lock.contains(&wanted), "Cargo.lock has another wasm-bindgen than xtask installs");
    }
}
