use std::rc::Rc;

use racewalk_engine::view::Ending;

use super::*;
use crate::permalink;
use crate::place::place;
use crate::protocol::{Found, News, Verdict};

/// The state that a fragment leads to.
#[track_caller]
fn open(fragment: &str) -> Rc<State> {
    let (link, faults) = permalink::read(fragment);
    Rc::new(State::start(link, faults, Theme::Auto, Further::PAGE).expect("something is shown"))
}

fn after(state: Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state, |state, it| state.next(it).map_or(state, Rc::new))
}

#[track_caller]
fn check(state: &State, fragment: &str) {
    assert_eq!(permalink::write(&state.link().expect("a link")), fragment);
}

#[track_caller]
fn check_fault(fragment: &str, fault: &str, shown: &str) {
    let state = open(fragment);
    assert!(state.faults.iter().any(|it| it.contains(fault)), "{:?} lacks {fault:?}", state.faults);
    check(&state, shown);
}

fn run(state: &State) -> &Run {
    &state.stand().expect("a race that makes sense").run
}

fn actor(state: &State, letter: char) -> ActorId {
    let lanes = &state.stand().expect("a race").bench.stage.lanes;
    lanes.iter().find(|it| it.letter == letter).expect("an actor").actor
}

const FAILURE: &str = "/race/memunmap?kill_gp=off&s=w2m3h7w&at=13";

#[test]
fn a_link_leads_to_what_it_says_and_is_written_again() {
    for fragment in [
        "/race/reclaim",
        "/race/memunmap?kill_gp=off",
        "/race/memunmap?kill_gp=off&s=w2m3h7w&at=7",
        "/race/memunmap?kill_gp=off&kernel=v7.2&s=w2m3h7w",
        FAILURE,
    ] {
        let state = open(fragment);
        assert_eq!(state.faults, Vec::<String>::new());
        check(&state, fragment);
    }
}

#[test]
fn an_empty_address_asks_the_first_question() {
    let state = open("");
    assert_eq!(state.race.race.id, "memunmap");
    assert!(state.preset().is_some_and(|it| it.0 > 0));
}

#[test]
fn a_broken_link_says_what_is_wrong_and_shows_the_rest() {
    check_fault("/race/memunmpa", "no race “memunmpa”", "/race/memunmap");
    check_fault("/race/memunmap?kil_gp=off", "did you mean `kill_gp`", "/race/memunmap");
    check_fault("/race/memunmap?kill_gp=of", "has no value `of`", "/race/memunmap");
    check_fault("/race/memunmap?kill_gp=off&s=w2x", "`x`", "/race/memunmap?kill_gp=off&s=w2");
    check_fault(
        "/race/memunmap?kill_gp=off&s=w2h7&at=2",
        "Step 3 of 9 is impossible: unplug waits at H3",
        "/race/memunmap?kill_gp=off&s=w2&at=2",
    );
    check_fault("/race/memunmap?s=w2&at=9", "wants 9 steps", "/race/memunmap?s=w2&at=2");
    check_fault("/race/memunmap?kernel=v2.4", "source of v2.4", "/race/memunmap?kernel=v2.4");
    check_fault("/source/AAAA", "damaged", "/race/memunmap");
    check_fault("/nowhere", "leads nowhere", "/race/memunmap?kill_gp=off");
}

#[test]
fn the_failure_of_the_mail_ends_in_a_violation() {
    let state = open(FAILURE);
    assert!(
        matches!(&run(&state).frame.ending, Some(Ending::Violated { kind, .. }) if kind == "uaf-read")
    );
}

#[test]
fn steps_are_taken_and_taken_back() {
    let state = open("/race/memunmap?kill_gp=off");
    let walker = actor(&state, 'w');
    let state = after(state, [Action::Let(walker), Action::Let(walker)]);
    check(&state, "/race/memunmap?kill_gp=off&s=w2&at=2");
    assert_eq!(run(&state).moved, Moved::Forward);
    let state = after(state, [Action::Leap(-1)]);
    check(&state, "/race/memunmap?kill_gp=off&s=w2&at=1");
    assert_eq!(run(&state).moved, Moved::Back);
    let state = after(state, [Action::Seek(0), Action::Leap(-1)]);
    check(&state, "/race/memunmap?kill_gp=off&s=w2");
}

#[test]
fn who_cannot_move_says_why() {
    let state = open("/race/memunmap?kill_gp=off");
    let unplug = actor(&state, 'h');
    let state = after(state, [Action::Let(unplug)]);
    assert!(state.said.1.starts_with("unplug waits at H3"), "{}", state.said.1);
    assert_eq!(run(&state).len(), 0);
}

#[test]
fn another_step_in_the_middle_keeps_what_followed_as_a_branch() {
    let state = open("/race/memunmap?kill_gp=off&s=w2m3h7w&at=11");
    let walker = actor(&state, 'w');
    let state = after(state, [Action::Let(walker)]);
    check(&state, "/race/memunmap?kill_gp=off&s=w2m3h6w&at=12");
    let branch = &run(&state).branches[0];
    assert_eq!((branch.common, branch.trace.steps.len()), (11, 13));
    // Taken up again, the schedule that was left for it is the branch.
    let back = after(Rc::clone(&state), [Action::TakeUp(0)]);
    check(&back, "/race/memunmap?kill_gp=off&s=w2m3h7w&at=11");
    assert_eq!(run(&back).branches.len(), 1);
    // The same step as the branch takes leads back into it.
    let unplug = actor(&state, 'h');
    let again = after(state, [Action::Leap(-1), Action::Let(unplug)]);
    check(&again, "/race/memunmap?kill_gp=off&s=w2m3h7w&at=12");
}

#[test]
fn a_schedule_outlives_knobs_under_which_it_is_impossible() {
    let state = open(FAILURE);
    let kill = state.race.race.knobs.iter().position(|it| it.name == "kill_gp").expect("a knob");
    let state = after(state, [Action::Turn(kill, 0)]);
    assert!(run(&state).cut.as_deref().is_some_and(|it| it.contains("unplug waits at D3")));
    assert!(run(&state).len() < 13);
    let state = after(state, [Action::Turn(kill, 1)]);
    check(&state, FAILURE);
    assert_eq!(run(&state).cut, None);
}

#[test]
fn a_step_with_several_outcomes_asks() {
    let state = open("/race/reclaim?flush=broadcast&s=m3&at=3");
    let unmap = actor(&state, 'm');
    let state = after(state, [Action::Let(unmap)]);
    assert_eq!(state.choosing, Some(unmap));
    let other = after(Rc::clone(&state), [Action::Choose(1)]);
    check(&other, "/race/reclaim?flush=broadcast&s=m3m.2&at=4");
    assert_eq!(other.choosing, None);
    let none = after(state, [Action::Choose(7)]);
    check(&none, "/race/reclaim?flush=broadcast&s=m3&at=3");
}

#[test]
fn a_found_schedule_is_played_from_its_start_to_its_end() {
    let found = Found {
        kind: "uaf-read".to_owned(),
        sentence: String::new(),
        steps: 13,
        schedule: "w2m3h7w".to_owned(),
    };
    let state = open("/race/memunmap?kill_gp=off&s=w&at=1");
    let summary = Summary {
        verdict: Verdict::Violated,
        violations: vec![found],
        deadlocks: Vec::new(),
        held_off: Vec::new(),
        states: 1,
        transitions: 1,
        schedules: None,
        bad_schedules: None,
        stopped: None,
    };
    let old = Reply { id: state.question.id + 1, news: News::Answer(summary.clone()) };
    let state = after(state, [Action::News(old)]);
    assert!(state.summary().is_none(), "an answer to another question");
    let reply = Reply { id: state.question.id, news: News::Answer(summary) };
    let follow = Action::Follow { code: "w2m3h7w".to_owned(), play: true };
    let state = after(state, [Action::News(reply), follow]);
    assert!(state.playing);
    assert_eq!((run(&state).at, run(&state).len()), (0, 13));
    let state = after(state, (0..20).map(|_| Action::Tick));
    assert!(!state.playing);
    check(&state, FAILURE);
    let again = after(state, [Action::Play]);
    assert_eq!((again.playing, run(&again).at), (true, 0));
}

#[test]
fn an_action_that_changes_nothing_gives_no_other_state() {
    let state = open("/race/memunmap");
    for action in [
        Action::Leap(-1),
        Action::Seek(0),
        Action::Tick,
        Action::Turn(0, 0),
        Action::Turn(99, 0),
        Action::TakeUp(3),
        Action::Show(None),
        Action::Hover(false),
        Action::Go(state.link(), Vec::new()),
    ] {
        assert!(state.next(action.clone()).is_none(), "{action:?}");
    }
}

#[test]
fn a_race_of_the_readers_own_is_kept_in_the_link() {
    let text =
        racewalk_engine::library::race("reclaim").expect("a race").replace("reclaim", "mine");
    let state = after(open(""), [Action::OpenText(text)]);
    let fragment = permalink::write(&state.link().expect("a link"));
    assert!(fragment.starts_with("/source/"));
    let again = open(&fragment);
    assert_eq!((again.race.race.id.as_str(), again.race.is_own()), ("mine", true));
    assert_eq!(again.race.text(), state.race.text());
}

#[test]
fn a_text_with_a_mistake_is_kept_and_reported() {
    let before = open(FAILURE);
    let state = after(before, [Action::OpenText("race x \"y\"\nknob a b\n".to_owned())]);
    check(&state, FAILURE);
    assert_eq!(state.sheet, Some(Sheet::Own));
    let draft = state.draft.as_ref().expect("a draft");
    assert!(draft.report.contains('2'), "{}", draft.report);
}

/// The table of the published failure.
fn table() -> String {
    let race = racewalk_engine::race::Race::load(
        racewalk_engine::library::race("memunmap").expect("a race"),
    );
    let race = race.expect("it loads");
    let mut settings = race.settings();
    settings.set(&race, "kill_gp", "off").expect("a knob");
    let model = race.compile(&settings).expect("a model");
    let schedule = racewalk_engine::schedule::Schedule::parse("w2m3h7w", &model).expect("a code");
    let trace = racewalk_engine::trace::Trace::replay(&model, &schedule);
    racewalk_engine::export::table(&race, &settings, &model, &trace)
}

#[test]
fn a_table_gives_its_schedule_back() {
    let same = after(open("/race/memunmap?kill_gp=off&s=m"), [Action::OpenText(table())]);
    check(&same, FAILURE);
    assert_eq!(same.visits, 0);
    assert_eq!(run(&same).branches.len(), 1, "what was left can be taken up again");
    // With other knobs, and with another race open.
    check(&after(open("/race/memunmap?flush=broadcast"), [Action::OpenText(table())]), FAILURE);
    let other = after(open("/race/reclaim?s=w"), [Action::OpenText(table())]);
    check(&other, FAILURE);
    assert_eq!(other.visits, 1);
    assert_eq!((other.sheet, other.faults.len()), (None, 0));
}

#[test]
fn a_table_that_is_wrong_loses_nothing_and_its_beginning_can_be_shown() {
    let text = table().replace("broadcast TLB flush", "flush nothing at all");
    let before = open("/race/memunmap?kill_gp=off&s=w2&at=1");
    let state = after(before, [Action::OpenText(text.clone())]);
    check(&state, "/race/memunmap?kill_gp=off&s=w2&at=1");
    assert_eq!(state.sheet, Some(Sheet::Own));
    let draft = state.draft.clone().expect("a draft");
    assert_eq!(draft.text, text);
    assert!(draft.report.contains("`flush nothing at all`: expected here"), "{}", draft.report);
    let state = after(state, [Action::Table(draft.table.expect("a table"))]);
    check(&state, "/race/memunmap?kill_gp=off&s=w2m&at=3");
    assert_eq!((state.sheet, state.draft.is_none()), (None, true));
}

#[test]
fn what_a_link_promises_is_kept_until_a_knob_is_turned() {
    let promised = format!("{FAILURE}&m=0123456789abcdef&expect=safe");
    let state = open(&promised);
    check(&state, &promised);
    let judged = |id| Action::Judged(id, "The model has changed.".to_owned());
    let id = state.question.id;
    let state = after(state, [judged(id), Action::Seek(7)]);
    assert_eq!(state.judged, "The model has changed.");
    check(&state, &promised.replace("at=13", "at=7"));
    let state = after(state, [Action::Preset(0)]);
    assert_eq!((&*state.judged, state.promise.is_some()), ("", false));
    // An answer that comes too late is none.
    assert!(state.next(judged(id)).is_none());
    assert!(state.next(judged(state.question.id)).is_none(), "there is nothing to judge any more");
}

#[test]
fn a_promise_is_no_reason_to_have_left_the_tour() {
    let state = after(open(""), [Action::Tour(Some(2))]);
    let link = permalink::write(&state.link().expect("a link"));
    let state = open(&format!("{link}&m=0&expect=safe"));
    assert!(state.tour.is_some() && !state.has_strayed());
}

#[test]
fn what_is_offered_is_of_what_is_open() {
    let told = place(&open(&format!("{FAILURE}&m=0&expect=safe")), "https://x/");
    let pairs: Vec<_> = told.chunks_exact(2).map(|it| (&*it[0], &*it[1])).collect();
    assert_eq!(
        pairs,
        [
            ("race", "memunmap"),
            ("knob", "kill_gp=off"),
            ("s", "w2m3h7w"),
            ("at", "13"),
            ("page", "https://x/"),
            // Whoever takes the link away promises what is so now, not what was promised here.
            ("fragment", FAILURE),
        ]
    );
    let row = crate::interchange::offers(told, "auto", None, false);
    assert_eq!((row.len() - 2) % 6, 0);
    assert!(row.iter().any(|it| it.starts_with("sequenceDiagram")));
}

#[test]
fn every_race_makes_sense_under_every_preset() {
    for race in racewalk_engine::library::races() {
        let state = open(&format!("/race/{}", race.id));
        for preset in 0..state.race.race.presets.len() {
            let state = after(Rc::clone(&state), [Action::Preset(preset)]);
            assert!(state.stand().is_some(), "{} {preset}", race.id);
        }
    }
}

#[test]
fn the_tour_leads_from_beat_to_beat_and_can_be_left() {
    let at = |state: &State| Some((state.tour.as_ref()?.number, state.has_strayed()));
    let beats = super::open::beats();
    let mut state = open("");
    for (number, beat) in beats.iter().enumerate() {
        state = after(state, [Action::Tour(Some(number))]);
        assert_eq!(state.faults, Vec::<String>::new(), "{}", beat.title);
        assert_eq!(at(&state), Some((number, false)), "{}", beat.title);
        assert_eq!(run(&state).at, beat.at);
        // A reload leads to the same beat.
        let link = state.link().expect("a link");
        assert_eq!(permalink::read(&permalink::write(&link)), (Some(link), Vec::new()));
    }
    let state = after(state, [Action::Tour(Some(8)), Action::Seek(0)]);
    assert_eq!(at(&state), Some((8, true)));
    let state = after(state, [Action::Tour(None)]);
    assert_eq!(at(&state), None);
    check_fault("/race/reclaim?tour=99", "The tour has no beat 99", "/race/reclaim");
    check_fault("/race/reclaim?tour=first", "no number of a beat", "/race/reclaim");
}
