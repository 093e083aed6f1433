//! The sheet for a race of the reader's own: a text, a file chooser, and what is wrong with it. It
//! knows no language; the engine's report says it all.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};
use yew::{Callback, Html, NodeRef};

use super::sheet::sheet;
use super::{Ask, Asked, button, pressed};
use crate::element::{Content, element};
use crate::store::{Action, Draft};

/// The sheet for a race of the reader's own. It begins with the text of the race that is open, or with
/// one that has mistakes; without either it is still loading.
pub(crate) fn own(open: Option<&str>, draft: Option<&Draft>, asked: &Asked) -> Html {
    let hint = "Paste or edit the text of a race, open a file, or drop one anywhere on the page. It \
                runs here like those of the library; nothing is sent anywhere. It is kept in the \
                address, so that a reload and a link bring it back (up to 64 kB packed). The table of \
                a schedule, as from a mail, is read as well.";
    let area = NodeRef::default();
    // As a property: a text area that was edited shows its own text ever after.
    let begins = draft.map(|it| it.text.as_str()).or(open);
    let text = element("textarea")
        .flag("disabled", begins.is_none())
        .node(area.clone())
        .property("value", begins.unwrap_or("Loading …"))
        .attribute("rows", "16")
        .attribute("spellcheck", "false")
        .attribute("wrap", "off")
        .testid("own-text");
    let label = element("span").class("vh").child("Text of the race");
    let report = draft.map(|draft| {
        // Underlines have to stay below what they underline; a table's report has none.
        let wrapped = if draft.table.is_some() { "wrapped" } else { "" };
        let report = element("pre").classes(&["report", wrapped]).testid("report");
        let report = report.child(&draft.report);
        element("div").key("report").attribute("role", "alert").child(report)
    });
    let matched = draft.and_then(|it| it.table.as_ref()).filter(|it| !it.code.is_empty());
    let matched = matched.map(|it| {
        let show = button("button", asked, Action::Table(it.clone())).testid("own-matched");
        show.child("Show what could be matched")
    });
    let run = {
        let asked = asked.clone();
        Callback::from(move |_: Event| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                asked.emit(Action::OpenText(area.value()).into());
            }
        })
    };
    let choose = {
        let asked = asked.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
            if let Some(file) = input.and_then(|it| it.files()).and_then(|it| it.get(0)) {
                asked.emit(Ask::Read(file));
            }
        })
    };
    let file = element("input")
        .attribute("type", "file")
        .attribute("accept", ".race,.txt,text/plain")
        .on("change", choose)
        .testid("own-file");
    let buttons = element("div")
        .key("buttons")
        .class("row")
        .child(pressed(run).class("primary").testid("own-run").child("Open this"))
        .child(matched)
        .child(element("label").class("button file").child(("Open a file…", file)));
    let all = (
        element("p").class("second").child(hint),
        element("label").class("area").child((label, text)),
        (report, buttons),
    );
    sheet("own", "Your own race".to_owned(), all.html(), asked)
}
