//! The page: the store, the effects around it, and the parts, put together. All that decides
//! anything is in these.

use web_sys::File;
use yew::prelude::*;

use crate::effects::keys::{Reach, use_keys};
use crate::effects::{address, clipboard, explore, files, play};
use crate::mail;
use crate::parts::about::About;
use crate::parts::choice::Choice;
use crate::parts::faults::faults;
use crate::parts::footer::footer;
use crate::parts::keys::Keys;
use crate::parts::knobs::Knobs;
use crate::parts::lanes::Lanes;
use crate::parts::masthead::Masthead;
use crate::parts::narration::Narration;
use crate::parts::own::Own;
use crate::parts::take_away::take_away;
use crate::parts::timeline::Timeline;
use crate::parts::verdict::{self, Verdict};
use crate::picture::picture;
use crate::protocol::{Found, Summary};
use crate::store::{Action, SPEEDS, Sheet, Stand, State, Table};
use crate::theme::Theme;

/// The whole page.
#[component]
pub(crate) fn App() -> Html {
    let start = use_memo((), |()| {
        let (link, faults) = address::read();
        State::start(link, faults)
    });
    match &*start {
        Ok(state) => html! { <Page state={Start(state.clone())} /> },
        Err(report) => html! {
            <main class="broken" role="alert">
                <h1>{ "Racewalk has no race to show" }</h1>
                <pre class="report">{ report }</pre>
            </main>
        },
    }
}

/// The state that the page starts with; later ones come from actions only.
#[derive(Clone)]
struct Start(State);

impl PartialEq for Start {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Properties of [`Page`].
#[derive(Clone, PartialEq, Properties)]
struct PageProps {
    state: Start,
}

/// The page around a store.
#[component]
fn Page(props: &PageProps) -> Html {
    let store = use_reducer(|| props.state.0.clone());
    let act = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let state: &State = &store;
    let theme = use_state(Theme::kept);
    use_effect_with(*theme, |theme| theme.apply());
    let set_theme = {
        let theme = theme.setter();
        use_callback((), move |to: Theme, ()| theme.set(to))
    };

    let link = state.link();
    address::use_address(link.clone(), state.visits, &act);
    play::use_play(state.playing, state.speed, &act);
    let stop = explore::use_explore(state.question.clone(), &act);
    let hovers = files::use_files(&act);
    use_keys(reach(state), &act);
    use_effect_with(title(state), |title| {
        if let Some(document) = web_sys::window().and_then(|it| it.document()) {
            document.set_title(title);
        }
    });

    let file = act.clone();
    let file = use_callback((), move |it: File, ()| files::read(it, file.clone()));
    let copy = {
        let act = act.clone();
        move |text: String, what| clipboard::copy(text, what, act.clone())
    };
    let copy_link = {
        let (copy, link) = (copy.clone(), link.clone());
        Callback::from(move |()| copy(address::absolute(link.as_ref()), "The link"))
    };
    let copy_number = {
        let copy = copy.clone();
        use_callback((), move |digits, ()| copy(digits, "The number"))
    };
    let copy_mail = {
        let store = store.clone();
        Callback::from(move |()| {
            if let Some(text) = mail::text(&store, &address::absolute(store.link().as_ref())) {
                copy(text, "The text for a mail");
            }
        })
    };
    let preset = state.preset().map(|it| it.0);
    let code = state.stand().map_or_else(String::new, |it| it.run.possible(&it.bench));
    html! {
        <div class={classes!("page", hovers.then_some("hovered"))}>
            <a class="skip vh" href="#lanes" onclick={skip()}>{ "Skip to the lanes" }</a>
            <Masthead
                race={state.race.clone()}
                theme={*theme}
                act={act.clone()}
                {set_theme}
            >
                <Knobs
                    race={state.race.clone()}
                    settings={state.settings.clone()}
                    {preset}
                    act={act.clone()}
                />
            </Masthead>
            { faults(&state.faults, &act) }
            <Verdict
                exploration={state.exploration.clone()}
                code={code.clone()}
                act={act.clone()}
                {stop}
                copy={copy_number}
                race={state.race.clone()}
                settings={state.settings.clone()}
                {preset}
            />
            { match &state.table {
                Table::Ready(stand) => html! {
                    <div key="bench">{ bench(state, stand, &code, &act, [&copy_mail, &copy_link]) }</div>
                },
                Table::Broken { report, .. } => html! {
                    <main key="broken">{ verdict::broken(report) }</main>
                },
            } }
            { footer(&state.race.race, state.explorer, &act) }
            <p class={classes!("said", (!state.said.1.is_empty()).then_some("shown"))} role="status" data-testid="said">
                <span key={state.said.0}>{ &state.said.1 }</span>
            </p>
            { sheet(state, &act, &file) }
            if hovers {
                <div key="drop" class="drop" aria-hidden="true">{ "Drop a .race file to run it here" }</div>
            }
        </div>
    }
}

/// All that needs a race without mistakes.
fn bench(
    state: &State,
    stand: &Stand,
    code: &str,
    act: &Callback<Action>,
    [copy_mail, copy_link]: [&Callback<()>; 2],
) -> Html {
    let Stand { bench, run } = stand;
    let race = &state.race;
    let spoken = !state.playing || SPEEDS[state.speed] <= 1.0;
    let lane = state.choosing.and_then(|it| bench.lane(it));
    let choice = lane.and_then(|lane| Some((lane, state.actor(lane.actor)?)));
    html! {
        <main class="bench">
            <div class="told-area">
                <Narration
                    race={race.clone()}
                    stage={bench.stage.clone()}
                    frame={run.frame.clone()}
                    len={run.len()}
                    {spoken}
                />
                if let Some((lane, state)) = choice {
                    <Choice
                        key="choice"
                        lane={lane.clone()}
                        state={state.clone()}
                        act={act.clone()}
                    />
                }
            </div>
            { picture(&bench.stage, run, state.playing.then_some(state.speed)) }
            <div class="time-area">
                <Timeline
                    stage={bench.stage.clone()}
                    trace={run.trace.clone()}
                    frame={run.frame.clone()}
                    branches={run.branches.clone()}
                    caption={caption(state.summary().map(|it| &**it), code)}
                    cut={run.cut.clone().map(AttrValue::from)}
                    playing={state.playing}
                    speed={state.speed}
                    act={act.clone()}
                />
                { take_away(copy_mail, copy_link) }
            </div>
            <Lanes
                race={race.clone()}
                stage={bench.stage.clone()}
                frame={run.frame.clone()}
                versions={bench.versions.clone()}
                version={state.kernel().map(|it| AttrValue::from(it.to_owned()))}
                act={act.clone()}
            />
        </main>
    }
}

fn sheet(state: &State, act: &Callback<Action>, file: &Callback<File>) -> Html {
    match state.sheet {
        None => html! {},
        Some(Sheet::About) => html! {
            <About key="about" race={state.race.clone()} act={act.clone()} />
        },
        Some(Sheet::Keys) => {
            let lanes = state.stand().map_or_else(Vec::new, |it| it.bench.stage.lanes.clone());
            html! { <Keys key="keys" {lanes} act={act.clone()} /> }
        }
        Some(Sheet::Own) => html! {
            <Own
                key="own"
                text={state.race.text.clone()}
                draft={state.draft.clone()}
                act={act.clone()}
                file={file.clone()}
            />
        },
    }
}

/// What the schedule is, as the search found it.
fn caption(summary: Option<&Summary>, code: &str) -> AttrValue {
    let found = |it: &&Found| it.schedule == code;
    match summary.and_then(|it| it.all().find(found)) {
        Some(it) if it.kind == "held off" => AttrValue::from("the shortest that is held off"),
        Some(it) => AttrValue::from(format!("the shortest that ends in {}", it.kind)),
        None if code.is_empty() => AttrValue::from(""),
        None => AttrValue::from("yours"),
    }
}

fn reach(state: &State) -> Reach {
    let lanes = state.stand().map_or(&[][..], |it| &it.bench.stage.lanes);
    Reach {
        letters: lanes.iter().map(|it| (it.letter, it.actor)).collect(),
        failure: state.summary().and_then(|it| it.shortest()).map(|it| it.schedule.clone()),
        choosing: state.choosing.is_some(),
        covered: state.sheet.is_some(),
    }
}

/// The title of the document: what is open, so that tabs and bookmarks tell it.
fn title(state: &State) -> String {
    let race = &state.race.race;
    let changed: String =
        state.settings.changed(race).map(|(knob, value)| format!(", {knob}={value}")).collect();
    format!("{}{changed} · Racewalk", race.id)
}

/// Moves the focus: the address belongs to the permalink, so an anchor may not.
fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        let document = web_sys::window().and_then(|it| it.document());
        let lanes = document.and_then(|it| it.get_element_by_id("lanes"));
        if let Some(lanes) =
            lanes.and_then(|it| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(it).ok())
        {
            drop(lanes.focus());
            lanes.scroll_into_view();
        }
    })
}
