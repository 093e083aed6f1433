//! The foot of the page: what the model leaves out, always in sight. It knows a race's texts, no model.

use racewalk_engine::race::Race;

use super::text::{MARKS, mark, plain};
use super::{Asked, button};
use crate::element::{Element, element};
use crate::numbers::counted;
use crate::store::{Action, Explorer, Sheet};

/// The foot of the page.
pub(crate) fn footer(race: &Race, explorer: Explorer, asked: &Asked) -> Element {
    let place = match explorer {
        Explorer::Starting => "…",
        Explorer::Worker => "in a worker of this tab",
        Explorer::Page => "on the page’s own thread, since the browser gives it no worker",
    };
    let marks = element("p")
        .class("marks")
        .child("Source marks: none = read in the source")
        .list(MARKS.into_iter().map(|it| (", ", mark(it))))
        .child(".");
    let about = button("link", asked, Action::Show(Some(Sheet::About))).child("About this race");
    let explored = element("p")
        .child(("Explored ", element("span").testid("explorer").child(place)))
        .child((". Nothing is sent anywhere. ", about));
    element("footer").class("foot").child(left_out(&race.left_out)).child(marks).child(explored)
}

/// What the model leaves out, unfolded on a click.
pub(crate) fn left_out(left_out: &[String]) -> Element {
    if left_out.is_empty() {
        let words = "This race does not say what it leaves out.";
        return element("p").key("left-out").child(words);
    }
    let summary = element("summary")
        .child("The model leaves out ")
        .child(counted(left_out.len(), "thing", "things"))
        .child(". A state that can be reached is not a likely one.");
    let items = left_out.iter().map(|it| element("li").child(plain(it)));
    element("details")
        .key("left-out")
        .testid("left-out")
        .child(summary)
        .child(element("ul").list(items))
}
