//! `cargo xtask screenshots`: the built page as a reader sees it, at each width and in each theme.

#![expect(clippy::print_stdout, reason = "it names the pictures that it made")]

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use racewalk_e2e::{Error, Page, Result, ended};

/// Photographs the page, in full height, at every hash, width and theme.
#[derive(Parser)]
#[command(name = "cargo xtask screenshots", bin_name = "cargo xtask screenshots")]
struct Arguments {
    /// The folder for the pictures
    folder: PathBuf,
    /// Where in the page, as '#/race/memunmap?kill_gp=off&at=3'; more than one may be given
    #[arg(long, default_value = "")]
    hash: Vec<String>,
    /// The window's width
    #[arg(long, default_values_t = [360, 1280, 1920])]
    width: Vec<u32>,
    /// The window's height; the picture is as high as the page
    #[arg(long, default_value_t = 900)]
    height: u32,
    /// The reader's theme
    #[arg(long, value_enum, default_values_t = [Theme::Light, Theme::Dark])]
    theme: Vec<Theme>,
    /// Keys to press first, one after the other
    #[arg(long)]
    press: Vec<String>,
    /// Elements to click first, by their data-testid
    #[arg(long)]
    click: Vec<String>,
    /// Wait until this is in the page: a CSS selector
    #[arg(long, value_name = "SELECTOR")]
    wait_for: Option<String>,
    /// Let things move; otherwise reduced motion is asked for, and each picture is complete
    #[arg(long)]
    motion: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Theme {
    Light,
    Dark,
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Light => "light",
            Self::Dark => "dark",
        })
    }
}

fn main() -> ExitCode {
    ended(photograph(&Arguments::parse()))
}

fn photograph(wish: &Arguments) -> Result {
    let folder = &wish.folder;
    fs::create_dir_all(folder).map_err(|source| Error::File { path: folder.clone(), source })?;
    let page = Page::start()?;
    page.bring_fonts()?;
    for (index, hash) in wish.hash.iter().enumerate() {
        for &width in &wish.width {
            for &theme in &wish.theme {
                page.set_size(width, wish.height)?;
                let motion = if wish.motion { "no-preference" } else { "reduce" };
                let theme_name = theme.to_string();
                page.emulate(&[
                    ("prefers-color-scheme", &theme_name),
                    ("prefers-reduced-motion", motion),
                ])?;
                page.open(hash)?;
                get_ready(&page, wish)?;
                let name = format!("{}-{width}-{theme}.png", slug(hash, index));
                page.photograph(&folder.join(&name))?;
                println!("{}", folder.join(name).display());
            }
        }
    }
    Ok(())
}

fn get_ready(page: &Page, wish: &Arguments) -> Result {
    if page.script("return document.getElementById('instrument') !== null;", &[])? == true {
        page.reach_instrument()?;
    }
    page.wait_until("the instrument to have finished", INSTRUMENT, &[])?;
    if let Some(selector) = &wish.wait_for {
        let found = "return document.querySelector(arguments[0]) !== null;";
        page.wait_until(selector, found, &[selector.as_str().into()])?;
    }
    for testid in &wish.click {
        page.click(testid)?;
    }
    for keys in &wish.press {
        page.press(keys)?;
    }
    // Two frames, so that what was asked for is drawn.
    page.script(
        "const drawn = new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        return Promise.all([drawn, document.fonts.ready]).then(() => true);",
        &[],
    )
    .map(drop)
}

/// Whether the instrument has found out everything, or why it has not; a page without a race has none.
const INSTRUMENT: &str = "const place = document.getElementById('instrument');
    return !place || place.querySelector('[data-testid=ahead], [data-testid=instrument-fault]') !== null;";

/// A hash as part of a file's name, numbered since two may be alike.
fn slug(hash: &str, index: usize) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let words: String = hash.chars().map(plain).take(40).collect();
    let words = words.trim_matches('-');
    if words.is_empty() { format!("{index:02}") } else { format!("{index:02}-{words}") }
}
