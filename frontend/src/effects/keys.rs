//! The keyboard: what a key asks for, given to the store. It knows the map of keys and the actors'
//! letters, no model.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use racewalk_engine::ids::ActorId;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, KeyboardEvent};
use yew::Callback;

use crate::keyboard::{self, Command};
use crate::store::{Action, Sheet, State};

/// What keys can do now.
#[derive(Default)]
struct Reach {
    /// The actors, by their letters.
    letters: Vec<(char, ActorId)>,
    /// The code of the shortest failure, if there is one.
    failure: Option<String>,
    /// Whether a choice stands open.
    choosing: bool,
    /// Whether something lies over the page: it has the keyboard then.
    covered: bool,
}

/// Listens to the keyboard.
pub(crate) struct Keys {
    reach: Rc<RefCell<Reach>>,
    _listener: Option<EventListener>,
}

impl Keys {
    /// Gives the store what the keys ask for that `target` hears.
    pub(crate) fn new(target: Option<&EventTarget>, act: &Callback<Action>) -> Self {
        let reach = Rc::<RefCell<Reach>>::default();
        let listener = target.map(|target| {
            let options = EventListenerOptions::enable_prevent_default();
            let (reach, act) = (Rc::clone(&reach), act.clone());
            EventListener::new_with_options(target, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if let Some(action) = action(event, &reach.borrow()) {
                    event.prevent_default();
                    act.emit(action);
                }
            })
        });
        Self { reach, _listener: listener }
    }

    /// Keys can do what the store's state allows.
    pub(crate) fn follow(&self, state: &State) {
        let lanes = state.stand().map_or(&[][..], |it| &it.bench.stage.lanes);
        *self.reach.borrow_mut() = Reach {
            letters: lanes.iter().map(|it| (it.letter, it.actor)).collect(),
            failure: state.summary().and_then(|it| it.shortest()).map(|it| it.schedule.clone()),
            choosing: state.choosing.is_some(),
            covered: state.sheet.is_some(),
        };
    }
}

fn action(event: &KeyboardEvent, reach: &Reach) -> Option<Action> {
    if reach.covered || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let key = event.key();
    let letters: Vec<char> = reach.letters.iter().map(|it| it.0).collect();
    let command = keyboard::command(&key, &letters)?;
    if taken(event, command) {
        return None;
    }
    Some(match command {
        Command::Back => Action::Leap(-1),
        Command::Forward => Action::Forward,
        Command::Start => Action::Seek(0),
        Command::End => Action::End,
        Command::Play => Action::Play,
        Command::Slower => Action::Speed(-1),
        Command::Faster => Action::Speed(1),
        Command::Let(letter) => Action::Let(reach.letters.iter().find(|it| it.0 == letter)?.1),
        Command::Choose(number) if reach.choosing => Action::Choose(number - 1),
        Command::Failure => Action::Follow { code: reach.failure.clone()?, play: true },
        Command::Branch => Action::TakeUp(0),
        Command::Help => Action::Show(Some(Sheet::Keys)),
        Command::Close if reach.choosing => Action::Show(None),
        Command::Choose(_) | Command::Close => return None,
    })
}

/// Whether what has the focus needs the key itself.
fn taken(event: &KeyboardEvent, command: Command) -> bool {
    let Some(target) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else {
        return false;
    };
    match target.tag_name().to_ascii_lowercase().as_str() {
        "input" | "textarea" => true,
        // A closed select finds an option by its first letters.
        "select" => !matches!(command, Command::Help | Command::Failure),
        "button" | "summary" | "a" => command == Command::Play,
        _ => false,
    }
}
