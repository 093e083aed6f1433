//! What `sweep` tells, and that it is what `check` tells.

use serde_json::Value;
use snapbox::str;

use crate::{json, racewalk};

#[test]
fn every_combination_of_the_knobs_that_are_left() {
    racewalk(&["sweep", "reclaim", "--set", "flush=broadcast"])
        .code(0)
        .stderr_eq(str![[r#"
reclaim: 4 combinations (4 distinct models): 1 safe, 3 violated, 0 incomplete; [..] s

"#]])
        .stdout_eq(str![[r#"
flush=broadcast: safe
flush=broadcast zero_check=off: refcount-from-zero 7
flush=broadcast pte_recheck=off: wrong-owner 9
flush=broadcast pte_recheck=off zero_check=off: refcount-from-zero 7, wrong-owner 9

"#]]);
}

#[test]
fn nothing_left_open_is_one_combination() {
    racewalk(&[
        "sweep",
        "reclaim",
        "--set",
        "flush=ipi",
        "--set",
        "pte_recheck=on",
        "--set",
        "zero_check=on",
    ])
    .code(0)
    .stdout_eq("defaults: safe\n");
}

#[test]
fn each_line_of_json_is_what_check_says() {
    let output = racewalk(&["sweep", "memunmap", "--set", "walker=rcu", "--json"]).code(0);
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines.len(), 2 * 2 * 3 * 2 * 2 * 3 * 2 * 2 * 2);
    // In order, whichever thread was the first to be done: each knob turns at its own pace.
    for knob in lines[0]["knobs"].as_object().expect("knobs").keys() {
        let turns: Vec<&Value> = lines.iter().map(|it| &it["knobs"][knob]).collect();
        let pace = turns.iter().position(|it| *it != turns[0]).unwrap_or(turns.len());
        let mut values: Vec<&Value> = Vec::new();
        for value in &turns {
            if !values.contains(value) {
                values.push(value);
            }
        }
        for (number, value) in turns.iter().enumerate() {
            assert_eq!(*value, values[number / pace % values.len()], "{knob}, line {number}");
        }
    }
    for line in lines.iter().step_by(97) {
        let knobs = line["knobs"].as_object().expect("knobs");
        let settings: Vec<String> = knobs
            .iter()
            .map(|(knob, value)| format!("{knob}={}", value.as_str().unwrap_or("?")))
            .collect();
        let mut args = vec!["check", "memunmap", "--json"];
        settings.iter().for_each(|setting| args.extend(["--set", setting]));
        assert_eq!(&json(&racewalk(&args)), line);
    }
}

#[test]
fn a_limit_is_not_an_answer() {
    racewalk(&["sweep", "reclaim", "--set", "flush=ipi", "--max-states", "30"]).code(3).stderr_eq(
        str![[r#"
reclaim: 4 combinations (4 distinct models): 0 safe, 0 violated, 4 incomplete; [..] s

"#]],
    );
}

#[test]
fn a_sweep_that_nobody_waits_for() {
    racewalk(&["sweep", "knobs.race"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: there are 1,048,576 combinations, and at most 1,000,000 are swept: set some of the knobs

"#]]);
}
