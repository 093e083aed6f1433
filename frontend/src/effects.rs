//! What the page does beside drawing: the address, the keyboard, the search, time, files, the
//! clipboard. Each watches the store from outside and gives it actions; none is known to the parts.

pub(crate) mod address;
pub(crate) mod clipboard;
pub(crate) mod explore;
mod files;
pub(crate) mod keys;
pub(crate) mod play;
mod sight;
pub(crate) mod theme;
mod traces;

use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::interchange;
use crate::parts::Ask;
use crate::place::place;
use crate::store::{Action, Figure, Sheet, State};
use crate::theme::Theme;

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
    /// Whether the part that a sheet needs was asked for since it was opened.
    interchange: bool,
    /// What the offers of a sheet were made of last.
    offered: Option<(Sheet, Figure, bool)>,
    /// The question whose answer was held against what the link promised.
    judged: Option<u32>,
    _files: files::Files,
}

impl Effects {
    /// The effects around a store that begins with `state`, and is given actions by `act`.
    pub(crate) fn around(state: &State, act: Callback<Action>) -> Self {
        Self {
            address: address::Address::new(state, &act),
            explore: explore::Explore::new(&act),
            keys: keys::Keys::new(web_sys::window().as_deref(), &act),
            play: play::Play::default(),
            sight: sight::Sight::default(),
            theme: None,
            title: String::new(),
            interchange: false,
            offered: None,
            judged: None,
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
        let needs = |it| matches!(it, Sheet::Own | Sheet::Take | Sheet::Embed);
        let wanted = state.sheet.is_some_and(needs) && !interchange::is_ready();
        if wanted && !self.interchange {
            let act = self.act.clone();
            spawn_local(async move { act.emit(Action::Interchange(interchange::load().await)) });
        }
        self.interchange = wanted;
        self.offer(state);
        self.judge(state);
        let title = title(state);
        if title != self.title
            && let Some(document) = web_sys::window().and_then(|it| it.document())
        {
            document.set_title(&title);
            self.title = title;
        }
    }

    /// Works out what the sheet offers, once it can, and whenever something of it has changed.
    fn offer(&mut self, state: &State) {
        let known = state.summary().is_some();
        let offered = (state.sheet).map(|it| (it, state.figure.clone(), known));
        let offered = offered.filter(|_| interchange::is_ready());
        if self.offered == offered {
            return;
        }
        if let Some((sheet @ (Sheet::Take | Sheet::Embed), figure, _)) = &offered {
            let place = place(state, &address::absolute(None));
            let (theme, steps) = (figure.theme.name(), figure.steps.clone());
            let row = interchange::offers(place, theme, steps, *sheet == Sheet::Embed);
            self.act.emit(Action::Offers(row));
        }
        self.offered = offered;
    }

    /// Holds what the link promised against the verdict, once that is known.
    fn judge(&mut self, state: &State) {
        let id = state.question.id;
        if !state.promise.is_some() || state.summary().is_none() || self.judged == Some(id) {
            return;
        }
        self.judged = Some(id);
        let (place, promise) = (place(state, ""), state.promise.clone());
        let act = self.act.clone();
        spawn_local(async move {
            let loaded = interchange::load().await;
            act.emit(loaded.map_or_else(Action::Fault, |()| {
                Action::Judged(id, interchange::promise(place, promise.model, promise.expect))
            }));
        });
    }

    /// Does what a part asks for and the store does not do.
    pub(crate) fn ask(&mut self, state: &State, ask: Ask) {
        let (text, what) = match ask {
            Ask::Do(action) => return self.act.emit(action),
            Ask::Stop => return self.explore.stop(),
            Ask::Read(file) => return files::read(file, self.act.clone()),
            Ask::ReadTrace(file) => return traces::read(file, self.act.clone()),
            Ask::Copy(what, text) => (text, what),
            Ask::CopyLink => (address::absolute(state.link().as_ref()), "The link"),
            Ask::CopyMail => {
                let (place, act) = (place(state, &address::absolute(None)), self.act.clone());
                return spawn_local(async move {
                    let loaded = interchange::load().await;
                    match loaded.and_then(|()| interchange::mail(place)) {
                        Ok(text) => clipboard::copy(text, "The text for a mail", act),
                        Err(fault) => act.emit(Action::Fault(fault)),
                    }
                });
            }
            Ask::Save(name, text) => {
                let act = self.act.clone();
                return spawn_local(async move {
                    act.emit(if interchange::save(&name, &text).await {
                        Action::Say(format!("{name} is saved."))
                    } else {
                        Action::Say(format!("The browser could not make {name}."))
                    });
                });
            }
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
