//! `cargo xtask lighthouse`: what Lighthouse says of the built page on its mobile profile, several times.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::run::{program, run, stdout};
use crate::site::Site;
use crate::{Error, Result, browser, dist, project};

/// Version 13 wants a newer Node than Debian's and Node's own long-term versions of the day.
const VERSION: &str = "12.8.2";
const ROUNDS: usize = 5;
const CATEGORIES: [&str; 3] = ["performance", "accessibility", "best-practices"];
/// The page as it opens, and a link to a failure's last step.
const PAGES: [&str; 2] = ["", "#/race/memunmap?kill_gp=off&s=w2m3h7w&at=12"];

/// What Lighthouse prints, as far as it is read.
#[derive(Deserialize)]
struct Report {
    categories: BTreeMap<String, Category>,
    audits: BTreeMap<String, Audit>,
}

#[derive(Deserialize)]
struct Category {
    /// From 0 to 1; none where something of it could not be measured.
    score: Option<f64>,
    #[serde(rename = "auditRefs")]
    audits: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    id: String,
    weight: f64,
}

#[derive(Deserialize)]
struct Audit {
    score: Option<f64>,
    title: String,
    #[serde(default, rename = "displayValue")]
    value: String,
}

/// Builds the page, serves it compressed, and prints the scores of each round, their medians, and what cost a point.
pub fn lighthouse() -> Result {
    dist::build()?;
    browser::ensure()?;
    ensure()?;
    let site = Site::measured(project::dist(), 0)?;
    for page in PAGES {
        println!("/{page}");
        println!("{:8} {:>14} {:>14} {:>14}", "", CATEGORIES[0], CATEGORIES[1], CATEGORIES[2]);
        let mut rounds = Vec::new();
        for round in 1..=ROUNDS {
            let report = look(&format!("{}{page}", site.url()))?;
            let scores = CATEGORIES.map(|it| {
                report.categories.get(it).and_then(|it| it.score).map_or(f64::NAN, |it| it * 100.0)
            });
            told(&round.to_string(), scores);
            rounds.push((scores, report));
        }
        let median = |category: usize| {
            let mut all: Vec<f64> = rounds.iter().map(|it| it.0[category]).collect();
            all.sort_by(f64::total_cmp);
            all[ROUNDS / 2]
        };
        told("median", [median(0), median(1), median(2)]);
        if let Some((_, last)) = rounds.last() {
            costs(last);
        }
    }
    Ok(())
}

fn told(what: &str, [performance, accessibility, practices]: [f64; 3]) {
    println!("{what:8} {performance:>14.0} {accessibility:>14.0} {practices:>14.0}");
}

/// What counts and is not perfect.
fn costs(report: &Report) {
    for (name, category) in &report.categories {
        for reference in category.audits.iter().filter(|it| it.weight > 0.0) {
            let Some(audit) = report.audits.get(&reference.id) else { continue };
            if let Some(score) = audit.score.filter(|it| *it < 1.0) {
                println!("  {name}: {} {} ({score:.2})", audit.title, audit.value);
            }
        }
    }
}

fn look(address: &str) -> Result<Report> {
    let mut lighthouse = program(folder().join("node_modules/.bin/lighthouse"));
    lighthouse.arg(address).args(["--quiet", "--output=json"]);
    lighthouse.arg(format!("--only-categories={}", CATEGORIES.join(",")));
    // A machine for tests lets nobody else in, and often runs as root, which Chromium refuses with its sandbox.
    lighthouse.arg("--chrome-flags=--headless=new --no-sandbox");
    let report = stdout(&mut lighthouse)?;
    serde_json::from_str(&report).map_err(|source| Error::Report { program: "lighthouse", source })
}

/// Apart from the other packages, since it brings two hundred.
fn folder() -> PathBuf {
    project::tools().join("lighthouse")
}

fn ensure() -> Result {
    let package = format!("lighthouse@{VERSION}");
    if folder().join("node_modules/.bin/lighthouse").is_file() {
        return Ok(());
    }
    println!("Installing {package} into .tools …");
    let mut install = program("npm");
    install.args(["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
    install.arg("--prefix").arg(folder()).arg(&package);
    run(&mut install).map_err(|source| Error::Install {
        tool: package.clone(),
        source: Box::new(source),
        by_hand: format!("npm install --no-save --prefix .tools/lighthouse {package}"),
    })
}
