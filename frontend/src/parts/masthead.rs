//! The head of the page: which race, and the page's own tools. It knows races by id and title.

use racewalk_engine::race::Race;

use super::icon::brand;
use super::{Asked, button, option, select};
use crate::element::{Element, element};
use crate::store::{Action, Sheet};
use crate::theme::Theme;

/// What the choice of a race says when a text of the reader's own is to be opened.
const OWN: &str = "";

/// The head of the page. `races`: the ids of the library. `own`: the race is the reader's. The knobs stand beside the race where there
/// is room.
pub(crate) fn masthead(
    races: &[&'static str],
    race: &Race,
    own: bool,
    knobs: Element,
    chosen: Theme,
    asked: &Asked,
) -> Element {
    let show =
        |sheet, class, testid| button(class, asked, Action::Show(Some(sheet))).testid(testid);
    let open = Box::new(|id: &str| (id != OWN).then(|| Action::OpenRace(id.to_owned())));
    let yours = own.then(|| option("own", OWN, true).child((&race.id, " (yours)")));
    let races = races.iter().map(|id| option(id, *id, !own && *id == race.id).child(*id));
    let race_choice = element("span")
        .class("pick")
        .child(label("race", "Race"))
        .child(select(asked, open).attribute("id", "race").testid("race").child(yours).list(races));
    let tools = element("div")
        .class("tools")
        .child(button("button", asked, Action::Tour(Some(0))).testid("show-tour").child("Tour"))
        .child(show(Sheet::Own, "button", "show-own").child("Open…"))
        .child(theme(chosen, asked))
        .child(show(Sheet::Keys, "button", "show-keys").attribute("aria-label", "Keys").child("?"));
    let about = show(Sheet::About, "link title", "show-about").child(&race.title);
    element("header")
        .class("top")
        .child(element("h1").class("brand").child(brand()).child("Racewalk"))
        .child(element("div").class("race").child(race_choice).child(about))
        .child(knobs)
        .child(tools)
}

/// Light, dark, or as the browser says.
fn theme(chosen: Theme, asked: &Asked) -> Element {
    let themes = Theme::ALL
        .into_iter()
        .map(|it| option(it.name(), it.name(), it == chosen).child(it.title()));
    let select = select(asked, Box::new(|name| Some(Action::Theme(Theme::named(name)))))
        .attribute("id", "theme")
        .testid("theme")
        .list(themes);
    element("span").class("pick button theme").child(label("theme", "Light or dark")).child(select)
}

fn label(of: &'static str, words: &'static str) -> Element {
    element("label").class("vh").attribute("for", of).child(words)
}
