//! Every row that the kernel facts print for the races, through `check`.

use crate::{json, racewalk};

/// race, knobs and, after the arrow, every kind of violation; nothing is safe. The browser's tests read it, too.
const ROWS: &str = include_str!("kernel_rows.txt");

#[test]
fn every_row_is_what_check_says() {
    let rows: Vec<&str> = ROWS.lines().filter(|it| !it.is_empty()).collect();
    assert_eq!(rows.len(), 31);
    for row in rows {
        let (question, kinds) = row.split_once("->").expect("an arrow");
        let mut words = question.split_whitespace();
        let mut args = vec!["check", words.next().expect("a race"), "--json"];
        words.for_each(|setting| args.extend(["--set", setting]));
        let mut expected: Vec<&str> = kinds.split_whitespace().collect();
        expected.sort_unstable();

        let check = racewalk(&args).code(i32::from(!expected.is_empty()));
        let check = json(&check);
        let violations = check["violations"].as_array().expect("a list");
        let mut found: Vec<&str> = violations.iter().filter_map(|it| it["kind"].as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{row}");
        assert_eq!(
            check["verdict"],
            if expected.is_empty() { "safe" } else { "violated" },
            "{row}"
        );
        assert_eq!(check["deadlocks"], serde_json::json!([]), "{row}");
    }
}

#[test]
fn the_published_counterexample_has_13_steps() {
    let check = racewalk(&["check", "memunmap", "--set", "kill_gp=off", "--json"]).code(1);
    let shortest = &json(&check)["violations"][0];
    // W1 W2, M1 M2' M3, H3 D2 D3 D4 H1 H9 H10, W5.
    let expected = serde_json::json!({ "kind": "uaf-read", "steps": 13, "schedule": "w2m3h7w" });
    assert_eq!(*shortest, expected);
}

#[test]
fn safe_but_held_off_while_the_mapping_holds_a_reference() {
    let check = racewalk(&["check", "memunmap", "--set", "unmap=off", "--json"]).code(0);
    assert_eq!(json(&check)["held_off"].as_array().map(Vec::len), Some(1));
}
