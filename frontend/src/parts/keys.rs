//! The sheet of keys. It knows the keyboard's map and the letters of the actors.

use racewalk_engine::view::Lane;
use yew::Html;

use super::Asked;
use super::glyph::glyph;
use super::sheet::sheet;
use crate::element::{Content, element};
use crate::keyboard::{IN_THE_INSTRUMENT, SHEET};

/// The sheet of keys; the actors are told with their letters.
pub(crate) fn keys(lanes: &[Lane], asked: &Asked) -> Html {
    let actors = lanes.iter().map(|lane| {
        let does = element("dd")
            .child(("let ", glyph(lane.hue), " "))
            .child((&lane.name, " take its step"));
        let letter = element("kbd").child(lane.letter);
        element("div").child(element("dt").child(letter)).child(does)
    });
    let others = SHEET.iter().chain(IN_THE_INSTRUMENT).map(|line| {
        let keys = line.keys.iter().map(|&it| element("kbd").child(it));
        element("div").child(element("dt").list(keys)).child(element("dd").child(line.does))
    });
    let hint = "In the timeline: drag the scrubber, or click a step to stand after it. In a lane: \
                click its head or its next line to let it move.";
    let all = (
        element("dl").class("keys").list(actors).list(others),
        element("p").class("second").child(hint),
    );
    sheet("keys", "Keys".to_owned(), all.html(), asked)
}
