//! The offers of "Take away": the link with its verdict, pictures, diagrams, data and the table of the run that the reader looks at.

use racewalk_engine::export::json::Replay;
use racewalk_engine::export::{self, Theme};

use crate::offer::{Offer, Offers, Shown};
use crate::place::Place;
use crate::promise;

/// How many positions a strip shows at most.
const MOST: usize = 40;

/// What can be taken away from here. `steps` are the positions of the strip as a reader writes them
/// (`0,7,13`); `None`: the start, and each step where something breaks or the last one.
#[must_use]
pub fn take_away(place: &Place, theme: Theme, steps: Option<&str>) -> Offers {
    let Place { race, settings, model, trace, at, .. } = place;
    let (chosen, fault) = match steps.map(|it| read(it, trace.steps.len())) {
        None => (usual(place), String::new()),
        Some(Ok(chosen)) => (chosen, String::new()),
        Some(Err(fault)) => (Vec::new(), fault),
    };
    let listed = chosen.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
    let svg = |at: &[usize]| export::svg(race, settings, model, trace, at, theme);
    let strip = if chosen.is_empty() { String::new() } else { svg(&chosen) };
    // Its parts are texts and numbers, which can always be written.
    let replay = Replay::new(race, settings, model, trace);
    let json = serde_json::to_string_pretty(&replay).unwrap_or_default() + "\n";
    let file = |what: &str, end: &str| format!("{}{what}.{end}", name(place));
    let both = |what: &str| vec![file(what, "svg"), file(what, "png")];
    let one = |end| vec![file("", end)];
    let picture = |key, title, hint: &str, text, files| Offer {
        key,
        title,
        hint: hint.to_owned(),
        text,
        shown: Shown::No,
        files,
    };
    let written = |key, title, hint: &str, text, end| Offer {
        key,
        title,
        hint: hint.to_owned(),
        text,
        shown: Shown::Copied,
        files: one(end),
    };
    let all = vec![
        promise::offer(place),
        picture(
            "frame",
            "This step",
            "One picture, self-contained. SVG stays sharp and its text can be searched; PNG goes where \
             no SVG may: at twice the size, and with Auto in the colours of your system.",
            svg(&[*at]),
            both(&format!("-step-{at}")),
        ),
        picture(
            "strip",
            "Chosen steps",
            "The pictures of several steps, one below the other.",
            strip,
            both("-strip"),
        ),
        picture(
            "animation",
            "The whole run, playing",
            "An SVG that plays by itself, without scripts. On paper, and where motion is not wanted, it \
             stands at this step.",
            export::animation(race, settings, model, trace, *at, theme),
            vec![file("-playing", "svg")],
        ),
        written(
            "table",
            "Table",
            "For commit messages: who did what in which order, at most 75 columns. Pasted onto this page, \
             it becomes the schedule again.",
            export::table(race, settings, model, trace),
            "txt",
        ),
        written(
            "mermaid",
            "Mermaid",
            "A sequence diagram as text, for wikis and forges that draw it.",
            export::mermaid(race, settings, model, trace),
            "mmd",
        ),
        written(
            "json",
            "JSON",
            "Every step with what it read, wrote and broke, for programs; the command line gives the same.",
            json,
            "json",
        ),
    ];
    Offers { steps: steps.map_or(listed, str::to_owned), fault, all }
}

/// The start, and each step where something breaks or the last one.
fn usual(place: &Place) -> Vec<usize> {
    let steps = &place.trace.steps;
    let mut chosen = vec![0];
    chosen.extend((1..).zip(steps).filter(|it| it.1.broken.is_some()).map(|it| it.0));
    if chosen.len() == 1 && !steps.is_empty() {
        chosen.push(steps.len());
    }
    chosen
}

/// Positions as a reader writes them; `Err`: what is wrong with them.
fn read(text: &str, last: usize) -> Result<Vec<usize>, String> {
    let mut chosen = Vec::new();
    for part in text.split([',', ' ', ';']).filter(|it| !it.is_empty()) {
        match part.parse() {
            Ok(at) if at <= last => chosen.push(at),
            Ok(_) => {
                let long = export::counted(&last.to_string(), "step");
                return Err(format!("There is no step {part}: the schedule has {long}."));
            }
            Err(_) => {
                let part: String = part.chars().take(20).collect();
                return Err(format!("“{part}” is no number of a step; 0 is the start."));
            }
        }
    }
    match chosen.len() {
        0 => Err("Which steps? Their numbers, as in 0,7,13; 0 is the start.".to_owned()),
        1..=MOST => Ok(chosen),
        many => Err(format!("A strip shows at most {MOST} steps; these are {many}.")),
    }
}

/// What files that are saved here begin with.
pub(crate) fn name(place: &Place) -> String {
    let plain = |it: char| if it.is_ascii_alphanumeric() || it == '_' { it } else { '-' };
    place.race.id.chars().take(40).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&[usize], &str>) {
        match (read(text, 13), expected) {
            (Ok(read), Ok(expected)) => assert_eq!(read, expected),
            (Err(fault), Err(expected)) => assert!(fault.contains(expected), "{fault}"),
            (read, expected) => panic!("{read:?} is not {expected:?}"),
        }
    }

    #[test]
    fn steps_are_read_as_people_write_them() {
        check("0,7,13", Ok(&[0, 7, 13]));
        check(" 13 7; 7,, ", Ok(&[13, 7, 7]));
        check("14", Err("There is no step 14: the schedule has 13 steps."));
        check("99999999999999999999999", Err("is no number"));
        check("-1", Err("“-1” is no number"));
        check("0,last", Err("“last”"));
        check(" , ", Err("Which steps?"));
        check(&"1,".repeat(41), Err("at most 40 steps; these are 41"));
    }
}
