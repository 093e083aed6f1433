//! Tables that are pasted: what they lead to, and what is said of each line that could not be matched.

use racewalk_engine::export::Theme;
use racewalk_interchange::{Table, mail, table, take_away};

use crate::{OWN, VERDICT, VIOLATED, offer, place, with};

/// The table of the published run.
fn published() -> String {
    let offers = take_away(&place(&VIOLATED), Theme::Auto, None);
    offer(&offers, "table").0.to_owned()
}

fn run(race: &str, knobs: &[&str], code: &str) -> Option<Table> {
    let knobs = knobs.iter().map(|&it| it.to_owned()).collect();
    Some(Table { race: race.to_owned(), knobs, code: code.to_owned(), report: String::new() })
}

#[test]
fn the_table_of_a_run_leads_back_to_it() {
    let text = published();
    let expected = |race| run(race, &["kill_gp=off"], "w2m3h7w");
    assert_eq!(table(&place(&[("race", "memunmap")]), &text), expected(""));
    // Read where another race is open, it opens its own.
    assert_eq!(table(&place(&[("race", "reclaim")]), &text), expected("memunmap"));
    let quoted: String = text.lines().map(|it| format!("> {it}\n")).collect();
    assert_eq!(table(&place(&[("race", "reclaim")]), &quoted), expected("memunmap"));
    assert_eq!(table(&place(&[("race", "reclaim")]), &mail(&with(&VERDICT))), expected("memunmap"));
}

#[test]
fn without_a_first_line_it_is_of_what_is_open() {
    let text = published();
    let (_, rows) = text.split_once('\n').expect("a first line");
    assert_eq!(table(&place(&VIOLATED), rows), run("", &["kill_gp=off"], "w2m3h7w"));
}

#[test]
fn a_race_of_ones_own_reads_its_tables() {
    let place = place(&[("text", OWN), ("s", "ba")]);
    let offers = take_away(&place, Theme::Auto, None);
    assert_eq!(table(&place, offer(&offers, "table").0), run("", &[], "ba"));
}

#[test]
fn each_line_that_is_wrong_is_named_and_what_is_before_it_kept() {
    let text = published();
    let third = text.lines().filter(|it| !it.trim().is_empty()).nth(5).expect("a step").trim();
    let read = table(&place(&VIOLATED), &text.replace(third, "free_everything(now)"));
    let read = read.expect("a table");
    assert!(
        read.report.contains("2 lines could not be matched; 2 steps could."),
        "{}",
        read.report
    );
    assert!(read.report.contains("`free_everything(now)`: expected here"), "{}", read.report);
    assert_eq!(read.code, "w2");
    let read =
        table(&place(&VIOLATED), &text.replace("kill_gp=off", "kil_gp=off")).expect("a table");
    assert!(read.report.contains("did you mean `kill_gp`?"), "{}", read.report);
    let read = table(&place(&VIOLATED), &text.replace("memunmap", "memunmpa")).expect("a table");
    assert!(
        read.report.contains("line 1: there is no race `memunmpa` here; did you mean `memunmap`?")
    );
    assert_eq!(read.code, "");
}

#[test]
fn a_table_without_steps_says_so() {
    let read =
        table(&place(&VIOLATED), "race memunmap: kill_gp=off\n\nCPU 0   CPU 1\n").expect("a table");
    assert_eq!(read.report, "No line of it is a step.");
    let none = take_away(&place(&[("race", "memunmap")]), Theme::Auto, None);
    assert_eq!(table(&place(&VIOLATED), offer(&none, "table").0), run("", &[], ""));
}

#[test]
fn what_is_no_table_is_left_to_others() {
    for text in [
        OWN,
        "words",
        "",
        "# a comment\nrace x \"broken",
        "actor: says\n",
        "rac x \"a CPU\"\nmemory\n",
    ] {
        assert_eq!(table(&place(&VIOLATED), text), None, "{text}");
    }
}
