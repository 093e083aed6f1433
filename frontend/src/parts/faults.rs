//! What the reader has to see: faults of a link, of a file, of the browser. It knows no store but its actions.

use super::text::plain;
use super::{Asked, button};
use crate::element::{Content, Element, element};
use crate::store::Action;

/// Faults, oldest first, until the reader takes them away.
pub(crate) fn faults(faults: &[String], asked: &Asked) -> Element {
    let area = element("div").class("faults").attribute("role", "alert").testid("faults");
    if faults.is_empty() {
        return area;
    }
    let dismiss = button("button", asked, Action::Dismiss).key("dismiss").testid("dismiss");
    area.child(element("ul").key("faults").list(faults.iter().map(|it| fault(it))))
        .child(dismiss.child("Dismiss"))
}

/// One line is a sentence; several are a report with the text underlined.
fn fault(text: &str) -> Element {
    element("li").child(if text.contains('\n') {
        element("pre").class("report").child(text.to_owned()).html()
    } else {
        plain(text)
    })
}
