//! The head of the page: which race, and the page's own tools. It knows races by id and title.

use racewalk_engine::library;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::icon::brand;
use super::on;
use super::text::Terms;
use crate::store::{Action, Sheet};
use crate::theme::Theme;

/// Properties of [`Masthead`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MastheadProps {
    /// The race that is open.
    pub(crate) race: Terms,
    /// The theme.
    pub(crate) theme: Theme,
    /// Told what is chosen.
    pub(crate) act: Callback<Action>,
    /// Told the theme that is chosen.
    pub(crate) set_theme: Callback<Theme>,
    /// The knobs, which stand beside the race where there is room.
    pub(crate) children: Html,
}

/// What the choice of a race says when a text of the reader's own is to be opened.
const OWN: &str = "";

/// The head of the page.
#[component]
pub(crate) fn Masthead(props: &MastheadProps) -> Html {
    let race = &props.race.race;
    let own = props.race.is_own();
    let choose = {
        let act = props.act.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            match select.map(|it| it.value()).as_deref() {
                Some(OWN) | None => {}
                Some(id) => act.emit(Action::OpenRace(id.to_owned())),
            }
        })
    };
    let show = |sheet| on(&props.act, Action::Show(Some(sheet)));
    html! {
        <header class="top">
            <h1 class="brand">{ brand() }{ "Racewalk" }</h1>
            <div class="race">
                <span class="pick">
                    <label class="vh" for="race">{ "Race" }</label>
                    <select id="race" onchange={choose} data-testid="race">
                        if own {
                            <option key="own" value={OWN} selected={true}>{ &race.id }{ " (yours)" }</option>
                        }
                        { for library::races().iter().map(|it| html! {
                            <option key={it.id} value={it.id} selected={!own && it.id == race.id}>
                                { it.id }
                            </option>
                        }) }
                    </select>
                </span>
                <button class="link title" type="button" onclick={show(Sheet::About)} data-testid="show-about">
                    { &race.title }
                </button>
            </div>
            { props.children.clone() }
            <div class="tools">
                <button class="button" type="button" onclick={show(Sheet::Own)} data-testid="show-own">
                    { "Open…" }
                </button>
                { theme(props.theme, &props.set_theme) }
                <button
                    class="button"
                    type="button"
                    aria-label="Keys"
                    onclick={show(Sheet::Keys)}
                    data-testid="show-keys"
                >
                    { "?" }
                </button>
            </div>
        </header>
    }
}

/// Light, dark, or as the browser says.
fn theme(chosen: Theme, set: &Callback<Theme>) -> Html {
    let onchange = {
        let set = set.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            if let Some(select) = select {
                set.emit(Theme::named(&select.value()));
            }
        })
    };
    html! {
        <span class="pick button theme">
            <label class="vh" for="theme">{ "Light or dark" }</label>
            <select id="theme" {onchange} data-testid="theme">
                { for Theme::ALL.into_iter().map(|it| html! {
                    <option key={it.name()} value={it.name()} selected={it == chosen}>
                        { it.title() }
                    </option>
                }) }
            </select>
        </span>
    }
}
