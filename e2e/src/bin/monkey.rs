//! A monkey in the built page for as long as one likes: whether anything is thrown, and what the page holds as time goes by.

#![expect(clippy::print_stdout, reason = "printing what it finds is what it is for")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use racewalk_e2e::monkey::{arrive, holding, play};
use racewalk_e2e::{Error, Page, Result, ended};

/// Presses, drags, types and pastes in the built page at random.
#[derive(Parser)]
#[command(name = "monkey")]
struct Arguments {
    /// How long
    #[arg(long, default_value_t = 60)]
    minutes: u64,
    /// The seed of the first round; each further one has the next
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// The window's width
    #[arg(long, default_value_t = 1280)]
    width: u32,
}

const ACTIONS: u32 = 200;

fn main() -> ExitCode {
    ended(run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result {
    let page = Page::start()?;
    page.set_size(arguments.width, 900)?;
    arrive(&page)?;
    let begun = Instant::now();
    println!(
        "{:>8} {:>8} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "minutes", "seed", "actions", "heap/MB", "wasm/MB", "nodes", "listeners"
    );
    let mut told = None;
    let mut actions = 0;
    for seed in arguments.seed.. {
        let round = play(&page, seed, ACTIONS)?;
        actions += round.did.len();
        if !round.thrown.is_empty() {
            let what = format!("nothing to be thrown by `--seed {seed}`");
            return Err(Error::Timeout { what, seen: format!("{round:#?}") });
        }
        let is_over = begun.elapsed() >= Duration::from_secs(60 * arguments.minutes);
        let minute = begun.elapsed().as_secs() / 60;
        if is_over || told != Some(minute) {
            told = Some(minute);
            let it = holding(&page)?;
            println!(
                "{:>8.1} {seed:>8} {actions:>10} {:>10.1} {:>10.1} {:>10} {:>10}",
                begun.elapsed().as_secs_f64() / 60.0,
                it.heap,
                it.wasm,
                it.nodes,
                it.listeners
            );
        }
        if is_over {
            break;
        }
    }
    Ok(())
}
