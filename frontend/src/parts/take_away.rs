//! What a reader takes away: the schedule as text, the link to here, and the sheets with all that can be saved, and with what is written into other documents. It knows no clipboard and no file.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::{Callback, Html};

use super::sheet::sheet;
use super::{Ask, Asked, button, option, select};
use crate::element::{Content, Element, element};
use crate::store::{Action, Figure, Sheet};
use crate::theme::Theme;

/// What a reader takes away.
pub(crate) fn take_away(asked: &Asked) -> Element {
    let copy =
        |testid: &'static str, ask: Ask| button("button", asked, ask).key(testid).testid(testid);
    let show = |sheet| Action::Show(Some(sheet)).into();
    let hint = "For mail: the schedule as a table, with the verdict, the knobs, what the model \
                leaves out, and the link, as plain text.";
    element("div")
        .class("take-away")
        .child(copy("copy-mail", Ask::CopyMail).child("Copy for mail"))
        .child(copy("copy-link", Ask::CopyLink).child("Copy link"))
        .child(copy("show-take", show(Sheet::Take)).child("Take away…"))
        .child(copy("show-embed", show(Sheet::Embed)).child("Embed this…"))
        .child(element("p").class("second").child(hint))
}

/// The sheet with what can be taken away, or `embed`ded. `offers` are as `racewalk-interchange` gives
/// them; without, they are still loading.
pub(crate) fn offers(
    embed: bool,
    offers: Option<&[String]>,
    figure: &Figure,
    said: Element,
    asked: &Asked,
) -> Html {
    let (testid, title) = if embed { ("embed", "Embed this") } else { ("take", "Take away") };
    let [steps, fault, all @ ..] = offers.unwrap_or_default() else {
        return sheet(testid, title.to_owned(), ("Loading …", said).html(), asked);
    };
    let chosen = figure.steps.clone();
    let colours = select(
        asked,
        Box::new(move |name| {
            Some(Action::Figure(Figure { theme: Theme::named(name), steps: chosen.clone() }))
        }),
    );
    let themes =
        Theme::ALL.map(|it| option(it.name(), it.name(), it == figure.theme).child(it.title()));
    let colours = colours.testid("figure-theme").list(themes);
    let colours = element("label").class("pick button").child(("Colours", colours));
    let strip = (!embed).then(|| {
        let (asked, theme) = (asked.clone(), figure.theme);
        let write = Callback::from(move |event: Event| {
            let field = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
            if let Some(field) = field {
                let steps = Some(field.value());
                asked.emit(Action::Figure(Figure { theme, steps }).into());
            }
        });
        let field = element("input").property("value", steps).on("input", write);
        element("label").child(("Chosen steps", field.testid("strip-steps")))
    });
    let fault = element("p").attribute("role", "alert").testid("strip-fault").child(fault);
    let controls = element("div").class("row").child((colours, strip, fault));
    let all = element("div").list(all.chunks_exact(6).filter_map(|it| offer(it, asked)));
    sheet(testid, title.to_owned(), (controls, all, said).html(), asked)
}

/// One of the offers: key, title, hint, text, how it is shown, and its files.
fn offer(row: &[String], asked: &Asked) -> Option<Element> {
    let [key, title, hint, text, shown, files] = row else { return None };
    let is_there = !text.is_empty();
    let whole = (is_there && shown == "whole").then(|| {
        element("pre").attribute("tabindex", "0").attribute("aria-label", title).child(text)
    });
    let named = |name: &str| format!("{name}-{key}");
    let copy = (is_there && shown != "no").then(|| {
        button("button", asked, Ask::Copy("The text", text.clone()))
            .testid(named("copy"))
            .attribute("aria-label", format!("Copy: {title}"))
            .child("Copy")
    });
    let files = files.split_whitespace().filter(|_| is_there).map(|name| {
        let end = name.rsplit('.').next().unwrap_or_default();
        let save = format!("Save {}", end.to_ascii_uppercase());
        button("button", asked, Ask::Save(name.to_owned(), text.clone()))
            .key(name)
            .testid(named(end))
            .attribute("aria-label", format!("{save}: {title}"))
            .child(save)
    });
    let buttons = element("div").class("row").child(copy).list(files);
    let words = element("div")
        .child((element("h3").child(title), element("p").class("second").child(hint)));
    Some(
        element("section")
            .key(key)
            .class("offer")
            .testid(named("offer"))
            .child((words, buttons, whole)),
    )
}
