//! Every JSON is what its committed schema says.

use std::path::Path;

use boon::{Compiler, Schemas};
use serde_json::{Value, json};

use crate::{PHILOSOPHERS, json, racewalk};

#[track_caller]
pub(crate) fn validate(name: &str, value: &Value) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
    let mut schemas = Schemas::new();
    let path = file.to_str().expect("a path in UTF-8");
    let schema = Compiler::new().compile(path, &mut schemas).expect("a valid schema");
    schemas.validate(value, schema).map_err(|error| error.to_string())
}

#[track_caller]
fn check(schema: &str, args: &[&str]) -> Value {
    let value = json(&racewalk(args));
    assert_eq!(validate(schema, &value), Ok(()), "{args:?}: {value}");
    value
}

#[test]
fn check_json() {
    let schema = "check.schema.json";
    check(schema, &["check", "reclaim", "--json"]);
    check(schema, &["check", "memunmap", "--set", "kill_gp=off", "--json"]);
    check(schema, &["check", "memunmap", "--set", "unmap=off", "--json"]);
    let incomplete = check(schema, &["check", "memunmap", "--max-states", "9", "--json"]);
    assert_eq!(incomplete["verdict"], "incomplete");
    assert_eq!(incomplete["schedules"], Value::Null);
    let deadlock = check(schema, &["check", PHILOSOPHERS, "--json"]);
    assert_eq!(deadlock["deadlocks"].as_array().map(Vec::len), Some(1));
    let loops = check(schema, &["check", "spin.race", "--json"]);
    assert_eq!(loops["schedules"], Value::Null);
    let reduced = check(schema, &["check", "ram-unplug", "--reduce", "--json"]);
    assert_eq!(reduced["reduced"], true);
    assert_eq!(reduced["shortest"], true);
    assert_eq!(reduced["schedules"], Value::Null);
    let whole = check(schema, &["check", "ram-unplug", "--json"]);
    assert_eq!(whole.get("shortest"), None);
    let kinds = |it: &Value| {
        let all = it["violations"].as_array().expect("a list").iter();
        all.map(|it| (it["kind"].to_string(), it["steps"].to_string())).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&reduced), kinds(&whole));
}

/// The first of the reduced searches comes to its end, the one for the shortest schedules does not.
#[test]
fn lengths_that_may_be_shorter_are_said_to_be() {
    let reduced = ["check", "ram-unplug", "--reduce"];
    let whole = check("check.schema.json", &[&reduced[..], &["--json"]].concat());
    let states = whole["states"].to_string();
    let limited = [&reduced[..], &["--max-states", &states]].concat();
    let stopped = check("check.schema.json", &[&limited[..], &["--json"]].concat());
    assert_eq!((&whole["shortest"], &stopped["shortest"]), (&json!(true), &json!(false)));
    assert_eq!((&stopped["verdict"], &stopped["states"]), (&whole["verdict"], &whole["states"]));
    let steps = |it: &Value, kind: &Value| {
        let mut all = it["violations"].as_array().expect("a list").iter();
        all.find(|it| it["kind"] == *kind).and_then(|it| it["steps"].as_u64())
    };
    let violations = stopped["violations"].as_array().expect("a list");
    assert_eq!(whole["violations"].as_array().map(Vec::len), Some(violations.len()));
    for it in violations {
        // Longer perhaps, never shorter; and it is a run.
        assert!(steps(&stopped, &it["kind"]) >= steps(&whole, &it["kind"]), "{it}");
        let schedule = it["schedule"].as_str().expect("a schedule");
        let run = ["replay", "ram-unplug", "--format", "json", "--schedule", schedule];
        assert_eq!(json(&racewalk(&run))["ending"]["kind"], it["kind"]);
    }
    let told = racewalk(&limited);
    let told = String::from_utf8_lossy(&told.get_output().stdout);
    assert!(told.contains("shortest lengths may be shorter than these"), "{told}");
}

#[test]
fn the_knobs_stand_in_their_order() {
    let output = racewalk(&["check", "memunmap", "--set", "debug_vm=on", "--json"]);
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    let (_, knobs) = text.split_once("\"knobs\":{").expect("knobs");
    assert!(
        knobs.starts_with("\"walker\":\"gup\",\"flush\":\"broadcast\",\"kill_gp\":\"on\""),
        "{knobs}"
    );
}

#[test]
fn list_json() {
    let list = check("list.schema.json", &["list", "--json"]);
    let knob = |race: &str, name: &str| {
        let mut races = list.as_array().into_iter().flatten();
        let race = races.find(|it| it["id"] == race).expect("a race of the library");
        let mut knobs = race["knobs"].as_array().into_iter().flatten();
        knobs.find(|it| it["name"] == name).expect("one of its knobs").clone()
    };
    assert_eq!(
        knob("reclaim", "walkers"),
        json!({ "name": "walkers", "values": ["1", "2", "3", "4"], "default": "1", "scale": true, "protects": [] })
    );
    let recheck = knob("reclaim", "pte_recheck");
    assert_eq!((&recheck["scale"], &recheck["protects"]), (&json!(false), &json!(["on"])));
    let grace_period = &knob("memunmap", "grace_period")["protects"];
    assert_eq!(*grace_period, json!(["after-begin", "after-remove"]));
}

#[test]
fn sources_json() {
    let citations = check("sources.schema.json", &["sources", "--json"]);
    let citations = citations.as_array().expect("a list");
    let find = |function| citations.iter().find(|it| it["function"] == function);
    let walker = find("gup_fast_pte_range").expect("the walker cites its loop");
    assert_eq!(walker["cited_in"], "gup_fast");
    assert_eq!(walker["versions"], json!(["v6.12", "v7.2"]));
    let kill = find("percpu_ref_kill_and_confirm").expect("memunmap cites the kill");
    assert_eq!((&kill["cited_in"], &kill["step"]), (&json!("memunmap"), &json!("D2")));
}

#[test]
fn replay_json() {
    let schema = "replay.schema.json";
    let replay = |args: &[&str]| {
        let args = [&["replay", "--format", "json"], args].concat();
        check(schema, &args)
    };
    let broken = replay(&["memunmap", "--set", "kill_gp=off", "--schedule", "w2m3h7w"]);
    assert_eq!(broken["ending"], json!({ "how": "violated", "kind": "uaf-read" }));
    assert_eq!(broken["steps"].as_array().map(Vec::len), Some(13));
    assert_eq!(broken["steps"][1]["reads"], json!([{ "cell": "pte[0]", "value": "4" }]));
    assert_eq!(broken["steps"][11]["state"]["memmap"], "freed");
    assert_eq!(broken["steps"][12]["broke"]["kind"], "uaf-read");
    assert_eq!(broken["steps"][12]["broke"]["cells"], json!(["page[4].head"]));
    assert_eq!(
        broken["start"]["ready"][0],
        json!({ "actor": "walker", "key": "W1", "outcomes": [1] })
    );
    assert_eq!(broken["steps"][12]["ready"], json!([]));

    let choice = replay(&["reclaim", "--set", "flush=broadcast", "--schedule", "m3m.2"]);
    let nobody = json!({ "number": 2, "title": "nobody gets it" });
    assert_eq!(choice["steps"][3]["outcome"], nobody);
    assert_eq!(choice["steps"][2]["ready"][1]["outcomes"], json!([1, 2]));

    let impossible = replay(&["memunmap", "--set", "unmap=off", "--schedule", "h4"]);
    assert_eq!(impossible["schedule"], "h2");
    assert_eq!(impossible["impossible"]["step"], 3);
    let waits = &impossible["steps"][1]["waits"][0];
    assert_eq!(waits["actor"], "unplug");
    assert_eq!(waits["may_be_held_off"], true);

    replay(&[PHILOSOPHERS, "--schedule", "ahp"]);
    replay(&["reclaim", "--schedule", ""]);
}

#[test]
fn the_schemas_refuse_what_is_not_theirs() {
    let mut value = json(&racewalk(&["check", "reclaim", "--json"]));
    value["verdict"] = json!("perhaps");
    assert!(validate("check.schema.json", &value).is_err());
    assert!(validate("list.schema.json", &json!([{}])).is_err());
    assert!(validate("replay.schema.json", &json!({})).is_err());
}
