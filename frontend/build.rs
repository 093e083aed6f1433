//! Joins the style sheets to one, without what only their authors read: comments, indentation.

use std::error::Error;
use std::{env, fs};

/// Later files may build on earlier ones.
const STYLES: [&str; 12] = [
    "tokens",
    "layout",
    "controls",
    "masthead",
    "verdict",
    "narration",
    "tour",
    "picture",
    "scene",
    "time",
    "lanes",
    "sheet",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=styles");
    let mut all = String::new();
    for name in STYLES {
        all.push_str(&lean(&fs::read_to_string(format!("styles/{name}.css"))?));
    }
    Ok(fs::write(format!("{}/styles.css", env::var("OUT_DIR")?), all)?)
}

/// Without comments, and with one blank for any white space. Texts in quotes stay as they are.
fn lean(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '/' if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |it| it.1);
                continue;
            }
            '"' | '\'' => rest[1..].find(first).map_or(rest.len(), |it| it + 2),
            _ if first.is_whitespace() => {
                rest = rest.trim_start();
                // Beside these no blank means anything.
                let idle = out.is_empty() || out.ends_with([' ', '{', '}', ';', ',']);
                if !idle && !rest.starts_with(['{', '}']) {
                    out.push(' ');
                }
                continue;
            }
            _ => first.len_utf8(),
        };
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    out
}
