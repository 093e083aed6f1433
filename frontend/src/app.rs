//! The page: the store, the effects around it, and the parts, put together. All that decides
//! anything is in these.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlElement};
use yew::{Callback, Component, Context, Html};

use crate::effects::{Effects, address, theme};
use crate::element::{Content, Element, element};
use crate::parts::about::about;
use crate::parts::choice::choice;
use crate::parts::faults::faults;
use crate::parts::footer::footer;
use crate::parts::keys::keys;
use crate::parts::knobs::{Knobs, knobs};
use crate::parts::lane::LaneProps;
use crate::parts::lanes::lanes;
use crate::parts::masthead::masthead;
use crate::parts::narration::narration;
use crate::parts::own::own;
use crate::parts::take_away::{offers, take_away};
use crate::parts::timeline::timeline;
use crate::parts::tour;
use crate::parts::verdict::{broken, verdict};
use crate::parts::{Ask, Asked};
use crate::picture::{is_spoken, line, picture};
use crate::protocol::{Found, Summary};
use crate::shared::Shared;
use crate::still::{Pieces, still, still_later};
use crate::store::{Action, Board, Further, Sheet, Stand, State};
use crate::{interchange, library, wanted};

/// The whole page; or why there is nothing to show at all.
pub(crate) struct Page(Result<Open, String>);

/// The store, and the effects around it.
struct Open {
    state: Shared<State>,
    effects: Effects,
    /// How often the reader has gone to another place: what was loaded for an earlier one comes too late.
    goings: u32,
}

/// What the page is told.
pub(crate) enum Message {
    /// What a part asks for.
    Asked(Ask),
    /// What has been loaded: for which going, and what was to be done then.
    Loaded(u32, Action),
}

impl Component for Page {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let (link, faults) = address::read();
        let state = match wanted::is_here(link.as_ref()) {
            true => State::start(link, faults, theme::kept(), Further::PAGE),
            false => Err(interchange::ABSENT.to_owned()),
        };
        let act = context.link().callback(|it| Message::Asked(Ask::Do(it)));
        Self(state.map(|state| Open {
            effects: Effects::around(&state, act),
            state: Shared::new(state),
            goings: 0,
        }))
    }

    fn update(&mut self, context: &Context<Self>, message: Message) -> bool {
        let Ok(Open { state, effects, goings }) = &mut self.0 else { return false };
        match message {
            Message::Asked(Ask::Do(action)) => {
                let Some(link) = action.leads_to() else { return State::act(state, action) };
                *goings += 1;
                if wanted::is_here(link.as_ref()) {
                    return State::act(state, action);
                }
                let (going, loaded) = (*goings, context.link().clone());
                spawn_local(async move {
                    let fault = wanted::load(link.as_ref()).await.err();
                    let action = fault.map_or(action, Action::Fault);
                    loaded.send_message(Message::Loaded(going, action));
                });
                false
            }
            Message::Loaded(going, action) => going == *goings && State::act(state, action),
            Message::Asked(other) => {
                effects.ask(state, other);
                false
            }
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        match &self.0 {
            Ok(open) => page(&open.state, &context.link().callback(Message::Asked)).html(),
            Err(report) => nothing(report).html(),
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Ok(open) = &mut self.0 {
            open.effects.follow(&open.state);
        }
    }
}

fn nothing(report: &str) -> Element {
    element("main")
        .class("broken")
        .attribute("role", "alert")
        .child(element("h1").child("Racewalk has no race to show"))
        .child(element("pre").class("report").child(report.to_owned()))
}

fn page(state: &Shared<State>, asked: &Asked) -> Element {
    let race = &state.race.race;
    let chosen = Knobs { race, settings: &state.settings, preset: state.preset().map(|it| it.0) };
    let code = state.stand().map_or_else(String::new, |it| it.run.possible(&it.bench));
    let skip = element("a")
        .class("skip vh")
        .attribute("href", "#lanes")
        .on("click", Callback::from(skip))
        .child("Skip to the lanes");
    let table = match &state.table {
        Board::Ready(stand) => element("div").key("bench").child(bench(state, stand, asked)),
        Board::Broken { report, .. } => element("main").key("broken").child(broken(report)),
    };
    let (number, said) = &state.said;
    let said = element("p")
        .classes(&["said", if said.is_empty() { "" } else { "shown" }])
        .attribute("role", "status")
        .testid("said")
        .child(element("span").key(&number.to_string()).child(said));
    // What is said has to stand on a sheet that lies over everything else.
    let (said, sheet) = match state.sheet {
        Some(it @ (Sheet::Take | Sheet::Embed)) => {
            let offered = state.offers.as_ref().map(|it| it.as_slice());
            let embed = it == Sheet::Embed;
            (None, Some(offers(embed, offered, &state.figure, said, asked)))
        }
        _ => (Some(said), sheet(state, asked)),
    };
    let promise = element("p")
        .class("promise")
        .attribute("role", "status")
        .testid("promise")
        .child(&state.judged);
    let drop = state.hovered.then(|| {
        let words = "Drop a .race file to run it here";
        element("div").key("drop").class("drop").attribute("aria-hidden", "true").child(words)
    });
    element("div")
        .classes(&["page", if state.hovered { "hovered" } else { "" }])
        .child(skip)
        .child(still(
            state,
            asked,
            [state.question.id as usize, state.theme as usize, usize::from(state.all_knobs)],
            head,
        ))
        .child(faults(&state.faults, asked))
        .child(state.tour.as_ref().and_then(|it| tour::tour(it, state.has_strayed(), asked)))
        .child(verdict(&state.exploration, &code, chosen, asked))
        .child(promise)
        .child(table)
        .child(footer(race, state.explorer, asked))
        .child((said, sheet, drop))
}

fn head(state: &State, asked: &Asked, _: &mut Pieces) -> Html {
    let race = &state.race.race;
    let chosen = Knobs { race, settings: &state.settings, preset: state.preset().map(|it| it.0) };
    let knobs = knobs(chosen, state.all_knobs, asked);
    let races: Vec<_> = library::ids().collect();
    masthead(&races, race, state.race.is_own(), knobs, state.theme, asked).html()
}

/// All that needs a race without mistakes.
fn bench(state: &Shared<State>, stand: &Stand, asked: &Asked) -> Element {
    let Stand { bench, run } = stand;
    let (race, stage, frame) = (&state.race.race, &*bench.stage, &*run.frame);
    let lane = state.choosing.and_then(|it| bench.lane(it));
    let choice = lane.and_then(|lane| choice(lane, state.actor(lane.actor)?, asked));
    let told = narration(race, stage, frame, run.len(), is_spoken(state));
    let shown = run.frame.address();
    let found = state.summary().map_or(0, Shared::address);
    let played = state.speed * 2 + usize::from(state.playing);
    let version = state.kernel().map_or(0, |it| it.as_ptr().addr());
    element("main")
        .class("bench")
        .child(element("div").class("told-area").child((told, choice)))
        .child(picture(state, stand, asked, still_later))
        .child(still_later(state, asked, [shown, found, played], time))
        .child(still_later(state, asked, [shown, version, 0], code))
        // The instrument's own: it fills this, once it is there.
        .child(element("div").attribute("id", "instrument"))
}

fn time(state: &State, asked: &Asked, pieces: &mut Pieces) -> Html {
    let Some(stand) = state.stand() else { return Html::default() };
    let code = stand.run.possible(&stand.bench);
    let caption = caption(state.summary().map(|it| &**it), &code);
    element("div")
        .class("time-area")
        .child((timeline(line(state, stand, true), caption, asked, pieces), take_away(asked)))
        .html()
}

fn code(state: &State, asked: &Asked, pieces: &mut Pieces) -> Html {
    let Some(Stand { bench, run }) = state.stand() else { return Html::default() };
    let race = &state.race.race;
    let observed = if state.race.is_own() { &[] } else { library::observed(&race.id) };
    let (terms, stage, frame, version) =
        (&race.terms[..], &bench.stage, &run.frame, state.kernel());
    let of = state.question.id;
    let props = LaneProps { of, terms, stage, frame, version, observed, asked };
    lanes(props, &bench.versions, pieces).html()
}

fn sheet(state: &State, asked: &Asked) -> Option<Html> {
    Some(match state.sheet? {
        Sheet::About => about(&state.race.race, asked),
        Sheet::Keys => keys(state.stand().map_or(&[], |it| &it.bench.stage.lanes), asked),
        Sheet::Trace => tour::trace(state.trace.as_deref()?, asked),
        Sheet::Own => own(state.race.text().as_deref(), state.draft.as_ref(), asked),
        // They stand where what is said stands.
        Sheet::Take | Sheet::Embed => return None,
    })
}

/// What the schedule is, as the search found it.
fn caption(summary: Option<&Summary>, code: &str) -> String {
    let found = |it: &&Found| it.schedule == code;
    match summary.and_then(|it| it.all().find(found)) {
        Some(it) if it.kind == "held off" => "the shortest that is held off".to_owned(),
        Some(it) => format!("the shortest that ends in {}", it.kind),
        None if code.is_empty() => String::new(),
        None => "yours".to_owned(),
    }
}

/// Moves the focus: the address belongs to the permalink, so an anchor may not.
fn skip(event: Event) {
    event.prevent_default();
    let document = web_sys::window().and_then(|it| it.document());
    let lanes = document.and_then(|it| it.get_element_by_id("lanes"));
    if let Some(lanes) = lanes.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        drop(lanes.focus());
        lanes.scroll_into_view();
    }
}
