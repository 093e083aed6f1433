//! Which key does what, and the sheet that says so. Pure: it knows no event and no race but the
//! letters of its actors.

/// What a key asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Command {
    /// One step back.
    Back,
    /// One step forward.
    Forward,
    /// To the start of the schedule.
    Start,
    /// To its end.
    End,
    /// Play, or pause.
    Play,
    /// Play slower.
    Slower,
    /// Play faster.
    Faster,
    /// Let the actor with this letter take its step.
    Let(char),
    /// The outcome with this number, from 1, of the choice that stands open.
    Choose(u8),
    /// Play the shortest failure.
    Failure,
    /// Take up the branch that was left last.
    Branch,
    /// The sheet of keys.
    Help,
    /// Close what is open.
    Close,
}

/// A line of the sheet.
pub(crate) struct Line {
    /// The keys, as printed on them.
    pub(crate) keys: &'static [&'static str],
    /// What they do.
    pub(crate) does: &'static str,
}

/// The keys that are the same in every race. Letters that an actor has are the actor's.
pub(crate) const SHEET: &[Line] = &[
    Line { keys: &["←", "→"], does: "one step back, one step forward" },
    Line { keys: &["Home", "End"], does: "to the start, to the end of the schedule" },
    Line { keys: &["Space"], does: "play, pause" },
    Line { keys: &["−", "+"], does: "slower, faster" },
    Line { keys: &["1", "…", "9"], does: "choose, where a step can go several ways" },
    Line { keys: &["!"], does: "play the shortest failure" },
    Line { keys: &["Tab"], does: "with Shift or without: from one control to the next" },
    Line { keys: &["/"], does: "take up the branch that you left last" },
    Line { keys: &["?"], does: "this sheet" },
    Line { keys: &["Esc"], does: "close what is open" },
];

/// What keys do in the instrument, which hears them before the page does: `instrument/src/browser/dispatch.rs`.
pub(crate) const IN_THE_INSTRUMENT: &[Line] = &[
    Line {
        keys: &["←", "↑", "→", "↓"],
        does: "in the graph: look around; the path comes along once it is held",
    },
    Line { keys: &["Enter"], does: "in the graph: lead the path through the cell" },
    Line {
        keys: &["Space"],
        does: "in the graph: take hold of the path, or of its corner there; let go",
    },
    Line { keys: &["Esc"], does: "in the graph: put the path back" },
    Line {
        keys: &["↓", "Enter"], does: "at a card: down to the gaps, from gap to gap; place it"
    },
];

/// What a key without Ctrl, Alt or Meta asks for; `letters` are those of the actors.
pub(crate) fn command(key: &str, letters: &[char]) -> Option<Command> {
    Some(match key {
        "ArrowLeft" => Command::Back,
        "ArrowRight" => Command::Forward,
        "Home" => Command::Start,
        "End" => Command::End,
        " " => Command::Play,
        "-" => Command::Slower,
        "+" => Command::Faster,
        "!" => Command::Failure,
        "/" => Command::Branch,
        "?" => Command::Help,
        "Escape" => Command::Close,
        _ => {
            let mut chars = key.chars();
            let (Some(letter), None) = (chars.next(), chars.next()) else { return None };
            if letters.contains(&letter) {
                return Some(Command::Let(letter));
            }
            match letter.to_digit(10) {
                Some(number @ 1..=9) => Command::Choose(number as u8),
                _ => return None,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_the_actors() {
        assert_eq!(command("w", &['w', 'm']), Some(Command::Let('w')));
        assert_eq!(command("x", &['w', 'm']), None);
        assert_eq!(command("W", &['w', 'm']), None);
    }

    #[test]
    fn digits_choose() {
        assert_eq!(command("2", &['w']), Some(Command::Choose(2)));
        assert_eq!(command("0", &['w']), None);
    }

    #[test]
    fn named_keys_move() {
        assert_eq!(command("ArrowRight", &[]), Some(Command::Forward));
        assert_eq!(command("Home", &[]), Some(Command::Start));
        assert_eq!(command("PageDown", &[]), None);
        assert_eq!(command("", &[]), None);
    }

    #[test]
    fn every_key_on_the_sheet_is_one() {
        let spelled = |key: &str| match key {
            "←" => "ArrowLeft".to_owned(),
            "→" => "ArrowRight".to_owned(),
            "Space" => " ".to_owned(),
            "−" => "-".to_owned(),
            "Esc" => "Escape".to_owned(),
            other => other.to_owned(),
        };
        for key in SHEET.iter().flat_map(|it| it.keys).filter(|&&it| it != "…" && it != "Tab") {
            assert!(command(&spelled(key), &[]).is_some(), "{key}");
        }
    }
}
