//! Races in the languages of other model checkers, and what is said where that cannot be.

use std::fs;
use std::path::Path;

use snapbox::str;

use crate::{command, racewalk};

const LARGE: &str = include_str!("../../../engine/tests/export/large.race");

#[track_caller]
fn printed(args: &[&str]) -> String {
    let output = racewalk(args).code(0).stderr_eq("").get_output().stdout.clone();
    String::from_utf8(output).expect("text")
}

#[test]
fn promela() {
    let text = printed(&["export", "memunmap", "--set", "kill_gp=off", "--to", "promela"]);
    assert!(text.starts_with("/* race memunmap: kill_gp=off\n"), "{text}");
    assert!(text.contains("\n  /* W5 folio = page_folio(page) */\n  :: d_step {"), "{text}");
}

#[test]
fn tla() {
    let text = printed(&["export", "memunmap", "--set", "kill_gp=off", "--to", "tla"]);
    assert!(text.contains("---- MODULE memunmap ----"), "{text}");
    assert!(text.contains("\nmemunmap.cfg:\n\nINIT Init\nNEXT Next\n"), "{text}");
}

#[test]
fn into_files() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a writable target directory");
    let write = |args: &[&str]| command(args).current_dir(&folder).assert().code(0).stdout_eq("");
    write(&["export", "reclaim", "--to", "promela", "--out", "reclaim.pml"]);
    write(&["export", "reclaim", "--to", "tla", "--out", "tla"]);
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("the file");
    assert_eq!(read("reclaim.pml"), printed(&["export", "reclaim", "--to", "promela"]));
    let both = format!("{}\nreclaim.cfg:\n\n{}", read("tla/reclaim.tla"), read("tla/reclaim.cfg"));
    assert_eq!(both, printed(&["export", "reclaim", "--to", "tla"]));
}

#[test]
fn what_cannot_be_exported() {
    racewalk(&["export", "reclaim"]).code(2).stdout_eq("");
    racewalk(&["export", "reclaim", "--to", "pml"]).code(2).stdout_eq("");
    racewalk(&["export", "reclam", "--to", "tla"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: there is no race `reclam`, and no such file; did you mean `reclaim`? (races: memunmap, ram-unplug, reclaim, thp-split, thp-collapse, table-free, pae-torn-pte)

"#]]);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(folder.join("large.race"), LARGE).expect("a writable target directory");
    for to in ["promela", "tla"] {
        let export = command(&["export", "large.race", "--to", to]).current_dir(folder).assert();
        export.code(2).stdout_eq("").stderr_eq(str![[r#"
error: A1 of first cannot be exported: its arithmetic may leave 32 bits

"#]]);
    }
    let args = ["export", "reclaim", "--to", "promela", "--out", "missing/reclaim.pml"];
    command(&args).current_dir(folder).assert().code(2).stderr_eq(str![[r#"
error: cannot write `missing/reclaim.pml`: No such file or directory (os error 2)

"#]]);
}

/// The knobs of a file, as of a race of the library.
#[test]
fn a_file_is_listed() {
    racewalk(&["list", crate::PHILOSOPHERS]).code(0).stderr_eq("").stdout_eq(str![[r#"
philosophers: Dining philosophers
  knobs, each with its default first
    table=all-left-first|one-right-first

"#]]);
    racewalk(&["list", "nowhere.race"]).code(2).stdout_eq("");
}
