//! Bad input: exit status 2, the reason on stderr, and never a panic.

use std::fs;
use std::path::Path;

use snapbox::str;

use crate::{command, racewalk};

#[test]
fn unknown_races_knobs_and_values() {
    racewalk(&["check", "memunamp"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: there is no race `memunamp`, and no such file; did you mean `memunmap`? (races: memunmap, ram-unplug, reclaim, thp-split, thp-collapse, table-free, pae-torn-pte)

"#]]);
    racewalk(&["check", "peterson"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: there is no race `peterson`, and no such file (races: memunmap, ram-unplug, reclaim, thp-split, thp-collapse, table-free, pae-torn-pte)

"#]]);
    let set = |setting| racewalk(&["check", "reclaim", "--set", setting]).code(2).stdout_eq("");
    set("flsh=ipi").stderr_eq(str![[r#"
error: race `reclaim` has no knob `flsh`; did you mean `flush`? (its knobs: flush, pte_recheck, zero_check, walkers, pages)

"#]]);
    set("flush=ip").stderr_eq(str![[r#"
error: knob `flush` has no value `ip`; did you mean `ipi`? (its values: ipi, broadcast)

"#]]);
    set("flush").stderr_eq(str![[r#"
error: invalid value 'flush' for '--set <knob=value>': a knob is set as knob=value

For more information, try '--help'.

"#]]);
    let twice = ["check", "reclaim", "--set", "flush=ipi", "--set", "flush=broadcast"];
    racewalk(&twice).code(2).stdout_eq("").stderr_eq(str![[r#"
error: knob `flush` is set twice

"#]]);
}

#[test]
fn unknown_commands_and_arguments() {
    racewalk(&[]).code(2).stdout_eq("");
    racewalk(&["chekc", "reclaim"]).code(2).stdout_eq("");
    racewalk(&["check"]).code(2).stdout_eq("");
    racewalk(&["replay", "reclaim"]).code(2).stdout_eq("");
    racewalk(&["check", "reclaim", "--max-states", "0"]).code(2).stdout_eq("");
    racewalk(&["check", "reclaim", "--max-memory", "much"]).code(2).stdout_eq("");
    racewalk(&["replay", "reclaim", "--schedule", "w", "--format", "pdf"]).code(2).stdout_eq("");
}

#[test]
fn files_that_are_no_races() {
    racewalk(&["check", "./missing.race"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: cannot read `./missing.race`: No such file or directory (os error 2)

"#]]);
    racewalk(&["check", "."]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: `.` is a directory, not a file

"#]]);

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let check = |name: &str, bytes: &[u8]| {
        fs::write(folder.join(name), bytes).expect("a writable target directory");
        command(&["check", name]).current_dir(folder).assert().code(2).stdout_eq("")
    };
    check("latin1.race", b"race x \"t\"\n# gr\xfc\xdfe\n").stderr_eq(str![[r#"
error: `latin1.race` is not UTF-8 text: line 2, at byte 15 of the file

"#]]);
    check("long.race", &vec![b'#'; (1 << 20) + 1]).stderr_eq(str![[r#"
error: `long.race` is longer than 1 MiB; a race or a table is a few hundred lines of text

"#]]);
    check("empty.race", b"").stderr_eq(str![[r#"
error: `empty.race` is no race yet

error: there is nothing in this text
 --> empty.race:1:1
  |
1 |
  | ^
  |
  = help: a race starts with `race NAME "title"`

"#]]);
    check(
        "mistake.race",
        b"race x \"t\"\nactor a \"a\" letter a\n  A1: frob    `l`\n      \"s\"\n",
    )
    .stderr_eq(str![[r#"
error: `mistake.race` is no race yet

error: expected `=`, `+=` or `-=`, but found a label
 --> mistake.race:3:15
  |
3 |   A1: frob    `l`
  |               ^^^
  |
  = help: such a line is written KEY: STATEMENT `label`, and below it a sentence in quotes

"#]]);
}

/// Loading tries every value, not every combination of them.
#[test]
fn a_mistake_behind_two_knobs_is_told_under_the_files_name() {
    let race = "race x \"t\"\n\nknob a = on | off\nknob b = on | off\n\nmemory\n  n: 0..1 = 0\n\n\
                actor one \"one\" letter a\n  when a is off and b is off\n    A1: n = none    `l`\n        \"s\"\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::write(folder.join("combined.race"), race).expect("a writable target directory");
    let check = |knobs: &[&str]| {
        let command = command(&["check", "./combined.race"]);
        command.args(knobs).current_dir(folder).assert()
    };
    check(&["--set", "a=off"]).code(0);
    check(&["--set", "a=off", "--set", "b=off"]).code(2).stderr_eq(str![[r#"
error: `./combined.race` is no race yet

error: there is no `none` here (wanted: a number)
  --> ./combined.race:11:13
   |
11 |     A1: n = none    `l`
   |             ^^^^

"#]]);
}

/// It says that it is empty, and has no end.
#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_read_to_it() {
    racewalk(&["check", "/dev/zero"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: `/dev/zero` is longer than 1 MiB; a race or a table is a few hundred lines of text

"#]]);
}

/// The part before is printed all the same.
#[test]
fn damaged_and_impossible_schedules() {
    let replay = |schedule| {
        let args = ["replay", "memunmap", "--set", "unmap=off", "--schedule", schedule];
        racewalk(&args).code(2)
    };
    replay("wh4").stderr_eq(str![[r#"
error: step 3 is impossible: unplug waits for the last reference on the pgmap and the callback after the kill's grace period (walker)

"#]]).stdout_eq(str![[r#"
race memunmap: unmap=off

CPU 0                                CPU 2
walker                               unplug

local_irq_save(flags)
                                     percpu_ref_kill(&pgmap->ref)

"#]]);
    replay("w20").stderr_eq(str![[r#"
error: step 9 is impossible: walker has finished

"#]]);
    replay("w.2").stderr_eq(str![[r#"
error: step 1 is impossible: walker at W1 `local_irq_save(flags)` can go one way only

"#]]);
    replay("whx").stderr_eq(str![[r#"
error: the schedule's character at offset 2: no actor has the letter `x`; there are `w` `m` `h` `e` `r`

"#]]).stdout_eq(str![[r#"
race memunmap: unmap=off

CPU 0                                CPU 2
walker                               unplug

local_irq_save(flags)
                                     percpu_ref_kill(&pgmap->ref)

"#]]);
    replay("w0").stderr_eq(str![[r#"
error: the schedule's character at offset 1: a count has to be at least 1

"#]]);
    replay("w99999999999999999999").stderr_eq(str![[r#"
error: the schedule's character at offset 1: more than 100000 steps

"#]]);
    let over = ["replay", "memunmap", "--set", "kill_gp=off", "--schedule", "w2m3h7w2"];
    racewalk(&over).code(2).stderr_eq(str![[r#"
error: step 14 is impossible: the run is over before it: uaf-read

"#]]);
}

/// As under `racewalk list | head -1`.
#[cfg(unix)]
#[test]
fn nobody_reads_the_answer() {
    let checks = ["check", "memunmap", "--set", "kill_gp=off"];
    for (args, status) in [
        (&["list"][..], 0),
        (&["list", "--json"], 0),
        (&["check", "reclaim"], 0),
        (&checks, 1),
        (&["--help"], 0),
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let program = snapbox::cmd::cargo_bin!("racewalk");
        let output = std::process::Command::new(program).args(args).stdout(writer).output();
        let output = output.expect("the program");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert_eq!(output.status.code(), Some(status), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_answer_cannot_be_written() {
    let full = fs::File::options().write(true).open("/dev/full").expect("/dev/full");
    let output = std::process::Command::new(snapbox::cmd::cargo_bin!("racewalk"))
        .arg("list")
        .stdout(full)
        .output()
        .expect("the program");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: cannot write the answer: No space left on device (os error 28)\n"
    );
}

/// Whatever the environment says about colours: there are none.
#[test]
fn no_colours() {
    let output = command(&["check", "memunamp"]).env("CLICOLOR_FORCE", "1").assert().code(2);
    assert!(!output.get_output().stderr.contains(&0x1b));
}
