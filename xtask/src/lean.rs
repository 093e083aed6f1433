//! Makes the built page's wasm and JavaScript small, after trunk and before anybody sees them.

use std::fs;
use std::path::Path;

use regex::{Captures, Regex};
use serde::Deserialize;

use crate::run::{program, run, stdout};
use crate::{Error, Result};

/// The modules: `NAME_bg.wasm`, and `NAME.js`, the JavaScript that wasm-bindgen wrote for it.
const MODULES: [&str; 4] =
    ["racewalk-frontend", "racewalk-embed", "racewalk-interchange", "racewalk-instrument"];
/// The scripts written by hand, and the one that they import, which goes into each.
const SCRIPTS: [&str; 4] = ["start.js", "worker.js", "race-walk.js", "embed.js"];
const IMPORTED: &str = "load.js";

/// What wasm-opt called the module's imports and exports.
#[derive(Deserialize)]
struct Renamed {
    /// Module, name, and the short name.
    imports: Vec<(String, String, String)>,
    /// Name and short name.
    exports: Vec<(String, String)>,
}

/// What wasm-opt calls the module that everything is imported from.
const MODULE: &str = "a";

/// Optimises the wasm, gives its imports and exports short names, and takes out of the JavaScript what only
/// its authors read.
pub(crate) fn make(dist: &Path) -> Result {
    for name in MODULES {
        let glue = dist.join(format!("{name}.js"));
        let renamed = optimise(&dist.join(format!("{name}_bg.wasm")))?;
        let text = fs::read_to_string(&glue).map_err(Error::file(&glue))?;
        fs::write(&glue, rename(&text, &renamed)).map_err(Error::file(&glue))?;
        minify(&glue)?;
    }
    for script in SCRIPTS {
        minify(&dist.join(script))?;
    }
    let imported = dist.join(IMPORTED);
    fs::remove_file(&imported).map_err(Error::file(&imported))
}

fn optimise(wasm: &Path) -> Result<Renamed> {
    let mut optimise = program("wasm-opt");
    optimise.args([
        // Once more after itself: with what is called once left where it is, unless it is small, that is 1 kB
        // of the download.
        "--one-caller-inline-max-function-size=60",
        "-Oz",
        "-Oz",
        // What is computed twice is written twice: brotli makes less of that than of one more variable.
        "--skip-pass=local-cse",
        // Rust puts nothing into the first kilobyte, so addresses there need no care.
        "--low-memory-unused",
        "--minify-imports-and-exports-and-modules",
        // Who made it and what it needs, for other tools: there are none after this.
        "--strip-producers",
        "--strip-target-features",
    ]);
    let names = stdout(optimise.arg(wasm).arg("-o").arg(wasm))?;
    serde_json::from_str(&names)
        .map_err(|source| Error::Json { what: "wasm-opt's new names", source })
}

fn minify(script: &Path) -> Result {
    let mut minify = program("esbuild");
    minify.args([
        "--minify",
        "--bundle",
        "--format=esm",
        "--log-level=warning",
        "--allow-overwrite",
    ]);
    run(minify.arg(format!("--outfile={}", script.display())).arg(script))
}

/// The same JavaScript, with the short names.
fn rename(glue: &str, renamed: &Renamed) -> String {
    let find = |names: &[(String, String)], name: &str| {
        names.iter().find(|(long, _)| long == name).map(|(_, short)| short.clone())
    };
    let imports: Vec<_> =
        renamed.imports.iter().map(|(_, long, short)| (long.clone(), short.clone())).collect();
    // wasm-bindgen writes each import as a property on a line of its own.
    let property = pattern(r"(?m)^(\s+)(\w+)(: )");
    let text = property.replace_all(glue, |it: &Captures<'_>| {
        let name = find(&imports, &it[2]).unwrap_or_else(|| it[2].to_owned());
        format!("{}{name}{}", &it[1], &it[3])
    });
    let export = pattern(r"\bwasm\.(\w+)");
    let text = export.replace_all(&text, |it: &Captures<'_>| {
        let name = find(&renamed.exports, &it[1]).unwrap_or_else(|| it[1].to_owned());
        format!("wasm.{name}")
    });
    let module = renamed.imports.first().map_or("", |it| it.0.as_str());
    text.replace(&format!("\"{module}\": "), &format!("\"{MODULE}\": "))
}

#[expect(clippy::expect_used, reason = "the patterns stand in this file, and its test uses each")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

#[cfg(test)]
mod tests {
    use super::{Renamed, rename};

    #[test]
    fn the_glue_follows_the_module() {
        let names = r#"{
            "imports": [["./x_bg.js", "__wbg_log_1a", "$"]],
            "exports": [["memory", "b"], ["__wbindgen_start", "c"]]
        }"#;
        let renamed: Renamed = serde_json::from_str(names).expect("names");
        let glue = "    const import0 = {\n        __wbg_log_1a: function(arg0) {\n            other: 1\n        \
                    wasm.memory.buffer; wasm.__wbindgen_start(); wasm.memory2\n    return { \"./x_bg.js\": import0 }";
        let expected = "    const import0 = {\n        $: function(arg0) {\n            other: 1\n        \
                        wasm.b.buffer; wasm.c(); wasm.memory2\n    return { \"a\": import0 }";
        assert_eq!(rename(glue, &renamed), expected);
    }
}
