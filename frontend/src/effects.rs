//! What the page does beside drawing: the address, the keyboard, the search, time, files, the
//! clipboard. Each watches the store from outside and gives it actions; none is known to the parts.

pub(crate) mod address;
mod clipboard;
mod explore;
mod files;
mod keys;
mod play;
mod sight;
pub(crate) mod theme;
mod traces;

use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::parts::Ask;
use crate::store::{Action, Sheet, State};
use crate::theme::Theme;
use crate::{interchange, mail};

/// All effects.
pub(crate) struct Effects {
    act: Callback<Action>,
    address: address::Address,
    explore: explore::Explore,
    keys: keys::Keys,
    play: play::Play,
    sight: sight::Sight,
    /// What is put on the document.
    theme: Option<Theme>,
    title: String,
    /// Whether the part that reads races was asked for since the sheet for one was opened.
    interchange: bool,
    _files: files::Files,
}

impl Effects {
    /// The effects around a store that begins with `state`, and is given actions by `act`.
    pub(crate) fn around(state: &State, act: Callback<Action>) -> Self {
        Self {
            address: address::Address::new(state, &act),
            explore: explore::Explore::new(&act),
            keys: keys::Keys::new(&act),
            play: play::Play::default(),
            sight: sight::Sight::default(),
            theme: None,
            title: String::new(),
            interchange: false,
            _files: files::Files::new(&act),
            act,
        }
    }

    /// Does what the store's state calls for, after the page shows it.
    pub(crate) fn follow(&mut self, state: &State) {
        self.address.follow(state);
        self.play.follow(state, &self.act);
        self.explore.follow(&state.question);
        self.keys.follow(state);
        self.sight.follow(state);
        if self.theme.replace(state.theme) != Some(state.theme) {
            theme::apply(state.theme);
        }
        let wanted = state.sheet == Some(Sheet::Own) && !interchange::is_ready();
        if wanted && !self.interchange {
            let act = self.act.clone();
            spawn_local(async move { act.emit(Action::Interchange(interchange::load().await)) });
        }
        self.interchange = wanted;
        let title = title(state);
        if title != self.title
            && let Some(document) = web_sys::window().and_then(|it| it.document())
        {
            document.set_title(&title);
            self.title = title;
        }
    }

    /// Does what a part asks for and the store does not do.
    pub(crate) fn ask(&mut self, state: &State, ask: Ask) {
        let link = || address::absolute(state.link().as_ref());
        let (text, what) = match ask {
            Ask::Do(action) => return self.act.emit(action),
            Ask::Stop => return self.explore.stop(),
            Ask::Read(file) => return files::read(file, self.act.clone()),
            Ask::ReadTrace(file) => return traces::read(file, self.act.clone()),
            Ask::CopyNumber(digits) => (digits, "The number"),
            Ask::CopyLink => (link(), "The link"),
            Ask::CopyMail => match mail::text(state, &link()) {
                Some(text) => (text, "The text for a mail"),
                None => return,
            },
        };
        clipboard::copy(text, what, self.act.clone());
    }
}

/// The title of the document: what is open, so that tabs and bookmarks tell it.
fn title(state: &State) -> String {
    let race = &state.race.race;
    let mut title = race.id.clone();
    for (knob, value) in state.settings.changed(race) {
        title.push_str(&format!(", {knob}={value}"));
    }
    title + " · Racewalk"
}
