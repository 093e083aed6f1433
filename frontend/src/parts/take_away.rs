//! What a reader takes away: the schedule as text, and the link to here. It knows no clipboard.

use super::{Ask, Asked, button};
use crate::element::{Element, element};

/// What a reader takes away.
pub(crate) fn take_away(asked: &Asked) -> Element {
    let copy = |testid: &'static str, ask| button("button", asked, ask).key(testid).testid(testid);
    let hint = "For mail: the schedule as a table, with the verdict, the knobs, what the model \
                leaves out, and the link, as plain text.";
    element("div")
        .class("take-away")
        .child(copy("copy-mail", Ask::CopyMail).child("Copy for mail"))
        .child(copy("copy-link", Ask::CopyLink).child("Copy link"))
        .child(element("p").class("second").child(hint))
}
