//! The fallbacks of a folder of documents: what is written, and when nothing is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use snapbox::cmd::OutputAssert;
use snapbox::dir::DirRoot;
use snapbox::str;

use crate::command;
use crate::schemas::validate;

/// A folder of documents, for as long as it lives.
struct Documents(DirRoot);

impl Documents {
    fn new(files: &[(&str, &str)]) -> Self {
        let documents = Self(DirRoot::mutable_temp().expect("a temporary folder"));
        files.iter().for_each(|(name, text)| documents.write(name, text));
        documents
    }

    fn path(&self) -> &Path {
        self.0.path().expect("a temporary folder has a path")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    #[track_caller]
    fn render(&self) -> OutputAssert {
        command(&["render", "."]).current_dir(self.path()).assert()
    }

    /// Every file below it but the documents, with its text and when it was written.
    fn rendered(&self) -> BTreeMap<PathBuf, (String, std::time::SystemTime)> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().contains(".race-walk") {
                    let text = fs::read_to_string(&path).expect("text");
                    let time = path.metadata().and_then(|it| it.modified()).expect("a time");
                    let name = path.strip_prefix(self.path()).expect("below").to_owned();
                    found.insert(name, (text, time));
                }
            }
        }
        found
    }
}

const MAIL: &str = "memunmap kill_gp=off: w2m3h7w";
const RST: &str = "
.. race-walk:: memunmap
   :set: kill_gp=off
   :schedule: w2m3h7w
   :at: 7
   :expect: uaf-read
   :name: mail

.. race-walk:: reclaim
   :expect: safe
";

fn three() -> Documents {
    Documents::new(&[
        ("book/chapter.md", &format!("# A\n\n```race-walk\n{MAIL}\nexpect: violated\n```\n")),
        ("guide.rst", RST),
        (
            "post.html",
            "<p>\n<race-walk race=\"table-free\" set=\"free=immediate\" schedule=\"w2m3w\"></race-walk>",
        ),
        ("none.md", "# Nothing\n"),
        (".hidden/broken.md", "```race-walk\nnowhere\n```\n"),
    ])
}

#[test]
fn every_embed_gets_its_files() {
    let documents = three();
    documents.render().code(0).stderr_eq("").stdout_eq(str![[r#"
./book/chapter.md: 1 embed
./guide.rst: 2 embeds
./post.html: 1 embed

"#]]);
    let rendered = documents.rendered();
    let names: Vec<String> = rendered.keys().map(|it| it.display().to_string()).collect();
    snapbox::assert_data_eq!(
        names.join("\n"),
        str![[r#"
book/chapter.md.race-walk/1.json
book/chapter.md.race-walk/1.svg
book/chapter.md.race-walk/1.txt
guide.rst.race-walk/2.json
guide.rst.race-walk/2.svg
guide.rst.race-walk/2.txt
guide.rst.race-walk/mail.json
guide.rst.race-walk/mail.svg
guide.rst.race-walk/mail.txt
post.html.race-walk/1.json
post.html.race-walk/1.svg
post.html.race-walk/1.txt
"#]]
    );
    let table = &rendered[Path::new("guide.rst.race-walk/mail.txt")].0;
    assert!(table.starts_with("race memunmap: kill_gp=off\n\nCPU 0 "), "{table}");
    let svg = &rendered[Path::new("guide.rst.race-walk/mail.svg")].0;
    assert!(svg.contains("step 7 of 13</title>"));
    snapbox::assert_data_eq!(
        &*rendered[Path::new("guide.rst.race-walk/mail.json")].0,
        str![[r#"
{
  "format": 1,
  "embed": {
    "race": "memunmap",
    "set": {
      "kill_gp": "off"
    },
    "schedule": "w2m3h7w",
    "at": 7,
    "expect": "uaf-read",
    "caption": null,
    "name": "mail"
  },
  "title": "ZONE_DEVICE removal under GUP-fast",
  "at": 7,
  "steps": 13,
  "check": {
    "format": 1,
    "race": "memunmap",
    "model": "e550058b2e6eb36d",
    "knobs": {
      "walker": "gup",
      "flush": "broadcast",
      "kill_gp": "off",
      "grace_period": "none",
      "page_wait": "on",
      "unmap": "on",
      "rcu_sync": "ignored",
      "teardown": "x86",
      "poison": "off",
      "debug_vm": "off",
      "walkers": "1"
    },
    "verdict": "violated",
    "violations": [
      {
        "kind": "uaf-read",
        "steps": 13,
        "schedule": "w2m3h7w"
      },
      {
        "kind": "uaf-write",
        "steps": 14,
        "schedule": "w3m3h7w"
      },
      {
        "kind": "fault",
        "steps": 14,
        "schedule": "w2m3h8w"
      },
      {
        "kind": "corrupt-write",
        "steps": 15,
        "schedule": "w3m3h7ew"
      }
    ],
    "deadlocks": [],
    "held_off": [],
    "states": 174,
    "transitions": 288,
    "schedules": "6899",
    "bad_schedules": "66",
    "reduced": false
  }
}

"#]]
    );
    let is_json = |it: &&PathBuf| it.extension().is_some_and(|it| it == "json");
    for name in rendered.keys().filter(is_json) {
        let value = serde_json::from_str(&rendered[name].0).expect("JSON");
        assert_eq!(validate("render.schema.json", &value), Ok(()), "{}", name.display());
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let documents = three();
    documents.render().code(0);
    let first = documents.rendered();
    documents.render().code(0);
    assert_eq!(first, documents.rendered());
}

#[test]
fn what_is_not_asked_for_any_more_goes() {
    let documents = three();
    documents.render().code(0);
    documents.write("guide.rst", &RST.replace("   :name: mail\n", ""));
    documents.write("post.html", "<p>");
    documents.render().code(0);
    let names: Vec<PathBuf> = documents.rendered().into_keys().collect();
    assert!(names.contains(&PathBuf::from("guide.rst.race-walk/1.svg")), "{names:?}");
    assert!(
        names.iter().all(|it| !it.ends_with("mail.svg") && !it.starts_with("post.html.race-walk"))
    );
}

#[test]
fn one_mistake_and_nothing_is_written() {
    let documents = three();
    documents.write("guide.rst", &RST.replace("reclaim", "reclam").replace(":at: 7", ":at: 14"));
    documents.render().code(2).stdout_eq("").stderr_eq(str![[r#"
error: 2 embeds cannot be rendered, so nothing was written
  ./guide.rst:2: there is no position 14: the schedule has 13 steps
  ./guide.rst:9: there is no race `reclam`; did you mean `reclaim`?

"#]]);
    assert!(documents.rendered().is_empty());
}

#[test]
fn a_verdict_that_does_not_hold_any_more_is_told_apart() {
    let documents = three();
    documents.write("guide.rst", &RST.replace("expect: safe", "expect: violated"));
    documents.render().code(1).stdout_eq("").stderr_eq(str![[r#"
error: 1 embed cannot be rendered, so nothing was written
  ./guide.rst:9: `violated` is expected, but the verdict is safe

"#]]);
    assert!(documents.rendered().is_empty());
}

#[test]
fn two_of_one_name() {
    let documents = Documents::new(&[(
        "a.md",
        "```race-walk\nreclaim\nname: x\n```\n\n```race-walk\nreclaim\nname: x\n```\n",
    )]);
    documents.render().code(2).stdout_eq("").stderr_eq(str![[r#"
error: 1 embed cannot be rendered, so nothing was written
  ./a.md:6: another embed of the document has the name `x`

"#]]);
}
