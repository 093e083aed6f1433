//! The book's own chapters: every example of the language compiles, every block is answered.

use std::fs;
use std::path::{Path, PathBuf};

use racewalk_engine::explore::{Limits, Verdict, answer, explore};
use racewalk_engine::race::Race;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book/src")
}

/// The texts of the fenced blocks of a language.
fn fenced(chapter: &str, language: &str) -> Vec<String> {
    let begin = format!("```{language}\n");
    let blocks = chapter.split(&begin).skip(1);
    blocks.filter_map(|it| Some(it.split_once("\n```")?.0.to_owned() + "\n")).collect()
}

#[test]
fn every_example_of_the_language_compiles_and_can_be_explored() {
    let chapter = fs::read_to_string(source().join("language.md")).expect("the chapter");
    let examples = fenced(&chapter, "race");
    assert!(examples.len() >= 8, "a chapter with {} examples", examples.len());
    for example in examples {
        let race = Race::load(&example).unwrap_or_else(|report| panic!("{report}\n\n{example}"));
        let mut all = vec![race.settings()];
        all.extend(race.presets.iter().map(|preset| race.preset(preset)));
        for settings in all {
            let model = race.compile(&settings).expect("loading has tried it");
            let answer = answer(&model, &explore(&model, Limits::default()));
            assert_ne!(answer.verdict, Verdict::Incomplete, "{}", race.id);
        }
    }
}

#[test]
fn the_first_example_fails_as_the_chapter_says() {
    let chapter = fs::read_to_string(source().join("language.md")).expect("the chapter");
    let race = Race::load(&fenced(&chapter, "race")[0]).expect("it loads");
    let model = race.compile(&race.settings()).expect("it compiles");
    let answer = answer(&model, &explore(&model, Limits::default()));
    let kinds: Vec<&str> =
        answer.violations.iter().map(|it| &*model.violations[it.violation.index()].name).collect();
    assert_eq!(kinds, ["lost-count"]);
}

/// Every chapter, whatever folder it is in.
fn chapters(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            chapters(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_block_is_answered() {
    let mut found = Vec::new();
    chapters(&source(), &mut found);
    for path in found {
        let chapter = fs::read_to_string(&path).expect("a chapter");
        let expanded = racewalk_mdbook::expand(&chapter)
            .unwrap_or_else(|error| panic!("{}:{error}", path.display()));
        assert!(!expanded.contains("```racewalk"), "{}", path.display());
    }
}

#[test]
fn a_block_that_cannot_be_answered_says_where_and_why() {
    let error = |text: &str| racewalk_mdbook::expand(text).expect_err("a mistake").to_string();
    let block =
        |asked: &str, text: &str| format!("# A chapter\n\n```racewalk {asked}\n{text}\n```\n");
    assert_eq!(
        error(&block("verdict", "reclaim")),
        "3: nothing is called `verdict`; did you mean `verdicts`? (there are: about, knobs, verdicts, \
         sweep, steps, evidence, left-out, replay, windows, course, placements, protections)"
    );
    assert_eq!(
        error(&block("about", "reclam")),
        "3: there is no race `reclam`; did you mean `reclaim`?"
    );
    assert_eq!(
        error(&block("replay", "reclaim")),
        "3: a replay wants a schedule: RACE knob=value…: CODE"
    );
    assert_eq!(
        error(&block("about", "reclaim flush=ip")),
        "3: knob `flush` has no value `ip`; did you mean `ipi`? (its values: ipi, broadcast)"
    );
    assert!(error(&block("replay", "reclaim: m9")).starts_with("3: "));
}

#[test]
fn an_embed_becomes_an_element_with_what_stands_there_without_a_script() {
    let block = "# A\n\n```race-walk\nmemunmap kill_gp=off: w2m3h7w\nat: 7\nexpect: uaf-read\n\
                 caption: a < b\n```\n\nAfter.\n";
    let chapter = racewalk_mdbook::expand(block).expect("an embed");
    let html = chapter.split("\n\n").nth(1).expect("one block without a blank line");
    assert!(html.starts_with(
        "<race-walk race=\"memunmap\" set=\"kill_gp=off\" schedule=\"w2m3h7w\" at=\"7\">\n<figure><img src=\"data:image/svg+xml,%3Csvg"
    ));
    assert!(html.contains("<figcaption>a &lt; b</figcaption>"), "{html}");
    assert!(html.contains("<pre>race memunmap: kill_gp=off&#10;&#10;CPU 0 "), "{html}");
    assert!(html.ends_with("</race-walk>"), "{html}");
    let wrong = block.replace("uaf-read", "uaf-write");
    let error = racewalk_mdbook::expand(&wrong).expect_err("it does not hold").to_string();
    assert_eq!(error, "3: `uaf-write` is expected, but this schedule's end is: uaf-read");
}
