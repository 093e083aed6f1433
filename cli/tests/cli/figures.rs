//! Figures: complete files, the same every time, and no two with one id.

use crate::racewalk;

#[track_caller]
fn svg(more: &[&str]) -> String {
    let mut args = vec![
        "replay",
        "memunmap",
        "--set",
        "kill_gp=off",
        "--schedule",
        "w2m3h7w",
        "--format",
        "svg",
    ];
    args.extend(more);
    let done = racewalk(&args).code(0).stderr_eq("");
    String::from_utf8(done.get_output().stdout.clone()).expect("text")
}

/// The ids of a file, and every class, without the number behind it.
fn names(svg: &str) -> Vec<&str> {
    let names = svg.split_ascii_whitespace();
    let names = names.filter_map(|it| it.split_once("id=\"").or(it.split_once("class=\"")));
    names.filter_map(|it| it.1.split(['"', '-']).next()).collect()
}

#[test]
fn a_figure_says_what_it_shows() {
    let svg = svg(&[]);
    for part in [
        "race memunmap: kill_gp=off: step 13 of 13</title>",
        "uaf-read: reads a struct page whose memory has been freed.</desc>",
        "@media (prefers-color-scheme: dark)",
        "folio = page_folio(page)",
    ] {
        assert!(svg.contains(part), "{part}");
    }
}

/// Nothing from elsewhere, nothing that a strict policy forbids, nothing that not every tool knows.
#[test]
fn a_figure_needs_nothing_else() {
    let svg = svg(&["--at", "0,7,13"]);
    let links = svg.matches("http").count();
    assert_eq!(links, 1, "the namespace only");
    for part in
        ["<script", "href", "@import", "@font-face", "style=", "var(", "light-dark(", "onload"]
    {
        assert!(!svg.contains(part), "{part}");
    }
}

#[test]
fn the_same_figure_is_the_same_file_and_no_other_shares_a_name() {
    let figures =
        [&[][..], &["--at", "7"], &["--at", "0,7,13"], &["--theme", "dark"], &["--theme", "light"]];
    let mut prefixes = Vec::new();
    for more in figures {
        let svg = svg(more);
        assert_eq!(svg, self::svg(more));
        let mut names = names(&svg);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 1, "{names:?}");
        prefixes.push(names[0].to_owned());
    }
    let all = prefixes.len();
    prefixes.sort_unstable();
    prefixes.dedup();
    assert_eq!(prefixes.len(), all);
}

#[test]
fn a_theme_can_be_forced() {
    let (light, dark) = (svg(&["--theme", "light"]), svg(&["--theme", "dark"]));
    assert!(!light.contains("@media") && !dark.contains("@media"));
    assert!(light.contains("#ffffff") && !light.contains("#1a1e22"));
    assert!(dark.contains("#1a1e22") && !dark.contains("#ffffff"));
}

#[test]
fn mistakes() {
    let replay = ["replay", "reclaim", "--schedule", "w"];
    racewalk(&[&replay[..], &["--format", "svg", "--at", "2"]].concat())
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: there is no position 2: the schedule has 1 step\n");
    racewalk(&[&replay[..], &["--at", "1"]].concat())
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: --at, --theme and --animate are for --format svg\n");
    racewalk(&[&replay[..], &["--format", "svg", "--animate", "--at", "0,1"]].concat())
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: with --animate one position can stand still: --at N\n");
}

/// Each position has what shows at it and hides what does not, and the one that stands is in the file
/// as it stands.
#[test]
fn an_animation_stands_still_where_it_is_told_to() {
    let (last, seventh) = (svg(&["--animate"]), svg(&["--animate", "--at", "7"]));
    for svg in [&last, &seventh] {
        assert!(svg.contains("@media screen and (prefers-reduced-motion: no-preference)"));
        assert!(!svg.contains("<script") && !svg.contains("<animate"));
    }
    // What a tool shows that knows no animation: every text that is not hidden.
    let stands = |svg: &str, step: &str| {
        let mut hidden = false;
        svg.lines().any(|line| {
            if line.starts_with("<g class") {
                hidden = line.contains("visibility=\"hidden\"");
            }
            !hidden && line.contains(step)
        })
    };
    assert!(stands(&last, " step 13 of 13<") && !stands(&last, " step 7 of 13<"));
    assert!(stands(&seventh, " step 7 of 13<") && !stands(&seventh, " step 13 of 13<"));
    // What stays for the whole run is drawn once.
    let still = svg(&[]);
    assert_eq!(last.matches(">page tables<").count(), still.matches(">page tables<").count());
    assert!(last.len() < 4 * still.len(), "{} bytes", last.len());
}
