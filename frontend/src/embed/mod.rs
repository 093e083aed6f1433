//! The `<race-walk>` element: one race, one schedule, in a document of somebody else's. It shows the parts of
//! the page that its author asked for, and tells the document what happens.

mod attributes;
mod events;

use std::fmt;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, ShadowRoot};
use yew::{AppHandle, Callback, Component, Context, Html, Properties};

use crate::effects::{clipboard, explore::Explore, keys::Keys, play::Play};
use crate::element::{Content, Element as Built, element};
use crate::parts::faults::faults;
use crate::parts::footer::left_out;
use crate::parts::knobs::Knobs;
use crate::parts::lane::LaneProps;
use crate::parts::lanes::lanes;
use crate::parts::narration::narration;
use crate::parts::timeline::timeline;
use crate::parts::verdict::{broken, verdict};
use crate::parts::{Ask, Asked};
use crate::picture::{is_spoken, line, picture};
use crate::shared::Shared;
use crate::still::{Pieces, still};
use crate::store::{Action, Board, Further, Stand, State};
use crate::{styles, wanted};

use attributes::{Attributes, Panel};
use events::Events;

/// An element that is filled; dropped, it is emptied.
pub struct Handle {
    app: Option<AppHandle<Embed>>,
    frame: Element,
}

impl Handle {
    /// An attribute has changed.
    pub fn changed(&self) {
        self.send(Message::Changed);
    }

    /// Stands after so many steps.
    pub fn seek(&self, at: usize) {
        self.send(Message::Ask(Action::Seek(at).into()));
    }

    /// So many steps on; back, where `by` is negative.
    pub fn step(&self, by: i32) {
        for _ in 0..by.unsigned_abs().min(10_000) {
            let action = if by < 0 { Action::Leap(-1) } else { Action::Forward };
            self.send(Message::Ask(action.into()));
        }
    }

    /// Plays, or pauses.
    pub fn play(&self, on: bool) {
        self.send(Message::Play(on));
    }

    fn send(&self, message: Message) {
        if let Some(app) = &self.app {
            app.send_message(message);
        }
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.frame.remove();
    }
}

/// Fills the shadow root of an element.
pub(crate) fn fill(host: HtmlElement, root: &ShadowRoot) -> Result<Handle, JsValue> {
    let document = host.owner_document().ok_or("no document")?;
    let frame = document.create_element("div")?;
    frame.set_class_name("element-root");
    // An element that was moved in its document has them already.
    if !styles::is_dressed(root) {
        styles::adopt(root, styles::EMBED)?;
    }
    root.append_child(&frame)?;
    let props = Props { host, frame: frame.clone() };
    let app = yew::Renderer::<Embed>::with_root_and_props(frame.clone(), props).render();
    Ok(Handle { app: Some(app), frame })
}

/// Where it stands.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The element.
    host: HtmlElement,
    /// What it fills of the shadow root.
    frame: Element,
}

/// What can happen to it.
#[derive(Debug)]
pub(crate) enum Message {
    /// A part asks for something.
    Ask(Ask),
    /// Play, or pause.
    Play(bool),
    /// An attribute has changed.
    Changed,
    /// What the race needs is there, or why not.
    Loaded(Result<(), String>),
}

/// The element.
pub(crate) struct Embed {
    attributes: Attributes,
    shown: Shown,
    events: Events,
}

/// What there is to show.
enum Shown {
    /// Nothing yet.
    Loading,
    /// A race.
    Race(Box<Open>),
    /// Why nothing.
    Nothing(String),
}

/// The store, and the effects around it.
struct Open {
    state: Shared<State>,
    explore: Explore,
    keys: Keys,
    play: Play,
}

impl Component for Embed {
    type Message = Message;
    type Properties = Props;

    fn create(context: &Context<Self>) -> Self {
        let host = &context.props().host;
        let mut embed = Self {
            attributes: Attributes::of(host),
            shown: Shown::Loading,
            events: Events::of(host.clone()),
        };
        embed.open(context);
        embed
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Changed => {
                self.attributes = Attributes::of(&context.props().host);
                match (&mut self.shown, self.attributes.link()) {
                    (Shown::Race(open), (Ok(link), faults)) if wanted::is_here(Some(&link)) => {
                        State::act(&mut open.state, Action::Go(Some(link), faults));
                    }
                    _ => self.open(context),
                }
                true
            }
            Message::Loaded(Err(why)) => {
                self.fail(why);
                true
            }
            Message::Loaded(Ok(())) => {
                self.open(context);
                true
            }
            Message::Play(on) => match &mut self.shown {
                Shown::Race(open) => {
                    open.state.playing != on && State::act(&mut open.state, Action::Play)
                }
                Shown::Loading | Shown::Nothing(_) => false,
            },
            Message::Ask(ask) => {
                let Shown::Race(open) = &mut self.shown else { return false };
                match ask {
                    // It has no sheets; what it leaves out stands at its foot.
                    Ask::Do(Action::Show(Some(_))) => {
                        let details =
                            context.props().frame.query_selector("details").ok().flatten();
                        if let Some(details) = details {
                            drop(details.set_attribute("open", ""));
                            details.scroll_into_view();
                        }
                        false
                    }
                    Ask::Do(action) => State::act(&mut open.state, action),
                    Ask::Stop => {
                        open.explore.stop();
                        false
                    }
                    Ask::Copy(what, text) => {
                        clipboard::copy(text, what, act(context));
                        false
                    }
                    // What else can be asked for is the page's.
                    _ => false,
                }
            }
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        match &self.shown {
            Shown::Loading => Html::default(),
            Shown::Nothing(why) => element("div")
                .class("embed")
                .child(
                    element("div")
                        .class("broken")
                        .attribute("role", "alert")
                        .child(element("b").child("Racewalk: "))
                        .child(element("span").testid("failed").child(why)),
                )
                .html(),
            Shown::Race(open) => {
                let asked = context.link().callback(Message::Ask);
                embed(&open.state, &self.attributes, &asked).html()
            }
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        let frame = &context.props().frame;
        let theme = self.attributes.theme.name();
        // A frame that is gone needs no theme.
        drop(frame.set_attribute("data-theme", theme));
        match &mut self.shown {
            Shown::Loading => {}
            Shown::Nothing(why) => self.events.failed(why),
            Shown::Race(open) => {
                let act = act(context);
                open.play.follow(&open.state, &act);
                open.explore.follow(&open.state.question);
                open.keys.follow(&open.state);
                self.events.follow(&open.state);
            }
        }
    }
}

impl Embed {
    /// Opens what the attributes say.
    fn open(&mut self, context: &Context<Self>) {
        let (link, faults) = self.attributes.link();
        let link = match link {
            Ok(link) => link,
            Err(why) => return self.fail(why),
        };
        if !wanted::is_here(Some(&link)) {
            let tell = context.link().callback(Message::Loaded);
            spawn_local(async move { tell.emit(wanted::load(Some(&link)).await) });
            return;
        }
        let act = act(context);
        match State::start(Some(link), faults, self.attributes.theme, Further::NOTHING) {
            Ok(mut state) => {
                if self.attributes.autoplay && state.stand().is_some_and(|it| it.run.len() > 0) {
                    state.playing = true;
                }
                let frame: &Element = &context.props().frame;
                self.shown = Shown::Race(Box::new(Open {
                    explore: Explore::new(&act),
                    keys: Keys::new(Some(frame), &act),
                    play: Play::default(),
                    state: Shared::new(state),
                }));
            }
            Err(why) => self.fail(why),
        }
    }

    fn fail(&mut self, why: String) {
        self.shown = Shown::Nothing(why);
    }
}

/// What gives the store actions.
fn act(context: &Context<Embed>) -> Callback<Action> {
    context.link().callback(|it: Action| Message::Ask(it.into()))
}

fn embed(state: &Shared<State>, attributes: &Attributes, asked: &Asked) -> Built {
    let race = &state.race.race;
    let code = state.stand().map_or_else(String::new, |it| it.run.possible(&it.bench));
    let settings: Vec<String> =
        state.settings.changed(race).map(|(knob, value)| format!("{knob}={value}")).collect();
    let link = attributes.page(state);
    let head = element("div")
        .key("head")
        .class("embed-head")
        .child(element("b").testid("title").child(&race.title))
        .child(element("code").testid("settings").child(settings.join(" ")))
        .child(
            element("a")
                .attribute("href", link)
                .attribute("target", "_blank")
                .attribute("rel", "noopener")
                .testid("open-page")
                .child("Open in Racewalk"),
        );
    let chosen = Knobs { race, settings: &state.settings, preset: state.preset().map(|it| it.0) };
    let strip = attributes.shows(Panel::Verdict).then(|| {
        element("div").key("verdict").child(verdict(&state.exploration, &code, chosen, asked))
    });
    let table = match &state.table {
        Board::Ready(stand) => {
            element("div").key("bench").child(bench(state, stand, attributes, asked))
        }
        Board::Broken { report, .. } => element("div").key("broken").child(broken(report)),
    };
    element("div")
        .class("embed")
        .child(head)
        .child(faults(&state.faults, asked))
        .child(strip)
        .child(table)
        .child(element("div").key("foot").class("foot").child(left_out(&race.left_out)))
}

fn bench(state: &Shared<State>, stand: &Stand, attributes: &Attributes, asked: &Asked) -> Built {
    let Stand { bench, run } = stand;
    let (race, stage, frame) = (&state.race.race, &*bench.stage, &*run.frame);
    let told = (attributes.shows(Panel::Scene) || attributes.shows(Panel::Timeline))
        .then(|| narration(race, stage, frame, run.len(), is_spoken(state)));
    let scene = attributes.shows(Panel::Scene).then(|| picture(state, stand, asked, still));
    let time = attributes.shows(Panel::Timeline).then(|| {
        timeline(
            line(state, stand, attributes.controls),
            String::new(),
            asked,
            &mut Pieces::default(),
        )
    });
    let lanes = attributes.shows(Panel::Lanes).then(|| {
        let version = state.kernel();
        let of = state.question.id;
        let terms = &race.terms;
        let props = LaneProps { of, terms, stage, frame, version, observed: &[], asked };
        lanes(props, &bench.versions, &mut Pieces::default())
    });
    element("div").class("bench").child((told, scene)).child((time, lanes))
}
